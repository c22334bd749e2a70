"""The rules of dates that count from another day: weekdays, "hier", "il y a trois jours", "deux jours plus tard"."""

import re
from datetime import date, timedelta
from itertools import pairwise

from streams.languages.fr.dates.days import (
    MONTHS,
    ONE_DAY,
    WEEKDAYS,
    last_weekday,
    month_of,
    nearest_with_number,
    next_weekday,
    resolved,
    week_of,
    years_from,
)
from streams.languages.fr.dates.words import (
    COUNT,
    COUNTS,
    DAY,
    MONTH,
    NOTHING,
    PART_OF_DAY,
    WEEKDAY,
    YEAR,
    Span,
    day_of,
    one,
    year_written,
)

EVENING, MORNING = 17, 10


def weekday(match: re.Match[str], anchor: date | None) -> Span:
    """A weekday alone: the last one, the next after "prochain"; "mercredi 22" is that nearest to the anchor."""
    number = WEEKDAYS[match["weekday"]]
    if anchor is None:
        return None, None, "day"
    if match["wday"]:
        return one(nearest_with_number(day_of(match["wday"]), number, anchor))
    if match["shift"] and match["shift"].strip().startswith("dernier"):
        return one(last_weekday(number, anchor - ONE_DAY))
    if match["shift"] or match["ahead"]:
        return one(next_weekday(number, anchor))
    return one(last_weekday(number, anchor))


RELATIVE_DAYS = {
    "aujourd'hui": 0, "hier": -1, "avant-hier": -2, "demain": 1, "après-demain": 2, "ce matin": 0, "ce soir": 0,
    "cet après-midi": 0, "ce midi": 0, "hier soir": -1, "hier matin": -1, "la veille": -1, "la veille au soir": -1,
    "l'avant-veille": -2, "le lendemain": 1, "le surlendemain": 2, "ce jour": 0,
}  # fmt: skip


def relative(match: re.Match[str], anchor: date | None) -> Span:
    """ "Aujourd'hui", "hier", "la veille" from the anchor or the day told before."""
    if anchor is None:
        return None, None, "day"
    return one(anchor + timedelta(days=RELATIVE_DAYS[match["relative"]]))


def recent(match: re.Match[str], anchor: date | None) -> Span:
    """ "Les dernières 24 heures" are the anchor's day."""
    return one(anchor)


def ago(match: re.Match[str], anchor: date | None) -> Span:
    """Days from now: "il y a trois jours", "dans deux semaines"; "quelques" and "plusieurs" stay unresolved."""
    written = match["agocount"]
    if anchor is None or written in {"quelques", "plusieurs"}:
        return NOTHING
    count = int(written) if written.isdigit() else COUNTS[written]
    sign = 1 if match["agosign"].startswith("d") else -1
    unit = match["agounit"]
    if match["sameday"] and unit.startswith("an"):
        return one(years_from(anchor, sign * count))
    if unit.startswith("jour"):
        return one(anchor + sign * timedelta(days=count))
    if unit.startswith("semaine"):
        return (*week_of(anchor, sign * count), "week")
    if unit.startswith("mois"):
        return (*month_of(anchor, sign * count), "month")
    return NOTHING


def before_told(match: re.Match[str], context: date | None) -> Span:
    """Days from the one told before: "deux jours plus tôt", "une semaine auparavant", "le même jour".

    "Deux jours plus tard" is none: what is told then mostly goes on with the event told before.
    """
    if context is None:
        return NOTHING
    if match["afterday"]:
        return one(context)
    if match["afternight"]:
        return one(context + ONE_DAY if "suivante" in match["afternight"] else context, "night")
    written, unit = match["aftercount"], match["afterunit"]
    if written in {"quelques", "plusieurs"}:
        return NOTHING
    count = int(written) if written.isdigit() else COUNTS[written]
    if unit.startswith(("jour", "semaine")):
        return one(context + timedelta(days=-count if unit.startswith("jour") else -7 * count))
    if unit.startswith("mois"):
        return (*month_of(context, -count), "month")
    return one(years_from(context, -count)) if match["aftersame"] else NOTHING


def hours(match: re.Match[str], anchor: date | None) -> Span:
    """From one day to the next: with hours 24 of them or a night, on their last day; "lundi et mardi" are two."""
    if match["both"]:
        first = last_weekday(WEEKDAYS[match["both"].split(" ")[0]], anchor) if anchor is not None else None
        return NOTHING if first is None else (first, first + ONE_DAY, "day")
    if match["fromdate"]:
        first = resolved(year_written(match["fromyear"]), MONTHS[match["frommonth"]], day_of(match["fromdate"]), anchor)
        last = first + ONE_DAY if first is not None else None
    elif anchor is not None:
        last = last_weekday(WEEKDAYS[match["today"]], anchor)
        first = last_weekday(WEEKDAYS[match["fromday"]], last)
    else:
        return NOTHING
    if first is None or last is None:
        return NOTHING
    begun, ended = match["fromhour"] or match["fromhour2"], match["tohour"] or match["tohour2"]
    if begun and ended and (last - first).days == 1:
        return one(last, "night" if _hour(begun) >= EVENING and _hour(ended) <= MORNING else "day")
    if last == first or (not match["fromdate"] and (last - first).days > 3 and not match["fromhour"]):
        return NOTHING
    return first, last, "day"


PARTS_OF_DAY = {"minuit": 24, "midi": 12, "soir": 20, "matin": 6, "aube": 5}


def _hour(written: str) -> int:
    """The hour of "à 20 h 30", "au soir", "à l'aube"; noon where the words tell none."""
    number = re.search(r"\d{1,2}", written)
    if number is not None:
        return int(number[0])
    return next((hour for part, hour in PARTS_OF_DAY.items() if part in written), 12)


def period(match: re.Match[str], anchor: date | None) -> Span:
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


WEEKDAY_ALONE = (
    rf"(?P<ahead>(?:pour|d'ici|d'ici à|dès) )?(?:ce )?(?P<weekday>{WEEKDAY})"
    rf"(?: (?P<wday>{DAY})(?= (?:au|à|et|dans|en|sur|par|le|la|les|l')(?!\w)|[,.;:)]|$))?"
    rf"(?P<shift> (?:dernier|prochain|passé)(?!\w))?{PART_OF_DAY}"
)
RELATIVE = (
    r"(?P<relative>aujourd'hui|avant-hier|hier soir|hier matin|hier|après-demain|demain"
    r"|ce matin|ce soir|ce midi|cet après-midi|la veille au soir|la veille|l'avant-veille|le lendemain|le surlendemain"
    r"|ce jour)(?![\w-])"
)
RECENT = (
    r"(?:(?:au cours des |durant les |pendant les |ces |dans les |sur les |lors des |en |sur )"
    r"(?:dernières |dernieres )?(?:24|vingt-quatre|vingt quatre) (?:dernières )?(?:heures|h)(?!\w)"
    r"|24 dernières heures|dernières 24 heures|(?:la |une )?(?:seule )?journée écoulée)"
)
AGO = (
    r"(?P<agosign>il y a|voici|voilà|dans) (?:environ |près de |à peine |tout juste |exactement |maintenant )?"
    rf"(?P<agocount>{COUNT}) (?P<agounit>jours?|semaines?|mois|ans?|années?)(?!\w)(?P<sameday>,? jour pour jour)?"
)
BEFORE_TOLD = (
    rf"(?P<aftercount>{COUNT}) (?P<afterunit>jours?|semaines?|mois|ans?|années?)"
    r" (?:plus tôt|auparavant|avant(?! (?:l|d|le|la|les|que?|de|son|sa|un|une)(?!\w)))(?!\w)"
    r"(?P<aftersame>,? jour pour jour)?"
    r"|(?P<afterday>(?:le |ce )?même (?:jour|soir|matin)|le (?:jour|soir|matin) même)(?!\w)"
    r"|(?P<afternight>la (?:même nuit|nuit suivante))(?!\w)"
)
PERIOD = (
    r"(?P<period>(?:d'ici )?(?:à )?(?:la |cette )?"
    r"(?:semaine (?:dernière|prochaine|passée|précédente)|fin de (?:la|cette) semaine|fin du mois)"
    r"|(?:le )?mois (?:dernier|prochain|passé)|cette semaine|ce mois-ci"
    r"|(?:ce|le) week-end(?: dernier| prochain)?)(?!\w)"
)
_HOUR = (
    r" ?(?:(?:à |vers |, )?(?:\d{1,2} ?(?:h(?: ?\d{2})?|heures?|:\d{2})|minuit|midi)(?!\w)"
    r"|au (?:soir|matin)|soir|matin|à l'aube|dans la soirée|après-midi)"
)
HOURS = (
    rf"(?P<both>{'|'.join(f'{one_day} et {after_it}' for one_day, after_it in pairwise([*WEEKDAYS, 'lundi']))})"
    rf"(?! \d|(?: (?:dernier|prochain|matin|soir))?(?! \w)(?:, | et ){WEEKDAY})|"
    rf"(?:entre|de|du|depuis) (?:le )?(?:ce )?(?P<fromday>{WEEKDAY})(?P<fromhour>{_HOUR})?"
    rf" (?:et|à|au|jusqu'à) (?:ce |le )?(?P<today>{WEEKDAY})(?P<tohour>{_HOUR})?"
    rf"|(?:entre|de)(?P<fromhour2>{_HOUR}) le (?P<fromdate>{DAY}) (?P<frommonth>{MONTH})(?P<fromyear>{YEAR})?"
    rf" (?:et|à|jusqu'à)(?P<tohour2>{_HOUR})(?: le lendemain)?"
)
