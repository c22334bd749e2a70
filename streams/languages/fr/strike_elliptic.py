"""Numbers without a noun of their own: they take up the figure before them."""

from dataclasses import replace
from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_air import weapon_ahead
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_heads import Head
from streams.languages.fr.strike_labels import Label, label_of
from streams.languages.fr.strike_people import INHERITED
from streams.languages.fr.strike_predicates import left_predicate, right_predicate
from streams.languages.fr.strike_single import place_follows
from streams.languages.fr.strike_units import Units
from streams.languages.pack import Quantity

LOCATING = frozenset(("à", "au", "aux", "en", "dans", "sur", "près", "chez", "vers", "dessus", "au-dessus", "autour"))


def elliptic(
    units: Units,
    index: int,
    quantity: Quantity,
    head: Head | None,
    found: list[Found],
    before: list[Found],
    subset: bool,
    weapon: str | None = None,
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
    last = found[-1] if found else (before[-1] if before else None)
    label = label_of(units, index) if not quantity.article else None
    if label is not None:
        return _labelled(units, index, quantity, label, last, weapon)
    whole = next((figure for figure in reversed(found or before) if not figure.subset), last)
    if _in_brackets(units, index) and last is not None and found and last.sort in {"weapon", "people"}:
        rule = "number in brackets"
        return Found(rule, last.sort, last.measure, index, index, index, quantity, last.of, place_unit=index - 2)
    flown = _weapons_again(units, index, quantity, found, before, subset, weapon)
    if flown is not None:
        return flown
    return (
        _things_again(units, index, quantity, last, subset)
        or _people_again(units, index, quantity, last if subset else whole, subset)
        or _part(units, index, quantity, last, found, subset)
    )


def _weapons_again(
    units: Units,
    index: int,
    quantity: Quantity,
    found: list[Found],
    before: list[Found],
    subset: bool,
    weapon: str | None,
) -> Found | None:
    """Weapons counted without their noun: "41 ont été abattus", "en a détruit 12", "45 sur 57".

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("L'ennemi a lancé 60 drones ; 41 ont été abattus.")
    [('launched', 'drone', 60), ('shot-down', 'drone', 41)]
    """
    told = [figure for figure in (found or before) if figure.sort == "weapon"]
    ahead = weapon_ahead(units, index)
    known = ahead or (told[-1].of if told else weapon)
    if known is None or (not told and ahead is None and _is_person_fate(units, index)):
        return None
    rule = "weapons taken up again"
    active = left_predicate(units, index, family="air")
    if active is not None and active.sub in {"shot-down", "lost"} and index - active.index <= (3 if ahead else 2):
        kinds = {figure.of for figure in told if figure.measure == "launched"}
        of = ahead or ("air-target" if kinds == {"drone", "missile"} else known)
        return Found(rule, "weapon", cast(Measure, active.sub), index, active.index, index, quantity, of, subset)
    outcome = right_predicate(units, index, "air", {"shot-down", "lost", "hit"} if ahead else None)
    follows = bool(found) and found[-1].sort == "weapon" and index - found[-1].last <= 3
    if follows and outcome is None and units.norm(index - 1) == "sur":
        return Found("out of so many", "weapon", "launched", index, index, index, quantity, found[-1].of)
    if outcome is None or quantity.article:
        return None
    return Found(rule, "weapon", cast(Measure, outcome.sub), index, index, outcome.index, quantity, known, subset)


def _is_person_fate(units: Units, index: int) -> bool:
    """Whether people, rather than the weapons of the sentence before, may be what a number without a noun counts."""
    outcome = right_predicate(units, index, "air", {"shot-down", "lost", "launched"})
    return outcome is None or units[outcome.index].has("fate") or outcome.index - index > 5


def _labelled(
    units: Units, index: int, quantity: Quantity, label: Label, last: Found | None, weapon: str | None
) -> Found | None:
    """A number after its noun: people by "blessés", weapons by "abattus", things by "détruites" of those before."""
    rule, first = "noun before its number", label.index
    if label.family == "victim":
        return Found(rule, "people", cast(Measure, label.sub), index, first, index, quantity)
    if label.family == "air" and (weapon is not None or (last is not None and last.sort == "weapon")):
        of = last.of if last is not None and last.sort == "weapon" else weapon
        return Found(rule, "weapon", cast(Measure, label.sub), index, first, index, quantity, of)
    if label.family == "harm" and last is not None and last.sort == "thing":
        return Found(rule, "thing", cast(Measure, label.sub), index, first, index, quantity, last.of)
    return None


def _things_again(units: Units, index: int, quantity: Quantity, last: Found | None, subset: bool) -> Found | None:
    """Things counted without their noun: "Six maisons détruites, vingt abîmées".

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("Six maisons ont été détruites et vingt autres abîmées.")
    [('destroyed', 'house', 6), ('damaged', 'house', 20)]
    """
    if last is None or last.sort != "thing" or quantity.article:
        return None
    outcome = right_predicate(units, index, "harm", {"damaged", "destroyed", "without-power"})
    if outcome is None or outcome.index - index > 6:
        return None
    rule, of = "things taken up again", last.of
    return Found(rule, "thing", cast(Measure, outcome.sub), index, index, outcome.index, quantity, of, subset)


def _people_again(units: Units, index: int, quantity: Quantity, last: Found | None, subset: bool) -> Found | None:
    """People counted without their noun: "neuf ont été blessés", "en a blessé sept", "un autre est mort".

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("L'obus a tué deux femmes et en a blessé sept.")
    [('killed', 'woman', 2), ('injured', None, 7)]
    """
    if index >= 2 and units.norm(index - 1) in {"de", "d'"} and units[index - 2].sub("victim") == "body":
        found = last is not None and last.sort == "people"
        return Found("bodies", "people", "killed", index, index - 2, index, quantity) if found else None
    fate = right_predicate(units, index, "fate")
    if subset and _only_graver(units, index, fate.sub if fate is not None else None, last):
        return None
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
    taken_up = known and units.norm(left.index - 1) in {"en", "a", "ont"} and units.norm(index + 1) != "autres"
    of = last.of if last is not None and taken_up and last.of in INHERITED else None
    return Found(rule, "people", cast(Measure, left.sub), index, left.index, index, quantity, of, subset)


def _only_graver(units: Units, index: int, fate: str | None, last: Found | None) -> bool:
    """ "Sept blessés, dont trois graves": how badly off some are is no figure of its own."""
    near = units.units[index + 1 : index + 5]
    graver = any(unit.has("severity") for unit in near)
    return graver or (last is not None and fate == last.measure and last.of is None and last.sort == "people")


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
    if found and last.sort in {"weapon", "people"} and not quantity.article and _listed_by_place(units, index, last):
        return Found("share of a list", last.sort, last.measure, index, index, index, quantity, last.of, False, True)
    group = _victims_who_are(units, index)
    if group is not None:
        return Found("some of the victims", "people", last.measure, index, index, group[0], quantity, group[1], True)
    if last.sort == "people" and not quantity.article and _elsewhere(units, index, last):
        return Found("as many elsewhere", "people", last.measure, index, index, index, quantity, last.of, False, True)
    if found and _share_of_one(units, index):
        return Found("one of those before", last.sort, last.measure, index, index, index, 1, last.of, False, True)
    return None


def _listed_by_place(units: Units, index: int, last: Found) -> bool:
    """ "… 60 drones : 35 sur Briansk, 15 en Crimée et dix près de Toula": each number with its own place."""
    if units.norm(index - 1) not in {":", ",", "et", "(", ";", "dont"} or not units.units[index + 1 : index + 2]:
        return False
    opened = any(units.norm(i) in {":", "("} for i in range(last.last, index)) or last.rule == "share of a list"
    near = units.units[index + 1 : index + 3]
    located = any(unit.norm in LOCATING for unit in near[:1])
    return opened and located and any(unit.place is not None for unit in units.units[index + 1 : index + 9])


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
    """ "Trois des victimes sont des enfants", "deux sont médecins": (last unit, what they are)."""
    if units.norm(index + 1) in {"sont", "étaient", "est", "était", "seraient"}:
        for position in range(index + 2, min(len(units), index + 5)):
            what = units[position].sub("person")
            if what is not None:
                return (position, what) if what != "any" else None
        return None
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
