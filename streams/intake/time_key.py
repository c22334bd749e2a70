"""When a bulletin speaks: the one order between bulletins, whatever the order of their arrival."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.records import Bulletin
from streams.intake.bulletins import DAY_ONE
from streams.languages import pack_of

KYIV = ZoneInfo("Europe/Kyiv")
TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeKey:
    """`key` sorts as text (UTC ISO 8601, empty where nothing tells the time); `reported_on` is its civil day."""

    key: str
    reported_on: date


def time_key(bulletin: Bulletin) -> TimeKey:
    """The time of `published_at`, else the start in Kyiv of the day told by `published_on`, day number or dateline.

    A time more than a day after `received_at` counts as absent; without any, the key is the lowest and the day that
    on which the bulletin came.
    """
    received = datetime.fromisoformat(bulletin.received_at)
    latest = received + TOLERANCE
    if bulletin.published_at is not None:
        moment = datetime.fromisoformat(bulletin.published_at)
        if moment <= latest:
            day = bulletin.published_on
            return TimeKey(_text(moment), day if day is not None and _start(day) <= latest else moment.date())
    for day in _days(bulletin):
        if _start(day) <= latest:
            return TimeKey(_text(_start(day)), day)
    return TimeKey("", received.astimezone(KYIV).date())


def _days(bulletin: Bulletin) -> Iterator[date]:
    if bulletin.published_on is not None:
        yield bulletin.published_on
    if bulletin.day_number is not None:
        yield DAY_ONE + timedelta(days=bulletin.day_number - 1)
    pack = pack_of(bulletin.language)
    dateline = None if pack is None else pack.dateline(bulletin.text)
    if dateline is not None:
        yield dateline


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), KYIV)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
