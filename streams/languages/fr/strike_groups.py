"""Groups that people are told to be part of, and what a group is made up of."""

from schemas.enumerations import Measure
from schemas.records import Number
from streams.languages.fr.strike_units import Units
from streams.languages.pack import Quantity

COMPANION = frozenset(("leur", "sa", "son"))
STOP_AMONG = frozenset((";", ":", ".", "dont"))


def broken_down(units: Units, last: int) -> bool:
    """Whether the victims are told apart after it, dead and wounded: "58 victimes : 12 tués et 46 blessés"."""
    following = [
        unit.sub("victim") for i, unit in enumerate(units.units) if i > last and units[i - 1].quantity is not None
    ]
    return "killed" in following and "injured" in following


def group_named(units: Units, index: int) -> Measure | None:
    """The measure of the group that the words before the number name: "parmi les morts figurent deux enfants"."""
    for position in range(index - 1, max(-1, index - 5), -1):
        if units[position].has("subset"):
            words = units.sentence.text[units[position].start : units[position].end].lower()
            if "bless" in words:
                return "injured"
            return "killed" if words.endswith(("morts", "tués", "décédés")) else None
    return None


def among_victims(units: Units, last: int) -> tuple[str, int] | None:
    """(measure, last unit) of victims that people are said to be among: "deux sœurs comptent parmi les sept tués"."""
    for position in range(last + 1, min(len(units) - 2, last + 12)):
        if units[position].norm == "parmi" or units[position].has("subset"):
            for later in range(position + 1, min(len(units), position + 5)):
                sub = units[later].sub("victim")
                if sub in {"killed", "injured", "missing"} and units[later - 1].quantity is not None:
                    return sub, later
            return None
    return None


def with_companion(units: Units, last: int, predicate: int, quantity: Quantity) -> Quantity | Number:
    """The people with one more told beside them: "trois cousins et leur tante ont été tués" are four."""
    for position in range(last + 1, min(predicate - 2, last + 8)):
        if units[position].quantity is not None:
            break
        joined = units.norm(position) == "et" and units.norm(position + 1) in COMPANION
        if joined and units[position + 2].has("person") and quantity.qualifier == "exact":
            return quantity.value + 1
    return quantity


def in_rubble(units: Units, index: int) -> bool:
    """Whether a word of rubble, of death or of a search stands beside the bodies."""
    near = units.units[max(0, index - 8) : index + 9]
    return any(unit.has("alive", "dead", "body_found") for unit in near)


def among_civilians(units: Units, last: int) -> str | None:
    """`civilian` where the victims are said to be among civilians: "340 blessés parmi les civils"; else None."""
    for position in range(last + 1, min(len(units), last + 7)):
        if units.norm(position) == "parmi" and any(
            units[i].sub("person") == "civilian" for i in range(position, min(len(units), position + 4))
        ):
            return "civilian"
        if units[position].norm in STOP_AMONG:
            return None
    return None
