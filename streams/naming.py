"""Names and identifiers: folding for comparison, and short hashes that serve as ids."""

import hashlib
import unicodedata
from functools import lru_cache

import orjson


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name in lower-case words without accents, so that hyphens and apostrophes do not part two spellings.

    Letters of other scripts stay, so that two names in Cyrillic do not both become nothing.

    >>> fold("Ivano-Frankivsk’s Zaporijjîa")
    'ivano frankivsk s zaporijjia'
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def same_name(one: str, two: str) -> bool:
    """Whether two folded names are one, or one of them is the end of the other.

    >>> same_name("keith kellogg", "kellogg"), same_name("etats unis", "emirats arabes unis")
    (True, False)
    """
    return one == two or one.endswith(f" {two}") or two.endswith(f" {one}")


def short_hash(*parts: object) -> str:
    """Twenty hexadecimal digits of a hash over the parts as JSON; the same parts give the same digits for ever."""
    return hashlib.blake2b(orjson.dumps(parts, default=str), digest_size=10).hexdigest()
