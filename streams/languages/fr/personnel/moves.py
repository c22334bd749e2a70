"""Which measure soldiers on the move state: sent in waves, taken from one front to another, back in the ranks.

Each rule's docstring shows one phrase; `personnel_frames` tries them in its order.
"""

from collections.abc import Sequence

from streams.languages.fr.personnel.armies import SOLDIERS
from streams.languages.fr.personnel.predicates import Near, Told, first_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.marks import Mark
from streams.reading.tokens import Token

WAVES_RULE = "a contingent by its size"
FARTHEST_REJOINING = 14
FARTHEST_FATE = 8
FARTHEST_SIGNING = 6
ARMY_REACH = 5
JOINING = frozenset(("person", "soldier", "woman", "prisoner"))
FATES = frozenset(("killed", "injured", "out", "lose", "captured", "desert", "exchanged", "freed", "train", "missing"))
SENT = frozenset(("deploy", "give", "transfer", "deliver", "leave"))
HOLDING_REACH = 3
CLOSE = 6
RETURNING = SOLDIERS | {"desertion", "desert", "own", "person", None}


def rejoined(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Deserters who are back: "900 déserteurs ont réintégré leur unité".

    >>> from streams.extraction.phrase import stated
    >>> stated("Près de 900 déserteurs ukrainiens ont réintégré leur unité.")
    ['desertion: returned UA 900 about']
    """
    mark = first_of(near, "rejoin", within=FARTHEST_REJOINING)
    if mark is None and head in ("desertion", "desert"):
        mark = first_of(near, "back", within=FARTHEST_FATE)
    if mark is None or head not in RETURNING or counted.other or counted.quantity.article:
        return None
    if head not in ("desertion", "desert") and not grammar("barracks").isdisjoint(parsed.norms[mark.first : mark.last]):
        if head is None:
            return None
        return Told("mobilised", "mobilisation", "those called to the barracks", None, mark)
    return Told("returned", "desertion", "deserters back in the ranks", None, mark)


def signed(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Volunteers who sign up: "140 volontaires ont signé en avril".

    >>> from streams.extraction.phrase import stated
    >>> stated("Au centre de recrutement ukrainien de Soumy, 75 volontaires ont signé en mai.")
    ['recruitment: recruited UA 75']
    """
    if counted.head is None:
        return None
    joined = first_of(near, "join", within=FARTHEST_SIGNING)
    if joined is not None and joined.first >= counted.last and head in JOINING:
        army = grammar("army_word") | grammar("army")
        into = not army.isdisjoint(parsed.norms[joined.first : joined.last + ARMY_REACH])
        if into and (head in ("person", "prisoner") or "weak.man" in counted.head.tags):
            return Told("recruited", "recruitment", "volunteers who joined", None, joined)
    if "weak.man" not in counted.head.tags:
        return None
    came = first_of(near, "receive", within=FARTHEST_SIGNING)
    if came is not None and parsed.norms[counted.head.first].startswith(tuple(grammar("willing"))):
        return Told("recruited", "recruitment", "volunteers who came", None, came)
    mark = first_of(near, "sign", within=FARTHEST_SIGNING)
    if mark is None:
        return None
    signing = mark.first >= counted.last and grammar("signed_text").isdisjoint(parsed.norms[mark.last : mark.last + 1])
    return Told("recruited", "recruitment", "volunteers who signed up", None, mark) if signing else None


def hosted(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Soldiers received for a course: "accueillera 15 pilotes pour un stage".

    >>> from streams.extraction.phrase import stated
    >>> stated("La Lituanie accueillera 25 militaires ukrainiens pour un stage de déminage.")
    ['training: trained UA 25']
    """
    if head not in SOLDIERS or not near or "pred.receive" not in near[0][2].tags:
        return None
    course = first_of(near, "train")
    hosting = parsed.norms[near[0][2].first].startswith(tuple(grammar("hosting")))
    if course is None or not hosting or course.first < counted.last:
        return None
    return Told("trained", "training", "soldiers received for a course", None, course)


def waves(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """A contingent by its size: "un deuxième contingent de 3 000 soldats a pris la route du front".

    >>> from streams.extraction.phrase import stated
    >>> stated("Un contingent de 3 000 soldats nord-coréens a pris la route de la Russie.")
    ['deployment: deployed KP 3000']
    """
    if head not in SOLDIERS | {None} or counted.quantity.unit is not None or counted.quantity.article:
        return None
    wave = next((m for m in parsed.tagged("wave.word") if m.last == counted.first - 1), None)
    if wave is None or parsed.norms[wave.last] not in grammar("of"):
        return None
    if any(name in FATES and cost <= FARTHEST_FATE for cost, name, _ in near):
        return None
    return Told("deployed", "deployment", WAVES_RULE, None, wave)


def moved(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Soldiers taken from one front to another: "qui tenaient Tokmak ont été acheminés vers Koursk".

    >>> from streams.extraction.phrase import stated
    >>> stated("Quelque 4 000 soldats russes qui gardaient Enerhodar ont été envoyés vers Koursk.")
    ['transfer: transferred RU 4000 about']
    """
    if head not in SOLDIERS or not near or counted.quantity.article:
        return None
    mark = next((m for _, name, m in near[:2] if name in SENT), None)
    if mark is None or near[0][1] not in SENT:
        return None
    if not (_held_ground(parsed, counted.last, mark.first) or from_place_to_place(parsed, mark)):
        return None
    return Told("transferred", "transfer", "soldiers moved from front to front", None, mark)


def _held_ground(parsed: Parsed, low: int, high: int) -> bool:
    """Whether a relative clause before the verb tells where they stood: "qui tenaient les abords de Tokmak"."""
    norms = parsed.norms
    for index in range(low, high):
        if norms[index] in grammar("relative"):
            return not grammar("holding_ground").isdisjoint(norms[index + 1 : index + 1 + HOLDING_REACH])
    return False


def from_place_to_place(parsed: Parsed, mark: Mark) -> bool:
    """ "de Zaporijjia vers Pokrovsk", "ont quitté Kherson pour Pokrovsk": a place they leave and one they go to."""
    tokens = parsed.tokens
    goal = next((token for token in tokens[mark.last :] if token.norm in grammar("toward")), None)
    if goal is None:
        return False
    places = parsed.sentence.places
    starts = [place.start for place in places]
    end = tokens[mark.last - 1].end if "pred.leave" in mark.tags else -CLOSE
    left = any(
        start < goal.start and (_behind(tokens, start, "leaving") or 0 <= start - end <= CLOSE) for start in starts
    )
    return left and any(start > goal.start for start in starts)


def _behind(tokens: Sequence[Token], start: int, words: str) -> bool:
    before = [token.norm for token in tokens if token.end <= start][-3:]
    return not grammar(words).isdisjoint(before)
