"""As many as were told before: "trois morts et autant de blessés", "autant ont été hospitalisés"."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import head_of
from streams.languages.fr.strikes.predicates import left_predicate, right_predicate
from streams.languages.fr.strikes.units import Units

NO_COUNT = frozenset(("pour", "d'", "tout", "jamais"))
TOLL = frozenset(("killed", "injured", "missing", "hospitalised", "rescued", "evacuated"))
NEVER = frozenset(("jamais", "n'", "ne"))
REACH = 5


def as_many(units: Units, index: int, before: list[Found]) -> Found | None:
    """People counted by "autant": the number of those told last, the fate of its own noun or verb.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("La frappe a fait six morts et autant de blessés.")
    [('killed', None, 6), ('injured', None, 6)]
    """
    told = next((figure for figure in reversed(before) if figure.sort == "people" and not figure.subset), None)
    if told is None or units.norm(index - 1) in NO_COUNT or units.norm(index + 1) in {"que", "qu'"}:
        return None
    if any(units.norm(i) in NEVER and units[i].segment == units[index].segment for i in range(index)):
        return None  # "jamais un seul missile n'avait tué autant d'enfants"
    head = head_of(units, index)
    if head is not None and head.family == "victim" and head.sub in TOLL:
        return _same(told, head.sub, index, index, head.last, head.of)
    last = index if head is None else head.last
    if head is not None and (head.family != "person" or not head.sure):
        return None
    of = None if head is None else head.of
    fate = right_predicate(units, last, "fate")
    if fate is not None and fate.index - last <= REACH:
        return _same(told, fate.sub, index, index, fate.index, of)
    left = left_predicate(units, index)
    taken_up = left is not None and any(units.norm(i) == "en" for i in range(left.index - 3, left.index))
    return (
        None if left is None or (head is None and not taken_up) else _same(told, left.sub, index, left.index, last, of)
    )


def _same(told: Found, sub: str, index: int, first: int, last: int, of: str | None) -> Found | None:
    if sub not in TOLL:
        return None
    return Found("as many as those before", "people", cast(Measure, sub), index, first, last, value_of(told), of)
