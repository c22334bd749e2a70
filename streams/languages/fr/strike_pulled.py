"""What is said after people: pulled out alive or dead, under age."""

import re
from typing import Literal

from streams.languages.fr.strike_units import Units, strike_words

UNDER_AGE = re.compile(r"(?:\s[^\W\d_]+)?,?\s(?:âgée?s?\s)?de\s(?:(\d{1,2})\s(?:ans|mois)|(?:quelques\s)?mois)")
BACK = 5
ADULT = 18
AHEAD = 7


def pulled(units: Units, index: int, last: int) -> tuple[Literal["rescued", "killed"], int, int] | None:
    """(measure, first unit, last unit) of people pulled out who are said to be alive or dead; None where nobody is."""
    words, segment = strike_words(), units[index].segment
    verb = next(
        (
            position
            for position in range(index - 1, max(-1, index - BACK), -1)
            if "pull" in words.families(units.norm(position)) and units[position].segment == segment
        ),
        None,
    )
    if verb is None or "été" in {units.norm(i) for i in range(max(0, verb - 2), verb)}:
        return None
    for position in range(last + 1, min(len(units), last + AHEAD)):
        unit = units[position]
        if unit.segment != segment or unit.quantity is not None:
            return None
        if unit.has("alive"):
            return "rescued", verb, position
        if unit.has("dead"):
            return "killed", verb, position
    return None


def under_age(units: Units, last: int) -> bool:
    """Whether the age after a person is a child's: "un stagiaire de 16 ans"."""
    age = UNDER_AGE.match(units.sentence.text, units[last].end)
    return age is not None and (age.group(1) is None or int(age.group(1)) < ADULT)
