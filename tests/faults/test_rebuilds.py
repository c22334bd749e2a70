"""Rebuilt in whatever order: the same state. Promoting killed at any moment goes on where it must."""

import asyncio
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from streams import catalog
from streams.comparing import counted, standing
from streams.kafka import generation
from streams.kafka.log import open_log
from streams.kafka.outputs import Incoming, Output
from streams.kafka.publishing import open_publisher
from streams.kafka.rereads import reread
from streams.kafka.settings import KafkaSettings
from streams.kafka.views import all_days, all_events
from tests.faults.campaigns import Outcome, Scale, campaign, digest
from tests.generating import Generator
from tests.installation import Installation


async def test_rebuilds_in_any_order_give_the_same_state(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("rebuilds")
    async with campaign("rebuilds", scale, kafka, prefix, home, report, partitions=3) as running:
        live = running.installation
        with live.worker():
            await running.publish(list(Generator(scale.seed).bulletins(scale.of(1500, 120))))
            await running.settle()
        async with open_log(live.settings) as log:
            records = [each async for each in log.scan(catalog.BULLETINS, await log.whole(catalog.BULLETINS))]
        for number in range(scale.of(10, 1)):
            second = await generation.begin(live.settings, rng.choice((2, 3, 5)))
            async with open_publisher(second) as publisher:
                async for _ in publisher.stream(_requests(_interleaved(rng, records))):
                    pass
            with _of(second, live).worker(f"rebuild-{number}"):
                await generation.processed(second, 300)
                assert await _digest(second) == running.outcome.digest_pure
            await generation.drop(live.settings)


async def test_promoting_that_is_killed_goes_on(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("promoting")
    log = list(Generator(scale.seed).bulletins(scale.of(2000, 100)))
    async with campaign("promoting", scale, kafka, prefix, home, report, partitions=3) as running:
        live = running.installation
        with live.worker():
            await running.publish(log[: len(log) // 2])
            await running.worked_off()
        await running.publish(log[len(log) // 2 :])
        for _ in range(scale.of(12, 1)):
            promoting = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "streams.cli", "rebuild", "--promote"),
                env=live.environment({}),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                await asyncio.wait_for(promoting.wait(), rng.uniform(2, 14))
            except TimeoutError:
                promoting.kill()
                await promoting.wait()
                running.outcome.kills += 1
        done = live.command("rebuild", "--promote")
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        with live.worker():
            await running.settle()


def _interleaved(rng: random.Random, records: Sequence[Incoming]) -> list[Incoming]:
    """The records in another order, those of one bulletin in theirs."""
    by_id: dict[bytes, list[Incoming]] = {}
    for record in sorted(records, key=lambda each: (each.partition, each.offset)):
        by_id.setdefault(record.key or b"", []).append(record)
    order = [key for key, its in by_id.items() for _ in its]
    rng.shuffle(order)
    return [by_id[key].pop(0) for key in order]


async def _requests(records: Sequence[Incoming]) -> AsyncIterator[Output]:
    for record in records:
        yield reread(record)


def _of(second: KafkaSettings, live: Installation) -> Installation:
    return replace(live, settings=second)


async def _digest(settings: KafkaSettings) -> str:
    async with open_log(settings) as log:
        return digest(standing(await all_events(log)), counted(await all_days(log)))
