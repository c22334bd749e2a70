"""Which events count on which day: kept beside the blocks, so that a day's partial can be made anew at any time."""

from collections.abc import Iterable
from datetime import date

from schemas.enumerations import Stream
from schemas.internal import Partial
from streams.figures.contributions import Contribution, contribution
from streams.figures.partials import partial
from streams.reconciling.blocks import EventRow

DayKey = tuple[date, Stream]


class DayIndex:
    """Contributions of one partition's events by day and stream; built again from the block rows at any start.

    A day that an event left stays known, empty, so that its emptied figures can be said again.
    """

    def __init__(self) -> None:
        self._days: dict[DayKey, dict[str, Contribution]] = {}

    def update(self, rows: Iterable[EventRow]) -> set[DayKey]:
        """The days whose figures `rows` may have changed, now or when they were first said."""
        touched: set[DayKey] = set()
        for row in rows:
            event = row.event
            for day in row.days:
                self._days.setdefault((day, event.stream), {}).pop(event.event_id, None)
                touched.add((day, event.stream))
            part = contribution(event, row.told_at)
            if part is not None:
                self._days[event.day, event.stream][event.event_id] = part
        return touched

    def partial(self, key: DayKey, partition: int, as_of: int, ingested_ms: int = 0) -> Partial:
        """The partial of one day and stream as the index stands."""
        day, stream = key
        return partial(day, stream, partition, as_of, list(self._days[key].values()), ingested_ms)

    def days(self) -> Iterable[DayKey]:
        """Every day and stream that an event ever counted on."""
        return self._days.keys()
