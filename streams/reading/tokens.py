"""Words of a sentence with their spans."""

import re
import sys

from msgspec import Struct

# "aujourd'hui", "quelqu'un" and "presqu'île" are one word; any other elided word stands alone.
TOKEN = re.compile(
    r"[^\W_]+(?:[-‑][^\W_]+)*+"
    r"(?:(?<!\d)['’](?=[^\W_])(?:(?<=jourd.)hui|(?<=JOURD.)HUI|(?<=[Qq]uelqu.)un\w*+|(?<=[Pp]resqu.)île\w*+)?)?"
    r"|([^\w\s])\1*+"
)
MOST_SHAPES, LONGEST_REMEMBERED = 50_000, 40
NORMAL = str.maketrans({"’": "'", "‑": "-", "ʼ": "'"})


class Token(Struct, gc=False):
    """A word or a sign: `text[start:end]` of its sentence; `norm` is lower case with straight apostrophes.

    A run of one sign is one token, its norm the sign once. An elided word stands alone with its apostrophe
    ("d'" + "Izioum"); a hyphenated one is one token ("dix-sept").
    """

    start: int
    end: int
    norm: str
    capital: bool


_shapes: dict[str, tuple[str, bool]] = {}


def tokenise(text: str) -> list[Token]:
    """The tokens of `text` in order; white space gives none."""
    found = []
    for match in TOKEN.finditer(text):
        word = match[0]
        shape = _shapes.get(word)
        if shape is None:
            shape = _shape(word)
        start, end = match.span()
        found.append(Token(start, end, shape[0], shape[1]))
    return found


def _shape(word: str) -> tuple[str, bool]:
    """The norm of a word or run of signs, and whether it begins with a capital; remembered for the words to come."""
    norm = word.lower().translate(NORMAL) if word[0].isalnum() else word[0].translate(NORMAL)
    if word[0].isalnum() and len(norm) != len(word):
        # A few capitals (İ) grow when lowered; a norm has as many letters as its word.
        norm = "".join(c.lower() if len(c.lower()) == 1 else c for c in word).translate(NORMAL)
    shape = (sys.intern(norm), norm[0] != word[0] and word[0].isupper())
    if len(word) <= LONGEST_REMEMBERED:
        if len(_shapes) >= MOST_SHAPES:
            _shapes.clear()
        _shapes[word] = shape
    return shape
