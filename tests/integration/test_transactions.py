"""What one transaction sends, on the real Kafka."""

import asyncio
import random
import socket
from dataclasses import replace
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from aiokafka.errors import KafkaConnectionError

from schemas.codec import encode
from streams import catalog
from streams.kafka import transactions
from streams.kafka.log import open_log
from streams.kafka.outputs import Incoming, Output
from streams.kafka.owned_partition import OwnedPartition
from streams.kafka.settings import KafkaSettings
from streams.kafka.transactions import MAX_BATCH_BYTES, Batches, transactional_producer
from streams.metrics import Metrics
from tests.generating import Generator
from tests.installation import Installation


async def test_more_than_one_batch_of_a_partition_arrives_whole_and_in_order(
    kafka: str, prefix: str, home: Path
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=2)
    settings = installation.settings
    rng = random.Random(1)
    sizes = (10, MAX_BATCH_BYTES // 2, MAX_BATCH_BYTES // 2, 2 * MAX_BATCH_BYTES, 10)
    messages = [
        Output(catalog.REPORTS, str(number).encode(), rng.randbytes(size), (), number % 2)
        for number, size in enumerate(2 * sizes)
    ]
    producer = transactional_producer(settings, f"{prefix}all")
    await producer.start()
    async with producer.transaction():
        batches = Batches(producer, settings)
        await batches.send(messages)
        ends = await batches.ends()
    await producer.stop()
    async with open_log(settings) as log:
        found = [message async for message in log.scan(catalog.REPORTS, await log.whole(catalog.REPORTS))]
    assert ends == {(catalog.REPORTS, 0): 5, (catalog.REPORTS, 1): 5}
    for partition in (0, 1):
        assert [each.value for each in found if each.partition == partition] == [
            each.value for each in messages if each.partition == partition
        ]


async def test_a_connection_that_gives_no_answer_is_given_up_long_before_what_waits_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transactions, "ANSWER_WITHIN_MS", 100)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        producer = transactional_producer(KafkaSettings(f"127.0.0.1:{silent.getsockname()[1]}"), "any")
        with pytest.raises(KafkaConnectionError):
            async with asyncio.timeout(5):
                await producer.start()
        await producer.stop()


async def test_the_broker_sends_no_request_of_a_transaction_back_to_wait(
    kafka: str, prefix: str, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    owned = OwnedPartition(0, replace(installation.settings, state_dir=home), Metrics())
    acked = AsyncMock()
    await owned.open()
    for offset, bulletin in enumerate(Generator(1).bulletins(40)):
        key = bulletin.bulletin_id.encode()
        await owned.process(Incoming(catalog.BULLETINS, 0, offset, 0, key, encode(bulletin), ()), acked)
        await owned.publish()
    await owned.close()
    owned.release()
    assert acked.await_count == 40
    assert [record.getMessage() for record in caplog.records if "retrying" in record.getMessage()] == []


async def test_a_partition_whose_transaction_failed_publishes_nothing_that_came_after_it(
    kafka: str, prefix: str, home: Path
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    owned = OwnedPartition(0, replace(installation.settings, state_dir=home), Metrics())
    await owned.open()
    transact = AsyncMock(side_effect=[KafkaConnectionError(), {}])
    owned._transact = transact  # type: ignore[method-assign]
    first, second = (
        Incoming(catalog.BULLETINS, 0, offset, 0, each.bulletin_id.encode(), encode(each), ())
        for offset, each in enumerate(Generator(1).bulletins(2))
    )
    await owned.process(first, AsyncMock())
    failing = asyncio.create_task(owned.publish())
    waiting = asyncio.create_task(owned.publish())
    await owned.process(second, AsyncMock())
    with pytest.raises(KafkaConnectionError):
        await failing
    await waiting
    await owned.publish()
    assert transact.await_count == 1
    await owned.close()
    owned.release()
