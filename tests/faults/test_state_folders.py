"""What may happen to a worker's disk: its state deleted, of another version, no room left. The changelog has it all."""

import shutil
from collections.abc import Callable
from pathlib import Path

from msgspec import json

from tests.faults.campaigns import Outcome, Scale, campaign
from tests.generating import Generator
from tests.installation import ROOT

FULL_DISK = str(ROOT / "tests" / "faults" / "full_disk.py")


async def test_a_state_folder_lost_or_foreign_or_on_a_full_disk_costs_nothing(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    bulletins = list(Generator(scale.seed).bulletins(scale.of(3000, 160)))
    part = len(bulletins) // 4
    async with campaign("state-folders", scale, kafka, prefix, home, report) as running:
        installation = running.installation

        async def work_off(number: int) -> None:
            await running.publish(bulletins[number * part : (number + 1) * part])
            with installation.worker("one"):
                await installation.processed([at for _, at in running.published])

        await work_off(0)
        shutil.rmtree(home / "state")
        await work_off(1)
        for copy in (home / "state").rglob("CURRENT"):
            copy.write_bytes(json.encode("of another version"))
        await work_off(2)
        await running.publish(bulletins[3 * part :])
        with installation.worker("one", program=(FULL_DISK, str(_largest(home) // 2))) as worker:
            assert worker.wait_for_death() == 1
        assert "free disk space" in worker.log.read_text()
        with installation.worker("one"):
            running.outcome.kills = 1
            await running.settle()


def _largest(home: Path) -> int:
    """Size of the largest file of state, in bytes."""
    return max(file.stat().st_size for file in (home / "state").rglob("*") if file.is_file())
