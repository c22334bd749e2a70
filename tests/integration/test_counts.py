"""What a bulletin costs, counted, not timed: the same on every machine. Each limit lies just above what is needed
today; where a change needs less, lower it, where it needs more, it has to be worth it.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from schemas.codec import decode
from schemas.records import DailyFigures
from streams import catalog
from streams.kafka.progress import wait_processed
from tests.benchmarks.bulletins import Newsrooms, wrong_days
from tests.benchmarks.counting import Counts, Line
from tests.benchmarks.measuring import fill, metric, ready, workers
from tests.installation import WITHIN_S, Installation

BULLETINS = 100
SEED = 1

MESSAGES = {catalog.READ: 1.0, catalog.RECONCILE: 1.7, catalog.TALLY: 0.55}
KILOBYTES = {
    catalog.BULLETIN_ITEMS: 1.7,
    catalog.REPORTS: 4.3,
    catalog.READ_STATE: 0.4,
    "strikes": 10.4,
    "military-personnel": 0.5,
    "diplomacy": 1.0,
    catalog.RECONCILE_STATE: 11.0,
    catalog.PARTIALS: 0.5,
    catalog.DAILY_FIGURES: 0.2,
    catalog.TALLY_STATE: 0.4,
}
# Calls of Python functions by part of the program, and of what encodes and decodes.
CALLS = {"codecs": 32.5, "shell": 198, "reading": 6600, "reconciling": 900}
TRANSACTIONS = {catalog.READ: 0.3, catalog.RECONCILE: 0.4, catalog.TALLY: 0.4}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Newsrooms, Counts]:
    """The stages over the generator's bulletins, without Kafka."""
    news = Newsrooms(SEED)
    return news, Line(tmp_path_factory.mktemp("counts")).run(list(news.bulletins(BULLETINS)))


def test_the_days_are_what_the_generator_says(counted: tuple[Newsrooms, Counts]) -> None:
    news, counts = counted
    days = {key: decode(value, DailyFigures) for key, value in counts.figures.items()}
    assert wrong_days(news.truth(), days) == []


def test_no_stage_takes_more_messages_a_bulletin(counted: tuple[Newsrooms, Counts]) -> None:
    _within(counted[1].processed, MESSAGES, 1)


def test_no_topic_takes_more_bytes_a_bulletin(counted: tuple[Newsrooms, Counts]) -> None:
    _within(counted[1].bytes, KILOBYTES, 1000)


def test_nothing_is_encoded_decoded_or_called_more_often_a_bulletin(counted: tuple[Newsrooms, Counts]) -> None:
    _within({name: counted[1].calls[name] for name in CALLS}, CALLS, 1)


async def test_a_full_log_is_worked_off_in_few_transactions(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home)
    news = Newsrooms(SEED)
    ends = await fill(installation, news.bulletins(BULLETINS))
    with workers(installation) as [worker]:
        await ready(worker)
        await wait_processed(installation.settings, {catalog.BULLETINS: ends}, WITHIN_S)
        made = {stage: metric(worker, "stage_duration_seconds_count", f'stage="{stage}"') for stage in catalog.STAGES}
    _within(made, TRANSACTIONS, 1)
    assert wrong_days(news.truth(), await installation.days()) == []


def _within(found: Mapping[str, float], limits: Mapping[str, float], unit: float) -> None:
    """Fails where something is above its limit a bulletin, or has none."""
    each = {name: round(value / BULLETINS / unit, 2) for name, value in found.items()}
    assert each.keys() <= limits.keys(), f"no limit for: {each.keys() - limits.keys()}"
    assert not {name: (value, limits[name]) for name, value in each.items() if value > limits[name]}, each
