"""The tally stage: partial sums to daily figures, on one partition."""

from typing import ClassVar

from schemas.codec import decode, encode
from schemas.internal import Partial
from schemas.records import DailyFigures
from streams import catalog
from streams.errors import UndecodableError
from streams.figures.days import DayRow, apply_partial
from streams.kafka.cloudevents import Cause, header
from streams.kafka.dead_letters import poison
from streams.kafka.outputs import Incoming, Outputs
from streams.metrics import Metrics
from streams.rows import Tables


class TallyStage:
    """Partial sums to daily figures."""

    name: ClassVar[str] = catalog.TALLY
    state_topic: ClassVar[str] = catalog.TALLY_STATE
    inputs: ClassVar[tuple[str, ...]] = (catalog.PARTIALS,)

    def __init__(self, partition: int, partitions: int, metrics: Metrics, tables: Tables) -> None:
        self._metrics = metrics
        self._rows = tables.table("days", DayRow)
        self._said: dict[str, tuple[DailyFigures, Cause, int]] = {}

    def load(self, key: str, value: bytes) -> None:
        """Take one day's row."""
        self._rows.load("", key, value)

    def process(self, message: Incoming, out: Outputs) -> None:
        """Put one partition's partial in the place of its last."""
        try:
            incoming = decode(message.value, Partial, header(message.headers, "ce_type"))
        except UndecodableError as error:
            poison(self.name, message, error, out, self._metrics)
            return
        key = f"{incoming.day}/{incoming.stream}"
        held = self._rows.get("", key)
        row, figures = apply_partial(DayRow() if held is None else held, incoming, message.offset)
        self._rows.put("", key, row)
        if figures is not None:
            cause = message.cause(header(message.headers, "ce_correlationid"))
            self._said[key] = (figures, cause, message.timestamp_ms)
            self._metrics.counted(incoming.ingested_ms)

    def finish(self, out: Outputs) -> None:
        """Add the newest figures of every day touched."""
        for key, (figures, cause, timestamp_ms) in self._said.items():
            out.event(
                catalog.DAILY_FIGURES,
                key,
                encode(figures),
                event_type=catalog.DAILY_FIGURES_TYPE,
                event_id=f"{key}:{figures.revision}",
                cause=cause,
                timestamp_ms=timestamp_ms,
            )
        self._said.clear()
