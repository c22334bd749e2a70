"""Which lines of a text are headlines, and what lies between them: the items of a bulletin."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from streams.errors import RefusedInput
from streams.languages.lexicon import fold, lexicon, read_again
from streams.reading.lines import ENDINGS, Line

WORD = re.compile(r"[^\W_]+")
SENTENCE_END = re.compile(r"[.!?…;]\s")
LONGEST_HEADLINE = 260
LONGEST_STAMPED = 180
SHORTEST_HEADLINE = 4
STEM = 5
FULL_HEADLINE = 6.0
MOST_ITEMS = 1000


@dataclass(slots=True)
class ItemText:
    """One item's spans in the text; `headline` is without list marker, number or time stamp.

    `lead` are the spans of the lead's sentences that speak of it. A text without headlines has one item whose headline
    span is empty and whose headline is the title.
    """

    position: int
    headline: str
    headline_start: int
    headline_end: int
    start: int
    body_start: int
    end: int
    lead: tuple[tuple[int, int], ...] = ()


@read_again
@lru_cache(maxsize=8)
def _empty_words(language: str) -> frozenset[str]:
    return frozenset(fold(word)[:STEM] for word in lexicon(language, "page")["empty_word"])


@read_again
@lru_cache(maxsize=8)
def _announces(language: str) -> re.Pattern[str]:
    """What a title says that heads several items: "Jour 900", "l'essentiel"."""
    words = "|".join(re.escape(word) for word in lexicon(language, "page")["bulletin"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@read_again
@lru_cache(maxsize=256)
def content_stems(words: str, language: str) -> frozenset[str]:
    """What a passage is about: stems of its longer words and its numbers, for telling which item a lead speaks of."""
    empty = _empty_words(language)
    found = set()
    for word in WORD.findall(words[:2000]):
        plain = fold(word)
        if len(plain) > 3 or (word[0].isupper() and len(plain) == 3) or (plain.isdigit() and len(plain) > 1):
            stem = plain[:STEM]
            if stem not in empty:
                found.add(stem)
    return frozenset(found)


def find_items(text: str, title: str, lines: Sequence[Line], language: str) -> list[ItemText]:
    """The items of a text in order, at least one; the lines before the first headline are its lead.

    Raises RefusedInput where there are more than a bulletin can have.
    """
    prose = [line for line in lines if not line.furniture]
    heads = _stamped_heads(text, prose) or _bulletin_heads(text, title, prose, language)
    if not heads:
        start = prose[0].start if prose else 0
        end = prose[-1].end if prose else len(text)
        return [ItemText(1, title, start, start, start, start, end)]
    if len(heads) > MOST_ITEMS:
        raise RefusedInput(f"{len(heads):,} headlines make more than {MOST_ITEMS:,} items; split the bulletin")
    items = []
    for position, (opening, start, head_start, head_end) in enumerate(heads, start=1):
        following = heads[position][0] if position < len(heads) else len(prose)
        end = prose[following - 1].end if following > opening else head_end
        items.append(
            ItemText(position, text[head_start:head_end], head_start, head_end, start, head_end, max(end, head_end))
        )
    return items


def _stamped_heads(text: str, prose: Sequence[Line]) -> list[tuple[int, int, int, int]]:
    """(line, start, headline start, headline end) of each entry of a live page: "17:52" and what follows it."""
    stamped = [index for index, line in enumerate(prose) if line.stamped]
    if not stamped or (len(stamped) == 1 and stamped[0] > 1):
        return []
    heads = []
    for index in stamped:
        line = prose[index]
        if line.content < line.end:
            cut = _first_sentence_end(text, line) if line.end - line.content > LONGEST_STAMPED else line.end
            heads.append((index, line.start, line.content, cut))
        elif index + 1 < len(prose) and not prose[index + 1].stamped:
            following = prose[index + 1]
            cut = (
                following.end
                if following.end - following.content <= LONGEST_HEADLINE
                else _first_sentence_end(text, following)
            )
            heads.append((index, line.start, following.content, cut))
    return heads


def _first_sentence_end(text: str, line: Line) -> int:
    stop = re.compile(r"[.!?…](?=\s)").search(text, line.content, min(line.end, line.content + 400))
    return stop.end() if stop else line.end


def _bulletin_heads(text: str, title: str, prose: Sequence[Line], language: str) -> list[tuple[int, int, int, int]]:
    """The headlines of a bulletin: short lines without a full stop, each before a paragraph of prose.

    Subheads of one article are none: they are shorter, and no lead sentence speaks of them.
    """
    candidates = [index for index in range(len(prose)) if _may_head(text, prose, index)]
    if not candidates:
        return []
    lead = " ".join(text[line.start : line.end] for line in prose[: candidates[0]])
    told = content_stems(title + " " + lead, language)
    common = [len(content_stems(prose[index].words(text), language) & told) for index in candidates]
    shared = [each >= (2 if candidates[0] else 3) for each in common]
    announced = _announces(language).search(title.lower().replace("’", "'")) is not None
    length = sum(len(WORD.findall(prose[index].words(text))) for index in candidates) / len(candidates)
    led = candidates[0] > 0 and (sum(shared) * 2 >= len(candidates) or (announced and min(common) > 0))
    several = len(candidates) >= 2 and length >= FULL_HEADLINE
    if several and not (led or announced):
        led = _told_in_turn(lead, [prose[index].words(text) for index in candidates], language)
    if not (several and (led or announced)) and not (announced and led):
        return []
    return [(index, prose[index].start, prose[index].content, prose[index].end) for index in candidates]


def _told_in_turn(lead: str, headlines: Sequence[str], language: str) -> bool:
    """Whether the lead tells the headlines one after another, a sentence each, all but one at most of three or more."""
    told = [content_stems(sentence, language) for sentence in SENTENCE_END.split(lead)]
    reached, matched = 0, 0
    for headline in headlines:
        stems = content_stems(headline, language)
        turn = next((index for index in range(reached, len(told)) if len(stems & told[index]) > 0), None)
        if turn is not None:
            reached, matched = turn + 1, matched + 1
    return matched >= max(2, len(headlines) - 1)


def _may_head(text: str, prose: Sequence[Line], index: int) -> bool:
    line = prose[index]
    length = line.end - line.content
    if not SHORTEST_HEADLINE < length <= LONGEST_HEADLINE or index + 1 >= len(prose):
        return False
    words, last = line.words(text), text[line.end - 1]
    if last in ".…:;," or not (words[0].isupper() or words[0].isdigit() or words[0] in '«"“'):
        return False
    if last in "!?" and not line.after_blank:
        return False
    if words[0] in '«"“' and last in '»"”':
        return False
    if len(WORD.findall(words)) < SHORTEST_HEADLINE:
        return False
    following = prose[index + 1]
    return text[following.end - 1] in ENDINGS + ':»”"' or following.end - following.content > LONGEST_HEADLINE


def item_told(
    items: Iterable[ItemText], text: str, words: str, language: str, taken: Container[int] = frozenset()
) -> int:
    """The position of the item whose headline, else whose body, shares most with `words`; 0 where nothing is shared.

    An item `taken` yields to another that shares as much.
    """
    stems = content_stems(words, language)
    best, position = (0.0, 0.0), 0
    for item in items:
        headline = len(stems & content_stems(item.headline, language))
        body = len(stems & content_stems(text[item.body_start : item.end], language))
        score = (headline + body * 0.4 - (0.5 if item.position in taken else 0.0), float(headline))
        if score > best:
            best, position = score, item.position
    return position
