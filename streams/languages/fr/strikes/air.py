"""Drones, missiles, bombs and aircraft counted: launched, shot down, lost, come down."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.heads import Head, head_of
from streams.languages.fr.strikes.parts import (
    LINE,
    line_of_a_list,
    part_of,
    presented,
    resumed,
    says_nothing_more,
    share_at_a_place,
)
from streams.languages.fr.strikes.people import coordinated
from streams.languages.fr.strikes.predicates import Predicate, inverted, left_predicate, right_predicate
from streams.languages.fr.strikes.things import is_army_list
from streams.languages.fr.strikes.units import Units
from streams.languages.fr.strikes.unsaid import number_before, of_an_attack, on_a_country, struck_with, unsaid
from streams.languages.pack import Quantity

OUTCOMES = frozenset(("shot-down", "lost"))
FATES = OUTCOMES | {"hit"}
MOST_OF_A_LABEL = 12
MAIN_WITHIN = 16
FRACTIONS = frozenset(("aucun", "aucune", "moitié", "majorité", "plupart", "tiers", "quart"))
# "Neuf drones sur dix" is a share and counts none.
RATIOS = frozenset(("dix", "cent"))
FALLEN = frozenset(("débris", "fragments", "restes", "épaves", "morceaux"))


def weapons(units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool) -> Found | None:
    """Drones, missiles and bombs, and aircraft shot down: launched, shot down, lost, or come down.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Sur les 61 drones lancés dans la nuit, 40 ont été abattus et 15 perdus.")
    [('launched', 'drone', 61), ('shot-down', 'drone', 40), ('lost', 'drone', 15)]
    """
    aircraft = head.family == "thing"
    if units.norm(head.last + 1) == "sur" and units.norm(head.last + 2) in RATIOS:
        return None
    if units.norm(index - 1) in {"de", "d'"} and units.norm(index - 2) in FALLEN:
        return _fallen(units, index, quantity, head)
    if units.norm(index + 1).startswith("projectile") and units.stands("weapon.artillery", index + 2, index + 4):
        return None
    if head.family != "weapon" and head.sub not in {"aircraft", "helicopter"}:
        return None
    if is_army_list(units):
        return None
    share = share_at_a_place(units, index, quantity, head, last, subset)
    if share is not None:
        return share
    if last is not None and line_of_a_list(units, index, quantity, last):
        return Found(LINE, "weapon", last.measure, index, index, head.last, quantity, head.of)
    measure, first, end = _weapon_fate(units, index, quantity, head, last)
    if measure in OUTCOMES and _of_these(units, head, end):
        measure, end = "launched", head.last
    if aircraft and (measure != "shot-down" or _on_the_ground(units, first, end)):
        return None
    if head.of == "air-target" and units[head.last].norm == "cibles" and measure not in OUTCOMES:
        return None
    if measure == "shot-down" and _fell_upon(units, end):
        measure = "hit"
    agent = quantity.article and units.norm(index - 1) == "par"
    if measure is None or agent or (quantity.article and measure != "shot-down"):
        return None
    figure = Found("weapons and their fate", "weapon", measure, index, first, end, quantity, head.of, subset)
    return None if says_nothing_more(units, figure, last) else figure


def _of_these(units: Units, head: Head, end: int) -> bool:
    """ "88 cibles dans la nuit, 69 cibles détruites": the verb is said of the second number of the same noun."""
    if head.of != "air-target":
        return False
    return any(units.stands("weapon.air-target", i + 1, end) for i in units.numbers if head.last < i < end)


def _fallen(units: Units, index: int, quantity: Quantity, head: Head) -> Found | None:
    """ "Les débris de trois drones, abattus peu avant l'aube": what fell tells a number where it says why it fell."""
    downed = head.last + 1 + (units.norm(head.last + 1) == ",")
    sub = units[downed].sub("air") if downed < len(units) else None
    if sub not in OUTCOMES or quantity.article:
        return None
    rule, measure = "weapons and their fate", cast(Measure, sub)
    return Found(rule, "weapon", measure, index, index, downed, quantity, head.of)


def _fell_upon(units: Units, end: int) -> bool:
    """ "Deux missiles s'y sont abattus": they struck; nobody shot them down."""
    reflexive = any(units.norm(position) in {"se", "s'"} for position in range(max(0, end - 3), end))
    return reflexive and units.norm(end).startswith("abatt")


def _weapon_fate(
    units: Units, index: int, quantity: Quantity, head: Head, last: Found | None
) -> tuple[Measure | None, int, int]:
    out_of = _out_of(units, index)
    whole = _whole_behind(units, head.last)
    right = right_predicate(units, head.last if whole is None else whole, "air", None if whole is None else FATES)
    if out_of:
        participle = right is not None and right.index == head.last + 1 and right.sub in OUTCOMES
        summed = left_predicate(units, index, OUTCOMES, "air") if units.norm(index - 2) == "total" else None
        if summed is not None:
            return cast(Measure, summed.sub), summed.index, head.last
        return ("shot-down" if participle else "launched"), index, head.last
    left = left_predicate(units, index, family="air") or inverted(units, index, "air")
    if of_an_attack(units, index):
        return "launched", index, head.last
    joined = last is not None and last.number < index
    joined = joined and last is not None and (coordinated(units, last.last, index) or resumed(units, last, index))
    if joined and last is not None and last.sort == "weapon" and units.norm(last.number - 1) == "avec":
        return last.measure, min(index, last.first), head.last
    ended = right is not None and right.index == head.last + 1 and right.sub in OUTCOMES
    if not ended and units.norm(index - 1) == "avec" and struck_with(units, index):
        return "launched", index, head.last
    if joined and last is not None and last.measure == "hit" and units.norm(index - 1) in {"de", "d'"}:
        return "hit", index, head.last
    wave = left is not None and left.sub == "launched" and _noun_phrase(units, left.index)
    if wave and right is not None and right.sub == "hit" and on_a_country(units, right.index):
        right = None  # "une vague de 140 drones s'est abattue sur l'Ukraine"
    if left is not None and left.sub == "hit" and index - left.index <= 2 and _noun_phrase(units, left.index):
        return "hit", left.index, head.last
    if right is not None and units.norm(index - 1) == "par" and units.norm(right.index - 1) in {"tous", "toutes"}:
        right = None
    subject = head.last + 1 < len(units) and units[head.last + 1].has("aux")
    if right is not None and (left is None or subject or right.index - head.last <= 2 or left.sub == "hit"):
        right = truly(units, _main_verb(units, right))
        return cast(Measure, right.sub), index, right.index
    if left is not None and left.sub == "lost" and units[left.index].norm.startswith("perd"):
        return None, index, head.last  # an army's own loss: "l'aviation a perdu trois appareils"
    if left is not None:
        return cast(Measure, left.sub), left.index, head.last
    own = units[head.last].sub("air")
    if own is not None:
        return cast(Measure, own), index, head.last
    if joined and last is not None and last.sort == "weapon":
        return last.measure, min(index, last.first), head.last
    parted = part_of(units, index, quantity, head.of, last) or presented(units, head.last)
    if parted is not None:
        return parted, index, head.last
    of_them = _added(units, index) or (last is not None and last.of == "air-target" and units[index - 1].has("subset"))
    if last is not None and last.sort == "weapon" and index > last.last and of_them:
        return last.measure, index, head.last
    label = _labelled(units, index)
    if label is not None:
        return cast(Measure, label.sub), label.index, head.last
    return unsaid(units, index, head), index, head.last


def _whole_behind(units: Units, last: int) -> int | None:
    """The whole of "deux drones sur les sept qui visaient la centrale ont percuté …"; None where none follows."""
    if units.norm(last + 1) != "sur":
        return None
    whole = last + 2 + (units.norm(last + 2) in {"les", "un"})
    return whole if whole < len(units) and units[whole].quantity is not None else None


def _main_verb(units: Units, participle: Predicate) -> Predicate:
    """ "Trente drones lancés de Crimée ont été abattus": what they came to, rather than that they were launched."""
    first = participle.index
    if participle.sub != "launched" or units.stands("aux", first - 3, first - 1):
        return participle
    for position in range(first + 1, min(len(units), first + MAIN_WITHIN)):
        unit = units[position]
        counted = unit.quantity is not None and not unit.quantity.article
        if counted or unit.segment != units[first].segment or unit.has("subset", "scene.said"):
            return participle
        sub = unit.sub("air")
        if sub is not None and units.stands("aux", position - 3, position - 1):
            return Predicate(sub, position) if sub in OUTCOMES else participle
    return participle


def truly(units: Units, told: Predicate) -> Predicate:
    """ "Neutralisés par les moyens de guerre électronique" were jammed; what "ont mis à terre" a pylon struck."""
    if told.sub == "hit" and units.norm(told.index).startswith("abatt"):
        counted = told.index + 1 < len(units) and units[told.index + 1].quantity is not None
        if counted or units.norm(told.index - 1) == "été":
            return Predicate("shot-down", told.index)  # "39 drones abattus sur 55", "ont été abattus sur l'approche"
    if told.sub != "shot-down":
        return told
    if units.norm(told.index - 1) in {"ont", "avaient"}:
        return Predicate("hit", told.index)
    jammed = told.index + 1 < len(units) and units[told.index + 1].sub("air") == "lost"
    return Predicate("lost", told.index + 1) if jammed else told


def _out_of(units: Units, index: int) -> bool:
    """ "Treize des 23 missiles", "sur les 31 lancés", "sur un total de 145 drones"."""
    before = units.norm(index - 1)
    if before in {"des", "les", "ces"} and (number_before(units, index - 1) or _among_none(units, index)):
        return True
    if before == "sur" or (before in {"les", "des", "un"} and units.norm(index - 2) in {"sur", "total"}):
        return True
    return before in {"de", "d'"} and units.norm(index - 2) == "total"


def _among_none(units: Units, index: int) -> bool:
    """ "Des 470 drones, …" at the head of the sentence, "aucun des cinq missiles"."""
    if units.norm(index - 1) != "des":
        return False
    return index == 1 or units.norm(index - 2) in FRACTIONS


def _labelled(units: Units, index: int) -> Predicate | None:
    """ "Abattus ou brouillés : 187 drones": the participle that opens the line and stands before the colon."""
    if units.norm(index - 1) != ":" or not units.tells("air"):
        return None
    opening = index - 2
    while opening > 0 and units[opening - 1].segment == units[index - 2].segment and index - opening < MOST_OF_A_LABEL:
        opening -= 1
    for position in range(opening, min(opening + 3, index - 1)):
        sub = units[position].sub("air")
        if sub is not None:
            return Predicate(sub, position)
    return None


def _on_the_ground(units: Units, first: int, last: int) -> bool:
    """Whether what befell aircraft is told of things too: "détruits", "destruction de", not "abattus"."""
    return any(units[position].has("harm") for position in (first, last)) and not any(
        units[position].sub("air") == "shot-down" and not units[position].has("harm") for position in (first, last)
    )


def _noun_phrase(units: Units, index: int) -> bool:
    """ "Les impacts de trois roquettes": the noun, not a verb, says what the drones did."""
    return units[index].end - units[index].start > len(units.norm(index))


def _added(units: Units, index: int) -> bool:
    """ "…, ainsi que neuf missiles": the same is said of them."""
    return units.norm(index - 1) == "que" and units.norm(index - 2) == "ainsi"


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
