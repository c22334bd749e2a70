"""One stage on one partition: its state, and what it has processed but not yet published."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.kafka.outputs import Incoming, Outputs
from streams.kafka.recovery import recover
from streams.kafka.settings import KafkaSettings
from streams.kafka.stages import Stage
from streams.kafka.store import Store
from streams.kafka.tables import StoredTables
from streams.metrics import Metrics

Ack = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Batch:
    """What a stage has to publish: its messages and rows, the offsets it is past, whom to tell then."""

    outputs: Outputs = field(default_factory=Outputs)
    acks: list[Ack] = field(default_factory=list)
    offsets: dict[str, int] = field(default_factory=dict)
    since: float = 0.0


class StagePartition:
    """Processes one partition's messages of one stage in order."""

    def __init__(self, stage: type[Stage], partition: int, settings: KafkaSettings, metrics: Metrics) -> None:
        self._store = Store(settings.state_dir / f"{stage.name}-{partition}", settings.installation)
        self._tables = StoredTables(self._store)
        self.stage = stage(partition, settings.partitions, metrics, self._tables)
        self._partition = partition
        self._changelog = TopicPartition(settings.topic(stage.state_topic), partition)
        self._metrics = metrics
        self._batch = Batch()
        self._done: dict[str, int] = {}
        self._committed: dict[str, int] = {}
        self._idle_at: dict[str, int] = {}

    async def recover(self, consumer: AIOKafkaConsumer) -> int:
        """Bring the state up to its changelog's end; how many rows that were."""
        return await recover(
            consumer,
            self._changelog,
            self._store,
            self._tables,
            self.stage.load,
            lambda done, whole: self._metrics.loading(self.stage.name, self._partition, done, whole),
        )

    def process(self, message: Incoming, ack: Ack) -> int:
        """Process one message; how many bytes wait to be published for it.

        A message that this owner has already processed (a rebalance seeks back) is not processed again.
        """
        added_bytes = 0
        if not self._batch.acks:
            self._batch.since = time.monotonic()
        if message.offset >= self._done.get(message.topic, -1):
            before = len(self._batch.outputs.messages)
            self.stage.process(message, self._batch.outputs)
            added_bytes = sum(len(each.value or b"") for each in self._batch.outputs.messages[before:])
            self._done[message.topic] = message.offset + 1
        self._batch.acks.append(ack)
        return added_bytes

    def caught_up(self, topic: str, delivered: int, position: int) -> bool:
        """Note that only markers lie between `delivered` and `position`; whether there is that to commit now.

        `delivered` is -1 where nothing was delivered since the assignment; a message delivered but not yet processed
        keeps the position out.
        """
        processed = delivered == -1 or self._done.get(topic, -1) >= delivered
        if not processed or self._committed.get(topic, -1) >= position:
            return False
        self._idle_at[topic] = position
        return True

    def committed(self, topic: str) -> int:
        """The offset that this owner last committed for an input; -1 before its first commit."""
        return self._committed.get(topic, -1)

    def take(self) -> Batch:
        """All there is to publish; nothing is left here."""
        batch, self._batch = self._batch, Batch()
        self.stage.finish(batch.outputs)
        for key, value in self._tables.send():
            batch.outputs.row(self.stage.state_topic, self._partition, key, value)
        batch.offsets = self._offsets()
        return batch

    def settle(self, batch: Batch, checkpoint: int | None) -> None:
        """Note that a batch is committed, its rows in the changelog below `checkpoint`; None where it had none."""
        if checkpoint is not None:
            self._tables.settle(checkpoint)
        self._committed.update(batch.offsets)
        if batch.acks:
            self._metrics.stage_seconds.labels(self.stage.name).observe(time.monotonic() - batch.since)

    def release(self) -> None:
        """Let go of the files."""
        self._store.close()

    def _offsets(self) -> dict[str, int]:
        """Each input's offset to commit where it has moved: past what is done, and past trailing markers."""
        wanted = dict(self._done)
        for topic, position in self._idle_at.items():
            wanted[topic] = max(wanted.get(topic, -1), position)
        self._idle_at.clear()
        return {topic: offset for topic, offset in wanted.items() if offset > self._committed.get(topic, -1)}
