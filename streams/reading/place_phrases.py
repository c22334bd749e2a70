"""Places told by a phrase and no name with a capital of its own: "la capitale ukrainienne", "la mer Noire"."""

import re

from streams.reading.gazetteer_table import Entry, Gazetteer
from streams.reading.namesakes import Found

WATERS = re.compile(
    r"(?<!\w)mer (?:noire|d'azov|caspienne|baltique|de barents)(?!\w)|(?<!\w)golfe de finlande|(?<!\w)détroit de kertch"
)
LONGEST_CLAUSE = 90


def capitals(levelled: str, known: Gazetteer, pattern: re.Pattern[str]) -> list[Found]:
    """Capitals by their country: "la capitale ukrainienne" is Kyiv."""
    more: list[Found] = []
    if "capitale " not in levelled:
        return more
    for match in pattern.finditer(levelled):
        code = known.country_of(match["adjective"])
        entry = known.capital(code) if code is not None else None
        if entry is not None:
            more.append(Found(match.start(), match.end(), [entry]))
    return more


def waters(levelled: str, over: re.Pattern[str], launched: re.Pattern[str]) -> list[Found]:
    """Seas over which drones are shot down or fall, not those they are launched from; they have no country."""
    if "mer " not in levelled and "détroit " not in levelled and "golfe " not in levelled:
        return []
    more = []
    for match in WATERS.finditer(levelled):
        clause = re.split(r"[.;:!?\n]", levelled[max(0, match.start() - LONGEST_CLAUSE) : match.start()])[-1]
        if over.search(clause) is None or launched.search(clause) is not None:
            continue
        head, _, name = match[0].rpartition("'" if "'" in match[0] else " ")
        canonical = f"{match[0][: len(head) + 1]}{name.capitalize()}"
        more.append(
            Found(match.start(), match.end(), [Entry(canonical, None, "", None, None, None, 0, "region", True)])
        )
    return more
