"""What the topics hold against what the pure pipeline gives over the same log."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Generic, Literal, TypeVar

import orjson

from schemas.codec import plain
from schemas.records import DailyFigures, Event
from streams.figures.days import day_key
from streams.rows import Table, Tables

Verdict = Literal["missing", "extra", "different"]
Row = dict[str, Any]
Record = TypeVar("Record", Event, DailyFigures)

DIGEST_BYTES = 16
REVISION_BYTES = 8
REVISION = slice(DIGEST_BYTES, DIGEST_BYTES + REVISION_BYTES)
NO_PART = bytes(DIGEST_BYTES)
NOTHING = bytes(DIGEST_BYTES + REVISION_BYTES + DIGEST_BYTES)
"""The expected digest, then the revision and the digest of what is found."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One event or day that is not the same; `explained` where another version of the reading tells why."""

    what: Literal["event", "day", "dead-letter"]
    key: str
    verdict: Verdict
    fields: tuple[str, ...]
    explained: bool = False


def event_view(event: Event) -> Row:
    """The event as both sides must have it: without revision, offsets and who read it."""
    row = plain(event)
    for name in ("revision", "extractor"):
        del row[name]
    for report in row["reports"]:
        del report["offset"]
    return row


def day_view(figures: DailyFigures) -> Row:
    """The day's figures as both sides must have them: without revision and input offsets."""
    row = plain(figures)
    for name in ("revision", "as_of"):
        del row[name]
    return row


def standing(events: Mapping[str, Event]) -> dict[str, Row]:
    """Views of the events that stand; those withdrawn depend on the order of arrival and are no part of the state."""
    return {key: event_view(event) for key, event in events.items() if _stands(event)}


def counted(days: Mapping[str, DailyFigures]) -> dict[str, Row]:
    """Views of the days that hold anything; an emptied day and one never touched are the same state."""
    return {key: day_view(figures) for key, figures in days.items() if _counts(figures)}


def _stands(event: Event) -> bool:
    return event.status != "withdrawn"


def _counts(figures: DailyFigures) -> bool:
    return bool(figures.event_ids)


def compare(what: Literal["event", "day"], expected: Mapping[str, Row], found: Mapping[str, Row]) -> list[Difference]:
    """Every key that is not the same on both sides, sorted by key."""
    differences = []
    for key in sorted(expected.keys() | found.keys()):
        mine, theirs = expected.get(key), found.get(key)
        if mine is None or theirs is None:
            differences.append(Difference(what, key, "missing" if theirs is None else "extra", ()))
        elif mine != theirs:
            fields = tuple(sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)))
            differences.append(Difference(what, key, "different", fields))
    return differences


@dataclass(frozen=True, slots=True)
class Compared(Generic[Record]):
    """What is compared of one kind of record: known by `key`, as `view`, where it is `part` of the state."""

    what: Literal["event", "day"]
    shape: type[Record]
    key: Callable[[Record], str]
    part: Callable[[Record], bool]
    view: Callable[[Record], Row]

    def views(self, record: Record | None) -> dict[str, Row]:
        """The record's view by its key; empty where it is no part of the state, or None."""
        return {self.key(record): self.view(record)} if record is not None and self.part(record) else {}

    def digest(self, record: Record) -> bytes:
        """A hash of the record's view, all zeros where it is no part of the state.

        Equal digests are equal views. Equal views may differ in how a number is written: compare those again.
        """
        if not self.part(record):
            return NO_PART
        return blake2b(orjson.dumps(self.view(record), option=orjson.OPT_SORT_KEYS), digest_size=DIGEST_BYTES).digest()


EVENTS = Compared("event", Event, lambda event: event.event_id, _stands, event_view)
DAYS = Compared("day", DailyFigures, day_key, _counts, day_view)


class Comparison(Generic[Record]):
    """What `compare` says of two sides, without either in memory: a key and two hashes of each record, some 200 bytes.

    First every record that is expected, and every revision that is found, in any order; then, where `differing` names
    any, those found once more, kept in `tables`, and those expected once more, one at a time.
    """

    def __init__(self, compared: Compared[Record], tables: Tables) -> None:
        self._compared: Compared[Record] = compared
        self._held: dict[str, bytes] = {}
        self._again: Table[Record] = tables.table(f"found-{compared.what}", compared.shape, derived=True)
        self.differing: set[str] = set()
        self.expected = 0

    def expect(self, record: Record) -> None:
        """Take a record that should be found; once for each key."""
        digest = self._compared.digest(record)
        self.expected += digest != NO_PART
        key = self._compared.key(record)
        self._held[key] = digest + self._held.get(key, NOTHING)[DIGEST_BYTES:]

    def find(self, record: Record) -> None:
        """Take a revision that is found; the highest counts, of equal ones the later."""
        key = self._compared.key(record)
        held = self._held.get(key, NOTHING)
        if record.revision >= int.from_bytes(held[REVISION], "big"):
            revision = record.revision.to_bytes(REVISION_BYTES, "big")
            self._held[key] = held[:DIGEST_BYTES] + revision + self._compared.digest(record)

    def close(self) -> None:
        """All has been taken: `differing` are the keys to look at again; the hashes are let go."""
        self.differing = {key for key, held in self._held.items() if held[:DIGEST_BYTES] != held[REVISION.stop :]}
        self._held.clear()

    def find_again(self, record: Record) -> None:
        """Take a revision once more."""
        key = self._compared.key(record)
        if key in self.differing:
            held = self._again.get("", key)
            if held is None or record.revision >= held.revision:
                self._again.put("", key, record)

    def differences(self, expected: Iterable[Record]) -> Iterator[tuple[Difference, Row, Row]]:
        """Each difference with its two views, empty where there is none; `expected` is walked once."""
        unseen = set(self.differing)
        for record in expected:
            key = self._compared.key(record)
            if key in unseen:
                unseen.remove(key)
                yield from self._judged(record, key)
        for key in unseen:
            yield from self._judged(None, key)

    def _judged(self, record: Record | None, key: str) -> Iterator[tuple[Difference, Row, Row]]:
        mine, theirs = self._compared.views(record), self._compared.views(self._again.get("", key))
        for difference in compare(self._compared.what, mine, theirs):
            yield difference, mine.get(key, {}), theirs.get(key, {})
