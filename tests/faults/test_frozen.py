"""Workers frozen beyond their session and woken again, over and over: what they still write has no effect, and none of
it is left when topics are compacted."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from tests.faults.campaigns import Campaign, Fleet, Outcome, Scale, campaign, fleet
from tests.faults.compaction import compacted
from tests.generating import Generator
from tests.installation import SESSION_S

WORKERS = ("one", "two", "three")
A_FREEZE = 200
"""Bulletins that flow meanwhile, for some two seconds."""


async def test_workers_declared_dead_have_no_effect_also_after_compaction(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("frozen")
    freezes = scale.of(20, 1)
    bulletins = list(Generator(scale.seed).bulletins((freezes + 1) * A_FREEZE))
    async with campaign("frozen", scale, kafka, prefix, home, report) as running:
        with fleet(running.installation) as workers:
            for name in WORKERS:
                workers.start(name)
            await running.publish(bulletins[:A_FREEZE])
            await running.worked_off()
            for number in range(1, freezes + 1):
                # All write while one is stopped: whatever it was about to do, it does when it wakes.
                flow = asyncio.create_task(running.publish(bulletins[number * A_FREEZE :][:A_FREEZE], 10, 0.1))
                await asyncio.sleep(rng.uniform(0.3, 1.5))
                frozen = workers.workers[rng.choice(WORKERS)]
                frozen.process.send_signal(signal.SIGSTOP)
                await asyncio.sleep(2 * SESSION_S + rng.uniform(0, 2))
                frozen.process.send_signal(signal.SIGCONT)
                await flow
                workers.revive()
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
