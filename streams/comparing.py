"""What the topics hold against what the pure pipeline gives over the same log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from schemas.codec import plain
from schemas.records import DailyFigures, Event

Verdict = Literal["missing", "extra", "different"]
Row = dict[str, Any]


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
    return {key: event_view(event) for key, event in events.items() if event.status != "withdrawn"}


def counted(days: Mapping[str, DailyFigures]) -> dict[str, Row]:
    """Views of the days that hold anything; an emptied day and one never touched are the same state."""
    return {key: day_view(figures) for key, figures in days.items() if figures.event_ids}


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
