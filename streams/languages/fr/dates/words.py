"""The words that dates are made of, as patterns over levelled text, and the span of days that a date stands for."""

import re
from collections.abc import Callable
from datetime import date

from schemas.enumerations import DatePrecision
from streams.languages.fr.dates.days import MONTHS, WEEKDAYS, year_of

Span = tuple[date | None, date | None, DatePrecision]
Rule = Callable[[re.Match[str], date | None], Span]

MONTH = "(?:" + "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True)) + r")(?!\w)"
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})(?!\\w)"
DAY = r"(?:\d{1,2}(?:er|ᵉʳ)?(?!\w)(?! \d{3}(?!\d))(?![.,]\d)|premier(?!\w))"
YEAR = r"(?: (?:19|20)\d{2}(?!\d))"
PART_OF_DAY = (
    r"(?: (?:matin|soir|midi|après-midi|en (?:matinée|soirée)"
    r"|en (?:début|fin|milieu) (?:de |d')(?:matinée|après-midi|soirée|journée)))?"
)
COUNT = (
    r"(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quelques|plusieurs)"
)
COUNTS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30,
}  # fmt: skip

NOTHING: Span = (None, None, "unknown")


def day_of(written: str) -> int:
    """The number of a day of the month: "premier", "1er", "12"."""
    return 1 if written == "premier" else int(written.removesuffix("er").removesuffix("ᵉʳ"))


def year_written(written: str | None) -> int | None:
    """The year as a number, None where it is left out."""
    return year_of(written.strip()) if written else None


def one(day: date | None, precision: DatePrecision = "day") -> Span:
    """A span of one day."""
    return day, day, precision
