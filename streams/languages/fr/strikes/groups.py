"""Groups that people are told to be part of, and what a group is made up of."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.predicates import Predicate
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

ALL = ("victimes",)
FIGURING = frozenset(("figurent", "figure", "se", "on", "il", "figuraient", "comptent"))
LIST_REACH = 12
THEM = frozenset(("eux", "elles", "derniers", "dernières", "ceux-ci", "celles-ci", "lesquels", "lesquelles"))
AMONG = frozenset(("parmi", "entre"))
STOP_AMONG = frozenset((";", ":", ".", "dont"))


def broken_down(units: Units, last: int) -> bool:
    """Whether the victims are told apart after it, dead and wounded: "58 victimes : 12 tués et 46 blessés"."""
    following = [
        units[position].sub("victim")
        for position in units.where.get("victim", ())
        if position > last and units[position - 1].quantity is not None
    ]
    return "killed" in following and ("injured" in following or (units.norm(last + 1) == "," and units.tells("subset")))


def group_named(units: Units, index: int) -> Measure | None:
    """The measure of the group that the words before the number name: "parmi les morts figurent deux enfants"."""
    first = _heads_a_list(units, index)
    for position in range(index - 1, max(-1, index - 5), -1) if first is None else (first,):
        if units[position].has("subset") or position == first:
            if position == first and (sub := _counted_group(units, first)) is not None:
                return cast(Measure, sub)
            words = units.sentence.text[units[position].start : units[position].end].lower()
            if "bless" in words:
                return "injured"
            return "killed" if words.endswith(("morts", "tués", "décédés") + ALL * (first is not None)) else None
        sub = units[position].sub("victim")
        if sub in {"killed", "injured"}:
            return cast(Measure, sub)
    return None


def among_victims(units: Units, last: int) -> tuple[str, int] | None:
    """(measure, last unit) of victims that people are said to be among: "deux sœurs comptent parmi les sept tués"."""
    for position in range(last + 1, min(len(units) - 2, last + 12)):
        numbering = units.norm(position) == "nombre" and units.norm(position - 1) == "au"
        if units[position].norm == "parmi" or units[position].has("subset") or numbering:
            for later in range(position + 1, min(len(units), position + 5)):
                sub = units[later].sub("victim")
                counted = units[later - 1].quantity is not None or units.norm(later - 1) in {"les", "ces"}
                if sub in {"killed", "injured", "missing"} and counted:
                    return sub, later
            return None
    return None


def among_the_last(units: Units, last: int) -> bool:
    """ "Trois enfants comptent parmi ces derniers", "… se trouvent parmi eux": those told last."""
    if any(units.norm(i) == "parmi" and units[i].has("subset") for i in range(last + 1, min(len(units), last + 5))):
        return True
    between = [units.norm(i) for i in range(last + 1, last + 5)]
    told = "parmi" in between and units.norm(last + 2 + between.index("parmi")) in {"ces", "eux", "elles", "ceux-ci"}
    if told and units.norm(last + 2 + between.index("parmi")) == "ces":
        return units.norm(last + 3 + between.index("parmi")) in {"derniers", "dernières"}
    return told


def takes_up(units: Units) -> bool:
    """Whether a sentence speaks of people told before it, in another paragraph: "parmi eux", "deux d'entre elles"."""
    return any(
        (unit.norm == "parmi" and unit.has("subset"))
        or (unit.norm in THEM and units.norm(index - 1 - (units.norm(index - 1) == "ces")) in AMONG)
        for index, unit in enumerate(units.units[:LIST_REACH])
        if index
    )


def in_rubble(units: Units, index: int) -> bool:
    """Whether a word of rubble, of death or of a search stands beside the bodies."""
    return any(units.stands(family, index - 8, index + 8) for family in ("alive", "dead", "body_found"))


def among_whom(units: Units, last: int) -> str | None:
    """Of whom the victims are said to be: "340 blessés parmi les civils", "deux morts dans les rangs des pompiers"."""
    for position in range(last + 1, min(len(units), last + 7)):
        if units.norm(position) in {"parmi", "rangs"} and not units[position].has("subset"):
            people = (units[i].sub("person") for i in range(position + 1, min(len(units), position + 4)))
            return next((of for of in people if of not in {None, "any", "couple"}), None)
        if units[position].norm in STOP_AMONG:
            return None
    return None


def among_the_victims(units: Units, index: int, opening: frozenset[str]) -> bool:
    """Whether the number opens a group of victims named before it: "parmi les cinq tués, on compte deux fillettes"."""
    first = _heads_a_list(units, index)
    if first is not None:
        between = units.units[first + 2 : index]
        return not any(unit.has("fate", "cause") or unit.segment != units[first].segment for unit in between)
    for position in range(index - 1, max(0, index - 8), -1):
        if "victim" in units[position].keys:
            return any(units.norm(i) == "parmi" for i in range(max(0, position - 4), position - 1))
        if units[position].norm not in opening:
            return False
    return False


def _counted_group(units: Units, first: int) -> str | None:
    """The measure of "parmi les seize blessés"."""
    victim = first + 3
    counted = victim < len(units) and units[victim - 1].quantity is not None and units.norm(first + 1) in {"les", "ces"}
    sub = units[victim].sub("victim") if counted else None
    return sub if sub in {"killed", "injured", "missing"} else None


def _heads_a_list(units: Units, index: int) -> int | None:
    """The unit of "parmi les victimes" where it opens the sentence and "figurent" follows: all that is told belongs."""
    first = 0 if units.norm(0) == "parmi" else 1
    if index <= first + 1 or units.norm(first) != "parmi":
        return None
    if not units[first].has("subset", "fate") and _counted_group(units, first) is None:
        return None
    position = first
    while position + 1 < min(index, first + LIST_REACH):
        position += 1
        if units.norm(position) in FIGURING:
            return first
        if units.norm(position) == "," and units[position + 1].has("subset"):
            # "Parmi les seize blessés, dont six sont dans un état grave, figurent …"
            position = next((i for i in range(position + 2, index) if units.norm(i) == ","), position)
            continue
        if units[position].has("fate", "cause", "aux"):
            return None
    return None


def some_of_those(
    units: Units,
    index: int,
    quantity: Quantity,
    head: Head,
    last: Found | None,
    right: Predicate | None,
    of: str | None,
) -> Found | None:
    """People who are said to be among victims: "trois enfants sont parmi eux", "… comptent parmi les tués"."""
    if last is not None and right is None and among_the_last(units, head.last):
        measure, rule = last.measure, "some of the victims"
        return Found(rule, "people", measure, index, index, head.last, quantity, of, True)
    if right is not None and "parmi " in units.sentence.text[units[right.index].start : units[right.index].end]:
        measure, rule = cast(Measure, right.sub), "some of the victims"
        return Found(rule, "people", measure, index, index, right.index, quantity, of, True)
    among = among_victims(units, head.last) if right is None else None
    if among is not None:
        measure, rule = cast(Measure, among[0]), "some of the victims"
        return Found(rule, "people", measure, index, index, among[1], quantity, of, True)
    return None
