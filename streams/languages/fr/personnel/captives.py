"""Which measure those taken in battle state: captured, made prisoners, surrendered.

`personnel_frames` tries the rule in its order.
"""

from streams.languages.fr.personnel.predicates import Near, Told
from streams.languages.fr.personnel.returns import FARTHEST_BARE, OF, PEOPLE, brought_in
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.marks import Mark

TAKING_REACH = 3
FARTHEST_ENLISTED = 5
TAKEN = PEOPLE | {None}


def captured(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Soldiers taken: "la capture de deux militaires", "huit soldats faits prisonniers".

    >>> from streams.extraction.phrase import stated
    >>> stated('Huit soldats russes ont été faits prisonniers près de Soumy.')
    ['captivity: captured RU 8']
    """
    if head == "prisoner" and counted.head is not None:
        taking = not grammar("taking").isdisjoint(parsed.norms[max(0, counted.first - 3) : counted.first])
        if near and brought_in(parsed, near[0][2]):
            return Told("captured", "captivity", "prisoners brought in", None, near[0][2])
        if taking and parsed.norms[counted.head.first].startswith(tuple(grammar("captive"))):
            return Told("captured", "captivity", "prisoners taken")
    if head in TAKEN and counted.head is not None and _taken_alive(parsed, counted, counted.head):
        return Told("captured", "captivity", "soldiers captured", OF.get(head or ""))
    if len(near) > 1 and near[0][1] == "injured" and near[1][1] == "captured":
        near = near[1:]
    if head not in TAKEN or not near or near[0][1] != "captured":
        return None
    if head is None and near[0][0] > FARTHEST_BARE:
        return None
    if head == "prisoner" and enlisted(counted, near):
        return None
    return Told("captured", "captivity", "soldiers captured", OF.get(head or ""), near[0][2])


def enlisted(counted: Counted, near: Near) -> bool:
    """Whether a verb ahead enrolls them: "enrôlé 50 000 détenus dans les prisons russes"."""
    return any(
        name in ("mobilise", "recruit") and mark.last <= counted.first and cost <= FARTHEST_ENLISTED
        for cost, name, mark in near
    )


def _taken_alive(parsed: Parsed, counted: Counted, head: Mark) -> bool:
    """ "A pris 31 occupants vivants", "faire sept soldats ennemis prisonniers"."""
    taking = grammar("taking").isdisjoint(parsed.norms[max(0, counted.first - TAKING_REACH) : counted.first])
    return not taking and not grammar("taken_alive").isdisjoint(parsed.norms[head.last : head.last + TAKING_REACH])
