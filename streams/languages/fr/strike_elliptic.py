"""Numbers without a noun of their own: they take up the figure before them."""

from dataclasses import replace
from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_air import weapon_ahead
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_heads import Head, labelled_noun
from streams.languages.fr.strike_people import INHERITED
from streams.languages.fr.strike_predicates import left_predicate, right_predicate
from streams.languages.fr.strike_single import place_follows
from streams.languages.fr.strike_units import Units
from streams.languages.pack import Quantity


def elliptic(
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
    >>> figures("Six civils ont péri et neuf ont été blessés.")
    [('killed', 'civilian', 6), ('injured', 'civilian', 9)]
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
    if _in_brackets(units, index) and last is not None and found and last.sort in {"weapon", "people"}:
        rule = "number in brackets"
        return Found(rule, last.sort, last.measure, index, index, index, quantity, last.of, place_unit=index - 2)
    flown = _weapons_again(units, index, quantity, found, before, subset)
    if flown is not None:
        return flown
    return _people_again(units, index, quantity, last, subset) or _part(units, index, quantity, last, found, subset)


def _weapons_again(
    units: Units, index: int, quantity: Quantity, found: list[Found], before: list[Found], subset: bool
) -> Found | None:
    """Weapons counted without their noun: "41 ont été abattus", "en a détruit 12", "45 sur 57".

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("L'ennemi a lancé 60 drones ; 41 ont été abattus.")
    [('launched', 'drone', 60), ('shot-down', 'drone', 41)]
    """
    told = [figure for figure in (found or before) if figure.sort == "weapon"]
    ahead = weapon_ahead(units, index)
    if not told and ahead is None:
        return None
    rule = "weapons taken up again"
    active = left_predicate(units, index, family="air")
    if active is not None and active.sub in {"shot-down", "lost"} and index - active.index <= (3 if ahead else 2):
        kinds = {figure.of for figure in told if figure.measure == "launched"}
        of = ahead or ("air-target" if kinds == {"drone", "missile"} else told[-1].of)
        return Found(rule, "weapon", cast(Measure, active.sub), index, active.index, index, quantity, of, subset)
    outcome = right_predicate(units, index, "air", {"shot-down", "lost", "hit"} if ahead else None)
    follows = bool(found) and found[-1].sort == "weapon" and index - found[-1].last <= 3
    if follows and outcome is None and units.norm(index - 1) == "sur":
        return Found("out of so many", "weapon", "launched", index, index, index, quantity, found[-1].of)
    if outcome is None or quantity.article:
        return None
    of = ahead or told[-1].of
    return Found(rule, "weapon", cast(Measure, outcome.sub), index, index, outcome.index, quantity, of, subset)


def _people_again(units: Units, index: int, quantity: Quantity, last: Found | None, subset: bool) -> Found | None:
    """People counted without their noun: "neuf ont été blessés", "en a blessé sept", "un autre est mort".

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("L'obus a tué deux femmes et en a blessé sept.")
    [('killed', 'woman', 2), ('injured', None, 7)]
    """
    fate = right_predicate(units, index, "fate")
    known = last is not None and last.sort == "people"
    if fate is not None and quantity.article:
        if known and units.norm(index + 1) == "autre":
            return Found(
                "one of those before", "people", cast(Measure, fate.sub), index, index, fate.index, 1, share=True
            )
        return None
    if fate is not None and (known or fate.index - index <= 4):
        among = units.norm(index + 1) == "d'" and units.norm(index + 2) == "entre"
        of = last.of if last is not None and last.of in INHERITED and not last.subset and not among else None
        rule = "people taken up again"
        return Found(rule, "people", cast(Measure, fate.sub), index, index, fate.index, quantity, of, subset)
    left = left_predicate(units, index)
    if left is None or index - left.index > 4 or quantity.article:
        return None
    rule = "verb and its victims"
    return Found(rule, "people", cast(Measure, left.sub), index, left.index, index, quantity, None, subset)


def _part(
    units: Units, index: int, quantity: Quantity, last: Found | None, found: list[Found], subset: bool
) -> Found | None:
    """A part of the figure before it, told with its own place or with what they are.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("Le tir a fait huit morts. Trois des victimes sont des enfants.")
    [('killed', None, 8), ('killed', 'child', 3)]
    """
    if last is None:
        return None
    if subset and found and place_follows(units, index):
        rule = "part of the figure before"
        return Found(rule, last.sort, last.measure, index, index, index, quantity, last.of, True, True)
    group = _victims_who_are(units, index)
    if group is not None:
        return Found("some of the victims", "people", last.measure, index, index, group[0], quantity, group[1], True)
    if last.sort == "people" and not quantity.article and _elsewhere(units, index, last):
        return Found("as many elsewhere", "people", last.measure, index, index, index, quantity, last.of, False, True)
    if found and _share_of_one(units, index):
        return Found("one of those before", last.sort, last.measure, index, index, index, 1, last.of, False, True)
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


def bracketed_pair(units: Units, figure: Found) -> list[Found]:
    """ "Toula et Riazan (6 chacune)": the figure once more for each place named before the bracket."""
    if figure.rule != "number in brackets" or units.norm(figure.number + 1) not in {"chacun", "chacune"}:
        return []
    pairs = []
    position = figure.number - 3
    while position > 0 and units.norm(position) in {"et", ","} and units[position - 1].place is not None:
        pairs.append(replace(figure, place_unit=position - 1))
        position -= 2
    return pairs


def _victims_who_are(units: Units, index: int) -> tuple[int, str] | None:
    """ "Trois des victimes sont des enfants": (last unit, what they are)."""
    relative = units.norm(index + 1) in {"desquels", "desquelles"}
    if not relative and (
        units.norm(index + 1) not in {"des", "de"}
        or not any(units[i].has("victim") for i in range(index + 2, min(len(units), index + 4)))
    ):
        return None
    for position in range(index + 2, min(len(units), index + 8)):
        of = units[position].sub("person")
        if of is not None and of != "any":
            return position, of
        if units[position].kind == "sign":
            return None
    return None


def _elsewhere(units: Units, index: int, last: Found) -> bool:
    """ "… et quatre dans la région de Kiev": the same fate at a further place."""
    if units.norm(index - 1) not in {"et", ",", ";"} or units.norm(index + 1) not in {"à", "dans", "en", "près"}:
        return False
    return last.number < index and index - last.last <= 12 and place_follows(units, index)


def _share_of_one(units: Units, index: int) -> bool:
    """ "L'une à …, l'autre à …", "une à Siversk, …": an article that takes one of those counted before."""
    quantity = units[index].quantity
    return (
        quantity is not None
        and quantity.article
        and units.norm(index + 1) in {"à", "dans", "près", "du", "en", "au"}
        and place_follows(units, index)
    )
