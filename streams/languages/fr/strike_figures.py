"""The figures of strikes in a sentence: which number counts what, by its noun and by the verb that governs it."""

from dataclasses import replace
from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_air import weapon_ahead, weapons
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_heads import Head, head_of, labelled_noun
from streams.languages.fr.strike_people import (
    INHERITED,
    ordinal,
    people,
    place_follows,
    single,
    unknown_people,
    victims,
)
from streams.languages.fr.strike_predicates import left_predicate, right_predicate
from streams.languages.fr.strike_revisions import former_figure, revised, summed
from streams.languages.fr.strike_units import Unit, Units
from streams.languages.pack import Quantity

SUBSET = frozenset(("dont", "parmi lesquels", "parmi lesquelles", "parmi eux", "parmi elles", "y compris"))


def figures_in(units: Units, before: list[Found]) -> tuple[list[Found], list[tuple[int, str]]]:
    """(figures of the sentence in order, numbers passed over with the reason); `before` are those of the sentence before.

    A number without a noun of its own ("cinq ont été blessés", "dont onze en Crimée") takes up the figure before it.
    """
    found: list[Found] = []
    dropped: list[tuple[int, str]] = []
    for index, unit in enumerate(units.units):
        if unit.quantity is None:
            if not unit.has("single", "person"):
                continue
            figure = single(units, index, found or before)
        else:
            figure = former_figure(units, index, unit.quantity, found) or _figure(
                units, index, unit.quantity, found, before
            )
        if figure is None:
            if unit.quantity is not None and not unit.quantity.article:
                dropped.append((index, "no noun or verb of a strike governs it"))
        elif _denied(units, figure):
            dropped.append((index, "denied, asked or only feared"))
        else:
            found.append(figure)
            found.extend(_bracketed_pair(units, figure))
    return revised(units, summed(units, found)), dropped


def _figure(units: Units, index: int, quantity: Quantity, found: list[Found], before: list[Found]) -> Found | None:
    if quantity.unit is not None:
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
    return unknown_people(units, index, quantity, head, subset) or _elliptic(
        units, index, quantity, head, found, before, subset
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
    if head.sub == "times" and not any(
        u.has("strike") for u in units.units if u.part == units[index].part or u.segment == units[index].segment
    ):
        return None
    return Found("count of attacks", "attack", "attacks", index, index, head.last, quantity, None, subset)


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
    if chosen is None:
        return None
    measure, of = cast(Measure, chosen.sub), head.of
    if measure == "without-power" or of == "household":
        if measure != "without-power":
            return None
        of = "household"
    first, end = min(index, chosen.index), max(head.last, chosen.index)
    return Found("things and their harm", "thing", measure, index, first, end, quantity, of, subset)


def _elliptic(
    units: Units,
    index: int,
    quantity: Quantity,
    head: Head | None,
    found: list[Found],
    before: list[Found],
    subset: bool,
) -> Found | None:
    """A number without a noun takes its noun from the figure before it, its verb from its own clause.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("Trois civils ont perdu la vie et cinq ont été blessés.")
    [('killed', 'civilian', 3), ('injured', 'civilian', 5)]
    """
    if head is not None:
        return None
    paired = _respective(units, index, quantity, found)
    if paired is not None:
        return paired
    named = labelled_noun(units, index)
    if named is not None:
        return Found("noun before its number", "people", cast(Measure, named.sub), index, named.index, index, quantity)
    last = found[-1] if found else (before[-1] if before else None)
    weapon = next((figure for figure in reversed(found or before) if figure.sort == "weapon"), None)
    end = index
    if _in_brackets(units, index) and last is not None and found and last.sort in {"weapon", "people"}:
        return Found(
            "number in brackets", last.sort, last.measure, index, index, index, quantity, last.of, place_unit=index - 2
        )
    partitive = weapon_ahead(units, index) is not None
    outcome = {"shot-down", "lost", "hit"} if partitive else None
    if partitive:
        active = left_predicate(units, index, family="air")
        if active is not None and active.sub in {"shot-down", "lost"} and index - active.index <= 3:
            return Found(
                "weapons taken up again",
                "weapon",
                cast(Measure, active.sub),
                index,
                active.index,
                index,
                quantity,
                weapon_ahead(units, index),
                subset,
            )
    active = left_predicate(units, index, family="air")
    if weapon is not None and active is not None and active.sub in {"shot-down", "lost"} and index - active.index <= 2:
        kinds = {figure.of for figure in (found or before) if figure.sort == "weapon" and figure.measure == "launched"}
        of = "air-target" if kinds == {"drone", "missile"} else weapon.of
        return Found(
            "weapons taken up again",
            "weapon",
            cast(Measure, active.sub),
            index,
            active.index,
            index,
            quantity,
            of,
            subset,
        )
    if (
        found
        and found[-1].sort == "weapon"
        and units.norm(index - 1) == "sur"
        and index - found[-1].last <= 3
        and right_predicate(units, end, "air") is None
    ):
        return Found("out of so many", "weapon", "launched", index, index, end, quantity, found[-1].of)
    air = right_predicate(units, end, "air", outcome) if weapon is not None or partitive else None
    if air is not None and not quantity.article:
        of = weapon_ahead(units, index) or (weapon.of if weapon is not None else None)
        return Found(
            "weapons taken up again", "weapon", cast(Measure, air.sub), index, index, air.index, quantity, of, subset
        )
    fate = right_predicate(units, end, "fate")
    left = left_predicate(units, index)
    people = last is not None and last.sort == "people"
    if fate is not None and (not quantity.article) and (people or fate.index - end <= 4):
        among = units.norm(index + 1) == "d'" and units.norm(index + 2) == "entre"
        of = last.of if last is not None and last.of in INHERITED and not last.subset and not among else None
        return Found(
            "people taken up again", "people", cast(Measure, fate.sub), index, index, fate.index, quantity, of, subset
        )
    if left is not None and index - left.index <= 4 and not quantity.article:
        return Found(
            "verb and its victims", "people", cast(Measure, left.sub), index, left.index, end, quantity, None, subset
        )
    if subset and last is not None and found and place_follows(units, index):
        return Found(
            "part of the figure before", last.sort, last.measure, index, index, end, quantity, last.of, False, True
        )
    if last is not None and found and _share_of_one(units, index):
        return Found("one of those before", last.sort, last.measure, index, index, end, 1, last.of, False, True)
    return None


def _respective(units: Units, index: int, quantity: Quantity, found: list[Found]) -> Found | None:
    """ "405 drones et 28 missiles, dont respectivement 333 et 16 ont été interceptés"."""
    first = units.norm(index - 1) == "respectivement"
    second = index >= 3 and units.norm(index - 3) == "respectivement" and units[index - 2].quantity is not None
    launched = [figure for figure in found if figure.rule != "of each in turn"]
    if not (first or second) or len(launched) < 2 or launched[-1].sort != "weapon":
        return None
    end = index + 2 if first and index + 2 < len(units) else index
    outcome = right_predicate(units, end, "air")
    if outcome is None:
        return None
    whole = launched[-2] if first else launched[-1]
    return Found(
        "of each in turn", "weapon", cast(Measure, outcome.sub), index, index, outcome.index, quantity, whole.of, True
    )


def _in_brackets(units: Units, index: int) -> bool:
    return (
        units.norm(index - 1) == "("
        and index >= 2
        and units[index - 2].place is not None
        and any(units.norm(i) == ")" for i in range(index + 1, min(len(units), index + 3)))
    )


def _bracketed_pair(units: Units, figure: Found) -> list[Found]:
    """ "Orel et Lipetsk (9 chacune)": the figure once more for each place named before the bracket."""
    if figure.rule != "number in brackets" or units.norm(figure.number + 1) not in {"chacun", "chacune"}:
        return []
    pairs = []
    position = figure.number - 3
    while position > 0 and units.norm(position) in {"et", ","} and units[position - 1].place is not None:
        pairs.append(replace(figure, place_unit=position - 1))
        position -= 2
    return pairs


def _share_of_one(units: Units, index: int) -> bool:
    """ "L'une à …, l'autre à …", "une à Kostiantynivka, …": an article that takes one of those counted before."""
    quantity = units[index].quantity
    return (
        quantity is not None
        and quantity.article
        and units.norm(index + 1) in {"à", "dans", "près", "du", "en", "au"}
        and place_follows(units, index)
    )


def _denied(units: Units, figure: Found) -> bool:
    """Whether the figure's own clause denies, asks or only fears it."""
    unit: Unit = units[figure.number]
    for position in range(max(0, figure.first - 6), min(len(units), figure.last + 1)):
        other = units[position]
        if other.segment == unit.segment and other.has("hypothesis"):
            return True
        if (
            other.part == unit.part
            and other.has("negation")
            and position < figure.number
            and figure.number - position <= 2
        ):
            return True
    return units.norm(len(units) - 1) == "?"
