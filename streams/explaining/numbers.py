"""Every number of a document, read or not, with its span: what `explain` must account for."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.enumerations import Section
from streams.languages.fr.numbers.numerals import find_non_counts
from streams.languages.pack import Quantity
from streams.reading.document import Document, Sentence

NON_COUNTS = {
    "address": "part of an address",
    "age": "an age",
    "around_the_clock": "round the clock, not a count",
    "clock": "a time of day",
    "code": "part of a code",
    "date": "a date",
    "day": "a date",
    "designation": "a name: a single article stands before it",
    "duration": "a duration",
    "fraction": "a fraction",
    "group": "the name of a group",
    "heading": "numbers a heading, a place or a document",
    "list marker": "numbers the entry of a list",
    "model": "part of a model's name",
    "multiple": "a multiple",
    "name": "part of a name",
    "number": "a number that names",
    "phone": "a telephone number",
    "ratio": "a ratio",
    "score": "a score",
    "size": "a size, a distance or a weight",
    "unit": "the number of a unit or an institution",
    "year": "a year",
    "years": "an age or a number of years",
}
OUTSIDE = "outside the sentences that are read: a list marker, a time stamp or page furniture"
DAY_NUMBER = "the day of the war, which dates the bulletin"
ORDINAL = "an ordinal: it names, it does not count"


@dataclass(frozen=True, slots=True)
class NumberSeen:
    """A number by its span in the title or the text; `reason` where it counts nothing; `item` 0 where none is clear."""

    section: Section
    item: int
    start: int
    end: int
    quantity: Quantity | None = None
    reason: str | None = None

    @property
    def order(self) -> tuple[bool, int]:
        """The title's before the text's, by span."""
        return self.section != "title", self.start

    @property
    def article(self) -> bool:
        """Whether it is a bare "un" or "une"."""
        return self.quantity is not None and self.quantity.article


def numbers_of(document: Document) -> list[NumberSeen]:
    """Every number of the title and the text in order, none overlapping another; bare articles too."""
    found: list[NumberSeen] = []
    for sentence in document.sentences:
        found.extend(_in_sentence(sentence))
    for start, end in gaps_of(document):
        found.extend(_in_gap(document, start, end))
    return sorted(found, key=lambda each: each.order)


def _in_sentence(sentence: Sentence) -> Iterator[NumberSeen]:
    section, item, shift = sentence.section, sentence.item, sentence.start
    for each in sentence.quantities:
        reason = ORDINAL if each.ordinal else None
        yield NumberSeen(section, item, shift + each.start, shift + each.end, each, reason)
    day = str(sentence.document.bulletin.day_number) if section == "title" else None
    for start, end, code in find_non_counts(sentence.text):
        reason = DAY_NUMBER if sentence.text[start:end] == day else NON_COUNTS.get(code, code)
        yield NumberSeen(section, item, shift + start, shift + end, None, reason)


def _in_gap(document: Document, start: int, end: int) -> Iterator[NumberSeen]:
    passage = document.bulletin.text[start:end]
    item = item_at(document, start)
    for each in document.pack.find_quantities(passage):
        if not each.article:
            yield NumberSeen("body", item, start + each.start, start + each.end, None, OUTSIDE)
    for low, high, _ in find_non_counts(passage):
        yield NumberSeen("body", item, start + low, start + high, None, OUTSIDE)


def item_at(document: Document, offset: int) -> int:
    """The position of the item whose part of the text holds the offset; 0 before the first."""
    return bisect_right(document.items, offset, key=lambda each: each.start)


def gaps_of(document: Document) -> list[tuple[int, int]]:
    """The spans of the text that no sentence covers and that hold a letter or a digit."""
    text, reached = document.bulletin.text, 0
    spans = [(each.start, each.end) for each in document.sentences if each.section != "title"]
    gaps: list[tuple[int, int]] = []
    for start, end in [*spans, (len(text), len(text))]:
        if start > reached and any(sign.isalnum() for sign in text[reached:start]):
            gaps.append((reached, start))
        reached = max(reached, end)
    return gaps
