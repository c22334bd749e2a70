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
LAST = datetime.max.replace(tzinfo=UTC) - TOLERANCE


@dataclass(frozen=True, slots=True)
class TimeKey:
    """`key` sorts as text (UTC ISO 8601, empty where nothing tells the time); `reported_on` is its civil day."""

    key: str
    reported_on: date


def time_key(bulletin: Bulletin) -> TimeKey:
    """The time of `published_at`, else the start in Kyiv of the day told by `published_on`, day number or dateline.

    A dated title counts as a dateline. A time more than a day after `received_at` counts as absent; without any, the
    key is the lowest and the day that on which the bulletin came.
    """
    told = _told(bulletin)
    if told is not None:
        moment, day = told
        return TimeKey(moment.astimezone(UTC).isoformat(timespec="milliseconds"), day)
    return TimeKey("", datetime.fromisoformat(bulletin.received_at).astimezone(KYIV).date())


def told_on(bulletin: Bulletin) -> date | None:
    """The civil day that a bulletin speaks on, from which its relative dates count; None where nothing tells it."""
    told = _told(bulletin)
    return None if told is None else told[1]


def _told(bulletin: Bulletin) -> tuple[datetime, date] | None:
    latest = datetime.fromisoformat(bulletin.received_at) + TOLERANCE if bulletin.received_at else LAST
    days = _days(bulletin)
    if bulletin.published_at is not None:
        moment = datetime.fromisoformat(bulletin.published_at)
        if moment <= latest:
            day = bulletin.published_on
            return moment, day if day is not None and _start(day) <= latest else moment.date()
    return next(((_start(day), day) for day in days if _start(day) <= latest), None)


def _days(bulletin: Bulletin) -> Iterator[date]:
    pack = pack_of(bulletin.language)
    if bulletin.published_on is not None:
        yield bulletin.published_on
    if bulletin.day_number is not None:
        yield DAY_ONE + timedelta(days=bulletin.day_number - 1)
    if pack is not None:
        told = (pack.day_number(bulletin.title), pack.dated_title(bulletin.title), pack.dateline(bulletin.text))
        yield from (day for day in told if day is not None)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), KYIV)
