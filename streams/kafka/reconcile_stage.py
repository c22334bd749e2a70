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
from streams.metrics import Metrics
from streams.reconciling.blocks import BlockRow, EventRow, apply_reports


class ReconcileStage:
    """Reports to events and partial sums."""

    name: ClassVar[str] = catalog.RECONCILE
    state_topic: ClassVar[str] = catalog.RECONCILE_STATE
    inputs: ClassVar[tuple[str, ...]] = (catalog.REPORTS,)

    def __init__(self, partition: int, partitions: int, metrics: Metrics) -> None:
        self._partition, self._metrics = partition, metrics
        self._rows: dict[str, BlockRow] = {}
        self._dirty: dict[str, None] = {}
        self._index = DayIndex()
        self._touched: dict[DayKey, Incoming] = {}
        self._ingested: dict[DayKey, int] = {}
        self._as_of = -1

    def load(self, key: str, value: bytes) -> None:
        """Take one block's row."""
        row = decode(value, BlockRow)
        self._rows[key] = row
        self._index.update(row.events.values())
        self._as_of = max(self._as_of, row.as_of)

    def process(self, message: Incoming, out: Outputs) -> None:
        """Bring one bulletin's reports into their blocks and say what changed."""
        try:
            reports = decode(message.value, BulletinReports, header(message.headers, "ce_type"))
        except UndecodableError as error:
            poison(self.name, message, error, out, self._metrics)
            return
        self._as_of = max(self._as_of, message.offset)
        for block in reports.blocks:
            row = self._rows.setdefault(block, BlockRow())
            changed = apply_reports(row, block, reports, message.offset)
            self._dirty[block] = None
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
        """Add the changed rows and the partial of every day touched."""
        for key in self._dirty:
            out.row(self.state_topic, self._partition, key, encode(self._rows[key]))
        self._dirty.clear()
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
