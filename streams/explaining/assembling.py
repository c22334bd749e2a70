"""The explanation of one bulletin: its reading, its events, and what became of every number in it."""

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import structs

from schemas.records import Bulletin, Event, Item
from streams import catalog
from streams.explaining.explanation import Explanation, ItemRead, Look, Passage, PassedOver
from streams.explaining.markers import numbered, with_letters
from streams.explaining.matching import Findings, figures_of, passed_over
from streams.explaining.naming import days_of, names_of
from streams.explaining.numbers import gaps_of, numbers_of
from streams.extraction.reader import extractor_version, read
from streams.intake.time_key import told_on
from streams.languages import pack_of
from streams.pipeline import read_alone
from streams.reading.document import Document, build
from streams.reading.findings import Reading

NO_WORDS = "none of its rules fits a sentence of the item"


def explanation_of(bulletin: Bulletin) -> Explanation:
    """What was read in a bulletin, by which rules, and why every other number in it is no figure; in linear time.

    Of a withdrawn bulletin, and of one in a language without a pack, only the items are told.
    """
    reading = read(bulletin, explain=True)
    pack = pack_of(bulletin.language)
    if bulletin.withdrawn or pack is None:
        return _unread(bulletin, reading)
    events = read_alone(bulletin)[1]
    document, findings = build(bulletin, pack), Findings(reading.findings)
    figures = figures_of(document, events, findings)
    left = passed_over(document, numbers_of(document), figures, findings)
    of_item = _events_of(events)
    numbers, days = with_letters(left, days_of(document, of_item, figures))
    items = _items(document, reading, of_item, numbers)
    return Explanation(
        bulletin_id=bulletin.bulletin_id,
        extractor=extractor_version(bulletin.language),
        day=told_on(bulletin),
        day_number=bulletin.day_number,
        items=items,
        events=tuple(events),
        figures=numbered(figures, events),
        passed_over=numbers,
        days=days,
        names=tuple(names_of(document, of_item)),
        outside=_outside(document),
    )


def only(explanation: Explanation, positions: Collection[int]) -> Explanation:
    """The part of an explanation that speaks of the items at `positions`; all of it where none is named."""
    if not positions:
        return explanation
    items = tuple(each for each in explanation.items if each.item.position in positions)
    ids = {event_id for item in items for event_id in item.event_ids}
    return structs.replace(
        explanation,
        items=items,
        events=tuple(each for each in explanation.events if each.event_id in ids),
        figures=tuple(each for each in explanation.figures if each.item in positions),
        passed_over=tuple(each for each in explanation.passed_over if each.item in positions),
        days=tuple(each for each in explanation.days if each.item in positions),
        names=tuple(each for each in explanation.names if each.item in positions),
        outside=(),
    )


def _unread(bulletin: Bulletin, reading: Reading) -> Explanation:
    return Explanation(
        bulletin_id=bulletin.bulletin_id,
        extractor=extractor_version(bulletin.language),
        day=told_on(bulletin),
        day_number=bulletin.day_number,
        items=tuple(
            ItemRead(item=item, passages=(Passage(section="body", start=item.start, end=item.end),), event_ids=())
            for item in reading.items
        ),
    )


def _events_of(events: Sequence[Event]) -> dict[int, list[Event]]:
    """The events by the position of each item that tells them; all of them at 0 too, for what speaks of no one item."""
    found: dict[int, list[Event]] = {0: list(events)}
    for event in events:
        for ref in event.reports:
            found.setdefault(int(ref.item_id.rpartition("#")[2]), []).append(event)
    return found


def _items(
    document: Document, reading: Reading, events: dict[int, list[Event]], numbers: Sequence[PassedOver]
) -> tuple[ItemRead, ...]:
    looked: dict[int, Counter[tuple[str, str]]] = {}
    for number in numbers:
        looked.setdefault(number.item, Counter()).update((look.stream, look.reason) for look in number.looks)
    refused = {(each.position, each.stream): each.reason for each in reading.refusals}
    return tuple(
        ItemRead(
            item=item,
            passages=_passages(document, item),
            event_ids=tuple(event.event_id for event in events.get(item.position, ())),
            silent=tuple(
                Look(
                    stream=stream.name,
                    reason=refused.get(
                        (item.position, stream.name), _why_silent(stream.name, looked.get(item.position, Counter()))
                    ),
                )
                for stream in catalog.EVENT_STREAMS
                if all(event.stream != stream.name for event in events.get(item.position, ()))
            ),
        )
        for item in reading.items
    )


def _why_silent(stream: str, looked: Counter[tuple[str, str]]) -> str:
    """What a stream that gives no event of an item found in it instead."""
    reasons = [f"{reason} ({count})" for (name, reason), count in looked.most_common() if name == stream]
    return f"of the numbers it looked at: {'; '.join(reasons)}" if reasons else NO_WORDS


def _passages(document: Document, item: Item) -> tuple[Passage, ...]:
    """Where the bulletin speaks of an item: its part of the title, its sentences of the lead, its own text."""
    found: list[Passage] = []
    for sentence in document.sentences_of(item.position):
        if sentence.section in {"title", "lead"}:
            found.append(Passage(section=sentence.section, start=sentence.start, end=sentence.end))
    headed = document.items[item.position - 1].headline_end
    if headed > item.start:
        found.append(Passage(section="headline", start=item.start, end=headed))
    return (*found, Passage(section="body", start=max(headed, item.start), end=item.end))


def _outside(document: Document) -> tuple[Passage, ...]:
    """What speaks of no one item: title and lead sentences, and what stands before the first headline unread."""
    first = document.items[0].start if document.items else 0
    found = [Passage(section=each.section, start=each.start, end=each.end) for each in document.sentences_of(0)]
    found.extend(
        Passage(section="body", start=start, end=min(end, first)) for start, end in gaps_of(document) if start < first
    )
    return tuple(found)
