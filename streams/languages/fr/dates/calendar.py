"""Days of a French text: dates, weekdays, nights, "hier", "mi-février", each resolved against an anchor day.

Own rules: dateparser (66 ms to import) reads single phrases, gives neither nights ("de lundi à mardi") nor spans nor
parts of months, and takes 0.4 ms a phrase (here 8 µs); `tests/unit/test_calendar.py` holds the phrases it fails on.
A night's day is the day it ends. "Les dernières 24 heures" are the anchor's day, as annotators read them.
"""

import re
from collections.abc import Iterator
from datetime import date

from streams.languages.fr.dates.days import WEEKDAYS
from streams.languages.fr.dates.rules import BY_NAME, DATES, rule_of
from streams.languages.fr.levelling import level
from streams.languages.pack import DateMention

# What every date has one of, and the words a date may begin with: the long pattern is tried only there. Both begin with
# the character before the word, as the regex engine skips fastest to a class of characters.
ANCHOR = re.compile(
    r"\W(?:(?P<sure>\d{1,4}[/.-]\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janv|f[ée]v|mars|avr|mai|juin"
    r"|juil|ao[uû]t|sept|oct|nov|d[ée]c|nuit|hier|aujourd|demain|après-demain|avant-hier|veille|avant-veille|lendemain"
    r"|surlendemain|semaine|mois(?!\w)|week-end|journée écoulée)"
    r"|(?P<weak>matin|soir|midi|après-midi|jours?(?!\w)|heures|h(?!\w)|ans?(?!\w)|années?|dernières heures))"
)
# A weak anchor needs one of these before it, or one of those after it.
STRENGTH = re.compile(r"y a |voici |voilà |dans |ce $|cet $|même $|le $|(?:24|vingt[ -]quatre) (?:dernières )?$")
EARLIER = re.compile(r"\w* (?:plus tôt|aupar|avant|même)")
STREET = re.compile(r"(?:rue|place|avenue|boulevard|square|quai|cours) du $")
BACK = re.compile(r"plus tôt|auparavant|avant")
OPENING = re.compile(
    r"\W(?:\d|(?:du|les|des|entre|de|ce|cette|cet|dans|durant|pendant|au|tout|toute|nuit|la|le|une|seule|l'|depuis|dès|en"
    r"|courant|jusqu'en|avant|après|mois|fin|début|debut|première|seconde|deuxième|pour|d'ici|il|voici|voilà|sur|ces"
    r"|lors|dernières|journée|semaine|hier|aujourd'hui|demain|avant-hier|premier|mi-"
    rf"|{'|'.join(WEEKDAYS)})(?!\w))"
)
DISPATCHED = re.compile(r"\s*(?:[A-ZÀ-Ý][\w'’-]*[ -]?){1,4}(?: ?\([^)\n]{2,30}\))?, (?:le )?")
DASH = re.compile(r"\.? ?(?:\([^)\n]{2,40}\) ?)?[-–—]")
LONGEST_DATELINE = 60
LONGEST_OPENING = 48
COUNTED = ("la v", "l'", "le ")
MOST_OPENINGS = 8


def mentions(levelled: str) -> Iterator[re.Match[str]]:
    """The longest date around each anchor, from the first word that may open one; none overlapping another."""
    reached = 0
    if ANCHOR.match(f"\n{levelled[:24]}") is not None and (match := DATES.match(levelled)) is not None:
        reached = match.end()
        yield match
    for anchor in ANCHOR.finditer(levelled):
        start = anchor.start() + 1
        if start < reached:
            continue
        begin = max(reached, start - LONGEST_OPENING)
        begin = max(begin, levelled.rfind("\n", begin, start) + 1)
        if EARLIER.match(levelled, anchor.end()) is not None:
            counted = max(levelled.rfind(sign, begin, start - 1) for sign in " \n'")
            match = DATES.match(levelled, counted + 1)
            if match is not None and match.end() > anchor.end():
                reached = match.end()
                yield match
                continue
        if anchor["weak"] and STRENGTH.search(levelled, begin, start) is None:
            continue
        match = _first_match(levelled, begin, start)
        if match is not None:
            reached = match.end()
            yield match


def _first_match(levelled: str, begin: int, end: int) -> re.Match[str] | None:
    """The match that takes the anchor at `end` in and begins first, not before `begin`."""
    if levelled[end].isdigit():
        return DATES.match(levelled, end)
    starts = [opening.start() + 1 for opening in OPENING.finditer(levelled, max(0, begin - 1), end)][-MOST_OPENINGS:]
    for start in [begin, *starts] if begin == 0 else starts:
        match = DATES.match(levelled, start)
        if match is not None and match.end() > end:
            return match
    return DATES.match(levelled, end)


def _is_dateline(text: str, levelled: str, match: re.Match[str]) -> bool:
    """ "KYIV (Ukraine), 6 août 2025 -": the day of the dispatch, none of what it tells."""
    return DISPATCHED.fullmatch(text, 0, match.start()) is not None and DASH.match(levelled, match.end()) is not None


def find_dates(text: str, anchor: date | None, context: date | None = None) -> list[DateMention]:
    """Every day or span of days of `text`, sorted; `first` is null where it cannot be resolved.

    A year left out is the one that puts the date nearest to `anchor`; a weekday that belies its date yields to it.
    "La veille", "le lendemain", "deux jours plus tôt" count from the day told before them in the text, else from
    `context`, else from the anchor; "le même jour" only from a day that is told.
    """
    found: list[DateMention] = []
    levelled = level(text)
    told = context
    for match in mentions(levelled):
        name = rule_of(match)
        base = anchor
        if name == "before_told":
            base = told if told is not None or BACK.search(match[0]) is None else anchor
        elif name == "relative_day" and told is not None and match["relative"].startswith(COUNTED):
            base = told
        elif name == "full" and STREET.search(levelled, max(0, match.start() - 16), match.start()) is not None:
            continue
        if name == "full" and match.start() < LONGEST_DATELINE and _is_dateline(text, levelled, match):
            continue
        first, last, precision = BY_NAME[name](match, base)
        if first is not None and first == last and precision in {"day", "night"}:
            told = first
        found.append(DateMention(match.start(), match.end(), first, last, precision))
    return found
