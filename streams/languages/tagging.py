"""The tags of a sentence's marks at a glance, so that a rule whose words are not there costs one look.

`WordLists(language, name)` gives the small words of a grammar file by the name of their list.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from streams.languages.lexicon import lexicon
from streams.languages.marks import Mark


@lru_cache(maxsize=8192)
def keys_of(tags: frozenset[str]) -> frozenset[str]:
    """Each tag and each family with its stop: "noun.soldier" and "noun."."""
    return tags | {f"{tag.partition('.')[0]}." for tag in tags}


def keys_in(marks: Iterable[Mark]) -> set[str]:
    """The tags and families of all marks of a sentence."""
    return set().union(*[keys_of(mark.tags) for mark in marks])


class WordLists:
    """The lists of one lexicon file as sets, kept for as long as the file stands as it is."""

    def __init__(self, language: str, name: str) -> None:
        self._language, self._name = language, name
        self._table: Mapping[str, Any] = {}
        self._sets: dict[str, frozenset[str]] = {}

    def __call__(self, key: str) -> frozenset[str]:
        """The words of one list; KeyError where the file has no such list."""
        table = lexicon(self._language, self._name)
        if table is not self._table:
            self._table, self._sets = table, {each: frozenset(words) for each, words in table.items()}
        return self._sets[key]
