"""A second generation: made beside the live one, compared, put in its place with the revisions that consumers know."""

import inspect
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions
from aiokafka.errors import KafkaError

from schemas.codec import encode
from streams import catalog
from streams.errors import BulletinStreamsError
from streams.kafka import generation
from streams.kafka.log import open_log
from streams.kafka.outputs import Output
from streams.kafka.partitioning import partition_of
from streams.kafka.publishing import open_publisher
from streams.kafka.rereads import origin_of
from streams.kafka.views import all_days, all_events
from tests.generating import Generator
from tests.installation import Installation, expected

EVENT_TOPICS = tuple(stream.topic for stream in catalog.EVENT_STREAMS)
LOG = list(Generator(seed=5, days=6).bulletins(60))


@pytest.fixture
async def installation(kafka: str, prefix: str, home: Path) -> Installation:
    """An installation that has worked off a log and stands still."""
    made = await Installation.make(kafka, prefix, home)
    with made.worker():
        await made.processed(await made.publish(*LOG))
    return made


async def test_a_rebuild_of_what_is_right_differs_in_nothing(installation: Installation) -> None:
    before = await installation.count(*EVENT_TOPICS, catalog.DAILY_FIGURES, catalog.BULLETIN_ITEMS)
    done = installation.command("rebuild")
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    assert b"0 differences" in done.stderr
    assert installation.command("rebuild", "--compare").returncode == 0
    promoted = installation.command("rebuild", "--promote")
    assert promoted.returncode == 0, promoted.stderr.decode()[-3000:]
    assert b"0 events, 0 days and 0 items differed" in promoted.stderr
    assert await installation.count(*EVENT_TOPICS, catalog.DAILY_FIGURES, catalog.BULLETIN_ITEMS) == before
    assert installation.command("rebuild", "--compare").returncode == 2
    more = list(Generator(seed=6, days=6).bulletins(20))
    with installation.worker():
        await installation.processed(await installation.publish(*more))
        assert (await installation.verified()).differences == ()


async def test_promoting_says_what_differs_as_next_revisions(installation: Installation) -> None:
    async with open_log(installation.settings) as log:
        events, days = await all_events(log), await all_days(log)
    wrong = next(event for event in events.values() if event.status != "withdrawn" and event.figures)
    stray = next(event for event in events.values() if event.status != "withdrawn" and event is not wrong)
    day = next(iter(days.values()))
    false = [
        _changed(wrong, revision=wrong.revision + 3, summary="faux"),
        _changed(stray, event_id="0" * 20, revision=4),
    ]
    async with open_publisher(installation.settings) as publisher:
        for value in false:
            topic = catalog.BY_NAME[value["stream"]].topic
            await publisher.send(Output(topic, value["event_id"].encode(), orjson.dumps(value), ()))
        value = _changed(day, revision=day.revision + 2, events=99)
        await publisher.send(Output(catalog.DAILY_FIGURES, f"{day.day}/{day.stream}".encode(), orjson.dumps(value), ()))
    assert installation.command("rebuild", "--promote").returncode == 0
    assert await installation.views() == expected(LOG)
    async with open_log(installation.settings) as log:
        mended, counted = await all_events(log), await all_days(log)
    assert mended[wrong.event_id].revision == wrong.revision + 4
    assert (mended["0" * 20].status, mended["0" * 20].revision) == ("withdrawn", 5)
    assert counted[f"{day.day}/{day.stream}"].revision == day.revision + 3
    with installation.worker():
        assert (await installation.verified()).differences == ()


async def test_topics_that_are_gone_and_other_partition_counts_are_mended(installation: Installation) -> None:
    settings = installation.settings
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.bootstrap)
    await admin.start()
    try:
        await admin.delete_topics([settings.topic(name) for name in ("reconcile-state", "partials", "diplomacy")])
        await admin.create_partitions({settings.topic("bulletins"): NewPartitions(5)})
    finally:
        await admin.close()
    refused = installation.command("worker")
    assert refused.returncode == 2
    assert b"bulletins rebuild --promote" in refused.stderr
    done = installation.command("rebuild", "--promote")
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    grown = installation.with_partitions(5)
    assert await grown.views() == expected(LOG)
    more = list(Generator(seed=7, days=6).bulletins(30))
    with grown.worker():
        await grown.processed(await grown.publish(*more))
        assert (await grown.verified()).differences == ()


async def test_copying_that_broke_off_goes_on_with_all_that_it_has_not(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = await generation.begin(installation.settings, 5)
    with monkeypatch.context() as broken:
        for name in ("send", "send_batch"):
            broken.setattr(AIOKafkaProducer, name, _lost_on_the_way(getattr(AIOKafkaProducer, name)))
        with pytest.raises(BulletinStreamsError):
            await generation.fill(installation.settings, second)
    await generation.fill(installation.settings, second)
    async with open_log(installation.settings) as log, open_log(second) as copies:
        wanted = [origin_of(each) async for each in log.scan("bulletins", await log.whole("bulletins"))]
        found = [origin_of(each) async for each in copies.scan("rereads", await copies.whole("rereads"))]
    assert Counter(found) == Counter(wanted)


def _lost_on_the_way(send: Any) -> Any:
    """The way of an `AIOKafkaProducer` to send, closed for what is bound for partition 2 of 5."""

    async def sending(self: AIOKafkaProducer, *args: Any, **fields: Any) -> Any:
        told = inspect.signature(send).bind(self, *args, **fields).arguments
        partition = told.get("partition")
        if (partition_of(told["key"], 5) if partition is None else partition) == 2:
            raise KafkaError("lost on the way")
        return await send(self, *args, **fields)

    return sending


async def test_without_a_second_generation_there_is_nothing_to_compare(installation: Installation) -> None:
    done = installation.command("rebuild", "--compare")
    assert done.returncode == 2
    assert b"bulletins rebuild" in done.stderr


def _changed(record: object, **fields: object) -> dict[str, object]:
    value: dict[str, object] = orjson.loads(encode(record))  # type: ignore[arg-type]
    return value | fields
