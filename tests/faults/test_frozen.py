"""Workers frozen beyond their session and woken again, over and over: what they still write has no effect, and none of
it is left when topics are compacted."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from tests.faults.campaigns import Campaign, Fleet, Outcome, Scale, campaign, compacted, fleet
from tests.generating import Generator
from tests.installation import SESSION_S

WORKERS = ("one", "two", "three")


async def test_workers_declared_dead_have_no_effect_also_after_compaction(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("frozen")
    freezes = scale.of(20, 1)
    bulletins = list(Generator(scale.seed).bulletins(scale.of(4000, 200)))
    async with campaign("frozen", scale, kafka, prefix, home, report) as running:
        with fleet(running.installation) as workers:
            for name in WORKERS:
                workers.start(name)
            flow = asyncio.create_task(running.publish(bulletins, batch=max(1, len(bulletins) // 100), pause_s=0.3))
            for _ in range(freezes):
                await asyncio.sleep(rng.uniform(0.2, 1.5))
                frozen = workers.workers[rng.choice(WORKERS)]
                frozen.process.send_signal(signal.SIGSTOP)
                await asyncio.sleep(2 * SESSION_S + rng.uniform(0, 2))
                frozen.process.send_signal(signal.SIGCONT)
                await asyncio.sleep(rng.uniform(0, 2))
                workers.revive()
            await flow
            await _revived_until_settled(running, workers)
            running.outcome.kills = freezes
        await compacted(running.installation)
        await running.same_after_compaction()


async def _revived_until_settled(running: Campaign, workers: Fleet) -> None:
    """A woken worker may end only when it next writes: keep starting those that do, until all is judged."""
    settling = asyncio.create_task(running.settle())
    while not (await asyncio.wait({settling}, timeout=0.5))[0]:
        workers.revive()
    await settling
