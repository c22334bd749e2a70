"""Verbs whose further words stand apart from them: "rentrés hier à la maison", "regagné de leur plein gré leur unité".

`joined(tokens, marks)` gives such a verb the tag that the lexicon gives it where its words stand together.
"""

from collections.abc import Sequence

from streams.languages.marks import Mark
from streams.languages.tagging import word_lists

GAP = 6
UNIT_GAP = 3
TAUGHT_GAP = 12
HOME = frozenset(("pred.freed",))
BACK = frozenset(("pred.rejoin",))
TAUGHT = frozenset(("pred.train",))
SIGNED = frozenset(("pred.recruit",))
LEFT = frozenset(("pred.desert",))

grammar = word_lists("fr", "personnel-grammar")


def joined(norms: Sequence[str], marks: list[Mark]) -> list[Mark]:
    """The marks of a sentence, where a verb's own words that follow later are joined to it.

    >>> marks = [Mark(1, 2, frozenset(("apart.home",)))]
    >>> joined("sont rentrés hier à la maison".split(), marks)[0].last
    6
    """
    found: list[Mark] = []
    for mark in marks:
        if found and mark.last <= found[-1].last:
            if any(tag.startswith("scope.") for tag in mark.tags):
                found.append(mark)
            continue
        end, tags = _rest(norms, mark)
        found.append(mark if end is None else Mark(mark.first, end, mark.tags | tags))
    return found


def _rest(norms: Sequence[str], mark: Mark) -> tuple[int | None, frozenset[str]]:
    """The token behind a verb's further words, and what the whole tells."""
    if "apart.home" in mark.tags:
        end = _home(norms, mark.last)
        if end is not None:
            return end, HOME
    for tag, told in (("apart.unit", BACK), ("apart.leave", LEFT)):
        if tag in mark.tags:
            end = _unit(norms, mark.last)
            if end is not None:
                enlists = "pred.join" in mark.tags and norms[end - 1] in grammar("enlisted_in")
                return end, SIGNED if enlists else told
    for tag, noun, told in (("apart.taught", "taught_noun", TAUGHT), ("apart.signed", "contract", SIGNED)):
        if tag in mark.tags:
            end = _object(norms, mark.last, grammar(noun))
            if end is not None:
                return end, told
    return None, mark.tags


def _object(norms: Sequence[str], begin: int, words: frozenset[str]) -> int | None:
    """ "Reçu vendredi à l'académie leur diplôme", "signent chaque jour un contrat"."""
    for index in range(begin, min(len(norms), begin + TAUGHT_GAP)):
        if norms[index] in words:
            return index + 1
        dated = norms[index].isdigit() and norms[index - 1] in grammar("before_year")
        if not dated and (norms[index][0].isdigit() or norms[index] in grammar("taught_stop")):
            return None
    return None


def _stops(norms: Sequence[str], index: int) -> bool:
    return not norms[index][0].isalpha() or norms[index] in grammar("noun_end")


def _home(norms: Sequence[str], begin: int) -> int | None:
    """ "à la maison", "chez eux", "de captivité", "leurs familles"."""
    homes, leading = grammar("home_noun"), grammar("home_leading")
    for index in range(begin, min(len(norms), begin + GAP)):
        if norms[index] in homes and norms[index - 1] in leading:
            return index + 1
        if _stops(norms, index):
            return None
    return None


def _unit(norms: Sequence[str], begin: int) -> int | None:
    """ "Leur unité", "leurs postes", "les rangs": an article or possessive right before a word of the army."""
    units, own = grammar("own_unit"), grammar("own_leading")
    for index in range(begin, min(len(norms), begin + GAP)):
        if norms[index] in own:
            ends = range(index + 1, min(len(norms), index + 1 + UNIT_GAP))
            return next((end + 1 for end in ends if norms[end] in units), None)
        if _stops(norms, index):
            return None
    return None
