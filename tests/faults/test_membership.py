"""Workers that come and go, also while another still loads its state: every partition soon has an owner again."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.faults.campaigns import Outcome, Scale, campaign, fleet
from tests.generating import Generator

MOVED_WITHIN_S = 60.0


async def test_workers_that_come_and_go_leave_no_partition_alone(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("membership")
    moves, amid_recovery = scale.of(50, 3), scale.of(10, 1)
    bulletins = list(Generator(scale.seed).bulletins(scale.of(4000, 150)))
    batch = -(-len(bulletins) // moves)
    async with campaign("membership", scale, kafka, prefix, home, report) as running:
        with fleet(running.installation) as workers:
            workers.start("stays")
            present: list[str] = []
            for move in range(moves):
                # The second move is a kill of one that works: a run of few moves has one too.
                if present and (move == 1 or len(present) == 3 or rng.random() < 0.5):
                    name = present.pop(rng.randrange(len(present)))
                    workers.leave(name, in_order=move != 1 and rng.random() < 0.5)
                else:
                    name = f"guest-{move}"
                    present.append(name)
                    workers.start(name)
                if move < amid_recovery:
                    # A newcomer has no copy of the state: whoever leaves now does so while it loads.
                    shutil.rmtree(home / "state", ignore_errors=True)
                    workers.start(f"late-{move}")
                    await asyncio.sleep(rng.uniform(0.5, 1.5))
                    workers.leave(f"late-{move}", in_order=False)
                workers.revive()
                await running.publish(bulletins[move * batch : (move + 1) * batch])
                await running.worked_off(MOVED_WITHIN_S)
            running.outcome.kills = workers.kills
            await running.settle()
    assert running.outcome.stall_s_max < MOVED_WITHIN_S
