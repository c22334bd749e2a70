"""What a French sentence counts of soldiers, prisoners, bodies and equipment: marked words, numbers and their heads.

`parse(sentence)` marks the words of `lexicon/personnel.toml` and gives each number the noun it counts.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.enumerations import Scope
from streams.languages.fr.conjugation import conjugated_vocabulary
from streams.languages.fr.personnel.compound import joined
from streams.languages.lexicon import Vocabulary
from streams.languages.marks import Mark, marks_in
from streams.languages.pack import Quantity
from streams.languages.tagging import WordLists, keys_in, keys_of
from streams.reading.document import Sentence
from streams.reading.tokens import Token

COUNTING = frozenset(("pred.", "noun.", "equipment."))
LONGEST_SKIP = 7
MOST_MARKS = 120
MOST_NUMBERS = 48
PRESENTED_REACH = 20
NUMBERED_REACH = 16
APPOSED_REACH = 3
SUMMED = (["au", "total"], ["en", "tout"])
APPOSED = frozenset(((",", ","), ("(", ")"), ("–", "–"), ("—", "—")))
DESERTING = frozenset(("noun.desertion", "pred.desert"))
COUNTED_HEADS = frozenset(("noun.", "equipment."))
GOVERNING = frozenset(("pred.", "each.", "scope."))
SUBJECTS = frozenset(("noun.", "pred.out", "pred.desert"))
LABELS = COUNTED_HEADS | {"pred.killed", "pred.injured", "pred.missing", "pred.out"}
TO = frozenset(("à", "au"))


@dataclass(slots=True)
class Counted:
    """A number, its tokens, and the mark of the noun it counts; `other` says that it counts what no lexicon knows.

    `how` tells where the head stands: "after", "of" ("les restes de 55"), "label" ("Chars : 40"), "none".
    `part` marks "dont 30", "parmi lesquels 30".
    """

    quantity: Quantity
    first: int
    last: int
    head: Mark | None
    how: str
    part: bool
    other: bool
    near: list[tuple[int, str, Mark]] | None = None


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
    _norms: list[str] | None = None

    @property
    def tokens(self) -> Sequence[Token]:
        """The sentence's tokens."""
        return self.sentence.tokens

    @property
    def norms(self) -> list[str]:
        """The words of its tokens, normalised."""
        if self._norms is None:
            self._norms = [token.norm for token in self.sentence.tokens]
        return self._norms

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


grammar = WordLists("fr", "personnel-grammar")


def personnel_words() -> Vocabulary:
    """The vocabulary of `lexicon/personnel.toml`."""
    return conjugated_vocabulary("personnel")


def parse(sentence: Sentence) -> Parsed:
    """The marks of a sentence; its numbers are read when asked for."""
    marks = marks_in(sentence.tokens, personnel_words())[:MOST_MARKS]
    keys = keys_in(marks)
    if "apart." not in keys:
        return Parsed(sentence, marks, keys)
    marks = joined([token.norm for token in sentence.tokens], marks)
    return Parsed(sentence, marks, keys_in(marks))


def _numbers(parsed: Parsed) -> list[Counted]:
    quantities = parsed.sentence.quantities
    if not quantities or not (parsed.counting or parsed.tells(COUNTING)):
        return []
    starts = [token.start for token in parsed.tokens]
    around = _Around(parsed, {mark.first: mark for mark in parsed.marks}, {mark.last: mark for mark in parsed.marks})
    return [
        _counted(around, quantity, bisect_left(starts, quantity.start), bisect_left(starts, quantity.end))
        for quantity in quantities[:MOST_NUMBERS]
        if not quantity.ordinal
    ]


@dataclass(slots=True)
class _Around:
    """A sentence's marks by their first token and by the token behind them."""

    parsed: Parsed
    at: dict[int, Mark]
    before: dict[int, Mark]

    def noun_at(self, index: int) -> Mark | None:
        """The noun that begins at a token."""
        mark = self.at.get(index)
        return mark if mark is not None and "noun." in keys_of(mark.tags) else None


def _counted(around: _Around, quantity: Quantity, first: int, last: int) -> Counted:
    norms = around.parsed.norms
    part = not grammar("part").isdisjoint(norms[max(0, first - 2) : first])
    part = part or not grammar("opening_part").isdisjoint(norms[max(0, first - 3) : first])
    head, how = _body_before(around, first), "of"
    if head is None:
        head, how = _presented(around, last) or _head_after(around, last) or _evaluated(around, first, last), "after"
    if head is None:
        head, how = (
            _label(around, first, last) or _standing(around.parsed, first) or _apposed(around, first, last),
            "label",
        )
    if head is not None and "noun.case" in head.tags:
        head = None if quantity.article else _charged(around.parsed, head)
    if head is None:
        return Counted(quantity, first, last, None, "none", part, _counts_other(around, last))
    return Counted(quantity, first, last, head, how, part, False)


def _counts_other(around: _Around, last: int) -> bool:
    """Whether a word that no lexicon knows stands behind a number, perhaps past "de": "une centaine de pharmacies"."""
    norms, index = around.parsed.norms, last
    if index < len(norms) and norms[index] in grammar("linking_of"):
        index += 1
        if index < len(norms) and norms[index] in grammar("not_counted"):
            return False
    if index + 1 < len(norms) and norms[index] in grammar("renewed") and index + 1 in around.at:
        index += 1
    if index < len(norms) and norms[index] in grammar("swaps"):
        return True
    known = index in around.at and not GOVERNING.isdisjoint(keys_of(around.at[index].tags))
    return not known and index < len(norms) and norms[index] not in grammar("follower")


def _head_after(around: _Around, last: int) -> Mark | None:
    """The noun behind a number, past articles, adjectives of order and quotation marks."""
    norms, skipped = around.parsed.norms, grammar("skipped")
    for index in range(last, min(len(norms), last + LONGEST_SKIP)):
        mark = around.at.get(index)
        if mark is not None and not COUNTED_HEADS.isdisjoint(keys_of(mark.tags)):
            return mark
        if mark is not None and mark.has("pred.") in ("killed", "injured", "missing", "desert", "out"):
            return mark
        if norms[index] not in skipped:
            return None
    return None


def _body_before(around: _Around, first: int) -> Mark | None:
    """The bodies of "les restes de 55 des siens"."""
    if "noun.body" not in around.parsed.keys:
        return None
    norms, index, linking = around.parsed.norms, first - 1, grammar("before_body")
    while index >= 0 and norms[index] in linking:
        index -= 1
    mark = around.before.get(index + 1) if index < first - 1 else None
    return mark if mark is not None and mark.has("noun.") == "body" else None


def _presented(around: _Around, last: int) -> Mark | None:
    """The noun of "Neuf cents : c'est le nombre de soldats qui …"."""
    norms = around.parsed.norms
    if last >= len(norms) or norms[last] not in grammar("presented"):
        return None
    presenting, nominal = grammar("as_many") | grammar("numbering"), grammar("nominal")
    for index in range(last, min(len(norms) - 2, last + PRESENTED_REACH)):
        if norms[index] in presenting and norms[index + 1] in nominal:
            return around.noun_at(index + 2)
    return None


def _charged(parsed: Parsed, head: Mark) -> Mark | None:
    """The desertions of "700 dossiers pour désertion", "abandons d'unité : 700 procédures"; other cases count none."""
    near = [mark for mark in parsed.marks if mark.tags & DESERTING]
    return min(near, key=lambda mark: abs(mark.first - head.last), default=None)


def _evaluated(around: _Around, first: int, last: int) -> Mark | None:
    """The noun of "évalue à 15 000 le contingent et à 4 700 ses pertes"."""
    norms = around.parsed.norms
    if last + 1 >= len(norms) or norms[last] not in grammar("article_of") or not first:
        return None
    mark, before = around.at.get(last + 1), norms[max(0, first - NUMBERED_REACH) : first]
    if mark is None or TO.isdisjoint(before[-4:]):
        return None
    verbs = tuple(grammar("evaluating"))
    if not any(norm.startswith(verbs) for norm in before):
        return None
    return mark if mark.has("noun.") or mark.has("pred.") in ("killed", "injured", "out", "deploy", "strong") else None


def _standing(parsed: Parsed, first: int) -> Mark | None:
    """The subject of "les pertes, tués et blessés réunis, s'élèvent à 358 000": the first noun of the clause."""
    norms, index, about = parsed.norms, first - 1, grammar("approximation")
    while index >= 0 and norms[index] in about:
        index -= 1
    if index < 1 or norms[index] not in grammar("standing"):
        return None
    subject, stops = None, grammar("stop")
    for mark in reversed(parsed.marks):
        if mark.last <= index and index - mark.last <= PRESENTED_REACH:
            if not stops.isdisjoint(norms[mark.last : index]):
                break
            if not SUBJECTS.isdisjoint(keys_of(mark.tags)):
                subject = mark
    return subject


def _apposed(around: _Around, first: int, last: int) -> Mark | None:
    """The noun of "les premiers soldats nord-coréens, environ 1 500, sont arrivés", "les captifs (90)"."""
    norms, index, about = around.parsed.norms, first - 1, grammar("approximation")
    while index >= 0 and norms[index] in about:
        index -= 1
    if norms[last : last + 2] in SUMMED:
        last += 2
    if index < 1 or last >= len(norms) or (norms[index], norms[last]) not in APPOSED:
        return None
    near = (around.before.get(end) for end in range(index, max(0, index - APPOSED_REACH), -1))
    return next((mark for mark in near if mark is not None and "noun." in keys_of(mark.tags)), None)


def _label(around: _Around, first: int, last: int) -> Mark | None:
    """The noun of a list entry: "Chars : 40", "les blessés seraient 390"."""
    norms, index, copula = around.parsed.norms, first - 1, False
    if not grammar("reaching").isdisjoint(norms[max(0, first - 3) : first]):
        numbering, nominal = grammar("numbering"), grammar("nominal")
        for at in range(first - 1, max(0, first - NUMBERED_REACH), -1):
            if norms[at] in numbering and norms[at + 1] in nominal:
                return around.noun_at(at + 2)
    copulas, weak = grammar("copula"), grammar("weak_copula")
    while index >= 0 and norms[index] in copulas:
        copula = copula or norms[index] not in weak
        index -= 1
    mark = around.before.get(index + 1) if copula or grows(norms, last) else None
    if mark is None and copula and norms[first - 1] in grammar("dash") | grammar("presented"):
        mark = _row_label(around, index + 1)
    return mark if mark is not None and not LABELS.isdisjoint(keys_of(mark.tags)) else None


def grows(norms: Sequence[str], last: int) -> bool:
    """Whether "(+ 12)" stands behind a number: "chars 7 600 (+ 12)"."""
    return last + 1 < len(norms) and norms[last] == "(" and norms[last + 1].startswith("+")


def _row_label(around: _Around, last: int) -> Mark | None:
    """The equipment that opens a row, whatever describes it: "drones de tous niveaux : 13 806"."""
    if not around.parsed.marks:
        return None
    opening = around.parsed.marks[0]
    if opening.first > 1 or not 0 <= last - opening.last <= LONGEST_SKIP or "equipment." not in keys_of(opening.tags):
        return None
    return opening
