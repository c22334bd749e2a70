"""What `serve` tells: lag, newest bulletin and dead letters, read from the broker at intervals."""

import asyncio
import logging
import time
from contextlib import suppress

from aiokafka.errors import KafkaError
from prometheus_client import Gauge

from streams import catalog
from streams.errors import BulletinStreamsError
from streams.kafka.dead_letters import DISMISSED, MENDED, told_by
from streams.kafka.health import ProgressWatch
from streams.kafka.log import Log, Offsets, Span, open_log
from streams.kafka.progress import open_stand
from streams.kafka.settings import KafkaSettings
from streams.metrics import Metrics
from streams.serving.monitoring import Condition, MonitoringServer

log = logging.getLogger(__name__)

EVERY_S = 2.0
SILENT_S = 30.0


class BrokerView:
    """Polls the broker and serves what it tells."""

    def __init__(self, settings: KafkaSettings, every_s: float = EVERY_S) -> None:
        self.metrics = Metrics()
        self._settings = settings
        self._every_s = every_s
        self._watch = ProgressWatch()
        self._started_at = time.monotonic()
        self._answered_at: float | None = None
        self._poison: set[tuple[str, str, str]] = set()
        self._letters_read: Offsets = {}
        self._answered = Gauge(
            "bulletin_streams_broker_answered_timestamp_seconds",
            "When the broker last told everything asked of it, seconds since the epoch.",
            registry=self.metrics.registry,
        )
        self._server = MonitoringServer(self.metrics, self.healthy, self.ready)
        self._task: asyncio.Task[None] | None = None

    async def start(self, host: str, port: int) -> int:
        """Serve and begin to poll; returns the port."""
        bound = await self._server.start(host, port)
        self._task = asyncio.create_task(self._poll())
        return bound

    async def stop(self) -> None:
        """Stop serving."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._server.stop()

    async def _poll(self) -> None:
        while True:
            try:
                await self._observe()
                self._answered_at = time.monotonic()
                self._answered.set_to_current_time()
            except (KafkaError, BulletinStreamsError, OSError) as error:
                log.warning("the broker did not answer: %s", error)
            await asyncio.sleep(self._every_s)

    async def _observe(self) -> None:
        async with open_stand(self._settings) as stand:
            rows = {(row.topic, row.partition): (row.committed, row.end) for row in await stand.lag()}
        for place, (committed, end) in rows.items():
            self._watch.observe(place, committed, end)
        self.metrics.standing(self._settings.group, rows)
        async with open_log(self._settings) as held:
            whole = await held.whole(catalog.BULLETINS)
            newest = Span({each: max(whole.starts[each], end - 1) for each, end in whole.ends.items()}, whole.ends)
            async for message in held.scan(catalog.BULLETINS, newest):
                self.metrics.saw_bulletin(message.timestamp_ms)
            await self._look_for_poison(held)

    async def _look_for_poison(self, held: Log) -> None:
        """Read the dead letters that came since the last look; one from an internal topic is poison."""
        whole = await held.whole(catalog.DEAD_LETTERS)
        starts = {each: max(start, self._letters_read.get(each, start)) for each, start in whole.starts.items()}
        async for letter in held.scan(catalog.DEAD_LETTERS, Span(starts, whole.ends)):
            told = told_by(letter.headers)
            topic, partition, offset = (told.get(f"error.{name}", "") for name in ("topic", "partition", "offset"))
            if topic in ("", catalog.BULLETINS):
                continue
            if MENDED in told or DISMISSED in told:
                self._poison.discard((topic, partition, offset))
            else:
                self._poison.add((topic, partition, offset))
        self._letters_read = whole.ends

    def healthy(self) -> Condition:
        """Bad when the broker is silent or a partition stands still with lag."""
        reasons = self._watch.condition().reasons
        last = self._started_at if self._answered_at is None else self._answered_at
        if time.monotonic() - last > SILENT_S:
            reasons = (*reasons, "the broker has been silent: bulletins kafka status")
        return Condition(reasons)

    def ready(self) -> Condition:
        """Good while the broker answers, and no internal record was found to be poison."""
        if self._answered_at is None or time.monotonic() - self._answered_at > SILENT_S:
            return Condition(("the broker does not answer: wait, or look at bulletins doctor",))
        if self._poison:
            return Condition(
                (f"{len(self._poison)} internal records are poison: bulletins dead-letters, and report it",)
            )
        return Condition()
