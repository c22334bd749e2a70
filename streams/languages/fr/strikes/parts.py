"""Weapons told as parts of a number before them: "143 cibles : 121 drones et 22 missiles", "623 en tout (…)"."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.shares import LOCATING, next_place
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

OPENERS = frozenset((":", "(", "–", "—", "soit", "dont", "comprenant"))
BETWEEN = frozenset((",", "soit", "dont", "à", "savoir", "notamment", "comprenant", "respectivement"))
FLYING = frozenset(("drone", "missile", "bomb", "air-target"))
REACH = 16
LONGEST_LINE = 16
LINE = "line of a list"
TELLING = ("aux", "air", "strike", "fate", "harm", "spoken_of")
PRESENTING = frozenset(("voilà", "voici", "c'", "ce", "tel", "tels", "telle", "telles"))


def part_of(units: Units, index: int, quantity: Quantity, of: str | None, last: Found | None) -> Measure | None:
    """The measure of the weapons counted last in the sentence where a colon or a bracket opens what they were.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("La défense a abattu 143 cibles : 121 drones et 22 missiles de croisière.")
    [('shot-down', 'air-target', 143), ('shot-down', 'drone', 121), ('shot-down', 'missile', 22)]
    """
    if last is None or last.sort != "weapon" or last.number >= index or of not in FLYING:
        return None
    if units[last.number].quantity is not last.quantity or index - last.last > REACH:
        return None
    larger = value_of(last) > quantity.value
    if not larger or (last.of == of and not _dotted(units, last, index)):
        return None
    opener = next((i for i in range(index - 1, last.number, -1) if units.norm(i) in OPENERS), None)
    if opener is None or any(units.norm(i) not in BETWEEN for i in range(opener + 1, index)):
        return None
    return last.measure


def share_at_a_place(
    units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool
) -> Found | None:
    """ "117 drones abattus, dont 37 drones au-dessus de Koursk": the share of a place, told with its noun once more."""
    if not subset or last is None or last.sort != "weapon" or last.of != head.of or last.number >= index:
        return None
    if units[last.number].quantity is not last.quantity or value_of(last) < quantity.value:
        return None
    place = next_place(units, head.last) if units.norm(head.last + 1) in LOCATING else None
    if place is None or units.stands("air", head.last + 1, place):
        return None
    rule = "share of a place"
    return Found(rule, "weapon", last.measure, index, index, head.last, quantity, head.of, True, True, place_unit=place)


def line_of_a_list(units: Units, index: int, quantity: Quantity, last: Found) -> bool:
    """ "59 cibles abattues :" and then "- 33 missiles de croisière ;": a line without a verb says what they were."""
    if last.sort != "weapon" or index > 1 or not is_line(units):
        return False
    if last.number < len(units) and units[last.number].quantity is last.quantity:
        return False
    return last.rule == LINE or last.of == "air-target" or value_of(last) > quantity.value


def is_line(units: Units) -> bool:
    """Whether a sentence is a line of weapons counted, without any verb: "– 4 missiles Kalibr ;"."""
    return len(units) <= LONGEST_LINE and units.tells("weapon") and not units.tells(*TELLING)


def presented(units: Units, last: int) -> Measure | None:
    """ "1 340 drones et 27 missiles : voilà ce que l'ennemi a lancé": what the clause behind the colon says of them."""
    for colon in range(last + 1, min(len(units) - 1, last + REACH)):
        if units.norm(colon) != ":":
            continue
        if units.norm(colon + 1) not in PRESENTING:
            return None
        subs = (units[i].sub("air") for i in range(colon + 2, min(len(units), colon + REACH)))
        return cast(Measure | None, next((sub for sub in subs if sub is not None), None))
    return None


def resumed(units: Units, last: Found, index: int) -> bool:
    """ "70 missiles, dont des balistiques, et 100 drones": the list goes on past words that count nothing."""
    between = units.units[last.last + 1 : index]
    if not 3 < len(between) <= REACH or between[-1].norm != "et" or not any(unit.has("subset") for unit in between):
        return False
    return not any(unit.quantity is not None or unit.has("aux", "air", "strike") for unit in between)


def _dotted(units: Units, last: Found, index: int) -> bool:
    """Whether the whole stands without its noun or with one for all: "en avoir neutralisé 623 : 592 drones …"."""
    return last.last <= last.number + 1 and not any(units[i].has("weapon") for i in range(last.number + 1, index))


def says_nothing_more(units: Units, figure: Found, last: Found | None) -> bool:
    """ "300 drones, dont 200 Shahed": a part that the contract counts as the same, told neither apart nor elsewhere."""
    if last is None or last.sort != "weapon" or not figure.subset or figure.share or figure.place_unit is not None:
        return False
    same = figure.measure == last.measure and figure.of == last.of and last.number < figure.number
    return same and value_of(figure) <= value_of(last) and units[last.number].quantity is last.quantity
