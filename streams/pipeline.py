"""The whole flow on one screen, pure: bulletins in, events and daily figures out, no Kafka.

What the topics hold must equal what this gives over the same log; `verify` and the fault tests say so.
"""

from collections.abc import Iterator

from schemas.internal import BulletinReports
from schemas.records import Bulletin, DailyFigures, Event, Item
from streams.extraction.stage import BulletinRow, Origin, apply_bulletin
from streams.figures.days import combine
from streams.figures.index import DayIndex
from streams.reconciling.blocks import apply_reports
from streams.reconciling.rows import BlockTables
from streams.rows import MemoryTables, Tables


class Pipeline:
    """Bulletins read, reconciled and counted; in memory unless told where to keep the rows."""

    def __init__(self, tables: Tables | None = None) -> None:
        kept = MemoryTables() if tables is None else tables
        self.bulletins: dict[str, BulletinRow] = {}
        self.blocks = BlockTables(kept)
        self.items: dict[str, tuple[Item, ...]] = {}
        self._index = DayIndex(kept)
        self._fed = 0

    def feed(self, bulletin: Bulletin, origin: Origin) -> None:
        """Take one bulletin of the log; a repeat or an outdated text changes nothing."""
        output = apply_bulletin(self.bulletins.get(bulletin.bulletin_id), bulletin, origin)
        if output is None:
            return
        self.bulletins[bulletin.bulletin_id] = output.row
        self.items[bulletin.bulletin_id] = output.items
        self._reconcile(output.reports)

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

    def days(self) -> dict[str, DailyFigures]:
        """Each day's figures by `DAY/STREAM`; a day that has emptied is there with nothing in it."""
        return {
            f"{day}/{stream}": combine([self._index.partial((day, stream), 0, 0)]) for day, stream in self._index.days()
        }


def read_alone(bulletin: Bulletin) -> tuple[tuple[Item, ...], list[Event]]:
    """The items and events of one bulletin as if no other had ever been told."""
    pipeline = Pipeline()
    pipeline.feed(bulletin, Origin(topic="", partition=0, offset=0))
    return pipeline.items[bulletin.bulletin_id], list(pipeline.all_events())
