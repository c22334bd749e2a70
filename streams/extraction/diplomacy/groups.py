"""Which acts of an item tell the same event: acts of one kind, unless givers, places, sides or days tell them apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from schemas.enumerations import DiplomacyKind
from schemas.records import Place
from streams.extraction.diplomacy.act import Act
from streams.extraction.diplomacy.days import lies_ahead, told_day
from streams.extraction.timing import Timing, ahead, status_of, timing_of
from streams.languages.fr.diplomacy.scene import country_of, diplomacy_words, grammar
from streams.languages.pack import DateMention
from streams.reading.document import Sentence

GIVEN: frozenset[DiplomacyKind] = frozenset(("aid", "sanctions"))
GATHERINGS: frozenset[DiplomacyKind] = frozenset(("talks", "summit"))
CALLED_OFF = frozenset(("cancelled", "postponed"))
CURRENT = frozenset(("occurred", "ongoing"))
MOST_EVENTS = 40
LATEST = 6
FINE = frozenset(("settlement", "site"))
UNION = frozenset(("Union européenne", "EU"))


@dataclass(slots=True)
class Group:
    """The acts that tell one event, each with when and whether it happened."""

    kind: DiplomacyKind
    acts: list[Act] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)

    def sentences(self) -> list[Sentence]:
        """The sentences it rests on, in order."""
        found = {act.scene.sentence.index: act.scene.sentence for act in self.acts}
        return [found[index] for index in sorted(found)]

    def add(self, act: Act) -> None:
        """Let one more act tell the event."""
        self.acts.append(act)
        self.timings.append(when(act))


def when(act: Act) -> Timing:
    """The day and status of an act: what calls it off may stand at the sentence's end, a noun's verb as well."""
    sentence, words, last = act.scene.sentence, diplomacy_words(), len(act.scene.words)
    named = act.mark.has(f"{act.kind}.noun") is not None or act.mark.has(f"{act.kind}.deed") is not None
    timing = told_day(act, timing_of(sentence, words, act.mark.first, last if named else act.mark.last))
    if act.after is not None and act.mark.has(f"{act.kind}.infinitive") is not None:
        return replace(timing, status=when(act.after).status, day=None)
    if act.kind == "statement":
        return replace(timing, status="occurred")
    if act.kind == "visit" and act.scene.has_word("before_going", act.mark.first - 2, act.mark.first):
        due = act.scene.has_word("due", 0, act.mark.first)
        status = "announced" if due else status_of(sentence, words, 0, act.mark.last)
        return replace(timing, status=status, day=None)
    if act.status is not None:
        return replace(timing, status=act.status)
    if timing.status == "postponed" and _holds_after_all(act):
        return replace(timing, status="announced")
    if timing.status == "postponed":
        return replace(timing, day=_put_off_to(act) or timing.day)
    if timing.status in CALLED_OFF:
        return timing if timing.day is None else replace(timing, day=ahead(timing.day, sentence))
    if act.kind in GATHERINGS and status_of(sentence, words, act.mark.first, last) in CALLED_OFF:
        return timing_of(sentence, words, act.mark.first, last)
    if timing.status in CURRENT and (_to_come(act) or lies_ahead(act, timing)):
        return Timing(None if timing.day is None else ahead(timing.day, sentence), "announced", False)
    return timing


def _holds_after_all(act: Act) -> bool:
    """Whether what was put off has its day by now: "Reporté une première fois, le voyage aura lieu en avril"."""
    delayed = act.scene.tagged("status.postponed")
    held = [mark for mark in act.scene.tagged("status.announced") if mark.has("grammar.holding") is not None]
    return bool(delayed and held) and held[-1].first > delayed[-1].last


def _put_off_to(act: Act) -> DateMention | None:
    """The day behind the words that put an act off: "prévue jeudi, a été repoussée au 19 mars"."""
    sentence = act.scene.sentence
    for mark in act.scene.tagged("status.postponed"):
        end = act.scene.tokens[mark.last - 1].end
        for day in sentence.dates:
            if day.start >= end and day.first is not None:
                return ahead(day, sentence)
    return None


def _to_come(act: Act) -> bool:
    """Whether the act's own verb stands in the future: "fera escale", "irait"."""
    if act.mark.has(f"{act.kind}.finite") is None:
        return False
    return any(word.endswith(tuple(grammar("future"))) for word in act.scene.norms(act.mark.first, act.mark.last))


def join(groups: list[Group], act: Act, *, further: bool = False) -> Group:
    """Add an act to the latest group of its kind that it does not contradict, else to a group of its own.

    `further`: it tells another event of the kind than any before.
    """
    crowded = len(groups) >= MOST_EVENTS
    same = [each for each in reversed(groups) if each.kind == act.kind]
    group = next((each for each in same if crowded or not (further or _apart(each, act))), None)
    if group is None:
        group = Group(act.kind)
        groups.append(group)
    group.add(act)
    return group


def _apart(group: Group, act: Act) -> bool:
    """Whether an act tells another event of the group's kind."""
    if act.kind in GIVEN:
        told, mine = {name for each in group.acts[-LATEST:] for name in _lead(each)}, set(_lead(act))
        return bool(told and mine) and told.isdisjoint(mine)
    if act.kind == "visit":
        return _elsewhere(group, act) and not _on_the_way(group, act)
    if act.kind == "call":
        return _with_others(group, act)
    if act.kind in GATHERINGS:
        return _elsewhere(group, act) and _at_another_time(group, act)
    if act.kind == "vote":
        return bool(act.figures) and any(
            each.figures and each.recalled != act.recalled for each in group.acts[-LATEST:]
        )
    return False


def _lead(act: Act) -> Iterator[str]:
    for mention, _ in act.actors[:1]:
        if mention.kind == "office" and country_of(act.scene, mention) is None:
            return
        name = country_of(act.scene, mention) or mention.name
        yield "EU" if name in UNION else name


def _on_the_way(group: Group, act: Act) -> bool:
    """Whether a visitor only stops elsewhere in Ukraine that day: "à Kyiv. Elle s'est arrêtée à Irpine"."""
    if act.place is None or act.place.country != "UA" or _at_another_time(group, act):
        return False
    same = all(each.place is None or each.place.country == "UA" for each in group.acts[-LATEST:])
    return same and not set(_lead(act)).isdisjoint(name for each in group.acts[-LATEST:] for name in _lead(each))


def _elsewhere(group: Group, act: Act) -> bool:
    places = [each.place for each in group.acts[-LATEST:] if each.place is not None]
    return act.place is not None and bool(places) and all(_differ(place, act.place) for place in places)


def _differ(one: Place, other: Place) -> bool:
    if one.country is not None and other.country is not None and one.country != other.country:
        return True
    fine = one.precision in FINE and other.precision in FINE
    return fine and (one.canonical or one.name) != (other.canonical or other.name)


def _at_another_time(group: Group, act: Act) -> bool:
    mine = when(act)
    if all(timing.status != mine.status for timing in group.timings[-LATEST:]):
        return True
    days = {timing.day.first for timing in group.timings[-LATEST:] if timing.day is not None}
    return mine.day is not None and bool(days) and mine.day.first not in days


def _with_others(group: Group, act: Act) -> bool:
    """Whether a call has another side than the calls told before, or the same on another day."""
    mine = _sides(act)
    for each in group.acts[-LATEST:]:
        theirs = _sides(each)
        if len(mine) > 1 and len(theirs) > 1 and not (mine <= theirs or theirs <= mine):
            return True
    days = {timing.day.first for timing in group.timings[-LATEST:] if timing.day is not None}
    day = when(act).day
    return day is not None and bool(days) and day.first not in days and act.scene.sentence.section == "body"


def _sides(act: Act) -> set[str]:
    return {country_of(act.scene, mention) or mention.name for mention, _ in act.actors}
