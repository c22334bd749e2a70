"""One person told without a number, or as one more of those told before."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_found import Found, value_of
from streams.languages.fr.strike_heads import head_of
from streams.languages.fr.strike_human import said_of_people
from streams.languages.fr.strike_people import finite
from streams.languages.fr.strike_predicates import left_predicate, right_predicate
from streams.languages.fr.strike_units import Units

DEFINITE = frozenset(("le", "la", "l'", "son", "sa", "leur"))


def single(units: Units, index: int, before: list[Found]) -> Found | None:
    """A person told in the singular without a number: "le conducteur a été tué", "l'autre à …", "le dernier a péri".

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("Le vigile, âgé de 61 ans, a été tué.")
    [('killed', None, 1)]
    """
    unit = units[index]
    last = before[-1] if before else None
    if unit.has("single.other"):
        if last is None or last.sort != "people":
            return None
        fate = right_predicate(units, index, "fate")
        if fate is not None:
            return Found(
                "one of those before", "people", cast(Measure, fate.sub), index, index, fate.index, 1, None, False, True
            )
        if last.share and place_follows(units, index):
            return Found("one of those before", "people", last.measure, index, index, index, 1, None, False, True)
        return None
    if unit.has("single.pronoun"):
        return _pronoun(units, index, last)
    if units.norm(index - 1) not in DEFINITE or unit.norm.endswith(("s", "x")) or unit.sub("person") == "soldier":
        return None
    active = left_predicate(units, index - 1)
    if active is not None and index - active.index == 2 and active.sub in {"killed", "injured"}:
        rule = "verb and its one victim"
        return Found(rule, "people", cast(Measure, active.sub), index, active.index, index, 1)
    fate = right_predicate(units, index, "fate")
    if fate is None or not finite(units, fate.index) or fate.sub not in {"killed", "injured", "missing"}:
        return None
    if (not unit.tags or fate.sub == "missing") and not said_of_people(units, fate.index):
        return None
    if units[fate.index].norm.endswith("s") or any(units[i].quantity is not None for i in range(index + 1, fate.index)):
        return None
    return Found("one person and his fate", "people", cast(Measure, fate.sub), index, index - 1, fate.index, 1)


def _pronoun(units: Units, index: int, last: Found | None) -> Found | None:
    """ "Brûlé au visage, il a été transféré", said of the one person told before."""
    if last is None or last.sort != "people" or last.share or not _one_of(last):
        return None
    fate = right_predicate(units, index, "fate")
    if fate is None or fate.index - index > 4 or fate.sub == last.measure or not finite(units, fate.index):
        return None
    return Found("one person taken up again", "people", cast(Measure, fate.sub), index, index, fate.index, 1)


def _one_of(figure: Found) -> bool:
    return value_of(figure) == 1


def ordinal(units: Units, index: int, before: list[Found]) -> Found | None:
    """ "Un troisième à Engels", "une cinquième personne est blessée": one more of those counted before."""
    head = head_of(units, index)
    if head is not None and head.family == "person":
        fate = right_predicate(units, head.last, "fate")
        if fate is not None and fate.sub in {"killed", "injured"}:
            return Found("one more person", "people", cast(Measure, fate.sub), index, index, fate.index, 1)
        return None
    if head is not None and head.sub == "body" and _brought_out(units, head.last):
        return Found("one more body", "people", "killed", index, index, head.last, 1)
    if head is not None and head.family != "none":
        return None
    last = before[-1] if before else None
    if last is None or last.sort != "people":
        return None
    fate = right_predicate(units, index, "fate")
    if fate is not None:
        return Found(
            "one more of those before",
            "people",
            cast(Measure, fate.sub),
            index,
            index,
            fate.index,
            1,
            "soldier" if last.of == "soldier" else None,
            False,
            True,
        )
    if place_follows(units, index) and units.norm(index - 1) in {"un", "une", "le", "la", "et", ","}:
        return Found(
            "one more of those before",
            "people",
            last.measure,
            index,
            index,
            index,
            1,
            "soldier" if last.of == "soldier" else None,
            False,
            True,
        )
    return None


def _brought_out(units: Units, last: int) -> bool:
    return any(unit.has("pull", "body_found", "alive") for unit in units.units[last + 1 : last + 7])


def place_follows(units: Units, index: int) -> bool:
    return any(units[i].place is not None for i in range(index + 1, min(len(units), index + 5)))
