"""The limit: the pure pipeline over the same bulletins, in a process of its own on one core, without Kafka.

Run as a program it prints what it measured as JSON: `python -m tests.benchmarks.limit SEED COUNT STRIKES_A_DAY`.
"""

import gc
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

from streams.cli import COLLECTED_SELDOM
from streams.extraction.stage import Origin
from streams.pipeline import Pipeline
from tests.benchmarks import cores
from tests.benchmarks.bulletins import Newsrooms, wrong_days
from tests.benchmarks.rows import ROOT

WARM = 0.1
"""The part of the bulletins that warms a process up and is not counted."""


@dataclass(frozen=True)
class Spent:
    """What a number of bulletins took; `wrong` days are those that are not what the generator says."""

    bulletins: int
    seconds: float
    processor_s: float
    broker_s: float = 0.0
    wrong: int = 0

    @property
    def rate(self) -> float:
        """Bulletins a second."""
        return self.bulletins / self.seconds

    @property
    def each_ms(self) -> float:
        """Processor milliseconds a bulletin."""
        return self.processor_s / self.bulletins * 1000


def limit(news: Newsrooms, count: int) -> Spent:
    """The pure pipeline over `count` bulletins, on the core of the work."""
    command = [sys.executable, "-m", "tests.benchmarks.limit", str(news.seed), str(count), str(news.strikes_a_day)]
    with cores.on(cores.WORK):
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    return Spent(**json.loads(done.stdout))


def measured(news: Newsrooms, count: int) -> Spent:
    """The same in this process."""
    bulletins = list(news.bulletins(count))
    pipeline = Pipeline()
    warm = round(count * WARM)
    wall = processor = 0.0
    for offset, bulletin in enumerate(bulletins):
        if offset == warm:
            wall, processor = time.perf_counter(), time.process_time()
        pipeline.feed(bulletin, Origin("bulletins", 0, offset))
    days = pipeline.days()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return Spent(count - warm, wall, processor, wrong=len(wrong_days(news.truth(), days)))


if __name__ == "__main__":
    gc.set_threshold(*COLLECTED_SELDOM)
    seed, count, strikes_a_day = map(int, sys.argv[1:])
    sys.stdout.write(json.dumps(asdict(measured(Newsrooms(seed, strikes_a_day), count))))
