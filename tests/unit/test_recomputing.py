"""What `verify` computes again lies on a disk: a long log has no more rows in memory than a short one."""

import gc
import resource
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.codec import encode
from schemas.records import Bulletin, Event
from streams import catalog
from streams.errors import StateError
from streams.extraction.stage import BulletinRow, Origin
from streams.kafka import tables, verifying
from streams.kafka.cloudevents import headers
from streams.kafka.log import Log, Span
from streams.kafka.outputs import Incoming
from streams.kafka.settings import KafkaSettings
from streams.kafka.store import Store
from streams.kafka.verifying import Recomputed, Verdict, judge, on_disk, recompute
from streams.pipeline import Pipeline
from streams.reconciling.rows import EventRow, Telling
from tests.telling import DAY, claim, said, script, scripted, town

ROWS = (BulletinRow, Telling, EventRow, Event)
KONOTOP = town("Konotop", geoname_id=11)


def strikes(count: int) -> list[Bulletin]:
    """As many strikes, each on a day of its own, each told by one bulletin."""
    days = [DAY - timedelta(days=number) for number in range(count)]
    return [
        script(f"a/{number}", claim(said("killed", 4), occurred_on=day, place=KONOTOP), published_on=str(day))
        for number, day in enumerate(days)
    ]


def computed(bulletins: Sequence[Bulletin]) -> Pipeline:
    """The pure pipeline over a log of one partition."""
    pipeline = Pipeline()
    for offset, each in enumerate(bulletins):
        pipeline.feed(each, Origin(catalog.BULLETINS, 0, offset))
    return pipeline


class Topics(Log):
    """Topics as lists: a log of bulletins, and what workers made of it; counts the rows in memory while it is read."""

    def __init__(self, bulletins: Sequence[Bulletin], made: Pipeline) -> None:
        events = [(each.event_id, encode(each)) for each in made.all_events()]
        days = [(key, encode(figures)) for key, figures in made.days().items()]
        self.messages = {
            catalog.BULLETINS: [(each.bulletin_id, encode(each)) for each in bulletins],
            catalog.BY_NAME["strike"].topic: events,
            catalog.DAILY_FIGURES: days,
        }
        gc.collect()
        self._rows_of_others = rows_in_memory()
        self.most_rows = 0

    async def whole(self, topic: str) -> Span:
        """All of a topic."""
        return Span({0: 0}, {0: len(self.messages.get(topic, ()))})

    async def scan(self, topic: str, span: Span, *, follow: bool = False) -> AsyncIterator[Incoming]:
        """All of a topic."""
        for offset, (key, value) in enumerate(self.messages.get(topic, ())):
            if offset % 50 == 0:
                self.most_rows = max(self.most_rows, rows_in_memory() - self._rows_of_others)
            yield Incoming(topic, 0, offset, 0, key.encode(), value, tuple(headers("", key, key, None, 0)))


def rows_in_memory() -> int:
    """How many there are, those of earlier tests too."""
    return sum(isinstance(each, ROWS) for each in gc.get_objects())


@pytest.fixture(autouse=True)
def few_rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Bulletins whose text is what they say; few rows hot, few until they are written."""
    monkeypatch.setattr(tables, "HOT_ROWS", 20)
    monkeypatch.setattr(verifying, "RECORDS_A_WRITE", 20)
    with scripted():
        yield


@pytest.fixture
def settings(tmp_path: Path) -> KafkaSettings:
    """An installation that nobody talks to."""
    return KafkaSettings("nowhere", state_dir=tmp_path / "home")


async def verdict(settings: KafkaSettings, log: Topics) -> Verdict:
    """What `verify` says of topics."""
    with on_disk(settings) as made:
        return await judge(log, await recompute(log, made))


def left(settings: KafkaSettings) -> list[Path]:
    """The rows that lie on the disk."""
    return list(settings.state_dir.rglob("rows"))


async def most_rows(count: int, settings: KafkaSettings | None) -> int:
    """The most rows in memory over a log of `count` bulletins, all of whose events are found otherwise."""
    bulletins = strikes(count)
    log = Topics(bulletins, computed(strikes(1)))
    gc.collect()
    if settings is None:
        made = await recompute(log, Recomputed())
        found = await judge(log, made)
    else:
        found = await verdict(settings, log)
    assert (found.bulletins, len(found.differences)) == (count, 2 * count - 2)
    return log.most_rows


async def test_a_long_log_has_no_more_rows_in_memory_than_a_short_one(settings: KafkaSettings) -> None:
    short, long = await most_rows(100, settings), await most_rows(400, settings)
    assert long < 1.2 * short
    assert await most_rows(400, None) > 3 * long


async def test_a_difference_is_told_with_its_fields_and_nothing_is_left_behind(settings: KafkaSettings) -> None:
    bulletins = strikes(60)
    log = Topics(bulletins, computed(bulletins))
    assert (await verdict(settings, log)).differences == ()
    key, value = log.messages["strikes"][7]
    log.messages["strikes"][7] = (key, value.replace(b'"summary":"une frappe"', b'"summary":"rien"'))
    del log.messages["strikes"][20]
    found = (await verdict(settings, log)).differences
    assert {(each.what, each.verdict, each.fields, each.explained) for each in found} == {
        ("event", "different", ("summary",), False),
        ("event", "missing", (), False),
    }
    assert [each.key for each in found] == sorted(each.key for each in found)
    assert left(settings) == []


async def test_what_a_run_that_was_killed_has_left_is_no_part_of_the_next(settings: KafkaSettings) -> None:
    bulletins = strikes(60)
    with on_disk(settings) as made:
        await recompute(Topics(bulletins, computed([])), made)
        [rows] = left(settings)
        with on_disk(settings) as beside:
            assert list(beside.pipeline.all_events()) == []
        copy = rows.rename(rows.with_name("kept"))
    copy.rename(rows)
    assert (await verdict(settings, Topics([], Pipeline()))).events == 0
    assert left(settings) == []


async def test_a_full_disk_is_an_error_with_its_remedy(settings: KafkaSettings) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    bulletins = strikes(200)
    log = Topics(bulletins, computed(bulletins))
    remedy = r"free disk space.*BULLETINS_HOME.*bulletins verify$"
    try:
        with pytest.raises(StateError, match=remedy), on_disk(settings) as made:
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
            await recompute(log, made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert left(settings) == []


async def test_a_disk_that_gives_no_rows_makes_no_bulletin_unreadable(
    settings: KafkaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_store: Store, _key: bytes) -> bytes:
        raise StateError("broken") from OSError("input/output error")

    monkeypatch.setattr(Store, "get", broken)
    with pytest.raises(StateError, match=r"input/output error.*bulletins verify$"):
        await verdict(settings, Topics(strikes(1), Pipeline()))
