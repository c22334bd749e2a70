"""The tables of one stage partition: rows in memory while hot, on disk else, their changes collected for the changelog.

A change is read back at once; it is published with the transaction that it belongs to and reaches the disk after that
has been committed.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Generic

import msgspec

from streams.kafka.store import Store, Write
from streams.rows import Row, Table

HOT_ROWS = 1000
"""Rows of each table that stay decoded; at most twice as many do."""

SEPARATOR = "\0"
ENCODER = msgspec.json.Encoder()

Groups = dict[str, dict[str, Row | bytes | None]]
"""Rows by group and key: None where one is dropped, bytes where it was loaded and nobody has asked for it since."""


class StoredTable(Generic[Row]):
    """One table; rows by group and key."""

    def __init__(self, store: Store, name: str, shape: type[Row]) -> None:
        self._store = store
        self._name = name
        self._decoder = msgspec.json.Decoder(shape)
        self._changed: Groups[Row] = {}
        self._sent: Groups[Row] = {}
        self._hot: dict[tuple[str, str], Row | None] = {}
        self._warm: dict[tuple[str, str], Row | None] = {}

    def get(self, group: str, key: str) -> Row | None:
        """The row, or None where there is none."""
        for rows in (self._changed.get(group), self._sent.get(group)):
            if rows is not None and key in rows:
                row = rows[key]
                if isinstance(row, bytes):
                    row = rows[key] = self._decoder.decode(row)
                return row
        place = (group, key)
        if place in self._hot:
            return self._hot[place]
        if place in self._warm:
            row = self._warm[place]
        else:
            value = self._store.get(self._key(group, key))
            row = None if value is None else self._decoder.decode(value)
        self._keep(place, row)
        return row

    def put(self, group: str, key: str, row: Row) -> None:
        """Put a row in the place of the one that was there."""
        self._changed.setdefault(group, {})[key] = row

    def load(self, group: str, key: str, encoded: bytes) -> None:
        """Put a row as its JSON stands in the changelog: as long as nobody asks for it, it goes to disk as it came."""
        self._changed.setdefault(group, {})[key] = encoded

    def drop(self, group: str, key: str) -> None:
        """Forget a row."""
        self._changed.setdefault(group, {})[key] = None

    def keys(self, group: str) -> Iterable[str]:
        """The keys of a group's rows."""
        prefix = self._key(group, "")
        length = len(prefix)
        found = {key[length:].decode() for key in self._store.keys(prefix)}
        for rows in (self._sent.get(group, {}), self._changed.get(group, {})):
            for key, row in rows.items():
                if row is None:
                    found.discard(key)
                else:
                    found.add(key)
        return found

    def groups(self) -> Iterable[str]:
        """Every group that has rows on disk or since; walks through all of them."""
        prefix = f"{self._name}{SEPARATOR}".encode()
        found = dict.fromkeys(key[len(prefix) :].decode().partition(SEPARATOR)[0] for key in self._store.keys(prefix))
        return found | dict.fromkeys((*self._sent, *self._changed))

    def send(self) -> Iterator[tuple[str, str, bytes | None]]:
        """Group, key and bytes of every row that changed; from now on they count as sent."""
        self._sent, self._changed = self._changed, {}
        for group, rows in self._sent.items():
            for key, row in rows.items():
                yield group, key, row if row is None or isinstance(row, bytes) else ENCODER.encode(row)

    def settled(self) -> None:
        """What was sent is on disk."""
        for group, rows in self._sent.items():
            for key, row in rows.items():
                place = (group, key)
                if isinstance(row, bytes):
                    self._hot.pop(place, None)
                    self._warm.pop(place, None)
                else:
                    self._keep(place, row)
        self._sent = {}

    def _keep(self, place: tuple[str, str], row: Row | None) -> None:
        self._hot[place] = row
        if len(self._hot) > HOT_ROWS:
            self._hot, self._warm = {}, self._hot

    def _key(self, group: str, key: str) -> bytes:
        return f"{self._name}{SEPARATOR}{group}{SEPARATOR}{key}".encode()


class StoredTables:
    """The tables of one stage partition over one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables: dict[str, StoredTable[Any]] = {}
        self._derived: set[str] = set()
        self._writes: list[Write] = []

    def table(self, name: str, shape: type[Row], *, derived: bool = False) -> Table[Row]:
        """The table of a name, made at the first call."""
        if derived:
            self._derived.add(name)
        return self._tables.setdefault(name, StoredTable(self._store, name, shape))

    def send(self) -> list[tuple[str, bytes]]:
        """Key and value for the changelog of every row that changed, what is derived aside."""
        found: list[tuple[str, bytes]] = []
        for name, table in self._tables.items():
            for group, key, value in table.send():
                self._writes.append((f"{name}{SEPARATOR}{group}{SEPARATOR}{key}".encode(), value))
                if name not in self._derived and value is not None:
                    found.append((changelog_key(name, group, key), value))
        return found

    def settle(self, offset: int) -> None:
        """Write what was sent to disk, now that the changelog holds it below `offset`."""
        self._store.write(self._writes, offset)
        self._writes.clear()
        for table in self._tables.values():
            table.settled()


def changelog_key(table: str, group: str, key: str) -> str:
    """The key of a row in its stage's changelog: plain where the stage's one table has no groups."""
    return f"{table}{SEPARATOR}{group}{SEPARATOR}{key}" if group else key


def place_of(key: str) -> tuple[str, str, str]:
    """Table, group and key of a changelog's key; table and group are empty where it is plain.

    >>> place_of(changelog_key("events", "strike|UA", "a1"))
    ('events', 'strike|UA', 'a1')
    >>> place_of("essai/1")
    ('', '', 'essai/1')
    """
    table, _, rest = key.partition(SEPARATOR)
    group, found, name = rest.partition(SEPARATOR)
    return (table, group, name) if found else ("", "", key)
