"""What a French sentence counts of soldiers, prisoners, bodies and equipment: marked words, numbers and their heads.

`parse(sentence)` marks the words of `lexicon/personnel.toml` and gives each number the noun it counts.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.enumerations import Scope
from streams.languages.fr.conjugation import conjugated_vocabulary
from streams.languages.lexicon import Vocabulary
from streams.languages.marks import Mark, marks_in, word_set
from streams.languages.pack import Quantity
from streams.reading.document import Sentence
from streams.reading.tokens import Token

COUNTING = ("pred.", "noun.", "equipment.")
LONGEST_SKIP = 7
MOST_MARKS = 120
MOST_NUMBERS = 48
PRESENTED_REACH = 20
NUMBERED_REACH = 16
DESERTING = frozenset(("noun.desertion", "pred.desert"))


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
    """A sentence with its marks and counted numbers; `cues` is filled by `personnel_scope`."""

    sentence: Sentence
    marks: list[Mark]
    counted: list[Counted] = field(default_factory=list)
    cues: "tuple[tuple[Scope, Counted | None], ...] | None" = None

    @property
    def tokens(self) -> Sequence[Token]:
        """The sentence's tokens."""
        return self.sentence.tokens

    def tagged(self, prefix: str) -> list[Mark]:
        """Marks with a tag that begins so."""
        return [mark for mark in self.marks if mark.has(prefix) is not None]


def grammar(key: str) -> frozenset[str]:
    """A list of `lexicon/personnel-grammar.toml`."""
    return word_set("fr", "personnel-grammar", key)


def personnel_words() -> Vocabulary:
    """The vocabulary of `lexicon/personnel.toml`."""
    return conjugated_vocabulary("personnel")


def parse(sentence: Sentence, *, counting: bool = False) -> Parsed:
    """The marks of a sentence, and its numbers with their heads where it has any mark of the stream."""
    parsed = Parsed(sentence, marks_in(sentence.tokens, personnel_words())[:MOST_MARKS])
    if sentence.quantities and (
        counting or any(m.has(family) is not None for m in parsed.marks for family in COUNTING)
    ):
        starts = [token.start for token in sentence.tokens]
        at = {mark.first: mark for mark in parsed.marks}
        parsed.counted = [
            _counted(parsed, quantity, starts, at)
            for quantity in sentence.quantities[:MOST_NUMBERS]
            if not quantity.ordinal
        ]
    return parsed


def _counted(parsed: Parsed, quantity: Quantity, starts: Sequence[int], at: dict[int, Mark]) -> Counted:
    tokens = parsed.tokens
    first = bisect_left(starts, quantity.start)
    last = bisect_left(starts, quantity.end)
    before = [token.norm for token in tokens[max(0, first - 3) : first]]
    part = bool(grammar("part") & set(before[-2:]) or grammar("opening_part") & set(before))
    head, how = _body_before(parsed, first), "of"
    if head is None:
        head, how = _presented(parsed, last), "after"
    if head is None:
        head, how = _head_after(tokens, last, at), "after"
    if head is None:
        head, how = _evaluated(parsed, first, last, at), "after"
    if head is None:
        head, how = _label(parsed, first) or _standing(parsed, first), "label"
    if head is not None and head.has("noun.case") is not None:
        head = None if quantity.article else _charged(parsed, head)
    if head is None:
        follower = tokens[last].norm if last < len(tokens) else "."
        known = last in at and any(tag.startswith(("pred.", "each.", "scope.")) for tag in at[last].tags)
        other = follower not in grammar("follower") and not known
        return Counted(quantity, first, last, None, "none", part, other)
    return Counted(quantity, first, last, head, how, part, False)


def _head_after(tokens: Sequence[Token], last: int, at: dict[int, Mark]) -> Mark | None:
    """The noun behind a number, past articles, adjectives of order and quotation marks."""
    index, skipped = last, grammar("skipped")
    while index < min(len(tokens), last + LONGEST_SKIP):
        mark = at.get(index)
        if mark is not None and any(tag.startswith(("noun.", "equipment.")) for tag in mark.tags):
            return mark
        if mark is not None and mark.has("pred.") in ("killed", "injured", "missing", "desert", "out"):
            return mark
        if tokens[index].norm not in skipped:
            return None
        index += 1
    return None


def _body_before(parsed: Parsed, first: int) -> Mark | None:
    """The bodies of "les restes de 55 des siens"."""
    tokens, index = parsed.tokens, first - 1
    while index >= 0 and tokens[index].norm in grammar("before_body"):
        index -= 1
    if index == first - 1:
        return None
    return next((mark for mark in parsed.marks if mark.last == index + 1 and mark.has("noun.") == "body"), None)


def _presented(parsed: Parsed, last: int) -> Mark | None:
    """The noun of "Neuf cents : c'est le nombre de soldats qui …"."""
    tokens = parsed.tokens
    if last >= len(tokens) or tokens[last].norm not in grammar("presented"):
        return None
    for index in range(last, min(len(tokens) - 2, last + PRESENTED_REACH)):
        if tokens[index].norm in grammar("as_many") and tokens[index + 1].norm in grammar("nominal"):
            return next((m for m in parsed.marks if m.first == index + 2 and m.has("noun.") is not None), None)
        if tokens[index].norm in grammar("numbering") and tokens[index + 1].norm in grammar("nominal"):
            return next((m for m in parsed.marks if m.first == index + 2 and m.has("noun.") is not None), None)
    return None


def _charged(parsed: Parsed, head: Mark) -> Mark | None:
    """The desertions of "700 dossiers pour désertion", "abandons d'unité : 700 procédures"; other cases count none."""
    near = [mark for mark in parsed.marks if mark.tags & DESERTING]
    return min(near, key=lambda mark: abs(mark.first - head.last), default=None)


def _evaluated(parsed: Parsed, first: int, last: int, at: dict[int, Mark]) -> Mark | None:
    """The noun of "évalue à 15 000 le contingent et à 4 700 ses pertes"."""
    tokens, verbs = parsed.tokens, tuple(grammar("evaluating"))
    if last + 1 >= len(tokens) or tokens[last].norm not in grammar("article_of") or not first:
        return None
    before = [token.norm for token in tokens[max(0, first - NUMBERED_REACH) : first]]
    mark = at.get(last + 1)
    if mark is None or not {"à", "au"} & set(before[-4:]) or not any(norm.startswith(verbs) for norm in before):
        return None
    return mark if mark.has("noun.") or mark.has("pred.") in ("killed", "injured", "out", "deploy", "strong") else None


def _standing(parsed: Parsed, first: int) -> Mark | None:
    """The subject of "les pertes, tués et blessés réunis, s'élèvent à 358 000": the first noun of the clause."""
    tokens, index = parsed.tokens, first - 1
    while index >= 0 and tokens[index].norm in grammar("approximation"):
        index -= 1
    if index < 1 or tokens[index].norm not in grammar("standing"):
        return None
    known = ("noun.", "pred.out", "pred.desert")
    subject = None
    for mark in reversed(parsed.marks):
        if mark.last <= index and index - mark.last <= PRESENTED_REACH:
            if any(token.norm in grammar("stop") for token in tokens[mark.last : index]):
                break
            if any(tag.startswith(known) for tag in mark.tags):
                subject = mark
    return subject


def _label(parsed: Parsed, first: int) -> Mark | None:
    """The noun of a list entry: "Chars : 40", "les blessés seraient 390"."""
    tokens, index, copula = parsed.tokens, first - 1, False
    if any(token.norm in grammar("reaching") for token in tokens[max(0, first - 3) : first]):
        for at in range(first - 1, max(0, first - NUMBERED_REACH), -1):
            if tokens[at].norm in grammar("numbering") and tokens[at + 1].norm in grammar("nominal"):
                return next((m for m in parsed.marks if m.first == at + 2 and m.has("noun.") is not None), None)
    while index >= 0 and tokens[index].norm in grammar("copula"):
        copula = copula or tokens[index].norm not in grammar("weak_copula")
        index -= 1
    if not copula:
        return None
    known = ("noun.", "equipment.", "pred.killed", "pred.injured", "pred.missing", "pred.out")
    return next((m for m in parsed.marks if m.last == index + 1 and any(t.startswith(known) for t in m.tags)), None)
