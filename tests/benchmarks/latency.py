"""From publishing a bulletin to the daily figure that holds it: on an idle system, and at half of the highest load.

Probes tell a strike on a day of their own, so that the first figures of that day are surely theirs. Times count from
when a bulletin was due to be published, so that a publisher that falls behind does not hide what a reader waits for.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from itertools import count
from statistics import median, quantiles

from schemas.records import Bulletin
from streams import catalog
from streams.kafka.log import open_log
from streams.kafka.publishing import Publisher, open_publisher
from tests.benchmarks import cores
from tests.benchmarks.bulletins import Newsrooms, spoken
from tests.benchmarks.measuring import WITHIN_S, Site, fill, ready, workers
from tests.benchmarks.rows import Row, at_most, say
from tests.generating import TOWNS
from tests.installation import Installation, bulletin
from tests.texts import strike

SEED = 9
WARMING = 300
IDLE_PROBES = 60
LOAD_S = 60.0
EVERY_TENTH = 10
FIRST_DAY = date(2023, 1, 1)
PACE = "the intervals of the stages' transactions and of the tally, and what each transaction waits for the broker"


class Arrivals:
    """When the figures of each day were first there."""

    def __init__(self) -> None:
        self._at: dict[str, asyncio.Future[float]] = {}

    def of(self, key: str) -> "asyncio.Future[float]":
        """When those of `DAY/STREAM` are there; monotonic."""
        return self._at.setdefault(key, asyncio.get_running_loop().create_future())

    async def watch(self, installation: Installation) -> None:
        """Follow the topic until cancelled."""
        async with open_log(installation.settings) as log:
            span = await log.whole(catalog.DAILY_FIGURES)
            async for message in log.scan(catalog.DAILY_FIGURES, span, follow=True):
                found = self.of((message.key or b"").decode())
                if not found.done():
                    found.set_result(time.monotonic())


def probes() -> Iterator[tuple[str, Bulletin]]:
    """Bulletins each of a day of its own, and the key of that day's figures."""
    for number in count():
        day = FIRST_DAY - timedelta(days=number)
        town, region = TOWNS[number % len(TOWNS)]
        title, text = strike(town, region, spoken(day), 2 + number % 5, 10 + number % 30)
        yield f"{day}/strike", bulletin(f"probe/{number}", title, text, published_on=str(day))


@asynccontextmanager
async def _watched(installation: Installation) -> AsyncIterator[tuple[Publisher, Arrivals]]:
    arrivals = Arrivals()
    watching = asyncio.create_task(arrivals.watch(installation))
    try:
        async with open_publisher(installation.settings) as publisher:
            yield publisher, arrivals
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def _idle(
    publisher: Publisher, arrivals: Arrivals, sent: Iterator[tuple[str, Bulletin]], number: int
) -> list[float]:
    """Milliseconds of probes published one at a time."""
    found = []
    for _ in range(number):
        key, probe = next(sent)
        due = time.monotonic()
        await publisher.publish(probe)
        async with asyncio.timeout(WITHIN_S):
            found.append((await arrivals.of(key) - due) * 1000)
    return found


async def _loaded(
    publisher: Publisher, arrivals: Arrivals, sent: Iterator[tuple[str, Bulletin]], rate: float, seconds: float
) -> list[float]:
    """Milliseconds of the probes among bulletins published at a rate, whatever becomes of them."""
    others = Newsrooms(SEED).bulletins(round(rate * seconds) + 1, start=WARMING)
    publishing, due_at = set(), {}
    began = time.monotonic()
    for number in range(round(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if number % EVERY_TENTH == 0:
            key, each = next(sent)
            due_at[key] = due
        else:
            each = next(others)
        publishing.add(asyncio.create_task(publisher.publish(each)))
    await asyncio.gather(*publishing)
    async with asyncio.timeout(WITHIN_S):
        return [(await arrivals.of(key) - due) * 1000 for key, due in due_at.items()]


async def measured(site: Site, highest: float) -> list[Row]:
    """The rows of it; `highest` is the load that one worker has mastered, in bulletins a second."""
    installation = await site.installation()
    await fill(installation, Newsrooms(SEED).bulletins(WARMING))
    with workers(installation) as [worker]:
        await ready(worker)
        async with _watched(installation) as (publisher, arrivals):
            sent = probes()
            await _idle(publisher, arrivals, sent, 10)
            idle = await _idle(publisher, arrivals, sent, site.of(IDLE_PROBES, 10))
            say(f"idle: {median(idle):.0f} ms (median of {len(idle)}); now {highest / 2:.0f} bulletins/s")
            seconds = max(10.0, LOAD_S * site.scale)
            before = [cores.processor_s(pid) for pid in (worker.process.pid, site.broker)]
            loaded = await _loaded(publisher, arrivals, sent, highest / 2, seconds)
            spent = [
                (cores.processor_s(pid) - was) / (highest / 2 * seconds) * 1000
                for pid, was in zip((worker.process.pid, site.broker), before, strict=True)
            ]
    last = quantiles(loaded, n=100)[98]
    return [
        at_most("publish to daily figure, idle: median", round(median(idle)), "ms", 300, PACE),
        Row("load while measuring: half of the highest", round(highest / 2), "bulletins/s"),
        Row("processor time of the worker at that load", round(spent[0], 2), "ms/bulletin"),
        Row("processor time of the broker at that load", round(spent[1], 2), "ms/bulletin"),
        at_most("publish to daily figure at that load: median", round(median(loaded)), "ms", 150, PACE),
        at_most("publish to daily figure at that load: 99th percentile", round(last), "ms", 1000, PACE),
    ]
