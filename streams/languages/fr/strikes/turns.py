"""Numbers told in turn of what was counted before them: "respectivement 540 et 29", "36 des premiers"."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.air import OUTCOMES
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import head_of, weapon_class
from streams.languages.fr.strikes.predicates import left_predicate, right_predicate
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

RULE = "of each in turn"
KINDS = {"drone", "missile"}
FORMER = frozenset(("premiers", "premières"))
LATTER = frozenset(("seconds", "secondes", "derniers", "dernières"))
PAIR = 2
# How far the verb of "en est à sept et douze" may stand before its numbers.
STANDING = 6


def in_turn(units: Units, index: int, quantity: Quantity, found: list[Found], before: list[Found]) -> Found | None:
    """The number as the outcome of the first or the second kind of weapon before it; None where it is neither.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Ils ont tiré 405 drones et 28 missiles, dont respectivement 333 et 16 ont été interceptés.")
    [('launched', 'drone', 405), ('launched', 'missile', 28), ('shot-down', 'drone', 333), ('shot-down', 'missile', 16)]
    >>> figures("La Russie a envoyé 496 drones et 53 missiles. L'armée de l'air en a détruit 439 et 39.")
    [('launched', 'drone', 496), ('launched', 'missile', 53), ('shot-down', 'drone', 439), ('shot-down', 'missile', 39)]
    >>> figures("Ils ont lancé 30 missiles et 90 drones. Vingt des premiers et 71 des seconds ont été abattus.")[2:]
    [('shot-down', 'missile', 20), ('shot-down', 'drone', 71)]
    """
    if units.norm(index + 1) == "des" and units.norm(index + 2) in FORMER | LATTER:
        return _former_or_latter(units, index, quantity, found, before)
    second = _closes(units, index)
    start = index - 2 * second
    launched = [figure for figure in found if figure.rule != RULE] or before
    if len(launched) < PAIR or launched[-1].sort != "weapon":
        return None
    said = units.norm(start - 1) == "respectivement"
    if not (said and (second or _opens(units, start))) and not _alike(units, start, quantity, launched, second):
        return None
    outcome = right_predicate(units, min(start + 2, len(units) - 1), "air") if said else None
    outcome = outcome or left_predicate(units, start - said, OUTCOMES, "air")
    if outcome is None:
        return None
    whole = launched[-1] if second else launched[-2]
    return Found(RULE, "weapon", cast(Measure, outcome.sub), index, index, outcome.index, quantity, whole.of, True)


def _former_or_latter(
    units: Units, index: int, quantity: Quantity, found: list[Found], before: list[Found]
) -> Found | None:
    """ "Missiles et drones … : 36 des premiers et 412 des seconds ont été lancés": of two kinds of weapon told."""
    sources = ([each.of for each in figures if each.measure == "launched" and each.of] for figures in (found, before))
    told = next((kinds[-PAIR:] for kinds in sources if kinds), [])
    named = [weapon_class(units[position]) for position in units.where.get("weapon", ()) if position < index]
    kinds = told if len(told) == PAIR else list(dict.fromkeys(named))
    outcome = right_predicate(units, index + 2, "air") or left_predicate(units, index, None, "air")
    if len(kinds) != PAIR or outcome is None or quantity.article:
        return None
    rule, of = "of the former and the latter", kinds[units.norm(index + 2) in LATTER]
    return Found(rule, "weapon", cast(Measure, outcome.sub), index, index, outcome.index, quantity, of)


def toll_in_turn(units: Units, index: int, quantity: Quantity, told: list[Found]) -> Found | None:
    """ "On en était à sept et trente et un", once dead and wounded have been counted: the two tolls told last.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("La mairie comptait deux morts et neuf blessés ; le soir, on en était à trois et quatorze.")[2:]
    [('killed', None, 3), ('injured', None, 14)]
    """
    second = _closes(units, index)
    start = index - PAIR * second
    if units.norm(start - 1) != "à" or not (second or _opens(units, start)) or quantity.article:
        return None
    tolls = [figure for figure in told if figure.sort == "people" and not figure.subset and figure.rule != RULE][-PAIR:]
    if len(tolls) != PAIR or tolls[0].measure == tolls[1].measure:
        return None
    before = [units.norm(position) for position in range(max(0, start - STANDING), start)]
    stands = "en" in before and not {"est", "était", "étaient", "sommes"}.isdisjoint(before)
    if not stands and not units.stands("scene.change", start - STANDING, start - 1):
        return None
    each = tolls[second]
    return Found(RULE, "people", each.measure, index, index, index, quantity, each.of, revision="update")


def _opens(units: Units, index: int) -> bool:
    """Whether "et" and a second number without a noun follow."""
    other = index + 2
    pair = units.norm(index + 1) == "et" and other < len(units) and units[other].quantity is not None
    return pair and head_of(units, other) is None


def _closes(units: Units, index: int) -> bool:
    """Whether "et" and a first number stand before."""
    return index >= PAIR and units.norm(index - 1) == "et" and units[index - PAIR].quantity is not None


def _alike(units: Units, start: int, quantity: Quantity, launched: list[Found], second: bool) -> bool:
    """ "En a détruit 439 et 39": as many numbers as kinds told, neither larger than what was launched."""
    kinds = [figure for figure in launched if figure.measure == "launched"][-PAIR:]
    if len(kinds) < PAIR or {figure.of for figure in kinds} != KINDS or not _opens(units, start):
        return False
    active = left_predicate(units, start, OUTCOMES, "air")
    return active is not None and start - active.index <= PAIR and quantity.value <= value_of(kinds[second])
