"""A sentence as units with classes: quantities, places, days, words of the strike lexicon, signs.

The clause analysis of strikes works on these: a phrase of the lexicon is one unit ("perdu la vie"), a number with its
approximation another ("au moins 12"), so that rules speak of what stands beside what and not of characters.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from streams.languages.lexicon import NO_TAGS, Vocabulary, vocabulary
from streams.languages.pack import DateMention, PlaceMention, Quantity
from streams.reading.document import Sentence
from streams.reading.tokens import Token

UnitKind = Literal["quantity", "place", "day", "word", "sign"]
CARRIED = frozenset(("fate", "cause", "air", "strike", "harm", "victim", "weapon"))
TELLING = frozenset(("strike", "weak"))
STRONG = frozenset((";", ":", ".", "!", "?", "…", "(", ")", "–", "—", "⇒", "•", "[", "]"))


@dataclass(slots=True)
class Unit:
    """A unit of a sentence; `segment` counts the stretches between strong signs, `part` those between commas too."""

    kind: UnitKind
    start: int
    end: int
    norm: str
    capital: bool
    segment: int = 0
    part: int = 0
    tags: frozenset[str] = NO_TAGS
    keys: frozenset[str] = NO_TAGS
    quantity: Quantity | None = None
    place: PlaceMention | None = None
    day: DateMention | None = None

    def has(self, *families: str) -> bool:
        """Whether a tag is one of `families` or belongs to one ("fate" has "fate.killed")."""
        return not self.keys.isdisjoint(families)

    def sub(self, family: str) -> str | None:
        """The part of the tag below `family`: "killed" for "fate.killed"; the first of several in the alphabet."""
        return min(self.subs(family), default=None) if self.tags else None

    def subs(self, family: str) -> frozenset[str]:
        """Every part of the tags below `family`."""
        return _subs(self.tags, family) if self.tags else NO_TAGS


@lru_cache(maxsize=2048)
def _keys(tags: frozenset[str]) -> frozenset[str]:
    return tags | {tag.split(".", 1)[0] for tag in tags}


@lru_cache(maxsize=8192)
def _subs(tags: frozenset[str], family: str) -> frozenset[str]:
    return frozenset(tag.split(".", 1)[1] for tag in tags if tag.startswith(f"{family}."))


@dataclass(slots=True)
class Units:
    """The units of a sentence in order."""

    sentence: Sentence
    units: list[Unit] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, index: int) -> Unit:
        return self.units[index]

    def norm(self, index: int) -> str:
        """The word at `index`, empty outside the sentence."""
        return self.units[index].norm if 0 <= index < len(self.units) else ""


def strike_words() -> Vocabulary:
    """The vocabulary of `lexicon/strike.toml`."""
    return vocabulary("fr", "strike")


def phrases_of(sentence: Sentence) -> list[tuple[int, frozenset[str]]]:
    """(number of tokens, tags) of the longest phrase at each token of a sentence; looked up once for a document."""
    known = sentence.document.phrases.get(sentence.index)
    if known is None:
        words, tokens = strike_words(), sentence.tokens
        known = [words.phrase_at(tokens, index) for index in range(len(tokens))]
        sentence.document.phrases[sentence.index] = known
    return known


def units_of(sentence: Sentence) -> Units:
    """The units of a sentence: places first, then days, then quantities, then phrases and words of the lexicon."""
    words = strike_words()
    tokens, phrases = sentence.tokens, phrases_of(sentence)
    found = Units(sentence)
    spans = _spans(sentence)
    segment = part = index = position = 0
    while index < len(tokens):
        token = tokens[index]
        while position < len(spans) and spans[position][1] <= token.start:
            position += 1
        if position < len(spans) and spans[position][0] <= token.start < spans[position][1]:
            _, end, thing = spans[position]
            last = index
            while last + 1 < len(tokens) and tokens[last + 1].start < end:
                last += 1
            unit = _mention(sentence, token.start, max(end, tokens[last].end), thing)
            index, position = last + 1, position + 1
        else:
            size, tags = phrases[index]
            limit = spans[position][0] if position < len(spans) else len(sentence.text)
            if (
                size > 1
                and tokens[index + size - 1].start >= limit
                and not _article(spans, position, tokens, index, size)
            ):
                size, tags = 1, words.tags(token.norm)
            last_token = tokens[index + size - 1]
            if size > 1:
                tags = _carried(words, tokens[index : index + size], tags)
            sign = size == 1 and not token.norm[0].isalnum()
            if sign and token.norm in STRONG:
                segment, part = segment + 1, part + 1
            elif sign and token.norm == ",":
                part += 1
            unit = Unit("sign" if sign else "word", token.start, last_token.end, token.norm, token.capital, tags=tags)
            if tags:
                unit.keys = _keys(tags)
            index += size
        unit.segment, unit.part = segment, part
        found.units.append(unit)
    return found


def _article(
    spans: list[tuple[int, int, "Mention"]], position: int, tokens: list[Token], index: int, size: int
) -> bool:
    """Whether the only mention inside a phrase is an "un" that belongs to it: "reçu une aide médicale"."""
    end = tokens[index + size - 1].end
    inside = [thing for start, _, thing in spans[position : position + 2] if start < end]
    return len(inside) == 1 and isinstance(inside[0], Quantity) and inside[0].article and spans[position][1] < end


def _carried(words: Vocabulary, tokens: list[Token], tags: frozenset[str]) -> frozenset[str]:
    """The tags of a phrase with those of its last word; of one that only tells a strike, those of its every word."""
    families = {tag.split(".", 1)[0] for tag in tags}
    telling = tokens if families <= TELLING else tokens[-1:]
    more = {tag for token in telling for tag in words.tags(token.norm)}
    if "fate" in families:
        more |= {tag for tag in words.tags(tokens[0].norm) if tag.startswith("cause.")}
    return tags | {tag for tag in more if tag.split(".", 1)[0] in CARRIED - families}


Mention = Quantity | PlaceMention | DateMention


def _spans(sentence: Sentence) -> list[tuple[int, int, Mention]]:
    """The mentions of a sentence without overlaps, longest claim first come: days, then places, then quantities."""
    taken: list[tuple[int, int, Mention]] = []
    days = [(day.start, day.end, day) for day in sentence.dates]
    places = [(place.start, place.end, place) for place in sentence.places]
    numbers = [(number.start, number.end, number) for number in sentence.quantities]
    ends = -1
    merged: list[tuple[int, int, int, Mention]] = sorted(
        [(s, 0, e, m) for s, e, m in places]
        + [(s, 1, e, m) for s, e, m in numbers]
        + [(s, 2, e, m) for s, e, m in days],
        key=lambda each: (each[0], each[1]),
    )
    for start, order, end, mention in merged:
        if start >= ends:
            taken.append((start, end, mention))
            ends = end
        elif order == 1 and taken and isinstance(taken[-1][2], DateMention):
            continue
    return taken


def _mention(sentence: Sentence, start: int, end: int, thing: Mention) -> Unit:
    norm = sentence.text[start:end].lower()
    capital = sentence.text[start].isupper()
    if isinstance(thing, Quantity):
        return Unit("quantity", start, end, norm, capital, quantity=thing)
    if isinstance(thing, PlaceMention):
        return Unit("place", start, end, norm, capital, place=thing)
    return Unit("day", start, end, norm, capital, day=thing)
