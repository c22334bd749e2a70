"""The lines of a text: which are prose, which are page furniture, which carry a time stamp or a list marker."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from streams.languages.lexicon import lexicon

TIME = re.compile(
    r"[\[(]?(?:[01]?\d|2[0-3])\s?(?:[:hH]|heures?)\s?(?:[0-5]\d)?(?:\s?(?:min|GMT|UTC)\b)?[\])]?"
    r"(?=\s*$|\s*[:–—|•·»-]|\s+[^\W\d_a-z]|\s+[«\"“\d])"
)
MARKER = re.compile(r"(?:[•◦▪■●⇒→►▶★✦➤*·–—-]+|#{1,6}|\(?\d{1,2}(?:[.)°]|/(?!\d))|[IVX]{1,4}[.)]|[a-h]\))\s*(?=\S)")
SEPARATOR = re.compile(r"\s*(?:[:–—|•·»-]\s*)?")
PROSE_LENGTH = 150
ENDINGS = ".!?…"


@dataclass(slots=True)
class Line:
    """A line that is not blank: `text[start:end]` without outer white space, `content` past marker or time stamp."""

    start: int
    end: int
    content: int
    number: int
    after_blank: bool
    stamped: bool
    marked: bool
    furniture: bool = False

    def words(self, text: str) -> str:
        """The line without list marker, number or time stamp."""
        return text[self.content : self.end]


_compiled: dict[int, tuple[re.Pattern[str], re.Pattern[str]]] = {}


def _furniture(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    page: Mapping[str, Any] = lexicon(language, "page")
    if id(page) not in _compiled:
        _compiled.clear()
        _compiled[id(page)] = _starts(page["line"]), _starts(page["block"])
    return _compiled[id(page)]


def _starts(words: Sequence[str]) -> re.Pattern[str]:
    escaped = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?:{escaped})(?!\w)")


def split_lines(text: str, language: str) -> list[Line]:
    """Every line of `text` that is not blank, in order; in linear time."""
    lines: list[Line] = []
    blank, offset = True, 0
    for number, raw in enumerate(text.split("\n")):
        stripped = raw.strip()
        if not stripped:
            blank = True
        else:
            start = offset + len(raw) - len(raw.lstrip())
            end = start + len(stripped)
            lines.append(_line(text, start, end, number, blank))
            blank = False
        offset += len(raw) + 1
    _mark_furniture(text, lines, language)
    return lines


def _line(text: str, start: int, end: int, number: int, blank: bool) -> Line:
    content, marked, stamped = start, False, False
    marker = MARKER.match(text, content, end)
    if marker:
        content, marked = marker.end(), True
    time = TIME.match(text, content, end)
    if time:
        separator = SEPARATOR.match(text, time.end(), end)
        content, stamped = separator.end() if separator else time.end(), True
    return Line(start, end, content, number, blank, stamped, marked)


def _mark_furniture(text: str, lines: Sequence[Line], language: str) -> None:
    line_words, block_words = _furniture(language)
    in_block = False
    for position, line in enumerate(lines):
        words = line.words(text)[: PROSE_LENGTH + 1].lower().replace("’", "'")
        prose = line.end - line.content >= PROSE_LENGTH and text[line.end - 1] in ENDINGS
        if position and not prose and block_words.match(words):
            in_block = line.furniture = True
        elif in_block and not prose:
            line.furniture = True
        else:
            in_block = False
            line.furniture = not prose and bool(line_words.match(words)) and not _is_sentence(text, line)


def _is_sentence(text: str, line: Line) -> bool:
    """A full sentence that merely begins with a furniture word ("Photo à l'appui, le gouverneur a montré …")."""
    return text[line.end - 1] == "." and line.end - line.content > 90
