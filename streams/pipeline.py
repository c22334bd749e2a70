"""The whole flow on one screen, pure: bulletins in, events and daily figures out, no Kafka.

What the topics hold must equal what this gives over the same log; `verify` and the fault tests say so.
"""

from collections.abc import Iterator

from schemas.internal import BulletinReports
from schemas.records import Bulletin, DailyFigures, Event, Item
from streams.extraction.stage import BulletinRow, Origin, apply_bulletin
from streams.figures.days import combine, day_key
from streams.figures.index import DayIndex
from streams.reading.findings import Reading
from streams.reconciling.blocks import apply_reports
from streams.reconciling.rows import BlockTables
from streams.rows import MemoryTables, Table, Tables


class Pipeline:
    """Bulletins read, reconciled and counted; in memory unless told where to keep the rows, the only thing it keeps."""

    def __init__(self, tables: Tables | None = None) -> None:
        kept = MemoryTables() if tables is None else tables
        self.blocks = BlockTables(kept)
        self._bulletins: Table[BulletinRow] = kept.table("bulletins", BulletinRow)
        self._index = DayIndex(kept)
        self._fed = 0

    def feed(self, bulletin: Bulletin, origin: Origin, reading: Reading | None = None) -> tuple[Item, ...] | None:
        """The items of one bulletin of the log; None for a repeat or an outdated text, which changes nothing.

        `reading` is what it says where that is known already.
        """
        output = apply_bulletin(self._bulletins.get("", bulletin.bulletin_id), bulletin, origin, reading)
        if output is None:
            return None
        self._bulletins.put("", bulletin.bulletin_id, output.row)
        self._reconcile(output.reports)
        return output.items

    def _reconcile(self, reports: BulletinReports) -> None:
        for block in reports.blocks:
            self._index.update(apply_reports(self.blocks, block, reports, self._fed))
            self._fed += 1

    def all_events(self) -> Iterator[Event]:
        """Every event ever told, withdrawn ones too, with its last revision."""
        return (row.event for row in self.blocks.all_events())

    def events(self) -> dict[str, Event]:
        """The events that stand, by id."""
        return {event.event_id: event for event in self.all_events() if event.status != "withdrawn"}

    def all_days(self) -> Iterator[DailyFigures]:
        """Each day's figures of each stream; a day that has emptied is there with nothing in it."""
        return (combine([self._index.partial(key, 0, 0)]) for key in self._index.days())

    def days(self) -> dict[str, DailyFigures]:
        """The same by `DAY/STREAM`."""
        return {day_key(figures): figures for figures in self.all_days()}


def read_alone(bulletin: Bulletin) -> tuple[tuple[Item, ...], list[Event]]:
    """The items and events of one bulletin as if no other had ever been told."""
    pipeline = Pipeline()
    items = pipeline.feed(bulletin, Origin(topic="", partition=0, offset=0))
    return items or (), list(pipeline.all_events())
