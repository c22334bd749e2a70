"""Drones, missiles, bombs and aircraft counted: launched, shot down, lost, come down."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_heads import Head, head_of
from streams.languages.fr.strike_people import coordinated
from streams.languages.fr.strike_predicates import left_predicate, right_predicate
from streams.languages.fr.strike_units import Units
from streams.languages.pack import Quantity


def weapons(
    units: Units, index: int, quantity: Quantity, head: Head | None, last: Found | None, subset: bool
) -> Found | None:
    """Drones, missiles and bombs, and aircraft shot down: launched, shot down, lost, or come down.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("Sur les 61 drones lancés dans la nuit, 40 ont été abattus et 15 perdus.")
    [('launched', 'drone', 61), ('shot-down', 'drone', 40), ('lost', 'drone', 15)]
    """
    if head is None or not (head.family == "weapon" or head.sub in {"aircraft", "helicopter"}):
        return None
    measure, first, end = _weapon_fate(units, index, head, last)
    if head.family == "thing" and measure != "shot-down":
        return None
    if measure is None:
        return None
    if quantity.article and measure != "shot-down":
        return None
    return Found("weapons and their fate", "weapon", measure, index, first, end, quantity, head.of, subset)


def _weapon_fate(units: Units, index: int, head: Head, last: Found | None) -> tuple[Measure | None, int, int]:
    partitive = units.norm(index - 1) in {"des", "les", "ces"} and _number_before(units, index - 1)
    out_of = units.norm(index - 1) == "sur" or (
        units.norm(index - 1) in {"les", "des", "un"} and units.norm(index - 2) in {"sur", "total"}
    )
    if partitive or out_of or _total_of(units, index):
        return "launched", index, head.last
    right = right_predicate(units, head.last, "air")
    left = left_predicate(units, index, family="air")
    if left is not None and left.sub == "hit" and index - left.index <= 2 and _noun_phrase(units, left.index):
        return "hit", left.index, head.last
    if right is not None and (left is None or right.index - head.last <= 2 or left.sub == "hit"):
        return cast(Measure, right.sub), index, right.index
    if left is not None:
        return cast(Measure, left.sub), left.index, head.last
    if last is not None and last.sort == "weapon" and last.number < index and coordinated(units, last.last, index):
        return last.measure, index, head.last
    if last is not None and last.sort == "weapon" and index > last.last and _added(units, index):
        return last.measure, index, head.last
    if units.norm(index - 1) == "par":
        struck = any(u.has("strike", "harm") for u in units.units[max(0, index - 8) : index])
        return ("hit" if struck else None), index, head.last
    if _partly_outcome(units, head.last):
        return "launched", index, head.last
    if units.norm(head.last + 1) == "sur" and _number_before(units, head.last + 2):
        return None, index, head.last
    if index < 2 or units.norm(index - 1) in {":", "par", "de"} or units.norm(index - 1) == "d'":
        following = [u.norm for u in units.units[head.last + 1 : head.last + 4]]
        if "sur" in following or "contre" in following:
            return "launched", index, head.last
    return None, index, head.last


def _partly_outcome(units: Units, last: int) -> bool:
    """ "210 drones en une nuit, dont 187 interceptés": what some came to says that all were launched."""
    for position in range(last + 1, min(len(units), last + 8)):
        if units[position].has("subset"):
            following = units.units[position + 1 : position + 5]
            counted = any(unit.quantity is not None for unit in following)
            return counted and any(unit.sub("air") in {"shot-down", "lost"} for unit in following)
        if units[position].has("aux", "air") or units[position].norm in {";", ":", "."}:
            return False
    return False


def _noun_phrase(units: Units, index: int) -> bool:
    """ "Les impacts de trois roquettes": the noun, not a verb, says what the drones did."""
    return units[index].end - units[index].start > len(units.norm(index))


def _added(units: Units, index: int) -> bool:
    """ "…, ainsi que neuf missiles": the same is said of them."""
    return units.norm(index - 1) == "que" and units.norm(index - 2) == "ainsi"


def _number_before(units: Units, position: int) -> bool:
    near = (units[i].quantity for i in range(max(0, position - 2), position + 1))
    return any(quantity is not None and not quantity.ordinal for quantity in near)


def _total_of(units: Units, index: int) -> bool:
    """ "sur un total de 145 drones"."""
    return units.norm(index - 1) in {"de", "d'"} and units.norm(index - 2) == "total"


def weapon_ahead(units: Units, index: int) -> str | None:
    """ "Quatorze des trente drones": the noun of a number that is part of another."""
    for position in range(index + 1, min(len(units), index + 5)):
        unit = units[position]
        if unit.quantity is not None:
            head = head_of(units, position)
            return head.of if head is not None and head.family == "weapon" else None
        if not unit.has("air") and unit.norm not in {"des", "de", "d'", "ces", "les", "sur"}:
            return None
    return None
