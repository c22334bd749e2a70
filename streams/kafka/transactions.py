"""Transactional producers; what they send goes in batches of our own making, a fraction of the cost of `send`."""

import asyncio
from collections.abc import Mapping, Sequence

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.structs import OffsetAndMetadata, RecordMetadata

from streams.kafka.outputs import Output
from streams.kafka.partitioning import partition_of
from streams.kafka.settings import KafkaSettings

MAX_BATCH_BYTES = 1024 * 1024
"""Of one partition at a time; the next waits until the broker has it. aiokafka's own 16 KiB hold three or four rows."""

ANSWER_WITHIN_MS = 5_000
"""A connection that gives no answer for so long is given up; a transaction may meet three such, one by one."""

Place = tuple[str, int]


def transactional_producer(
    settings: KafkaSettings, transactional_id: str, timeout_ms: int | None = None
) -> AIOKafkaProducer:
    """A producer, not started, under an id that only one can hold; a transaction is given up after `timeout_ms`."""
    made = AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap,
        client_id=transactional_id,
        transactional_id=transactional_id,
        transaction_timeout_ms=settings.transaction_timeout_ms if timeout_ms is None else timeout_ms,
        max_request_size=settings.max_request_bytes,
        max_batch_size=MAX_BATCH_BYTES,
        compression_type="zstd",
        linger_ms=0,
        request_timeout_ms=settings.request_timeout_ms,
    )
    # aiokafka takes one number for this and for how long a batch waits for room behind another, which may be longer.
    made.client._request_timeout_ms = ANSWER_WITHIN_MS
    return made


async def send_offsets(
    producer: AIOKafkaProducer, settings: KafkaSettings, partition: int, offsets: Mapping[str, int]
) -> None:
    """Let the transaction commit the stages' offsets, by topic, of a partition number."""
    await producer.send_offsets_to_transaction(
        {
            TopicPartition(settings.topic(topic), partition): OffsetAndMetadata(offset, "")
            for topic, offset in offsets.items()
        },
        settings.group,
    )


class Batches:
    """The messages of one transaction on their way, by topic and partition."""

    def __init__(self, producer: AIOKafkaProducer, settings: KafkaSettings) -> None:
        self._producer = producer
        self._settings = settings
        self._filling: dict[Place, BatchBuilder] = {}
        self._sent: list[tuple[Place, int, asyncio.Future[RecordMetadata]]] = []

    async def send(self, messages: Sequence[Output]) -> None:
        """Hand over all of the messages, those of one partition in their order."""
        for each in messages:
            place = each.topic, self._partition(each)
            batch = self._filling.get(place)
            if batch is None or not _took(batch, each):
                if batch is not None:
                    await self._hand_over(place, batch)
                batch = self._filling[place] = self._producer.create_batch()
                _took(batch, each)
        for place, batch in self._filling.items():
            await self._hand_over(place, batch)
        self._filling.clear()

    async def ends(self) -> dict[Place, int]:
        """The offset past the last message of each partition, once the broker has them all."""
        found: dict[Place, int] = {}
        for place, count, future in self._sent:
            found[place] = (await future).offset + count
        return found

    async def _hand_over(self, place: Place, batch: BatchBuilder) -> None:
        topic, partition = place
        count = batch.record_count()
        future = await self._producer.send_batch(batch, self._settings.topic(topic), partition=partition)
        self._sent.append((place, count, future))

    def _partition(self, message: Output) -> int:
        if message.partition is not None:
            return message.partition
        return partition_of(message.key or b"", self._settings.partitions_of(message.topic))


def _took(batch: BatchBuilder, message: Output) -> bool:
    """Whether there was room in the batch; an empty one takes a message of any size."""
    headers = list(message.headers)
    return batch.append(timestamp=None, key=message.key, value=message.value, headers=headers) is not None
