"""What a log can lose: records deleted before they were read, a topic cut back, a topic gone. Each ends the worker with
its name and its remedy within half a minute, every time it is started, and the remedy works. Gaps are no loss."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from schemas.records import Bulletin
from streams import catalog
from streams.kafka.log import open_log
from streams.kafka.losses import Loss, pass_over
from streams.kafka.topics import open_admin
from streams.kafka.verifying import Recomputed, judge, recompute
from tests.generating import Generator
from tests.installation import Installation, Worker, expected, until

WITHIN_S = 30.0
FAILED = 1
REMEDY = {
    catalog.BULLETINS: "restore it from a copy of the cluster",
    catalog.REPORTS: "bulletins rebuild --promote",
    catalog.RECONCILE_STATE: "bulletins rebuild --promote",
    "strikes": "bulletins rebuild --promote",
}


def told(count: int, seed: int = 1) -> list[Bulletin]:
    """Bulletins of their own ids."""
    return list(Generator(seed, disorder=False).bulletins(count))


async def ended(worker: Worker) -> tuple[int, str]:
    """Exit status and what was logged of a worker that must end by itself in time."""
    await until(lambda: has_ended(worker), f"the worker ends; {worker.log}", within_s=WITHIN_S)
    return worker.process.returncode, worker.log.read_text()


async def has_ended(worker: Worker) -> bool:
    """Whether the process is gone."""
    return worker.process.poll() is not None


async def delete_before(installation: Installation, topic: str, offset: int) -> None:
    """Let partition 0 of a topic begin at an offset."""
    place = TopicPartition(installation.settings.topic(topic), 0)
    async with open_admin(installation.settings.bootstrap) as admin:
        await admin.delete_records({place: RecordsToDelete(offset)})


async def delete(installation: Installation, topic: str) -> None:
    """Delete a topic, and wait until it is gone."""
    full = installation.settings.topic(topic)
    async with open_admin(installation.settings.bootstrap) as admin:
        await admin.delete_topics([full])

        async def is_gone() -> bool:
            return full not in await admin.list_topics()

        await until(is_gone, f"{full} is gone")


@pytest.mark.parametrize("worker_lives", [False, pytest.param(True, marks=pytest.mark.whole)])
async def test_bulletins_deleted_unread_are_an_error_until_somebody_passes_over_them(
    kafka: str, prefix: str, home: Path, worker_lives: bool
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    bulletins = told(30)
    read, lost, held = bulletins[:10], bulletins[10:20], bulletins[20:]
    with installation.worker("one") as worker:
        await installation.processed(await installation.publish(*read))
        worker.process.send_signal(signal.SIGSTOP if worker_lives else signal.SIGKILL)
        await installation.publish(*lost, *held)
        await delete_before(installation, catalog.BULLETINS, 20)
        worker.process.send_signal(signal.SIGCONT)
        if worker_lives:
            assert_lost(*await ended(worker), "bulletins partition 0 begins at offset 20", "bulletins doctor --mend")
    for _ in range(1 if worker_lives else 2):
        with installation.worker("again") as again:
            status, logged = await ended(again)
        assert_lost(status, logged, "bulletins partition 0 begins at offset 20", "bulletins doctor --mend")
    assert b"bulletins doctor --mend" in installation.command("doctor").stdout
    assert b"passed over" in installation.command("doctor", "--mend").stderr
    with installation.worker("heir"):
        await installation.processed(await installation.publish(*lost))
        events, _ = await installation.views()
        assert events.keys() == expected([*read, *held, *lost])[0].keys()


@pytest.mark.whole
async def test_a_topic_that_was_cut_back_is_an_error_and_a_rebuild_mends_it(
    kafka: str, prefix: str, home: Path
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    with installation.worker("one"):
        await installation.processed(await installation.publish(*told(10)))
    await pass_over(installation.settings, [Loss(catalog.REPORTS, 0, position=0, start=1000, end=1000)])
    with installation.worker("two") as worker:
        assert_lost(*await ended(worker), "was read up to 1000: it was cut back", "bulletins rebuild --promote")
    answer = await asyncio.to_thread(installation.command, "rebuild", "--promote")
    assert answer.returncode == 0, answer.stderr
    with installation.worker("three"):
        await installation.processed(await installation.publish(*told(5, seed=2)))
        assert (await installation.verified()).differences == ()


def assert_lost(status: int, logged: str, what: str, remedy: str) -> None:
    """The worker ended with the error's name, what is lost, and what to do."""
    assert status == FAILED, logged[-3000:]
    last = last_words(logged)
    assert "LostRecords" in last and what in last and remedy in last, logged[-3000:]


def last_words(logged: str) -> str:
    """The line that says why a worker ended: critical, or the command's own where it did not begin."""
    return [each for each in logged.splitlines() if "CRITICAL" in each or each.startswith("bulletins: ")][-1]


async def test_a_topic_deleted_under_a_worker_ends_it_with_the_remedy_every_time(
    kafka: str, prefix: str, home: Path
) -> None:
    made = {
        topic: await Installation.make(kafka, f"{prefix}{number}-", home / topic, partitions=1)
        for number, topic in enumerate(REMEDY)
    }
    with contextlib.ExitStack() as stack:
        workers = {topic: stack.enter_context(each.worker()) for topic, each in made.items()}
        for each in made.values():
            await each.processed(await each.publish(*told(3)))
        await asyncio.gather(*(delete(each, topic) for topic, each in made.items()))
        for topic, each in made.items():
            if topic != catalog.BULLETINS:
                await each.publish(*told(3, seed=2))
        for topic, worker in workers.items():
            status, logged = await ended(worker)
            assert status == FAILED, logged[-3000:]
            assert_named(topic, logged)
        for topic in (catalog.BULLETINS, catalog.REPORTS):
            again = stack.enter_context(made[topic].worker("again"))
            status, logged = await ended(again)
            assert status != 0
            assert_named(topic, logged)
    assert REMEDY[catalog.REPORTS] in made[catalog.REPORTS].command("doctor").stdout.decode()


def assert_named(topic: str, logged: str) -> None:
    """The last thing that was said is which topic is gone, and the remedy."""
    last = last_words(logged)
    assert topic in last and REMEDY[topic] in last, logged[-3000:]


@pytest.mark.whole
async def test_gaps_that_compaction_leaves_are_no_loss(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    first = told(40)
    await compact(installation, catalog.BULLETINS)
    async with open_log(installation.settings) as log:
        began = time.monotonic()
        while await gaps(installation) < 30:
            assert time.monotonic() - began < 60, "nothing was compacted"
            await installation.publish(*first, *first)
            await asyncio.sleep(1)
        with installation.worker():
            ends = (await log.whole(catalog.BULLETINS)).ends
            await installation.processed([])
            verdict = await installation.verified()
            assert verdict.differences == ()
            assert verdict.bulletins < ends[0]
            assert installation.command("replay").returncode == 0
            assert (await judge(log, await recompute(log, Recomputed()))).differences == ()


async def compact(installation: Installation, *topics: str) -> None:
    """Let Kafka compact topics as soon as it can."""
    soon = {
        "cleanup.policy": "compact",
        "segment.ms": "100",
        "min.cleanable.dirty.ratio": "0.001",
        "max.compaction.lag.ms": "100",
    }
    async with open_admin(installation.settings.bootstrap) as admin:
        full: Sequence[str] = [installation.settings.topic(topic) for topic in topics]
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, each, soon) for each in full])


async def gaps(installation: Installation) -> int:
    """How many offsets of `bulletins` hold nothing."""
    async with open_log(installation.settings) as log:
        span = await log.whole(catalog.BULLETINS)
        return span.total - await installation.count(catalog.BULLETINS)
