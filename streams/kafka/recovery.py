"""A stage partition's rows brought up to its changelog's end: from its copy on disk, where that is good."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.kafka.log import close
from streams.kafka.settings import KafkaSettings
from streams.kafka.store import Store
from streams.kafka.tables import StoredTables

log = logging.getLogger(__name__)

ROWS_A_WRITE = 2000
ROWS_A_TURN = 100
"""Rows loaded before others may go on. The client gives what it has fetched, hundreds of thousands of rows, without
ever waiting: their loading would hold the loop for longer than the requests of other partitions have."""
POLL_MS = 500

Load = Callable[[str, bytes], None]
Progress = Callable[[int, int], None]
"""Called with the rows' offsets done and in all."""


@contextlib.asynccontextmanager
async def changelogs(settings: KafkaSettings) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer of committed changelog rows, of one partition after the other."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.bootstrap,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        max_partition_fetch_bytes=settings.max_request_bytes,
        request_timeout_ms=settings.request_timeout_ms,
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await close(consumer)


async def recover(
    consumer: AIOKafkaConsumer,
    target: TopicPartition,
    store: Store,
    tables: StoredTables,
    load: Load,
    progress: Progress,
) -> int:
    """Load what the copy lacks of the changelog `target`; how many rows that were."""
    checkpoint = store.open()
    consumer.assign([target])
    end = (await consumer.end_offsets([target]))[target]
    begin = (await consumer.beginning_offsets([target]))[target]
    if not begin <= checkpoint <= end and checkpoint > 0:
        log.warning("%s %d lacks what %d is a copy of: made again", target.topic, target.partition, checkpoint)
        checkpoint = store.begin_anew()
    begin = max(begin, checkpoint)
    consumer.seek(target, begin)
    rows = 0
    while (position := await consumer.position(target)) < end:
        progress(position - begin, end - begin)
        for records in (await consumer.getmany(target, timeout_ms=POLL_MS, max_records=ROWS_A_WRITE)).values():
            for begun in range(0, len(records), ROWS_A_TURN):
                for record in records[begun : begun + ROWS_A_TURN]:
                    load((record.key or b"").decode(), record.value or b"")
                await asyncio.sleep(0)
            rows += len(records)
            tables.send()
            tables.settle(records[-1].offset + 1)
    progress(end - begin, end - begin)
    return rows
