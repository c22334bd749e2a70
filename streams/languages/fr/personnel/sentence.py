"""What a French sentence counts of soldiers, prisoners, bodies and equipment: marked words, numbers and their heads.

`parse(sentence)` marks the words of `lexicon/personnel.toml` and gives each number the noun it counts.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec import Struct

from schemas.enumerations import Scope
from streams.languages.fr.conjugation import conjugated_vocabulary
from streams.languages.fr.personnel.compound import joined
from streams.languages.fr.personnel.heads import (
    Around,
    apposed,
    body_before,
    charged,
    evaluated,
    head_after,
    label,
    presented,
    standing,
)
from streams.languages.lexicon import Vocabulary
from streams.languages.marks import Mark, marks_in
from streams.languages.pack import Quantity
from streams.languages.tagging import keys_in, keys_of, word_lists
from streams.reading.document import Sentence
from streams.reading.tokens import Token

COUNTING = frozenset(("pred.", "noun.", "equipment."))
MOST_MARKS = 120
MOST_NUMBERS = 48
MOST_OF_REACH = 2
COUNTED_HEADS = frozenset(("noun.", "equipment."))
GOVERNING = frozenset(("pred.", "each.", "scope."))


class Counted(Struct):
    """A number, its tokens, and the mark of the noun it counts; `other` says that it counts what no lexicon knows.

    `how` tells where the head stands: "after", "of" ("les restes de 55"), "label" ("Chars : 40"), "none".
    `part` marks "dont 30", "parmi lesquels 30"; `whole` the second number of "27 000 des 80 000 soldats".
    """

    quantity: Quantity
    first: int
    last: int
    head: Mark | None
    how: str
    part: bool
    other: bool
    near: list[tuple[int, str, Mark]] | None = None
    whole: bool = False


@dataclass(slots=True)
class Parsed:
    """A sentence with its marks, and the tags and families that any of them has; `cues` is of `personnel_scope`.

    `counting` counts its numbers although no word of the stream stands beside them.
    """

    sentence: Sentence
    marks: list[Mark]
    keys: set[str]
    counting: bool = False
    cues: "tuple[tuple[Scope, Counted | None], ...] | None" = None
    _counted: list[Counted] | None = None

    @property
    def tokens(self) -> Sequence[Token]:
        """The sentence's tokens."""
        return self.sentence.tokens

    @property
    def norms(self) -> list[str]:
        """The words of its tokens, normalised."""
        return self.sentence.norms

    @property
    def counted(self) -> list[Counted]:
        """Its numbers with their heads, where it has a word that counts or `counting` is set; found once."""
        if self._counted is None:
            self._counted = _numbers(self)
        return self._counted

    def tagged(self, tag: str) -> Sequence[Mark]:
        """Marks with this tag ("noun.soldier") or with any of a family ("noun.")."""
        return [mark for mark in self.marks if tag in keys_of(mark.tags)] if tag in self.keys else ()

    def tells(self, tags: frozenset[str]) -> bool:
        """Whether any mark has one of these tags or families."""
        return not tags.isdisjoint(self.keys)


grammar = word_lists("fr", "personnel-grammar")


def personnel_words() -> Vocabulary:
    """The vocabulary of `lexicon/personnel.toml`."""
    return conjugated_vocabulary("personnel")


def parse(sentence: Sentence) -> Parsed:
    """The marks of a sentence; its numbers are read when asked for."""
    marks = marks_in(sentence.norms, personnel_words())[:MOST_MARKS]
    keys = keys_in(marks)
    if "apart." not in keys:
        return Parsed(sentence, marks, keys)
    marks = joined(sentence.norms, marks)
    return Parsed(sentence, marks, keys_in(marks))


def _numbers(parsed: Parsed) -> list[Counted]:
    quantities = parsed.sentence.quantities
    if not quantities or not (parsed.counting or parsed.tells(COUNTING)):
        return []
    starts = [token.start for token in parsed.tokens]
    around = Around(parsed, {mark.first: mark for mark in parsed.marks}, {mark.last: mark for mark in parsed.marks})
    found = [
        _counted(around, quantity, bisect_left(starts, quantity.start), bisect_left(starts, quantity.end))
        for quantity in quantities[:MOST_NUMBERS]
        if not quantity.ordinal
    ]
    for part, whole in pairwise(found):
        between = parsed.norms[part.last : whole.first]
        if part.head is None and between and between[0] == "des" and len(between) <= MOST_OF_REACH:
            part.head, part.how, part.other, whole.whole = whole.head, "after", whole.other, True
    return found


def _counted(around: Around, quantity: Quantity, first: int, last: int) -> Counted:
    norms = around.parsed.norms
    part = not grammar("part").isdisjoint(norms[max(0, first - 2) : first])
    part = part or not grammar("opening_part").isdisjoint(norms[max(0, first - 3) : first])
    head, how = body_before(around, first), "of"
    if head is None:
        head, how = presented(around, last) or head_after(around, last) or evaluated(around, first, last), "after"
    if head is None:
        head, how = (
            label(around, first, last) or standing(around.parsed, first) or apposed(around, first, last),
            "label",
        )
    if head is not None and how == "label" and quantity.article and "equipment." not in keys_of(head.tags):
        head = None
    if head is not None and "noun.case" in head.tags:
        head = None if quantity.article else charged(around.parsed, head)
    if head is None:
        return Counted(quantity, first, last, None, "none", part, _counts_other(around, last))
    return Counted(quantity, first, last, head, how, part, False)


def _counting(around: Around, index: int) -> bool:
    """Whether a word that may be counted or govern a count begins at a token."""
    return index in around.at and not COUNTING.isdisjoint(keys_of(around.at[index].tags))


def _counts_other(around: Around, last: int) -> bool:
    """Whether a word that no lexicon knows stands behind a number, perhaps past "de": "une centaine de pharmacies"."""
    norms, index = around.parsed.norms, last
    if index < len(norms) and norms[index] in grammar("linking_of"):
        index += 1
        if index < len(norms) and norms[index] in grammar("not_counted"):
            return False
    if index + 1 < len(norms) and norms[index] in grammar("renewed") and _counting(around, index + 1):
        index += 1
    if index < len(norms) and norms[index] in grammar("swaps"):
        return True
    known = index in around.at and not GOVERNING.isdisjoint(keys_of(around.at[index].tags))
    return not known and index < len(norms) and norms[index] not in grammar("follower")
