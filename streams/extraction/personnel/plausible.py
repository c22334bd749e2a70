"""Whether what a rule reads of a number can be: soldiers of an army, prisoners of this war, no victims of a strike.

`ToldSoFar` is what an item has told up to the sentence that is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from schemas.enumerations import PersonnelKind
from streams.extraction.attribution import Voices
from streams.extraction.personnel.fact import BELLIGERENTS, Fact
from streams.extraction.personnel.implied import CASES_RULE
from streams.extraction.personnel.news import enlists, men, shows_an_army, speaks_of_an_army, surely_soldiers
from streams.extraction.personnel.owner import NEIGHBOURS
from streams.extraction.personnel.parts import among_them
from streams.languages.fr.people import Mention
from streams.languages.fr.personnel.frames import DESERTED_RULES
from streams.languages.fr.personnel.predicates import Told, first_of, head_class, predicates
from streams.languages.fr.personnel.scope import scope_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import noun_side, subject_side
from streams.languages.marks import Mark

MEMORY = 3
HEADINGS = 4
LEFT_REACH = 4
CIVILIAN = frozenset(("person", "woman", "child", "civilian", None))
HELD = frozenset(("noun.prisoner", "noun.soldier", "swap.word", "pred.exchanged", "each.word"))
FEWEST_FALLEN = 1000
NEW_UNIT: frozenset[PersonnelKind] = frozenset(("transfer", "mobilisation", "recruitment", "training"))
RANKS = frozenset(("noun.soldier", "noun.officer", "noun.desertion", "noun.prisoner", "pred.strong"))
GATED: frozenset[PersonnelKind] = frozenset(
    ("mobilisation", "recruitment", "training", "deployment", "transfer", "strength", "desertion")
)


def _from_captivity(parsed: Parsed) -> bool:
    """Whether people are told to be free again: "ont recouvré la liberté", not "sont rentrés chez eux"."""
    return any(mark.last - mark.first > 1 and _free(parsed, mark) for mark in parsed.tagged("pred.freed"))


def _free(parsed: Parsed, mark: Mark) -> bool:
    """Whether a verb says that they are free, not only that they are at home."""
    words = parsed.norms[mark.first : mark.last]
    return len(words) == 1 or not grammar("freedom").isdisjoint(words)


def _tells(parsed: Parsed, counted: Counted) -> bool:
    """Whether a sentence tells the same number."""
    return any(each.value == counted.quantity.value for each in parsed.sentence.quantities)


def _outstanding(parsed: Parsed, counted: Counted, answer: Told) -> bool:
    """Whether people are still to come home: "il reste 700 prisonniers à échanger", "doivent encore être libérés"."""
    norms, verb = parsed.norms, answer.predicate
    if not grammar("left_over").isdisjoint(norms[max(0, counted.first - LEFT_REACH) : counted.first]):
        return True
    between = norms[counted.last : verb.first] if verb is not None and verb.first >= counted.last else []
    return not grammar("still").isdisjoint(between) and not grammar("must").isdisjoint(between)


@dataclass(slots=True)
class ToldSoFar:
    """An item's sentences, its facts so far, and how many of its sentences are reached."""

    parsed: list[Parsed]
    voices: Voices
    facts: list[Fact] = field(default_factory=list)
    reached: int = 0

    def mentions(self, parsed: Parsed) -> Sequence[Mention]:
        """The persons, countries and offices of a sentence."""
        return self.voices.mentions(parsed.sentence)

    def plausible(self, parsed: Parsed, counted: Counted, answer: Told) -> bool:
        """Whether an answer of the rules can stand where it was read."""
        if answer.kind in ("deployment", "training", "strength") and self._tells("no.exercise"):
            return False
        if answer.kind in ("deployment", "training") and not grammar("medical").isdisjoint(parsed.norms):
            return False
        if answer.measure == "exchanged" and _outstanding(parsed, counted, answer):
            return False
        if answer.measure == "exchanged" and not answer.inherits and not self._of_prisoners(parsed, counted, answer):
            return False
        if answer.kind == "desertion" and not answer.inherits and not self._from_the_ranks(parsed, counted, answer):
            return False
        if answer.kind in GATED and not answer.inherits and not self._of_an_army(parsed, counted, answer):
            return False
        return answer.kind != "losses" or self._lost_in_battle(parsed, counted, answer)

    def _lost_in_battle(self, parsed: Parsed, counted: Counted, answer: Told) -> bool:
        head = head_class(counted)
        if head in ("soldier", "officer", "general", "person", "own") or answer.inherits:
            if head == "own" and not self._own_of_an_army(parsed):
                return False
            if head == "person" and (counted.quantity.article or not self.national(parsed, counted)):
                return False
            return not self._in_strike(parsed, counted)
        last = self.recent(parsed)
        if last is not None and last.kind in GATED and among_them(parsed, counted):
            return True
        if head == "killed" and counted.quantity.value >= FEWEST_FALLEN and self.national(parsed, counted):
            return not self._in_strike(parsed, counted)
        if last is None or last.kind not in NEIGHBOURS:
            lost = first_of(predicates(parsed, counted), "lose") is not None
            if not lost and not speaks_of_an_army(parsed, self.mentions(parsed)):
                return False
        return not self._in_strike(parsed, counted)

    def _own_of_an_army(self, parsed: Parsed) -> bool:
        """Whether an army or a country lost "des siens": not firefighters, not a club."""
        named = any(m.kind in ("name", "capital") for m in self.mentions(parsed))
        return named or shows_an_army(parsed) or speaks_of_an_army(parsed, []) or "side." in parsed.keys

    def _of_prisoners(self, parsed: Parsed, counted: Counted, answer: Told) -> bool:
        """Whether those freed or exchanged are soldiers, prisoners or of a nation: not people pulled from rubble."""
        if not grammar("camps").isdisjoint(parsed.norms):
            return True
        if head_class(counted) not in CIVILIAN or self.national(parsed, counted):
            return True
        last = self.recent(parsed)
        if last is not None and last.measure == "exchanged":
            return True
        at = self.reached - 1
        near = self.parsed[max(0, at - 2) : at + 2]
        verb = answer.predicate
        home = verb is not None and "pred.freed" in verb.tags and not _free(parsed, verb)
        held = HELD - {"noun.soldier"} if home else HELD
        return any(each.tells(held) or _from_captivity(each) for each in near)

    def national(self, parsed: Parsed, counted: Counted) -> bool:
        """Whether a nation stands beside the counted noun."""
        return noun_side(parsed, counted, self.mentions(parsed)) is not None

    def _of_an_army(self, parsed: Parsed, counted: Counted, answer: Told) -> bool:
        """Whether those counted are surely soldiers, or words beside them, the headline or the title say so."""
        many = counted.quantity.value >= FEWEST_FALLEN
        if answer.kind == "mobilisation" and many and self._of_a_country(parsed, answer):
            return True
        if head_class(counted) == "woman":
            words = grammar("army_word") - grammar("front_word")
            return enlists(answer) or self.national(parsed, counted) or not words.isdisjoint(parsed.norms)
        if surely_soldiers(counted) or shows_an_army(parsed):
            return True
        contract = answer.predicate is not None and parsed.norms[answer.predicate.first] in grammar("contract")
        if contract and head_class(counted) in ("recruit", None) and not self._told(answer.kind):
            return not grammar("recruiting").isdisjoint(parsed.norms)
        if answer.kind == "deployment" and "pred.train" in parsed.keys and self._of_ukraine(parsed):
            return True
        left = (mark for each in self.lately() for mark in each.tagged("pred.desert"))
        if answer.rule == CASES_RULE and any(mark.last - mark.first > 1 for mark in left):
            return True
        if answer.kind == "desertion" and head_class(counted) == "person" and not enlists(answer):
            return False
        if self.national(parsed, counted) or self._told_of(answer.kind) or enlists(answer):
            return True
        if answer.rule == "volunteers enlisted" and not enlists(answer):
            return False
        if men(counted) and (self._belligerent(parsed) or not grammar("recruiting").isdisjoint(parsed.norms)):
            return True
        at = self.reached - 1
        beside = self.parsed[max(0, at - 1) : at + 2]
        heads = [each for each in self.parsed[:HEADINGS] if each.sentence.section in ("title", "headline")]
        return any(shows_an_army(each) for each in (*beside, *heads))

    def _from_the_ranks(self, parsed: Parsed, counted: Counted, answer: Told) -> bool:
        """Whether those who leave or come back are deserters, not soldiers who join a new unit, nor workers gone."""
        head = head_class(counted)
        if answer.measure == "returned" and head not in ("desertion", "desert"):
            return not self.facts or self.facts[-1].kind not in NEW_UNIT
        noun = counted.head is not None and parsed.norms[counted.head.first] not in grammar("auxiliary")
        if noun or answer.rule not in DESERTED_RULES or self._told_of("desertion"):
            return True
        return not grammar("moved_unit").isdisjoint(parsed.norms) or any(each.tells(RANKS) for each in self.lately())

    def _of_a_country(self, parsed: Parsed, answer: Told) -> bool:
        """Whether a country itself calls up: "l'Ukraine mobilise 30 000 personnes", not "pour déneiger"."""
        verb = answer.predicate
        if verb is None:
            return False
        behind = parsed.norms[verb.last :]
        if not grammar("aim").isdisjoint(behind) and grammar("army_aim").isdisjoint(behind):
            return False
        if subject_side(parsed, self.mentions(parsed), verb.first) in BELLIGERENTS:
            return True
        at = self.reached - 1
        impersonal = not grammar("impersonal").isdisjoint(parsed.norms[: verb.first])
        near = (*self.parsed[:1], *self.parsed[max(0, at - 1) : at])
        return impersonal and any(self._belligerent(each) for each in near)

    def _belligerent(self, parsed: Parsed) -> bool:
        return any(mention.country in BELLIGERENTS for mention in self.mentions(parsed))

    def _of_ukraine(self, parsed: Parsed) -> bool:
        return any(mention.country == "UA" for mention in self.mentions(parsed))

    def _told(self, kind: PersonnelKind) -> bool:
        return any(fact.kind == kind for fact in islice(reversed(self.facts), MEMORY))

    def _told_of(self, kind: PersonnelKind) -> bool:
        return any(fact.kind == kind or fact.kind in GATED for fact in islice(reversed(self.facts), MEMORY))

    def lately(self) -> Sequence[Parsed]:
        """The sentence that is read and those right before it."""
        return self.parsed[max(0, self.reached - MEMORY - 1) : self.reached]

    def _tells(self, tag: str) -> bool:
        """Whether a sentence up to the one that is read has a word with this tag."""
        return any(tag in self.parsed[index].keys for index in range(self.reached))

    def _in_strike(self, parsed: Parsed, counted: Counted) -> bool:
        """Whether soldiers fell in a strike that the item tells, rather than in battle or a general staff's count."""
        if "strike.ground" in parsed.keys or counted.quantity.value >= 500 or scope_of(parsed, counted) == "cumulative":
            return False
        if any(fact.kind in NEIGHBOURS for fact in self.facts):
            return False
        if any("strike.weapon" in each.keys for each in self.lately()):
            return True
        if parsed.sentence.section == "body":
            return False
        return any("strike.weapon" in each.keys and _tells(each, counted) for each in self._next())

    def _next(self) -> Sequence[Parsed]:
        return self.parsed[self.reached : self.reached + HEADINGS]

    def recent(self, parsed: Parsed) -> Fact | None:
        """The fact before this place, if it stands in this sentence or in one of the few before it."""
        last = self.facts[-1] if self.facts else None
        return last if last is not None and parsed.sentence.index - last.sentence.index <= MEMORY else None
