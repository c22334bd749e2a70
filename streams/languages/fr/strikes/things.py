"""Things damaged, destroyed or without power, counted with their noun or without it."""

from typing import cast

from msgspec.structs import replace

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.people import coordinated
from streams.languages.fr.strikes.predicates import Predicate, inverted, left_predicate, right_predicate
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

LABELS = frozenset(("dégâts", "dommages", "dégât"))
ARMY = (
    "tank",
    "armoured-vehicle",
    "artillery-system",
    "rocket-launcher",
    "air-defence-system",
    "aircraft",
    "helicopter",
)
FRACTIONS = frozenset(("moitié", "tiers", "quart", "majorité", "partie", "plupart"))
CUT_WITHIN = 6
KINDS_OF_A_LIST = 2
LONGEST_GAP = 10
LONGEST_LABELLED = 18


def things(units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool) -> Found | None:
    """Things damaged, destroyed or without power; an article counts no thing.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Neuf maisons et deux écoles ont été endommagées, et 1 200 foyers restent privés de courant.")
    [('damaged', 'house', 9), ('damaged', 'school', 2), ('without-power', 'household', 1200)]
    """
    if head.family != "thing" or quantity.article or is_army_list(units) or _is_fraction(units, index):
        return None
    if units.norm(head.last + 1) == "sur" and _counted(units, head.last + 3):
        # "Six réservoirs sur neuf ont brûlé": the verb stands past the whole.
        head = replace(head, last=head.last + 2)
    chosen = _befallen(units, index, head)
    if chosen is not None and units.norm(head.last) == "sites" and units[chosen.index].has("air.hit"):
        # Of weapons that came down at so many sites nobody says what was damaged there.
        return None
    known = last if last is not None and last.sort == "thing" and last.number < index else None
    listed = known is not None and _listed(units, known, index)
    if chosen is None and known is not None and (listed or _among(units, index, known.last)):
        rule = "part of the things before"
        of = head.of
        if (known.measure == "without-power") != (of == "household"):
            return None
        return Found(rule, "thing", known.measure, index, index, head.last, quantity, of, not listed)
    if chosen is None:
        chosen = _labelled(units, index)
    if chosen is None:
        return None
    if known is not None and _among(units, index, known.last):
        subset = True
    measure, of = cast(Measure, chosen.sub), head.of
    if measure == "without-power" or of == "household":
        if measure != "without-power" or _restored(units, index, chosen):
            return None
        of = "household"
    first, end = min(index, chosen.index), max(head.last, chosen.index)
    return Found("things and their harm", "thing", measure, index, first, end, quantity, of, subset)


def is_army_list(units: Units) -> bool:
    """Whether a sentence counts the equipment that an army has lost: tanks, guns and vehicles, kind after kind."""
    if len(units.numbers) <= KINDS_OF_A_LIST or not units.tells("thing"):
        return False
    kinds = sum(f"thing.{kind}" in units.where for kind in ARMY)
    return kinds > KINDS_OF_A_LIST or (kinds == KINDS_OF_A_LIST and not units.tells("strike.noun"))


def powerless(
    units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool
) -> Found | None:
    """People without power, of whom everyone is counted.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Près de 40 000 habitants sont privés d'électricité.")
    [('without-power', None, 40000)]
    """
    if quantity.article or not units.tells("harm.without-power") or _of_a_town(units, index):
        return None
    chosen = _befallen(units, index, head)
    if chosen is None or chosen.sub != "without-power" or _restored(units, index, chosen):
        return None
    first, end = min(index, chosen.index), max(head.last, chosen.index)
    of = "household" if units[head.last].has("thing.household") else None
    return Found("people without power", "thing", "without-power", index, first, end, quantity, of, subset)


def _of_a_town(units: Units, index: int) -> bool:
    """ "Une ville de 60 000 habitants": its size."""
    near = index >= 2 and units.norm(index - 1) in {"de", "d'"}
    return near and units[index - 2].has("scene.of_site", "anaphor", "not_human")


def _is_fraction(units: Units, index: int) -> bool:
    """ "La moitié des 90 000 abonnés": how many is left to the reader."""
    return units.norm(index - 1) in {"des", "les"} and units.norm(index - 2) in FRACTIONS


def _befallen(units: Units, index: int, head: Head) -> Predicate | None:
    """The word that says what befell the things: the nearer of the verb after them and the verb before."""
    right = right_predicate(units, head.last, "harm")
    left = left_predicate(units, index, family="harm") or inverted(units, index, "harm")
    if head.of == "household" and right is None and left is None:
        return _cut_off(units, head.last)
    if right is not None and (left is None or right.index - head.last <= index - left.index):
        return right
    return left


def _cut_off(units: Units, last: int) -> Predicate | None:
    """ "11 000 abonnés toujours coupés": of households the word says that they have no power."""
    for position in units.where.get("cut", ()):
        if last < position <= last + CUT_WITHIN and units[position].segment == units[last].segment:
            return Predicate("without-power", position)
    return None


def _labelled(units: Units, index: int) -> Predicate | None:
    """ "Dégâts : quatorze pavillons": the label stands before the list."""
    colon = index - 1
    while colon > 1 and units[colon].norm != ":" and index - colon < LONGEST_LABELLED:
        if units[colon].quantity is None and units[colon].has("aux", "harm", "fate", "subset"):
            return None
        colon -= 1
    if units.norm(colon) != ":" or colon < 1:
        return None
    sub = units[colon - 1].sub("harm")
    if sub is None and units.norm(colon - 1) in LABELS:
        sub = "damaged"
    return Predicate(sub, colon - 1) if sub is not None else None


def _restored(units: Units, index: int, chosen: Predicate) -> bool:
    """ "Le courant a été rétabli pour 900 foyers": said of those, not of others that are still without."""
    if units.norm(index - 1) in {"des", "les"} and units.stands("restored", 0, index) and _counted(units, index - 2):
        return False
    first, last = min(index, chosen.index), max(index, chosen.index)
    for position in units.where.get("restored", ()):
        if first - 6 <= position <= last and units[position].segment == units[index].segment:
            return not units.stands("negation", position - 4, position - 1)
    return False


def _counted(units: Units, position: int) -> bool:
    """Whether a number stands at or just before `position`: "12 000 des", "la moitié des" has none."""
    return any(units[i].quantity is not None for i in range(max(0, position - 1), position + 1))


def _listed(units: Units, known: Found, index: int) -> bool:
    """Whether the things go on with the list before them: "a détruit …, … et deux écoles", ", ainsi que deux …"."""
    if known.first < known.number and coordinated(units, known.last, index):
        return True
    between = units.units[known.last + 1 : index]
    if not between or len(between) > LONGEST_GAP or not any(unit.norm == "ainsi" for unit in between):
        return False
    return not any(unit.has("aux", "harm", "fate", "air") or unit.norm in {";", ":", ".", "("} for unit in between)


def things_again(units: Units, index: int, quantity: Quantity, last: Found | None, subset: bool) -> Found | None:
    """Things counted without their noun: "Six maisons détruites, vingt abîmées".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Six maisons ont été détruites et vingt autres abîmées.")
    [('destroyed', 'house', 6), ('damaged', 'house', 20)]
    """
    if last is None or last.sort != "thing" or quantity.article or units.norm(index - 1) == "sur":
        return None
    outcome = right_predicate(units, index, "harm", {"damaged", "destroyed", "without-power"})
    if outcome is None or outcome.index - index > 6:
        outcome = left_predicate(units, index, {"damaged", "destroyed"}, "harm")
        if outcome is None or index - outcome.index > 2:
            return None
    rule, of = "things taken up again", last.of
    first, end = min(index, outcome.index), max(index, outcome.index)
    return Found(rule, "thing", cast(Measure, outcome.sub), index, first, end, quantity, of, subset)


def _among(units: Units, index: int, last: int) -> bool:
    """ "24 bâtiments, dont un internat et deux crèches": only nouns between "dont" and the number."""
    if not units.tells("subset"):
        return False
    for position in range(index - 1, max(last, index - 9), -1):
        if units[position].has("subset"):
            return True
        if units[position].has("aux", "harm") or units[position].norm in {";", ":", ".", "(", ")"}:
            return False
    return False
