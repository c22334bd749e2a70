"""A campaign: bulletins flow while things die; in the end the topics are what the pure pipeline gives, and a consumer
that read along all the while holds the same."""

import asyncio
import contextlib
import hashlib
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from schemas.codec import decode
from schemas.records import Bulletin, DailyFigures, Event
from streams import catalog
from streams.comparing import compare, counted, standing
from streams.errors import BulletinStreamsError
from streams.kafka.log import close, open_log
from streams.kafka.progress import open_stand, wait_processed
from streams.kafka.publishing import Published, open_publisher
from streams.kafka.verifying import Recomputed, judge, recompute
from streams.kafka.views import all_days, all_events
from tests.faults.stalls import Stalls
from tests.installation import Installation, Worker

EVENT_TOPICS = tuple(stream.topic for stream in catalog.EVENT_STREAMS)
PATIENCE_S = 1200.0
LOOK_EVERY_S = 0.5


@dataclass(frozen=True)
class Scale:
    """How much of a fault test: a seed and a factor; 1.0 is what `make faults` runs."""

    seed: int
    full: bool

    def of(self, full: int, short: int) -> int:
        """The count to use."""
        return full if self.full else short

    def rng(self, name: str) -> random.Random:
        """Randomness of one test, the same for the same seed."""
        return random.Random(f"{self.seed}/{name}")


@dataclass
class Outcome:
    """One line of the summary; `stall_s_max` is the longest time that nothing was committed while there was lag."""

    name: str
    seed: int
    kills: int = 0
    records: int = 0
    lost: int = 0
    doubled: int = 0
    stall_s_max: float = 0.0
    seconds: float = 0.0
    digest_topics: str = ""
    digest_pure: str = ""
    passed: bool = False


def digest(events: dict[str, Any], days: dict[str, Any]) -> str:
    """A hash over views of events and days, the same for the same state."""
    return hashlib.sha256(orjson.dumps([events, days], option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


@dataclass
class Listener:
    """A consumer of the event topics and the daily figures that keeps the highest revision of each."""

    installation: Installation
    events: dict[str, Event] = field(default_factory=dict)
    days: dict[str, DailyFigures] = field(default_factory=dict)

    async def listen(self) -> None:
        """Read until cancelled."""
        settings = self.installation.settings
        consumer = AIOKafkaConsumer(
            bootstrap_servers=settings.bootstrap,
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=settings.max_request_bytes,
        )
        await consumer.start()
        try:
            topics = (*EVENT_TOPICS, catalog.DAILY_FIGURES)
            consumer.assign(
                [TopicPartition(settings.topic(topic), n) for topic in topics for n in range(settings.partitions)]
            )
            while True:
                for target, records in (await consumer.getmany(timeout_ms=200)).items():
                    for record in records:
                        self._take(settings.bare(target.topic), record.value)
        finally:
            await close(consumer)

    def _take(self, topic: str, value: bytes) -> None:
        if topic == catalog.DAILY_FIGURES:
            figures = decode(value, DailyFigures)
            key = f"{figures.day}/{figures.stream}"
            if key not in self.days or figures.revision > self.days[key].revision:
                self.days[key] = figures
            return
        event = decode(value, Event)
        if event.event_id not in self.events or event.revision > self.events[event.event_id].revision:
            self.events[event.event_id] = event

    def views(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What it holds, comparable."""
        return standing(self.events), counted(self.days)


@dataclass
class Campaign:
    """One test's installation, what was published, and what is measured meanwhile."""

    installation: Installation
    outcome: Outcome
    published: list[tuple[Bulletin, Published]] = field(default_factory=list)
    listener: Listener = field(init=False)
    stalls: Stalls = field(default_factory=lambda: Stalls(time.monotonic()))

    def __post_init__(self) -> None:
        self.listener = Listener(self.installation)

    async def publish(self, bulletins: Sequence[Bulletin], batch: int = 200, pause_s: float = 0.0) -> None:
        """Publish in order; what is confirmed is remembered."""
        async with open_publisher(self.installation.settings) as publisher:
            for start in range(0, len(bulletins), batch):
                for each in bulletins[start : start + batch]:
                    self.published.append((each, await publisher.publish(each)))
                await asyncio.sleep(pause_s)

    async def watch(self) -> None:
        """Measure stalls until cancelled."""
        while True:
            try:
                async with open_stand(self.installation.settings) as stand:
                    while True:
                        self.stalls.look(await stand.lag(), time.monotonic())
                        await asyncio.sleep(LOOK_EVERY_S)
            except (KafkaError, OSError, BulletinStreamsError):
                self.stalls.unanswered(time.monotonic())
                await asyncio.sleep(LOOK_EVERY_S)

    async def worked_off(self, within_s: float = PATIENCE_S) -> None:
        """Wait until all stages are past what was published."""
        targets: dict[int, int] = {}
        for _, at in self.published:
            targets[at.partition] = max(targets.get(at.partition, 0), at.offset + 1)
        await wait_processed(self.installation.settings, {catalog.BULLETINS: targets}, within_s)

    async def settle(self, within_s: float = PATIENCE_S) -> None:
        """Wait until all is processed, then judge; raises AssertionError with what differs."""
        await self.worked_off(within_s)
        async with open_log(self.installation.settings) as log:
            made = await recompute(log, Recomputed())
            verdict = await judge(log, made)
            held = {
                (message.key, message.partition, message.offset)
                async for message in log.scan(catalog.BULLETINS, await log.whole(catalog.BULLETINS))
            }
        unheld = sum((each.bulletin_id.encode(), at.partition, at.offset) not in held for each, at in self.published)
        events, days = standing(made.pipeline.events()), counted(made.pipeline.days())
        await self._heard(events, days)
        differences = compare("event", events, self.listener.views()[0]) + compare(
            "day", days, self.listener.views()[1]
        )
        outcome = self.outcome
        outcome.records = len(held)
        outcome.lost = unheld + sum(each.verdict == "missing" for each in differences)
        outcome.doubled = sum(each.verdict != "missing" for each in differences)
        outcome.digest_pure = digest(events, days)
        outcome.digest_topics = digest(*self.listener.views())
        assert verdict.differences == (), verdict.differences[:5]
        assert not unheld and not differences, differences[:5]
        assert outcome.digest_topics == outcome.digest_pure
        outcome.passed = True

    async def same_after_compaction(self) -> None:
        """What a consumer finds that begins only now is what one found that read along."""
        async with open_log(self.installation.settings) as log:
            events, days = standing(await all_events(log)), counted(await all_days(log))
        assert digest(events, days) == self.outcome.digest_pure

    async def _heard(self, events: dict[str, Any], days: dict[str, Any]) -> None:
        """Wait until the consumer has read what there is; that it never does is found by comparing."""
        for _ in range(100):
            if self.listener.views() == (events, days):
                return
            await asyncio.sleep(0.2)


Report = Callable[[Outcome], None]


@contextlib.asynccontextmanager
async def campaign(
    name: str, scale: Scale, bootstrap: str, prefix: str, home: Path, report: Report, partitions: int = 6
) -> AsyncIterator[Campaign]:
    """A campaign whose outcome is reported, passed or not."""
    installation = await Installation.make(bootstrap, prefix, home, partitions)
    made = Campaign(installation, Outcome(name, scale.seed))
    tasks = [asyncio.create_task(made.listener.listen()), asyncio.create_task(made.watch())]
    began = time.monotonic()
    try:
        yield made
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        made.outcome.stall_s_max = max(made.outcome.stall_s_max, round(made.stalls.longest_s, 1))
        made.outcome.seconds = round(time.monotonic() - began, 1)
        report(made.outcome)


@dataclass
class Fleet:
    """Worker processes by name."""

    installation: Installation
    stack: contextlib.ExitStack
    workers: dict[str, Worker] = field(default_factory=dict)
    kills: int = 0

    def start(self, name: str, **environment: str) -> Worker:
        """A worker under a name; one that ended may come back under it."""
        self.workers[name] = self.stack.enter_context(self.installation.worker(name, **environment))
        return self.workers[name]

    def kill(self, name: str) -> None:
        """SIGKILL."""
        self.workers[name].kill()
        self.kills += 1

    def leave(self, name: str, *, in_order: bool) -> None:
        """End a worker that is not to come back, in order or by SIGKILL."""
        if in_order:
            self.workers[name].stop()
        else:
            self.kill(name)
        del self.workers[name]

    def revive(self) -> None:
        """Start again whoever has ended by itself, as a supervisor would."""
        for name, worker in list(self.workers.items()):
            if worker.process.poll() is not None:
                self.start(name)


@contextlib.contextmanager
def fleet(installation: Installation) -> Any:
    """Workers that are stopped at the end."""
    with contextlib.ExitStack() as stack:
        yield Fleet(installation, stack)
