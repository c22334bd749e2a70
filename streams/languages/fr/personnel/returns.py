"""Which measure those who come home state: bodies handed over, prisoners exchanged or freed.

Each rule's docstring shows one phrase; `personnel_frames` tries them in its order.
"""

from streams.languages.fr.personnel.armies import SOLDIERS
from streams.languages.fr.personnel.predicates import Near, Told, first_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import both_sides
from streams.languages.marks import Mark

FARTHEST_BARE = 8
REGAINED_REACH = 6
SELF_REACH = 3
VERSUS_REACH = 6
BACK_REACH = 2
FARTHEST_HANDED = 18
DEAD_REACH = 12
PEOPLE = SOLDIERS | {"prisoner", "person", "civilian", "woman", "own", "child"}
MEN = SOLDIERS | {"person", "own", "woman", "trade"}
OF = {"officer": "officer", "general": "general", "woman": "woman", "civilian": "civilian", "child": "child"}
FALLEN = SOLDIERS | {"person", "own"}
SWAP = frozenset(("pred.exchanged", "swap.word"))


def bodies(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Bodies handed over: "40 dépouilles ont été remises", "12 soldats tués au front ont été rendus à leur pays".

    >>> from streams.extraction.phrase import stated
    >>> stated("Les dépouilles de 40 soldats ont été remises à l'Ukraine.")
    ['repatriation: bodies-returned UA 40']
    """
    if head == "body":
        if counted.quantity.article:
            return None
        if any(m.has("pred.") == "transfer" and _from_rubble(parsed, m) for _, _, m in near[:1]):
            return None
        moved = first_of(near, "give", "receive", "deliver") or first_of(near, "transfer", "back", within=8)
        soldiers = any(
            mark.has("noun.") == "soldier" and mark.first < counted.last + 4 and mark.last > counted.first
            for mark in parsed.tagged("noun.soldier")
        )
        moved = moved or (first_of(near, "deploy", within=8) if soldiers else None) or first_of(near, "exchanged")
        if moved is not None or (soldiers and counted.last < len(parsed.norms)):
            return Told("bodies-returned", "repatriation", "bodies handed over", predicate=moved)
        return None
    fallen = first_of(near, "killed", within=6)
    handed = first_of(near, "give") if head in FALLEN and fallen is not None else None
    if handed is None and fallen is not None and head in SOLDIERS:
        handed = _home_again(parsed, near, FARTHEST_BARE)
    if handed is not None and fallen is not None and (handed.first > fallen.first or not handed.first):
        return Told("bodies-returned", "repatriation", "fallen soldiers handed over", predicate=handed)
    if head != "killed" or counted.quantity.value < 1:
        return None
    moved = first_of(near, "receive", within=DEAD_REACH) or _handed_on(parsed, counted, near)
    if moved is None or _revises(parsed, counted, moved):
        return None
    return Told("bodies-returned", "repatriation", "the dead recovered", predicate=moved)


def _revises(parsed: Parsed, counted: Counted, verb: Mark) -> bool:
    """Whether a toll is brought to the number: "le bilan a été ramené mercredi à onze morts"."""
    near = (*parsed.norms[verb.last : verb.last + 1], *parsed.norms[max(0, counted.first - 1) : counted.first])
    return verb.first < counted.first and not grammar("revising").isdisjoint(near)


def _handed_on(parsed: Parsed, counted: Counted, near: Near) -> Mark | None:
    """The verb of "3 000 morts ont été rendus à l'Ukraine", "quarante tués remis par Moscou"."""
    mark = first_of(near, "give", within=DEAD_REACH)
    if mark is None or mark.last >= len(parsed.norms) or mark.first < counted.last:
        return None
    return mark if parsed.norms[mark.last] in grammar("handed_to") else None


def exchanged(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Prisoners exchanged or freed: "90 prisonniers ont recouvré la liberté", "échangé 90 soldats chacun".

    >>> from streams.extraction.phrase import stated
    >>> stated('Kyiv et Moscou ont échangé 85 prisonniers chacun.')
    ['prisoner-exchange: exchanged UA 85, exchanged RU 85']
    """
    swap = first_of(near, "exchanged", "freed")
    if _one_of_them(parsed, counted, swap):
        return None
    if (
        head in PEOPLE
        and counted.head is not None
        and not counted.quantity.article
        and parsed.tells(SWAP)
        and _for_as_many(parsed, counted)
    ):
        return Told("exchanged", "prisoner-exchange", "so many for so many", OF.get(head or ""), None)
    if head is None and swap is not None and swap.has("pred.") == "exchanged" and both_sides(parsed, counted):
        told_near = first_of(near, "exchanged", "freed", within=FARTHEST_HANDED)
        return Told("exchanged", "prisoner-exchange", "as many on each side", None, told_near)
    if (
        head != "prisoner"
        and swap is not None
        and swap.first > counted.last
        and parsed.norms[swap.first - 1] in grammar("nominal")
        and not parsed.norms[swap.first].endswith(tuple(grammar("infinitive_ending")))
    ):
        swap = None
    if head == "prisoner":
        swap = swap or first_of(near, "give", "receive", "transfer", within=FARTHEST_HANDED)
        best = near[0][1] if near else None
        if swap is None or best in ("captured", "killed") or brought_in(parsed, swap):
            return None
    elif head in PEOPLE:
        best = near[0][1] if near else None
        if near and "pred.receive" in near[0][2].tags and near[0][2].first < counted.first:
            best = "receive"
        if swap is None and best == "receive" and head in FALLEN:
            swap = _home_again(parsed, near) or (first_of(near, "receive", within=4) if head == "own" else None)
        if swap is None and head in FALLEN and first_of(near, "back", within=BACK_REACH) is not None:
            swap = first_of(near, "receive", within=FARTHEST_BARE)
            best = "receive" if swap is not None else best
        if swap is None and head == "own" and _regained(parsed, counted):
            return Told("exchanged", "prisoner-exchange", "their own regained", None, None)
        if swap is None and best == "give" and head in SOLDIERS | {"person"}:
            swap = _handed_over(parsed, counted, near) or _each_other(parsed, counted, near)
        if swap is None or best not in ("exchanged", "freed", "give", "receive", "captured", "back"):
            return None
    elif head is not None or swap is None or near[0][1] not in ("exchanged", "freed") or near[0][0] > FARTHEST_BARE:
        return None
    moved = next((mark for cost, name, mark in near if name in ("receive", "give") and cost <= near[0][0]), None)
    return Told("exchanged", "prisoner-exchange", "prisoners exchanged", OF.get(head or ""), moved or swap)


def _one_of_them(parsed: Parsed, counted: Counted, swap: Mark | None) -> bool:
    """ "L'un des libérés, un tankiste de 24 ans": an apposition names one of many."""
    if not counted.quantity.article or swap is None:
        return False
    return counted.first - swap.last == 1 and parsed.norms[swap.last] == ","


def _for_as_many(parsed: Parsed, counted: Counted) -> bool:
    """ "67 militaires ukrainiens contre autant de Russes : l'échange a eu lieu mercredi"."""
    behind = parsed.norms[counted.last : counted.last + VERSUS_REACH]
    against = next((i for i, norm in enumerate(behind) if norm in grammar("against")), None)
    if against is None or against + 1 >= len(behind):
        return False
    first = counted.last + against + 1
    return behind[against + 1] in grammar("as_much") or any(other.first == first for other in parsed.counted)


def brought_in(parsed: Parsed, verb: Mark) -> bool:
    """Whether soldiers or a unit bring prisoners back from battle: "la brigade a ramené neuf prisonniers"."""
    home = parsed.norms[verb.first].startswith(tuple(grammar("home_verb")))
    if "pred.receive" not in verb.tags or not home or "pred.exchanged" in parsed.keys:
        return False
    before = parsed.norms[: verb.first]
    return not grammar("moved_unit").isdisjoint(before) or any(
        mark.last <= verb.first for mark in parsed.tagged("noun.soldier")
    )


def _from_rubble(parsed: Parsed, verb: Mark) -> bool:
    """ "Nous avons retiré deux corps ce matin": bodies taken out of something, not home."""
    return parsed.norms[verb.first].startswith(tuple(grammar("pulled_out")))


def _regained(parsed: Parsed, counted: Counted) -> bool:
    """ "L'Ukraine a retrouvé 140 des siens"."""
    before = parsed.norms[max(0, counted.first - REGAINED_REACH) : counted.first]
    at = next((i for i, norm in enumerate(before) if norm.startswith(tuple(grammar("regaining")))), None)
    return at is not None and grammar("noun_end").isdisjoint(before[at:])


def _home_again(parsed: Parsed, near: Near, within: int = 4) -> Mark | None:
    """The verb of "Kyiv a récupéré 189 personnes": people, where no exchange is named."""
    mark = first_of(near, "receive", within=within)
    return mark if mark is not None and parsed.norms[mark.first].startswith(tuple(grammar("home_verb"))) else None


def _each_other(parsed: Parsed, counted: Counted, near: Near) -> Mark | None:
    """The verb of "Kyiv et Moscou se sont rendu 146 captifs", not of "146 soldats se sont rendus"."""
    mark = first_of(near, "give", within=6)
    if mark is None or mark.last > counted.first:
        return None
    return None if grammar("self").isdisjoint(parsed.norms[max(0, mark.first - SELF_REACH) : mark.first]) else mark


def _handed_over(parsed: Parsed, counted: Counted, near: Near) -> Mark | None:
    """The verb of "90 militaires ont été rendus à Moscou"."""
    mark = first_of(near, "give", within=6)
    if mark is None or mark.first < counted.last or mark.last >= len(parsed.norms):
        return None
    alive = "noun.body" not in parsed.keys and "pred.killed" not in parsed.keys
    if alive and parsed.norms[mark.first].startswith(tuple(grammar("home_verb"))):
        return mark
    handed = parsed.norms[mark.first].startswith(tuple(grammar("handed_verb")))
    return mark if handed and parsed.norms[mark.last] in grammar("handed_to") else None
