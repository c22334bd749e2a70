"""`tail`, `days`, `event`, `lag`, `topics` and `doctor` on a real Kafka: what people and programs get from them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.installation import Installation, bulletin
from tests.texts import strike

TOWNS = (("Izioum", "Kharkiv"), ("Nikopol", "Dnipropetrovsk"), ("Beryslav", "Kherson"), ("Konotop", "Soumy"))
DAYS = ("lundi 3 mars", "mardi 4 mars", "mercredi 5 mars", "jeudi 6 mars")
LOG = [
    bulletin(
        f"essai/{number}", *strike(*TOWNS[number], DAYS[number], 1 + number, 10), published_on=f"2025-03-0{4 + number}"
    )
    for number in range(4)
]


@pytest.fixture
async def installation(kafka: str, prefix: str, home: Path) -> Installation:
    """An installation that has processed four strikes of four days."""
    made = await Installation.make(kafka, prefix, home)
    with made.worker():
        await made.processed(await made.publish(*LOG))
    return made


def rows(installation: Installation, *arguments: str) -> list[dict[str, Any]]:
    """The rows of a command that succeeds."""
    answer = installation.command(*arguments)
    assert answer.returncode == 0, answer.stderr
    return [orjson.loads(row) for row in answer.stdout.splitlines()]


async def test_tail_from_offsets_times_and_days(installation: Installation) -> None:
    everything = rows(installation, "tail", "bulletins", "--from-beginning")
    assert sorted(row["key"] for row in everything) == [each.bulletin_id for each in LOG]
    assert everything[0].keys() == {"topic", "partition", "offset", "timestamp", "key", "headers", "value"}
    assert rows(installation, "tail", "bulletins") == []
    assert len(rows(installation, "tail", "bulletins", "--from-offset", "0", "--max", "2")) == 2
    one = everything[0]["partition"]
    from_one = rows(installation, "tail", "bulletins", "--from-offset", f"{one}:0")
    assert [row["key"] for row in from_one] == [row["key"] for row in everything if row["partition"] == one]
    late = datetime.now(UTC).isoformat()
    assert rows(installation, "tail", "bulletins", "--from-time", late) == []
    assert len(rows(installation, "tail", "bulletins", "--from-time", "2025-01-01T00:00:00+02:00")) == 4
    published = rows(installation, "tail", "bulletins", "--from-day", "2025-03-06")
    assert sorted(row["key"] for row in published) == ["essai/2", "essai/3"]
    days = rows(installation, "tail", "strikes", "--from-day", "2025-03-05")
    assert sorted(row["value"]["day"] for row in days) == ["2025-03-05", "2025-03-06"]


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("tail", "nowhere"), "there are: bulletins,"),
        (("tail", "bulletins", "--from-offset", "x"), "P:N for one"),
        (("tail", "bulletins", "--from-offset", "99:0"), "there are 0 to"),
        (("tail", "bulletins", "--from-day", "hier"), "write it as 2025-02-04"),
        (("tail", "bulletins", "--from-time", "hier"), "write it as 2025-02-04T10:00:00+02:00"),
        (("days", "hier"), "write it as 2025-02-04"),
        (("publish",), "nothing to publish"),
        (("publish", "nowhere.txt"), "name a text file that exists"),
        (("withdraw", "essai/99"), "no bulletin essai/99 was published"),
        (("worker", "--http", "nowhere"), "no HOST:PORT"),
    ],
)
async def test_words_that_are_off_get_an_error_that_says_what_to_do(
    kafka: str, prefix: str, home: Path, arguments: tuple[str, ...], remedy: str
) -> None:
    installation = await Installation.make(kafka, prefix, home)
    answer = installation.command(*arguments)
    assert answer.returncode == 2
    assert remedy in answer.stderr.decode()


async def test_days_and_event_show_what_the_topics_hold(installation: Installation) -> None:
    [day] = rows(installation, "days", "2025-03-04")
    assert (day["stream"], day["events"], day["places"]) == ("strike", 1, {"Nikopol": 1})
    assert installation.command("days", "2020-01-01").returncode == 1
    [event_id] = day["event_ids"]
    [event] = rows(installation, "event", event_id[:8])
    assert event["event_id"] == event_id
    assert {statement["quote"] for statement in event["statements"]} >= {"2 morts"}
    assert [each["revision"] for each in event["revisions"]] == [1]
    shown = installation.command("event", event_id, "--output", "table").stdout.decode()
    assert "“2 morts”" in shown
    assert installation.command("event", "0123456789").returncode == 1


async def test_lag_topics_and_doctor_find_nothing_wrong(installation: Installation) -> None:
    assert sum(row["lag_records"] for row in rows(installation, "lag")) == 0
    assert {row["partitions"] for row in rows(installation, "topics")} == {1, 3}
    answer = installation.command("doctor")
    assert (answer.returncode, answer.stdout) == (0, b"nothing is wrong\n")


async def test_doctor_tells_of_lag_without_a_worker(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home)
    await installation.publish(LOG[0])
    answer = installation.command("doctor")
    assert answer.returncode == 1
    assert b"1 records behind" in answer.stdout
