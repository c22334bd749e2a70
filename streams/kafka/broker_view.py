"""What `serve` tells: lag, newest bulletin and dead letters, read from the broker at intervals."""

import asyncio
import logging
import time
from contextlib import suppress

from aiokafka.errors import KafkaError

from streams import catalog
from streams.errors import BulletinStreamsError
from streams.kafka.health import ProgressWatch
from streams.kafka.log import Span, open_log
from streams.kafka.progress import open_stand
from streams.kafka.settings import KafkaSettings
from streams.kafka.views import all_dead_letters
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
        self._answered_at: float | None = None
        self._poison = 0
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
            except (KafkaError, BulletinStreamsError, OSError) as error:
                log.warning("the broker did not answer: %s", error)
            await asyncio.sleep(self._every_s)

    async def _observe(self) -> None:
        async with open_stand(self._settings) as stand:
            for row in await stand.lag():
                self._watch.observe((row.topic, row.partition), row.committed, row.end)
                self.metrics.lag.labels(row.group, row.topic, str(row.partition)).set(row.lag_records)
        async with open_log(self._settings) as held:
            whole = await held.whole(catalog.BULLETINS)
            newest = Span({each: max(whole.starts[each], end - 1) for each, end in whole.ends.items()}, whole.ends)
            async for message in held.scan(catalog.BULLETINS, newest):
                self.metrics.saw_bulletin(message.timestamp_ms)
            self._poison = sum(letter.topic != catalog.BULLETINS for letter in await all_dead_letters(held))

    def healthy(self) -> Condition:
        """Bad when the broker is silent or a partition stands still with lag."""
        reasons = self._watch.condition().reasons
        if self._answered_at is not None and time.monotonic() - self._answered_at > SILENT_S:
            reasons = (*reasons, "the broker has been silent: bulletins kafka status")
        return Condition(reasons)

    def ready(self) -> Condition:
        """Good once the broker has answered, and while no internal record was found to be poison."""
        if self._answered_at is None:
            return Condition(("the broker has not answered yet: wait, or look at bulletins doctor",))
        if self._poison > 0:
            return Condition((f"{self._poison} internal records are poison: bulletins dead-letters, and report it",))
        return Condition()
