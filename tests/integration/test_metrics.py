"""What a worker and a server tell Prometheus and a prober, after bulletins of every fate: new, revised, taken back,
repeated, broken."""

import asyncio
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from schemas.records import Bulletin
from streams import catalog
from streams.extraction.stage import Origin
from streams.intake.bulletins import FileOptions, from_file, now
from streams.kafka.log import open_log
from streams.kafka.outputs import Output
from streams.kafka.progress import INPUT_TOPICS, wait_processed
from streams.kafka.publishing import open_publisher, withdrawal
from streams.pipeline import Pipeline
from tests.installation import ROOT, WITHIN_S, Installation, bulletin
from tests.promtool import run_promtool
from tests.texts import strike

PARTITIONS = 2
POLL_S = 0.02

Labels = tuple[str, ...]
Samples = dict[str, dict[Labels, float]]


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text that a process answers; 0 while nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=WITHIN_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except urllib.error.URLError:
        return 0, ""


@dataclass
class Endpoint:
    """A process of the product that serves HTTP."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def until(self, met: Callable[[], bool], what: str) -> None:
        """Poll until `met`; fails where the process ends or the time is up."""
        deadline = time.monotonic() + WITHIN_S
        while not met():
            assert time.monotonic() < deadline, f"not within {WITHIN_S} s: {what}\n{self.log.read_text()[-3000:]}"
            try:
                status = self.process.wait(POLL_S)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"ended with {status} before: {what}\n{self.log.read_text()[-3000:]}")

    def samples(self) -> Samples:
        """Every sample by its name, then by the values of its labels in the order of their names."""
        found: Samples = {}
        for family in text_string_to_metric_families(get(self.port, "/metrics")[1]):
            for sample in family.samples:
                labels = tuple(value for _, value in sorted(sample.labels.items()))
                found.setdefault(sample.name, {})[labels] = sample.value
        return found

    def samples_once(self, met: Callable[[Samples], bool]) -> Samples:
        """The first samples that meet a condition."""
        found: list[Samples] = []

        def look() -> bool:
            found[:] = [self.samples()]
            return met(found[0])

        self.until(look, "its metrics tell that all is processed")
        return found[0]


@contextmanager
def endpoint(installation: Installation, command: str) -> Iterator[Endpoint]:
    """`bulletins worker` or `bulletins serve` as a process on a port of its own, ended at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    installation.home.mkdir(parents=True, exist_ok=True)
    log = installation.home / f"{command}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streams.cli", command, "--http", f"127.0.0.1:{port}"],
            env=installation.environment({}),
            stdout=output,
            stderr=output,
        )
    try:
        yield Endpoint(process, port, log)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(WITHIN_S)


@dataclass(frozen=True)
class Story:
    """What was published and what the two processes told in the end."""

    group: str
    published: Sequence[Bulletin]
    newest_ms: int
    readiness: Sequence[int]
    worker: Endpoint
    server: Endpoint
    worker_told: Samples
    server_told: Samples


async def publish(installation: Installation) -> list[Bulletin]:
    """Bulletins of every fate, and a record that is broken; returns once all is processed."""
    seeds = [from_file(path.read_bytes(), path.name, FileOptions(), now()) for path in (ROOT / "seeds").glob("*.txt")]
    first = bulletin("essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 4, 21), published_on="2025-03-04")
    risen = bulletin(
        "essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 5, 23), published_on="2025-03-04", version=2
    )
    weather = bulletin("essai/2", "La météo reste froide", "Il neige sur la capitale.")
    held = [*seeds, *seeds, first, risen, weather]
    sent = await installation.publish(*held)
    await installation.processed(sent)
    held.append(await withdrawal(installation.settings, "essai/1"))
    sent = await installation.publish(held[-1])
    await installation.processed(sent)
    async with open_publisher(installation.settings) as publisher:
        partition, offset = await publisher.send(Output(catalog.BULLETINS, b"essai/3", b'{"title": ', ()))
    await wait_processed(installation.settings, {catalog.BULLETINS: {partition: offset + 1}}, WITHIN_S)
    return held


async def newest_ms(installation: Installation) -> int:
    """The time of the newest record in `bulletins`."""
    async with open_log(installation.settings) as log:
        whole = await log.whole(catalog.BULLETINS)
        return max([message.timestamp_ms async for message in log.scan(catalog.BULLETINS, whole)])


@pytest.fixture(scope="module")
def story(kafka: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A worker and a server that have seen everything that `publish` publishes."""
    prefix = f"test-{uuid.uuid4().hex[:12]}-"
    installation = asyncio.run(Installation.make(kafka, prefix, tmp_path_factory.mktemp("metrics"), PARTITIONS))
    readiness: list[int] = []

    def ready() -> bool:
        readiness.append(get(worker.port, "/readyz")[0])
        return readiness[-1] == 200

    with endpoint(installation, "worker") as worker, endpoint(installation, "serve") as server:
        worker.until(ready, "the worker is ready")
        server.until(lambda: get(server.port, "/readyz")[0] == 200, "the broker has answered the server")
        published = asyncio.run(publish(installation))
        newest = asyncio.run(newest_ms(installation))
        told = (
            worker.samples_once(without_lag),
            server.samples_once(lambda samples: whole(samples, len(published) + 1, newest)),
        )
        yield Story(installation.settings.group, published, newest, readiness, worker, server, *told)


def without_lag(samples: Samples) -> bool:
    """Whether lag is told and none is left."""
    lag = samples.get("bulletin_streams_lag_records", {})
    return bool(lag) and not any(lag.values())


def whole(samples: Samples, records: int, newest_ms: int) -> bool:
    """Whether nothing is left of that many records in `bulletins`, and the newest of them was seen."""
    committed = samples.get("bulletin_streams_committed_offset", {})
    done = sum(offset for labels, offset in committed.items() if labels[2] == catalog.BULLETINS)
    newest_s = samples.get("bulletin_streams_last_bulletin_timestamp_seconds", {}).get((), 0.0)
    return done == records and newest_s * 1000 >= newest_ms - 1 and without_lag(samples)


@dataclass(frozen=True)
class Expected:
    """What the pure pipeline says that a worker should have counted."""

    outcomes: Counter[Labels]
    items: Counter[Labels]
    bulletins: Counter[Labels]
    events: Counter[Labels]


def expected(published: Sequence[Bulletin]) -> Expected:
    """Counts by the labels' values, in the order of the labels' names."""
    pipeline = Pipeline()
    counts = Expected(Counter(), Counter(), Counter(), Counter())
    for offset, each in enumerate(published):
        before = {event.event_id: event.revision for event in pipeline.all_events()}
        items = pipeline.feed(each, Origin(catalog.BULLETINS, 0, offset))
        if items is None:
            counts.outcomes["repeat",] += 1
            continue
        counts.outcomes["live",] += 1
        streams = [item.stream for item in items]
        counts.items.update(("live", stream) for stream in streams)
        counts.bulletins.update(("live", stream) for stream in set(streams))
        for event in pipeline.all_events():
            if event.revision != before.get(event.event_id):
                told = "new" if event.event_id not in before else "revised"
                counts.events[event.kind, "withdrawn" if event.status == "withdrawn" else told, event.stream] += 1
    return counts


def test_the_worker_is_ready_only_after_assignment_and_recovery(story: Story) -> None:
    answers = [status for status in story.readiness if status]
    assert answers[-1] == 200
    assert set(answers[:-1]) == {503}


@pytest.mark.parametrize("which", ["worker", "server"])
def test_both_are_well_in_the_end(story: Story, which: str) -> None:
    of: Endpoint = getattr(story, which)
    assert get(of.port, "/healthz") == (200, "ok\n")
    assert get(of.port, "/readyz") == (200, "ok\n")


@pytest.mark.parametrize("which", ["worker", "server"])
def test_promtool_finds_nothing(story: Story, which: str) -> None:
    of: Endpoint = getattr(story, which)
    done = run_promtool("check", "metrics", stdin=get(of.port, "/metrics")[1].encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_bulletins_items_and_events_are_counted(story: Story) -> None:
    samples, wanted = story.worker_told, expected(story.published)
    assert samples["bulletin_streams_bulletins_total"] == wanted.outcomes
    assert samples["bulletin_streams_items_total"] == wanted.items
    assert samples["bulletin_streams_bulletins_by_stream_total"] == wanted.bulletins
    assert samples["bulletin_streams_events_total"] == wanted.events
    assert {labels[1] for labels in wanted.events} == {"new", "revised", "withdrawn"}
    assert {labels[2] for labels in wanted.events} == {stream.name for stream in catalog.EVENT_STREAMS}


def test_dead_letters_are_counted_by_stage_and_error(story: Story) -> None:
    samples = story.worker_told
    assert samples["bulletin_streams_dead_letters_total"] == {("RefusedInput", "read"): 1}
    assert "bulletin_streams_poisoned_records_total" not in samples


def test_each_stage_and_the_whole_way_have_a_latency(story: Story) -> None:
    samples = story.worker_told
    for stage in catalog.STAGES:
        assert samples["bulletin_streams_stage_duration_seconds_count"][stage,] >= 1
    whole = samples["bulletin_streams_publish_to_daily_figures_seconds_count"][()]
    assert whole >= 1
    assert 0 < samples["bulletin_streams_publish_to_daily_figures_seconds_sum"][()] < whole * WITHIN_S


@pytest.mark.parametrize("which", ["worker", "server"])
def test_lag_is_told_by_topic_and_partition_and_none_is_left(story: Story, which: str) -> None:
    lag = getattr(story, f"{which}_told")["bulletin_streams_lag_records"]
    every = {(story.group, str(partition), topic) for topic in INPUT_TOPICS for partition in range(PARTITIONS)}
    busy = {labels for labels in every if labels[2] in (catalog.REPORTS, catalog.PARTIALS)}
    assert busy <= lag.keys() <= every
    assert set(lag.values()) == {0}


def test_the_server_tells_every_committed_offset_and_that_the_broker_answers(story: Story) -> None:
    samples = story.server_told
    committed = samples["bulletin_streams_committed_offset"]
    assert committed.keys() == samples["bulletin_streams_lag_records"].keys()
    assert len(committed) == len(INPUT_TOPICS) * PARTITIONS
    assert time.time() - samples["bulletin_streams_broker_answered_timestamp_seconds"][()] < WITHIN_S


@pytest.mark.parametrize("which", ["worker", "server"])
def test_the_time_of_the_last_bulletin_is_its_records(story: Story, which: str) -> None:
    told = getattr(story, f"{which}_told")["bulletin_streams_last_bulletin_timestamp_seconds"]
    assert told[()] * 1000 == pytest.approx(story.newest_ms, abs=1)


def test_the_worker_says_that_it_is_ready_and_knows_its_process(story: Story) -> None:
    samples = story.worker_told
    assert samples["bulletin_streams_worker_ready"][()] == 1
    assert samples["process_start_time_seconds"][()] > 0
