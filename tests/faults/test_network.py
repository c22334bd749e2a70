"""Connections between workers and broker cut, delayed, refused, gone silent, or deaf on the way back: nothing is lost
or doubled, and all goes on by itself."""

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import AsyncMock

import pytest

from streams.kafka.app import StreamsWorker
from streams.kafka.settings import KafkaSettings
from streams.metrics import Metrics
from tests.faults.campaigns import Outcome, Scale, campaign, fleet
from tests.faults.cluster import Cluster
from tests.faults.proxy import Proxy, proxy
from tests.faults.test_brokers import flown, publish_again_and_again, resumed, stood
from tests.generating import Generator

FAULTS = ("cut", "cut some", "lose answers", "refuse", "delay", "silence")


@pytest.fixture
def way(scale: Scale) -> Iterator[Proxy]:
    """The way to the broker, which a test may block."""
    with proxy(scale.rng("network")) as made:
        yield made


@pytest.fixture
def cluster(way: Proxy, tmp_path: Path) -> Iterator[Cluster]:
    """One broker that tells its clients to come by the proxy."""
    made = Cluster(tmp_path / "cluster", advertised=way.port)
    way.target = made.nodes[0].ports["PLAINTEXT"]
    try:
        made.start()
        yield made
    finally:
        made.stop()


# The relay cuts its connections where they stand: whether Python had closed one when it is collected proves nothing.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_connections_that_fail_in_every_way_lose_and_double_nothing(
    way: Proxy, cluster: Cluster, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("faults")
    faults = list(FAULTS) * scale.of(6, 1)
    rng.shuffle(faults)
    count = scale.of(3_000, 180)
    async with campaign("network", scale, cluster.direct, prefix, home, report) as running:
        behind = replace(running.installation.settings, bootstrap=cluster.bootstrap)
        with fleet(replace(running.installation, settings=behind)) as workers:
            for name in ("one", "two"):
                workers.start(name)
            flow = asyncio.create_task(
                publish_again_and_again(running, behind, list(Generator(scale.seed).bulletins(count)))
            )
            for number, fault in enumerate(faults, 1):
                await flown(running, flow, count * number // (len(faults) + 1))
                before = await stood(running)
                await strike(way, fault, rng)
                running.outcome.kills += 1
                await resumed(running, workers, flow, before)
            await flow
            assert way.accepted > len(faults), "the clients went past the proxy"
            await running.settle()


async def strike(way: Proxy, fault: str, rng: random.Random) -> None:
    """Let one fault happen, from its beginning to its end."""
    if fault == "cut":
        way.cut()
    elif fault == "cut some":
        for _ in range(5):
            way.cut(share=0.3)
            await asyncio.sleep(rng.uniform(0.05, 0.3))
    elif fault == "lose answers":
        way.lose_answers(share=0.7)
        await asyncio.sleep(rng.uniform(0.1, 1.0))
        way.cut()
    elif fault == "refuse":
        way.refuse()
        await asyncio.sleep(rng.uniform(0.5, 6.0))
        way.accept()
    elif fault == "delay":
        way.delay(rng.uniform(0.1, 0.5))
        await asyncio.sleep(rng.uniform(1.0, 5.0))
        way.delay(0.0)
    elif fault == "silence":
        way.silence(share=0.7)


async def test_what_is_delivered_while_partitions_are_still_being_closed_waits_for_their_heirs(home: Path) -> None:
    worker = StreamsWorker(KafkaSettings("127.0.0.1:1", state_dir=home), Metrics())
    heir = AsyncMock()
    message = SimpleNamespace(topic="bulletins", partition=0, offset=7, timestamp=0.0, key=b"", value=b"", headers=())
    event = SimpleNamespace(message=message)
    await worker._on_revoked()
    early = asyncio.create_task(worker._take(AsyncMock(), event))
    for _ in range(3):
        await asyncio.sleep(0)
    worker._partitions[0] = heir
    worker._settled.set()
    await early
    heir.process.assert_awaited_once()


async def test_what_waited_through_a_rebalance_is_left_to_come_again(home: Path) -> None:
    worker = StreamsWorker(KafkaSettings("127.0.0.1:1", state_dir=home), Metrics())
    heir = AsyncMock()
    message = SimpleNamespace(topic="bulletins", partition=0, offset=7, timestamp=0.0, key=b"", value=b"", headers=())
    late = asyncio.create_task(worker._take(AsyncMock(), SimpleNamespace(message=message)))
    await asyncio.sleep(0)
    await worker._on_revoked()
    worker._partitions[0] = heir
    worker._settled.set()
    await late
    heir.process.assert_not_awaited()
