"""Whose soldiers, prisoners or bodies a number counts, from its noun, its clause and what was told before it."""

from collections.abc import Sequence
from itertools import islice

from schemas.enumerations import PersonnelKind
from streams.extraction.personnel_fact import BELLIGERENTS, Fact
from streams.languages.fr.people import Mention
from streams.languages.fr.personnel import Counted, Parsed, grammar
from streams.languages.fr.personnel_frames import PARTS
from streams.languages.fr.personnel_predicates import Told, predicates
from streams.languages.fr.personnel_sides import (
    OTHER_SIDE,
    WARRING,
    agent_side,
    army_side,
    both_sides,
    noun_side,
    recipient_side,
    subject_side,
)
from streams.languages.marks import Mark

ACTIVE_KINDS: frozenset[PersonnelKind] = frozenset(
    ("mobilisation", "recruitment", "strength", "deployment", "transfer")
)
ENLISTING: frozenset[PersonnelKind] = frozenset(("mobilisation", "recruitment"))
LONGEST_MEMORY = 40
OWNER_REACH = 3
GIVING = frozenset(("pred.give", "pred.deliver"))
NEIGHBOURS: frozenset[PersonnelKind] = frozenset(("losses", "deployment", "captivity"))


def sides_of(
    parsed: Parsed, counted: Counted, answer: Told, mentions: Sequence[Mention], earlier: Sequence[Fact]
) -> list[str | None]:
    """The country or countries a number is of; [None] where nothing tells, both where it holds for each side."""
    returning = answer.measure in ("exchanged", "bodies-returned")
    if returning and both_sides(parsed, counted):
        return list(WARRING)
    own = noun_side(parsed, counted, mentions)
    if returning and answer.rule != PARTS:
        return [_homeward(parsed, counted, answer, own, mentions, earlier)]
    if own is not None and (own in BELLIGERENTS or answer.kind not in ENLISTING):
        return [own]
    last = last_side(answer, earlier)
    if returning:
        return [_home_of_parts(parsed, mentions) or last]
    if answer.inherits:
        return [last]
    acting = _loser(parsed, counted, mentions) if answer.kind == "losses" else None
    if answer.kind == "losses" and acting is None and last is None:
        acting = army_side(parsed, mentions)
    if answer.kind in ACTIVE_KINDS:
        acting = _actor(parsed, counted, answer, mentions, last)
    return [acting if acting is not None else last]


def gapped(counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """The country right before a bare number: "la Russie 40, l'Ukraine 300"."""
    return next((m.country for m in mentions if m.last == counted.first and m.country in WARRING), None)


def last_side(answer: Told, earlier: Sequence[Fact]) -> str | None:
    """The side of the latest fact of the same kind; counts of losses, captives and contingents follow each other."""
    for fact in islice(reversed(earlier), LONGEST_MEMORY):
        if fact.side is not None and (fact.kind == answer.kind or {fact.kind, answer.kind} <= NEIGHBOURS):
            return fact.side
    return None


def _first_side(answer: Told, earlier: Sequence[Fact]) -> str | None:
    """The side of the first fact of the kind: an exchange told again is first of those whose return was told first."""
    first = islice(earlier, LONGEST_MEMORY)
    return next((fact.side for fact in first if fact.kind == answer.kind and fact.side is not None), None)


def _loser(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """Who lost them: "l'armée russe a perdu 300 hommes", "Moscou reconnaît la mort de 63 soldats"."""
    lost = next((mark for _, name, mark in predicates(parsed, counted) if name in ("lose", "out")), None)
    if lost is not None:
        owned = [m for m in mentions if lost.last <= m.first < lost.last + OWNER_REACH and m.kind != "person"]
        if parsed.tokens[lost.first].norm in grammar("loss_owner") and owned:
            return owned[0].country
        return subject_side(parsed, mentions, lost.first)
    admitting = tuple(grammar("admitting"))
    if any(token.norm.startswith(admitting) for token in parsed.tokens):
        return subject_side(parsed, mentions, counted.first)
    return None


def _actor(parsed: Parsed, counted: Counted, answer: Told, mentions: Sequence[Mention], last: str | None) -> str | None:
    """Who mobilises, recruits or sends: the subject of an active verb, else the only army or country named."""
    predicate = answer.predicate
    acting = None
    if predicate is not None and predicate.first < counted.first:
        acting = subject_side(parsed, mentions, predicate.first)
    elif last is None and answer.kind != "deployment":
        acting = subject_side(parsed, mentions, len(parsed.tokens))
    if acting is None and last is None:
        acting = army_side(parsed, mentions)
    acting = acting if acting in BELLIGERENTS or (answer.kind == "deployment" and _alone(mentions)) else None
    if acting is None and last is None and answer.kind != "deployment":
        named = {mention.country for mention in mentions if mention.country in BELLIGERENTS}
        acting = named.pop() if len(named) == 1 else None
    return acting


def _alone(mentions: Sequence[Mention]) -> bool:
    """Whether one country alone is named beside the warring ones, so that the troops to be sent are its own."""
    lands = ("capital", "name", "adjective")
    return len({m.country for m in mentions if m.country not in (*WARRING, None) and m.kind in lands}) == 1


def _homeward(
    parsed: Parsed,
    counted: Counted,
    answer: Told,
    own: str | None,
    mentions: Sequence[Mention],
    earlier: Sequence[Fact],
) -> str | None:
    """Whose people come home: of who receives, of "rendus à …", else of the noun, else not the giver's."""
    last = _first_side(answer, earlier)
    predicate = answer.predicate
    if predicate is None and counted.head is None:
        return gapped(counted, mentions) or own or last
    if predicate is not None:
        active = predicate.first < counted.first
        if "pred.receive" in predicate.tags:
            getter = subject_side(parsed, mentions, predicate.first) if active else None
            getter = getter or agent_side(parsed, mentions, predicate)
            if getter in WARRING:
                return getter
        given = recipient_side(parsed, mentions, predicate)
        if given is not None:
            return given
    if own in WARRING:
        return own
    owner = _possessor(parsed, counted, mentions)
    if owner in WARRING:
        return owner
    named = {mention.country for mention in mentions if mention.country in WARRING}
    if answer.measure == "exchanged" and len(named) == len(WARRING):
        return None
    released = predicate is not None and active and _lets_go(parsed, predicate)
    if predicate is not None and (released or predicate.tags & GIVING):
        giver = subject_side(parsed, mentions, predicate.first) if active else agent_side(parsed, mentions, predicate)
        if giver in OTHER_SIDE:
            return OTHER_SIDE[giver]
    swapped = predicate is not None and predicate.has("pred.") == "exchanged"
    return last if last is not None or swapped or len(named) != 1 else named.pop()


def _lets_go(parsed: Parsed, predicate: Mark) -> bool:
    """Whether a captor frees: "Moscou a relâché 110 combattants", not "la libération de 110 combattants"."""
    norm = parsed.tokens[predicate.first].norm
    return "pred.freed" in predicate.tags and not norm.endswith(tuple(grammar("action_noun")))


def _possessor(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """The country of "le ministère russe indique que 95 de ses militaires …"."""
    if counted.head is None:
        return None
    between = {token.norm for token in parsed.tokens[counted.last : counted.head.first]}
    return subject_side(parsed, mentions, counted.first) if between & grammar("own") else None


def _home_of_parts(parsed: Parsed, mentions: Sequence[Mention]) -> str | None:
    """Whose people are counted in "parmi ceux qui rentrent en Ukraine", "parmi les Ukrainiens rentrés"."""
    for mention in mentions:
        before = parsed.tokens[mention.first - 1].norm if mention.first else ""
        if mention.country in WARRING and (mention.kind == "adjective" or before in grammar("home")):
            return mention.country
    return None
