"""Bad input: refused at `publish` with its remedy, a dead letter with its bytes intact from anyone else; the stream
goes on and nothing is lost."""

from pathlib import Path

import orjson
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError

from streams import catalog
from streams.kafka.log import open_log
from streams.kafka.views import DeadLetter, all_dead_letters
from tests.installation import ROOT, Installation, bulletin
from tests.texts import strike

MIB = 1024 * 1024
GOOD = bulletin("essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 4, 21), published_on="2025-03-04")
FOREIGN: dict[str, bytes | None] = {
    "no value": None,
    "empty": b"",
    "binary": bytes(range(256)),
    "Windows-1252": '{"title":"Frappe à Izioum"}'.encode("cp1252"),
    "broken JSON": b'{"title": "coup',
    "a JSON list": b"[1, 2]",
    "no title, no text": b'{"bulletin_id": "x/1"}',
    "an impossible date": b'{"title": "Frappe", "published_on": "2025-02-30"}',
    "a time without offset": b'{"title": "Frappe", "published_at": "2025-02-03T10:00:00"}',
    "over 1 MiB": orjson.dumps({"title": "Frappe", "text": "mot " * (MIB // 3)}),
    "deep nesting": b'{"title":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "a NUL character": b'{"title": "Frappe \\u0000"}',
    "a number for a title": b'{"title": 12}',
}
REFUSED = {
    "empty": (b"", "publish a file whose first line is the title"),
    "binary": (bytes(range(256)), "binary"),
    "Windows-1252": ("Frappe à Izioum\n".encode("cp1252"), "iconv"),
    "20 MB": (b"mot " * (5 * MIB), "split it"),
    "HTML": (b"<!DOCTYPE html><html></html>", "publish the page's text"),
}


@pytest.fixture
async def installation(kafka: str, prefix: str, home: Path) -> Installation:
    """An installation of this test's own."""
    return await Installation.make(kafka, prefix, home)


async def put(installation: Installation, *values: bytes | None) -> list[tuple[int, int]]:
    """Write values into `bulletins` as another client would; returns partition and offset of each."""
    async with AIOKafkaProducer(
        bootstrap_servers=installation.settings.bootstrap, max_request_size=32 * MIB
    ) as producer:
        topic = installation.settings.topic(catalog.BULLETINS)
        sent = [await producer.send_and_wait(topic, value, key=b"x", headers=[("h", b"1")]) for value in values]
    return [(each.partition, each.offset) for each in sent]


async def letters(installation: Installation) -> list[DeadLetter]:
    """Every dead letter."""
    async with open_log(installation.settings) as log:
        return await all_dead_letters(log)


async def test_what_others_write_and_nobody_can_read_becomes_a_dead_letter_whole(installation: Installation) -> None:
    places = await put(installation, *FOREIGN.values())
    published = await installation.publish(GOOD)
    with installation.worker():
        await installation.processed(published)
        await installation.processed(
            [published[0].__class__("", 1, "", partition, offset) for partition, offset in places]
        )
    found = {(letter.partition, letter.offset): letter for letter in await letters(installation)}
    for (name, value), place in zip(FOREIGN.items(), places, strict=True):
        letter = found.pop(place)
        assert (letter.message.value, letter.message.key) == (value, b"x"), name
        assert ("h", b"1") in letter.message.headers, name
        assert (letter.stage, letter.topic, letter.error_class) == ("read", "bulletins", "RefusedInput"), name
        assert letter.error_message and letter.at, name
    assert found == {}
    assert len((await installation.days())["2025-03-03/strike"].event_ids) == 1
    assert (await installation.verified()).exit_code == 0


@pytest.mark.parametrize("name", REFUSED)
async def test_publish_refuses_and_names_the_remedy(installation: Installation, name: str, tmp_path: Path) -> None:
    data, remedy = REFUSED[name]
    file = tmp_path / "essai-1.txt"
    file.write_bytes(data)
    answer = installation.command("publish", str(file))
    assert (answer.returncode, answer.stdout) == (2, b"")
    assert remedy in answer.stderr.decode()
    assert await installation.count(catalog.BULLETINS) == 0


@pytest.mark.parametrize("line", [b'{"title": "coup', b'{"title": "Frappe", "published_on": "2025-02-30"}'])
async def test_publish_refuses_a_bad_line_by_its_number(installation: Installation, line: bytes) -> None:
    answer = installation.command("publish", "--ndjson", "-", stdin=b'{"title": "Frappe"}\n' + line + b"\n")
    assert answer.returncode == 2
    assert b"line 2" in answer.stderr
    assert await installation.count(catalog.BULLETINS) == 0


async def test_twenty_megabytes_from_another_client_are_refused_by_the_broker(installation: Installation) -> None:
    with pytest.raises(MessageSizeTooLargeError):
        await put(installation, b"x" * (20 * MIB))


async def test_an_unknown_language_and_a_bulletin_without_items_are_other_with_their_reason(
    installation: Installation,
) -> None:
    with installation.worker():
        await installation.processed(
            await installation.publish(
                bulletin("essai/3", "Ракета влучила в Ізюм", language="uk"), bulletin("essai/4", "Concert à Kyiv")
            )
        )
    async with open_log(installation.settings) as log:
        items = [
            orjson.loads(each.value or b"") async for each in log.scan("other-items", await log.whole("other-items"))
        ]
    reasons = {item["bulletin_id"]: item["reason"] for item in items}
    assert "uk" in reasons["essai/3"]
    assert reasons["essai/4"]


async def test_contradictory_figures_are_kept_with_their_bounds(installation: Installation) -> None:
    title, _ = strike("Izioum", "Kharkiv", "lundi 3 mars", 4, 21)
    _, text = strike("Izioum", "Kharkiv", "lundi 3 mars", 9, 3)
    with installation.worker():
        await installation.processed(
            await installation.publish(bulletin("essai/5", title, text, published_on="2025-03-04"))
        )
    [event] = [each for each in (await installation.events()).values() if each.stream == "strike"]
    bounds = {figure.measure: (figure.value, figure.low, figure.high) for figure in event.figures}
    assert (bounds["killed"], bounds["injured"]) == ((4, 4, 9), (21, 3, 21))


async def test_a_correction_that_cannot_be_read_leaves_the_former_text_standing(installation: Installation) -> None:
    with installation.worker():
        await installation.processed(await installation.publish(GOOD))
        before = await installation.views()
        [place] = await put(installation, b'{"bulletin_id": "essai/1", "version": 2, "title": 7}')
        sent = await installation.publish(GOOD)
        await installation.processed([*sent, sent[0].__class__("", 1, "", *place)])
        assert await installation.views() == before


async def test_retry_of_what_still_cannot_be_read_is_a_dead_letter_again(installation: Installation) -> None:
    [place] = await put(installation, b"\xff\xfe")
    with installation.worker():
        await installation.processed([(await installation.publish(GOOD))[0].__class__("", 1, "", *place)])
        answer = installation.command("retry")
        assert answer.returncode == 0, answer.stderr
    [letter] = await letters(installation)
    assert (letter.partition, letter.offset) == place
    rows = installation.command("dead-letters").stdout.splitlines()
    assert [orjson.loads(row)["offset"] for row in rows] == [place[1]]


async def test_after_the_cause_is_mended_retry_brings_what_was_missing(
    installation: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "essai-1.txt"
    file.write_text(f"{GOOD.title}\n{GOOD.text}", encoding="utf-8")
    with installation.worker(program=(str(ROOT / "tests" / "faults" / "failing_reader.py"),)):
        answer = installation.command("publish", "--published-on", "2025-03-04", "--wait", str(file))
        assert answer.returncode == 4, answer.stderr
        assert b"went to dead letters" in answer.stderr
    [letter] = await letters(installation)
    assert (letter.error_class, letter.stage) == ("ZeroDivisionError", "read")
    assert await installation.days() == {}
    with installation.worker():
        assert installation.command("retry").returncode == 0
    assert len((await installation.days())["2025-03-03/strike"].event_ids) == 1
    assert (await installation.verified()).exit_code == 0


async def test_a_lexicon_that_cannot_be_read_stops_the_worker_before_it_begins(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "strike.toml").write_text("[victim\n", encoding="utf-8")
    answer = installation.command("worker", BULLETINS_LEXICONS=str(tmp_path))
    assert answer.returncode == 2
    assert b"a line of words is written as" in answer.stderr
