"""A consumer is closed whole, also while its fetches fail."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import RequestTimedOutError

from streams import catalog
from streams.kafka.log import close
from tests.installation import Installation


async def test_a_consumer_that_waits_to_fetch_again_leaves_nothing_open(
    kafka: str, prefix: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = (await Installation.make(kafka, prefix, home)).settings
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.bootstrap, retry_backoff_ms=60_000)
    await consumer.start()
    client, failed = consumer._client, asyncio.Event()
    send = client.send

    async def without_fetches(node: int, request: Any, **others: Any) -> Any:
        if type(request).__name__ == "FetchRequest":
            failed.set()
            raise RequestTimedOutError
        return await send(node, request, **others)

    monkeypatch.setattr(client, "send", without_fetches)
    consumer.assign([TopicPartition(settings.topic(catalog.BULLETINS), 0)])
    await failed.wait()

    await close(consumer)

    assert not [each for each in client._conns.values() if each.connected()]
    assert not [each for each in consumer._fetcher._pending_tasks if not each.done()]
