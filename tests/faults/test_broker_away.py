"""While no broker answers every command says so and ends; what is under way goes on when the broker is back, or says
what to do."""

import asyncio
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from streams import catalog
from streams.errors import NothingToTalkTo
from streams.kafka import broker_view, log
from streams.kafka.broker_view import BrokerView
from streams.kafka.embedded import EmbeddedKafka
from streams.kafka.log import open_log
from streams.kafka.progress import open_stand
from streams.kafka.publishing import open_publisher
from tests.generating import Generator
from tests.installation import Installation, until

COMMANDS = (
    ("publish", "--ndjson", "-"),
    ("lag",),
    ("verify",),
    ("worker",),
    ("serve",),
)
SOON_S = 20.0


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedKafka]:
    """An embedded Kafka that these tests kill."""
    kafka = EmbeddedKafka(tmp_path_factory.mktemp("broker"))
    yield kafka
    kafka.kill()


@pytest.fixture
async def installation(broker: EmbeddedKafka, prefix: str, home: Path) -> Installation:
    """An installation on it, running whatever the last test did."""
    return await Installation.make(await asyncio.to_thread(broker.start), prefix, home)


async def test_every_command_says_that_no_broker_answers(broker: EmbeddedKafka, installation: Installation) -> None:
    broker.kill()
    runs = (asyncio.to_thread(installation.command, *words, stdin=b'{"title": "Essai"}') for words in COMMANDS)
    for words, done in zip(COMMANDS, await asyncio.gather(*runs), strict=True):
        said = done.stderr.decode()
        assert done.returncode == 2, (words, said)
        assert "bulletins up" in said, words
        assert "Traceback" not in said, words


@pytest.mark.whole
async def test_a_publisher_without_answer_says_so_and_what_is_published_again_is_there(
    broker: EmbeddedKafka, installation: Installation
) -> None:
    first, second = Generator(1, disorder=False).bulletins(2)
    with pytest.raises(NothingToTalkTo, match="publish it again"):
        async with open_publisher(installation.settings, confirmed_within_s=2.0) as publisher:
            confirmed = [await publisher.publish(first)]
            broker.kill()
            died_at = time.monotonic()
            await publisher.publish(second)
    assert time.monotonic() < died_at + SOON_S
    await asyncio.to_thread(broker.start)
    confirmed += await installation.publish(second)
    async with open_log(installation.settings) as held:
        span = await held.whole(catalog.BULLETINS)
        found = {(each.partition, each.offset): each.key async for each in held.scan(catalog.BULLETINS, span)}
    assert [found[each.partition, each.offset] for each in confirmed] == [
        each.bulletin_id.encode() for each in (first, second)
    ]


@pytest.mark.whole
async def test_reading_that_gets_no_further_says_what_to_do(
    broker: EmbeddedKafka, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "SILENT_S", 2.0)
    published = await installation.publish(*Generator(1, disorder=False).bulletins(20))
    read = 0
    async with open_log(installation.settings) as held:
        span = await held.whole(catalog.BULLETINS)
        # One more than there is: the broker dies before it comes.
        span.ends[0] += 1
        with pytest.raises(NothingToTalkTo, match="begin again"):
            async for _ in held.scan(catalog.BULLETINS, span):
                read += 1
                if read == len(published):
                    broker.kill()
    assert read == len(published)


async def test_verify_that_waits_goes_on_when_the_broker_is_back(
    broker: EmbeddedKafka, installation: Installation
) -> None:
    await installation.publish(*Generator(1).bulletins(20))
    verifying = asyncio.create_task(installation.verified())
    async with open_stand(installation.settings) as stand:
        assert any(row.lag_records for row in await stand.lag())
    broker.kill()
    await asyncio.to_thread(broker.start)
    with installation.worker():
        verdict = await verifying
    assert (verdict.bulletins, verdict.differences) == (20, ())


@pytest.mark.whole
async def test_serve_tells_of_a_silent_broker_and_that_it_is_back(
    broker: EmbeddedKafka, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker_view, "SILENT_S", 3.0)
    view = BrokerView(installation.settings, every_s=0.1)
    await view.start("127.0.0.1", 0)
    try:
        for well in (True, False, True):
            await until(partial(told, view, well=well), f"well: {well}")
            if well:
                broker.kill()
            else:
                await asyncio.to_thread(broker.start)
    finally:
        await view.stop()


async def told(view: BrokerView, *, well: bool) -> bool:
    """Whether its health is that."""
    return view.healthy().good is well and view.ready().good is well
