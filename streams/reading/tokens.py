"""Words of a sentence with their spans."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"[Aa]ujourd['’]hui|AUJOURD['’]HUI|[Qq]uelqu['’]un\w*|[Pp]resqu['’]île\w*"
    r"|[^\W\d_]+['’](?=[^\W_])"
    r"|[^\W_]+(?:[-‑][^\W_]+)*"
    r"|([^\w\s])\1*"
)
NORMAL = str.maketrans({"’": "'", "‑": "-", "ʼ": "'"})


@dataclass(slots=True)
class Token:
    """A word or a sign: `text[start:end]` of its sentence; `norm` is lower case with straight apostrophes.

    A run of one sign is one token, its norm the sign once. An elided word stands alone with its apostrophe
    ("d'" + "Izioum"); a hyphenated one is one token ("dix-sept").
    """

    start: int
    end: int
    norm: str
    capital: bool


def tokenise(text: str) -> list[Token]:
    """The tokens of `text` in order; white space gives none."""
    found = []
    lowered = text.lower().translate(NORMAL)
    if len(lowered) != len(text):
        # A few capitals grow when lowered; their spans must not.
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).translate(NORMAL)
    for match in TOKEN.finditer(text):
        start, end = match.span()
        norm = lowered[start] if match.lastindex else lowered[start:end]
        found.append(Token(start, end, norm, norm[0] != text[start] and text[start].isupper()))
    return found
