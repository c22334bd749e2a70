"""The day that a text says it is of: its day number, a dated title, a dateline, a stamp above or below the text."""

import re
from datetime import date

from streams.languages.fr.dates.calendar import mentions
from streams.languages.fr.dates.rules import BY_NAME, DATES, rule_of
from streams.languages.fr.levelling import level
from streams.languages.fr.numbers.forms import forms_of

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
    r"^[ \t]*(?:le |la |les |l'|notre |nos |ce qu'il faut )?(?:bulletin|point|bilan|synthèse|journal|communiqué|revue"
    r"|rapport|résumé|dépêches?|direct|édition|note|lettre|fil|actualités?|nouvelles|infos?|informations?|brèves|chronique"
    r"|situation|compte rendu|récapitulatif|retenir|essentiel|pertes|guerre en ukraine|ukraine|chiffres|relevé|défense)"
    r"(?:(?! attaque| frappe| tir)[^.!?:;\n]){0,60}$"
)
CLOSING = re.compile(r" *(?:$|[:–—,|()-]|en bref|en direct)")
ROUND_UP = re.compile(
    r" *[:–—|-].*(?:bref|bulletin|point|direct|journée|situation|actualité|résumé|essentiel|bilan|synthèse)"
)
AGENCY = re.compile(r"^[ \t(]*[^\W\d_][^\n,.]{1,40},? (?:le )?$")
LETTERHEAD = re.compile(r"^[ \t(]*[^\W\d_][^\n,.]{1,30}, (?:le )?$")
AFTER_AGENCY = re.compile(r"\.? ?(?:\([^)\n]{1,40}\) ?)?[-–—:]|\)")
BYLINE = re.compile(r"^[ \t]*par [^\n.]{3,60}[-–—|,•·] ?(?:le )?$")
ENDS_LINE = re.compile(r"[ ,]*(?:à |- )?[\dh: ]*\.?(?:\n|$)")
STAMP = re.compile(r",? (?:à )?\d{1,2} ?[h:] ?\d{2}(?:[.\n |•·]|$)| ?[|•·]")
AS_OF = re.compile(
    r"(?<!\w)(?:données?|point|estimation|situation|bilan|informations?|chiffres|état|relevé|décompte|arrêtée?s?)"
    r"(?: (?:opérationnel(?:le)?s?|au front|de la nuit|du matin|du soir|générale?s?|provisoires?))?(?: arrêtée?s?)?"
    r" (?:au|à la date du) (?=(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d))"
)
GREETING = re.compile(r"(?:(?<!\w)en|nous sommes(?: le)?)(?: ce)? $")
HEAD, FOOT = 400, 240
FIRST_YEAR = 2014


def dateline(text: str, fallback: date | None = None) -> date | None:
    """The day a text says it was published on; a year left out is the one nearest to `fallback`, else None."""
    levelled = level(text)
    for pattern in (LABELLED, AS_OF):
        for label in pattern.finditer(levelled, 0, len(levelled) if pattern is LABELLED else 2 * HEAD):
            mention = DATES.match(levelled, label.end())
            if mention is not None and (day := _written_day(mention, fallback)) is not None:
                return day
    return _above(levelled, fallback) or _below(levelled, fallback)


def _above(levelled: str, fallback: date | None) -> date | None:
    """The day of a first line, an agency's place and day, a byline, a greeting."""
    for match in mentions(levelled[:HEAD]):
        line = levelled.rfind("\n", 0, match.start()) + 1
        before, after = levelled[line : match.start()], levelled[match.end() : match.end() + 60]
        alone = not any(sign.isalnum() for sign in before) and ENDS_LINE.match(after)
        agency = AGENCY.match(before) and AFTER_AGENCY.match(after)
        agency = agency or (LETTERHEAD.match(before) and ENDS_LINE.match(after))
        alone = alone or (not line and not before.strip() and re.match(r" ?[—–|]", after))
        told = alone or agency or (BYLINE.match(before) and ENDS_LINE.match(after)) or GREETING.search(before)
        if told and (day := _written_day(match, fallback)) is not None:
            return day
    return None


def _below(levelled: str, fallback: date | None) -> date | None:
    """The day of a stamp at the end: "Le 30 septembre 2023, 08:16", "Dimanche 17.11.2024", with its year or none."""
    foot = max(0, len(levelled) - FOOT)
    found = None
    for match in mentions(levelled[foot:]):
        start, end = foot + match.start(), foot + match.end()
        before = levelled[levelled.rfind("\n", 0, start) + 1 : start]
        after = levelled[end : end + 60]
        opens = not any(sign.isalnum() for sign in before)
        weekday = levelled[start : start + 3] in {"lun", "mar", "mer", "jeu", "ven", "sam", "dim"}
        above = ENDS_LINE.match(after) or STAMP.match(after) or (weekday and after.startswith((".", " |", " -")))
        last = not levelled[end + 8 :].strip() and before.rstrip()[-1:] in {".", "!", "|", "…", "»"}
        if (opens and above) or (last and STAMP.match(after)) or (before.endswith("(") and after.rstrip() == ")"):
            found = match
    return _written_day(found, fallback) if found is not None else None


def dated_title(title: str) -> date | None:
    """The day a title says its text is of ("Bulletin du 12 mars 2025"), else None; an event's own date is none.

    >>> dated_title("Point de situation du mercredi 12 mars 2025 : nuit agitée")
    datetime.date(2025, 3, 12)
    >>> dated_title("Retour sur l'attaque du 12 mars 2023")
    """
    levelled = level(title)
    for match in mentions(levelled):
        before, after = levelled[: match.start()], levelled[match.end() :]
        part = re.split(r"[.:|–—] ", before)[-1]
        deictic = match[0].startswith("ce ") and CLOSING.match(after)
        issue = ISSUE.match(part) and CLOSING.match(after)
        if issue or deictic or (not before.strip() and ROUND_UP.match(after)):
            day = _written_day(match, None, night=True)
            if day is not None:
                return day
    return None


def _written_day(match: re.Match[str], fallback: date | None, night: bool = False) -> date | None:
    """The day a match writes out with its month; a day before the war that began in 2014 is no bulletin's."""
    name = rule_of(match)
    if name not in {"full", "numeric", "iso"} and not (night and name == "night"):
        return None
    day = BY_NAME[name](match, fallback)[0]
    return day if day is not None and day.year >= FIRST_YEAR else None
