"""Diplomacy: visits, talks, calls, summits, statements, agreements, aid, sanctions and votes as claims about events."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from schemas.enumerations import Status
from schemas.internal import Report
from schemas.records import Actor, Place, Statement
from streams.extraction.attribution import Voices, voices_of
from streams.extraction.claims import Claim, Trace, ordered
from streams.extraction.diplomacy.deeds import RULES
from streams.extraction.diplomacy.follow import counts_before, follow_up, further_talks, stands_in, title_sums
from streams.extraction.diplomacy.groups import Group
from streams.extraction.diplomacy.groups import join as join_group
from streams.extraction.diplomacy.place import decided_in
from streams.extraction.diplomacy.standing import TOLD_ELSE, only_announced_above, stands
from streams.extraction.personnel.extracting import is_fiction, speaks_of_war
from streams.extraction.timing import Timing, decided_on, event_day, joined_status
from streams.languages.fr.diplomacy.scene import (
    Scene,
    country_of,
    diplomacy_words,
    governed,
    grammar,
    is_actor,
    scene_of,
)
from streams.languages.fr.people import Mention, same_person
from streams.languages.pack import DateMention
from streams.reading.document import Document, Sentence
from streams.reading.items import ItemText

UNIONS = frozenset(("EU", "UN"))
STATING: frozenset[str] = frozenset().union(*(keys for keys, _ in RULES))
OPINIONS = frozenset(("grammar.opinion", "grammar.sport", "grammar.fiction"))
LEAST_SHARES = 2
DATED = TOLD_ELSE | frozenset(("agreement", "aid", "sanctions", "appointment"))


def extract(document: Document, trace: Trace) -> list[Claim]:
    """The claims of a document's diplomatic events, in the order of their first telling."""
    trace.stream = "diplomacy"
    voices = voices_of(document)
    if not speaks_of_war(document, voices):
        for item in document.items:
            trace.refuse(item.position, "nobody and nothing of this war is named")
        return []
    found: list[tuple[ItemText, Group]] = []
    for item in document.items:
        sentences = document.sentences_of(item.position)
        groups = _groups(sentences, voices)
        if (groups or trace.explain) and is_fiction(sentences):
            trace.refuse(item.position, "it tells of a game, a film or something else made up")
            continue
        standing = [group for group in groups if stands(group, groups, document, item, voices)]
        _whole_sums([group for group in standing if group.kind == "aid"])
        found.extend((item, group) for group in standing)
    _figures_once([group for _, group in found])
    claims = []
    for item, group in only_announced_above(found) if len(document.items) > 1 else found:
        for act in group.acts:
            for figure in act.figures:
                number = figure.quantity
                trace.keep(act.rule, act.scene.sentence, number.start, number.end, figure.measure, number.value)
        beside = [each for at, each in found if at is item]
        claims.append(_claim(document, item, group, beside, voices))
    return claims


def _groups(sentences: Sequence[Sentence], voices: Voices) -> list[Group]:
    """The events of an item: title, lead, headline and body tell the same unless something tells them apart."""
    scenes = [scene_of(sentence, voices.mentions(sentence)) for sentence in sentences]
    around = frozenset().union(*[scene.keys for scene in scenes])
    if STATING.isdisjoint(around) or any(scene.prominent and "grammar.sport" in scene.keys for scene in scenes):
        return []
    groups: list[Group] = []
    before: Scene | None = None
    for scene in scenes:
        scene.around = around
        scene.before = before
        if STATING.isdisjoint(scene.keys) or not OPINIONS.isdisjoint(scene.keys):
            follow_up(scene, groups)
            before = scene
            continue
        scene.pronoun = _meant(before, scene)
        told = stands_in(scene, before) or scene
        for keys, rule in RULES:
            for act in rule(told) if not keys.isdisjoint(told.keys) else ():
                join_group(groups, act)
        follow_up(told, groups)
        further_talks(told, groups)
        before = told
    title_sums(scenes, groups)
    counts_before(scenes, groups)
    return groups


def _figures_once(groups: Sequence[Group]) -> None:
    """A figure of an agreement is none of the aid that its words tell too, and neither of both one of the summit."""
    told: set[tuple[int, int, str]] = set()
    for kind in ("agreement", "aid", "summit"):
        own: set[tuple[int, int, str]] = set()
        for act in (act for group in groups if group.kind == kind for act in group.acts):
            index = act.scene.sentence.index
            act.figures = tuple(f for f in act.figures if (index, f.start, f.measure) not in told)
            own |= {(index, f.start, f.measure) for f in act.figures}
        told |= own


def _whole_sums(groups: Sequence[Group]) -> None:
    """What all gave is a total beside the shares of three or more: "3,6 milliards, dont un milliard de Berlin"."""
    sums = [[f for act in group.acts for f in act.figures if f.measure == "amount"] for group in groups]
    largest = [max(own, key=lambda each: each.quantity.value) for own in sums if own]
    for figure in (each for each in largest if len(sums) > LEAST_SHARES and each.scope == "event"):
        unit = figure.quantity.unit
        others = [own[0].quantity for own in sums if own and figure not in own]
        shares = [each.value for each in others if each.unit == unit]
        if len(shares) >= LEAST_SHARES and figure.quantity.value >= sum(shares):
            figure.scope = "total"


def _meant(before: Scene | None, scene: Scene) -> Mention | None:
    """Whom a pronoun means: the first person or leading office of the sentence before, else a country that acts.

    "Elle" is not "le ministre".
    """
    if before is None:
        return None
    other = "his" if "elle" in scene.words else "hers"
    acting = [m for m in before.mentions if is_actor(m)]
    acting = [m for m in acting if m.kind != "office" or not before.has_word(other, m.first - 1, m.first)]
    people = [replace(m, country=country_of(before, m)) for m in acting if m.kind in ("person", "office")]
    if people:
        return next((m for m in people if m.country is not None), people[0])
    return next((m for m in acting if m.kind in ("name", "capital") and not governed(before, m)), None)


def _claim(document: Document, item: ItemText, group: Group, beside: Sequence[Group], voices: Voices) -> Claim:
    sentences = group.sentences()
    told = [(act.scene.sentence, timing.status) for act, timing in zip(group.acts, group.timings, strict=True)]
    status: Status = "withdrawn" if any(act.withdrawn for act in group.acts) else joined_status(_as_of_now(told))
    announced = status in ("announced", "postponed", "cancelled")
    days = _days(group.timings, announced, document.anchor)
    if not days and not announced and group.kind in DATED:
        every = document.sentences_of(item.position)
        near = _around(every, sentences)
        found = _made_known(near) or event_day(near, diplomacy_words()) or event_day(every, diplomacy_words())
        days = [found] if found is not None else []
    headline = any(s.section == "headline" or (s.section == "title" and len(document.items) == 1) for s in sentences)
    report = Report(
        item_id=f"{document.bulletin.bulletin_id}#{item.position}",
        position=item.position,
        stream="diplomacy",
        kind=group.kind,
        status=status,
        summary=item.headline,
        occurred_on=None if announced or not days else days[0].first,
        occurred_until=None if announced or not days or days[0].last == days[0].first else days[0].last,
        date_precision="unknown" if announced or not days else days[0].precision,
        expected_from=_first_expected(days) if announced else None,
        expected_until=_last_expected(days) if announced else None,
        decided_on=decided_on(document.sentences_of(item.position)),
        place=_place(group, document, beside),
        actors=_actors(group, voices),
        statements=_statements(group, voices),
        sources=voices.sources(_told_around(document, item, _quoting(group, status))),
    )
    return Claim(report, headline, group.acts[0].rule)


def _quoting(group: Group, status: Status) -> list[Sentence]:
    """The sentences whose voices tell the event: those that name who acts, and no former delay of it."""
    told = zip(group.acts, group.timings, strict=True)
    indices = {
        act.scene.sentence.index
        for act, timing in told
        if all(m.last > m.first for m, _ in act.actors) and (timing.status != "postponed" or status == "postponed")
    }
    return [sentence for sentence in group.sentences() if sentence.index in indices]


def _as_of_now(told: list[tuple[Sentence, Status]]) -> list[tuple[Sentence, Status]]:
    """Without an earlier delay that a body recalls of what title, lead and headline announce."""
    above = {status for sentence, status in told if sentence.section != "body"}
    if "announced" not in above or "postponed" in above:
        return told
    return [each for each in told if each[1] != "postponed"]


def _told_around(document: Document, item: ItemText, sentences: Sequence[Sentence]) -> list[Sentence]:
    indices = {sentence.index for sentence in sentences}
    return [
        sentence
        for sentence in document.sentences_of(item.position)
        if indices & {sentence.index - 1, sentence.index, sentence.index + 1}
    ]


def _around(sentences: Sequence[Sentence], told: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of an item that may date an event: those above, those of its paragraphs, and the first one's."""
    own = {sentence.paragraph for sentence in told}
    body = [sentence.paragraph for sentence in sentences if sentence.section == "body"]
    own |= set(body[:1])
    return [sentence for sentence in sentences if sentence.section != "body" or sentence.paragraph in own]


def _made_known(sentences: Sequence[Sentence]) -> DateMention | None:
    """The day right behind a participle of making known: "la somme, annoncée mercredi, ira à la défense aérienne"."""
    for sentence in sentences:
        for day in sentence.dates:
            ahead = next((token.norm for token in reversed(sentence.tokens) if token.end <= day.start), "")
            if day.first is not None and day.precision == "day" and ahead in grammar("made_known"):
                return day
    return None


def _days(timings: Sequence[Timing], announced: bool, anchor: date | None) -> list[DateMention]:
    """The days that the acts tell, those that fit the status: none past for what is still to come."""
    days = [timing.day for timing in timings if timing.day is not None]
    if announced and anchor is not None:
        return [day for day in days if day.last is None or day.last >= anchor]
    return days


def _first_expected(days: Sequence[DateMention]) -> date | None:
    known = [day.first for day in days if day.first is not None]
    return max(known) if known and len({day.last for day in days}) > 1 else (known[0] if known else None)


def _last_expected(days: Sequence[DateMention]) -> date | None:
    known = [day.last for day in days if day.last is not None]
    return max(known) if known else None


def _place(group: Group, document: Document, beside: Sequence[Group]) -> Place | None:
    places = [act.place for act in group.acts if act.place is not None]
    place = min(places, key=lambda place: place.precision == "country", default=None)
    return (decided_in(document, group, beside) or place) if place is None or place.precision == "country" else place


def _actors(group: Group, voices: Voices) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for act in group.acts:
        for mention, role in act.actors:
            name = voices.full_name(mention.name) if mention.kind == "person" else mention.name
            country = mention.country if mention.country is not None else country_of(act.scene, mention)
            known = next((key for key in found if same_person(key, name) or same_person(name, key)), None)
            if known is None:
                found[name] = Actor(name=name, role=role, country=country if country not in UNIONS else None)
            elif role == "envoy":
                found[known] = Actor(
                    name=name if len(name) > len(known) else known, role=role, country=found[known].country
                )
    return tuple(found.values())


def _statements(group: Group, voices: Voices) -> tuple[Statement, ...]:
    return ordered(
        act.scene.sentence.statement(
            figure.start,
            figure.end,
            figure.measure,
            figure.quantity,
            unit=figure.quantity.unit,
            scope=figure.scope,
            attributed_to=voices.speaker(act.scene.sentence),
        )
        for act in group.acts
        for figure in act.figures
    )
