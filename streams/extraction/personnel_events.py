"""Which facts of an item tell the same event of military personnel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from schemas.enumerations import PersonnelKind
from streams.extraction.personnel_fact import Fact
from streams.extraction.personnel_telling import Telling
from streams.extraction.timing import Timing, timing_of
from streams.languages.fr.personnel import grammar, personnel_words
from streams.languages.pack import DateMention
from streams.reading.document import Sentence

CLOSE = 0.06
FARTHEST_TIMED = 18
MOST_EVENTS = 12
MOST_COMPARED = 8
FAR = 10
PROGRAMMES: frozenset[PersonnelKind] = frozenset(("training", "recruitment", "mobilisation"))
ONE_SIDED: frozenset[PersonnelKind] = frozenset(("losses", "captivity", "deployment"))
MUTUAL: frozenset[PersonnelKind] = frozenset(("prisoner-exchange", "repatriation"))
HOSTS: frozenset[PersonnelKind] = frozenset(("desertion", "transfer", "training", "deployment"))


@dataclass(slots=True)
class Group:
    """The facts and figureless tellings of one event."""

    kind: PersonnelKind
    day: DateMention | None
    facts: list[Fact] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)

    def sentences(self) -> list[Sentence]:
        """The sentences it rests on, in order, none twice."""
        found = {fact.sentence.index: fact.sentence for fact in self.facts}
        found |= {telling.sentence.index: telling.sentence for telling in self.tellings}
        return [found[index] for index in sorted(found)]


def fact_timing(fact: Fact) -> Timing:
    """The day and status that the words around a fact's number and verb tell; found once."""
    if fact.timing is None:
        fact.timing = _fact_timing(fact)
    return fact.timing


def _fact_timing(fact: Fact) -> Timing:
    first, last = fact.counted.first, fact.counted.last
    tokens = fact.parsed.tokens
    named = fact.predicate is not None and fact.predicate.first > 0
    if fact.predicate is not None and named and tokens[fact.predicate.first - 1].norm in grammar("nominal_article"):
        return timing_of(fact.sentence, personnel_words(), fact.predicate.first, len(tokens))
    if fact.predicate is not None:
        first, last = min(first, fact.predicate.first), max(last, fact.predicate.last)
        if last - first > FARTHEST_TIMED:
            first, last = fact.predicate.first, fact.predicate.last
    return timing_of(fact.sentence, personnel_words(), first, last, bounded=fact.kind in ONE_SIDED)


def grouped(facts: Sequence[Fact]) -> list[Group]:
    """The events that facts tell, in the order of their first telling."""
    groups: list[Group] = []
    for fact in facts:
        timing = fact_timing(fact)
        group = next((each for each in groups if _same_event(each, fact, timing)), None)
        if group is None and len(groups) >= MOST_EVENTS:
            group = next((each for each in groups if each.kind == fact.kind), groups[0])
        if group is None:
            group = Group(fact.kind, None if _running(fact) else timing.day)
            groups.append(group)
        if group.day is None and not _running(fact):
            group.day = timing.day
        group.facts.append(fact)
    return _strength_joined(groups)


def _running(fact: Fact) -> bool:
    """Whether a count has no day of its own: it runs on, or is of losses and no window bounds it."""
    return fact.scope == "cumulative" or (fact.kind in ("losses", "deployment") and fact.scope is None)


def _strength_joined(groups: list[Group]) -> list[Group]:
    """The strength of a unit stands beside what is told of it: of 5 700 soldiers, 900 deserted."""
    hosts = [group for group in groups if group.kind in HOSTS]
    kept = []
    for group in groups:
        if group.kind == "strength" and hosts:
            hosts[0].facts.extend(group.facts)
        else:
            kept.append(group)
    return kept


def _same_event(group: Group, fact: Fact, timing: Timing) -> bool:
    if group.kind != fact.kind:
        return False
    if fact.kind == "desertion":
        return _same_desertion(group, fact)
    if fact.kind in ONE_SIDED:
        if group.facts and group.facts[0].side != fact.side:
            return False
        dated = timing.day is not None and group.day is not None and timing.day.first != group.day.first
        return not (dated and fact.scope == "cumulative" and fact.measure != "destroyed" and timing.past)
    if fact.kind == "prisoner-exchange" and _agreed(fact) != _agreed(group.facts[0]):
        return fact.value <= 2 * group.facts[0].value and group.facts[0].value <= 2 * fact.value
    if fact.kind in MUTUAL and _planned(fact) != _planned(group.facts[0]):
        return any(other.value == fact.value for other in islice(group.facts, MOST_COMPARED))
    if fact.kind in PROGRAMMES and _far_apart(group, fact):
        return False
    if fact.scope == "cumulative" or fact.kind not in MUTUAL:
        return True
    return timing.day is None or group.day is None or timing.day.first == group.day.first


def _far_apart(group: Group, fact: Fact) -> bool:
    """Whether the same count is told in another order of size: 260 of one camp, 73 000 of the whole mission."""
    same = [other for other in islice(group.facts, MOST_COMPARED) if other.measure == fact.measure]
    same = [other for other in same if other.scope == fact.scope and other.side == fact.side and fact.of is None]
    sizes = [max(other.value, fact.value) > FAR * max(1, min(other.value, fact.value)) for other in same]
    return bool(sizes) and all(sizes)


def _agreed(fact: Fact) -> bool:
    """Whether a number stands in a formula ("1 000 contre 1 000"), which may be the plan of many exchanges."""
    tokens, counted = fact.parsed.tokens, fact.counted
    around = {token.norm for token in (*tokens[max(0, counted.first - 1) : counted.first], *tokens[counted.last :][:1])}
    return bool(around & grammar("versus"))


def _planned(fact: Fact) -> bool:
    return fact_timing(fact).status == "announced"


def _same_desertion(group: Group, fact: Fact) -> bool:
    """Desertions are one event by place and number: 60 in France are not the 1 650 of the brigade."""
    counts = [other for other in islice(group.facts, MOST_COMPARED) if other.measure in ("deserted", "share")]
    if fact.measure not in ("deserted", "share") or not counts:
        return True
    return any(
        other.measure == fact.measure and abs(other.value - fact.value) <= CLOSE * max(other.value, fact.value)
        for other in counts
    )


def join(groups: list[Group], telling: Telling) -> None:
    """A telling without figures stands for an event of its own only where no event of its kind has one."""
    group = next((each for each in groups if each.kind == telling.kind), None)
    if group is None:
        groups.append(Group(telling.kind, telling.day, tellings=[telling]))
    else:
        group.tellings.append(telling)
        group.day = group.day if group.day is not None else telling.day
