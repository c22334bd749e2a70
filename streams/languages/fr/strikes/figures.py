"""The figures of strikes in a sentence: which number counts what, by its noun and by the verb that governs it."""

from collections.abc import Callable

from streams.languages.fr.strikes.air import weapons
from streams.languages.fr.strikes.all_alike import all_of, told_of_all
from streams.languages.fr.strikes.as_many import as_many
from streams.languages.fr.strikes.attacks import attacks
from streams.languages.fr.strikes.denials import corrected, denied
from streams.languages.fr.strikes.elliptic import elliptic
from streams.languages.fr.strikes.flown import kind_of
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.gapped import gapped
from streams.languages.fr.strikes.groups import among_the_victims
from streams.languages.fr.strikes.heads import Head, head_of
from streams.languages.fr.strikes.human import is_human
from streams.languages.fr.strikes.one_by_one import one_by_one
from streams.languages.fr.strikes.people import people, unknown_people
from streams.languages.fr.strikes.recount import counted_on, ordinal, recounted
from streams.languages.fr.strikes.revisions import former_figure, revised, summed
from streams.languages.fr.strikes.shares import bracketed_pair
from streams.languages.fr.strikes.single import DEFINITE, begins_name, one_of_a_trade, single
from streams.languages.fr.strikes.subjects import told_by_their_subject
from streams.languages.fr.strikes.things import powerless, things
from streams.languages.fr.strikes.together import PAIRS
from streams.languages.fr.strikes.told_apart import told_apart
from streams.languages.fr.strikes.turns import toll_in_turn
from streams.languages.fr.strikes.units import Units
from streams.languages.fr.strikes.victims import victims
from streams.languages.pack import Quantity

MOST_IN_A_SENTENCE = 60
# A sentence, or a piece of an endless one, has three thousand signs; with more numbers than this it is a table.
MOST_NUMBERS = 300
LAST_FEW = 3
UNNUMBERED = PAIRS | {"autant"}
LONGEST_LIST = 12
OPENS_A_GROUP = frozenset(
    (
        ",",
        "au",
        "moins",
        "se",
        "trouvent",
        "trouvaient",
        "figurent",
        "figuraient",
        "comptent",
        "il",
        "y",
        "a",
        "on",
        "compte",
        "notamment",
        "tous",
        "deux",
        "celui",
        "ceux",
        "celle",
        "celles",
        "d'",
        "de",
    )
)


def figures_in(
    units: Units, before: list[Found], weapon: str | None = None
) -> tuple[list[Found], list[tuple[int, str]]]:
    """(figures of the sentence in order, numbers passed over with the reason); `before` are the sentence before's,
    `weapon` the class of weapon told of last.

    A number without a noun of its own ("neuf ont été blessés", "dont huit en Crimée") takes up the figure before it.
    """
    found: list[Found] = []
    dropped: list[tuple[int, str]] = []
    for index in _candidates(units)[:MOST_NUMBERS]:
        if len(found) >= MOST_IN_A_SENTENCE:
            break
        quantity = units.units[index].quantity
        if quantity is not None and not quantity.ordinal:
            figure = _figure(units, index, quantity, found, before, weapon)
        elif any(figure.first <= index <= figure.last for figure in found[-LAST_FEW:]):
            continue
        elif quantity is not None:
            figure = _figure(units, index, quantity, found, before, weapon)
        elif units.norm(index) == "autant":
            figure = as_many(units, index, found or before)
        else:
            figure = single(units, index, found or before)
        if figure is None:
            if quantity is not None and not quantity.article:
                dropped.append((index, "no noun or verb of a strike governs it"))
        elif denied(units, figure):
            dropped.append((index, "denied, asked or only feared"))
        else:
            figure = counted_on(units, figure, found or before)
            found.append(figure)
            found.extend(bracketed_pair(units, figure) or told_apart(units, figure) or all_of(units, figure))
    if not found:
        return told_of_all(units, before), dropped
    found = one_by_one(units, summed(units, gapped(units, _with_victims(found, before))), before)
    return revised(units, found), dropped


def _with_victims(found: list[Found], before: list[Found]) -> list[Found]:
    """Without people arrested where nobody was hurt: "deux marins arrêtés" is no strike's figure by itself."""
    if all(figure.measure != "detained" for figure in found):
        return found
    hurt = any(figure.measure in {"killed", "injured"} for figure in (*found, *before))
    return found if hurt else [figure for figure in found if figure.measure != "detained"]


def _candidates(units: Units) -> list[int]:
    """The units that may give a figure: numbers and, where somebody suffers something, persons told without one."""
    if not units.tells("fate", "cause", "single.other"):
        return units.numbers
    found = []
    definite = False
    for index, unit in enumerate(units.units):
        if (
            unit.quantity is not None
            or "single" in unit.keys
            or unit.norm in UNNUMBERED
            or (definite and is_human(unit))
            or begins_name(units, index)
        ):
            found.append(index)
        definite = unit.norm in DEFINITE
    return found


def _figure(
    units: Units, index: int, quantity: Quantity, found: list[Found], before: list[Found], weapon: str | None
) -> Found | None:
    head = head_of(units, index)
    former = former_figure(units, index, quantity, head, found)
    if former is not None:
        return former
    if quantity.unit is not None or units.norm(index - 1) == "ces" or corrected(units, index):
        return None
    if quantity.ordinal:
        return ordinal(units, index, quantity, head, found or before)
    again = toll_in_turn(units, index, quantity, [*before, *found]) if head is None else None
    if again is None:
        again = recounted(units, index, quantity, head, found or before)
    if again is None and quantity.article and (head is None or head.family == "none"):
        again = one_of_a_trade(units, index, found or before)
    if again is None and not quantity.article:
        again = told_by_their_subject(units, index, quantity, head)
    if again is not None:
        return again
    if head is not None and head.family in {"person", "victim"} and _of_so_many(units, index, head):
        return None
    subset = _is_subset(units, index) or (head is not None and _after_a_part(units, index, found))
    if head is None:
        return elliptic(units, index, quantity, found, before, subset, weapon)
    last = found[-1] if found else (before[-1] if before else None)
    if last is not None and last.subset and units.norm(index - 1) == "que" and units.norm(index - 2) == "ainsi":
        last = next((each for each in reversed(found) if not each.subset), last)
    if subset and head.family == "weapon":
        last = next((each for each in reversed(found) if each.sort == "weapon" and each.of == head.of), last)
    for rule in RULES[head.family]:
        figure = rule(units, index, quantity, head, last, subset)
        if figure is not None:
            return kind_of(units, figure, head, weapon)
    return None


def _of_so_many(units: Units, index: int, head: Head) -> bool:
    """Whether people are a share in words: "six victimes sur dix", "sur dix" itself."""
    behind = head.last + 2
    share = units.norm(head.last + 1) == "sur" and behind < len(units) and units[behind].quantity is not None
    return share and (head_of(units, behind) is None or units[behind + 1].has("aux"))


def _is_subset(units: Units, index: int) -> bool:
    """Whether "dont", "parmi lesquels", "parmi eux" opens the group that the number stands in."""
    if units.tells("victim", "subset", "fate") and among_the_victims(units, index, OPENS_A_GROUP):
        return True
    if not units.stands("subset", index - LONGEST_LIST, index - 1):
        return False
    for position in range(index - 1, max(-1, index - 5), -1):
        if "subset" in units[position].keys:
            return True
        if units[position].norm not in OPENS_A_GROUP:
            break
    return _goes_on_in_a_group(units, index)


def _after_a_part(units: Units, index: int, found: list[Found]) -> bool:
    """ "Parmi lesquelles deux pompiers et un policier, ont été …": coordinated with a part of the people counted."""
    part = found[-1] if found and found[-1].subset and found[-1].sort == "people" else None
    joined = index - 1 - (units.norm(index - 1) in {"ses", "leurs"})
    return part is not None and units.norm(joined) in {"et", ","} and joined == part.last + 1


def _goes_on_in_a_group(units: Units, index: int) -> bool:
    """ "Dont le maire et deux policiers": the number goes on with a list that "dont" opened."""
    if units.norm(index - 1) not in {"et", ","}:
        return False
    for position in range(index - 2, max(-1, index - LONGEST_LIST), -1):
        unit = units[position]
        if "subset" in unit.keys:
            return units.norm(position + 1) in DEFINITE
        if unit.quantity is not None or unit.has("aux", "fate", "cause", "victim", "strike", "weapon"):
            return False
    return False


Rule = Callable[[Units, int, Quantity, Head, Found | None, bool], Found | None]
RULES: dict[str, tuple[Rule, ...]] = {
    "victim": (victims,),
    "person": (powerless, people),
    "weapon": (weapons,),
    "attack": (attacks,),
    "thing": (weapons, things),
    "none": (unknown_people,),
}
