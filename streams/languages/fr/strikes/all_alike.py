"""Weapons that all came to the same: "Huit drones lancés, tous abattus", "Tous ont été abattus"."""

from typing import cast

from msgspec.structs import replace

from schemas.enumerations import Measure
from streams.languages.fr.strikes.air import OUTCOMES
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.predicates import Predicate
from streams.languages.fr.strikes.units import Units

# How far "tous … abattus" may stand after a number of weapons.
ALL_WITHIN = 18
ALL = frozenset(("tous", "toutes"))


def all_of(units: Units, figure: Found) -> list[Found]:
    """The figure once more where all that was launched came to the same: "Huit drones lancés, tous abattus".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Huit drones ont été lancés sur la ville, tous ont été abattus.")
    [('launched', 'drone', 8), ('shot-down', 'drone', 8)]
    """
    if figure.measure != "launched":
        return []
    for position in range(figure.last + 1, min(len(units), figure.last + ALL_WITHIN)):
        if units[position].quantity is not None:
            return []
        if units.norm(position) in ALL:
            told = _told_of_all(units, position)
            return [] if told is None else [replace(figure, measure=cast(Measure, told.sub), last=told.index)]
    return []


def _told_of_all(units: Units, position: int) -> Predicate | None:
    for after in range(position + 1, min(len(units), position + 6)):
        sub = units[after].sub("air")
        if sub in OUTCOMES:
            return Predicate(sub, after)
        if units[after].kind == "sign" or units[after].has("negation", "weapon"):
            return None
    return None


def told_of_all(units: Units, before: list[Found]) -> list[Found]:
    """ "Tous ont été abattus": the launches of the sentence before once more, as what they came to."""
    if len(units) < 2 or units.norm(0) not in ALL or units.numbers:
        return []
    told = _told_of_all(units, 0)
    if told is None or len(before) != 1 or before[0].measure != "launched":
        return []
    rule, each = "all of those before", before[0]
    return [Found(rule, "weapon", cast(Measure, told.sub), 0, 0, told.index, value_of(each), each.of)]
