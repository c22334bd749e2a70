"""Which events count on which day: kept beside the blocks, so that a day's partial can be made anew at any time."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from msgspec import Struct

from schemas.enumerations import Stream
from schemas.internal import Partial
from streams.figures.contributions import Contribution, contribution
from streams.figures.partials import partial
from streams.reconciling.rows import EventRow
from streams.rows import Table, Tables

DayKey = tuple[date, Stream]


class OnDay(Struct, kw_only=True, frozen=True):
    """What an event counts on a day; null where it once counted there and does no more."""

    part: Contribution | None


class DayIndex:
    """Contributions of one partition's events by day and stream, derived from the events' rows.

    A day that an event left stays known, empty, so that its emptied figures can be said again.
    """

    def __init__(self, tables: Tables) -> None:
        self._days: Table[OnDay] = tables.table("days", OnDay, derived=True)

    def update(self, rows: Iterable[EventRow]) -> set[DayKey]:
        """The days whose figures `rows` may have changed, now or when they were first said."""
        touched: set[DayKey] = set()
        for row in rows:
            event = row.event
            part = contribution(event, row.told_at)
            for day in row.days:
                counted = OnDay(part=part if day == event.day else None)
                self._days.put(f"{day}/{event.stream}", event.event_id, counted)
                touched.add((day, event.stream))
        return touched

    def partial(self, key: DayKey, partition: int, as_of: int, ingested_ms: int = 0) -> Partial:
        """The partial of one day and stream as the index stands."""
        day, stream = key
        group = f"{day}/{stream}"
        rows = (self._days.get(group, event_id) for event_id in self._days.keys(group))
        parts = [row.part for row in rows if row is not None and row.part is not None]
        return partial(day, stream, partition, as_of, parts, ingested_ms)

    def days(self) -> Iterator[DayKey]:
        """Every day and stream that an event ever counted on; walks through all."""
        for group in self._days.groups():
            day, _, stream = group.partition("/")
            yield date.fromisoformat(day), cast(Stream, stream)
