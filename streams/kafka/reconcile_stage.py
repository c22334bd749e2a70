"""The reconcile stage: reports to events and partial sums, on one partition."""

from typing import ClassVar

from schemas.codec import decode, encode
from schemas.internal import BulletinReports
from streams import catalog
from streams.errors import UndecodableError
from streams.figures.index import DayIndex, DayKey
from streams.kafka.cloudevents import header
from streams.kafka.dead_letters import poison
from streams.kafka.outputs import Incoming, Outputs
from streams.kafka.tables import place_of
from streams.metrics import Metrics
from streams.reconciling.blocks import apply_reports
from streams.reconciling.rows import EVENTS, RETIRED, TELLINGS, BlockTables, EventRow
from streams.reconciling.upcasting import FirstBlockRow, of_first_version
from streams.rows import Tables


class ReconcileStage:
    """Reports to events and partial sums."""

    name: ClassVar[str] = catalog.RECONCILE
    state_topic: ClassVar[str] = catalog.RECONCILE_STATE
    inputs: ClassVar[tuple[str, ...]] = (catalog.REPORTS,)

    def __init__(self, partition: int, partitions: int, metrics: Metrics, tables: Tables) -> None:
        self._partition, self._metrics = partition, metrics
        self._blocks = BlockTables(tables)
        self._index = DayIndex(tables)
        self._touched: dict[DayKey, Incoming] = {}
        self._ingested: dict[DayKey, int] = {}
        self._as_of = -1

    def load(self, key: str, value: bytes) -> None:
        """Take one row of a block, or a whole block as the first version kept it."""
        table, block, row_key = place_of(key)
        if table == TELLINGS:
            self._blocks.load_telling(block, row_key, value)
        elif table == EVENTS:
            self._index.update([self._blocks.load_event(block, value)])
        elif table == RETIRED:
            self._blocks.retire(decode(value, EventRow))
        else:
            tellings, events = of_first_version(decode(value, FirstBlockRow))
            for telling in tellings:
                self._blocks.put_telling(key, telling)
            for row in events:
                self._blocks.put_event(key, row)
                self._index.update([row])

    def process(self, message: Incoming, out: Outputs) -> None:
        """Bring one bulletin's reports into their blocks and say what changed."""
        try:
            reports = decode(message.value, BulletinReports, header(message.headers, "ce_type"))
        except UndecodableError as error:
            poison(self.name, message, error, out, self._metrics)
            return
        self._as_of = max(self._as_of, message.offset)
        for block in reports.blocks:
            changed = apply_reports(self._blocks, block, reports, message.offset)
            for each in changed:
                self._say(each, message, reports, out)
            for day in self._index.update(changed):
                self._touched[day] = message
                self._ingested[day] = max(self._ingested.get(day, 0), reports.ingested_ms)

    def _say(self, row: EventRow, message: Incoming, reports: BulletinReports, out: Outputs) -> None:
        event = row.event
        stream = catalog.BY_NAME[event.stream]
        out.event(
            stream.topic,
            event.event_id,
            encode(event),
            event_type=stream.event_type,
            event_id=f"{event.event_id}:{event.revision}",
            cause=message.cause(reports.bulletin_id),
            timestamp_ms=message.timestamp_ms,
        )
        self._metrics.event(event)

    def finish(self, out: Outputs) -> None:
        """Add the partial of every day touched."""
        for day, message in self._touched.items():
            made = self._index.partial(day, self._partition, self._as_of, self._ingested[day])
            out.event(
                catalog.PARTIALS,
                f"{day[0]}/{day[1]}",
                encode(made),
                event_type=catalog.PARTIAL_TYPE,
                event_id=f"{day[0]}/{day[1]}/{self._partition}/{self._as_of}",
                cause=message.cause(header(message.headers, "ce_correlationid")),
                timestamp_ms=message.timestamp_ms,
            )
        self._touched.clear()
        self._ingested.clear()
