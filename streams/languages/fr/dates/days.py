"""Arithmetic of days as French counts them: years left out, weekdays, weeks, parts of months."""

import calendar
from datetime import date, timedelta

FIRST_DAY_OF_WAR = date(2022, 2, 24)
ONE_DAY = timedelta(days=1)
NEXT_YEAR = 3
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv. janv",
            "février fevrier févr. févr fév. fév fev. fev",
            "mars",
            "avril avr. avr",
            "mai",
            "juin",
            "juillet juil. juil juill. juill",
            "août aout",
            "septembre sept. septembr",
            "octobre oct. oct",
            "novembre nov. nov",
            "décembre decembre déc. déc dec. dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6}


def day_of_war(number: int) -> date:
    """The date of a day number; day 1 is 2022-02-24. ValueError below 1."""
    if number < 1:
        raise ValueError(f"there is no day {number} of the war: day numbers begin with 1")
    return FIRST_DAY_OF_WAR + timedelta(days=number - 1)


def civil_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day (31 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_of(written: str | None) -> int | None:
    """The year that "2025" or "25" writes, a year of this war's century; None where it is left out."""
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def nearest(month: int, day: int, anchor: date | None, weekday: int | None = None) -> date | None:
    """The day of a date without its year that lies nearest to `anchor`; None without an anchor or such a day.

    A day of the next year counts as three times as far, as news looks back and keeps to its own year; one on the
    weekday that is told as a third.
    """
    if anchor is None:
        return None
    years = (anchor.year, anchor.year - 1, anchor.year + 1)
    found = [known for year in years if (known := civil_day(year, month, day)) is not None]
    return min(found, key=lambda each: _farness(each, anchor, weekday), default=None)


def _farness(day: date, anchor: date, weekday: int | None) -> float:
    farness: float = abs((day - anchor).days)
    if day.year > anchor.year:
        farness *= NEXT_YEAR
    return farness / NEXT_YEAR if day.weekday() == weekday else farness


def resolved(year: int | None, month: int, day: int, anchor: date | None, weekday: int | None = None) -> date | None:
    """The date as written, its year by the anchor where it is left out."""
    return nearest(month, day, anchor, weekday) if year is None else civil_day(year, month, day)


def turned(day: date, shift: str | None, anchor: date | None) -> date:
    """A date without its year that "dernier" or "prochain" puts on the other side of `anchor`."""
    if shift is None or anchor is None:
        return day
    if shift.strip().startswith("dernier") and day > anchor:
        return civil_day(day.year - 1, day.month, day.day) or day
    if shift.strip().startswith("prochain") and day < anchor:
        return civil_day(day.year + 1, day.month, day.day) or day
    return day


def years_from(anchor: date, count: int) -> date:
    """The same day of another year, 28 February for the 29th."""
    return civil_day(anchor.year + count, anchor.month, anchor.day) or date(anchor.year + count, 2, 28)


def last_weekday(weekday: int, anchor: date) -> date:
    """The most recent such weekday not after `anchor`, which may be the anchor itself."""
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def next_weekday(weekday: int, anchor: date) -> date:
    """The first such weekday after `anchor`."""
    return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)


def nearest_with_number(day: int, weekday: int | None, anchor: date) -> date | None:
    """The day of a date without month and year ("mercredi 22"): nearest to `anchor`, its weekday deciding if it can."""
    found = []
    for shift in (-1, 0, 1):
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + shift, 12)
        known = civil_day(year, month + 1, day)
        if known is not None:
            found.append((weekday is not None and known.weekday() != weekday, abs((known - anchor).days), known))
    return min(found)[2] if found else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def part_of_month(part: str, year: int, month: int) -> tuple[date, date]:
    """The days of a part of a month: "début" 1 to 10, "mi" 11 to 20, "fin" 21 to its end, "" all of it."""
    bounds = {"début": (1, 10), "mi": (11, 20), "première": (1, 15)}
    first = date(year, month, {"fin": 21, "seconde": 16}.get(part, bounds.get(part, (1, 0))[0]))
    last = date(year, month, bounds[part][1]) if part in bounds else month_end(year, month)
    return first, last


def month_year(month: int, year: int | None, anchor: date | None) -> int | None:
    """The year of a month written without it: that which puts its middle nearest to the anchor."""
    if year is not None:
        return year
    middle = nearest(month, 15, anchor)
    return middle.year if middle is not None else None


def week_of(anchor: date, shift: int = 0) -> tuple[date, date]:
    """Monday and Sunday of the anchor's week, `shift` weeks on."""
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=shift)
    return monday, monday + timedelta(days=6)


def month_of(anchor: date, shift: int = 0) -> tuple[date, date]:
    """First and last day of the anchor's month, `shift` months on."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + shift, 12)
    return date(year, month + 1, 1), month_end(year, month + 1)
