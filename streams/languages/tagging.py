"""The tags of a sentence's marks at a glance, so that a rule whose words are not there costs one look.

`word_lists(language, name)` gives the small words of a grammar file by the name of their list.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from streams.languages.lexicon import lexicon, read_again
from streams.languages.marks import Mark


@lru_cache(maxsize=8192)
def keys_of(tags: frozenset[str]) -> frozenset[str]:
    """Each tag and each family with its stop: "noun.soldier" and "noun."."""
    return tags | {f"{tag.partition('.')[0]}." for tag in tags}


def keys_in(marks: Iterable[Mark]) -> set[str]:
    """The tags and families of all marks of a sentence."""
    return set().union(*[keys_of(mark.tags) for mark in marks])


def word_lists(language: str, name: str) -> Callable[[str], frozenset[str]]:
    """The lists of one lexicon file as sets, by name; KeyError where the file has no such list."""

    @read_again
    @cache
    def words(key: str) -> frozenset[str]:
        return frozenset(lexicon(language, name)[key])

    return words
