"""The noun that a number counts, by where it stands: behind it, ahead of "de", as a label, a subject, an apposition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.languages.marks import Mark
from streams.languages.tagging import keys_of, word_lists

if TYPE_CHECKING:
    from streams.languages.fr.personnel.sentence import Parsed

LONGEST_SKIP = 7
PRESENTED_REACH = 20
NUMBERED_REACH = 16
APPOSED_REACH = 3
SUMMED = (["au", "total"], ["en", "tout"])
APPOSED = frozenset(((",", ","), ("(", ")"), ("–", "–"), ("—", "—")))
DESERTING = frozenset(("noun.desertion", "pred.desert"))
COUNTED_HEADS = frozenset(("noun.", "equipment."))
SUBJECTS = frozenset(("noun.", "pred.out", "pred.desert"))
LABELS = COUNTED_HEADS | {"pred.killed", "pred.injured", "pred.missing", "pred.out"}
TO = frozenset(("à", "au"))

grammar = word_lists("fr", "personnel-grammar")


@dataclass(slots=True)
class Around:
    """A sentence's marks by their first token and by the token behind them."""

    parsed: "Parsed"
    at: dict[int, Mark]
    before: dict[int, Mark]

    def noun_at(self, index: int) -> Mark | None:
        """The noun that begins at a token."""
        mark = self.at.get(index)
        return mark if mark is not None and "noun." in keys_of(mark.tags) else None


def head_after(around: Around, last: int) -> Mark | None:
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


def body_before(around: Around, first: int) -> Mark | None:
    """The bodies of "les restes de 55 des siens"."""
    if "noun.body" not in around.parsed.keys:
        return None
    norms, index, linking = around.parsed.norms, first - 1, grammar("before_body")
    while index >= 0 and norms[index] in linking:
        index -= 1
    mark = around.before.get(index + 1) if index < first - 1 else None
    return mark if mark is not None and mark.has("noun.") == "body" else None


def presented(around: Around, last: int) -> Mark | None:
    """The noun of "Neuf cents : c'est le nombre de soldats qui …"."""
    norms = around.parsed.norms
    if last >= len(norms) or norms[last] not in grammar("presented"):
        return None
    presenting, nominal = grammar("as_many") | grammar("numbering"), grammar("nominal")
    for index in range(last, min(len(norms) - 2, last + PRESENTED_REACH)):
        if norms[index] in presenting and norms[index + 1] in nominal:
            return around.noun_at(index + 2)
    return None


def charged(parsed: "Parsed", head: Mark) -> Mark | None:
    """The desertions of "700 dossiers pour désertion", "abandons d'unité : 700 procédures"; other cases count none."""
    near = [mark for mark in parsed.marks if mark.tags & DESERTING]
    return min(near, key=lambda mark: abs(mark.first - head.last), default=None)


def evaluated(around: Around, first: int, last: int) -> Mark | None:
    """The noun of "évalue à 15 000 le contingent et à 4 700 ses pertes"."""
    norms = around.parsed.norms
    if last + 1 >= len(norms) or norms[last] not in grammar("article_of") or not first:
        return None
    numbered = norms[last + 1] in grammar("numbering") and last + 1 not in around.at
    named = last + 3 if numbered else last + 1
    mark, before = around.at.get(named), norms[max(0, first - NUMBERED_REACH) : first]
    if mark is None or TO.isdisjoint(before[-4:]):
        return None
    verbs = tuple(grammar("evaluating"))
    if not any(norm.startswith(verbs) for norm in before):
        return None
    return mark if mark.has("noun.") or mark.has("pred.") in ("killed", "injured", "out", "deploy", "strong") else None


def standing(parsed: "Parsed", first: int) -> Mark | None:
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
                if "pred.out" in mark.tags and _coordinated(norms, mark.first):
                    break
    return subject


def _coordinated(norms: Sequence[str], first: int) -> bool:
    """Whether a clause of its own begins with a noun: "300 sont morts, et les pertes montent à 4 000"."""
    at = first - 2 if first and norms[first - 1] in grammar("article_of") else first - 1
    return at >= 0 and norms[at] in grammar("pair_or_comma")


def apposed(around: Around, first: int, last: int) -> Mark | None:
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


def label(around: Around, first: int, last: int) -> Mark | None:
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


def _row_label(around: Around, last: int) -> Mark | None:
    """The equipment that opens a row, whatever describes it: "drones de tous niveaux : 13 806"."""
    if not around.parsed.marks:
        return None
    opening = around.parsed.marks[0]
    if opening.first > 1 or not 0 <= last - opening.last <= LONGEST_SKIP or "equipment." not in keys_of(opening.tags):
        return None
    return opening
