"""Military personnel: exchanges, bodies, losses, desertions, deployments, mobilisation … as claims about events."""

from collections.abc import Sequence

from schemas.enumerations import PersonnelKind
from streams.extraction.attribution import Voices, voices_of
from streams.extraction.claims import Claim, Trace
from streams.extraction.personnel_claim import claim_of
from streams.extraction.personnel_equipment import equipment_facts
from streams.extraction.personnel_events import Group, grouped, join
from streams.extraction.personnel_fact import BELLIGERENTS, Fact
from streams.extraction.personnel_facts import ItemFacts
from streams.extraction.personnel_telling import told_without_figures
from streams.languages.fr.personnel import grammar, personnel_words
from streams.languages.fr.personnel_armies import LISTED_RULE
from streams.languages.fr.personnel_sides import WARRING, subject_side
from streams.languages.marks import marks_in
from streams.reading.document import Document, Sentence
from streams.reading.items import ItemText

DEFAULT_SIDE = "UA"
OWNER_REACH = 4
OPENING = 2
HOME_KINDS: frozenset[PersonnelKind] = frozenset(
    ("desertion", "training", "mobilisation", "recruitment", "transfer", "strength", "repatriation")
)


def extract(document: Document, trace: Trace) -> list[Claim]:
    """The claims of a document's military-personnel events, in the order of their first telling."""
    voices = voices_of(document)
    at_war = speaks_of_war(document, voices)
    events: list[tuple[ItemText, Group]] = []
    for item in document.items:
        if is_fiction(document.sentences_of(item.position)):
            continue
        reading = ItemFacts(document.sentences_of(item.position), voices, trace)
        facts = [*reading.facts, *equipment_facts(reading.parsed, reading.facts)]
        groups = grouped(_sided(facts, reading, voices, at_war))
        for telling in told_without_figures(reading.parsed):
            join(groups, telling)
        events.extend((item, group) for group in groups)
    _add_unplaced(document, voices, trace, [group for _, group in events])
    return [claim_of(document, item, group, voices) for item, group in events]


def _add_unplaced(document: Document, voices: Voices, trace: Trace, groups: Sequence[Group]) -> None:
    """Facts of title and lead sentences that speak of no one item join the one event of their kind."""
    for fact in ItemFacts(document.sentences_of(0), voices, trace).facts:
        same = [group for group in groups if group.kind == fact.kind and group.facts]
        if len(same) == 1 and fact.side in (None, same[0].facts[0].side):
            fact.side = same[0].facts[0].side
            same[0].facts.append(fact)


def is_fiction(sentences: Sequence[Sentence]) -> bool:
    """Whether an item's opening says that all of it is played or made up: a mock parliament, a film, a game."""
    told = (sentence.tokens for sentence in sentences[:OPENING])
    return any(mark.has("no.") == "fiction" for tokens in told for mark in marks_in(tokens, personnel_words()))


def speaks_of_war(document: Document, voices: Voices) -> bool:
    """Whether the bulletin names Ukraine, Russia or what belongs to their war at all."""
    for sentence in document.sentences:
        if any(mention.country in WARRING for mention in voices.mentions(sentence)):
            return True
        if any(mark.has("war.") is not None for mark in voices.marks(sentence)):
            return True
    return any(mention.place.country in WARRING for sentence in document.sentences for mention in sentence.places)


def _sided(facts: Sequence[Fact], reading: ItemFacts, voices: Voices, at_war: bool) -> list[Fact]:
    """Facts with the side that context gives; those whose army nothing tells are no events of this war."""
    context = _Context(facts, _owner_of_losses(reading, voices), at_war, _camps(reading, voices))
    kept = []
    for fact in facts:
        fact.side = fact.side if fact.side is not None else context.side_of(fact)
        foreign = fact.side not in BELLIGERENTS
        if fact.side is not None and foreign and fact.kind in HOME_KINDS:
            continue
        if fact.kind == "deployment" and foreign and not _theatre(fact):
            continue
        if fact.kind in ("losses", "captivity") and foreign:
            continue
        if fact.side is None and not at_war and (fact.kind in HOME_KINDS or fact.kind == "prisoner-exchange"):
            continue
        kept.append(fact)
    return kept


class _Context:
    """The sides that an item's other facts tell, for those that have none of their own."""

    def __init__(self, facts: Sequence[Fact], owner: str | None, at_war: bool, camps: dict[int, str]) -> None:
        self._owner, self._at_war, self._camps = owner, at_war, camps
        self._of_kind: dict[str, str] = {}
        self._of_value: dict[tuple[str, float], set[str]] = {}
        self._of_sentence: dict[int, str] = {}
        for fact in facts:
            if fact.side is not None:
                self._of_kind.setdefault(fact.kind, fact.side)
                self._of_value.setdefault((fact.kind, fact.value), set()).add(fact.side)
                if fact.kind == "losses":
                    self._of_sentence.setdefault(fact.sentence.index, fact.side)

    def side_of(self, fact: Fact) -> str | None:
        """The side of the same sentence's losses, of the same number told elsewhere, of the same kind, or the usual."""
        if fact.kind == "losses":
            beside = self._of_sentence.get(fact.sentence.index, self._owner)
            return beside if beside is not None or fact.rule != LISTED_RULE else "RU"
        same = self._of_value.get((fact.kind, fact.value), set())
        if fact.kind == "prisoner-exchange":
            return next(iter(same)) if len(same) == 1 else None
        if same:
            return min(same, key=lambda side: side != self._of_kind[fact.kind])
        usual = fact.kind in HOME_KINDS and self._at_war and fact.counted.quantity.qualifier != "vague"
        return self._of_kind.get(fact.kind, self._camps.get(fact.sentence.index, DEFAULT_SIDE) if usual else None)


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
            if parsed.tokens[index].norm not in owners:
                continue
            mentions = voices.mentions(parsed.sentence)
            near = [each for each in parsed.tagged("side.") if abs(each.first - index) <= OWNER_REACH]
            behind = [m for m in mentions if index < m.first < index + OWNER_REACH and m.kind != "person"]
            named = near[0].has("side.") if near else (behind[0].country if behind else None)
            side = named if named is not None else subject_side(parsed, mentions, index)
            if side in BELLIGERENTS:
                return side
    return None


def _theatre(fact: Fact) -> bool:
    return any(mention.place.country in WARRING for mention in fact.sentence.places)
