"""People by a noun that says what befell them: "cinq morts", "une vingtaine de blessés", "trois corps"."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.groups import among_whom, broken_down, in_rubble
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.predicates import finite, left_predicate, right_predicate
from streams.languages.fr.strikes.units import Unit, Units
from streams.languages.pack import Quantity

MORE_THAN = (["de", "plus", "que"], ["de", "plus", "qu'"], ["de", "moins", "que"], ["de", "moins", "qu'"])
KEPT_SINGLE = frozenset(("civilian", "soldier"))
BODIES = frozenset(("corps", "cadavre", "cadavres", "dépouille", "dépouilles"))
FAMILY = frozenset(("famille", "fratrie", "équipe", "patrouille"))
COUNTED = ("compt", "dénombr", "recens", "gis", "recouvr")
INHERITED = frozenset(("civilian",))


def victims(units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool) -> Found | None:
    """A noun that says what befell them.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("La frappe a fait cinq morts et 38 blessés.")
    [('killed', None, 5), ('injured', None, 38)]
    """
    if head.family != "victim":
        return None
    measure = head.sub
    more = [units.norm(head.last + i) for i in (1, 2, 3)]
    # "Trois morts de plus que la veille", "deux corps de plus ce matin": not the toll, what it grows by.
    if more in MORE_THAN or (measure == "body" and more[:2] == ["de", "plus"]):
        return None
    family = quantity.article and units.norm(index + 1) in FAMILY  # "une famille tuée": nobody says how many
    if (measure == "rescued" and quantity.article) or family or _mixed(units, head):
        return None
    if measure == "body":
        fate = right_predicate(units, head.last, "fate", {"killed", "rescued"}) or left_predicate(
            units, index, {"body"}
        )
        brought = left_predicate(units, index, family="pull") or right_predicate(units, head.last, "pull")
        counted = any(unit.norm.startswith(COUNTED) for unit in units.units[max(0, index - 2) : index])
        told = counted or fate is not None or brought is not None or in_rubble(units, index)
        if not told or not is_dead_body(units, index, head.last):
            return None
        measure = "killed" if fate is None or fate.sub != "missing" else "missing"
    if measure == "victim" and broken_down(units, head.last):
        return None
    if measure == "victim":
        measure = "injured" if _wounded_nearby(units, head.last) else "killed"
    mortal = measure == "injured" and units.tells("fate.killed")
    died = right_predicate(units, head.last, "fate", {"killed"}) if mortal else None
    if died is not None and finite(units, died.index) and not _another_number(units, head.last, died.index):
        measure = "killed"
    later = right_predicate(units, head.last, "fate", {"hospitalised"}) if measure == "injured" else None
    apposed = units.norm(head.last + 1) == "," and units.norm(head.last + 2) in {"tous", "toutes"}
    apposed = apposed and not (later is not None and units.stands("aux", head.last + 1, later.index))
    some_of_them = units.norm(index - 1) == "des" and index >= 2 and units[index - 2].quantity is not None
    behind = head.last
    if later is not None and units.norm(behind + 1) == "," and units[behind + 2].has("subset"):
        behind = max(i for i in range(behind + 1, later.index) if units.norm(i) == ",")
    if later is not None and not apposed and not some_of_them and not _another_number(units, behind, later.index):
        measure = "hospitalised"
    of = head.of if head.of is not None else _beside(units, index, last)
    if of is None:
        of = among_whom(units, head.last)
    if single_of(quantity):
        of = of if of in KEPT_SINGLE else None
    return Found("victim noun", "people", cast(Measure, measure), index, index, head.last, quantity, of, subset)


def _mixed(units: Units, head: Head) -> bool:
    """ "Une vingtaine de morts et de blessés": how many of each nobody tells."""
    second = head.last + 2 + (units.norm(head.last + 2) in {"de", "d'"})
    if units.norm(head.last + 1) not in {"et", "ou"} or second >= len(units):
        return False
    other = units[second].sub("victim")
    return other in {"killed", "injured", "missing"} and other != head.sub and head.sub in {"killed", "injured"}


def is_body(unit: Unit) -> bool:
    """Whether the words are of a dead body: "les corps", "le corps sans vie"."""
    return unit.sub("victim") == "body" or (unit.norm in BODIES and unit.has("victim"))


def is_dead_body(units: Units, index: int, last: int) -> bool:
    return not units.stands("soldierly", index - 3, last + 7) and not any(
        index - 3 <= position <= last + 7 and units[position].sub("person") == "soldier"
        for position in units.where.get("person.soldier", ())
    )


def _wounded_nearby(units: Units, last: int) -> bool:
    return any("légères" in u.norm or "blessures" in u.norm for u in units.units[last : last + 6])


def _another_number(units: Units, first: int, last: int) -> bool:
    return any(units[i].quantity is not None for i in range(first + 1, last))


def single_of(quantity: Quantity) -> bool:
    return quantity.article or (quantity.value == 1 and quantity.qualifier == "exact")


def _beside(units: Units, index: int, last: Found | None) -> str | None:
    """ "Quatre civils tués et dix blessés": the civilians go on through the coordination."""
    if last is None or last.of not in INHERITED or last.number >= index or last.subset:
        return None
    if units[last.number].quantity is not last.quantity:
        return None  # told in another sentence
    if units[last.number].segment != units[index].segment and units[index - 1].norm != ";":
        return None
    return last.of if units[index].start - units[last.last].end < 40 else None
