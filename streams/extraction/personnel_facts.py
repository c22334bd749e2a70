"""The figures of soldiers, prisoners, bodies and equipment in the sentences of one item, each with side and scope.

Numbers without a noun of their own take over what the fact before them counted ("dont 630", "Moscou en a récupéré 27",
"Séoul s'en tient à 1 100").
"""

from collections.abc import Sequence

from schemas.enumerations import Measure
from streams.extraction.attribution import Voices
from streams.extraction.claims import Trace
from streams.extraction.personnel_fact import BELLIGERENTS, LOSSES, Fact
from streams.extraction.personnel_owner import NEIGHBOURS, gapped, sides_of
from streams.languages.fr.personnel import Counted, Parsed, grammar, parse
from streams.languages.fr.personnel_frames import MEN, OF, PARTS, told
from streams.languages.fr.personnel_predicates import Told, first_of, head_class, predicates
from streams.languages.fr.personnel_scope import scope_of
from streams.languages.fr.personnel_sides import army_side, both_sides, noun_side
from streams.reading.document import Sentence

MEMORY = 3
FARTHEST_BACK = 6
FRACTION_REACH = 4
MOST_FACTS = 400
FATE_REACH = 8
NO_NEWS = ("no.hypothesis", "no.sport", "no.fiction")
GROWTH_RULE = "the growth of a total"
ECHOED = LOSSES | {"deployed", "deserted"}
SUMMED: frozenset[Measure] = frozenset(
    ("deserted", "captured", "recruited", "mobilised", "trained", "exchanged", "bodies-returned")
)
LISTED = frozenset((*OF, "prisoner"))


class ItemFacts:
    """Reads the facts of an item's sentences in order; `facts` holds them, `parsed` every sentence with marks."""

    def __init__(self, sentences: Sequence[Sentence], voices: Voices, trace: Trace) -> None:
        self.facts: list[Fact] = []
        self.parsed: list[Parsed] = []
        self._voices = voices
        self._trace = trace
        for sentence in sentences:
            parsed = parse(sentence, counting=bool(self.facts))
            self.parsed.append(parsed)
            if parsed.counted and len(self.facts) < MOST_FACTS:
                self._read(parsed)

    def _read(self, parsed: Parsed) -> None:
        for counted in parsed.counted:
            found = self._facts_of(parsed, counted)
            quantity = counted.quantity
            for fact in found:
                self.facts.append(fact)
                self._trace.keep(
                    fact.rule, parsed.sentence, quantity.start, quantity.end, f"{fact.measure} {fact.value}"
                )
            if not found and not quantity.article:
                reason = _passed_over(parsed, counted)
                self._trace.drop("military-personnel", parsed.sentence, quantity.start, quantity.end, reason)

    def _facts_of(self, parsed: Parsed, counted: Counted) -> list[Fact]:
        if _negated(parsed, counted) or any(parsed.tagged(tag) for tag in NO_NEWS) or only_supposed(parsed):
            return []
        if not counted.quantity.value or (parsed.tagged("no.elsewhere") and self._foreign(parsed, counted)):
            return []
        answer = (
            self._growth(parsed, counted)
            or self._part(parsed, counted)
            or self._whole(parsed, counted)
            or self._same_fate(parsed, counted)
            or self._again(parsed, counted)
            or self._back(parsed, counted)
        )
        if answer is None or self._of_others(parsed, counted) or not self._plausible(parsed, counted, answer):
            return []
        scope = "event" if answer.rule == GROWTH_RULE else scope_of(parsed, counted)
        sides = sides_of(parsed, counted, answer, self._voices.mentions(parsed.sentence), self.facts)
        found = [
            Fact(parsed, counted, answer.measure, answer.kind, answer.rule, answer.of, side, scope, answer.predicate)
            for side in sides
        ]
        if answer.measure == "captured":
            died = next((m for m in parsed.marks if m.has("pred.") == "killed" and m.first >= counted.last), None)
            if died is not None and (died.last - died.first > 1 or parsed.tokens[died.first].norm in grammar("died")):
                rule = "captured soldiers who died"
                found.append(Fact(parsed, counted, "killed", "captivity", rule, "soldier", sides[0], scope, died))
        return found

    def _growth(self, parsed: Parsed, counted: Counted) -> Told | None:
        """ "500 080 soldats (+ 1 210)": the last day's growth of the count before it."""
        last = self.facts[-1] if self.facts else None
        if (
            last is None
            or counted.head is not None
            or not counted.first
            or parsed.tokens[counted.first - 1].norm not in grammar("growth")
        ):
            return None
        before = [each for each in parsed.counted if each.first < counted.first]
        if not before or last.counted is not before[-1] or last.measure not in LOSSES:
            return None
        last.scope = "cumulative"
        return Told(last.measure, last.kind, GROWTH_RULE, last.of, None, True)

    def _foreign(self, parsed: Parsed, counted: Counted) -> bool:
        """Whether a sentence on another war counts people of neither camp of this one."""
        return noun_side(parsed, counted, self._voices.mentions(parsed.sentence)) not in BELLIGERENTS

    def _of_others(self, parsed: Parsed, counted: Counted) -> bool:
        """Whether wounded or dead are only a part of those captured or exchanged ("dont 80 blessés")."""
        last = self._recent(parsed)
        hurt = head_class(counted) in ("injured", "killed")
        return (
            hurt
            and counted.part
            and last is not None
            and last.kind in ("captivity", "prisoner-exchange", "repatriation")
        )

    def _whole(self, parsed: Parsed, counted: Counted) -> Told | None:
        if counted.quantity.unit == "percent":
            return self._share(parsed, counted) or told(parsed, counted)
        return told(parsed, counted) if counted.quantity.unit is None else None

    def _recent(self, parsed: Parsed) -> Fact | None:
        """The fact before this place, if it stands in this sentence or in one of the few before it."""
        last = self.facts[-1] if self.facts else None
        return last if last is not None and parsed.sentence.index - last.sentence.index <= MEMORY else None

    def _part(self, parsed: Parsed, counted: Counted) -> Told | None:
        """ "dont 500 officiers", "dont 630 en une journée", "parmi eux, trois femmes": a part of the fact before it."""
        last = self._recent(parsed)
        opened = parsed.tokens[0].norm in grammar("opening_part")
        listed = bool(last and last.sentence is parsed.sentence and _is_listed(parsed, counted))
        if last is None or counted.quantity.article or not (counted.part or opened or listed):
            return None
        of = OF.get(head_class(counted) or "")
        if of is not None and last.measure not in ("losses", "killed", "injured"):
            return Told(last.measure, last.kind, PARTS, of, None, True)
        if of in ("officer", "general"):
            return Told(last.measure, last.kind, PARTS, of, None, True)
        if head_class(counted) in ("soldier", None) and scope_of(parsed, counted) == "event" and last.measure in LOSSES:
            return Told(last.measure, last.kind, "the last day's part of a count", last.of, None, True)
        if head_class(counted) == "prisoner" and last.measure in LOSSES and last.sentence is parsed.sentence:
            return Told("captured", "losses", "prisoners in a list of losses", None, None, True)
        if head_class(counted) == "soldier" and last.measure == "strength":
            return Told("strength", last.kind, "the soldiers of a strength", "soldier", None, True)
        if head_class(counted) == "soldier" and last.measure == "exchanged":
            return Told(last.measure, last.kind, PARTS, "soldier", None, True)
        return None

    def _share(self, parsed: Parsed, counted: Counted) -> Told | None:
        """ "Cela représente 20 % des soldats": the share that those counted before are."""
        last = self._recent(parsed)
        following = {token.norm for token in parsed.tokens[counted.last : counted.last + 7]}
        if (
            last is None
            or not following & grammar("share")
            or last.kind in ("losses", "prisoner-exchange", "repatriation")
        ):
            return None
        return Told("share", last.kind, "share of an army", None, None)

    def _again(self, parsed: Parsed, counted: Counted) -> Told | None:
        """A bare number that repeats the frame before it: "la Russie en a récupéré 27", "Séoul s'en tient à 1 100"."""
        last = self._recent(parsed)
        if last is None or counted.head is not None or counted.other or counted.quantity.article or counted.part:
            return None
        near = predicates(parsed, counted)
        if last.measure in ("bodies-returned", "exchanged"):
            if last.sentence is parsed.sentence and gapped(counted, self._voices.mentions(parsed.sentence)) is not None:
                return Told(last.measure, last.kind, "the same, told of another side or day", None, None)
            moved = next(
                (mark for cost, name, mark in near if name in ("receive", "give", "freed") and cost <= 8), None
            )
            if moved is not None:
                return Told(last.measure, last.kind, "the same, told of another side or day", None, moved)
            if both_sides(parsed, counted) and last.measure == "exchanged":
                return Told(last.measure, last.kind, "as many on each side", None, None)
            return None
        before = [token.norm for token in parsed.tokens[max(0, counted.first - 4) : counted.first]]
        own = [cost for cost, _, _ in near if cost <= 5]
        echoed = bool(before) and before[-1] in grammar("echo") and bool(grammar("echo_verb") & set(before))
        if echoed and not own and last.measure in ECHOED:
            return Told(last.measure, last.kind, "another count of the same", last.of, None, True)
        running = last.measure in LOSSES | SUMMED and scope_of(parsed, counted) == "cumulative"
        if running and (not own or counted.quantity.value > last.value):
            return Told(last.measure, last.kind, "the total of a daily count", last.of, None, True)
        return None

    def _same_fate(self, parsed: Parsed, counted: Counted) -> Told | None:
        """ "102 autres ont subi le même sort": what the count before it stated."""
        last = self._recent(parsed)
        fate = next((m for m in parsed.tagged("same.fate") if 0 <= m.first - counted.last <= FATE_REACH), None)
        if last is None or fate is None or head_class(counted) not in MEN | {"prisoner", None} or counted.other:
            return None
        return Told(last.measure, last.kind, "the same fate", last.of, fate, True)

    def _back(self, parsed: Parsed, counted: Counted) -> Told | None:
        """People who are back, where an exchange is told: "189 Ukrainiens sont rentrés"."""
        last = self._recent(parsed)
        if last is None or last.measure != "exchanged" or head_class(counted) not in MEN or counted.part:
            return None
        back = first_of(predicates(parsed, counted), "back", within=FARTHEST_BACK)
        return (
            Told("exchanged", "prisoner-exchange", "prisoners who are back", None, back) if back is not None else None
        )

    def _plausible(self, parsed: Parsed, counted: Counted, answer: Told) -> bool:
        if answer.kind in ("deployment", "training", "strength") and any(p.tagged("no.exercise") for p in self.parsed):
            return False
        if answer.kind != "losses":
            return True
        head = head_class(counted)
        if head in ("soldier", "officer", "general", "person", "own") or answer.inherits:
            if head == "person" and noun_side(parsed, counted, self._voices.mentions(parsed.sentence)) is None:
                return False
            return not self._in_strike(parsed, counted)
        last = self._recent(parsed)
        military = bool(grammar("military") & {token.norm for token in parsed.tokens})
        military = military or first_of(predicates(parsed, counted), "lose") is not None
        admitted = any(token.norm.startswith(tuple(grammar("admitting"))) for token in parsed.tokens)
        military = military or (admitted and army_side(parsed, self._voices.mentions(parsed.sentence)) is not None)
        at_war = last is not None and last.kind in NEIGHBOURS
        return (at_war or military) and not self._in_strike(parsed, counted)

    def _in_strike(self, parsed: Parsed, counted: Counted) -> bool:
        """Whether soldiers fell in a strike that the item tells, rather than in battle or a general staff's count."""
        if parsed.tagged("strike.ground") or counted.quantity.value >= 500 or scope_of(parsed, counted) == "cumulative":
            return False
        if any(fact.kind in NEIGHBOURS for fact in self.facts):
            return False
        return any(each.tagged("strike.weapon") for each in self.parsed[-MEMORY - 1 :])


def _is_listed(parsed: Parsed, counted: Counted) -> bool:
    head = head_class(counted)
    return head == "prisoner" or (head in LISTED and not predicates_near(parsed, counted))


def predicates_near(parsed: Parsed, counted: Counted) -> bool:
    """Whether a verb of the stream governs the number closely."""
    return any(cost <= 3 for cost, _, _ in predicates(parsed, counted))


def _negated(parsed: Parsed, counted: Counted) -> bool:
    """Whether a number is denied ("pas 300") or only the whole of a fraction ("la moitié de ses 12 000 hommes")."""
    before = [token.norm for token in parsed.tokens[max(0, counted.first - FRACTION_REACH) : counted.first]]
    quoted = parsed.sentence.is_quoted(counted.quantity.start)
    named = quoted and counted.head is None and counted.quantity.qualifier == "range" and bool(before)
    ratio = bool(before) and before[-1] in grammar("ratio")
    rate = ratio and any(0 < counted.first - other.last <= FRACTION_REACH for other in parsed.counted)
    return bool(named or rate or grammar("negation") & set(before[-1:]) or grammar("fraction") & set(before))


def only_supposed(parsed: Parsed) -> bool:
    """Whether a sentence only supposes: "si Moscou mobilisait 500 000 hommes, il lui faudrait …"."""
    norms = [token.norm for token in parsed.tokens]
    conditions = [i for i, norm in enumerate(norms) if norm in grammar("condition")]
    if not conditions or all(i and norms[i - 1] in grammar("not_condition") for i in conditions):
        return False
    return any(norm.endswith(tuple(grammar("conditional_ending"))) for norm in norms)


def _passed_over(parsed: Parsed, counted: Counted) -> str:
    """Why no rule counts a number, in a few words."""
    if _negated(parsed, counted):
        return "denied, or the whole of a fraction"
    if parsed.tagged("no.hypothesis"):
        return "only supposed"
    if counted.other:
        return "counts something else"
    if counted.head is None:
        return "no noun, and no verb close enough"
    return "its noun has no verb of the stream, or no side of this war"
