"""Phrases of a lexicon by the words that they begin with: the longest at a token costs one look-up a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

NO_TAGS: frozenset[str] = frozenset()


@dataclass(slots=True)
class Opening:
    """The words of a phrase read so far: the tags of the phrases that end here, the openings by a further word.

    `stems` are further words of which only the beginning is given ("bless*").
    """

    tags: frozenset[str] = NO_TAGS
    words: dict[str, "Opening"] = field(default_factory=dict)
    stems: dict[str, "Opening"] = field(default_factory=dict)


def opening_of(phrases: Iterable[tuple[Sequence[str], str]]) -> Opening:
    """The phrases (words, tag) that begin with one word."""
    first = Opening()
    for parts, tag in phrases:
        reached = first
        for part in parts[1:]:
            if part.endswith("*"):
                reached = reached.stems.setdefault(part[:-1], Opening())
            else:
                reached = reached.words.setdefault(part, Opening())
        reached.tags |= {tag}
    return first


def longest(first: Opening, norms: Sequence[str], index: int) -> tuple[int, frozenset[str]] | None:
    """(number of words, tags) of the longest phrase that the word at `index` begins; None where none follows it."""
    reached = [first]
    found: tuple[int, frozenset[str]] | None = None
    for position in range(index + 1, len(norms)):
        norm = norms[position]
        following: list[Opening] = []
        tags = NO_TAGS
        for opening in reached:
            further = opening.words.get(norm)
            if further is not None:
                following.append(further)
                tags |= further.tags
            for stem, further in opening.stems.items():
                if norm.startswith(stem):
                    following.append(further)
                    tags |= further.tags
        if not following:
            break
        if tags:
            found = position - index + 1, tags
        reached = following
    return found
