"""Sentences of a passage and the quotations in it, with spans."""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from streams.languages.lexicon import lexicon, read_again

# One class of signs first: the regex engine looks for it faster than for alternatives.
STOP = re.compile(r"[.!?…»”\"⇒►](?:(?<=[.!?…])[.!?…]*+(?:[\xa0\u202f ]?[»”\"’')\]])*+)?")
GLUED = re.compile(r"[A-ZÀ-Ý][’'a-zà-ÿ]")
START = re.compile(r"\s*(?:[«“\"(\[–—•⇒►-]\s*)*([^\W_])")
LAST_WORD = re.compile(r"[\w°.-]{1,12}$")
LONGEST_SENTENCE = 3000
CLOSING = '»”"'
QUOTES = re.compile(r"[«»“”\"]")


@read_again
@lru_cache(maxsize=8)
def abbreviations_of(language: str) -> frozenset[str]:
    """The words of a language after which a full stop ends no sentence: "m" of "M. Tkatch"."""
    return frozenset(lexicon(language, "page")["abbreviation"])


def split_sentences(
    text: str, start: int, end: int, abbreviations: AbstractSet[str] = frozenset()
) -> list[tuple[int, int]]:
    """Spans of the sentences within `text[start:end]`, in order, without outer white space; in linear time.

    >>> split_sentences("M. Tkatch l'a dit. Deux morts, J.D. Vance. Fin", 0, 46, {"m"})
    [(0, 18), (19, 42), (43, 46)]
    """
    spans: list[tuple[int, int]] = []
    begin = start
    for stop in STOP.finditer(text, start, end):
        cut = stop.start() if text[stop.start()] in "⇒►" else stop.end()
        if cut > begin and _ends_here(text, begin, stop.start(), cut, end, abbreviations):
            _append(text, begin, cut, spans)
            begin = cut
    _append(text, begin, end, spans)
    return spans


def _append(text: str, begin: int, cut: int, spans: list[tuple[int, int]]) -> None:
    while begin < cut and text[begin].isspace():
        begin += 1
    while cut > begin and text[cut - 1].isspace():
        cut -= 1
    if begin < cut:
        spans.append((begin, cut))


def _ends_here(text: str, begin: int, sign: int, cut: int, end: int, abbreviations: AbstractSet[str]) -> bool:
    if cut >= end or text[sign] in "⇒►":
        return True
    if not text[cut].isspace():
        glued = text[sign] == "." and cut == sign + 1 and text[max(begin, sign - 3) : sign].islower()
        return glued and sign - begin > 3 and GLUED.match(text, cut) is not None
    following = START.match(text, cut, min(end, cut + 12))
    if following is None or following.group(1).islower():
        return False
    if text[sign] in CLOSING:
        return text[max(begin, sign - 2) : sign].rstrip()[-1:] in tuple(".!?…")
    if text[sign] != ".":
        return True
    word = LAST_WORD.search(text, max(begin, sign - 12), sign)
    if word is None:
        return True
    last = word.group().rsplit(".", 1)[-1].rsplit("-", 1)[-1]
    return last.lower() not in abbreviations and not (len(last) == 1 and last.isupper())


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between quotation marks within one line, inner marks ignored; an unclosed one runs to the line's end."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    sign = ""
    for match in QUOTES.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark in '«“"':
                opened, sign = match.start(), mark
        elif (sign == "«" and mark == "»") or (sign == "“" and mark == "”") or (sign == '"' and mark == '"'):
            spans.append((opened, match.end()))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans


def title_parts(title: str, start: int, end: int) -> list[tuple[int, int]]:
    """A title's parts between commas, colons and semicolons that white space follows."""
    parts, begin = [], start
    for index in range(start, end - 1):
        if title[index] in ",;:" and title[index + 1].isspace():
            parts.append((begin, index + 1))
            begin = index + 1
    parts.append((begin, end))
    return [(a + len(title[a:b]) - len(title[a:b].lstrip()), b) for a, b in parts if title[a:b].strip()]


def pieces(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """An endless sentence in pieces that end at white space, so that its cost stays linear."""
    start, end = span
    cuts = []
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        cuts.append((start, cut))
        start = cut
    cuts.append((start, end))
    return cuts
