"""A sentence as units with classes: quantities, places, days, words of the strike lexicon, signs.

The clause analysis of strikes works on these: a phrase of the lexicon is one unit ("perdu la vie"), a number with its
approximation another ("au moins 12"), so that rules speak of what stands beside what and not of characters.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from streams.languages.fr.strikes.words import Wording, carried, keys_of
from streams.languages.openings import NO_TAGS
from streams.languages.pack import DateMention, PlaceMention, Quantity
from streams.reading.document import Sentence
from streams.reading.tokens import Token

UnitKind = Literal["quantity", "place", "day", "word", "sign"]
Mention = Quantity | PlaceMention | DateMention
NOWHERE: tuple[int, ...] = ()
START = attrgetter("start")


class Unit(Struct, gc=False):
    """A unit of a sentence; `segment` counts the stretches between strong signs, `part` those between commas too.

    `keys` are its tags and their families: "fate.killed" and "fate".
    """

    kind: UnitKind
    start: int
    end: int
    norm: str
    capital: bool
    segment: int
    part: int
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
        return _first_sub(self.tags, family) if family in self.keys else None

    def subs(self, family: str) -> frozenset[str]:
        """Every part of the tags below `family`."""
        return _subs(self.tags, family) if family in self.keys else NO_TAGS


@lru_cache(maxsize=8192)
def _subs(tags: frozenset[str], family: str) -> frozenset[str]:
    return frozenset(tag.split(".", 1)[1] for tag in tags if tag.startswith(f"{family}."))


@lru_cache(maxsize=8192)
def _first_sub(tags: frozenset[str], family: str) -> str | None:
    return min(_subs(tags, family), default=None)


@dataclass(slots=True)
class Units:
    """The units of a sentence in order; `where` gives the positions of each tag and family, `numbers` of quantities.

    `named` are places, days and words that may be a place's name by their capital; `supposing` words in -rait.

    Most rules ask `where` first: a sentence without a word of fate has no predicate of fate, wherever one looks.
    """

    sentence: Sentence
    units: list[Unit] = field(default_factory=list)
    where: dict[str, list[int]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    supposing: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, index: int) -> Unit:
        return self.units[index]

    def norm(self, index: int) -> str:
        """The word at `index`, empty outside the sentence."""
        return self.units[index].norm if 0 <= index < len(self.units) else ""

    def tells(self, *families: str) -> bool:
        """Whether any unit of the sentence has one of these tags or families."""
        return not self.where.keys().isdisjoint(families)

    def stands(self, family: str, first: int, last: int) -> bool:
        """Whether a unit of `first` to `last`, both included, has the tag or family."""
        for position in self.where.get(family, NOWHERE):
            if position >= first:
                return position <= last
        return False


def units_of(wording: Wording) -> Units:
    """The units of a sentence: places first, then days, then quantities, then phrases and words of the lexicon."""
    sentence, words, phrases = wording.sentence, wording.words, wording.phrases
    tokens = sentence.tokens
    spans = _spans(sentence)
    made = Units(sentence)
    found, where = made.units, made.where
    segment = part = index = position = 0
    count = len(tokens)
    limit = _start_of(sentence, spans, 0)
    while index < count:
        token, word = tokens[index], words[index]
        if token.start >= limit:
            while position < len(spans) and spans[position].end <= token.start:
                position += 1
            if position < len(spans) and spans[position].start <= token.start:
                index = _add_mention(made, tokens, index, spans[position], segment, part)
                position += 1
                limit = _start_of(sentence, spans, position)
                continue
            limit = _start_of(sentence, spans, position)
        if word.conditional:
            made.supposing.append(len(found))
        if word.opening is not None and index in phrases:
            size, tags = phrases[index]
            end = tokens[index + size - 1]
            if end.start < limit or _article(spans, position, end.end):
                tags = carried(wording, index, size, tags)
                keys = keys_of(tags)
                _index(where, keys, len(found))
                found.append(Unit("word", token.start, end.end, token.norm, token.capital, segment, part, tags, keys))
                index += size
                continue
        if word.ends_part:
            segment, part = segment + word.ends_segment, part + 1
        if word.tags:
            _index(where, word.keys, len(found))
        elif token.capital:
            made.named.append(len(found))
        found.append(
            Unit(word.kind, token.start, token.end, token.norm, token.capital, segment, part, word.tags, word.keys)
        )
        index += 1
    return made


def _start_of(sentence: Sentence, spans: list[Mention], position: int) -> int:
    """Where the mention begins, the end of the sentence where there is none."""
    return spans[position].start if position < len(spans) else len(sentence.text)


def _add_mention(made: Units, tokens: list[Token], index: int, thing: Mention, segment: int, part: int) -> int:
    """The token after a mention, which becomes one unit with the tokens that it covers."""
    start, last = tokens[index].start, index
    while last + 1 < len(tokens) and tokens[last + 1].start < thing.end:
        last += 1
    unit = _mention(made.sentence, start, max(thing.end, tokens[last].end), thing, segment, part)
    (made.named if unit.quantity is None else made.numbers).append(len(made.units))
    made.units.append(unit)
    return last + 1


def _index(where: dict[str, list[int]], keys: frozenset[str], position: int) -> None:
    for key in keys:
        positions = where.get(key)
        if positions is None:
            where[key] = [position]
        else:
            positions.append(position)


def _article(spans: list[Mention], position: int, end: int) -> bool:
    """Whether the only mention inside a phrase is an "un" that belongs to it: "reçu une aide médicale"."""
    inside = [thing for thing in spans[position : position + 2] if thing.start < end]
    return len(inside) == 1 and isinstance(inside[0], Quantity) and inside[0].article and inside[0].end < end


def _spans(sentence: Sentence) -> list[Mention]:
    """The mentions of a sentence without overlaps, the first come kept: at one sign places, then quantities, days."""
    mentions: list[Mention] = [*sentence.places, *sentence.quantities, *sentence.dates]
    mentions.sort(key=START)
    taken: list[Mention] = []
    reached = -1
    for mention in mentions:
        if mention.start >= reached:
            taken.append(mention)
            reached = mention.end
    return taken


def _mention(sentence: Sentence, start: int, end: int, thing: Mention, segment: int, part: int) -> Unit:
    words = sentence.text[start:end]
    norm, capital = words.lower(), words[0].isupper()
    if isinstance(thing, Quantity):
        return Unit("quantity", start, end, norm, capital, segment, part, quantity=thing)
    if isinstance(thing, PlaceMention):
        return Unit("place", start, end, norm, capital, segment, part, place=thing)
    return Unit("day", start, end, norm, capital, segment, part, day=thing)
