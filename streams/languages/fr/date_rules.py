"""The rules that read one date each: a pattern over levelled text and what it resolves to against an anchor day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from schemas.enumerations import DatePrecision
from streams.languages.fr.days import (
    MONTHS,
    ONE_DAY,
    WEEKDAYS,
    civil_day,
    last_weekday,
    month_of,
    month_year,
    nearest_with_number,
    next_weekday,
    part_of_month,
    resolved,
    week_of,
    year_of,
)

Span = tuple[date | None, date | None, DatePrecision]
Rule = Callable[[re.Match[str], date | None], Span]

MONTH = "(?:" + "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True)) + r")(?!\w)"
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})(?!\\w)"
DAY = r"(?:\d{1,2}(?:er)?(?!\w)(?! \d{3}(?!\d))|premier(?!\w))"
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
PARTS = {"mi": "mi", "dé": "début", "de": "début", "fi": "fin", "pr": "première", "se": "seconde"}

NOTHING: Span = (None, None, "unknown")


def _number(written: str) -> int:
    return 1 if written == "premier" else int(written.removesuffix("er"))


def _year(written: str | None) -> int | None:
    return year_of(written.strip()) if written else None


def _one(day: date | None, precision: DatePrecision = "day") -> Span:
    return day, day, precision


def _full(match: re.Match[str], anchor: date | None) -> Span:
    return _one(resolved(_year(match["year1"]), MONTHS[match["month1"]], _number(match["day1"]), anchor))


def _numeric(match: re.Match[str], anchor: date | None) -> Span:
    return _one(civil_day(year_of(match["nyear"]) or 0, int(match["nmonth"]), int(match["nday"])))


def _iso(match: re.Match[str], anchor: date | None) -> Span:
    return _one(civil_day(int(match["iyear"]), int(match["imonth"]), int(match["iday"])))


def _span(match: re.Match[str], anchor: date | None) -> Span:
    """Days from and to: "du 4 au 6 mars", "les 15 et 16 juin", "du 28 février au 3 mars"."""
    year = _year(match["year2"])
    last = resolved(year, MONTHS[match["month3"]], _number(match["day3"]), anchor)
    if last is None:
        return NOTHING
    month = MONTHS[match["month2"]] if match["month2"] else last.month
    first = resolved(last.year, month, _number(match["day2"]), anchor)
    if first is not None and first > last and match["month2"]:
        first = resolved(last.year - 1, month, _number(match["day2"]), anchor)
    return (first, last, "day") if first is not None and first <= last else (last, last, "day")


def _night(match: re.Match[str], anchor: date | None) -> Span:
    """The day a night ends: "nuit du 20 au 21 novembre", "de lundi à mardi", "nuit dernière"."""
    if match["nightdate"]:
        year = _year(match["nightyear"])
        if match["nightmonth"]:
            return _one(resolved(year, MONTHS[match["nightmonth"]], _number(match["nightdate"]), anchor), "night")
        weekday = WEEKDAYS.get(match["nightday"] or "")
        return _one(nearest_with_number(_number(match["nightdate"]), weekday, anchor) if anchor else None, "night")
    if match["nightfrom"]:
        year = _year(match["nightyearof"])
        begun_on = resolved(year, MONTHS[match["nightmonthof"]], _number(match["nightfrom"]), anchor)
        return _one(begun_on, "night")
    if anchor is None:
        return None, None, "night"
    if match["nightend"]:
        return _one(last_weekday(WEEKDAYS[match["nightend"]], anchor), "night")
    if match["nightof"]:
        begun = last_weekday(WEEKDAYS[match["nightof"]], anchor)
        return _one(min(begun + ONE_DAY, anchor), "night")
    return _one(anchor, "night")


def _part(match: re.Match[str], anchor: date | None) -> Span:
    """A part of a month: "mi-février" 11 to 20, "début janvier" 1 to 10, "fin mars" 21 to the end."""
    month = MONTHS[match["month4"]]
    year = month_year(month, _year(match["year4"]), anchor)
    if year is None:
        return None, None, "month-part"
    part = "seconde" if match["part"].startswith("deuxième") else PARTS[match["part"][:2]]
    return *part_of_month(part, year, month), "month-part"


def _month(match: re.Match[str], anchor: date | None) -> Span:
    month = MONTHS[match["month5"] or match["month6"]]
    year = month_year(month, _year(match["year5"] or match["year6"]), anchor)
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


def _weekday(match: re.Match[str], anchor: date | None) -> Span:
    weekday = WEEKDAYS[match["weekday"]]
    if anchor is None:
        return None, None, "day"
    if match["wday"]:
        return _one(nearest_with_number(_number(match["wday"]), weekday, anchor))
    if match["shift"] and match["shift"].strip().startswith("dernier"):
        return _one(last_weekday(weekday, anchor - ONE_DAY))
    if match["shift"] or match["ahead"]:
        return _one(next_weekday(weekday, anchor))
    return _one(last_weekday(weekday, anchor))


RELATIVE_DAYS = {
    "aujourd'hui": 0, "hier": -1, "avant-hier": -2, "demain": 1, "après-demain": 2, "ce matin": 0, "ce soir": 0,
    "cet après-midi": 0, "ce midi": 0, "hier soir": -1, "hier matin": -1, "la veille": -1, "la veille au soir": -1,
    "l'avant-veille": -2, "le lendemain": 1, "le surlendemain": 2, "ce jour": 0,
}  # fmt: skip


def _relative(match: re.Match[str], anchor: date | None) -> Span:
    if anchor is None:
        return None, None, "day"
    return _one(anchor + timedelta(days=RELATIVE_DAYS[match["relative"]]))


def _recent(match: re.Match[str], anchor: date | None) -> Span:
    return _one(anchor)


def _ago(match: re.Match[str], anchor: date | None) -> Span:
    """Days from now: "il y a trois jours", "dans deux semaines"; "quelques" and "plusieurs" stay unresolved."""
    written = match["agocount"]
    if anchor is None or written in {"quelques", "plusieurs"}:
        return NOTHING
    count = int(written) if written.isdigit() else COUNTS[written]
    sign = 1 if match["agosign"].startswith("d") else -1
    unit = match["agounit"]
    if unit.startswith("jour"):
        return _one(anchor + sign * timedelta(days=count))
    if unit.startswith("semaine"):
        return (*week_of(anchor, sign * count), "week")
    if unit.startswith("mois"):
        return (*month_of(anchor, sign * count), "month")
    return NOTHING


def _period(match: re.Match[str], anchor: date | None) -> Span:
    """A week, a week-end, a month: "la semaine dernière", "le mois prochain", "ce week-end", "d'ici la fin du mois"."""
    if anchor is None:
        return NOTHING
    written = match["period"]
    shift = -1 if re.search("derni|passé|précéd", written) else 1 if "prochain" in written else 0
    if "week-end" in written:
        saturday = week_of(anchor, shift)[0] + timedelta(days=5)
        saturday -= timedelta(weeks=1) if shift == 0 and saturday > anchor and anchor.weekday() < 2 else timedelta()
        return saturday, saturday + ONE_DAY, "week"
    if "fin d" in written:
        last = month_of(anchor)[1] if "mois" in written else week_of(anchor)[1]
        return anchor, last, "month-part" if "mois" in written else "week"
    if "mois" in written:
        return (*month_of(anchor, shift), "month")
    return (*week_of(anchor, shift), "week")


_NIGHT = (
    rf"(?:nuit (?:(?:du |de )(?:(?:ce )?{WEEKDAY} )?{DAY}(?: {MONTH}{YEAR}?)? (?:au|à) "
    rf"(?:(?P<nightday>{WEEKDAY}) )?(?P<nightdate>{DAY})(?: (?P<nightmonth>{MONTH})(?P<nightyear>{YEAR})?)?"
    rf"|(?:de |du )(?:ce )?{WEEKDAY}(?: soir)? (?:au |à )(?:ce )?(?P<nightend>{WEEKDAY})"
    rf"|(?:de |du )(?:ce )?(?:(?P<nightof>{WEEKDAY})(?! {DAY})"
    rf"|(?:{WEEKDAY} )?(?P<nightfrom>{DAY}) (?P<nightmonthof>{MONTH})(?P<nightyearof>{YEAR})?)"
    r"|dernière|écoulée|précédente|passée)"
    r"|cette nuit|(?:dans|durant|pendant|au cours de|tout au long de|toute) la nuit(?! (?:de|du) ))"
)
_FULL = rf"(?:ce )?(?:{WEEKDAY},? )?(?:le )?(?P<day1>{DAY}) (?P<month1>{MONTH})(?P<year1>{YEAR})?"
_SPAN = (
    rf"(?:(?:du|les|entre le|de|ce|des) )?(?:{WEEKDAY} )?(?P<day2>{DAY})(?: (?P<month2>{MONTH}){YEAR}?)?"
    rf"(?:, {DAY}){{0,6}}(?: au | et (?:le )?| à |-)(?:{WEEKDAY} )?"
    rf"(?P<day3>{DAY}) (?P<month3>{MONTH})(?P<year2>{YEAR})?"
)
_NUMERIC = r"(?P<nday>\d{1,2})(?P<sep>[/.-])(?P<nmonth>\d{2})(?P=sep)(?P<nyear>\d{4}|\d{2})(?!\d)"
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
_WEEKDAY = (
    rf"(?P<ahead>(?:pour|d'ici|d'ici à|dès) )?(?:ce )?(?P<weekday>{WEEKDAY})"
    rf"(?: (?P<wday>{DAY})(?= (?:au|à|et|dans|en|sur|par|le|la|les|l')(?!\w)|[,.;:)]|$))?"
    rf"(?P<shift> (?:dernier|prochain|passé)(?!\w))?{PART_OF_DAY}"
)
_RELATIVE = (
    r"(?P<relative>aujourd'hui|avant-hier|hier soir|hier matin|hier|après-demain|demain"
    r"|ce matin|ce soir|ce midi|cet après-midi|la veille au soir|la veille|l'avant-veille|le lendemain|le surlendemain"
    r"|ce jour)(?![\w-])"
)
_RECENT = (
    r"(?:(?:au cours des |durant les |pendant les |ces |dans les |sur les |lors des |en |sur )"
    r"(?:dernières |dernieres )?(?:24|vingt-quatre|vingt quatre) (?:dernières )?(?:heures|h)(?!\w)"
    r"|24 dernières heures|dernières 24 heures|(?:la |une )?(?:seule )?journée écoulée)"
)
_AGO = (
    r"(?P<agosign>il y a|voici|voilà|dans) (?:environ |près de |à peine )?"
    rf"(?P<agocount>{COUNT}) (?P<agounit>jours?|semaines?|mois|ans?|années?)(?!\w)"
)
_PERIOD = (
    r"(?P<period>(?:d'ici )?(?:à )?(?:la |cette )?"
    r"(?:semaine (?:dernière|prochaine|passée|précédente)|fin de (?:la|cette) semaine|fin du mois)"
    r"|(?:le )?mois (?:dernier|prochain|passé)|cette semaine|ce mois-ci"
    r"|(?:ce|le) week-end(?: dernier| prochain)?)(?!\w)"
)
RULES: tuple[tuple[str, str, Rule], ...] = (
    ("night", _NIGHT, _night),
    ("iso", r"(?P<iyear>\d{4})-(?P<imonth>\d{2})-(?P<iday>\d{2})(?!\d)", _iso),
    ("numeric", _NUMERIC, _numeric),
    ("span", _SPAN, _span),
    ("full", _FULL, _full),
    ("month_part", _PART, _part),
    ("recent", _RECENT, _recent),
    ("ago", _AGO, _ago),
    ("period_of", _PERIOD, _period),
    ("whole_month", _MONTH, _month),
    ("relative_day", _RELATIVE, _relative),
    ("on_weekday", _WEEKDAY, _weekday),
)
DATES = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in RULES))
BY_NAME = {name: rule for name, _, rule in RULES}


def rule_of(match: re.Match[str]) -> str:
    """The name of the rule that a match of `DATES` is of."""
    return next(name for name, _, _ in RULES if match[name] is not None)
