"""State as years of work would leave it, written straight into the changelog, in batches."""

from collections.abc import Iterable

from aiokafka import AIOKafkaProducer

from streams import catalog
from streams.kafka.partitioning import partition_of
from streams.kafka.settings import KafkaSettings
from streams.kafka.tables import changelog_key
from tests.state_rows import events_of_years

BATCH_BYTES = 1024 * 1024

Written = tuple[int, bytes, bytes]
"""Partition, key and value."""


async def write(settings: KafkaSettings, topic: str, rows: Iterable[Written]) -> tuple[int, int]:
    """Write rows to a topic; how many there were, and their bytes."""
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap,
        compression_type="zstd",
        max_batch_size=BATCH_BYTES,
        max_request_size=settings.max_request_bytes,
    )
    count = size = 0
    full = settings.topic(topic)
    await producer.start()
    try:
        batches = {}
        for partition, key, value in rows:
            count, size = count + 1, size + len(key) + len(value)
            batch = batches.get(partition) or batches.setdefault(partition, producer.create_batch())
            if batch.append(key=key, value=value, timestamp=None) is None:
                await producer.send_batch(batch, full, partition=partition)
                batches[partition] = producer.create_batch()
                batches[partition].append(key=key, value=value, timestamp=None)
        for partition, batch in batches.items():
            await producer.send_batch(batch, full, partition=partition)
        await producer.flush()
    finally:
        await producer.stop()
    return count, size


async def know(settings: KafkaSettings, count: int) -> tuple[int, int]:
    """Give an installation without workers the state of `count` events; how many rows and bytes that is."""

    def rows() -> Iterable[Written]:
        for block, telling, event, bulletin_id, event_id in events_of_years(count):
            partition = partition_of(block.encode(), settings.partitions)
            yield partition, changelog_key("tellings", block, bulletin_id).encode(), telling
            yield partition, changelog_key("events", block, event_id).encode(), event

    return await write(settings, catalog.RECONCILE_STATE, rows())
