"""Workers killed at random moments, over and over, also within a second of their start, lose and double nothing."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from tests.faults.campaigns import Outcome, Scale, campaign, fleet
from tests.generating import Generator

WORKERS = ("one", "two", "three")


async def test_workers_killed_at_random_lose_and_double_nothing(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("kills")
    count, kills, burst = scale.of(20_000, 300), scale.of(70, 3), scale.of(30, 3)
    bulletins = list(Generator(scale.seed).bulletins(count))
    async with campaign("random-kills", scale, kafka, prefix, home, report) as running:
        with fleet(running.installation) as workers:
            for name in WORKERS:
                workers.start(name)
            flow = asyncio.create_task(running.publish(bulletins, batch=max(1, count // 200), pause_s=0.2))
            for _ in range(kills):
                await asyncio.sleep(rng.uniform(0.1, 2.0))
                name = rng.choice(WORKERS)
                workers.kill(name)
                workers.revive()
            for _ in range(burst):
                name = rng.choice(WORKERS)
                workers.kill(name)
                workers.start(name)
                await asyncio.sleep(rng.uniform(0.0, 1.0))
                workers.kill(name)
                workers.start(name)
            await flow
            running.outcome.kills = workers.kills
            await running.settle()
