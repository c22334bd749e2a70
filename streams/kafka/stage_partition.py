"""One stage on one partition: its state, its fenced producer, and the transaction in which both move on.

The transactional id names stage and partition. Taking it (on assignment, before the state is read) fences every earlier
owner: what a worker that was declared dead still writes is refused by the broker. Outputs, changelog rows and input
offsets are one transaction, so that a crash leaves either all of them or none; that a message may still be seen twice
is harmless, because rows remember the offset they hold.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.structs import OffsetAndMetadata

from streams.kafka.outputs import Incoming, Outputs
from streams.kafka.recovery import recover
from streams.kafka.settings import KafkaSettings
from streams.kafka.stages import Stage
from streams.kafka.store import Store
from streams.kafka.tables import StoredTables
from streams.kafka.transactions import Batches, transactional_producer
from streams.metrics import Metrics

log = logging.getLogger(__name__)

MAX_PENDING_MESSAGES = 500
MAX_PENDING_BYTES = 8 * 1024 * 1024
MARKERS_S = 0.1
"""How long trailing transaction markers may stand as lag before a transaction of their own commits past them."""

Ack = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class _Batch:
    """What was processed since the last transaction."""

    outputs: Outputs = field(default_factory=Outputs)
    acks: list[Ack] = field(default_factory=list)
    bytes_held: int = 0
    since: float = 0.0


class StagePartition:
    """Processes one partition's messages in order and publishes them in transactions."""

    def __init__(self, stage: type[Stage], partition: int, settings: KafkaSettings, metrics: Metrics) -> None:
        self._store = Store(settings.state_dir / f"{stage.name}-{partition}", settings.installation)
        self._tables = StoredTables(self._store)
        self.stage = stage(partition, settings.partitions, metrics, self._tables)
        self.partition = partition
        self._settings = settings
        self._metrics = metrics
        self._producer: AIOKafkaProducer | None = None
        self._batch = _Batch()
        self._done: dict[str, int] = {}
        self._committed: dict[str, int] = {}
        self._idle_at: dict[str, int] = {}
        self._due: asyncio.TimerHandle | None = None
        self._wake = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._publishing = asyncio.Lock()
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._closed = False

    async def open(self) -> None:
        """Fence earlier owners, then bring the state up to its changelog's end."""
        id_of_one = self._settings.transactional_id(self.stage.name, self.partition)
        self._producer = transactional_producer(self._settings, id_of_one)
        await self._producer.start()
        rows = await self._recover()
        log.info("%s partition %d is ready after %d rows of its changelog", self.stage.name, self.partition, rows)
        if not self._opened.done():
            self._opened.set_result(None)

    async def opened(self) -> None:
        """Wait until the state is there."""
        await asyncio.shield(self._opened)

    @property
    def is_open(self) -> bool:
        """Whether the state is loaded."""
        return self._opened.done() and not self._closed

    async def _recover(self) -> int:
        target = TopicPartition(self._settings.topic(self.stage.state_topic), self.partition)
        return await recover(
            self._settings,
            target,
            self._store,
            self._tables,
            self.stage.load,
            lambda done, whole: self._metrics.loading(self.stage.name, self.partition, done, whole),
        )

    async def process(self, message: Incoming, ack: Ack) -> None:
        """Process one message; `ack` is called when its outputs are with the broker.

        A message that this owner has already processed (a rebalance seeks back) is not processed again.
        """
        await self._room.wait()
        if self._closed:
            return
        if message.offset >= self._done.get(message.topic, -1):
            if not self._batch.acks:
                self._batch.since = time.monotonic()
            before = len(self._batch.outputs.messages)
            self.stage.process(message, self._batch.outputs)
            added = self._batch.outputs.messages[before:]
            self._batch.bytes_held += sum(len(each.value or b"") for each in added)
            self._done[message.topic] = message.offset + 1
        self._batch.acks.append(ack)
        if len(self._batch.acks) >= MAX_PENDING_MESSAGES or self._batch.bytes_held >= MAX_PENDING_BYTES:
            self._room.clear()
        self._wake.set()

    def caught_up(self, topic: str, delivered: int, position: int) -> None:
        """Note that only markers lie between `delivered` and `position`; committing it makes the lag true.

        `delivered` is -1 where nothing was delivered since the assignment; a message delivered but not yet processed
        keeps the position out.
        """
        processed = delivered == -1 or self._done.get(topic, -1) >= delivered
        if processed and self._committed.get(topic, -1) < position:
            self._idle_at[topic] = position
            if self._due is None:
                # The next message, if one comes soon, takes it along in its own transaction.
                self._due = asyncio.get_running_loop().call_later(MARKERS_S, self._wake.set)

    def committed(self, topic: str) -> int:
        """The offset that this owner last committed for an input; -1 before its first commit."""
        return self._committed.get(topic, -1)

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
            batch, self._batch = self._batch, _Batch()
            self._room.set()
            offsets = self._offsets()
            if self._producer is None or self._closed or not (batch.acks or offsets):
                return
            self.stage.finish(batch.outputs)
            for key, value in self._tables.send():
                batch.outputs.row(self.stage.state_topic, self.partition, key, value)
            checkpoint = await self._transact(self._producer, batch.outputs, offsets)
            if checkpoint is not None:
                self._tables.settle(checkpoint)
            self._committed.update(offsets)
            if batch.acks:
                self._metrics.stage_seconds.labels(self.stage.name).observe(time.monotonic() - batch.since)
            for ack in batch.acks:
                await ack()

    def _forget_due(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _offsets(self) -> dict[str, int]:
        """Each input's offset to commit where it has moved: past what is done, and past trailing markers."""
        wanted = dict(self._done)
        for topic, position in self._idle_at.items():
            wanted[topic] = max(wanted.get(topic, -1), position)
        self._idle_at.clear()
        return {topic: offset for topic, offset in wanted.items() if offset > self._committed.get(topic, -1)}

    async def _transact(self, producer: AIOKafkaProducer, outputs: Outputs, offsets: dict[str, int]) -> int | None:
        """The changelog's offset past the rows among `outputs`, once all is committed; None where there are none."""
        settings = self._settings
        async with producer.transaction():
            batches = Batches(producer, settings)
            await batches.send(outputs.messages)
            if offsets:
                await producer.send_offsets_to_transaction(
                    {
                        TopicPartition(settings.topic(topic), self.partition): OffsetAndMetadata(offset, "")
                        for topic, offset in offsets.items()
                    },
                    settings.group,
                )
            ends = await batches.ends()
        return ends.get((self.stage.state_topic, self.partition))

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
        self._store.close()
