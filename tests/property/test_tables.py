"""Rows on disk are the rows in memory: whatever is put, dropped, sent, settled, lost in a crash and loaded again."""

import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from streams.kafka import tables as under_test
from streams.kafka.store import Store
from streams.kafka.tables import StoredTables, changelog_key, place_of
from streams.rows import MemoryTables


class Note(msgspec.Struct, frozen=True):
    """A row."""

    number: int


GROUPS = st.sampled_from(("", "a", "a|b", "é", "a\xffb"))
KEYS = st.sampled_from(("1", "2", "10", "ключ", "a/1"))


class RowsOnDisk(RuleBasedStateMachine):
    """A store beside a dictionary; `published` is what the changelog would hold."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._few = patch.object(under_test, "HOT_ROWS", 2)
        self._few.start()
        self.store = Store(Path(self._folder.name) / "rows", "here")
        self.offset = 0
        self.memory = MemoryTables()
        self.settled: dict[tuple[str, str], Note] = {}
        self.sent: dict[tuple[str, str], Note] | None = None

    @initialize()
    def begin(self) -> None:
        assert self.store.open() == 0
        self.open_tables()

    def open_tables(self) -> None:
        self.tables = StoredTables(self.store)
        self.table = self.tables.table("notes", Note)
        self.derived = self.tables.table("found", bool, derived=True)

    @property
    def wanted(self) -> Any:
        return self.memory.table("notes", Note)

    def held(self) -> dict[tuple[str, str], Note]:
        return {
            (group, key): row
            for group in self.wanted.groups()
            for key in self.wanted.keys(group)
            if (row := self.wanted.get(group, key)) is not None
        }

    @rule(group=GROUPS, key=KEYS, number=st.integers(0, 9))
    def put(self, group: str, key: str, number: int) -> None:
        self.wanted.put(group, key, Note(number))
        self.table.put(group, key, Note(number))
        self.derived.put(str(number), f"{group}|{key}", True)

    @rule(group=GROUPS, key=KEYS)
    def drop(self, group: str, key: str) -> None:
        self.wanted.drop(group, key)
        self.table.drop(group, key)

    @rule()
    def send(self) -> None:
        if self.sent is None:
            published = self.tables.send()
            assert all(place_of(key)[0] in ("notes", "") for key, _ in published)
            self.sent = self.held()

    @rule()
    def settle(self) -> None:
        if self.sent is not None:
            self.offset += 1
            self.tables.settle(self.offset)
            self.settled, self.sent = self.sent, None

    @rule()
    def crash(self) -> None:
        self.store.close()
        assert self.store.open() == self.offset
        self.open_tables()
        self.memory, self.sent = MemoryTables(), None
        for (group, key), row in self.settled.items():
            self.wanted.put(group, key, row)

    @rule(group=GROUPS, key=KEYS)
    def look(self, group: str, key: str) -> None:
        assert self.table.get(group, key) == self.wanted.get(group, key)

    @invariant()
    def the_same_rows(self) -> None:
        if hasattr(self, "table"):
            for group in ("", "a", "a|b", "é", "a\xffb"):
                assert set(self.table.keys(group)) == set(self.wanted.keys(group))
            assert set(self.wanted.groups()) <= set(self.table.groups())

    def teardown(self) -> None:
        self.store.close()
        self._few.stop()
        self._folder.cleanup()


TestRowsOnDisk = RowsOnDisk.TestCase
TestRowsOnDisk.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_a_row_is_found_again_by_its_changelog_key() -> None:
    assert place_of(changelog_key("events", "strike|UA|Soumy|2024-05-14", "a1")) == (
        "events",
        "strike|UA|Soumy|2024-05-14",
        "a1",
    )
    assert place_of(changelog_key("bulletins", "", "agence/1")) == ("", "", "agence/1")
