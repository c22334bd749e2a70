"""Military personnel: exchanges, bodies, losses, desertions, deployments, mobilisation … as claims about events."""

from collections.abc import Sequence
from functools import cached_property

from schemas.enumerations import PersonnelKind
from streams.extraction.attribution import Voices, voices_of
from streams.extraction.claims import Claim, Trace
from streams.extraction.personnel.claim import claim_of
from streams.extraction.personnel.equipment import equipment_facts
from streams.extraction.personnel.events import Group, grouped, join
from streams.extraction.personnel.fact import BELLIGERENTS, Fact
from streams.extraction.personnel.facts import ItemFacts
from streams.extraction.personnel.machines import machines_lost
from streams.extraction.personnel.news import surely_soldiers
from streams.extraction.personnel.telling import told_without_figures
from streams.languages.fr.personnel.armies import CONTINGENT_RULE, LISTED_RULE
from streams.languages.fr.personnel.sentence import Parsed, grammar, parse
from streams.languages.fr.personnel.sides import WARRING, army_side, subject_side
from streams.reading.document import Document, Sentence
from streams.reading.items import ItemText

DEFAULT_SIDE = "UA"
OWNER_REACH = 4
OPENING = 2
MOST_TWINS = 40
HOME_KINDS: frozenset[PersonnelKind] = frozenset(
    ("desertion", "training", "mobilisation", "recruitment", "transfer", "strength", "repatriation")
)
CALLED_UP = HOME_KINDS - {"repatriation"}
HOMELESS = HOME_KINDS | {"prisoner-exchange"}


def extract(document: Document, trace: Trace) -> list[Claim]:
    """The claims of a document's military-personnel events, in the order of their first telling."""
    trace.stream = "military-personnel"
    voices = voices_of(document)
    events: list[tuple[ItemText, Group]] = []
    for item in document.items:
        reading = ItemFacts(document.sentences_of(item.position), voices, trace)
        if made_up(reading.parsed):
            trace.refuse(item.position, "it tells of a game, a film or something else made up")
            continue
        facts = reading.read()
        equipment = equipment_facts(reading.parsed, facts) or machines_lost(reading.parsed, voices)
        for fact in equipment:
            number = fact.counted.quantity
            trace.keep(fact.rule, fact.sentence, number.start, number.end, fact.measure, number.value)
        groups = grouped(_sided([*facts, *equipment], reading, document, voices))
        for telling in told_without_figures(reading.parsed):
            join(groups, telling)
        events.extend((item, group) for group in groups)
    events = _lead_joined(events)
    _add_unplaced(document, voices, trace, [group for _, group in events])
    return [claim_of(document, item, group, voices) for item, group in events]


def _lead_joined(events: Sequence[tuple[ItemText, Group]]) -> list[tuple[ItemText, Group]]:
    """Events without those that only title or lead tell for an item, where another item's event has the same number."""
    kept = []
    for item, group in events:
        heading = all(fact.sentence.section in ("title", "lead") for fact in group.facts) and not group.tellings
        twin = _twin(group, [other for at, other in events if at is not item]) if heading and group.facts else None
        if twin is None:
            kept.append((item, group))
        else:
            twin.facts.extend(group.facts)
    return kept


def _twin(group: Group, others: Sequence[Group]) -> Group | None:
    values = {fact.value for fact in group.facts}
    for other in others[:MOST_TWINS]:
        if other.kind == group.kind and not values.isdisjoint(fact.value for fact in other.facts[:MOST_TWINS]):
            return other
    return None


def _add_unplaced(document: Document, voices: Voices, trace: Trace, groups: Sequence[Group]) -> None:
    """Facts of title and lead sentences that speak of no one item join the one event of their kind."""
    if not groups and not trace.explain:
        return
    for fact in ItemFacts(document.sentences_of(0), voices, trace).read():
        same = [group for group in groups if group.kind == fact.kind and group.facts]
        if len(same) == 1 and fact.side in (None, same[0].facts[0].side):
            fact.side = same[0].facts[0].side
            same[0].facts.append(fact)


def is_fiction(sentences: Sequence[Sentence]) -> bool:
    """Whether an item's opening says that all of it is played or made up: a mock parliament, a film, a game."""
    return made_up([parse(sentence) for sentence in sentences[:OPENING]])


def made_up(parsed_sentences: Sequence[Parsed]) -> bool:
    """`is_fiction` of sentences whose marks are known."""
    opening = parsed_sentences[:OPENING]
    return any(mark.has("no.") == "fiction" for parsed in opening for mark in parsed.tagged("no.fiction"))


def speaks_of_war(document: Document, voices: Voices) -> bool:
    """Whether the bulletin names Ukraine, Russia or what belongs to their war at all."""
    for sentence in document.sentences:
        for mention in voices.mentions(sentence):
            if mention.country in WARRING:
                return True
        if any("war.word" in mark.tags for mark in voices.marks(sentence)):
            return True
    return any(mention.place.country in WARRING for sentence in document.sentences for mention in sentence.places)


def _sided(facts: Sequence[Fact], reading: ItemFacts, document: Document, voices: Voices) -> list[Fact]:
    """Facts with the side that context gives; those whose army nothing tells are no events of this war."""
    if all(fact.side is not None for fact in facts):
        return _of_this_war(facts, reading, voices)
    at_war = speaks_of_war(document, voices)
    context = _Context(facts, _owner_of_losses(reading, voices), at_war, _camps(reading, voices), reading)
    kept = []
    for fact in facts:
        fact.side = fact.side if fact.side is not None else context.side_of(fact)
        if fact.side is not None or at_war or fact.kind not in HOMELESS:
            kept.append(fact)
    return _of_this_war(kept, reading, voices)


def _of_this_war(facts: Sequence[Fact], reading: ItemFacts, voices: Voices) -> list[Fact]:
    """Facts without those of an army outside this war; a contingent's strength stands with those sent to it."""
    kept: list[Fact] = []
    for fact in facts:
        beside = fact.rule == CONTINGENT_RULE and any(each.kind == "deployment" for each in kept)
        if beside:
            fact.side = next(each.side for each in kept if each.kind == "deployment")
        if beside or not _of_others(fact, reading, voices):
            kept.append(fact)
    return kept


def _of_others(fact: Fact, reading: ItemFacts, voices: Voices) -> bool:
    """Whether a fact tells of an army outside this war, or of losses without an army."""
    if fact.side in BELLIGERENTS:
        return False
    if fact.kind == "losses" or (fact.kind == "captivity" and not _on_the_ground(fact)):
        return True
    if fact.kind == "captivity":
        return False
    return (fact.kind == "deployment" and not _theatre(fact, reading, voices)) or (
        fact.kind in HOME_KINDS and fact.side is not None
    )


class _Context:
    """The sides that an item's other facts tell, for those that have none of their own."""

    def __init__(
        self, facts: Sequence[Fact], owner: str | None, at_war: bool, camps: dict[int, str], reading: ItemFacts
    ) -> None:
        self._owner, self._at_war, self._camps, self._reading = owner, at_war, camps, reading
        self._of_kind: dict[str, str] = {}
        self._of_value: dict[tuple[str, float], set[str]] = {}
        self._of_sentence: dict[int, str] = {}
        told = [fact for fact in facts if fact.side is not None]
        self._spoken: dict[int, str] = {fact.sentence.index: fact.side for fact in told if fact.side is not None}
        self._fighting = {fact.sentence.index for fact in told if fact.kind in ("deployment", "recruitment")}
        swapped: dict[int, set[str]] = {}
        for fact in facts:
            if fact.side is not None:
                self._of_kind.setdefault(fact.kind, fact.side)
                self._of_value.setdefault((fact.kind, fact.value), set()).add(fact.side)
                if fact.kind == "prisoner-exchange" and fact.scope != "cumulative":
                    swapped.setdefault(fact.sentence.index, set()).add(fact.side)
                if fact.kind == "losses":
                    self._of_sentence.setdefault(fact.sentence.index, fact.side)

        self._of_swap = {index: next(iter(sides)) for index, sides in swapped.items() if len(sides) == 1}

    @cached_property
    def _ground(self) -> frozenset[str]:
        return _ground(self._reading)

    def side_of(self, fact: Fact) -> str | None:
        """The side of the same sentence's losses, of the same number told elsewhere, of the same kind, or the usual."""
        if fact.kind == "losses":
            beside = self._of_sentence.get(fact.sentence.index, self._owner)
            if beside is None and fact.parsed.norms[0] in grammar("pronoun_subject"):
                beside = self._camps.get(fact.sentence.index)
            return beside if beside is not None or fact.rule != LISTED_RULE else "RU"
        same = self._of_value.get((fact.kind, fact.value), set())
        if fact.kind == "prisoner-exchange" and not same:
            return self._of_swap.get(fact.sentence.index) if fact.of is None else None
        if fact.kind == "prisoner-exchange":
            return next(iter(same)) if len(same) == 1 else (self._of_kind.get(fact.kind) if same else None)
        if same:
            return min(same, key=lambda side: side != self._of_kind[fact.kind])
        before = fact.sentence.index - 1
        goes_on = fact.parsed.norms[0] in grammar("pronoun_subject")
        goes_on = goes_on or (fact.kind in ("recruitment", "mobilisation") and before in self._fighting)
        if goes_on and before in self._spoken:
            return self._spoken[before]
        if fact.kind in CALLED_UP and self._ground == {"RU"}:
            return self._of_kind.get(fact.kind, "RU")
        usual = fact.kind in HOME_KINDS and self._at_war and fact.counted.quantity.qualifier != "vague"
        return self._of_kind.get(fact.kind, self._camps.get(fact.sentence.index, DEFAULT_SIDE) if usual else None)


def _ground(reading: ItemFacts) -> frozenset[str]:
    """The warring countries whose places an item names: where it is one alone, its people are called up there."""
    countries = {
        mention.place.country
        for parsed in reading.parsed
        if parsed.counting or parsed.marks
        for mention in parsed.sentence.places
    }
    return frozenset(country for country in countries if country in WARRING)


def _camps(reading: ItemFacts, voices: Voices) -> dict[int, str]:
    """For each sentence the camp last spoken of alone up to it: "La Russie recrute. Ils sont 30 000 par mois"."""
    found: dict[int, str] = {}
    last: str | None = None
    for parsed in reading.parsed:
        named = {
            mention.country
            for mention in voices.mentions(parsed.sentence)
            if mention.country in WARRING and mention.kind != "person"
        }
        if len(named) == 1:
            last = named.pop()
        if last is not None:
            found[parsed.sentence.index] = last
    return found


def _owner_of_losses(reading: ItemFacts, voices: Voices) -> str | None:
    """Whose losses the item speaks of: "pertes russes", "l'armée russe a publié ses pertes"."""
    owners = grammar("loss_owner")
    for parsed in reading.parsed:
        for mark in parsed.tagged("pred.out"):
            index = mark.first
            if parsed.norms[index] not in owners:
                continue
            mentions = voices.mentions(parsed.sentence)
            near = [each for each in parsed.tagged("side.") if abs(each.first - index) <= OWNER_REACH]
            behind = [m for m in mentions if index < m.first < index + OWNER_REACH and m.kind != "person"]
            named = near[0].has("side.") if near else (behind[0].country if behind else None)
            side = named if named is not None else subject_side(parsed, mentions, index)
            if side in BELLIGERENTS:
                return side
    return None


def _sent_by_others(fact: Fact, voices: Voices) -> bool:
    """Whether the countries that send soldiers stand before the verb: "Paris et Londres déploieraient …"."""
    if fact.predicate is None or not surely_soldiers(fact.counted):
        return False
    before = [m for m in voices.mentions(fact.sentence) if m.last <= fact.predicate.first and m.kind != "person"]
    return any(mention.country is not None and mention.country not in BELLIGERENTS for mention in before)


def _on_the_ground(fact: Fact) -> bool:
    """Whether foreigners are taken where this war is fought: "deux Chinois capturés dans la région de Donetsk"."""
    return fact.side is not None and any(mention.place.country in WARRING for mention in fact.sentence.places)


def _theatre(fact: Fact, reading: ItemFacts, voices: Voices) -> bool:
    """Whether troops go to this war's ground, by their sentence, or by the item where the sentence names no place."""
    places = fact.sentence.places
    if any(mention.place.country in WARRING for mention in places):
        return True
    if army_side(fact.parsed, voices.mentions(fact.sentence)) in WARRING:
        return True
    if "pred.train" in fact.parsed.keys and any(m.country == "UA" for m in voices.mentions(fact.sentence)):
        return True
    begin = fact.parsed.tokens[fact.counted.first].start
    if any(mention.start > begin for mention in places) or not _sent_by_others(fact, voices):
        return False
    return any(
        mention.country == "UA" and mention.kind != "person"
        for parsed in reading.parsed
        for mention in voices.mentions(parsed.sentence)
    )
