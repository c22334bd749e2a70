"""Poison in the log of bulletins: each piece becomes a dead letter whole and delays nobody; once the cause is mended
`retry` brings what was missing, and what is junk for ever can be dismissed."""

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from schemas.codec import encode
from schemas.records import Bulletin
from streams import catalog
from streams.kafka.dead_letters import LEFT_OUT, told_by
from streams.kafka.log import open_log
from streams.kafka.outputs import NULL, Incoming, Outputs, serialized
from streams.kafka.progress import wait_processed
from streams.kafka.publishing import Published
from streams.kafka.read_stage import ReadStage
from streams.kafka.replaying import retry
from streams.kafka.views import DeadLetter, all_dead_letters
from streams.metrics import Metrics
from streams.rows import MemoryTables
from tests.faults.campaigns import PATIENCE_S, Campaign, Outcome, Scale, campaign
from tests.faults.poison import WAYS, Poison, Raw
from tests.generating import Generator
from tests.installation import ROOT, Installation, Worker, until

FAILING = str(ROOT / "tests" / "faults" / "failing_reader.py")
MARK = ": 7 morts"
ON_THEIR_WAY = 200
SESSION_S = 30.0
GIANT_BYTES = 12 * 1024 * 1024
MAX = 32 * 1024 * 1024

Place = tuple[int, int]


@dataclass
class Sent:
    """What was written where; `poison` with the name of its way."""

    poison: dict[Place, tuple[str, Raw]] = field(default_factory=dict)
    good: list[tuple[Bulletin, Published]] = field(default_factory=list)

    def targets(self) -> dict[int, int]:
        """Past the last record of each partition."""
        found: dict[int, int] = {}
        for partition, offset in (*self.poison, *((each.partition, each.offset) for _, each in self.good)):
            found[partition] = max(found.get(partition, 0), offset + 1)
        return found


async def write(installation: Installation, inputs: Sequence[Bulletin | tuple[str, Raw]]) -> Sent:
    """Write inputs in order as another program would."""
    settings, sent = installation.settings, Sent()
    topic = settings.topic(catalog.BULLETINS)
    async with AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap, enable_idempotence=True, max_request_size=MAX, value_serializer=serialized
    ) as producer:
        for start in range(0, len(inputs), ON_THEIR_WAY):
            batch = inputs[start : start + ON_THEIR_WAY]
            waiting = []
            for each in batch:
                raw = Raw(encode(each), each.bulletin_id.encode()) if isinstance(each, Bulletin) else each[1]
                value = NULL if raw.value is None else raw.value
                waiting.append(await producer.send(topic, value, raw.key, headers=list(raw.headers)))
            for each, where in zip(batch, await asyncio.gather(*waiting), strict=True):
                if isinstance(each, Bulletin):
                    published = Published(each.bulletin_id, each.version, topic, where.partition, where.offset)
                    sent.good.append((each, published))
                else:
                    sent.poison[where.partition, where.offset] = each
    return sent


def mixed(rng: random.Random, good: Sequence[Bulletin], poison: Sequence[tuple[str, Raw]]) -> list[Bulletin]:
    """Good input with poison at random places in between."""
    made = list(good)
    places = sorted(rng.sample(range(len(good) + 1), len(poison)), reverse=True)
    for place, each in zip(places, reversed(poison), strict=True):
        made[place:place] = [each]
    return made


async def letters(installation: Installation) -> dict[Place, DeadLetter]:
    """Every dead letter of a bulletin by its place in the log."""
    async with open_log(installation.settings) as log:
        found = await all_dead_letters(log)
    assert {each.topic for each in found} <= {catalog.BULLETINS}
    return {(each.partition, each.offset): each for each in found}


def assert_whole(letter: DeadLetter, name: str, raw: Raw) -> None:
    """The letter is what came, byte for byte, and says why."""
    message = letter.message
    assert (message.key, message.value) == (raw.key, raw.value), name
    assert tuple(message.headers)[: len(raw.headers)] == raw.headers, name
    told = told_by(message.headers)
    assert tuple(message.headers)[len(raw.headers) :] == tuple((key, each.encode()) for key, each in told.items()), name
    assert letter.stage == catalog.READ, name
    assert letter.error_class in ("RefusedInput", "FutureVersionError"), (name, letter.error_class)
    assert all(told[f"error.{each}"] for each in ("message", "at", "version")), name


async def judge_letters(running: Campaign, sent: Sent) -> set[Place]:
    """Every piece of poison stands in dead letters whole, and nothing else but what the failing reader met."""
    found = await letters(running.installation)
    for place, (name, raw) in sent.poison.items():
        assert place in found, name
        assert_whole(found.pop(place), name, raw)
    failed = {(at.partition, at.offset) for each, at in sent.good if MARK in each.title}
    assert found.keys() <= failed and found, "only the failing reader's bulletins"
    assert {each.error_class for each in found.values()} == {"ZeroDivisionError"}
    return set(found)


async def test_poison_is_put_away_whole_and_what_was_missing_comes_by_retry(
    kafka: str, prefix: str, home: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("poison")
    count = scale.of(100_000, 1000)
    poison = list(Poison(rng).records(max(count // 100, 2 * len(WAYS))))
    good = list(Generator(scale.seed, days=scale.of(700, 60)).bulletins(count - len(poison)))
    async with campaign("poison", scale, kafka, prefix, home, report) as running:
        # No worker may end here, so none is to be declared dead on a machine that is merely busy.
        settings = replace(running.installation.settings, session_timeout_s=SESSION_S)
        installation = replace(running.installation, settings=settings)
        with contextlib.ExitStack() as stack:
            flawed = [
                stack.enter_context(installation.worker(name, program=(FAILING,), FAILS_ON=MARK))
                for name in ("one", "two")
            ]
            sent = await write(installation, mixed(rng, good, poison))
            running.published = sent.good
            await processed_by(flawed, installation, sent)
            missing = await judge_letters(running, sent)
        with installation.worker("one"), installation.worker("two"):
            await retry(installation.settings, list((await letters(installation)).values()), PATIENCE_S)
            await running.settle()
            found = await letters(installation)
            states = {place: each.state for place, each in found.items()}
            for place, (name, raw) in sent.poison.items():
                assert_whole(found[place], name, raw)
            assert states == dict.fromkeys(sent.poison, "open") | dict.fromkeys(missing, "mended")
            await dismissed(installation)


async def processed_by(workers: Sequence[Worker], installation: Installation, sent: Sent) -> None:
    """Wait until all is processed, as long as no worker ends."""
    targets = {catalog.BULLETINS: sent.targets()}
    waiting = asyncio.create_task(wait_processed(installation.settings, targets, PATIENCE_S))
    while not waiting.done():
        await asyncio.wait({waiting}, timeout=0.5)
        assert [each.process.poll() for each in workers] == [None] * len(workers), "no worker has ended"
    await waiting


async def dismissed(installation: Installation) -> None:
    """Once all that is junk is dismissed, nothing is wrong."""
    assert b"dead letters" in installation.command("doctor").stdout
    answer = installation.command("dead-letters", "--dismiss", "all")
    assert answer.returncode == 0, answer.stderr
    assert installation.command("dead-letters").stdout == b""

    async def nothing_is_wrong() -> bool:
        return installation.command("doctor").returncode == 0

    await until(nothing_is_wrong, "nothing is wrong")


@pytest.mark.whole
async def test_a_record_too_large_for_one_message_more_is_named_and_stops_nobody(
    kafka: str, prefix: str, home: Path
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    settings = installation.settings
    async with AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap, compression_type="gzip", max_request_size=MAX
    ) as producer:
        await producer.send_and_wait(settings.topic(catalog.BULLETINS), b" " * GIANT_BYTES, b"x" * 1000)
    good = await installation.publish(*Generator(1).bulletins(1))
    with installation.worker():
        await installation.processed(good)
        for command, code in (("retry", 0), ("replay", 0), ("verify", 0)):
            assert installation.command(command).returncode == code, command
        [letter] = (await letters(installation)).values()
        assert (letter.offset, letter.message.value, letter.state) == (0, None, "open")
        assert told_by(letter.message.headers)[LEFT_OUT] == str(GIANT_BYTES + 1000)
        assert "split the bulletin" in letter.error_message


async def test_a_letter_is_dismissed_by_its_place_and_opens_again_when_it_is_retried(
    kafka: str, prefix: str, home: Path
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    sent = await write(installation, [("a number", Raw(b"17")), ("empty", Raw(b"")), *Generator(1).bulletins(1)])
    with installation.worker():
        await installation.processed([each for _, each in sent.good])
        assert installation.command("dead-letters", "--dismiss", "0:0").returncode == 0
        answer = installation.command("dead-letters", "--dismiss", "0:7", "--dismiss", "partials:0:0")
        assert answer.returncode == 1
        assert b"no open letter: 0:7, partials:0:0" in answer.stderr
        assert [each.state for each in (await letters(installation)).values()] == ["dismissed", "open"]
        assert installation.command("retry", "--offset", "0:0").returncode == 0
        assert [each.state for each in (await letters(installation)).values()] == ["open", "open"]
        assert (await installation.verified()).differences == ()


@pytest.mark.parametrize("name", WAYS)
def test_poison_costs_the_others_no_time(name: str) -> None:
    stage = ReadStage(0, 1, Metrics(), MemoryTables())
    good = [Raw(encode(each), each.bulletin_id.encode()) for each in Generator(1, disorder=False).bulletins(20)]
    poison = [WAYS[name](random.Random(number), number) for number in range(20)]
    assert seconds(stage, poison) < 10 * seconds(stage, good)


def seconds(stage: ReadStage, records: Sequence[Raw]) -> float:
    """Processor time that records take in the read stage."""
    began = time.process_time()
    for offset, raw in enumerate(records):
        stage.process(Incoming(catalog.BULLETINS, 0, offset, 0, raw.key, raw.value, raw.headers), Outputs())
    return time.process_time() - began
