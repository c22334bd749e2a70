"""Whose soldiers, prisoners or bodies a number counts, from its noun, its clause and what was told before it."""

from collections.abc import Sequence
from itertools import islice

from schemas.enumerations import PersonnelKind
from streams.extraction.personnel.fact import BELLIGERENTS, Fact
from streams.extraction.personnel.homeward import captor, home_of_parts, homeward
from streams.languages.fr.people import Mention
from streams.languages.fr.personnel.frames import PARTS
from streams.languages.fr.personnel.predicates import Told, predicates
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import (
    OTHER_SIDE,
    WARRING,
    agent_side,
    army_side,
    both_sides,
    noun_side,
    subject_side,
)
from streams.languages.marks import Mark

ACTIVE_KINDS: frozenset[PersonnelKind] = frozenset(
    ("mobilisation", "recruitment", "strength", "deployment", "transfer")
)
ENLISTING: frozenset[PersonnelKind] = frozenset(("mobilisation", "recruitment"))
LONGEST_MEMORY = 40
OWNER_REACH = 3
SERVING_REACH = 3
SENDING_REACH = 2
PAIR_REACH = 2
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
        return [homeward(parsed, counted, answer, own, mentions, earlier)]
    held_by = captor(parsed, mentions) if answer.measure == "captured" else None
    if held_by is not None:
        return [OTHER_SIDE[held_by]]
    if own is not None and own not in BELLIGERENTS and answer.kind in ("losses", "captivity"):
        own = _served(parsed, counted, mentions) or own
    if own is not None and own not in BELLIGERENTS and answer.kind in ("training", "desertion"):
        own = None if any(each.place.country == "UA" for each in parsed.sentence.places) else own
    if own is not None and (own in BELLIGERENTS or answer.kind not in ENLISTING):
        return [own]
    last = last_side(answer, earlier)
    if returning:
        return [home_of_parts(parsed, mentions) or last]
    if answer.inherits:
        return [last]
    acting = _loser(parsed, counted, mentions) if answer.kind == "losses" else None
    if acting not in BELLIGERENTS and last is not None:
        acting = None
    if answer.kind == "losses" and acting is None and last is None:
        acting = army_side(parsed, mentions)
    if answer.measure == "captured" and last is None:
        acting = _foe_of_captor(parsed, counted, answer, mentions)
    if answer.kind == "desertion" and "noun.case" in parsed.keys:
        acting = _only_one_named(mentions)
    if answer.kind in ACTIVE_KINDS:
        acting = _actor(parsed, counted, answer, mentions, last)
    return [acting if acting is not None else last]


def foe_of_moscow(parsed: Parsed, mentions: Sequence[Mention]) -> bool:
    """Whether Moscow speaks of the enemy: "le ministère russe dit avoir infligé à l'ennemi 1 300 pertes"."""
    if "side.RU" not in parsed.keys or any(mention.country == "UA" for mention in mentions):
        return False
    foes = [
        m.first
        for m in parsed.tagged("side.RU")
        if not grammar("inflicting").isdisjoint(parsed.norms[m.first : m.last])
    ]
    return bool(foes) and any(mention.country == "RU" and mention.last <= foes[0] for mention in mentions)


def last_side(answer: Told, earlier: Sequence[Fact]) -> str | None:
    """The side of the latest fact of the same kind; counts of losses, captives and contingents follow each other."""
    for fact in islice(reversed(earlier), LONGEST_MEMORY):
        if fact.side is not None and (fact.kind == answer.kind or {fact.kind, answer.kind} <= NEIGHBOURS):
            return fact.side
    return None


def _loser(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """Who lost them: "l'armée russe a perdu 300 hommes", "Moscou reconnaît la mort de 63 soldats"."""
    lost = next((mark for _, name, mark in predicates(parsed, counted) if name in ("lose", "out")), None)
    if lost is not None and parsed.norms[lost.first].startswith(tuple(grammar("costing"))):
        return _charged(parsed, mentions, lost)
    if lost is not None:
        owned = [m for m in mentions if lost.last <= m.first < lost.last + OWNER_REACH and m.kind != "person"]
        if owned and parsed.norms[lost.first] in grammar("loss_owner"):
            return owned[0].country
        return subject_side(parsed, mentions, lost.first)
    return subject_side(parsed, mentions, counted.first) if admits(parsed) else None


def _charged(parsed: Parsed, mentions: Sequence[Mention], verb: Mark) -> str | None:
    """Whom it cost them: "la journée a coûté 1 300 hommes à l'armée russe"."""
    behind = [m for m in mentions if m.first > verb.last and m.country in BELLIGERENTS and m.kind != "person"]
    return next((m.country for m in behind if _led_to(parsed.norms, m.first)), None)


def _led_to(norms: Sequence[str], index: int) -> bool:
    """Whether "à" leads to a name or an army: "à Moscou", "aux troupes russes"."""
    return not grammar("handed_to").isdisjoint(norms[max(0, index - 3) : index])


def admits(parsed: Parsed) -> bool:
    """Whether a sentence has a verb of those who admit their losses."""
    admitting = tuple(grammar("admitting"))
    return any(norm.startswith(admitting) for norm in parsed.norms)


def _actor(parsed: Parsed, counted: Counted, answer: Told, mentions: Sequence[Mention], last: str | None) -> str | None:
    """Who mobilises, recruits or sends: the subject of an active verb, else the only army or country named."""
    predicate = answer.predicate
    acting = None
    if predicate is not None and predicate.first < counted.first:
        acting = subject_side(parsed, mentions, predicate.first)
        if acting is not None and acting not in BELLIGERENTS and answer.kind in ENLISTING:
            return acting
    elif predicate is not None and agent_side(parsed, mentions, predicate) in BELLIGERENTS:
        acting = agent_side(parsed, mentions, predicate)
    elif last is None and answer.kind != "deployment":
        acting = subject_side(parsed, mentions, len(parsed.tokens))
    if acting is None and last is None:
        acting = army_side(parsed, mentions)
    sending = answer.kind == "deployment" and (_alone(mentions) or _sends(mentions, predicate))
    acting = acting if acting in BELLIGERENTS or sending else None
    if acting is None and last is None and answer.kind != "deployment":
        named = {mention.country for mention in mentions if mention.country in BELLIGERENTS}
        acting = named.pop() if len(named) == 1 else None
    return acting


def _only_one_named(mentions: Sequence[Mention]) -> str | None:
    """The one warring country of a sentence, whose justice brings the cases: "le parquet ukrainien a ouvert …"."""
    named = {mention.country for mention in mentions if mention.country in WARRING}
    return named.pop() if len(named) == 1 else None


def _sends(mentions: Sequence[Mention], predicate: Mark | None) -> bool:
    """Whether a country stands right before the verb of sending: "la Norvège va dépêcher 150 militaires"."""
    if predicate is None:
        return False
    named = [m for m in mentions if m.kind in ("name", "capital") and m.last <= predicate.first]
    if not named or predicate.first - named[-1].last > SENDING_REACH:
        return False
    return len(named) == 1 or named[-1].first - named[-2].last > PAIR_REACH


def _alone(mentions: Sequence[Mention]) -> bool:
    """Whether one country alone is named beside the warring ones, so that the troops to be sent are its own."""
    named = {m.country for m in mentions if m.kind in ("capital", "name", "adjective") and m.country is not None}
    return len(named - set(WARRING)) == 1


def _foe_of_captor(parsed: Parsed, counted: Counted, answer: Told, mentions: Sequence[Mention]) -> str | None:
    """Whose soldiers fall to the one who takes them: "l'armée ukrainienne a fait une vingtaine de prisonniers"."""
    verb = answer.predicate
    passive = verb is not None and verb.first >= counted.last
    if passive and verb is not None:
        captor = agent_side(parsed, mentions, verb)
    else:
        captor = subject_side(parsed, mentions, verb.first if verb is not None else counted.first)
    return OTHER_SIDE.get(captor or "")


def _served(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """In whose ranks foreigners stand: "deux Chinois combattant pour la Russie", "dans les rangs ukrainiens"."""
    for mention in mentions:
        before = parsed.norms[max(0, mention.first - SERVING_REACH) : mention.first]
        if mention.country not in WARRING or mention.first <= counted.first or grammar("serving").isdisjoint(before):
            continue
        if grammar("agent").isdisjoint(before):
            return mention.country
    return None
