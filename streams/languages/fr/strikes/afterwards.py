"""Days of a sentence on which people were looked for or counted, not struck; and sentences of what was before."""

from collections.abc import Sequence
from itertools import pairwise

from streams.languages.fr.strikes.units import Unit, Units

REACH = 5
FOUND = ("retrouv", "découv", "repêch", "exhum")
REACHED = frozenset((("en", "est"), ("en", "était"), ("en", "étaient"), ("en", "sommes")))
PLUPERFECT = frozenset(("avait", "avaient"))
HAPPENED = ("fate", "strike", "cause")


def is_afterwards(units: Units, index: int) -> bool:
    """Whether the day at `index` is that of a count or of a search."""
    return is_count_day(units, index) or _is_finding(units, index)


def is_count_day(units: Units, index: int) -> bool:
    """ "On en est donc, mercredi, à quatre morts", "contre cinq samedi": when was counted, not when they died."""
    if index >= 2 and units.norm(index - 2) == "contre" and units[index - 1].quantity is not None:
        return True
    return reaches([units.norm(position) for position in range(max(0, index - REACH), index)])


def reaches(norms: Sequence[str]) -> bool:
    """Whether words tell how far a count has come: "on en est", "on en était"."""
    return "en" in norms and not REACHED.isdisjoint(pairwise(norms))


def _is_finding(units: Units, index: int) -> bool:
    """ "Deux corps ont été retrouvés mercredi": the day of the search, not that of the strike."""
    return any(
        is_search(units[position]) and units[position].part == units[index].part
        for position in range(max(0, index - REACH), index)
    )


def is_search(unit: Unit) -> bool:
    """Whether a unit tells that somebody was found or brought out: "dégagé", "retrouvés morts"."""
    return unit.has("pull") or unit.norm.startswith(FOUND)


def was_before(units: Units) -> bool:
    """Whether the sentence tells a strike in the pluperfect: "treize clients y avaient été tués"."""
    return any(
        unit.norm in PLUPERFECT and any(units.stands(family, index, index + REACH) for family in HAPPENED)
        for index, unit in enumerate(units.units)
    )
