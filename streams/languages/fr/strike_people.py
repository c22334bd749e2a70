"""People killed, injured, missing, hospitalised, rescued, evacuated: by a noun that says it or by a verb."""

from dataclasses import replace
from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_groups import (
    among_civilians,
    among_victims,
    broken_down,
    group_named,
    in_rubble,
    with_companion,
)
from streams.languages.fr.strike_heads import Head
from streams.languages.fr.strike_human import said_of_people
from streams.languages.fr.strike_predicates import Predicate, left_predicate, right_predicate
from streams.languages.fr.strike_pulled import pulled, under_age
from streams.languages.fr.strike_units import Units
from streams.languages.pack import Quantity

KEPT_SINGLE = frozenset(("civilian", "soldier"))


INHERITED = frozenset(("civilian",))


def doubled(quantity: Quantity) -> Quantity:
    """The people of so many couples."""
    return replace(quantity, value=quantity.value * 2, low=quantity.low * 2, high=quantity.high * 2, article=False)


def _later_death(units: Units, last: int, right: Predicate | None) -> Predicate | None:
    """ "Un enfant blessé lundi a succombé": the finite verb after the participle says what befell him in the end."""
    if right is None or right.sub != "injured" or finite(units, right.index):
        return right
    later = right_predicate(units, right.index, "fate", {"killed"})
    numbers = later is not None and any(units[i].quantity is not None for i in range(right.index, later.index))
    return later if later is not None and not numbers and finite(units, later.index) else right


def unknown_people(units: Units, index: int, quantity: Quantity, head: Head | None, subset: bool) -> Found | None:
    """People by a noun that the lexicon lacks, where a verb that only people suffer governs it.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("L'obus a tué deux tailleurs de pierre et trois bijoutiers ont été hospitalisés.")
    [('killed', None, 2), ('hospitalised', None, 3)]
    """
    if head is None or head.family != "none" or (quantity.article and not subset):
        return None
    if any(units[i].has("not_human") for i in range(index + 1, head.last + 1)):
        return None
    left = left_predicate(units, index)
    if left is not None and index - left.index <= 2:
        return Found(
            "verb and its victims",
            "people",
            cast(Measure, left.sub),
            index,
            left.index,
            head.last,
            quantity,
            None,
            subset,
        )
    right = right_predicate(units, head.last, "fate", {"killed", "hospitalised", "injured"})
    own = right is not None and right.index - head.last <= 4 and finite(units, right.index)
    beside = right is not None and right.index == head.last + 1 and units[right.index].norm.endswith("s")
    if right is not None and (own or beside) and said_of_people(units, right.index):
        return Found(
            "people and their fate",
            "people",
            cast(Measure, right.sub),
            index,
            index,
            right.index,
            quantity,
            None,
            subset,
        )
    return None


def victims(
    units: Units, index: int, quantity: Quantity, head: Head | None, last: Found | None, subset: bool
) -> Found | None:
    """A noun that says what befell them.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("La frappe a fait cinq morts et 38 blessés.")
    [('killed', None, 5), ('injured', None, 38)]
    """
    if head is None or head.family != "victim":
        return None
    measure = head.sub
    if measure == "rescued" and quantity.article:
        return None
    if measure == "body":
        fate = right_predicate(units, head.last, "fate", {"killed", "rescued"}) or left_predicate(
            units, index, {"body"}
        )
        brought = left_predicate(units, index, family="pull") or right_predicate(units, head.last, "pull")
        if not is_dead_body(units, index, head.last) or (
            fate is None and brought is None and not in_rubble(units, index)
        ):
            return None
        measure = "killed" if fate is None or fate.sub != "missing" else "missing"
    if measure == "victim" and broken_down(units, head.last):
        return None
    if measure == "victim":
        measure = "injured" if _wounded_nearby(units, head.last) else "killed"
    later = right_predicate(units, head.last, "fate", {"hospitalised"}) if measure == "injured" else None
    if later is not None and not _another_number(units, head.last, later.index):
        measure = "hospitalised"
    of = head.of if head.of is not None else _beside(units, index, last)
    if of is None:
        of = among_civilians(units, head.last)
    if _single_of(quantity):
        of = of if of in KEPT_SINGLE else None
    return Found("victim noun", "people", cast(Measure, measure), index, index, head.last, quantity, of, subset)


def is_dead_body(units: Units, index: int, last: int) -> bool:
    near = units.units[max(0, index - 3) : last + 8]
    return not any(unit.has("soldierly") or unit.sub("person") == "soldier" for unit in near)


def _wounded_nearby(units: Units, last: int) -> bool:
    return any("légères" in u.norm or "blessures" in u.norm for u in units.units[last : last + 6])


def _another_number(units: Units, first: int, last: int) -> bool:
    return any(units[i].quantity is not None for i in range(first + 1, last))


def _single_of(quantity: Quantity) -> bool:
    return quantity.article or (quantity.value == 1 and quantity.qualifier == "exact")


def _beside(units: Units, index: int, last: Found | None) -> str | None:
    """ "Quatre civils tués et dix blessés": the civilians go on through the coordination."""
    if last is None or last.of not in INHERITED or last.number >= index or last.subset:
        return None
    if units[last.number].segment != units[index].segment and units[index - 1].norm != ";":
        return None
    return last.of if units[index].start - units[last.last].end < 40 else None


def people(
    units: Units, index: int, quantity: Quantity, head: Head | None, last: Found | None, subset: bool
) -> Found | None:
    """People counted by what they are; a verb or participle says what befell them.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("Deux femmes ont péri, un homme de 53 ans a été blessé et le tir a aussi tué trois adolescents.")
    [('killed', 'woman', 2), ('injured', None, 1), ('killed', 'child', 3)]
    """
    if head is None or head.family != "person":
        return None
    if not head.sure and any(units[i].has("not_human") for i in range(index + 1, head.last)):
        return None
    of = head.of
    if _single_of(quantity) and not subset:
        of = of if of in KEPT_SINGLE else None
    if subset and of is None and under_age(units, head.last):
        of = "child"
    if head.sub == "couple":
        quantity, of = doubled(quantity), None
    brought = pulled(units, index, head.last)
    if brought is not None:
        return Found("people pulled out", "people", brought[0], index, brought[1], brought[2], quantity, of, subset)
    right = right_predicate(units, head.last, "fate")
    if right is not None and not head.sure and not said_of_people(units, right.index):
        return None
    left = left_predicate(units, index)
    group = group_named(units, index) if subset else None
    if group is not None and (right is None or right.index - head.last > 3):
        return Found("part of the victims", "people", group, index, index, head.last, quantity, of, True)
    if subset and last is not None and (right is None or right.index - head.last > 3):
        return Found("part of the figure before", "people", last.measure, index, index, head.last, quantity, of, True)
    if units.norm(index - 1) in {"de", "d'"} and units[index - 2].sub("victim") == "body" and index >= 2:
        if head.of == "soldier" or not is_dead_body(units, index, head.last):
            return None
        return Found("bodies", "people", "killed", index, index - 2, head.last, quantity, of, subset)
    among = among_victims(units, head.last) if right is None else None
    if among is not None:
        return Found(
            "some of the victims", "people", cast(Measure, among[0]), index, index, among[1], quantity, of, True
        )
    right = _later_death(units, head.last, right)
    governed = left is not None and index - left.index <= 2 and (right is None or right.index - head.last > 2)
    if right is not None and not governed and (left is None or right.index - head.last <= index - left.index + 6):
        counted = with_companion(units, head.last, right.index, quantity)
        return Found(
            "people and their fate", "people", cast(Measure, right.sub), index, index, right.index, counted, of, subset
        )
    return _without_right_verb(units, index, quantity, head, of, left, last, subset)


def _without_right_verb(
    units: Units,
    index: int,
    quantity: Quantity,
    head: Head,
    of: str | None,
    left: Predicate | None,
    last: Found | None,
    subset: bool,
) -> Found | None:
    """People whom no verb after them governs: "soit", the verb before them, or the people they are coordinated with."""
    told = _told_before(units, index) if units.norm(index - 1) == "soit" else None
    if told is not None:
        return Found("people in other words", "people", told, index, index, head.last, quantity, of, subset)
    if left is not None and left.sub in {"killed", "injured", "missing", "rescued", "evacuated", "hospitalised"}:
        return Found(
            "verb and its victims",
            "people",
            cast(Measure, left.sub),
            index,
            left.index,
            head.last,
            quantity,
            of,
            subset,
        )
    if (
        head.sure
        and last is not None
        and last.sort == "people"
        and last.number < index
        and coordinated(units, last.last, index)
    ):
        of = head.of if last.subset else of
        return Found("coordinated people", "people", last.measure, index, index, head.last, quantity, of, last.subset)
    return None


def _told_before(units: Units, index: int) -> Measure | None:
    """ "Cinq immeubles ont été évacués, soit 340 personnes": the fate told last before "soit"."""
    for position in range(index - 1, max(-1, index - 10), -1):
        sub = units[position].sub("fate")
        if sub is not None:
            return cast(Measure, sub)
    return None


def coordinated(units: Units, last: int, index: int) -> bool:
    """Whether only "et", a comma, "ainsi que" stand between."""
    between = [u.norm for u in units.units[last + 1 : index]]
    joining = {",", "et", "ainsi", "que", "puis", "de", "d'", "des"}
    return 0 < len(between) <= 3 and between not in (["de"], ["d'"], ["des"]) and joining.issuperset(between)


def finite(units: Units, index: int) -> bool:
    """Whether a form of "être" or "avoir" stands before the participle, so that a clause tells it."""
    several = units[index].end - units[index].start > len(units[index].norm)
    if several and not units[index].norm.endswith(("é", "ée", "és", "ées")):
        return True
    return any(units[i].has("aux") for i in range(max(0, index - 4), index)) or units[index].norm in {
        "périt",
        "décède",
        "meurt",
        "succombe",
        "mourut",
        "périrent",
        "moururent",
        "souffre",
        "souffrent",
        "trouve",
        "trouvent",
        "perd",
        "perdent",
    }
