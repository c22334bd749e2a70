"""What the sentences around a strike say of it: which are worth reading, whose place and day stands where."""

import re
from datetime import date

from schemas.records import Place
from streams.extraction.strike_events import Strike
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_places import Spot
from streams.languages.fr.strike_scene import Scene, scene_of, single_day
from streams.languages.fr.strike_units import strike_words, units_of
from streams.reading.document import Document, Sentence

TOLLS = 3
ENTRIES = 2
LIVE = re.compile(r"(?<!\w)(?:en direct|direct|live|fil info|minute par minute)(?!\w)", re.IGNORECASE)


WEEK = 7
SPANS = frozenset((("de", "à"), ("de", "au"), ("du", "au"), ("du", "à"), ("entre", "et")))


LATE_PERIOD = 14
ONE_STRIKE = frozenset(("une", "un", "la", "cette", "l'", "même", "seule", "unique", "cet"))


APART = frozenset(("après", "avant", "selon", "si", "puisque", "tandis", "mais"))


CORE = frozenset(("strike", "weapon", "fate", "victim", "harm", "attack", "cause"))


def live_place(document: Document) -> Place | None:
    """The place of the strike that a live page's title tells with its toll: its entries go on with it; else None."""
    if len(document.items) < ENTRIES or LIVE.search(document.bulletin.title) is None:
        return None
    for sentence in document.sentences:
        if sentence.section != "title":
            break
        units = units_of(sentence)
        told = any(unit.sub("victim") in {"killed", "injured"} for unit in units.units)
        named = [spot.place for spot in scene_of(units).spots if spot.part in {"site", "heading"}]
        if told and len(named) == 1:
            return named[0]
    return None


def struck(scene: Scene, spot: Spot) -> bool:
    """Whether a word of a strike stands in the place's clause, no subordinate clause between them."""
    if spot.part == "heading":
        return True
    for position in [*scene.strikes, *scene.weapons]:
        low, high = sorted((position, spot.unit))
        same = scene.units[position].segment == scene.units[spot.unit].segment and high - low <= 16
        if same and not any(scene.units.norm(i) in APART for i in range(low + 1, high)):
            return True
    return False


def anchors(scene: Scene, strike: Strike) -> list[tuple[int, int]]:
    """Where a strike stands in a sentence: the spans of its figures, and its place."""
    spans = [(told.found.first, told.found.last) for told in strike.figures if told.scene is scene]
    return spans + [(spot.unit, spot.unit) for spot in scene.spots if spot.place is strike.place]


def opens_span(scene: Scene, index: int) -> bool:
    """ "De lundi matin à mardi matin" counts on the day it ends."""
    units = scene.units
    return (
        (units.norm(index - 1), units.norm(index + 1)) in SPANS
        and index + 2 < len(units)
        and units[index + 2].day is not None
    )


def own_day(scene: Scene, figure: Found) -> date | None:
    segment = scene.units[figure.number].segment
    days = [
        single_day(mention)
        for index, mention, reporting in scene.days
        if not reporting and scene.units[index].segment == segment
    ]
    told = next((day for day in days if day is not None), None)
    if told is not None:
        return told
    every = {single_day(mention) for _, mention, reporting in scene.days if not reporting} - {None}
    return next(iter(every)) if len(every) == 1 else None


def period_of(scene: Scene, group: list[Found], anchor: date | None) -> tuple[date | None, date | None] | None:
    """The weeks or months whose toll a clause tells: "en août", "depuis le 24 février"; None where it tells a day."""
    words = scene.units
    if any(words[i].has("strike.noun") and words.norm(i - 1) in ONE_STRIKE for i in range(1, len(words))):
        return None
    number = group[0].number
    segment = words[number].segment
    for index, mention, _reporting in scene.days:
        if words[index].segment != segment or index > number + LATE_PERIOD:
            continue
        first, last = mention.first, mention.last
        since = any(words.norm(i) in {"depuis", "dès"} for i in (index - 1, index - 2)) or words.norm(index).startswith(
            "depuis"
        )
        long_since = since and first is not None and anchor is not None and (anchor - first).days > WEEK
        if long_since or (first is not None and last is not None and (last - first).days > WEEK):
            return (first, None) if long_since else (first, last)
    return None


def in_cumulative_clause(scene: Scene, group: list[Found]) -> bool:
    segment = scene.units[group[0].number].segment
    return any(unit.has("scene.cumulative") and unit.segment == segment for unit in scene.units.units)


def worth_reading(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences of the paragraphs in which a word of the strike lexicon stands; headlines and leads always."""
    words = strike_words()
    telling = {
        sentence.paragraph
        for sentence in sentences
        if sentence.section != "body" or sentence.paragraph == sentences[0].paragraph
    }
    for sentence in sentences:
        if sentence.paragraph not in telling and any(
            not CORE.isdisjoint(words.families(token.norm)) or "air.shot-down" in words.tags(token.norm)
            for token in sentence.tokens
        ):
            telling.add(sentence.paragraph)
    return [sentence for sentence in sentences if sentence.paragraph in telling]


def tolls_alone(scenes: list[Scene]) -> bool:
    """Whether tolls stand without a word of their cause, as in a morning's count of a night: three of them at least."""
    if any(scene.soldierly for scene in scenes):
        return False
    tolls = [unit for scene in scenes for unit in scene.units.units if unit.sub("victim") in {"killed", "injured"}]
    return len(tolls) >= TOLLS and any(
        unit.norm in {"nuit", "bilan", "journée"} for scene in scenes for unit in scene.units.units
    )


def long_ago(scene: Scene, anchor: date | None) -> bool:
    """Whether the sentence dates what it tells by a month or a span that had ended a week before the bulletin."""
    return anchor is not None and any(
        mention.last is not None and (anchor - mention.last).days > WEEK and single_day(mention) is None
        for _, mention, _reporting in scene.days
    )
