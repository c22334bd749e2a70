"""Human nouns that no list can hold: trades, origins and ages by their endings."""

import re
from functools import lru_cache

from streams.languages.fr.strikes.units import Unit, Units
from streams.languages.fr.strikes.words import strike_words

ENDING = re.compile(
    r"(?:eur|euse|ien|ienne|iste|ier|ière|chère|gère|ant|ante|trice|logue|naire|ois|oise|ais|aise|graphe|ard|arde|èse|aîne|nome"
    r"|iatre|èque|crate|aire|ot|ote|on|onne|éen|éenne|in|ine)s?$"
)
SHORTEST = 5


def is_human(unit: Unit) -> bool:
    """Whether a noun names people: it is listed so, or ends as nouns of trade and origin do and is no known thing."""
    if unit.has("person", "single.person"):
        return True
    return (
        unit.kind == "word"
        and not unit.tags
        and len(unit.norm) >= SHORTEST
        and not unit.capital
        and _ends_so(unit.norm)
    )


@lru_cache(maxsize=16384)
def _ends_so(norm: str) -> bool:
    return ENDING.search(norm) is not None


def said_of_people(units: Units, index: int) -> bool:
    """Whether the predicate at `index` befalls people alone: "tué", "hospitalisé", not "touché" or "emporté"."""
    unit = units[index]
    # "Atteinte par un" is one phrase, "atteinte" its verb.
    struck = unit.has("strike") and "loose" in strike_words()[unit.norm].keys
    return not (unit.has("loose") or struck)
