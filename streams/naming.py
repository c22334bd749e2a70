"""Names and identifiers: folding for comparison, and short hashes that serve as ids."""

import hashlib
import unicodedata

import orjson


def fold(name: str) -> str:
    """The name in lower-case ASCII words, so that accents, hyphens and apostrophes do not part two spellings.

    >>> fold("Ivano-Frankivsk’s Zaporijjîa")
    'ivano frankivsk s zaporijjia'
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", " ")).encode("ascii", "ignore").decode().lower()
    return " ".join(plain.replace("-", " ").replace("'", " ").split())


def short_hash(*parts: object) -> str:
    """Twenty hexadecimal digits of a hash over the parts as JSON; the same parts give the same digits for ever."""
    return hashlib.blake2b(orjson.dumps(parts, default=str), digest_size=10).hexdigest()
