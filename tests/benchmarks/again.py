"""What reads the whole log again: `replay` beside the live rate, `verify` beside the pure pipeline."""

import subprocess
import sys
import time
from statistics import median

from tests.benchmarks import cores
from tests.benchmarks.bulletins import Newsrooms
from tests.benchmarks.limit import limit
from tests.benchmarks.measuring import Site, fill, peak_mb, worked_off, workers
from tests.benchmarks.rows import Row, at_least, say
from tests.installation import Installation

BULLETINS = 3000
LOOK_EVERY_S = 0.05
SEED = 31


def _command(installation: Installation, on: list[int], *arguments: str) -> tuple[float, float]:
    """Wall seconds and peak MB of one of the product's commands, its start included; it must not fail."""
    began = time.monotonic()
    with cores.on(on):
        process = subprocess.Popen(
            [sys.executable, "-m", "streams.cli", *arguments],
            env=installation.environment({}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    # Its resource usage would count what this process held when it was started.
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, peak_mb(process.pid))
        time.sleep(LOOK_EVERY_S)
    assert process.returncode == 0, f"{' '.join(arguments)} ends with {process.returncode}"
    return time.monotonic() - began, peak


async def measured(site: Site) -> list[Row]:
    """The rows of it."""
    count = site.of(BULLETINS, 300)
    replayed, verified, peaks = [], [], []
    for number in range(site.rounds):
        news = Newsrooms(SEED + number)
        installation = await site.installation()
        ends = await fill(installation, news.bulletins(count))
        with workers(installation) as running:
            live = await worked_off(site, installation, running, ends)
            seconds, _ = _command(installation, cores.BROKER, "replay", "--from-offset", "0")
            rate = count / seconds
            replayed.append(rate / live.rate)
            say(f"round {number + 1}: live {live.rate:.0f}/s, replay {rate:.0f}/s")
        pure = limit(news, count)
        seconds, peak = _command(installation, cores.CORES, "verify")
        verified.append(count / seconds / pure.rate)
        peaks.append(peak)
        say(f"round {number + 1}: pure {pure.rate:.0f}/s, verify {count / seconds:.0f}/s with {peak:.0f} MB")
    return [
        at_least(
            "replay of the whole log beside the live rate",
            round(median(replayed), 2),
            "times",
            1.0,
            "the log is read, asked for and waited for by the command as well",
        ),
        at_least(
            f"verify of {count} bulletins beside the pure pipeline",
            round(median(verified), 2),
            "times",
            1.0,
            "on all cores, which read ahead; its start, decoding the log, and the topics read for comparison",
        ),
        Row("verify, memory of the process that compares, peak", round(median(peaks)), "MB"),
    ]
