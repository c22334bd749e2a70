"""The same text in one shape, letter for letter: lower case, plain spaces, straight apostrophes and hyphens."""

from functools import lru_cache

_ALIKE = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2007", " "),
    ("\u2019", "'"),
    ("\u02bc", "'"),
    ("\u2011", "-"),
    ("\u2010", "-"),
    ("\u2013", "-"),
)


@lru_cache(maxsize=4)
def level(text: str) -> str:
    """`text` in lower case with plain spaces, apostrophes and hyphens; every offset stays where it was.

    The numbers and the days of a sentence are looked for one right after the other.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        # A few capitals (İ) have no single lower-case letter; they stay as they are, or spans would shift.
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    for written, plain in _ALIKE:
        lowered = lowered.replace(written, plain)
    return lowered
