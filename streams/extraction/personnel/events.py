"""Which facts of an item tell the same event of military personnel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from msgspec.structs import replace

from schemas.enumerations import PersonnelKind
from streams.extraction.personnel.fact import Fact
from streams.extraction.personnel.following import ANOTHER_DAY_RULE, ANOTHERS_RULE, RUNNING_RULE, own_day
from streams.extraction.personnel.telling import Telling
from streams.extraction.timing import Timing, timing_of
from streams.languages.fr.personnel.armies import DECREED_RULE
from streams.languages.fr.personnel.moves import WAVES_RULE
from streams.languages.fr.personnel.sentence import grammar, personnel_words
from streams.languages.marks import Mark
from streams.languages.pack import DateMention
from streams.reading.document import Sentence

CLOSE = 0.06
FARTHEST_TIMED = 18
MOST_EVENTS = 12
MOST_COMPARED = 8
FAR = 10
TWICE = 2
MOST_SUMMED = 40
PROGRAMMES: frozenset[PersonnelKind] = frozenset(("training", "recruitment", "mobilisation"))
ONE_SIDED: frozenset[PersonnelKind] = frozenset(("losses", "captivity", "deployment"))
MUTUAL: frozenset[PersonnelKind] = frozenset(("prisoner-exchange", "repatriation"))
REPORTED_AT_ONCE: frozenset[PersonnelKind] = MUTUAL | {"training"}
SENT: frozenset[PersonnelKind] = frozenset(("deployment", "training", "recruitment", "mobilisation", "transfer"))
APART = frozenset((WAVES_RULE, ANOTHERS_RULE))
OF_AN_ARMY = frozenset(("strength of an army", "new strength of an army", "soldiers an army has"))
HOSTS: frozenset[PersonnelKind] = frozenset(("desertion", "transfer", "training", "deployment"))


@dataclass(slots=True)
class Group:
    """The facts and figureless tellings of one event; a `plan`, the formula of many exchanges, has no day."""

    kind: PersonnelKind
    day: DateMention | None
    facts: list[Fact] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    plan: bool = False

    def sentences(self) -> list[Sentence]:
        """The sentences it rests on, in order, none twice."""
        found = {fact.sentence.index: fact.sentence for fact in self.facts}
        found |= {telling.sentence.index: telling.sentence for telling in self.tellings}
        return [found[index] for index in sorted(found)]


def fact_timing(fact: Fact) -> Timing:
    """The day and status that the words around a fact's number and verb tell; found once."""
    if fact.timing is None:
        fact.timing = _fact_timing(fact)
        norms, verb = fact.parsed.norms, fact.predicate
        if verb is not None and (_meant(norms, verb) or (fact.kind == "mobilisation" and _decreed(norms, verb))):
            fact.timing = replace(fact.timing, status="announced")
        billed = fact.kind == "strength" and not grammar("bill").isdisjoint(norms)
        if billed or fact.rule == DECREED_RULE:
            fact.timing = replace(fact.timing, status="announced")
        own = own_day(fact.parsed, fact.counted, verb)
        if own is not None and fact.timing.day is not None and fact.timing.status == "occurred":
            fact.timing = replace(fact.timing, day=own)
    return fact.timing


def _meant(norms: Sequence[str], verb: Mark) -> bool:
    """Whether somebody only means to do it: "Moscou compte enrôler", "entend former"."""
    if not verb.first or not norms[verb.first].endswith(tuple(grammar("infinitive_ending"))):
        return False
    if norms[verb.first - 1] in grammar("of") and verb.first > 1:
        return norms[verb.first - 2].startswith(tuple(grammar("meaning_of")))
    return norms[verb.first - 1] in grammar("meaning_to")


def _decreed(norms: Sequence[str], verb: Mark) -> bool:
    """ "Un décret appelant 135 000 jeunes sous les drapeaux entre le 1er octobre et le 31 décembre": still to come."""
    if grammar("decree").isdisjoint(norms):
        return False
    return grammar("auxiliary").isdisjoint(norms[max(0, verb.first - 2) : verb.first])


def _fact_timing(fact: Fact) -> Timing:
    first, last = fact.counted.first, fact.counted.last
    norms = fact.parsed.norms
    if fact.predicate is not None:
        if fact.predicate.first > 0 and norms[fact.predicate.first - 1] in grammar("nominal_article"):
            return timing_of(fact.sentence, personnel_words(), fact.predicate.first, len(norms))
        first, last = min(first, fact.predicate.first), max(last, fact.predicate.last)
        if last - first > FARTHEST_TIMED:
            first, last = fact.predicate.first, fact.predicate.last
    return timing_of(fact.sentence, personnel_words(), first, last, bounded=fact.kind not in REPORTED_AT_ONCE)


def grouped(facts: Sequence[Fact]) -> list[Group]:
    """The events that facts tell, in the order of their first telling."""
    groups: list[Group] = []
    _mark_totals(facts)
    _mark_sums_of_both(facts)
    for fact in facts:
        timing = fact_timing(fact)
        group = next((each for each in groups if _same_event(each, fact, timing)), None)
        if group is None and len(groups) >= MOST_EVENTS:
            group = next((each for each in groups if each.kind == fact.kind), groups[0])
        if group is None:
            plan = fact.kind == "prisoner-exchange" and any(each.kind == fact.kind for each in groups) and _agreed(fact)
            group = Group(fact.kind, None if plan or _running(fact) else timing.day, plan=plan)
            groups.append(group)
        headed = fact.kind in MUTUAL and timing.day is not None and _headed(group, fact)
        if (group.day is None or headed) and not _running(fact) and not group.plan:
            group.day = timing.day
        group.facts.append(fact)
    return _strength_joined(groups)


def _mark_totals(facts: Sequence[Fact]) -> None:
    """An exchange's number that is the sum of those of several days is their total."""
    swapped = [
        fact for fact in facts[:MOST_SUMMED] if fact.kind in MUTUAL and fact.of is None and fact.scope == "event"
    ]
    for fact in swapped:
        parts = {
            (other.value, day.first if day is not None else None)
            for other, day in ((each, fact_timing(each).day) for each in swapped)
            if other.side == fact.side and other.measure == fact.measure and other.value < fact.value
        }
        if len(parts) > 1 and sum(value for value, _ in parts) == fact.value:
            fact.scope = "total"


def _mark_sums_of_both(facts: Sequence[Fact]) -> None:
    """An exchange's number that is twice what each side got back is of no side: "300 prisonniers, 150 chacun"."""
    swapped = [fact for fact in facts[:MOST_SUMMED] if fact.kind in MUTUAL and fact.of is None]
    sides: dict[float, set[str | None]] = {}
    for fact in swapped:
        sides.setdefault(fact.value, set()).add(fact.side)
    for fact in swapped:
        if {"UA", "RU"} <= sides.get(fact.value / 2, set()) and not {"UA", "RU"} <= sides[fact.value]:
            fact.side = None


def _running(fact: Fact) -> bool:
    """Whether a count has no day of its own: it runs on, or is of losses and no window bounds it."""
    return fact.scope == "cumulative" or (fact.kind in ("losses", "deployment") and fact.scope is None)


def _strength_joined(groups: list[Group]) -> list[Group]:
    """The strength of a unit stands beside what is told of it: of 5 700 soldiers, 900 deserted."""
    hosts = [group for group in groups if group.kind in HOSTS]
    kept = []
    for group in groups:
        whole = any(fact.rule in OF_AN_ARMY for fact in group.facts)
        if group.kind == "strength" and hosts and not whole:
            hosts[0].facts.extend(group.facts)
        else:
            kept.append(group)
    return kept


def _same_event(group: Group, fact: Fact, timing: Timing) -> bool:
    if group.kind != fact.kind:
        return False
    if fact.kind == "desertion":
        return _same_desertion(group, fact)
    if fact.kind == "strength" and group.facts and group.facts[0].side != fact.side:
        return False
    if fact.kind in SENT and not _called_up_so_far(group, fact) and _another_wave(group, fact):
        return False
    if fact.kind in ONE_SIDED:
        if group.facts and group.facts[0].side != fact.side:
            return False
        if fact.rule == ANOTHER_DAY_RULE or _another_window(group, fact):
            return False
        dated = timing.day is not None and group.day is not None and timing.day.first != group.day.first
        return not (dated and fact.scope == "cumulative" and fact.measure != "destroyed" and timing.past)
    if fact.kind == "prisoner-exchange" and _agreed(fact) != _agreed(group.facts[0]):
        return fact.value <= 2 * group.facts[0].value and group.facts[0].value <= 2 * fact.value
    if fact.kind in MUTUAL and timing.day is not None and _former(group, fact):
        return False
    if fact.kind in MUTUAL and _planned(fact) != _planned(group.facts[0]):
        return any(other.value == fact.value for other in islice(group.facts, MOST_COMPARED))
    if fact.kind in PROGRAMMES and _far_apart(group, fact):
        return False
    if fact.scope == "cumulative" or fact.kind not in MUTUAL or _headed(group, fact):
        return True
    return timing.day is None or group.day is None or timing.day.first == group.day.first


def _another_window(group: Group, fact: Fact) -> bool:
    """Whether a count is of another span or contingent: "1 310 hommes en une journée, 9 120 sur la semaine"."""
    if fact.kind == "captivity" or fact.counted.part or fact.measure == "destroyed":
        return False
    same = [other for other in islice(group.facts, MOST_COMPARED) if other.measure == fact.measure]
    same = [other for other in same if other.of == fact.of and not other.counted.part]
    if not same or any(each.counted.quantity.qualifier == "vague" for each in (fact, *same)):
        return False
    if fact.kind == "losses" and any(each.scope != "event" for each in (fact, *same)):
        return False
    if fact.kind != "losses" and any(
        each.sentence is fact.sentence or each.sentence.section != "body" for each in same
    ):
        return False
    return all(max(other.value, fact.value) >= TWICE * max(1, min(other.value, fact.value)) for other in same)


def _called_up_so_far(group: Group, fact: Fact) -> bool:
    """Whether those called up since the start of the war stand beside those who are to be called up now."""
    if fact.kind != "mobilisation":
        return False
    return "cumulative" in {fact.scope, *(other.scope for other in islice(group.facts, MOST_COMPARED))}


def _another_wave(group: Group, fact: Fact) -> bool:
    """Whether a count is of other people than the group's: planned where those are there, another contingent or course.

    The same number told again is the same event.
    """
    same = [other for other in islice(group.facts, MOST_COMPARED) if other.measure == fact.measure]
    if not same or fact.of is not None or fact.counted.part or any(other.value == fact.value for other in same):
        return False
    return fact.rule in APART or any(_planned(other) != _planned(fact) for other in same)


def _former(group: Group, fact: Fact) -> bool:
    """Whether a sentence tells the exchange before this one: "le précédent échange, le 15 janvier"."""
    if grammar("former").isdisjoint(fact.parsed.norms):
        return False
    return not any(other.value == fact.value for other in islice(group.facts, MOST_COMPARED))


def _headed(group: Group, fact: Fact) -> bool:
    """Whether a sentence of the body tells the number that so far only a headline told."""
    heads = all(other.sentence.section in ("title", "headline") for other in islice(group.facts, MOST_COMPARED))
    return heads and any(other.value == fact.value for other in islice(group.facts, MOST_COMPARED))


def _far_apart(group: Group, fact: Fact) -> bool:
    """Whether the same count is told in another order of size: 260 of one camp, 73 000 of the whole mission."""
    same = [other for other in islice(group.facts, MOST_COMPARED) if other.measure == fact.measure]
    same = [other for other in same if other.scope == fact.scope and other.side == fact.side and fact.of is None]
    if any(other.sentence is fact.sentence for other in same):
        return False
    sizes = [max(other.value, fact.value) > FAR * max(1, min(other.value, fact.value)) for other in same]
    return bool(sizes) and all(sizes)


def _agreed(fact: Fact) -> bool:
    """Whether a number stands in a formula ("1 000 contre 1 000"), which may be the plan of many exchanges."""
    norms, counted, versus = fact.parsed.norms, fact.counted, grammar("versus")
    ahead = counted.first > 0 and norms[counted.first - 1] in versus
    end = counted.head.last if counted.head is not None and counted.how == "after" else counted.last
    if ahead or end + 1 >= len(norms) or norms[end] not in versus:
        return ahead
    return any(other.first == end + 1 for other in fact.parsed.counted)


def _planned(fact: Fact) -> bool:
    return fact_timing(fact).status in ("announced", "postponed")


def _same_desertion(group: Group, fact: Fact) -> bool:
    """Desertions are one event by place and number: 60 in France are not the 1 650 of the brigade."""
    counts = [other for other in islice(group.facts, MOST_COMPARED) if other.measure in ("deserted", "share")]
    if fact.measure not in ("deserted", "share") or not counts or fact.rule == RUNNING_RULE:
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
