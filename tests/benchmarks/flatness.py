"""Whether a bulletin goes on costing the same: with more workers, partitions, bulletins, events a day, known events.

Each is measured in turn, on the same installations throughout; what is compared is the workers' processor time.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from aiokafka import AIOKafkaConsumer, TopicPartition

from schemas.codec import encode
from streams import catalog
from streams.extraction.stage import Origin, apply_bulletin
from streams.kafka.log import open_log
from streams.kafka.partitioning import partition_of
from streams.kafka.settings import KafkaSettings
from tests.benchmarks.bulletins import Newsrooms
from tests.benchmarks.limit import Spent, limit
from tests.benchmarks.measuring import PARTITIONS, Site, fill, settled, worked_off, workers
from tests.benchmarks.rows import Row, say
from tests.installation import Installation, Worker
from tests.prefilled import Written, know, write

SEED = 51
A_ROUND = 1000
DENSE = 4000
FEW_A_DAY, MANY_A_DAY = 7, 950
"""Strikes a day; with the other streams' some 10 and 1,000 events."""

AFTER_WHAT_IS_KNOWN = date(2026, 7, 6)
FLAT = 1.1


@dataclass
class Case:
    """One side of a pair: an installation that gets more bulletins in each round."""

    name: str
    installation: Installation
    news: Newsrooms
    workers: int = 1
    older: int = 0
    spent: list[Spent] = field(default_factory=list)

    async def round(self, site: Site, count: int) -> None:
        """Measure `count` more bulletins."""
        done = sum(each.bulletins for each in self.spent)
        numbered = len(self.spent) * count
        bulletins = self.news.bulletins(count, start=numbered)
        with ExitStack() as stack:
            running: list[Worker] = []
            for number in range(self.workers):
                # Several that join at once take partitions from each other, and some are fenced for it and end.
                running += stack.enter_context(workers(self.installation, f"worker-{number}"))
                await settled(running)
            await fill(self.installation, bulletins)
            async with open_log(self.installation.settings) as log:
                ends = (await log.whole(catalog.BULLETINS)).ends
            self.spent.append(await worked_off(site, self.installation, running, ends, start=self.older + numbered))
        say(f"{self.name}: {self.spent[-1].each_ms:.2f} ms/bulletin ({done + self.spent[-1].bulletins} measured)")

    @property
    def each_ms(self) -> float:
        """Processor milliseconds a bulletin."""
        return median(each.each_ms for each in self.spent)


async def _pair(site: Site, what: str, count: int, *cases: Case) -> list[Row]:
    """The rows of cases, each beside the first."""
    for _ in range(site.rounds):
        for case in cases:
            await case.round(site, count)
    first, *others = cases
    rows = [Row(f"{what}, {case.name}", round(case.each_ms, 2), "ms/bulletin") for case in cases]
    for case in others:
        ratio = round(case.each_ms / first.each_ms, 2)
        rows.append(Row(f"{what}, {case.name} beside {first.name}", ratio, "times", f"<= {FLAT}", ratio <= FLAT))
    return rows


def log_bytes(site: Site, installation: Installation) -> int:
    """Bytes of an installation's topics on the broker's disk, compressed as they are."""
    found = (site.folder / "kafka").rglob(f"{installation.settings.prefix}*/*.log")
    return sum(path.stat().st_size for path in found)


def _bytes_row(site: Site, what: str, case: Case) -> Row:
    held = round(log_bytes(site, case.installation) / 1e6)
    return Row(f"{what}, {case.name}: log on the broker's disk", held, "MB")


async def width(site: Site) -> list[Row]:
    """One to four workers, one to 24 partitions."""
    what = "processor time"
    cases = [
        Case(
            f"{count} worker{'s' * (count > 1)}, {partitions} partition{'s' * (partitions > 1)}",
            await site.installation(partitions),
            Newsrooms(SEED),
            workers=count,
        )
        for count, partitions in ((1, PARTITIONS), (1, 1), (1, 24), (4, 24))
    ]
    return await _pair(site, what, site.of(A_ROUND), *cases)


async def length(site: Site) -> list[Row]:
    """Ten thousand to 300,000 bulletins in the log."""
    what = "bulletins in the log"
    cases = []
    for older in (site.of(10_000), site.of(300_000)):
        case = Case(f"{older:,}", await site.installation(), Newsrooms(SEED), older=older)
        await _grow_old(case.installation.settings, older)
        say(f"{older} bulletins are in the log")
        cases.append(case)
    rows = await _pair(site, what, site.of(A_ROUND), *cases)
    return rows + [_bytes_row(site, what, case) for case in cases]


async def density(site: Site) -> list[Row]:
    """Ten to a thousand events a day."""
    what = "events a day"
    count = site.of(DENSE, 300)
    few = Case("10", await site.installation(), Newsrooms(SEED, FEW_A_DAY))
    many = Case("1000", await site.installation(), Newsrooms(SEED, MANY_A_DAY))
    pure = [limit(case.news, count).each_ms for case in (few, many)]
    rows = await _pair(site, what, count, few, many)
    rows.append(Row(f"{what}, 1000 beside 10: the pure pipeline alone", round(pure[1] / pure[0], 2), "times"))
    return rows + [_bytes_row(site, what, case) for case in (few, many)]


async def knowledge(site: Site) -> list[Row]:
    """One to 100,000 known events."""
    what = "known events"
    cases = []
    for known in (1, site.of(100_000)):
        news = Newsrooms(SEED, first_day=AFTER_WHAT_IS_KNOWN)
        case = Case(f"{known:,}", await site.installation(), news)
        await know(case.installation.settings, known)
        cases.append(case)
    rows = await _pair(site, what, site.of(A_ROUND), *cases)
    return rows + [_bytes_row(site, what, case) for case in cases]


async def _grow_old(settings: KafkaSettings, count: int) -> None:
    """A log of `count` bulletins that were read long ago: records, the read stage's rows, committed offsets."""
    old = Newsrooms(SEED + 1)
    [first] = Newsrooms(SEED + 1).bulletins(1)
    output = apply_bulletin(None, first, Origin(catalog.BULLETINS, 0, 0))
    assert output is not None
    row = encode(output.row)
    keys: list[bytes] = []

    def records() -> Iterator[Written]:
        for each in old.bulletins(count):
            key = each.bulletin_id.encode()
            keys.append(key)
            yield partition_of(key, settings.partitions), key, encode(each)

    def rows() -> Iterator[Written]:
        for key in keys:
            yield partition_of(key, settings.partitions), key, row

    await write(settings, catalog.BULLETINS, records())
    await write(settings, catalog.READ_STATE, rows())
    async with open_log(settings) as log:
        ends = (await log.whole(catalog.BULLETINS)).ends
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.bootstrap, group_id=settings.group, enable_auto_commit=False)
    await consumer.start()
    try:
        places = {TopicPartition(settings.topic(catalog.BULLETINS), number): end for number, end in ends.items()}
        consumer.assign(list(places))
        await consumer.commit(places)
    finally:
        await consumer.stop()
