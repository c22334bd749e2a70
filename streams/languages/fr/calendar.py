"""Days of a French text: dates, weekdays, nights, "hier", "mi-février", each resolved against an anchor day.

Own rules: dateparser (66 ms to import) reads single phrases, gives neither nights ("de lundi à mardi") nor spans nor
parts of months, and takes 0.4 ms a phrase (here 8 µs); `tests/unit/test_calendar.py` holds the phrases it fails on.
A night's day is the day it ends. "Les dernières 24 heures" are the anchor's day, as annotators read them.
"""

import re
from collections.abc import Iterator
from datetime import date

from streams.languages.fr.date_rules import BY_NAME, DATES, rule_of
from streams.languages.fr.days import WEEKDAYS, day_of_war
from streams.languages.fr.levelling import level
from streams.languages.fr.number_forms import forms_of
from streams.languages.pack import DateMention

__all__ = ["dated_title", "dateline", "day_number", "day_of_war", "find_dates"]

# What every date has one of, and the words a date may begin with: the long pattern is tried only there. Both begin with
# the character before the word, as the regex engine skips fastest to a class of characters.
ANCHOR = re.compile(
    r"\W(?:(?P<sure>\d{1,4}[/.-]\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janv|f[ée]v|mars|avr|mai|juin"
    r"|juil|ao[uû]t|sept|oct|nov|d[ée]c|nuit|hier|aujourd|demain|après-demain|avant-hier|veille|avant-veille|lendemain"
    r"|surlendemain|semaine|mois(?!\w)|week-end|journée écoulée)"
    r"|(?P<weak>matin|soir|midi|après-midi|jours?(?!\w)|heures|h(?!\w)|ans?(?!\w)|années?|dernières heures))"
)
# A weak anchor needs one of these before it.
STRENGTH = re.compile(r"y a |voici|voilà|dans |ce $|cet $|(?:24|vingt[ -]quatre) (?:dernières )?$")
OPENING = re.compile(
    r"\W(?:\d|(?:du|les|des|entre|de|ce|cette|cet|dans|durant|pendant|au|tout|toute|nuit|la|le|une|seule|l'|depuis|dès|en"
    r"|courant|jusqu'en|avant|après|mois|fin|début|debut|première|seconde|deuxième|pour|d'ici|il|voici|voilà|sur|ces"
    r"|lors|dernières|journée|semaine|hier|aujourd'hui|demain|avant-hier|premier|mi-"
    rf"|{'|'.join(WEEKDAYS)})(?!\w))"
)
LONGEST_OPENING = 48
MOST_OPENINGS = 8


def _mentions(levelled: str) -> Iterator[re.Match[str]]:
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


def find_dates(text: str, anchor: date | None, context: date | None = None) -> list[DateMention]:
    """Every day or span of days of `text`, sorted; `first` is null where it cannot be resolved.

    A year left out is the one that puts the date nearest to `anchor`; a weekday that belies its date yields to it.
    "La veille" and "le lendemain" count from `context` where it is given, else from the anchor.
    """
    found = []
    for match in _mentions(level(text)):
        name = rule_of(match)
        base = anchor
        if context is not None and name == "relative_day" and match["relative"].startswith(("la v", "l'", "le ")):
            base = context
        first, last, precision = BY_NAME[name](match, base)
        found.append(DateMention(match.start(), match.end(), first, last, precision))
    return found


DAY_NUMBER = re.compile(
    r"(?<!\w)(?<!ce )(?<!par )(?:jour|j) ?(?:n° ?|numéro |\+ ?)?(?P<number>\d{1,2}[ .]\d{3}|\d{1,4})(?![\w:/])"
)


def day_number(title: str) -> int | None:
    """The day of the war that a title names ("Jour 1077 de résistance", "313e jour"); None where it names none."""
    levelled = level(title)
    match = DAY_NUMBER.search(levelled)
    if match is not None:
        return int(re.sub(r"\D", "", match["number"])) or None
    for form in forms_of(levelled)[0]:
        if form.kind == "ordinal" and re.match(
            r" jours?(?!\w)(?! (?:du mois|de la semaine|ouvr))", levelled[form.end : form.end + 22]
        ):
            return int(form.value)
    return None


LABEL = (
    r"(?:publié|mis à jour|mise à jour|mis en ligne|modifié|posté|diffusé|créé|paru|actualisé|rédigé|publication"
    r"|date)e?"
)
LABELLED = re.compile(rf"(?:^|[|•·–(-])[ \t]*{LABEL}(?: à [\dh: ]+)?(?: ?: ?| le | )(?:le )?", re.MULTILINE)
ISSUE = re.compile(
    r"^[ \t]*(?:le |la |les |l'|notre )?(?:bulletin|point|bilan|synthèse|journal|communiqué|revue|rapport|résumé"
    r"|dépêches?|direct|édition|note|lettre|fil|actualités?|nouvelles|infos?|brèves|chronique|situation"
    r"|compte rendu|récapitulatif|guerre en ukraine|ukraine)(?:(?! attaque| frappe| tir)[^.!?:;\n]){0,60}$"
)
AGENCY = re.compile(r"^[ \t]*[^\W\d_][^\n,.]{1,40},? (?:le )?$")


def dateline(text: str, fallback: date | None = None) -> date | None:
    """The day a text says it was published on; a year left out is the one nearest to `fallback`, else None."""
    levelled = level(text)
    for label in LABELLED.finditer(levelled):
        mention = DATES.match(levelled, label.end())
        if mention is not None and (day := _written_day(mention, fallback)) is not None:
            return day
    for match in _mentions(levelled[:400]):
        line = levelled.rfind("\n", 0, match.start()) + 1
        before, after = levelled[line : match.start()], levelled[match.end() : match.end() + 60]
        alone = not before.strip() and re.match(r"[ ,]*(?:à |- )?[\dh: ]*(?:\n|$)", after)
        if alone or (AGENCY.match(before) and re.match(r" ?(?:\([^)\n]{1,40}\) ?)?[-–—:]", after)):
            day = _written_day(match, fallback)
            if day is not None:
                return day
    return None


def dated_title(title: str) -> date | None:
    """The day a title says its text is of ("Bulletin du 12 mars 2025"), else None; an event's own date is none.

    >>> dated_title("Point de situation du mercredi 12 mars 2025 : nuit agitée")
    datetime.date(2025, 3, 12)
    >>> dated_title("Retour sur l'attaque du 12 mars 2023")
    """
    levelled = level(title)
    for match in _mentions(levelled):
        before, after = levelled[: match.start()], levelled[match.end() :]
        if ISSUE.match(before) and re.match(r" *(?:$|[:–—,|(-])", after):
            day = _written_day(match, None)
            if day is not None:
                return day
    return None


def _written_day(match: re.Match[str], fallback: date | None) -> date | None:
    name = rule_of(match)
    return BY_NAME[name](match, fallback)[0] if name in {"full", "numeric", "iso"} else None
