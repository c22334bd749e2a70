"""Whose people come home: prisoners and bodies belong to who receives them, not to who lets them go."""

from collections.abc import Sequence
from itertools import islice

from streams.extraction.personnel.fact import Fact
from streams.languages.fr.people import Mention
from streams.languages.fr.personnel.predicates import Told
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import (
    OTHER_SIDE,
    WARRING,
    agent_side,
    for_country,
    recipient_side,
    subject_side,
)
from streams.languages.marks import Mark

LONGEST_MEMORY = 40
PRONOUN_REACH = 4
WANTING_REACH = 5
GIVING = frozenset(("pred.give", "pred.deliver"))


def homeward(
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
        return gapped(counted, mentions) or for_country(parsed, counted, mentions) or own or last
    if predicate is not None:
        active = predicate.first < counted.first
        if "pred.receive" in predicate.tags:
            getter = subject_side(parsed, mentions, predicate.first) if active else None
            getter = getter or agent_side(parsed, mentions, predicate)
            if getter in WARRING:
                return getter
        given = recipient_side(parsed, mentions, predicate, counted) or _handed_to_them(parsed, mentions, predicate)
        given = given or (_at_home(parsed, mentions, predicate) if last is not None else None)
        if given is not None:
            return given
    if own in WARRING:
        return own
    meant = for_country(parsed, counted, mentions)
    if meant is not None:
        return meant
    held_by = captor(parsed, mentions)
    if held_by is not None:
        return OTHER_SIDE[held_by]
    camp = _of_a_camp(parsed, counted, mentions)
    if camp is not None:
        return camp
    owner = _possessor(parsed, counted, mentions)
    if owner in WARRING:
        return owner
    if last is not None and not grammar("other_path").isdisjoint(parsed.norms[counted.last :]):
        return OTHER_SIDE.get(last)
    named = {mention.country for mention in mentions if mention.country in WARRING}
    released = predicate is not None and active and _lets_go(parsed, predicate)
    if answer.measure == "exchanged" and len(named) == len(WARRING) and not released:
        return None
    if predicate is not None and (released or predicate.tags & GIVING):
        giver = subject_side(parsed, mentions, predicate.first) if active else agent_side(parsed, mentions, predicate)
        if giver in OTHER_SIDE:
            return giver if active and _awaited(parsed, predicate) else OTHER_SIDE[giver]
    swapped = predicate is not None and predicate.has("pred.") == "exchanged"
    if predicate is not None and _goes_to_others(parsed, predicate):
        return last
    return last if last is not None or swapped or len(named) != 1 else named.pop()


def _goes_to_others(parsed: Parsed, predicate: Mark) -> bool:
    """Whether another number stands between a verb and who is named: "mille remises, 44 rendues à Moscou"."""
    bare = (each for each in parsed.counted if each.head is None and not (each.other or each.quantity.article))
    return any(1 <= each.first - predicate.last <= PRONOUN_REACH for each in bare)


def _of_a_camp(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """ "Côté russe, 90 soldats sont rentrés"."""
    ahead = [m for m in mentions if m.last <= counted.first and m.country in WARRING and m.first]
    return next((m.country for m in ahead if parsed.norms[m.first - 1] in grammar("camp_word")), None)


def captor(parsed: Parsed, mentions: Sequence[Mention]) -> str | None:
    """Whose prisons they leave: "revenus de captivité russe", "hors des geôles de Moscou"."""
    held, links = grammar("captivity"), grammar("genitive")
    for mention in mentions:
        if mention.country in WARRING and mention.first:
            before = mention.first - 1
            while before and mention.kind != "adjective" and parsed.norms[before] in links:
                before -= 1
            if parsed.norms[before] in held:
                return mention.country
    return None


def _awaited(parsed: Parsed, predicate: Mark) -> bool:
    """Whether those who act wait for a return: "Kyiv attend la restitution de 5 000 corps"."""
    wanting = tuple(grammar("wanting"))
    before = parsed.norms[max(0, predicate.first - WANTING_REACH) : predicate.first]
    return any(norm.startswith(wanting) for norm in before)


def _handed_to_them(parsed: Parsed, mentions: Sequence[Mention], predicate: Mark) -> str | None:
    """The one country named before "lui ont été remis", "à elle sont rendus"."""
    norms = parsed.norms
    if grammar("to_them").isdisjoint(norms[max(0, predicate.first - PRONOUN_REACH) : predicate.first]):
        return None
    named = {m.country for m in mentions if m.country in WARRING and m.last <= predicate.first}
    return named.pop() if len(named) == 1 else None


def _at_home(parsed: Parsed, mentions: Sequence[Mention], predicate: Mark) -> str | None:
    """Where a further clause opens with a capital: "; à Moscou, 38 dépouilles ont été rendues"."""
    norms, breaks = parsed.norms, grammar("break")
    for mention in reversed(mentions):
        if mention.country in WARRING and mention.kind in ("capital", "name") and mention.last <= predicate.first:
            opening = mention.first - 2
            led = mention.first > 1 and norms[mention.first - 1] in grammar("homeward")
            return mention.country if led and norms[opening] in breaks else None
    return None


def _lets_go(parsed: Parsed, predicate: Mark) -> bool:
    """Whether a captor frees: "Moscou a relâché 110 combattants", not "la libération de 110 combattants"."""
    norm = parsed.norms[predicate.first]
    return "pred.freed" in predicate.tags and not norm.endswith(tuple(grammar("action_noun")))


def _possessor(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """The country of "le ministère russe indique que 95 de ses militaires …"."""
    if counted.head is None:
        return None
    if grammar("own").isdisjoint(parsed.norms[counted.last : counted.head.first]):
        return None
    return subject_side(parsed, mentions, counted.first)


def home_of_parts(parsed: Parsed, mentions: Sequence[Mention]) -> str | None:
    """Whose people are counted in "parmi ceux qui rentrent en Ukraine", "parmi les Ukrainiens rentrés"."""
    for mark in parsed.tagged("side.UA"):
        return mark.has("side.")
    for mention in mentions:
        before = parsed.norms[mention.first - 1] if mention.first else ""
        if mention.country in WARRING and (mention.kind == "adjective" or before in grammar("home")):
            return mention.country
    return None


def gapped(counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """The country right before a bare number: "la Russie 40, l'Ukraine 300"."""
    return next((m.country for m in mentions if m.last == counted.first and m.country in WARRING), None)


def _first_side(answer: Told, earlier: Sequence[Fact]) -> str | None:
    """The side of the first fact of the kind: an exchange told again is first of those whose return was told first."""
    first = islice(earlier, LONGEST_MEMORY)
    return next((fact.side for fact in first if fact.kind == answer.kind and fact.side is not None), None)
