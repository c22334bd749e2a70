"""The figures of soldiers, prisoners, bodies and equipment in the sentences of one item, each with side and scope.

Numbers without a noun of their own take over what the fact before them counted ("dont 630", "Moscou en a récupéré 27",
"Séoul s'en tient à 1 100").
"""

from collections.abc import Sequence
from itertools import pairwise

from schemas.enumerations import PersonnelKind
from streams.extraction.attribution import Voices
from streams.extraction.claims import Trace
from streams.extraction.personnel.fact import BELLIGERENTS, Fact
from streams.extraction.personnel.following import (
    ANOTHERS_RULE,
    GROWTH_RULE,
    OPPOSITE,
    back,
    compared,
    following,
    growth,
    next_course,
)
from streams.extraction.personnel.implied import (
    AGAIN_RULE,
    as_many,
    cases,
    counts_by_pronoun,
    dated_count,
    pronoun_count,
    standing_losses,
)
from streams.extraction.personnel.news import countable, is_news, may_state, negated, surely_soldiers, swaps_prisoners
from streams.extraction.personnel.owner import NEIGHBOURS, foe_of_moscow, sides_of
from streams.extraction.personnel.parts import among_them, of_the_freed, part, share
from streams.extraction.personnel.plausible import ToldSoFar
from streams.languages.fr.personnel.frames import PARTS, told
from streams.languages.fr.personnel.predicates import Told, head_class
from streams.languages.fr.personnel.scope import scope_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar, parse
from streams.languages.fr.personnel.sides import OTHER_SIDE, WARRING, both_sides, noun_side
from streams.reading.document import Sentence

MOST_FACTS = 400
SWAPPED = frozenset(("noun.prisoner", "swap.word"))
FREED = frozenset(("pred.freed", "pred.exchanged", "pred.back", "pred.give", "same.convoy"))
LONGEST_LABEL = 5
PAIR = 2
COMPARED: frozenset[PersonnelKind] = frozenset(("desertion", "recruitment", "mobilisation", "training", "losses"))


class ItemFacts:
    """Reads the facts of an item's sentences in order; `facts` holds them, `parsed` every sentence with marks."""

    def __init__(self, sentences: Sequence[Sentence], voices: Voices, trace: Trace) -> None:
        self.parsed = [parse(sentence) for sentence in sentences]
        self._told = ToldSoFar(self.parsed, voices)
        self.facts = self._told.facts
        self._trace = trace

    def read(self) -> list[Fact]:
        """Its facts, found in the order of its sentences; call it once."""
        for parsed in self.parsed:
            self._told.reached += 1
            parsed.counting = bool(self.facts) or counts_by_pronoun(parsed)
            if len(self.facts) < MOST_FACTS and (self._trace.explain or self._may_state(parsed)):
                self._read(parsed)
        return self.facts

    def _may_state(self, parsed: Parsed) -> bool:
        """Whether a number of a sentence can be a fact: by its own words, or right behind another fact."""
        if self._told.recent(parsed) is not None or parsed.counting:
            return True
        return may_state(parsed, self._told.mentions(parsed))

    def _read(self, parsed: Parsed) -> None:
        news = is_news(parsed)
        if not news and not self._trace.explain:
            return
        for counted in parsed.counted:
            found = self._facts_of(parsed, counted) if news else []
            quantity = counted.quantity
            for fact in found:
                self.facts.append(fact)
                self._trace.keep(fact.rule, parsed.sentence, quantity.start, quantity.end, fact.measure, quantity.value)
            if not found and not quantity.article and self._trace.explain:
                reason = _passed_over(parsed, counted)
                self._trace.drop("military-personnel", parsed.sentence, quantity.start, quantity.end, reason)
        for fact in as_many(parsed, self.facts) if news and self.facts else ():
            number = fact.counted.quantity
            self.facts.insert(len(self.facts) - 1, fact)
            self._trace.keep(fact.rule, parsed.sentence, number.start, number.end, fact.measure, number.value)

    def _facts_of(self, parsed: Parsed, counted: Counted) -> list[Fact]:
        if not counted.quantity.value or negated(parsed, counted) or not countable(counted):
            return []
        if "no.elsewhere" in parsed.keys and self._foreign(parsed, counted):
            return []
        answer = self._answer(parsed, counted)
        if answer is None or self._of_others(parsed, counted) or not self._told.plausible(parsed, counted, answer):
            return []
        if answer.kind == "losses" and self._taken_before(parsed, counted):
            return []
        if self.facts and answer.kind in COMPARED and compared(parsed, counted, self.facts[-1]):
            return []
        scope = "event" if answer.rule == GROWTH_RULE else scope_of(parsed, counted)
        told_before = self.facts and (answer.rule in (ANOTHERS_RULE, PARTS) or self._of_the_same_time(parsed, answer))
        if scope is None and (told_before or self._broken_down(parsed, counted, answer)):
            scope = self.facts[-1].scope
        sides = self._sides(parsed, counted, answer)
        found = [
            Fact(parsed, counted, answer.measure, answer.kind, answer.rule, answer.of, side, scope, answer.predicate)
            for side in sides
        ]
        if answer.measure == "captured":
            dead = (m for m in parsed.tagged("pred.killed") if m.has("pred.") == "killed" and m.first >= counted.last)
            died = next(dead, None)
            if died is not None and (died.last - died.first > 1 or parsed.norms[died.first] in grammar("died")):
                rule = "captured soldiers who died"
                found.append(Fact(parsed, counted, "killed", "captivity", rule, "soldier", sides[0], scope, died))
        return found

    def _sides(self, parsed: Parsed, counted: Counted, answer: Told) -> list[str | None]:
        mentions = self._told.mentions(parsed)
        if answer.kind in NEIGHBOURS and foe_of_moscow(parsed, mentions):
            return ["UA"]
        if answer.kind == "losses" and self._ours(parsed):
            return [self._our_side(parsed)]
        if answer.rule == AGAIN_RULE and answer.kind == "prisoner-exchange" and both_sides(parsed, counted):
            return list(WARRING)
        if answer.rule == AGAIN_RULE and self.facts[-1].kind == "prisoner-exchange":
            both = [fact.side for fact in self.facts[-2:] if fact.counted is self.facts[-1].counted]
            return both or [self.facts[-1].side]
        if answer.rule == PARTS and answer.measure == "exchanged" and self._of_both_sides(parsed):
            return [self._spoken_of(parsed)]
        if answer.kind == "losses" and self.facts and among_them(parsed, counted):
            return [self.facts[-1].side]
        if answer.rule == OPPOSITE:
            own, last = noun_side(parsed, counted, mentions), self.facts[-1].side
            return [own if own is not None else OTHER_SIDE.get(last or "")]
        return sides_of(parsed, counted, answer, mentions, self.facts)

    def _taken_before(self, parsed: Parsed, counted: Counted) -> bool:
        """ "Les deux hommes, blessés, sont soignés": those whose capture was just told, none of them lost in battle."""
        last = self._told.recent(parsed)
        definite = not grammar("those").isdisjoint(parsed.norms[max(0, counted.first - 1) : counted.first])
        return definite and last is not None and last.kind == "captivity" and last.value == counted.quantity.value

    def _of_both_sides(self, parsed: Parsed) -> bool:
        """Whether the fact before holds for each side and stands in a sentence before."""
        if len(self.facts) < PAIR:
            return False
        last, before = self.facts[-1], self.facts[-2]
        return last.counted is before.counted and last.side != before.side and last.sentence is not parsed.sentence

    def _spoken_of(self, parsed: Parsed) -> str | None:
        """The one camp spoken of since the fact before: "Les soldats ukrainiens sont là. Parmi eux, 24 officiers"."""
        since = [each for each in self._told.lately() if each.sentence.index > self.facts[-1].sentence.index]
        mentions = (m for each in (*since, parsed) for m in self._told.mentions(each) if m.kind != "person")
        named = {mention.country for mention in mentions if mention.country in WARRING}
        return named.pop() if len(named) == 1 else None

    def _answer(self, parsed: Parsed, counted: Counted) -> Told | None:
        """What a number states by its own words or, where a fact stands before it, by those."""
        last = self._told.recent(parsed)
        if last is not None and last.measure == "exchanged" and dated_count(parsed, counted) is not None:
            return dated_count(parsed, counted)
        freed = of_the_freed(parsed, counted) if parsed.tells(FREED) and "noun.body" not in parsed.keys else None
        if freed is not None:
            return freed
        if last is None:
            return self._whole(parsed, counted, None) or self._anew(parsed, counted)
        if (
            last.kind == "repatriation"
            and head_class(counted) in ("own", "killed", None)
            and self._beside(last, parsed)
        ):
            returned = following(last, parsed, counted, self._told.mentions(parsed))
            if returned is not None:
                return returned
        return (
            growth(last, parsed, counted)
            or part(last, parsed, counted)
            or next_course(last, parsed, counted)
            or self._whole(parsed, counted, last)
            or pronoun_count(parsed, counted, last, self._told.lately())
            or following(last, parsed, counted, self._told.mentions(parsed))
            or self._anew(parsed, counted)
        )

    def _beside(self, last: Fact, parsed: Parsed) -> bool:
        """Whether a fact stands in the sentence that is read or, where no exchange of prisoners is told, before it."""
        return last.sentence is parsed.sentence or not parsed.tells(SWAPPED)

    def _anew(self, parsed: Parsed, counted: Counted) -> Told | None:
        """What a number states by what the item speaks of: those who are back from captivity, "ils sont 312 000"."""
        swapping = any(swaps_prisoners(each) for each in self._told.lately()) or self._soldiers_swapped(counted)
        if (swapping or "noun.prisoner" in parsed.keys) and dated_count(parsed, counted) is not None:
            return dated_count(parsed, counted)
        if swapping and head_class(counted) in ("soldier", "prisoner") and both_sides(parsed, counted):
            return Told("exchanged", "prisoner-exchange", "as many on each side", None, None)
        if swapping and counted.quantity.unit is None:
            home = back(parsed, counted)
            if home is not None:
                return home
        standing = standing_losses(parsed, counted, self._told.lately())
        if standing is not None:
            return standing
        if "noun.case" in parsed.keys:
            return cases(parsed, counted, self._told.lately())
        return pronoun_count(parsed, counted, None, self._told.lately())

    def _soldiers_swapped(self, counted: Counted) -> bool:
        """Whether an exchange is told beside what surely counts soldiers: "160 combattants rentrés. Nouvel échange"."""
        at = self._told.reached
        return surely_soldiers(counted) and any(
            "pred.exchanged" in each.keys for each in self.parsed[max(0, at - 2) : at + 1]
        )

    def _foreign(self, parsed: Parsed, counted: Counted) -> bool:
        """Whether a sentence on another war counts people of neither camp of this one."""
        return noun_side(parsed, counted, self._told.mentions(parsed)) not in BELLIGERENTS

    def _of_others(self, parsed: Parsed, counted: Counted) -> bool:
        """Whether wounded or dead are only a part of those captured or exchanged ("dont 80 blessés")."""
        last = self._told.recent(parsed)
        hurt = head_class(counted) in ("injured", "killed")
        return (
            hurt
            and counted.part
            and last is not None
            and last.kind in ("captivity", "prisoner-exchange", "repatriation")
        )

    def _whole(self, parsed: Parsed, counted: Counted, last: Fact | None) -> Told | None:
        if counted.quantity.unit == "percent":
            return (share(last, parsed, counted) if last is not None else None) or told(parsed, counted)
        return told(parsed, counted) if counted.quantity.unit is None else None

    def _our_side(self, parsed: Parsed) -> str | None:
        """The one country that a sentence on "nos pertes" names, else the foe of the item's enemy."""
        named = {m.country for m in self._told.mentions(parsed) if m.country in OTHER_SIDE}
        if len(named) == 1:
            return named.pop()
        return "UA" if any("side.RU" in each.keys for each in self.parsed) else None

    def _broken_down(self, parsed: Parsed, counted: Counted, answer: Told) -> bool:
        """ "140 hommes en trois jours : 38 tués, 97 blessés": the parts of a count told before a colon."""
        last = self._told.recent(parsed)
        if last is None or last.sentence is not parsed.sentence or last.kind != "losses" or answer.kind != "losses":
            return False
        return last.scope == "event" and not grammar("part_break").isdisjoint(
            parsed.norms[last.counted.last : counted.first]
        )

    def _of_the_same_time(self, parsed: Parsed, answer: Told) -> bool:
        """ "Dans le même temps, 3 900 fuyards sont revenus", "et 16 000 pour désertion": the period told before."""
        last = self.facts[-1]
        if last.kind != answer.kind or answer.kind != "desertion":
            return False
        if answer.measure == "returned":
            return True
        norms = parsed.norms
        same = any(a in grammar("same") and b in grammar("same_period") for a, b in pairwise(norms))
        return same or last.sentence is parsed.sentence

    def _ours(self, parsed: Parsed) -> bool:
        """Whether a clause tells "nos pertes", in a text whose enemy is Russia."""
        at = self._told.reached - 1
        near = [parsed, *(each for each in self.parsed[max(0, at - 1) : at] if len(each.norms) <= LONGEST_LABEL)]
        ours = any(
            not grammar("ours").isdisjoint(each.norms[max(0, mark.first - 1) : mark.first])
            for each in near
            for mark in each.tagged("pred.out")
        )
        return ours and self._our_side(parsed) is not None


def _passed_over(parsed: Parsed, counted: Counted) -> str:
    """Why no rule counts a number, in a few words."""
    if negated(parsed, counted):
        return "denied, or the whole of a fraction"
    if "no.hypothesis" in parsed.keys:
        return "only supposed"
    if counted.other:
        return "counts something else"
    if counted.head is None:
        return "no noun, and no verb close enough"
    return "its noun has no verb of the stream, or no side of this war"
