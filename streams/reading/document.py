"""A bulletin as items and sentences with exact spans: what every stream's extractor reads.

`build(bulletin)` gives a `Document`. Its `sentences` are those of the title, then those of the text in order, page
furniture left out. A sentence's own finders (`tokens`, `quantities`, `dates`, `places`) give spans *within the
sentence's text*; `sentence.start + span` counts in the title for section "title" and in the bulletin's text for every
other section. `document.sentences_of(position)` are all that speak of an item: its part of the title, its lead
sentence, headline and body. `sentence.statement(...)` makes a figure's statement with its exact quote.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from schemas.enumerations import Measure, Qualifier, Scope, Section
from schemas.records import Bulletin, Number, Statement
from streams.intake.time_key import told_on
from streams.languages import LanguagePack, pack_of
from streams.languages.pack import DateMention, PlaceMention, Quantity
from streams.reading.items import ItemText, find_items, item_told
from streams.reading.lines import Line, split_lines
from streams.reading.once import Once
from streams.reading.sentences import abbreviations_of, pieces, quotations, split_sentences, title_parts
from streams.reading.tokens import Token, tokenise

LONGEST_QUOTE, LOOK_BACK, DAYS_OF_NEWS = 200, 6, 7
# Words of the days that count from another; a language without them has none.
SAID_THEN = re.compile(r"(?:annonc|indiqu|déclar|précis|affirm|fait savoir|rapport|écrit|confirm|assur)\w*,? $")
COUNTED_ON = re.compile("lendemain|veille|plus tôt|auparavant|même jour|jour même|nuit suivante|même nuit")


@dataclass
class Sentence:
    """A sentence with where it stands; `item` is the position of the item it speaks of, 0 where none is clear.

    `paragraph` numbers the lines of the text (-1 in the title); `bullet` marks a list entry's first sentence; `quoted`
    says that it begins inside quotation marks, `quotes` are their spans within the sentence.
    """

    document: "Document" = field(repr=False)
    index: int
    section: Section
    start: int
    end: int
    item: int
    paragraph: int
    bullet: bool = False
    quoted: bool = False
    quotes: tuple[tuple[int, int], ...] = ()

    @Once
    def text(self) -> str:
        """The sentence's words, exactly as they stand."""
        return self.document.source(self.section)[self.start : self.end]

    @Once
    def tokens(self) -> list[Token]:
        """Words and signs with spans within the sentence."""
        return tokenise(self.text)

    @Once
    def norms(self) -> list[str]:
        """The words of its tokens, normalised."""
        return [token.norm for token in self.tokens]

    @Once
    def quantities(self) -> Sequence[Quantity]:
        """Numbers with spans within the sentence."""
        return self.document.pack.find_quantities(self.text)

    @Once
    def dates(self) -> Sequence[DateMention]:
        """Days with spans within the sentence, resolved against the bulletin's anchor day.

        "Le lendemain", "la veille", "deux jours plus tôt" count from the last day told before them in the item.
        """
        document = self.document
        found = document.pack.find_dates(self.text, document.anchor)
        if not found or (counted := COUNTED_ON.search(self.text)) is None:
            return found
        before = document.day_before(self, eve=counted[0] == "veille")
        return found if before is None else document.pack.find_dates(self.text, document.anchor, before)

    @Once
    def places(self) -> Sequence[PlaceMention]:
        """Places with spans within the sentence, each resolved in the context of the whole bulletin."""
        return self.document.places_in(self)

    def is_quoted(self, offset: int) -> bool:
        """Whether the sign at `offset` of the sentence stands inside quotation marks."""
        return any(start <= offset < end for start, end in self.quotes)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same span counted in the title or the text."""
        return self.start + start, self.start + end

    def statement(
        self,
        start: int,
        end: int,
        measure: Measure,
        quantity: Quantity | Number,
        *,
        of: str | None = None,
        side: str | None = None,
        unit: str | None = None,
        scope: Scope = "event",
        qualifier: Qualifier | None = None,
        attributed_to: str | None = None,
        revision: str | None = None,
    ) -> Statement:
        """A figure as these words state it; `start`/`end` span its words within the sentence, cut at 200 characters."""
        end = min(end, start + LONGEST_QUOTE)
        stated: Qualifier = "exact"
        value = low = high = quantity if not isinstance(quantity, Quantity) else quantity.value
        if isinstance(quantity, Quantity):
            low, high, stated = quantity.low, quantity.high, quantity.qualifier
        return Statement(
            measure=measure,
            value=value,
            low=low,
            high=high,
            section=self.section,
            quote=self.text[start:end],
            start=self.start + start,
            end=self.start + end,
            bulletin_id=self.document.bulletin.bulletin_id,
            of=of,
            side=side,
            unit=unit,
            scope=scope,
            qualifier=stated if qualifier is None else qualifier,
            attributed_to=attributed_to,
            revision=revision,
        )


@dataclass
class Document:
    """A bulletin taken apart; `anchor` is the day its relative dates count from; `phrases` a memo by sentence."""

    bulletin: Bulletin
    pack: LanguagePack
    anchor: date | None
    items: tuple[ItemText, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    def source(self, section: Section) -> str:
        """The string that spans of a section count in: the title, or the text."""
        return self.bulletin.title if section == "title" else self.bulletin.text

    def sentences_of(self, position: int) -> list[Sentence]:
        """The sentences that speak of an item, in the order title, lead, headline, body."""
        return self._by_item.get(position, [])

    @Once
    def _by_item(self) -> dict[int, list[Sentence]]:
        grouped: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            grouped.setdefault(sentence.item, []).append(sentence)
        return grouped

    @Once
    def _places(self) -> tuple[list[int], list[PlaceMention]]:
        title, text = self.bulletin.title, self.bulletin.text
        found = sorted(self.pack.find_places(f"{title}\n{text}"), key=lambda mention: mention.start)
        return [mention.start for mention in found], list(found)

    def day_before(self, sentence: Sentence, *, eve: bool = False) -> date | None:
        """The last single day told in the few sentences of the item before this one, None where none is.

        An `eve` is that of a day of the week's news, else of today: years past are mostly told in passing. The day of
        a saying comes after every other.
        """
        for earlier in reversed(self.sentences[max(0, sentence.index - LOOK_BACK) : sentence.index]):
            if earlier.item == sentence.item:
                found = self.pack.find_dates(earlier.text, self.anchor)
                found = sorted(found, key=lambda day: not SAID_THEN.search(earlier.text, 0, day.start))
                days = [day.first for day in found if day.first == day.last]
                if days and days[-1] is not None:
                    old = self.anchor is not None and abs((self.anchor - days[-1]).days) > DAYS_OF_NEWS
                    return None if eve and old else days[-1]
        return None

    def places_in(self, sentence: Sentence) -> list[PlaceMention]:
        """The places within a sentence, with spans in it."""
        shift = sentence.start + (0 if sentence.section == "title" else len(self.bulletin.title) + 1)
        starts, mentions = self._places
        first = bisect_left(starts, shift)
        last = bisect_left(starts, shift + sentence.end - sentence.start)
        length = sentence.end - sentence.start
        return [
            PlaceMention(start=each.start - shift, end=min(each.end - shift, length), place=each.place)
            for each in mentions[first:last]
        ]


def build(bulletin: Bulletin, pack: LanguagePack | None = None) -> Document:
    """The document of a bulletin; ValueError where there is no pack for its language (see `pack_of`)."""
    pack = pack if pack is not None else pack_of(bulletin.language)
    if pack is None:
        raise ValueError(f"no language pack for {bulletin.language!r}: ask pack_of before build")
    document = Document(bulletin=bulletin, pack=pack, anchor=told_on(bulletin))
    lines = split_lines(bulletin.text, pack.language)
    items = find_items(bulletin.text, bulletin.title, lines, pack.language)
    document.items = tuple(items)
    sentences = [*_title_sentences(document), *_text_sentences(document, lines)]
    for index, sentence in enumerate(sentences):
        sentence.index = index
    document.sentences = tuple(sentences)
    return document


def _title_sentences(document: Document) -> list[Sentence]:
    title = document.bulletin.title
    spans = split_sentences(title, 0, len(title), abbreviations_of(document.pack.language))
    quotes = quotations(title, 0, len(title))
    if len(document.items) == 1:
        return [_sentence(document, "title", span, 1, -1, quotes) for span in spans]
    grouped: list[tuple[tuple[int, int], int]] = []
    for start, end in spans:
        for part in title_parts(title, start, end):
            position = item_told(
                document.items, document.bulletin.text, title[part[0] : part[1]], document.pack.language
            )
            if grouped and grouped[-1][1] in (position, 0) and grouped[-1][0][1] <= part[0]:
                grouped[-1] = ((grouped[-1][0][0], part[1]), grouped[-1][1] or position)
            elif grouped and position == 0:
                grouped[-1] = ((grouped[-1][0][0], part[1]), grouped[-1][1])
            else:
                grouped.append((part, position))
    return [_sentence(document, "title", span, position, -1, quotes) for span, position in grouped]


def _sentence(
    document: Document,
    section: Section,
    span: tuple[int, int],
    item: int,
    paragraph: int,
    quotes: Sequence[tuple[int, int]],
    bullet: bool = False,
) -> Sentence:
    start, end = span
    first = bisect_left(quotes, start, key=lambda quote: quote[1])
    last = bisect_left(quotes, end, lo=first, key=lambda quote: quote[0])
    inside = tuple((max(a, start) - start, min(b, end) - start) for a, b in quotes[first:last] if b > start)
    quoted = any(a <= 0 < b for a, b in inside)
    return Sentence(document, 0, section, start, end, item, paragraph, bullet, quoted, inside)


def _text_sentences(document: Document, lines: Sequence[Line]) -> list[Sentence]:
    text, items, abbreviations = document.bulletin.text, document.items, abbreviations_of(document.pack.language)
    several = items[0].headline_end > items[0].headline_start
    found: list[Sentence] = []
    lead_spans: dict[int, list[tuple[int, int]]] = {}
    position = 0
    for line in lines:
        if line.furniture:
            continue
        while position < len(items) and items[position].start <= line.start:
            position += 1
        quotes = quotations(text, line.content, line.end)
        spans = split_sentences(text, line.content, line.end, abbreviations)
        if several and position:
            item = items[position - 1]
            if item.headline_start >= line.start and item.headline_end <= line.end:
                span = item.headline_start, item.headline_end
                found.append(_sentence(document, "headline", span, position, line.number, quotes))
                spans = split_sentences(text, item.headline_end, line.end, abbreviations)
        for order, span in enumerate(spans):
            section: Section = "body"
            item_position = position if several else 1
            if several and not position:
                section = "lead"
                item_position = item_told(items, text, text[span[0] : span[1]], document.pack.language, lead_spans)
                if item_position:
                    lead_spans.setdefault(item_position, []).append(span)
            for piece in pieces(text, span):
                found.append(
                    _sentence(document, section, piece, item_position, line.number, quotes, line.marked and not order)
                )
    for item in items:
        item.lead = tuple(lead_spans.get(item.position, ()))
    return found
