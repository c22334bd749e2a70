"""Bulletins through a real Kafka: once, twice, corrected, withdrawn, read again; the topics equal the pure pipeline."""

from pathlib import Path

import orjson
import pytest

from schemas.codec import decode
from schemas.records import Item
from streams import catalog
from streams.intake.bulletins import FileOptions, from_file, now
from streams.kafka.cloudevents import header
from streams.kafka.log import open_log
from tests.installation import ROOT, Installation, bulletin, expected
from tests.texts import strike

EVENT_TOPICS = tuple(stream.topic for stream in catalog.EVENT_STREAMS)
SEED = ROOT / "seeds" / "uacrisis-fr-1077.txt"
FIRST = bulletin("essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 4, 21), published_on="2025-03-04")


@pytest.fixture
async def installation(kafka: str, prefix: str, home: Path) -> Installation:
    """An installation of this test's own."""
    return await Installation.make(kafka, prefix, home)


async def test_the_seed_published_twice_is_told_once(installation: Installation) -> None:
    seed = from_file(SEED.read_bytes(), SEED.name, FileOptions(), now())
    with installation.worker():
        await installation.processed(await installation.publish(seed))
        once, messages = await installation.views(), await installation.count(*EVENT_TOPICS, catalog.DAILY_FIGURES)
        await installation.processed(await installation.publish(seed, seed))
        assert await installation.views() == once == expected([seed])
        assert await installation.count(*EVENT_TOPICS, catalog.DAILY_FIGURES) == messages
    assert (await installation.verified()).exit_code == 0


async def test_messages_carry_keys_and_cloudevents_headers(installation: Installation) -> None:
    with installation.worker():
        await installation.processed(await installation.publish(FIRST))
    async with open_log(installation.settings) as log:
        for topic in ("strikes", catalog.DAILY_FIGURES, catalog.BULLETIN_ITEMS):
            messages = [message async for message in log.scan(topic, await log.whole(topic))]
            assert messages, topic
            for message in messages:
                value = orjson.loads(message.value or b"")
                key = (message.key or b"").decode()
                assert key == value.get(
                    "event_id", value.get("bulletin_id", f"{value.get('day')}/{value.get('stream')}")
                )
                assert header(message.headers, "ce_specversion") == "1.0"
                assert header(message.headers, "ce_correlationid") == "essai/1"
                assert header(message.headers, "ce_causationid").count("/") == 2
                assert header(message.headers, "content-type") == "application/json"
        [item] = [message async for message in log.scan("bulletin-items", await log.whole("bulletin-items"))]
        assert decode(item.value, Item).stream == "strike"


async def test_a_correction_replaces_and_a_withdrawal_takes_back(installation: Installation) -> None:
    corrected = bulletin("essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 6, 30), published_on="2025-03-04")
    elsewhere = bulletin(
        "essai/2", *strike("Nikopol", "Dnipropetrovsk", "lundi 3 mars", 1, 2), published_on="2025-03-04"
    )
    text = installation.home.parent / "corrected.txt"
    text.write_text(f"{corrected.title}\n{corrected.text}", encoding="utf-8")
    with installation.worker():
        await installation.processed(await installation.publish(FIRST, elsewhere))
        answer = installation.command("publish", "--correct", "--id", "essai/1", "--wait", str(text))
        assert answer.returncode == 0, answer.stderr
        assert orjson.loads(answer.stdout)["version"] == 2
        [killed] = [
            each for each in (await installation.days())["2025-03-03/strike"].figures if each.measure == "killed"
        ]
        assert (killed.value, killed.events) == (7, 2)
        assert installation.command("withdraw", "essai/1", "--wait").returncode == 0
        answer = installation.command("publish", "--correct", "--id", "essai/1", "--wait", str(text))
        assert answer.returncode == 0, answer.stderr
        assert (await installation.days())["2025-03-03/strike"].events == 2
        assert installation.command("withdraw", "essai/1", "--wait").returncode == 0
    day = (await installation.days())["2025-03-03/strike"]
    assert (day.events, [each.value for each in day.figures if each.measure == "killed"]) == (1, [1])
    withdrawn = [each for each in (await installation.events()).values() if each.status == "withdrawn"]
    assert [each.place.canonical for each in withdrawn if each.place] == ["Izioum"]
    assert (await installation.verified()).exit_code == 0


async def test_withdrawing_the_last_bulletin_of_a_day_leaves_an_empty_day(installation: Installation) -> None:
    with installation.worker():
        await installation.processed(await installation.publish(FIRST))
        assert installation.command("withdraw", "essai/1", "--wait").returncode == 0
    day = (await installation.days())["2025-03-03/strike"]
    assert (day.events, day.figures, day.event_ids, day.revision) == (0, (), (), 2)


async def test_replay_on_unchanged_code_changes_nothing(installation: Installation) -> None:
    with installation.worker():
        await installation.processed(await installation.publish(FIRST))
        before = await installation.count(*EVENT_TOPICS, catalog.DAILY_FIGURES, catalog.BULLETIN_ITEMS)
        assert installation.command("replay", "--from-offset", "0", "--dry-run").stdout == b""
        assert installation.command("replay", "--from-offset", "0").returncode == 0
        assert await installation.count(*EVENT_TOPICS, catalog.DAILY_FIGURES, catalog.BULLETIN_ITEMS) == before
    assert (await installation.verified()).exit_code == 0


async def test_replay_with_a_changed_lexicon_revises_only_what_differs(
    installation: Installation, tmp_path: Path
) -> None:
    words = tmp_path / "lexicons"
    words.mkdir()
    (words / "strike.toml").write_text('[victim]\nkilled = ["trucidés"]\n', encoding="utf-8")
    title, text = strike("Nikopol", "Dnipropetrovsk", "lundi 3 mars", 2, 9)
    unknown = bulletin(
        "essai/2", title.replace("morts", "trucidés"), text.replace("morts", "trucidés"), published_on="2025-03-04"
    )
    with installation.worker():
        await installation.processed(await installation.publish(FIRST, unknown))
    before = await installation.events()
    assert installation.command("verify", BULLETINS_LEXICONS=str(words)).returncode == 3
    changed = [
        orjson.loads(row)
        for row in installation.command("replay", "--dry-run", BULLETINS_LEXICONS=str(words)).stdout.splitlines()
    ]
    assert [each["bulletin_id"] for each in changed] == ["essai/2"]
    with installation.worker(BULLETINS_LEXICONS=str(words)):
        assert installation.command("replay", BULLETINS_LEXICONS=str(words)).returncode == 0
    after = await installation.events()
    revised = {key for key, event in after.items() if key not in before or event.revision != before[key].revision}
    assert {after[key].place.canonical for key in revised if after[key].place} == {"Nikopol"}
    assert installation.command("verify", BULLETINS_LEXICONS=str(words)).returncode == 0
