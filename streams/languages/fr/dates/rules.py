"""The rules that read one date each: a pattern over levelled text and what it resolves to against an anchor day."""

import re
from datetime import date

from streams.languages.fr.dates.days import (
    MONTHS,
    ONE_DAY,
    WEEKDAYS,
    civil_day,
    last_weekday,
    month_year,
    nearest_with_number,
    part_of_month,
    resolved,
    turned,
    year_of,
)
from streams.languages.fr.dates.relative import (
    AGO,
    BEFORE_TOLD,
    HOURS,
    PERIOD,
    RECENT,
    RELATIVE,
    WEEKDAY_ALONE,
    ago,
    before_told,
    hours,
    period,
    recent,
    relative,
    weekday,
)
from streams.languages.fr.dates.words import DAY, MONTH, NOTHING, WEEKDAY, YEAR, Rule, Span, day_of, one, year_written

PARTS = {"mi": "mi", "dé": "début", "de": "début", "fi": "fin", "pr": "première", "se": "seconde"}


def _full(match: re.Match[str], anchor: date | None) -> Span:
    weekday_told = WEEKDAYS.get(match["weekday1"] or "")
    day = resolved(year_written(match["year1"]), MONTHS[match["month1"]], day_of(match["day1"]), anchor, weekday_told)
    return one(turned(day, match["turn"], anchor) if day is not None else None)


def _numeric(match: re.Match[str], anchor: date | None) -> Span:
    if match["nyear"] is None:
        return one(resolved(None, int(match["smonth"]), int(match["sday"]), anchor))
    return one(civil_day(year_of(match["nyear"]) or 0, int(match["nmonth"]), int(match["nday"])))


def _iso(match: re.Match[str], anchor: date | None) -> Span:
    return one(civil_day(int(match["iyear"]), int(match["imonth"]), int(match["iday"])))


def _span(match: re.Match[str], anchor: date | None) -> Span:
    """Days from and to: "du 4 au 6 mars", "les 15 et 16 juin", "du 28 février au 3 mars", "du 24 février 2022 au …"."""
    year = year_written(match["year2"])
    last = resolved(year, MONTHS[match["month3"]], day_of(match["day3"]), anchor)
    if last is None:
        return NOTHING
    month = MONTHS[match["month2"]] if match["month2"] else last.month
    begun_in = year_written(match["yearof2"])
    first = resolved(last.year if begun_in is None else begun_in, month, day_of(match["day2"]), anchor)
    if first is not None and first > last and match["month2"]:
        first = resolved(last.year - 1, month, day_of(match["day2"]), anchor)
    return (first, last, "day") if first is not None and first <= last else (last, last, "day")


def _night(match: re.Match[str], anchor: date | None) -> Span:
    """The day a night ends: "nuit du 20 au 21 novembre", "de lundi à mardi", "nuit dernière"."""
    if match["nightdate"]:
        year = year_written(match["nightyear"])
        if match["nightmonth"]:
            return one(resolved(year, MONTHS[match["nightmonth"]], day_of(match["nightdate"]), anchor), "night")
        weekday = WEEKDAYS.get(match["nightday"] or "")
        return one(nearest_with_number(day_of(match["nightdate"]), weekday, anchor) if anchor else None, "night")
    if match["nightfrom"]:
        year = year_written(match["nightyearof"])
        begun_on = resolved(year, MONTHS[match["nightmonthof"]], day_of(match["nightfrom"]), anchor)
        return one(begun_on, "night")
    if anchor is None:
        return None, None, "night"
    if match["nightend"]:
        return one(last_weekday(WEEKDAYS[match["nightend"]], anchor), "night")
    if match["nightof"]:
        begun = last_weekday(WEEKDAYS[match["nightof"]], anchor)
        return one(min(begun + ONE_DAY, anchor), "night")
    return one(anchor, "night")


def _part(match: re.Match[str], anchor: date | None) -> Span:
    """A part of a month: "mi-février" 11 to 20, "début janvier" 1 to 10, "fin mars" 21 to the end."""
    month = MONTHS[match["month4"]]
    year = month_year(month, year_written(match["year4"]), anchor)
    if year is None:
        return None, None, "month-part"
    part = "seconde" if match["part"].startswith("deuxième") else PARTS[match["part"][:2]]
    return *part_of_month(part, year, month), "month-part"


def _month(match: re.Match[str], anchor: date | None) -> Span:
    month = MONTHS[match["month5"] or match["month6"]]
    year = month_year(month, year_written(match["year5"] or match["year6"]), anchor)
    if year is None:
        return None, None, "month"
    if anchor is not None:
        first = date(year, month, 1)
        told_past = match["monthshift"] == " dernier" and first >= anchor.replace(day=1)
        if told_past or (match["since"] and first > anchor):
            year -= 1
        elif match["monthshift"] == " prochain" and first <= anchor:
            year += 1
    return *part_of_month("", year, month), "month"


_NIGHT = (
    rf"(?:nuit (?:(?:du |de )(?:(?:ce )?{WEEKDAY} )?{DAY}(?: {MONTH}{YEAR}?)? (?:au|à) "
    rf"(?:(?P<nightday>{WEEKDAY}) )?(?P<nightdate>{DAY})(?: (?P<nightmonth>{MONTH})(?P<nightyear>{YEAR})?)?"
    rf"|(?:de |du )(?:ce )?{WEEKDAY}(?: soir)? (?:au |à )(?:ce )?(?P<nightend>{WEEKDAY})"
    rf"|(?:de |du )(?:ce )?(?:(?P<nightof>{WEEKDAY})(?! {DAY})"
    rf"|(?:{WEEKDAY} )?(?P<nightfrom>{DAY}) (?P<nightmonthof>{MONTH})(?P<nightyearof>{YEAR})?)"
    r"|dernière|écoulée|précédente|passée)"
    r"|cette nuit|(?:dans|durant|pendant|au cours de|tout au long de|toute) la nuit(?! (?:de|du) ))"
)
_FULL = (
    rf"(?:ce )?(?:(?P<weekday1>{WEEKDAY}),? )?(?:le )?(?P<day1>{DAY}) (?P<month1>{MONTH})(?P<year1>{YEAR})?"
    r"(?P<turn> (?:dernier|prochain)(?!\w))?"
)
_SPAN = (
    rf"(?:(?:du|les|entre le|de|ce|des) )?(?:{WEEKDAY} )?(?P<day2>{DAY})(?: (?P<month2>{MONTH})(?P<yearof2>{YEAR})?)?"
    rf"(?:, {DAY}){{0,6}}(?: au | et (?:le )?| à |-)(?:{WEEKDAY} )?"
    rf"(?P<day3>{DAY}) (?P<month3>{MONTH})(?P<year2>{YEAR})?"
)
_NUMERIC = (
    rf"(?:{WEEKDAY},? )?(?:(?<=(?:le|du|au) )(?P<sday>\d{{1,2}})[/.](?P<smonth>0[1-9]|1[0-2])(?![\w/.,%]|\d)"
    r"|(?:le |du |au )?(?P<nday>\d{1,2})(?P<sep>[/.-])(?P<nmonth>\d{2})(?P=sep)(?P<nyear>\d{4}|\d{2})(?!\d))"
)
_PART = (
    r"(?P<part>(?:mi|début|debut|fin)[ -]|(?:début|fin) (?:du mois )?(?:de |d')"
    r"|(?:première|seconde|deuxième) quinzaine (?:de |d'))"
    rf"(?P<month4>{MONTH})(?P<year4>{YEAR})?"
)
_MONTH = (
    rf"(?:(?:(?P<since>depuis |dès )|(?:en|courant|jusqu'en|avant|après|mois de|mois d'|entre) ?|(?<= de )|(?<= d'))"
    rf"(?P<month5>{MONTH})(?P<year5>{YEAR})?|(?P<month6>{MONTH})(?P<year6>{YEAR}))"
    r"(?P<monthshift> (?:dernier|prochain))?"
)
RULES: tuple[tuple[str, str, Rule], ...] = (
    ("night", _NIGHT, _night),
    ("hours", HOURS, hours),
    ("iso", r"(?P<iyear>\d{4})-(?P<imonth>\d{2})-(?P<iday>\d{2})(?!\d)", _iso),
    ("numeric", _NUMERIC, _numeric),
    ("span", _SPAN, _span),
    ("full", _FULL, _full),
    ("month_part", _PART, _part),
    ("recent", RECENT, recent),
    ("ago", AGO, ago),
    ("before_told", BEFORE_TOLD, before_told),
    ("period_of", PERIOD, period),
    ("whole_month", _MONTH, _month),
    ("relative_day", RELATIVE, relative),
    ("on_weekday", WEEKDAY_ALONE, weekday),
)
DATES = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in RULES))
BY_NAME = {name: rule for name, _, rule in RULES}


def rule_of(match: re.Match[str]) -> str:
    """The name of the rule that a match of `DATES` is of."""
    return next(name for name, _, _ in RULES if match[name] is not None)
