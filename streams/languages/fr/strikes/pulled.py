"""What is said after people: pulled out alive or dead, under age."""

import re
from typing import Literal

from streams.languages.fr.strikes.units import Units
from streams.languages.fr.strikes.words import strike_words

IN_WORDS = (
    "un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize"
)
YEARS = rf"(?:\d{{1,2}}|{IN_WORDS})"
UNDER_AGE = re.compile(
    rf"(?:\s[^\W\d_]+)?,?\s(?:âgée?s?\s)?(?:respectivement\s)?de\s"
    rf"({YEARS}(?:(?:,\s|\set\s|\sà\s)(?:de\s)?{YEARS}){{0,9}})\s(?:ans|mois)\b|(?:\s[^\W\d_]+)?,?\s(?:âgée?s?\s)?de\s(?:quelques\s)?mois\b"
)
NOT_GROWN = "part under age"
HAVE_NOT_AGE = re.compile(
    r"\s(?:d['’]entre (?:eux|elles)\s)?(?:n['’](?:ont|avaient|a)\spas\s(?:encore\s)?(?:atteint\s|fêté\sleurs?\s)?"
    r"|(?:ont|avaient|a|avait)\s(?:tous\s|toutes\s)?moins\sde\s)(?P<age>[\w-]+)\sans(?!\w)",
    re.IGNORECASE,
)
GROWN = frozenset(("dix-huit", "dix-neuf"))
BACK = 5
ADULT = 18
AHEAD = 7


def pulled(units: Units, index: int, last: int) -> tuple[Literal["rescued", "killed"], int, int] | None:
    """(measure, first unit, last unit) of people pulled out who are said to be alive or dead; None where nobody is."""
    if not units.stands("alive", index - BACK, last + AHEAD) and not units.stands("dead", last + 1, last + AHEAD):
        return None
    segment = units[index].segment
    verb = _pulling_verb(units, index, segment)
    if verb is None or "été" in {units.norm(i) for i in range(max(0, verb - 2), verb)}:
        return None
    if units.stands("alive", verb + 1, index - 1):
        return "rescued", verb, last
    for position in range(last + 1, min(len(units), last + AHEAD)):
        unit = units[position]
        if unit.segment != segment or unit.quantity is not None:
            return None
        if unit.has("alive"):
            return "rescued", verb, position
        if unit.has("dead"):
            return "killed", verb, position
    return None


def _pulling_verb(units: Units, index: int, segment: int) -> int | None:
    """The last word before the people, but for a few, with which a phrase of pulling somebody out begins."""
    words = strike_words()
    for position in range(index - 1, max(-1, index - BACK), -1):
        if "pull" in words[units.norm(position)].keys and units[position].segment == segment:
            return position
    return None


def under_age(units: Units, last: int) -> bool:
    """Whether the age after a person is a child's: "un stagiaire de 16 ans"."""
    age = UNDER_AGE.match(units.sentence.text, units[last].end)
    if age is None or age.group(1) is None:
        return age is not None
    years = re.split(r",\s|\set\s|\sà\s|de\s", age.group(1))
    return not any(year in GROWN or (year.isdigit() and int(year) >= ADULT) for year in years)


def not_grown(units: Units, index: int) -> int | None:
    """ "Des 28 blessés, cinq n'ont pas dix-huit ans", "trois ont moins de dix ans": the last unit of it."""
    text = units.sentence.text
    told = HAVE_NOT_AGE.match(text, units[index].end) if " ans" in text else None
    if told is None:
        return None
    return next((i for i in range(index, len(units)) if units[i].end >= told.end()), index)
