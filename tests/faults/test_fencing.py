"""A worker frozen beyond its session, and declared dead, has no effect when it wakes up."""

import signal
from pathlib import Path

import psutil
import pytest

from streams import catalog
from tests.faults.test_kills import DYING
from tests.installation import Installation, Worker, bulletin, expected, until
from tests.texts import strike


@pytest.mark.parametrize(
    "moment",
    [pytest.param("processed", marks=pytest.mark.whole), pytest.param("sent", marks=pytest.mark.whole), "offsets"],
)
@pytest.mark.parametrize("stage", catalog.STAGES)
async def test_what_a_worker_declared_dead_still_writes_has_no_effect(
    kafka: str, prefix: str, home: Path, stage: str, moment: str
) -> None:
    installation = await Installation.make(kafka, prefix, home)
    first = bulletin("essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 4, 21), published_on="2025-03-04")
    second = bulletin(
        "essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 6, 30), published_on="2025-03-04", version=2
    )
    published = await installation.publish(first)
    with installation.worker("frozen", program=(DYING, "SIGSTOP", stage, moment)) as frozen:
        await until(lambda: is_stopped(frozen), "the first worker freezes")
        published += await installation.publish(second)
        with installation.worker("heir"):
            await installation.processed(published)
            before = await installation.views()
            frozen.process.send_signal(signal.SIGCONT)
            assert frozen.wait_for_death() == 1, frozen.log.read_text()[-3000:]
            await installation.processed(published)
            assert await installation.views() == before == expected([first, second])
            assert (await installation.verified()).differences == ()


async def is_stopped(worker: Worker) -> bool:
    """Whether the kernel holds the process."""
    return psutil.Process(worker.process.pid).status() == psutil.STATUS_STOPPED
