"""Tolls that the text itself revises, and sums that it leaves to the reader."""

from dataclasses import replace
from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strike_found import Found, is_vague, value_of
from streams.languages.fr.strike_heads import head_of
from streams.languages.fr.strike_labels import label_of
from streams.languages.fr.strike_people import KEPT_SINGLE
from streams.languages.fr.strike_units import Unit, Units
from streams.languages.pack import Quantity

LIST_GAP = 9


def former_figure(units: Units, index: int, quantity: Quantity, found: list[Found]) -> Found | None:
    """A figure that the text says has been replaced.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("La frappe a fait 52 morts, contre 51 annoncés auparavant.")
    [('killed', None, 52), ('killed', None, 51)]
    >>> figures("Le nombre de blessés a été porté de 38 à 55 après la frappe.")
    [('injured', None, 38), ('injured', None, 55)]
    """
    before = units.norm(index - 1)
    head = head_of(units, index)
    told = next(
        (
            f
            for f in reversed(found)
            if not f.subset and (head is None or head.family != "victim" or f.measure == head.sub)
        ),
        None,
    )
    if (
        before == "contre"
        and told is not None
        and told.sort == "people"
        and (head is None or head.family == "victim" or units[head.last].has("scene.former"))
    ):
        same = units[told.number].segment == units[index].segment
        return (
            replace(
                told, rule="former toll", number=index, first=index, last=index, quantity=quantity, revision="former"
            )
            if same
            else None
        )
    if (before in {"de", "d'"} and units.norm(index + 1) == "à") or (
        head is not None and units.norm(head.last + 1) == "à"
    ):
        after = (index if head is None else head.last) + 2
        if before in {"de", "d'"} and after < len(units) and units[after].quantity is not None and _rises(units, index):
            return _from_to(units, index, after, quantity)
    if (
        before == "à"
        and found
        and found[-1].rule == "toll before its rise"
        and head is None
        and index - found[-1].last == 2
    ):
        return replace(
            found[-1],
            rule="toll after its rise",
            number=index,
            first=index,
            last=index,
            quantity=quantity,
            revision="update",
        )
    return None


def _rises(units: Units, index: int) -> bool:
    return any(units[i].has("scene.change") for i in range(max(0, index - 6), index))


def _from_to(units: Units, index: int, after: int, quantity: Quantity) -> Found | None:
    """ "Passé de 4 à 6 morts", "de 4 morts à 6": the noun stands at either number or before both."""
    label = label_of(units, index)
    head = head_of(units, after) or head_of(units, index)
    if label is not None and label.family == "victim":
        measure, of = label.sub, None
    elif head is not None and head.family == "victim" and head.sub in {"killed", "injured", "missing"}:
        measure, of = head.sub, head.of
    else:
        return None
    return Found(
        "toll before its rise", "people", cast(Measure, measure), index, index, index, quantity, of, revision="former"
    )


def revised(units: Units, found: list[Found]) -> list[Found]:
    """The figures with their place in the text's own history: "former", "update" or neither."""
    marked = [(position, unit) for position, unit in enumerate(units.units) if unit.has("scene.former", "scene.update")]
    if not marked and not any(figure.rule == "toll before its rise" for figure in found):
        return found
    return [
        replace(figure, revision=_revision(units, figure, found, marked)) if figure.revision is None else figure
        for figure in found
    ]


def _revision(units: Units, figure: Found, found: list[Found], marked: list[tuple[int, Unit]]) -> str | None:
    if figure.sort != "people":
        return None
    if any(
        other.rule == "toll before its rise" and other.measure == figure.measure and other.number < figure.number
        for other in found
    ):
        return "update"
    number = units[figure.number]
    for position, unit in marked:
        if unit.part == number.part and unit.has("scene.former"):
            return "former"
        if unit.segment == number.segment and position < figure.number and unit.has("scene.update"):
            return "update"
    return None


def summed(units: Units, found: list[Found]) -> list[Found]:
    """Figures that only together are the text's figure: a list of types of missiles, a woman and two men killed.

    >>> from streams.languages.fr.strike_phrases import figures
    >>> figures("L'ennemi a lancé 4 missiles balistiques, 7 missiles de croisière et 88 drones.")
    [('launched', 'missile', 11), ('launched', 'drone', 88)]
    >>> figures("Une femme et deux hommes ont été tués.")
    [('killed', None, 3), ('killed', 'man', 2)]
    """
    merged: list[Found] = []
    for figure in found:
        last = next(
            (other for other in reversed(merged) if other.measure == figure.measure and other.of == figure.of), None
        )
        if last is not None and figure.sort == last.sort == "weapon" and _listed(units, last, figure):
            merged[merged.index(last)] = _added(last, figure)
            continue
        if merged and _another_one(merged[-1], figure):
            merged[-1] = _added(merged[-1], figure)
            continue
        if merged and _apposed(units, merged[-1], figure):
            continue
        if merged and figure.sort == "people" and _one_group(units, merged[-1], figure):
            merged[-1:] = _group(merged[-1], figure)
            continue
        merged.append(figure)
    return merged


def _another_one(one: Found, other: Found) -> bool:
    """ "Un garçon est mort, un autre est décédé à l'hôpital": two."""
    return (
        other.rule == "one of those before"
        and one.sort == "people"
        and one.measure == other.measure
        and value_of(one) == 1
        and not one.share
        and not one.subset
        and one.of is None
    )


def _apposed(units: Units, one: Found, other: Found) -> bool:
    """ "Trois personnes, un couple et leur fils, ont péri": the second says who the first are."""
    same = one.rule == other.rule == "people and their fate" and one.last == other.last and one.measure == other.measure
    return same and units.norm(other.number - 1) == "," and value_of(one) == value_of(other) and value_of(one) > 1


def _listed(units: Units, one: Found, other: Found) -> bool:
    """Whether two counts stand in one list under one verb, neither a part of the other."""
    if units[one.number].segment != units[other.number].segment or other.subset or one.of is None:
        return False
    if other.number - one.number > 2 * LIST_GAP or one.rule != other.rule or one.rule != "weapons and their fate":
        return False
    return (
        units.norm(other.number - 1) in {",", "et", "que"}
        and not (is_vague(one) or is_vague(other))
        and one.first == other.first
    )


def _added(one: Found, other: Found) -> Found:
    total = value_of(one) + value_of(other)
    quantity = (
        replace(one.quantity, value=total, low=total, high=total) if isinstance(one.quantity, Quantity) else total
    )
    return replace(one, quantity=quantity, last=other.last)


def _one_group(units: Units, one: Found, other: Found) -> bool:
    """Whether two groups of people share one verb: "une femme et deux hommes ont été tués"."""
    together = (
        one.rule == other.rule == "people and their fate"
        and one.last == other.last
        and not one.subset
        and not other.subset
    )
    return (
        together
        and one.measure == other.measure
        and one.of != "civilian"
        and units.norm(other.number - 1) in {"et", ","}
    )


def _group(one: Found, other: Found) -> list[Found]:
    whole = _added(replace(one, of=None), other)
    parts = [part for part in (one, other) if part.of is not None and part.of not in KEPT_SINGLE]
    return [whole, *parts]
