"""The report of one event of military personnel: status, days, place, actors, statements and sources."""

from collections.abc import Sequence
from itertools import pairwise

from schemas.enumerations import PersonnelKind, Scope, Status
from schemas.internal import Report
from schemas.records import Actor, Statement
from streams.extraction.attribution import Voices
from streams.extraction.claims import Claim, ordered
from streams.extraction.personnel.equipment import GROUND
from streams.extraction.personnel.events import MUTUAL, Group, fact_timing
from streams.extraction.personnel.fact import Fact
from streams.extraction.personnel.following import GROWTH_RULE
from streams.extraction.personnel.place import PLACED, place_of, told_again
from streams.extraction.timing import decided_on, event_day, joined_status, timing_of
from streams.languages.fr.personnel.predicates import head_class
from streams.languages.fr.personnel.sentence import Parsed, grammar, personnel_words
from streams.languages.pack import DateMention
from streams.reading.document import Document, Sentence
from streams.reading.items import ItemText

DONE: frozenset[PersonnelKind] = frozenset(("losses", "captivity", "repatriation", "desertion"))
PLANNED: frozenset[PersonnelKind] = frozenset(("mobilisation", "training", "recruitment", "deployment"))
POINT: frozenset[PersonnelKind] = frozenset(("deployment", "captivity", "strength"))
APPOSITION_REACH = 8
FEWEST_RUNNING = 500
FEW = 100
FEW_PIECES = 300
MOST_A_DAY = 3000
GROWING = frozenset((GROWTH_RULE, "equipment lost since"))
BATTLE_REACH = 5
HEADINGS = 4


def claim_of(document: Document, item: ItemText, group: Group, voices: Voices) -> Claim:
    """The claim of one event of an item."""
    sentences = group.sentences()
    statements = _statements(document, item, group, voices)
    headline = [s for s in sentences if s.section == "headline" or (s.section == "title" and len(document.items) == 1)]
    first = group.facts[0] if group.facts else None
    rule = first.rule if first is not None else group.tellings[0].rule
    status = _status(group)
    announced = status in ("announced", "postponed")
    listed = all(fact.measure == "destroyed" for fact in group.facts) or _of_a_day(group)
    if group.day is None and (listed or group.kind in MUTUAL) and not announced and not group.plan:
        told = document.sentences_of(item.position)
        if group.kind == "losses":
            told = [each for each in told if each.index <= sentences[-1].index]
        group.day = event_day(told, personnel_words())
    if group.day is None and group.kind in PLACED - {"losses"} and status == "occurred":
        group.day = event_day(told_again(group, document.sentences_of(item.position)), personnel_words())
    if group.day is None and group.kind == "losses":
        group.day = _day_of_the_report(document, group)
    report = Report(
        item_id=f"{document.bulletin.bulletin_id}#{item.position}",
        position=item.position,
        stream="military-personnel",
        kind=group.kind,
        status=status,
        summary=item.headline,
        occurred_on=None if announced or group.day is None else group.day.first,
        occurred_until=None if announced or group.day is None or group.day.last == group.day.first else group.day.last,
        date_precision="unknown" if announced or group.day is None else group.day.precision,
        expected_from=group.day.first if announced and group.day is not None else None,
        expected_until=group.day.last if announced and group.day is not None else None,
        decided_on=decided_on(document.sentences_of(item.position)),
        place=place_of(group, document.sentences_of(item.position)),
        actors=_actors(document.sentences_of(item.position), voices),
        statements=statements,
        sources=voices.sources(_told_around(document, item, sentences)),
    )
    return Claim(report, bool(headline), rule)


def _day_of_the_report(document: Document, group: Group) -> DateMention | None:
    """The bulletin's own day for the losses of "the last 24 hours", as general staffs count them each morning."""
    anchor = document.anchor
    last_day = (fact.rule in GROWING or _of_the_last_day(fact.parsed) for fact in group.facts if fact.scope == "event")
    if anchor is None or not any(last_day):
        return None
    return DateMention(0, 0, anchor, anchor, "day")


def _of_the_last_day(parsed: Parsed) -> bool:
    """ "En 24 heures", "au cours de la dernière journée", not "par jour"."""
    norms, days, each = parsed.norms, grammar("day_window"), grammar("each_day")
    return any(
        not days.isdisjoint(norms[mark.first : mark.last])
        and each.isdisjoint(norms[max(0, mark.first - 1) : mark.first + 1])
        for mark in parsed.tagged("scope.window")
    )


def _told_around(document: Document, item: ItemText, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of an event and those beside them in its item: a source is often named one sentence later."""
    indices = {sentence.index for sentence in sentences}
    return [
        sentence
        for sentence in document.sentences_of(item.position)
        if indices & {sentence.index - 2, sentence.index - 1, sentence.index, sentence.index + 1}
    ]


def _statements(document: Document, item: ItemText, group: Group, voices: Voices) -> tuple[Statement, ...]:
    scopes = _scopes(group, document.sentences_of(item.position))
    found = []
    whole = any(fact.measure == "strength" and head_class(fact.counted) == "person" for fact in group.facts)
    for fact, scope in zip(group.facts, scopes, strict=True):
        start, end = fact.words()
        found.append(
            fact.sentence.statement(
                start,
                end,
                fact.measure,
                fact.counted.quantity,
                of="soldier"
                if whole and fact.measure == "strength" and head_class(fact.counted) == "soldier"
                else fact.of,
                side=fact.side,
                unit=fact.counted.quantity.unit,
                scope=scope,
                attributed_to=voices.speaker(fact.sentence),
            )
        )
    return ordered(found)


def _scopes(group: Group, sentences: Sequence[Sentence]) -> list[Scope]:
    """Each fact's scope: its own cue, that of the same number elsewhere, else what its measure usually is."""
    told = {(fact.measure, fact.side, fact.value): fact.scope for fact in group.facts if fact.scope is not None}
    usual: Scope = "cumulative" if group.kind == "losses" else "event"
    found: list[Scope] = []
    if usual == "cumulative" and (_of_a_period(sentences) or _of_a_day(group)):
        usual = "event"
    battle = usual == "cumulative" and _in_battle(group, sentences)
    planned = {fact.value for fact in group.facts if fact_timing(fact).status == "announced"}
    skirmish = any(fact.measure != "destroyed" and fact.scope is None and fact.value < FEW for fact in group.facts)
    for fact in group.facts:
        scope = fact.scope if fact.scope is not None else told.get((fact.measure, fact.side, fact.value))
        if scope is None and group.kind not in MUTUAL and "total.word" in fact.parsed.keys:
            scope = "cumulative"
        pointed = group.kind in POINT and fact.measure != "killed" and not _sent_since(fact, scope)
        if pointed or fact.measure == "strength":
            scope = "event"
        if group.kind in PLANNED and scope == "cumulative" and fact.value in planned:
            scope = "event"
        few = FEWEST_RUNNING if battle else (FEW if fact.measure != "destroyed" or skirmish else 0)
        found.append(scope if scope is not None else ("event" if fact.value < few else usual))
    return found


def _sent_since(fact: Fact, scope: Scope | None) -> bool:
    """ "Depuis l'automne, Pyongyang a engagé 15 000 hommes": those sent over a long time are no one contingent."""
    return fact.measure == "deployed" and scope == "cumulative" and not grammar("since").isdisjoint(fact.parsed.norms)


def _of_a_day(group: Group) -> bool:
    """Whether a list of losses is so short that it is one day's: "1 260 soldats, six chars et 31 canons"."""
    equipment = [fact.value for fact in group.facts if fact.measure == "destroyed" and fact.of in GROUND]
    open_ended = [fact.value for fact in group.facts if fact.scope is None]
    return len(equipment) > 1 and max(equipment) < FEW_PIECES and all(value < MOST_A_DAY for value in open_ended)


def _of_a_period(sentences: Sequence[Sentence]) -> bool:
    """Whether title or headline announce the sum of a day or a week: "résumé hebdomadaire"."""
    periods = grammar("summary_period")
    heads = (each for each in sentences[:HEADINGS] if each.section in ("title", "headline"))
    return any(token.norm in periods for each in heads for token in each.tokens)


def _in_battle(group: Group, sentences: Sequence[Sentence]) -> bool:
    """Whether an event's sentences or those before them tell of one battle, so that its few losses do not run on."""
    left = tuple(grammar("left_behind"))
    told = {fact.sentence.index for fact in group.facts}
    near = [each for each in sentences if told & set(range(each.index, each.index + BATTLE_REACH))]
    return any(token.norm.startswith(left) for each in near for token in each.tokens)


def _status(group: Group) -> Status:
    told = [
        (fact.sentence, fact_timing(fact).status)
        for fact in group.facts
        if fact.measure not in ("share", "strength") or group.kind == "strength"
    ]
    told += [
        (each.sentence, timing_of(each.sentence, personnel_words(), 0, len(each.parsed.norms)).status)
        for each in group.tellings
    ]
    if group.kind in DONE and any(status == "occurred" for _, status in told):
        return "occurred"
    return joined_status(told)


def _actors(sentences: Sequence[Sentence], voices: Voices) -> tuple[Actor, ...]:
    """Commanders named with their office: "le commandant en chef, Ivan Bondar"."""
    found: dict[str, Actor] = {}
    for sentence in sentences:
        named = [mention for mention in voices.mentions(sentence) if mention.kind in ("office", "person")]
        for office, person in pairwise(named):
            if (
                office.office == "commander"
                and person.kind == "person"
                and person.first - office.last <= APPOSITION_REACH
            ):
                name = voices.full_name(person.name)
                found.setdefault(name, Actor(name=name, role="commander", country=person.country))
    return tuple(found.values())
