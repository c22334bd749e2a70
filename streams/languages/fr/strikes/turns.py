"""Numbers told in turn of the kinds of weapons before them: "546 drones et 31 missiles … respectivement 540 et 29"."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.air import OUTCOMES
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import head_of
from streams.languages.fr.strikes.predicates import left_predicate, right_predicate
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

RULE = "of each in turn"
KINDS = {"drone", "missile"}


def in_turn(units: Units, index: int, quantity: Quantity, found: list[Found], before: list[Found]) -> Found | None:
    """The number as the outcome of the first or the second kind of weapon before it; None where it is neither.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Ils ont tiré 405 drones et 28 missiles, dont respectivement 333 et 16 ont été interceptés.")
    [('launched', 'drone', 405), ('launched', 'missile', 28), ('shot-down', 'drone', 333), ('shot-down', 'missile', 16)]
    >>> figures("La Russie a envoyé 496 drones et 53 missiles. L'armée de l'air en a détruit 439 et 39.")
    [('launched', 'drone', 496), ('launched', 'missile', 53), ('shot-down', 'drone', 439), ('shot-down', 'missile', 39)]
    """
    launched = [figure for figure in found if figure.rule != RULE] or before
    if len(launched) < 2 or launched[-1].sort != "weapon":
        return None
    second = _closes(units, index)
    start = index - 2 * second
    said = units.norm(start - 1) == "respectivement"
    if not (said and (second or _opens(units, start))) and not _alike(units, start, quantity, launched, second):
        return None
    outcome = right_predicate(units, min(start + 2, len(units) - 1), "air") if said else None
    outcome = outcome or left_predicate(units, start - said, OUTCOMES, "air")
    if outcome is None:
        return None
    whole = launched[-1] if second else launched[-2]
    return Found(RULE, "weapon", cast(Measure, outcome.sub), index, index, outcome.index, quantity, whole.of, True)


def _opens(units: Units, index: int) -> bool:
    """Whether "et" and a second number without a noun follow."""
    other = index + 2
    pair = units.norm(index + 1) == "et" and other < len(units) and units[other].quantity is not None
    return pair and head_of(units, other) is None


def _closes(units: Units, index: int) -> bool:
    """Whether "et" and a first number stand before."""
    return index >= 2 and units.norm(index - 1) == "et" and units[index - 2].quantity is not None


def _alike(units: Units, start: int, quantity: Quantity, launched: list[Found], second: bool) -> bool:
    """ "En a détruit 439 et 39": as many numbers as kinds told, neither larger than what was launched."""
    kinds = [figure for figure in launched if figure.measure == "launched"][-2:]
    if len(kinds) < 2 or {figure.of for figure in kinds} != KINDS or not _opens(units, start):
        return False
    active = left_predicate(units, start, OUTCOMES, "air")
    return active is not None and start - active.index <= 2 and quantity.value <= value_of(kinds[second])
