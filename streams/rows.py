"""Rows of state by group and key: what the stages remember, wherever it is kept."""

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

from msgspec import json

Row = TypeVar("Row")


class Table(Protocol[Row]):
    """Rows of one shape. A row that was put must not be changed afterwards: put another in its place."""

    def get(self, group: str, key: str) -> Row | None:
        """The row, or None where there is none."""

    def put(self, group: str, key: str, row: Row) -> None:
        """Put a row in the place of the one that was there."""

    def load(self, group: str, key: str, encoded: bytes) -> None:
        """Put a row as its JSON stands in the changelog; whether it is one shows when it is asked for."""

    def drop(self, group: str, key: str) -> None:
        """Forget a row; only for rows that can be derived from others again."""

    def keys(self, group: str) -> Iterable[str]:
        """The keys of a group's rows, in no promised order."""

    def groups(self) -> Iterable[str]:
        """Every group that has rows; walks through all of them."""


class Tables(Protocol):
    """Where tables are kept."""

    def table(self, name: str, shape: type[Row], *, derived: bool = False) -> Table[Row]:
        """The table of a name; `derived` where its rows are computed from those of others and never published."""


class MemoryTable(Generic[Row]):
    """A table in a dictionary."""

    def __init__(self, shape: type[Row]) -> None:
        self._shape = shape
        self._groups: dict[str, dict[str, Row]] = {}

    def get(self, group: str, key: str) -> Row | None:
        """The row, or None where there is none."""
        return self._groups.get(group, {}).get(key)

    def put(self, group: str, key: str, row: Row) -> None:
        """Put a row in the place of the one that was there."""
        self._groups.setdefault(group, {})[key] = row

    def load(self, group: str, key: str, encoded: bytes) -> None:
        """Put a row as its JSON stands in the changelog."""
        self.put(group, key, json.decode(encoded, type=self._shape))

    def drop(self, group: str, key: str) -> None:
        """Forget a row and, with its last, the group."""
        rows = self._groups.get(group, {})
        rows.pop(key, None)
        if not rows:
            self._groups.pop(group, None)

    def keys(self, group: str) -> Iterable[str]:
        """The keys of a group's rows."""
        return tuple(self._groups.get(group, ()))

    def groups(self) -> Iterable[str]:
        """Every group that has rows."""
        return tuple(self._groups)


class MemoryTables:
    """Tables in memory, for the pure pipeline."""

    def __init__(self) -> None:
        self._tables: dict[str, MemoryTable[Any]] = {}

    def table(self, name: str, shape: type[Row], *, derived: bool = False) -> Table[Row]:
        """The table of a name, made at the first call."""
        return self._tables.setdefault(name, MemoryTable(shape))
