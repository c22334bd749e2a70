"""Diplomacy: visits, talks, calls, summits, statements, agreements, aid, sanctions and votes as claims about events."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from schemas.enumerations import DiplomacyKind, Status
from schemas.internal import Report
from schemas.records import Actor, Place, Statement
from streams.extraction.attribution import Voices, voices_of
from streams.extraction.claims import Claim, Trace, ordered
from streams.extraction.diplomacy_act import Act, amounts_in
from streams.extraction.diplomacy_deeds import RULES, TRIGGERS
from streams.extraction.diplomacy_elliptic import HEADLINE
from streams.extraction.personnel import is_fiction, speaks_of_war
from streams.extraction.timing import Timing, decided_on, event_day, joined_status, timing_of
from streams.languages.fr.diplomacy import Scene, country_of, diplomacy_words, scene_of
from streams.languages.fr.people import same_person
from streams.languages.pack import DateMention
from streams.reading.document import Document, Sentence
from streams.reading.items import ItemText

MOST_APART = 2
FOLLOWED: frozenset[DiplomacyKind] = frozenset(("agreement", "aid", "summit"))
NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Group:
    """The acts that tell one event."""

    kind: DiplomacyKind
    acts: list[Act] = field(default_factory=list)

    def sentences(self) -> list[Sentence]:
        """The sentences it rests on, in order."""
        found = {act.scene.sentence.index: act.scene.sentence for act in self.acts}
        return [found[index] for index in sorted(found)]


def extract(document: Document, trace: Trace) -> list[Claim]:
    """The claims of a document's diplomatic events, in the order of their first telling."""
    voices = voices_of(document)
    if not speaks_of_war(document, voices):
        return []
    claims = []
    for item in document.items:
        sentences = document.sentences_of(item.position)
        if is_fiction(sentences):
            continue
        groups = _groups(sentences, voices)
        for group in groups:
            for act in group.acts:
                for figure in act.figures:
                    trace.keep(act.rule, act.scene.sentence, figure.start, figure.end, figure.measure)
            claims.append(_claim(document, item, group, voices))
    return claims


def _groups(sentences: Sequence[Sentence], voices: Voices) -> list[Group]:
    """One event of each kind for an item: title, lead, headline and body tell the same."""
    groups: dict[DiplomacyKind, Group] = {}
    for sentence in sentences:
        scene = scene_of(sentence, voices.mentions(sentence))
        families = {tag.partition(".")[0] for tag in scene.index} | ({"prominent"} if scene.prominent else set())
        if not families or scene.tagged("grammar.opinion") or scene.tagged("grammar.sport"):
            continue
        for family, rule in RULES.items():
            act = rule(scene) if family in families or families & TRIGGERS.get(family, NONE) else None
            if act is not None:
                groups.setdefault(act.kind, Group(act.kind)).acts.append(act)
        follow_up(scene, groups)
    return [group for group in groups.values() if _stands(group, groups, sentences, voices)]


def follow_up(scene: Scene, groups: dict[DiplomacyKind, Group]) -> None:
    """A sum told of an act just before: "Kyiv y consacrera deux milliards d'euros", "dont 150 millions de prêts"."""
    amounts = amounts_in(scene)
    told = [act for group in groups.values() for act in group.acts[-MOST_APART:]]
    if not amounts or not told or any(act.scene is scene and act.figures for act in told):
        return
    if not (scene.tagged("grammar.financing") or scene.tagged("aid.noun")) or scene.tagged("grammar.proposing"):
        return
    near = [act for act in told if 0 < scene.sentence.index - act.scene.sentence.index <= MOST_APART]
    act = next((each for each in reversed(near) if each.kind in FOLLOWED), None)
    if act is not None:
        mark = next(iter((*scene.tagged("grammar.financing"), *scene.tagged("aid.noun"))))
        groups[act.kind].acts.append(Act(scene, act.kind, mark, "a sum told of it", (), None, amounts))


def _stands(group: Group, groups: dict[DiplomacyKind, Group], sentences: Sequence[Sentence], voices: Voices) -> bool:
    """A stand on talks is no event beside what it speaks of; aid counts where Ukraine gets it."""
    if group.kind == "statement" and all(act.rule.startswith("a stand") for act in group.acts):
        return not set(groups) & {"talks", "call", "visit", "summit", "vote"}
    if group.kind == "talks" and "summit" in groups and all("talks.noun" in act.mark.tags for act in group.acts):
        return False
    if group.kind == "talks" and "call" in groups:
        return any(act.scene.sentence.section == "body" for act in group.acts)
    if group.kind == "visit" and all(act.rule == HEADLINE for act in group.acts):
        rivals = [act for kind in ("talks", "summit") if kind in groups for act in groups[kind].acts]
        return not any(act.scene.prominent for act in rivals)
    if group.kind == "aid":
        return any(mention.country == "UA" for sentence in sentences for mention in voices.mentions(sentence))
    return True


def _reach(act: Act) -> int:
    """Where the words end that tell an act's status: a noun's verb may stand at the end of the sentence."""
    return len(act.scene.tokens) if act.mark.has(f"{act.kind}.noun") is not None else act.mark.last


def _claim(document: Document, item: ItemText, group: Group, voices: Voices) -> Claim:
    sentences = group.sentences()
    timings = [timing_of(act.scene.sentence, diplomacy_words(), act.mark.first, _reach(act)) for act in group.acts]
    status: Status = (
        "withdrawn"
        if any(act.withdrawn for act in group.acts)
        else joined_status(
            list(zip([act.scene.sentence for act in group.acts], [t.status for t in timings], strict=True))
        )
    )
    announced = status in ("announced", "postponed")
    days = _days(timings, announced, document.anchor)
    if not days and not announced and group.kind in ("summit", "visit", "talks", "agreement", "call"):
        days = [day for day in [event_day(document.sentences_of(item.position), diplomacy_words())] if day is not None]
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
        place=_place(group),
        actors=_actors(group, voices),
        statements=_statements(group, voices),
        sources=voices.sources(_told_around(document, item, sentences)),
    )
    return Claim(report, headline, group.acts[0].rule)


def _told_around(document: Document, item: ItemText, sentences: Sequence[Sentence]) -> list[Sentence]:
    indices = {sentence.index for sentence in sentences}
    return [
        sentence
        for sentence in document.sentences_of(item.position)
        if indices & {sentence.index - 1, sentence.index, sentence.index + 1}
    ]


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


def _place(group: Group) -> Place | None:
    places = [act.place for act in group.acts if act.place is not None]
    return min(places, key=lambda place: place.precision == "country", default=None)


def _actors(group: Group, voices: Voices) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for act in group.acts:
        for mention, role in act.actors:
            name = voices.full_name(mention.name) if mention.kind == "person" else mention.name
            country = mention.country if mention.country is not None else country_of(act.scene, mention)
            known = next((key for key in found if same_person(key, name) or same_person(name, key)), None)
            if known is None:
                found[name] = Actor(name=name, role=role, country=country if country != "EU" else None)
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
            of=figure.of,
            unit=figure.quantity.unit,
            attributed_to=voices.speaker(act.scene.sentence),
        )
        for act in group.acts
        for figure in act.figures
    )
