"""A worker's memory has a bound: over state of many events, recovered from an empty disk, and over a long run."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from streams import catalog
from streams.kafka.log import open_log
from streams.kafka.supervising import free_port
from tests.faults.campaigns import Outcome, Scale, campaign
from tests.faults.test_stuck import answers
from tests.generating import Generator
from tests.installation import ROOT, Installation
from tests.prefilled import know

MEGABYTE = 1024 * 1024
MOST_BYTES = 1024 * MEGABYTE
GROWTH_BYTES = 48 * MEGABYTE
SMALL_CACHES = (str(ROOT / "tests" / "faults" / "small_caches_worker.py"),)


async def test_the_state_of_many_events_is_recovered_within_bounds(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=6)
    count = scale.of(1_000_000, 5_000)
    outcome = Outcome(f"state-of-{count}-events", scale.seed, records=count)
    await know(installation.settings, count)
    port = free_port()
    for _ in ("from an empty disk", "from its copy"):
        began = time.monotonic()
        with installation.worker(arguments=("--http", f"127.0.0.1:{port}")) as worker:
            await worker.until(lambda: answers(port, 200, "readyz"), "recovered", 600)
            outcome.stall_s_max = max(outcome.stall_s_max, round(time.monotonic() - began, 1))
            assert _most_bytes(worker.process.pid) < MOST_BYTES
    # The second start reads hardly anything of the changelog.
    assert time.monotonic() - began < max(15.0, outcome.stall_s_max / 2)
    async with open_log(installation.settings) as log:
        assert (await log.whole(catalog.RECONCILE_STATE)).total >= 2 * count
    outcome.passed = True
    report(outcome)


@pytest.mark.whole
async def test_a_long_run_takes_no_more_memory_than_a_short_one(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    bulletins = list(Generator(scale.seed, days=700).bulletins(33_000))
    async with campaign("long-run", scale, kafka, prefix, home, report) as running:
        with running.installation.worker(program=SMALL_CACHES) as worker:
            sizes = []
            for part in (bulletins[:3_000], bulletins[3_000:]):
                await running.publish(part)
                await running.worked_off()
                sizes.append(psutil.Process(worker.process.pid).memory_info().rss)
            assert sizes[1] < sizes[0] + GROWTH_BYTES
            await running.settle()


def _most_bytes(pid: int) -> int:
    """The most memory that a process ever held, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return psutil.Process(pid).memory_info().rss
