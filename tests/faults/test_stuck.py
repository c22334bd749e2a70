"""A worker that stands still with lag says so and is started again; one with nothing to do stays well."""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import aiohttp

from streams import catalog
from streams.kafka import health, supervising
from streams.kafka.supervising import Supervisor, free_port
from streams.kafka.worker import STOP_WITHIN_S
from tests.faults.campaigns import Outcome, Scale, campaign
from tests.generating import Generator
from tests.installation import ROOT, Installation, until

HANGING = str(ROOT / "tests" / "faults" / "hanging_worker.py")
SHORT_LIMIT_S = 3.0
ROOM_S = 10.0


class Stuck(Supervisor):
    """A supervisor of workers that hang in one stage."""

    stage = catalog.RECONCILE
    limit_s = health.STANDS_STILL_S

    def _command(self, port: int) -> list[str]:
        command = super()._command(port)
        return [sys.executable, HANGING, self.stage, str(self.limit_s), *command[command.index("worker") :]]


async def test_a_worker_that_stands_still_is_ill_and_started_again(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    bulletins = list(Generator(scale.seed).bulletins(scale.of(500, 60)))
    (home / "hang").mkdir(parents=True)
    async with campaign("stuck", scale, kafka, prefix, home, report) as running:
        port = free_port()
        supervisor = Stuck(["--name", "stuck"], running.installation.environment({}), port, home / "worker.log")
        supervisor.limit_s = health.STANDS_STILL_S if scale.full else SHORT_LIMIT_S
        supervisor.first_look_s = supervising.FIRST_LOOK_S if scale.full else 1.0
        working = asyncio.create_task(supervisor.run())
        try:
            await running.publish(bulletins)
            began = asyncio.get_running_loop().time()
            await until(lambda: answers(port, 503), "ill", 120)
            assert asyncio.get_running_loop().time() - began < 60 + supervising.FIRST_LOOK_S
            shutil.rmtree(home / "hang")
            await until(lambda: answers(port, 200), "started again", 120)
            running.outcome.kills = 1
            await running.settle()
        finally:
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working


async def test_a_worker_that_hangs_ends_when_it_is_told_to(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    (home / "hang").mkdir(parents=True)
    await installation.publish(*Generator(1).bulletins(20))
    with installation.worker(program=(HANGING, catalog.READ, "600")) as worker:

        async def hangs() -> bool:
            return (home / "hang" / "ing").exists()

        await until(hangs, "it hangs")
        worker.process.terminate()
        assert worker.process.wait(STOP_WITHIN_S + ROOM_S) == 0


async def test_a_worker_with_nothing_to_do_stays_well(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home)
    port = free_port()
    program = (HANGING, "none", "0.5")
    with installation.worker(program=program, arguments=("--http", f"127.0.0.1:{port}")):
        await installation.processed(await installation.publish(*Generator(3).bulletins(5)))
        for _ in range(15):
            await asyncio.sleep(0.1)
            assert await answers(port, 200)


async def answers(port: int, status: int, path: str = "healthz") -> bool:
    """Whether a worker's endpoint gives this status."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session,
            session.get(f"http://127.0.0.1:{port}/{path}") as answer,
        ):
            return answer.status == status
    except (aiohttp.ClientError, TimeoutError):
        return False
