"""One partition number of every stage: they move together, under one fenced producer, in one transaction.

Equal numbers of all inputs have one owner (`StageConsumerThread`), so the transactional id names the number alone.
Taking it (on assignment, before the state is read) fences every earlier owner: what a worker that was declared dead
still writes is refused by the broker. Outputs, changelog rows and input offsets are one transaction, so that a crash
leaves either all of them or none; that a message may still be seen twice is harmless, because rows remember the offset
they hold. A transaction is five requests whatever it holds: one for all stages costs a third of one for each.
"""

import asyncio
import logging
from collections.abc import Callable

from aiokafka import AIOKafkaProducer

from streams.kafka.outputs import Incoming, Outputs
from streams.kafka.recovery import changelogs
from streams.kafka.settings import KafkaSettings
from streams.kafka.stage_partition import Ack, StagePartition
from streams.kafka.stages import STAGE_OF, STAGES
from streams.kafka.transactions import Batches, Place, send_offsets, transactional_producer
from streams.metrics import Metrics

log = logging.getLogger(__name__)

MAX_PENDING_MESSAGES = 500
MAX_PENDING_BYTES = 8 * 1024 * 1024
MARKERS_S = 0.1
"""How long trailing transaction markers may stand as lag before a transaction of their own commits past them."""


class OwnedPartition:
    """Processes what comes of one partition number, stage by stage in order, and publishes it in transactions."""

    def __init__(self, partition: int, settings: KafkaSettings, metrics: Metrics) -> None:
        self.partition = partition
        self._stages = {stage.name: StagePartition(stage, partition, settings, metrics) for stage in STAGES}
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None
        self._pending_messages = 0
        self._pending_bytes = 0
        self._due: asyncio.TimerHandle | None = None
        self._wake = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._publishing = asyncio.Lock()
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._closed = False
        self.is_claimed = False

    async def open(self) -> None:
        """Fence earlier owners, then bring each stage's state up to its changelog's end."""
        self._producer = transactional_producer(self._settings, self._settings.transactional_id(self.partition))
        await self._producer.start()
        self.is_claimed = True
        async with changelogs(self._settings) as consumer:
            for name, stage in self._stages.items():
                rows = await stage.recover(consumer)
                log.info("%s partition %d is ready after %d rows of its changelog", name, self.partition, rows)
        if not self._opened.done():
            self._opened.set_result(None)

    async def opened(self) -> None:
        """Wait until the state is there."""
        await asyncio.shield(self._opened)

    @property
    def is_open(self) -> bool:
        """Whether the state is loaded."""
        return self._opened.done() and not self._closed

    async def process(self, message: Incoming, ack: Ack) -> None:
        """Process one message; `ack` is called when its outputs are with the broker."""
        await self._room.wait()
        if self._closed:
            return
        self._pending_bytes += self._of(message.topic).process(message, ack)
        self._pending_messages += 1
        if self._pending_messages >= MAX_PENDING_MESSAGES or self._pending_bytes >= MAX_PENDING_BYTES:
            self._room.clear()
        self._wake.set()

    def caught_up(self, topic: str, delivered: int, position: int) -> None:
        """Note that only markers lie between `delivered` and `position`; committing it makes the lag true."""
        if self._of(topic).caught_up(topic, delivered, position) and self._due is None:
            # The next message, if one comes soon, takes it along in its own transaction.
            self._due = asyncio.get_running_loop().call_later(MARKERS_S, self._wake.set)

    def committed(self, topic: str) -> int:
        """The offset that this owner last committed for an input; -1 before its first commit."""
        return self._of(topic).committed(topic)

    async def run(self, pause_s: Callable[[], float]) -> None:
        """Publish while there is something to publish, `pause_s()` seconds after it came, until closed."""
        while not self._closed:
            await self._wake.wait()
            if self._room.is_set():
                await asyncio.sleep(pause_s())
            await self.publish()

    async def publish(self) -> None:
        """Send what was processed, the rows that changed and the offsets as one transaction; then acknowledge."""
        async with self._publishing:
            self._wake.clear()
            self._forget_due()
            if self._producer is None or self._closed:
                return
            taken = {name: stage.take() for name, stage in self._stages.items()}
            self._pending_messages = self._pending_bytes = 0
            self._room.set()
            offsets = {topic: offset for batch in taken.values() for topic, offset in batch.offsets.items()}
            acks = [ack for batch in taken.values() for ack in batch.acks]
            if not (acks or offsets):
                return
            outputs = Outputs([message for batch in taken.values() for message in batch.outputs.messages])
            try:
                ends = await self._transact(self._producer, outputs, offsets)
            except BaseException:
                # What was taken is lost here: a later transaction would commit past it.
                self._closed = True
                raise
            for name, stage in self._stages.items():
                stage.settle(taken[name], ends.get((stage.stage.state_topic, self.partition)))
            for ack in acks:
                await ack()

    async def close(self) -> None:
        """Stop taking messages; what is not published is processed again by the next owner."""
        self._closed = True
        self._forget_due()
        self._room.set()
        self._wake.set()
        if not self._opened.done():
            self._opened.cancel()
        if self._producer is not None:
            await self._producer.stop()

    def release(self) -> None:
        """Let go of the files, once nothing of this partition runs any more."""
        for stage in self._stages.values():
            stage.release()

    def _of(self, topic: str) -> StagePartition:
        return self._stages[STAGE_OF[topic].name]

    def _forget_due(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    async def _transact(
        self, producer: AIOKafkaProducer, outputs: Outputs, offsets: dict[str, int]
    ) -> dict[Place, int]:
        """The offset past the last message of each partition that got some, once all is committed."""
        settings = self._settings
        async with producer.transaction():
            batches = Batches(producer, settings)
            await batches.send(outputs.messages)
            # One after the other: of two requests that it has to verify at a time, the broker sends one back to wait.
            ends = await batches.ends()
            if offsets:
                await send_offsets(producer, settings, self.partition, offsets)
        return ends
