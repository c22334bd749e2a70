"""A passage of a bulletin with its figures, days, places and people marked inline, wrapped to a width.

A mark is `[words|marker]`, so that it reads without colour too. Marked words are never torn apart between two lines as
long as they fit on one, nor is what a no-break space or French typography joins. Control characters are shown as
pictures.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.style import Style
from rich.text import Text

from streams.explaining.explanation import DayNamed, Explanation, FigureTold, Named, Passage, PassedOver
from streams.explaining.styles import NAMES, NUMBERS, QUOTE, chip, edge
from streams.printing import harmless

TURNING = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
BREAKS = re.compile(r"\n\s*")
HELD = {" ": "\ue000", "\xa0": "\ue001", "\u202f": "\ue002", "\u2007": "\ue003"}
HOLD, FREE = str.maketrans(HELD), str.maketrans({held: sign for sign, held in HELD.items()})
HOLD_JOINTS = str.maketrans({sign: held for sign, held in HELD.items() if sign != " "})
PRIVATE = re.compile("[\ue000-\ue003]")
JOINTS = re.compile(" (?=[»:;!?])|(?<=«) ")
LONGEST_HELD = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the title or the text with the marker beside them."""

    start: int
    end: int
    marker: str
    style: Style


def shown(words: str) -> str:
    """Words as one line that cannot command a terminal nor turn the direction of writing; as long as they were."""
    plain = PRIVATE.sub("\ufffd", words.replace("\t", " ").replace("\n", " "))
    return TURNING.sub("\ufffd", harmless(plain))


def wrapped(text: Text, console: Console, width: int) -> Iterator[Text]:
    """The lines of a text whose unbreakable spaces stand as `HOLD` writes them."""
    for line in text.wrap(console, width, overflow="fold"):
        line.plain = line.plain.translate(FREE)
        yield line


class Markup:
    """The marks of an explanation, found by span; `passage` gives the lines of a passage."""

    def __init__(self, title: str, text: str, explanation: Explanation) -> None:
        self._sources = {True: title, False: text}
        marks = _without_overlaps(_marks(explanation))
        self._marks = {section: [mark for of, mark in marks if of is section] for section in (True, False)}
        self._starts = {section: [mark.start for mark in self._marks[section]] for section in (True, False)}
        self._quotes = {section: _quotes(explanation, section) for section in (True, False)}
        self._quote_ends = {section: [end for _, end in self._quotes[section]] for section in (True, False)}

    def passage(self, passage: Passage, console: Console, width: int) -> Iterator[Text]:
        """The lines of a passage, none wider than `width` cells unless a single word is; blank lines are left out."""
        title = passage.section == "title"
        source, start = self._sources[title], passage.start
        while start < passage.end:
            stop = BREAKS.search(source, start, passage.end)
            end = passage.end if stop is None else stop.start()
            if source[start:end].strip():
                paragraph = self._paragraph(title, start, end)
                paragraph.plain = JOINTS.sub(HELD[" "], paragraph.plain)
                yield from wrapped(paragraph, console, width)
            start = passage.end if stop is None else stop.end()

    def _paragraph(self, title: bool, start: int, end: int) -> Text:
        found = Text()
        reached = start
        marks = self._marks[title]
        for index in range(bisect_left(self._starts[title], start), bisect_left(self._starts[title], end)):
            mark = marks[index]
            self._plain(found, title, reached, mark.start)
            words = shown(self._sources[title][mark.start : mark.end])
            words = words.translate(HOLD if len(words) <= LONGEST_HELD else HOLD_JOINTS)
            found.append("[", edge(mark.style)).append(words, mark.style)
            found.append("|", edge(mark.style)).append(mark.marker, chip(mark.style)).append("]", edge(mark.style))
            reached = mark.end
        self._plain(found, title, reached, end)
        return found

    def _plain(self, found: Text, title: bool, start: int, end: int) -> None:
        """Append words without a mark, those of a figure's quote underlined."""
        quotes, source = self._quotes[title], self._sources[title]
        index = bisect_left(self._quote_ends[title], start + 1)
        while start < end:
            quote = quotes[index] if index < len(quotes) else (end, end)
            inside = quote[0] <= start
            stop = min(end, quote[1] if inside else quote[0])
            if stop > start:
                found.append(shown(source[start:stop]).translate(HOLD_JOINTS), QUOTE if inside else None)
            index += inside
            start = max(start, stop)


def _marks(explanation: Explanation) -> Iterator[tuple[int, bool, Mark]]:
    """(precedence, whether of the title, mark): figures before days, days before numbers, those before names."""
    each: FigureTold | DayNamed | PassedOver | Named
    for each in explanation.figures:
        yield 0, each.section == "title", Mark(each.start, each.end, each.marker, NUMBERS[each.stream])
    for each in explanation.days:
        style = NAMES["day"] if each.event_ids else NAMES["none"]
        yield 1, each.section == "title", Mark(each.start, each.end, each.marker, style)
    for each in explanation.passed_over:
        yield 2, each.section == "title", Mark(each.start, each.end, each.marker, NAMES["none"])
    for each in explanation.names:
        if each.event_ids:
            yield 3, each.section == "title", Mark(each.start, each.end, each.marker, NAMES[each.marker])


def _without_overlaps(marks: Iterable[tuple[int, bool, Mark]]) -> list[tuple[bool, Mark]]:
    """The marks in order; of two that overlap the one with precedence, then the one that begins first."""
    kept: list[tuple[int, bool, Mark]] = []
    for each in sorted(marks, key=lambda each: (each[1], each[2].start, each[0])):
        while kept and kept[-1][1] is each[1] and kept[-1][2].end > each[2].start and kept[-1][0] > each[0]:
            kept.pop()
        if not kept or kept[-1][1] is not each[1] or kept[-1][2].end <= each[2].start:
            kept.append(each)
    return [(title, mark) for _, title, mark in kept]


def _quotes(explanation: Explanation, title: bool) -> Sequence[tuple[int, int]]:
    """The spans of all quotes, joined where they overlap."""
    spans = sorted(
        (each.statement.start, each.statement.end) for each in explanation.figures if (each.section == "title") is title
    )
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
