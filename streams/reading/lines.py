"""The lines of a text: which are prose, which are page furniture, which carry a time stamp or a list marker."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from streams.languages.lexicon import lexicon, read_again

CLOCK = (
    r"[\[(]?(?:[01]?\d|2[0-3])(?:\s?(?:[hH]|heures?)(?:\s?[0-5]\d(?!\d))?+|\s?:\s?[0-5]\d|\.[0-5]\d(?=\s[|–—-]))"
    r"(?:\s?(?:min|GMT|UTC)\b)?(?:\s\([^)\n]{3,24}\))?[\])*]*+"
)
WHEN = (
    r"(?:(?i:hier|aujourd['’]hui|(?:ce\s)?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))"
    r"(?:\s\d{1,2}\s[^\W\d_]{3,9})?,?\s|[Ll]e\s\d{1,2}\s[^\W\d_]{3,9},?\s)?(?:[àÀ]\s)?"
)
CLOSED = r"(?=\s*$|\s*[:–—|•·»›/-])"
TIME = re.compile(rf"{CLOCK}(?:{CLOSED}|(?=[.,]?\s+[^\W\d_a-z]|\s+[«\"“\d]))|{WHEN}{CLOCK}{CLOSED}")
# Pictures that stand as list markers or before a time; others ("❗", "⚡") are part of what the line says.
PICTURE = (
    "[\u25a0-\u25ff\u2611\u2705\u2713-\u2716\u2795-\u2797\u27a1\u2b05-\u2b07\u2b1b\u2b1c\u23f0\u23f1"
    "\U0001f447-\U0001f449\U0001f4cc\U0001f4cd\U0001f518\U0001f534-\U0001f53b\U0001f550-\U0001f567\U0001f7e0-\U0001f7eb]"
)
MARKER = re.compile(
    r"(?:[•◦▪■●⇒→►▶★✦➤*·–—-]+|#{1,6}|\(?\d{1,2}(?:[.)°](?!\d)|/(?!\d)|\s[–—-](?=\s[^\W\d_]))|[IVX]{1,4}[.)]|[a-h]\)"
    rf"|[nN]°\s?\d{{1,2}}\s?[:.–—-]|\d?\ufe0f?\u20e3|[\u2460-\u2473]|(?:{PICTURE}[\ufe0f\u200d ]*)+)\s*(?=\S)"
)
SEPARATOR = re.compile(r"\s*(?:[:–—|•·»›/.,*-]+\s*)?")
# Capitals often stand without their accents: "A LIRE AUSSI", "ECOUTER".
BARE = str.maketrans("’àâéèêîôûç", "'aaeeeiouc")
LONGEST_START = 60
PROSE_LENGTH = 150
ENDINGS = ".!?…"


class Line(Struct, gc=False):
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


@read_again
@lru_cache(maxsize=8)
def _furniture(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    page: Mapping[str, Any] = lexicon(language, "page")
    return _starts(page["line"]), _starts(page["block"])


def _starts(words: Sequence[str]) -> re.Pattern[str]:
    escaped = "|".join(re.escape(word.translate(BARE)) for word in sorted(words, key=len, reverse=True))
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
    content, marked = start, False
    time = TIME.match(text, content, end)
    if time is None and (marker := MARKER.match(text, content, end)) is not None:
        content, marked = marker.end(), True
        time = TIME.match(text, content, end)
    if time is not None:
        separator = SEPARATOR.match(text, time.end(), end)
        content = separator.end() if separator else time.end()
    return Line(start, end, content, number, blank, time is not None, marked)


def _mark_furniture(text: str, lines: Sequence[Line], language: str) -> None:
    line_words, block_words = _furniture(language)
    in_block = False
    for position, line in enumerate(lines):
        words = line.words(text)[:LONGEST_START].lower().translate(BARE)
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
