"""Brokers killed while bulletins flow: what was confirmed is there, nothing counts twice, and all goes on by itself."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiokafka.errors import KafkaError

from schemas.records import Bulletin
from streams.errors import BulletinStreamsError
from streams.kafka.embedded import EmbeddedKafka
from streams.kafka.progress import open_stand
from streams.kafka.publishing import open_publisher
from streams.kafka.settings import KafkaSettings
from tests.faults.campaigns import Campaign, Fleet, Outcome, Scale, campaign, fleet
from tests.faults.cluster import Cluster
from tests.generating import Generator
from tests.installation import until

RESUMED_WITHIN_S = 60.0
LOOK_WITHIN_S = 5.0
AGAIN_AFTER_S = 0.2
PAUSE_S = 0.02

Place = tuple[str, int]


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedKafka]:
    """An embedded Kafka that this test alone has."""
    kafka = EmbeddedKafka(tmp_path / "broker")
    yield kafka
    kafka.kill()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Three brokers, every topic on all of them."""
    made = Cluster(tmp_path / "cluster", brokers=3)
    try:
        made.start()
        yield made
    finally:
        made.stop()


async def publish_again_and_again(
    running: Campaign, settings: KafkaSettings, bulletins: Sequence[Bulletin], pause_s: float = PAUSE_S
) -> None:
    """Publish in order, as somebody would who publishes again what was not confirmed."""
    rest = deque(bulletins)
    while rest:
        with contextlib.suppress(BulletinStreamsError):
            async with open_publisher(settings) as publisher:
                while rest:
                    running.published.append((rest[0], await publisher.publish(rest[0])))
                    rest.popleft()
                    await asyncio.sleep(pause_s)
        await asyncio.sleep(AGAIN_AFTER_S)


async def flown(running: Campaign, flow: "asyncio.Task[None]", count: int) -> None:
    """Wait until so many bulletins are confirmed."""

    async def enough() -> bool:
        if flow.done():
            flow.result()
        return len(running.published) >= count

    await until(enough, f"{count} bulletins are confirmed", 2 * RESUMED_WITHIN_S)


@dataclass(frozen=True)
class Stood:
    """How far all was: bulletins confirmed, and of each input partition what is committed and its end."""

    confirmed: int
    committed: dict[Place, int]
    ends: dict[Place, int]


async def stood(running: Campaign) -> Stood | None:
    """How far all is; None while nobody can tell."""
    try:
        async with asyncio.timeout(LOOK_WITHIN_S), open_stand(running.installation.settings) as stand:
            rows = {(row.topic, row.partition): row for row in await stand.lag()}
    except (KafkaError, OSError, BulletinStreamsError):
        return None
    committed, ends = ({place: getattr(row, name) for place, row in rows.items()} for name in ("committed", "end"))
    return Stood(len(running.published), committed, ends)


async def resumed(running: Campaign, workers: Fleet, flow: "asyncio.Task[None]", before: Stood | None) -> None:
    """Wait until more is confirmed than before the fault, and every partition is past where it ended then.

    Workers that have ended are started again, as a supervisor would.
    """
    began = time.monotonic()
    behind: dict[Place, tuple[int, int]] = {}

    async def moves() -> bool:
        workers.revive()
        found = await stood(running)
        if found is None or before is None:
            return found is not None
        behind.clear()
        behind.update({at: (found.committed[at], end) for at, end in before.ends.items() if found.committed[at] < end})
        return not behind and (flow.done() or found.confirmed > before.confirmed)

    try:
        await until(moves, "all goes on", RESUMED_WITHIN_S)
    except AssertionError as error:
        error.add_note(f"behind: {behind}; confirmed: {len(running.published)}, before: {before}")
        raise
    stall_s = round(time.monotonic() - began, 1)
    running.outcome.stall_s_max = max(running.outcome.stall_s_max, stall_s)


async def test_a_broker_killed_over_and_over_loses_and_doubles_nothing(
    broker: EmbeddedKafka, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("broker")
    count, kills = scale.of(3_000, 80), scale.of(10, 2)
    bootstrap = await asyncio.to_thread(broker.start)
    async with campaign("broker-kills", scale, bootstrap, prefix, home, report) as running:
        settings = running.installation.settings
        with fleet(running.installation) as workers:
            for name in ("one", "two"):
                workers.start(name)
            flow = asyncio.create_task(
                publish_again_and_again(running, settings, list(Generator(scale.seed).bulletins(count)))
            )
            for number in range(kills):
                # The first time while the workers join.
                await flown(running, flow, count * number // kills)
                await asyncio.sleep(rng.uniform(0.0, 2.0))
                before = await stood(running)
                broker.kill()
                running.outcome.kills += 1
                await asyncio.sleep(rng.uniform(0.0, 2.0))
                assert await asyncio.to_thread(broker.start) == bootstrap
                await resumed(running, workers, flow, before)
            await flow
            await running.settle()


@pytest.mark.whole
async def test_three_brokers_killed_in_turn_lose_and_double_nothing_and_work_goes_on(
    cluster: Cluster, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("brokers")
    turns = [*[(1,), (2,), (3,)] * 3, (1, 2), (2, 3)] if scale.full else [(rng.randint(1, 3),)]
    count = scale.of(3_000, 80)
    async with campaign("three-brokers", scale, cluster.bootstrap, prefix, home, report) as running:
        settings = running.installation.settings
        with fleet(running.installation) as workers:
            for name in ("one", "two"):
                workers.start(name)
            flow = asyncio.create_task(
                publish_again_and_again(running, settings, list(Generator(scale.seed).bulletins(count)))
            )
            for number, turn in enumerate(turns, 1):
                await flown(running, flow, count * number // (len(turns) + 1))
                before = await stood(running)
                for broker in turn:
                    cluster.kill(broker)
                    running.outcome.kills += 1
                if len(turn) == 1:
                    # Two of three in sync are enough: nobody need come back first.
                    await resumed(running, workers, flow, before)
                else:
                    await asyncio.sleep(rng.uniform(1.0, 10.0))
                for broker in turn:
                    cluster.revive(broker)
                await asyncio.to_thread(cluster.wait)
                await resumed(running, workers, flow, before)
            await flow
            await running.settle()
