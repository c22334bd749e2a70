"""Counts that a sentence gives without a noun: "ils sont 312 000", "contre autant de Russes".

The one takes its noun from what the item speaks of, the other its number from the other side's people.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from schemas.enumerations import Measure, PersonnelKind
from streams.extraction.personnel.fact import LOSSES, Fact
from streams.languages.fr.personnel.predicates import Told, head_class
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import OTHER_SIDE
from streams.languages.pack import Quantity
from streams.languages.tagging import keys_of

PRONOUN_REACH = 6
TOPIC_SENTENCES = 3
PEOPLE_REACH = 4
FEWEST_DAYS = 2
DAY_REACH = 3
COUNTED_BY_DAY = frozenset(("soldier", "prisoner", "person", "own", None))
AS_MANY_MEMORY = 12
CASES_RULE = "cases of what the item speaks of"
AGAIN_RULE = "those told before, counted again"
AS_MANY_RULE = "as many as of the other side"
TOPICS: dict[str, tuple[Measure, PersonnelKind]] = {
    "pred.desert": ("deserted", "desertion"),
    "pred.recruit": ("recruited", "recruitment"),
    "pred.train": ("trained", "training"),
    "pred.freed": ("exchanged", "prisoner-exchange"),
    "swap.word": ("exchanged", "prisoner-exchange"),
    "pred.captured": ("captured", "captivity"),
    "pred.mobilise": ("mobilised", "mobilisation"),
}
DESERTION = frozenset(("pred.desert", "noun.desertion"))
SWAPS = frozenset(("pred.exchanged", "pred.give", "pred.receive", "pred.freed", "pred.deliver", "pred.back"))
MUTUAL_MEASURES: frozenset[Measure] = frozenset(("exchanged", "bodies-returned"))


def counts_by_pronoun(parsed: Parsed) -> bool:
    """Whether "ils sont" or "elles étaient" stands before a number of a sentence."""
    return not grammar("they").isdisjoint(parsed.norms) and any(
        _they(parsed, quantity) for quantity in parsed.sentence.quantities if not quantity.ordinal
    )


def _they(parsed: Parsed, quantity: Quantity) -> bool:
    before = [token.norm for token in parsed.tokens if token.end <= quantity.start][-PRONOUN_REACH:]
    they = next((i for i in range(len(before) - 1, -1, -1) if before[i] in grammar("they")), None)
    if they is None:
        return False
    between = before[they + 1 :]
    return bool(between) and set(between) <= grammar("being") | grammar("approximation")


def pronoun_count(parsed: Parsed, counted: Counted, last: Fact | None, before: Sequence[Parsed]) -> Told | None:
    """ "Ils devaient être 300 000, ils sont 312 000": those of the fact before, else of what the item speaks of."""
    if counted.head is not None or counted.other or counted.part or counted.quantity.article:
        return None
    if counted.last < len(parsed.norms) and parsed.norms[counted.last] in grammar("handed_to"):
        return None
    if not _they(parsed, counted.quantity):
        return None
    if last is not None and last.measure not in ("share", "strength"):
        of = last.of if last.measure in LOSSES else None
        return Told(last.measure, last.kind, AGAIN_RULE, of, None, True)
    topic = _topic(parsed, before)
    if topic is None:
        return None
    measure, kind = TOPICS[topic]
    return Told(measure, kind, "those the item speaks of, counted", None, None)


def cases(parsed: Parsed, counted: Counted, before: Sequence[Parsed]) -> Told | None:
    """ "Le parquet a ouvert 107 000 dossiers", where the sentences before it speak of desertion."""
    case = next((m for m in parsed.tagged("noun.case") if 0 <= m.first - counted.last <= 1), None)
    if case is None or counted.quantity.article or not any(each.tells(DESERTION) for each in (parsed, *before)):
        return None
    return Told("deserted", "desertion", CASES_RULE, None, None)


def standing_losses(parsed: Parsed, counted: Counted, before: Sequence[Parsed]) -> Told | None:
    """ "Les pertes russes. Elles s'élèvent à 957 000 soldats": the count of the losses that were just spoken of."""
    norms = parsed.norms
    if counted.quantity.article or counted.other or head_class(counted) not in ("soldier", "person", None):
        return None
    if norms[0] not in grammar("they") or grammar("standing").isdisjoint(norms[: counted.first]):
        return None
    owners = grammar("loss_owner")
    spoken = before[-2:-1] if before and before[-1] is parsed else before[-1:]
    if not any(not owners.isdisjoint(each.norms) for each in spoken):
        return None
    return Told("losses", "losses", "the losses spoken of before", None, None, True)


def _topic(parsed: Parsed, before: Sequence[Parsed]) -> str | None:
    for each in (parsed, *reversed(before[-TOPIC_SENTENCES:])):
        told = [tag for tag in TOPICS if tag in each.keys]
        if {"pred.exchanged", "noun.prisoner"} <= each.keys:
            return "swap.word"
        if told:
            return told[0]
    return None


def dated_count(parsed: Parsed, counted: Counted) -> Told | None:
    """ "Vendredi 270 soldats, samedi 307": the exchanges of several days, each behind its own."""
    if counted.other or counted.quantity.article or counted.quantity.unit is not None:
        return None
    if head_class(counted) not in COUNTED_BY_DAY or len(parsed.sentence.dates) < FEWEST_DAYS:
        return None
    ahead = [day for day in parsed.sentence.dates if 0 <= counted.quantity.start - day.end <= DAY_REACH]
    if not ahead or ahead[-1].precision not in ("day", "night"):
        return None
    return Told("exchanged", "prisoner-exchange", "the exchange of a day", None, None)


def as_many(parsed: Parsed, facts: Sequence[Fact]) -> Iterator[Fact]:
    """ "rendus contre autant de Russes", "le même nombre des siens": the other side's people, as many."""
    spot = _equal_word(parsed)
    if spot is None or not (parsed.tells(SWAPS) or _of_people(parsed, spot)):
        return
    recent = [
        fact
        for fact in islice(reversed(facts), AS_MANY_MEMORY)
        if 0 <= parsed.sentence.index - fact.sentence.index <= 1
    ]
    base = next((fact for fact in reversed(recent) if _whole_of_a_side(fact)), None)
    if base is None or base.side is None:
        return
    other = OTHER_SIDE[base.side]
    if any(fact.side == other and fact.measure == base.measure for fact in recent):
        return
    token, was = parsed.tokens[spot], base.counted.quantity
    quantity = Quantity(
        token.start, token.end, token.start, token.end, was.value, was.low, was.high, qualifier=was.qualifier
    )
    counted = Counted(quantity, spot, spot + 1, None, "none", False, False)
    yield Fact(parsed, counted, base.measure, base.kind, AS_MANY_RULE, None, other, base.scope, None)


def _of_people(parsed: Parsed, spot: int) -> bool:
    """Whether "contre" or the people themselves stand beside: "autant de Russes", "le même nombre de soldats"."""
    if not grammar("against").isdisjoint(parsed.norms[:spot]):
        return True
    return any("noun." in keys_of(mark.tags) and 0 < mark.first - spot <= PEOPLE_REACH for mark in parsed.marks)


def _whole_of_a_side(fact: Fact) -> bool:
    return (
        fact.measure in MUTUAL_MEASURES and fact.of is None and fact.side in OTHER_SIDE and fact.scope != "cumulative"
    )


def _equal_word(parsed: Parsed) -> int | None:
    """The token of "autant", "le même nombre", "un nombre égal"; none of "autant que", "pour autant"."""
    norms = parsed.norms
    if grammar("as_much").isdisjoint(norms) and grammar("numbering").isdisjoint(norms):
        return None
    for index, norm in enumerate(norms):
        ahead = norms[index + 1] if index + 1 < len(norms) else ""
        behind = norms[index - 1] if index else ""
        if norm in grammar("as_much") and ahead not in grammar("as_much_as") and behind not in grammar("no_as_much"):
            return index
        if norm in grammar("numbering") and (behind in grammar("same") or ahead in grammar("equal")):
            return index
    return None
