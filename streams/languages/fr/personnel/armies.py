"""Which measure a number of an army's own size states, of its lists of losses, and of captives put to death.

Each rule's docstring shows one phrase; `personnel_frames` tries them in its order.
"""

from streams.languages.fr.personnel.predicates import Near, Told
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar

FEWEST_LISTED = 2
FARTHEST_EXECUTED = 12
DIED_REACH = 8
RETURNED = frozenset(("give", "receive", "exchanged", "freed", "executed"))
STRENGTH_REACH = 5
RESIZED_REACH = 9
DECREED_RULE = "whom a decree calls up"
CONTINGENT_RULE = "strength of a contingent"
LISTED_RULE = "soldiers in a list of equipment"
SOLDIERS = frozenset(("soldier", "officer", "general"))
EXECUTED = SOLDIERS | {"prisoner", "own"}


def executed(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Captives put to death: "neuf prisonniers ont été fusillés", "abattus après s'être rendus".

    >>> from streams.extraction.phrase import stated
    >>> stated('Quatre prisonniers ukrainiens ont été fusillés près de Soumy.')
    ['captivity: killed soldier UA 4']
    """
    if head == "prisoner" and near and not any(name in RETURNED for _, name, _ in near):
        died = next((m for cost, name, m in near if name == "killed" and cost <= DIED_REACH), None)
        if died is not None:
            return Told("killed", "captivity", "captured soldiers who died", "soldier", died)
    mark = next((m for cost, name, m in near if name == "executed" and cost <= FARTHEST_EXECUTED), None)
    if mark is None or head not in EXECUTED:
        return None
    held = head == "prisoner" or "surrender." in parsed.keys
    held = held or any(m.has("pred.") == "captured" for m in parsed.tagged("pred.captured"))
    held = held or any(m.has("noun.") == "prisoner" for m in parsed.tagged("noun.prisoner"))
    return Told("killed", "captivity", "captives put to death", "soldier", mark) if held else None


def of_an_army(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The persons of "porte l'effectif de l'armée à 900 000 personnes".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le décret porte l'effectif de l'armée russe à 2 100 000 personnes.")
    ['strength: strength RU 2100000']
    """
    if head in SOLDIERS and counted.first > 1 and _resized(parsed, counted, "army_strength"):
        return Told("strength", "strength", "strength of an army", None, None)
    if head in SOLDIERS and not near and _numbered(parsed, counted):
        return Told("strength", "strength", "strength of an army", None, None)
    if head != "person" or not near or near[0][1] != "strong" or counted.quantity.unit is not None:
        return None
    if grammar("army_strength").isdisjoint(parsed.norms[: counted.last + STRENGTH_REACH]):
        return None
    return Told("strength", "strength", "strength of an army", None, near[0][2])


def _numbered(parsed: Parsed, counted: Counted) -> bool:
    """ "Un décret fixe à 1,5 million le nombre de militaires russes"."""
    if counted.head is None or grammar("numbering").isdisjoint(parsed.norms[counted.last : counted.head.first]):
        return False
    verbs = tuple(grammar("resizing"))
    return any(norm.startswith(verbs) for norm in parsed.norms[max(0, counted.first - RESIZED_REACH) : counted.first])


def contingent(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The new size of those sent abroad: "le contingent norvégien passera à 420 soldats".

    >>> from streams.extraction.phrase import stated
    >>> stated("La Suède enverra 90 soldats en Ukraine. Son détachement passera ainsi à 230 militaires.")
    ['deployment: deployed SE 90, strength SE 230']
    """
    if head not in SOLDIERS or counted.first < 2 or not _resized(parsed, counted, "group_strength"):
        return None
    return Told("strength", "strength", CONTINGENT_RULE, None, None)


def _resized(parsed: Parsed, counted: Counted, sized: str) -> bool:
    """ "Porter son armée à 1,5 million de soldats", "le contingent passera à 420 soldats"."""
    before = parsed.norms[max(0, counted.first - RESIZED_REACH) : counted.first]
    verbs = tuple(grammar("resizing"))
    if grammar("to_number").isdisjoint(before[-3:]) or grammar(sized).isdisjoint(before):
        return False
    return any(norm.startswith(verbs) for norm in before)


def owned(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The soldiers an army has: "avec ses 900 000 soldats, l'armée ukrainienne …".

    >>> from streams.extraction.phrase import stated
    >>> stated("Avec ses 880 000 soldats, l'armée ukrainienne tient mille kilomètres de front.")
    ['strength: strength UA 880000']
    """
    if head not in SOLDIERS or (near and near[0][0] <= FARTHEST_EXECUTED):
        return None
    before = parsed.norms[max(0, counted.first - 2) : counted.first]
    owning = len(before) > 1 and before[-1] in grammar("owning") and before[0] in grammar("with_its")
    opened = owning or (bool(before) and before[-1] in grammar("with_its"))
    if not opened or grammar("army").isdisjoint(parsed.norms[counted.last :]):
        return None
    return Told("strength", "strength", "soldiers an army has", None, None)


def listed(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The soldiers of a list of lost equipment: "1 140 hommes, 8 chars et 24 blindés perdus".

    >>> from streams.extraction.phrase import stated
    >>> stated("L'armée russe a perdu 940 hommes, 8 chars et 24 blindés dimanche.")
    ['losses: losses RU 940, destroyed tank RU 8, destroyed armoured-vehicle RU 24']
    """
    if head not in SOLDIERS or "equipment." not in parsed.keys:
        return None
    equipment = [each for each in parsed.counted if each.head is not None and each.head.has("equipment.") is not None]
    if len(equipment) < FEWEST_LISTED:
        return None
    return Told("losses", "losses", LISTED_RULE, None, None)


def grown(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """The new strength of an army: "portant le total à 900 000 militaires".

    >>> from streams.extraction.phrase import stated
    >>> stated('Moscou augmente ses troupes, portant le total à 900 000 militaires russes.')
    ['strength: strength RU 900000']
    """
    if head not in SOLDIERS or any(name in ("killed", "injured", "lose", "out") for _, name, _ in near):
        return None
    if not any(0 <= counted.first - mark.last <= 3 for mark in parsed.tagged("scope.forward")):
        return None
    if parsed.norms[counted.first - 1] in grammar("about"):
        decreed = not grammar("decree").isdisjoint(parsed.norms[: counted.first])
        return Told("mobilised", "mobilisation", DECREED_RULE, None, None) if decreed else None
    return Told("strength", "strength", "new strength of an army", None, None)
