"""The known words and phrases of a sentence, found in one pass over its tokens."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from streams.languages.lexicon import Vocabulary


class Mark(Struct, gc=False):
    """Tokens `first` to `last` (exclusive) and the tags of their word or phrase."""

    first: int
    last: int
    tags: frozenset[str]

    def has(self, prefix: str) -> str | None:
        """The rest of the first tag that begins so: `has("noun.")` of "soldats" is "soldier"."""
        return rest_of(self.tags, prefix)


@lru_cache(maxsize=8192)
def rest_of(tags: frozenset[str], prefix: str) -> str | None:
    """What follows `prefix` in the first tag, in alphabetical order, that begins with it; None where none does."""
    return next((tag[len(prefix) :] for tag in sorted(tags) if tag.startswith(prefix)), None)


def marks_in(norms: Sequence[str], words: Vocabulary) -> list[Mark]:
    """Every known word or longest phrase, in order, none inside another; an unknown word costs one look-up."""
    return [Mark(first, last, tags) for first, last, tags in words.marks(norms)]
