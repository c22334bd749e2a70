"""The days, places and people that a bulletin names, and which events took them."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from schemas.records import Event
from streams.explaining.explanation import DayNamed, FigureTold, Named
from streams.extraction.attribution import Voices
from streams.languages.fr.people import same_person
from streams.languages.pack import DateMention
from streams.reading.document import Document, Sentence

Events = Mapping[int, Sequence[Event]]


def days_of(document: Document, events: Events, figures: Sequence[FigureTold]) -> list[DayNamed]:
    """Every day told, those aside whose words hold a figure's number; without markers yet."""
    starts = sorted((each.section != "title", each.start) for each in figures)
    found: list[DayNamed] = []
    for sentence in document.sentences:
        for each in sentence.dates:
            start, end = sentence.span(each.start, each.end)
            title = sentence.section != "title"
            if bisect_left(starts, (title, start)) < bisect_left(starts, (title, end)):
                continue
            meaning, ids = _meaning(each, events.get(sentence.item, ()))
            found.append(
                DayNamed(
                    item=sentence.item,
                    section=sentence.section,
                    start=start,
                    end=end,
                    quote=sentence.text[each.start : each.end],
                    first=each.first,
                    last=each.last,
                    precision=each.precision,
                    meaning=meaning,
                    event_ids=ids,
                )
            )
    return found


def _meaning(day: DateMention, events: Sequence[Event]) -> tuple[str, tuple[str, ...]]:
    """(what a day is to the events of its item, their ids)."""
    if day.first is None:
        return "resolved to no day", ()
    roles = {
        "the day it happened": [each for each in events if each.occurred_on == day.first],
        "when it is expected": [
            each for each in events if each.expected_from == day.first or each.expected_until == day.last
        ],
        "the day it was decided": [each for each in events if each.decided_on == day.first],
    }
    told = {role: tuple(each.event_id for each in taken) for role, taken in roles.items() if taken}
    if not told:
        return "the day of no event", ()
    return ", ".join(told), tuple(dict.fromkeys(each for ids in told.values() for each in ids))


def names_of(document: Document, events: Events) -> list[Named]:
    """Every place of the text, with the events it became the place of, and everybody who acts or is quoted in one."""
    voices = Voices(document)
    found: list[Named] = []
    for sentence in document.sentences:
        told = events.get(sentence.item, ())
        found.extend(_places(sentence, told))
        found.extend(_people(sentence, told, voices))
    return found


def _places(sentence: Sentence, events: Sequence[Event]) -> Iterator[Named]:
    for each in sentence.places:
        taken = [
            event.event_id
            for event in events
            if event.place is not None
            and (event.place.canonical, event.place.country) == (each.place.canonical, each.place.country)
        ]
        start, end = sentence.span(each.start, each.end)
        yield Named(
            marker="@",
            item=sentence.item,
            section=sentence.section,
            start=start,
            end=end,
            quote=sentence.text[each.start : each.end],
            event_ids=tuple(taken),
            place=each.place,
        )


def _people(sentence: Sentence, events: Sequence[Event], voices: Voices) -> Iterator[Named]:
    if not events:
        return
    for mention in voices.mentions(sentence):
        if mention.kind == "adjective":
            continue
        name = voices.full_name(mention.name)
        taken = [event.event_id for event in events if any(same_person(name, each) for each in _acting(event))]
        if taken:
            start, end = sentence.span(mention.start, mention.end)
            yield Named(
                marker="&",
                item=sentence.item,
                section=sentence.section,
                start=start,
                end=end,
                quote=sentence.text[mention.start : mention.end],
                event_ids=tuple(taken),
            )


def _acting(event: Event) -> Iterator[str]:
    yield from (actor.name for actor in event.actors)
    yield from event.sources
