"""The consumer of `deploy/examples` ends with what `bulletins days` shows, whatever is repeated, late or merged."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import orjson
import pytest
from aiokafka import AIOKafkaProducer

from schemas.records import DailyFigures
from streams import catalog
from streams.intake.bulletins import FileOptions, from_file, now
from streams.kafka.publishing import withdrawal
from tests.installation import ROOT, WITHIN_S, Installation, bulletin
from tests.texts import strike

CONSUMER = ROOT / "deploy" / "examples" / "consumer.py"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))

Counts = dict[tuple[str, str, str], int]


@pytest.fixture
async def installation(kafka: str, prefix: str, home: Path) -> Installation:
    """An installation of this test's own."""
    return await Installation.make(kafka, prefix, home)


def consumed(installation: Installation) -> Counts:
    """What the example counts on each day of each stream."""
    settings = installation.settings
    topics = ",".join(settings.topic(stream.topic) for stream in catalog.EVENT_STREAMS)
    done = subprocess.run(
        [sys.executable, str(CONSUMER), settings.bootstrap, topics], capture_output=True, timeout=WITHIN_S, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    found: Counts = {}
    for line in done.stdout.splitlines():
        row = orjson.loads(line)
        day, stream = row.pop("day"), row.pop("stream")
        found |= {(day, stream, told): count for told, count in row.items()}
    return found


def shown(installation: Installation) -> Counts:
    """What `bulletins days` counts on each day of each stream."""
    done = installation.command("days", "--output", "ndjson")
    assert done.returncode == 0, done.stderr.decode()
    days = [msgspec.json.decode(line, type=DailyFigures) for line in done.stdout.splitlines()]
    events = {(str(day.day), day.stream, "events"): day.events for day in days}
    expected = {(str(day.day), day.stream, "expected"): day.expected.events for day in days}
    return {key: count for key, count in {**events, **expected}.items() if count}


def of_the_day(counts: Counts) -> Counts:
    """The counts that daily figures have too."""
    return {key: count for key, count in counts.items() if key[2] in ("events", "expected")}


async def test_it_ends_with_what_days_shows(installation: Installation) -> None:
    seeds = [from_file(path.read_bytes(), path.name, FileOptions(), now()) for path in SEEDS]
    first = bulletin("essai/1", *strike("Izioum", "Kharkiv", "lundi 3 mars", 4, 21), published_on="2025-03-04")
    moved = bulletin(
        "essai/1", *strike("Koupiansk", "Kharkiv", "dimanche 2 mars", 4, 23), published_on="2025-03-04", version=2
    )
    gone = bulletin("essai/2", *strike("Soumy", "Soumy", "mardi 4 mars", 2, 9), published_on="2025-03-05")
    again = bulletin("essai/3", *strike("Kramatorsk", "Donetsk", "mardi 4 mars", 1, 6), published_on="2025-03-05")
    with installation.worker():
        await installation.processed(await installation.publish(*seeds, first, gone, again, again))
        await installation.processed(
            await installation.publish(moved, await withdrawal(installation.settings, "essai/2"))
        )
    counts = consumed(installation)
    assert of_the_day(counts) == shown(installation)
    assert {key[1] for key in of_the_day(counts)} == {stream.name for stream in catalog.EVENT_STREAMS}
    assert counts["2025-03-03", "strike", "withdrawn"] == 1
    assert counts["2025-03-04", "strike", "withdrawn"] == 1
    assert counts["2025-03-02", "strike", "events"] == counts["2025-03-04", "strike", "events"] == 1


def told(
    event_id: str, revision: int, status: str, merged_into: str | None = None, scope: str = "event"
) -> dict[str, Any]:
    """As much of an event as the example reads."""
    fields = {"event_id": event_id, "revision": revision, "status": status, "merged_into": merged_into}
    return fields | {"day": "2025-05-01", "stream": "strike", "figures": [{"scope": scope}]}


async def send(installation: Installation, events: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Put events into `strikes` under their `ce_id`, in order."""
    topic = installation.settings.topic("strikes")
    async with AIOKafkaProducer(bootstrap_servers=installation.settings.bootstrap) as producer:
        for ce_id, event in events:
            await producer.send_and_wait(
                topic, orjson.dumps(event), event["event_id"].encode(), headers=[("ce_id", ce_id.encode())]
            )


async def test_the_highest_revision_wins_and_repeats_are_dropped(installation: Installation) -> None:
    await send(
        installation,
        [
            ("late:2", told("late", 2, "withdrawn")),
            ("late:1", told("late", 1, "occurred")),
            ("once:1", told("once", 1, "announced")),
            ("once:2", told("once", 2, "occurred")),
            ("once:1", told("once", 3, "cancelled")),
            ("merged:1", told("merged", 1, "occurred")),
            ("merged:2", told("merged", 2, "withdrawn", merged_into="once")),
            ("sum:1", told("sum", 1, "occurred", scope="total")),
            ("put off:1", told("put off", 1, "postponed")),
            ("back:1", told("back", 1, "withdrawn")),
            ("back:2", told("back", 2, "ongoing")),
            ("called off:1", told("called off", 1, "cancelled")),
        ],
    )
    found = Counter({name: count for (_, _, name), count in consumed(installation).items()})
    assert found == {"events": 2, "expected": 1, "withdrawn": 1, "merged": 1, "cancelled": 1, "totals": 1}


async def test_empty_topics_end_at_once(installation: Installation) -> None:
    assert consumed(installation) == {}


def test_it_is_short_enough_to_be_read() -> None:
    assert len(CONSUMER.read_text(encoding="utf-8").splitlines()) < 40
