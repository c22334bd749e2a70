"""What the sentences around a strike say of it: which are worth reading, whose place and day stands where."""

from datetime import date

from streams.extraction.strike_events import Strike
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_places import Spot
from streams.languages.fr.strike_scene import Scene, single_day
from streams.languages.fr.strike_units import strike_words
from streams.reading.document import Sentence

TOLLS = 3


WEEK = 7


APART = frozenset(("après", "avant", "selon", "si", "puisque", "tandis", "mais"))


CORE = frozenset(("strike", "weapon", "fate", "victim", "harm", "attack", "cause"))


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
        units.norm(index - 1) in {"de", "du"}
        and units.norm(index + 1) in {"à", "au"}
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
    return next((day for day in days if day is not None), None)


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
            not CORE.isdisjoint(words.families(token.norm)) for token in sentence.tokens
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
