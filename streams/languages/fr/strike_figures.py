"""The figures of strikes in a sentence: which number counts what, by its noun and by the verb that governs it."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_air import weapons
from streams.languages.fr.strike_denials import corrected, denied
from streams.languages.fr.strike_elliptic import bracketed_pair, elliptic
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_heads import Head, head_of
from streams.languages.fr.strike_human import is_human
from streams.languages.fr.strike_people import people, unknown_people, victims
from streams.languages.fr.strike_predicates import left_predicate, right_predicate
from streams.languages.fr.strike_revisions import former_figure, revised, summed
from streams.languages.fr.strike_single import DEFINITE, ordinal, single
from streams.languages.fr.strike_units import Units
from streams.languages.pack import Quantity

MOST_IN_A_SENTENCE = 60


def figures_in(
    units: Units, before: list[Found], weapon: str | None = None
) -> tuple[list[Found], list[tuple[int, str]]]:
    """(figures of the sentence in order, numbers passed over with the reason); `before` are the sentence before's,
    `weapon` the class of weapon told of last.

    A number without a noun of its own ("neuf ont été blessés", "dont huit en Crimée") takes up the figure before it.
    """
    found: list[Found] = []
    dropped: list[tuple[int, str]] = []
    for index, unit in enumerate(units.units):
        if len(found) >= MOST_IN_A_SENTENCE:
            break
        if unit.quantity is None:
            if not (unit.has("single", "person") or (units.norm(index - 1) in DEFINITE and is_human(unit))):
                continue
            if found and found[-1].first <= index <= found[-1].last:
                continue
            figure = single(units, index, found or before)
        else:
            figure = former_figure(units, index, unit.quantity, found) or _figure(
                units, index, unit.quantity, found, before, weapon
            )
        if figure is None:
            if unit.quantity is not None and not unit.quantity.article:
                dropped.append((index, "no noun or verb of a strike governs it"))
        elif denied(units, figure):
            dropped.append((index, "denied, asked or only feared"))
        else:
            found.append(figure)
            found.extend(bracketed_pair(units, figure))
    return revised(units, summed(units, found)), dropped


def _figure(
    units: Units, index: int, quantity: Quantity, found: list[Found], before: list[Found], weapon: str | None
) -> Found | None:
    if quantity.unit is not None or units.norm(index - 1) == "ces" or corrected(units, index):
        return None
    if quantity.ordinal:
        return ordinal(units, index, found or before)
    head = head_of(units, index)
    last = found[-1] if found else (before[-1] if before else None)
    subset = _is_subset(units, index)
    for rule in (victims, people, weapons, _attacks, _things):
        figure = rule(units, index, quantity, head, last, subset)
        if figure is not None:
            return figure
    return unknown_people(units, index, quantity, head, subset) or elliptic(
        units, index, quantity, head, found, before, subset, weapon
    )


def _is_subset(units: Units, index: int) -> bool:
    """Whether "dont", "parmi lesquels", "parmi eux" opens the group that the number stands in."""
    position = index - 1
    for _ in range(4):
        if position < 0:
            return False
        norm = units.norm(position)
        if units[position].has("subset"):
            return True
        if norm not in {
            ",",
            "au",
            "moins",
            "se",
            "trouvent",
            "figurent",
            "il",
            "y",
            "a",
            "on",
            "compte",
            "notamment",
            "tous",
            "deux",
        }:
            return False
        position -= 1
    return False


def _attacks(
    units: Units, index: int, quantity: Quantity, head: Head | None, last: Found | None, subset: bool
) -> Found | None:
    """A count of strikes; "45 attaques de drones" at one place are attacks.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("L'ennemi a mené une quarantaine de frappes sur la commune et ouvert le feu à sept reprises.")
    [('attacks', None, 40), ('attacks', None, 7)]
    """
    if head is None or head.family != "attack" or quantity.article:
        return None
    near = [u for u in units.units if u.part == units[index].part or u.segment == units[index].segment]
    if head.sub == "times" and not (
        any(u.has("strike") for u in near) and any(u.has("weapon", "scene.russian", "scene.ukrainian") for u in near)
    ):
        return None
    if any(unit.has("figurative") for unit in units.units[head.last + 1 : head.last + 4]):
        return None
    return Found("count of attacks", "attack", "attacks", index, index, head.last, quantity, None, subset)


def _among(units: Units, index: int, last: int) -> bool:
    """ "24 bâtiments, dont un internat et deux crèches": only nouns between "dont" and the number."""
    for position in range(index - 1, max(last, index - 9), -1):
        if units[position].has("subset"):
            return True
        if units[position].has("aux", "harm") or units[position].norm in {";", ":", ".", "(", ")"}:
            return False
    return False


def _things(
    units: Units, index: int, quantity: Quantity, head: Head | None, last: Found | None, subset: bool
) -> Found | None:
    """Things damaged, destroyed or without power; an article counts no thing.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("Neuf maisons et deux écoles ont été endommagées, et 1 200 foyers restent privés de courant.")
    [('damaged', 'house', 9), ('damaged', 'school', 2), ('without-power', 'household', 1200)]
    """
    if head is None or head.family != "thing" or quantity.article:
        return None
    right = right_predicate(units, head.last, "harm")
    left = left_predicate(units, index, family="harm")
    chosen = right if right is not None and (left is None or right.index - head.last <= index - left.index) else left
    if chosen is None and last is not None and last.sort == "thing" and _among(units, index, last.last):
        return Found(
            "part of the things before", "thing", last.measure, index, index, head.last, quantity, head.of, True
        )
    if chosen is None:
        return None
    if last is not None and last.sort == "thing" and last.number < index and _among(units, index, last.last):
        subset = True
    measure, of = cast(Measure, chosen.sub), head.of
    if measure == "without-power" or of == "household":
        if measure != "without-power":
            return None
        of = "household"
    first, end = min(index, chosen.index), max(head.last, chosen.index)
    return Found("things and their harm", "thing", measure, index, first, end, quantity, of, subset)
