"""Which measure a number of an army's own size states, of its lists of losses, and of captives put to death.

Each rule's docstring shows one phrase; `personnel_frames` tries them in its order.
"""

from streams.languages.fr.personnel import Counted, Parsed, grammar
from streams.languages.fr.personnel_predicates import Near, Told

FEWEST_LISTED = 2
FARTHEST_EXECUTED = 12
LISTED_RULE = "soldiers in a list of equipment"
SOLDIERS = frozenset(("soldier", "officer", "general"))


def executed(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Captives put to death: "neuf prisonniers ont été fusillés", "abattus après s'être rendus".

    >>> from streams.extraction.phrase import stated
    >>> stated('Quatre prisonniers ukrainiens ont été fusillés près de Soumy.')
    ['captivity: killed soldier UA 4']
    """
    mark = next((m for cost, name, m in near if name == "executed" and cost <= FARTHEST_EXECUTED), None)
    if mark is None or head not in SOLDIERS | {"prisoner", "own"}:
        return None
    held = head == "prisoner" or any(
        m.has("pred.") == "captured" or m.has("noun.") == "prisoner" or m.has("surrender.") is not None
        for m in parsed.marks
    )
    return Told("killed", "captivity", "captives put to death", "soldier", mark) if held else None


def of_an_army(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The persons of "porte l'effectif de l'armée à 900 000 personnes".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le décret porte l'effectif de l'armée russe à 2 100 000 personnes.")
    ['strength: strength RU 2100000']
    """
    if head != "person" or not near or near[0][1] != "strong" or counted.quantity.unit is not None:
        return None
    army = grammar("army_strength") & {token.norm for token in parsed.tokens[: counted.first]}
    return Told("strength", "strength", "strength of an army", None, near[0][2]) if army else None


def owned(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The soldiers an army has: "avec ses 900 000 soldats, l'armée ukrainienne …".

    >>> from streams.extraction.phrase import stated
    >>> stated("Avec ses 880 000 soldats, l'armée ukrainienne tient mille kilomètres de front.")
    ['strength: strength UA 880000']
    """
    before = [token.norm for token in parsed.tokens[max(0, counted.first - 2) : counted.first]]
    opened = len(before) > 1 and before[-1] in grammar("owning") and before[0] in grammar("with_its")
    army = grammar("army") & {token.norm for token in parsed.tokens[counted.last :]}
    if head not in SOLDIERS or not opened or not army or (near and near[0][0] <= FARTHEST_EXECUTED):
        return None
    return Told("strength", "strength", "soldiers an army has", None, None)


def listed(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The soldiers of a list of lost equipment: "1 140 hommes, 8 chars et 24 blindés perdus".

    >>> from streams.extraction.phrase import stated
    >>> stated("L'armée russe a perdu 940 hommes, 8 chars et 24 blindés dimanche.")
    ['losses: losses RU 940, destroyed tank RU 8, destroyed armoured-vehicle RU 24']
    """
    equipment = [each for each in parsed.counted if each.head is not None and each.head.has("equipment.") is not None]
    if head not in SOLDIERS or len(equipment) < FEWEST_LISTED:
        return None
    return Told("losses", "losses", LISTED_RULE, None, None)


def grown(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The new strength of an army: "portant le total à 900 000 militaires".

    >>> from streams.extraction.phrase import stated
    >>> stated('Moscou augmente ses troupes, portant le total à 900 000 militaires russes.')
    ['strength: strength RU 900000']
    """
    forward = any(0 <= counted.first - mark.last <= 3 for mark in parsed.tagged("scope.forward"))
    fallen = any(name in ("killed", "injured", "lose", "out") for _, name, _ in near)
    if head not in SOLDIERS or not forward or fallen:
        return None
    return Told("strength", "strength", "new strength of an army", None, None)
