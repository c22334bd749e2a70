"""An installation to measure: filled with bulletins, worked off by pinned workers, its broker on another core."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.request import urlopen

import psutil

from schemas.codec import encode
from schemas.records import Bulletin
from streams import catalog
from streams.kafka.cloudevents import headers
from streams.kafka.embedded import EmbeddedKafka
from streams.kafka.outputs import Output
from streams.kafka.progress import Stand, open_stand
from streams.kafka.publishing import open_publisher
from streams.kafka.supervising import free_port
from tests.benchmarks import cores
from tests.benchmarks.bulletins import Newsrooms, wrong_days
from tests.benchmarks.limit import WARM, Spent
from tests.benchmarks.rows import say
from tests.faults.test_stuck import answers
from tests.installation import Installation, Worker

POLL_S = 0.1
SETTLED_LOOKS = 4
MARKERS = 4
"""How many may stand behind a partition's last message."""

WITHIN_S = 600.0
PARTITIONS = 6


@dataclass
class Site:
    """Where it is measured: a broker, a folder, and how much; `highest` is the load that one worker has mastered."""

    bootstrap: str
    broker: int
    folder: Path
    rounds: int
    scale: float
    highest: float | None = None

    def of(self, whole: int, least: int = 100) -> int:
        """A number of the whole bench at this scale."""
        return max(least, round(whole * self.scale))

    async def installation(self, partitions: int = PARTITIONS) -> Installation:
        """A new one."""
        prefix = f"bench-{uuid.uuid4().hex[:8]}-"
        return await Installation.make(self.bootstrap, prefix, self.folder / prefix, partitions)


@contextmanager
def broker(folder: Path) -> Iterator[tuple[str, int]]:
    """Bootstrap servers and process id of a Kafka on its core; everything this process does is there too."""
    kafka = EmbeddedKafka(folder / "kafka")
    with cores.on(cores.BROKER):
        try:
            bootstrap = kafka.start(say)
            pid = kafka.status().pid
            assert pid is not None
            yield bootstrap, pid
        finally:
            kafka.stop(say)


def output_of(bulletin: Bulletin) -> Output:
    """A bulletin as `publish` sends it."""
    event_id = f"{bulletin.bulletin_id}@{bulletin.version}:{bulletin.sha256[:16]}"
    at_ms = round(datetime.fromisoformat(bulletin.received_at).timestamp() * 1000)
    found = headers(catalog.BULLETIN_TYPE, event_id, bulletin.bulletin_id, None, at_ms)
    return Output(catalog.BULLETINS, bulletin.bulletin_id.encode(), encode(bulletin), found)


async def fill(installation: Installation, bulletins: Iterator[Bulletin]) -> dict[int, int]:
    """Publish bulletins in order; the end of each partition of the log."""
    ends: dict[int, int] = {}

    async def outputs() -> AsyncIterator[Output]:
        for each in bulletins:
            yield output_of(each)

    async with open_publisher(installation.settings) as publisher:
        async for partition, offset in publisher.stream(outputs()):
            ends[partition] = offset + 1
    return ends


@contextmanager
def workers(installation: Installation, name: str = "worker") -> Iterator[list[Worker]]:
    """A worker on the core of the work, in a list to which others may be added."""
    http = ("--http", f"127.0.0.1:{free_port()}")
    with ExitStack() as stack:
        with cores.on(cores.WORK):
            worker = stack.enter_context(installation.worker(name, arguments=http))
        yield [worker]


async def worked_off(
    site: Site,
    installation: Installation,
    running: Sequence[Worker],
    ends: dict[int, int],
    *,
    start: int = 0,
    markers: bool = False,
) -> Spent:
    """What the workers take from when they are warm to the last stage's last commit; `start` bulletins are older.

    With `markers` they do not commit past the markers of transactions at a partition's end.
    """
    pids = [each.process.pid for each in running]
    whole = sum(ends.values())
    async with asyncio.timeout(WITHIN_S), open_stand(installation.settings) as stand:
        done = await reach(stand, running, start + WARM * (whole - start))
        began, spent, broker_s = time.monotonic(), cores.processor_s(*pids), cores.processor_s(site.broker)
        await reach(stand, running, whole)
        # Topics come in the order of the flow: what is behind the first is known when the next is asked for.
        while any(row.lag_records > (MARKERS if markers else 0) for row in await stand.lag()):
            _alive(running)
            await asyncio.sleep(POLL_S)
    return Spent(
        bulletins=whole - done,
        seconds=time.monotonic() - began,
        processor_s=cores.processor_s(*pids) - spent,
        broker_s=cores.processor_s(site.broker) - broker_s,
    )


async def reach(stand: Stand, running: Sequence[Worker], wanted: float) -> int:
    """How many bulletins are committed, once they are as many as wanted."""
    while (done := sum((await stand.committed(catalog.BULLETINS)).values())) < wanted:
        _alive(running)
        await asyncio.sleep(POLL_S)
    return done


def _alive(running: Sequence[Worker]) -> None:
    for each in running:
        assert each.process.poll() is None, f"a worker died:\n{each.log.read_text()[-3000:]}"


async def wrong(installation: Installation, news: Newsrooms) -> int:
    """How many days the topics count otherwise than the generator says."""
    found = wrong_days(news.truth(), await installation.days())
    for line in found[:5]:
        say(f"wrong: {line}")
    return len(found)


async def ready(worker: Worker) -> float:
    """Seconds until a worker that was just started has joined and has its state."""
    began = time.monotonic()
    while not await answers(port_of(worker), 200, "readyz"):
        assert worker.process.poll() is None, worker.log.read_text()[-3000:]
        assert time.monotonic() < began + WITHIN_S
        await asyncio.sleep(0.02)
    return time.monotonic() - began


async def settled(running: Sequence[Worker]) -> None:
    """Wait until all have joined and have their state, and still do after more looks: a rebalance comes late."""
    looks = 0
    while looks < SETTLED_LOOKS:
        _alive(running)
        there = [await answers(port_of(each), 200, "readyz") for each in running]
        looks = looks + 1 if all(there) else 0
        await asyncio.sleep(5 * POLL_S)


def port_of(worker: Worker) -> int:
    """Where it answers over HTTP."""
    assert isinstance(worker.process.args, list)
    return int(str(worker.process.args[-1]).rpartition(":")[2])


def metric(worker: Worker, name: str, labels: str = "") -> float:
    """The sum over a worker's metrics of one name whose labels hold `labels`."""
    with urlopen(f"http://127.0.0.1:{port_of(worker)}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return sum(
        float(line.split()[-1]) for line in lines if line.startswith(f"bulletin_streams_{name}") and labels in line
    )


def peak_mb(pid: int) -> float:
    """The most memory that a process ever held."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return psutil.Process(pid).memory_info().rss / 1024 / 1024
