"""What a French sentence says of diplomacy: marked words, who acts, and whether an act is really told.

A verb form counts as told when it stands in a main clause as news: finite, with an auxiliary, behind a modal verb, or
in a headline; not behind "avait", "après que", a negation, nor as a mere purpose ("pour rencontrer").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streams.languages.fr.conjugation import conjugated_vocabulary
from streams.languages.fr.people import Mention
from streams.languages.fr.people import grammar as people_grammar
from streams.languages.lexicon import Vocabulary
from streams.languages.marks import Mark, marks_in, word_set
from streams.reading.document import Sentence
from streams.reading.tokens import Token

CALLED_OFF = ("cancelled", "postponed")
FORMS = ("finite", "participle", "infinitive", "noun")
PROMINENT = frozenset(("title", "lead", "headline"))
AUXILIARY_REACH = 5
MOST_MARKS = 80
MOST_MENTIONS = 60
MODAL_REACH = 5
HOLDING_REACH = 12
TELLING_REACH = 3
BETWEEN_REACH = 10
OPENING = 3
SUBJECT_REACH = 28
LEADING = frozenset(("leader", "minister", "envoy", "assembly"))


@dataclass(slots=True)
class Scene:
    """A sentence with its diplomatic marks and everybody it names."""

    sentence: Sentence
    marks: list[Mark]
    mentions: Sequence[Mention]
    index: dict[str, list[Mark]]

    @property
    def tokens(self) -> Sequence[Token]:
        """The sentence's tokens."""
        return self.sentence.tokens

    @property
    def prominent(self) -> bool:
        """Whether it stands in the title, the lead or a headline, where verbs may lack."""
        return self.sentence.section in PROMINENT

    def tagged(self, tag: str) -> Sequence[Mark]:
        """Marks with this tag, in order."""
        return self.index.get(tag, ())

    def norms(self, first: int, last: int) -> list[str]:
        """The normalised words of a span of tokens."""
        return [token.norm for token in self.tokens[max(0, first) : last]]


def grammar(key: str) -> frozenset[str]:
    """A list of `lexicon/diplomacy-grammar.toml`."""
    return word_set("fr", "diplomacy-grammar", key)


def diplomacy_words() -> Vocabulary:
    """The vocabulary of `lexicon/diplomacy.toml`."""
    return conjugated_vocabulary("diplomacy")


def scene_of(sentence: Sentence, mentions: Sequence[Mention]) -> Scene:
    """The marks and mentions of a sentence."""
    marks = marks_in(sentence.tokens, diplomacy_words())[:MOST_MARKS]
    index: dict[str, list[Mark]] = {}
    for mark in marks:
        for tag in mark.tags:
            index.setdefault(tag, []).append(mark)
    return Scene(sentence, marks, mentions[:MOST_MENTIONS], index)


def told_marks(scene: Scene, kind: str) -> Iterator[Mark]:
    """The words of a kind of act that the sentence really tells."""
    candidates = [
        (mark.first, order, mark, form) for order, form in enumerate(FORMS) for mark in scene.tagged(f"{kind}.{form}")
    ]
    seen = set()
    for first, _, mark, form in sorted(candidates, key=lambda each: each[:2]):
        if first not in seen and _told(scene, mark, form):
            seen.add(first)
            yield mark


def _told(scene: Scene, mark: Mark, form: str) -> bool:
    before = scene.norms(mark.first - AUXILIARY_REACH, mark.first)
    if form == "noun" and looks_back(scene, mark):
        return True
    if _background(scene, mark):
        return False
    if form == "finite":
        return not (before[-1:] and before[-1] in grammar("determiner") | grammar("complement")) and not grammar(
            "negation"
        ) & set(before[-2:])
    if form == "participle":
        return _compound(scene, mark, before)
    if form == "infinitive":
        modal = any(m.last > mark.first - MODAL_REACH and m.last <= mark.first for m in scene.tagged("grammar.modal"))
        return modal and not grammar("purpose") & set(before[-2:])
    if before[-1:] and before[-1] in grammar("complement") and not scene.prominent:
        return False
    called_off = any(
        abs(each.first - mark.last) <= HOLDING_REACH
        for status in CALLED_OFF
        for each in scene.tagged(f"status.{status}")
    )
    return scene.prominent or called_off or _held(scene, mark) or _verbless(scene, mark)


def _compound(scene: Scene, mark: Mark, before: Sequence[str]) -> bool:
    """A participle behind its auxiliary ("s'est rendu"), alone in a headline, or opening a sentence ("Arrivée à")."""
    pluperfect = {norm for m in scene.tagged("grammar.pluperfect") for norm in scene.norms(m.first, m.last)}
    if pluperfect & set(before) or grammar("negation") & set(before):
        return False
    auxiliaries = {norm for m in scene.tagged("grammar.auxiliary") for norm in scene.norms(m.first, m.last)}
    return bool(auxiliaries & set(before)) or scene.prominent or mark.first == 0


def _held(scene: Scene, mark: Mark) -> bool:
    """Whether a noun is said to take place: "les négociations ont repris", "un entretien est prévu"."""
    for holding in scene.tagged("grammar.holding"):
        apart = holding.first - mark.last if holding.first >= mark.last else mark.first - holding.last
        if 0 <= apart <= HOLDING_REACH:
            before = scene.norms(holding.first - 3, holding.last)
            alone = holding.last - holding.first == 1 and before[-1].endswith(tuple(grammar("participle_ending")))
            if not alone or grammar("auxiliary") & set(before[:-1]):
                return not (grammar("negation") | grammar("past")) & set(before)
    return False


def meets_between(scene: Scene, mark: Mark) -> bool:
    """Whether a noun of meeting names its sides behind "entre" or "avec"."""
    return bool(grammar("between") & set(scene.norms(mark.last, mark.last + BETWEEN_REACH)))


def _verbless(scene: Scene, mark: Mark) -> bool:
    """Whether a sentence is news without a verb: "Nouvelle séance de pourparlers, mercredi, entre Kyiv et Moscou"."""
    verbs = ("grammar.auxiliary", "grammar.modal", "grammar.pluperfect")
    named = meets_between(scene, mark) or "visit.noun" in mark.tags or bool(scene.tagged("talks.pair"))
    return mark.first <= OPENING and named and not any(map(scene.tagged, verbs))


def looks_back(scene: Scene, mark: Mark) -> bool:
    """Whether a noun is told as what has just been: "à l'issue d'un entretien", "au lendemain de l'adoption"."""
    return any(
        0 <= mark.first - each.last <= TELLING_REACH
        and not grammar("without") & set(scene.norms(each.first - 2, each.first))
        for each in scene.tagged("grammar.telling")
    )


def _background(scene: Scene, mark: Mark) -> bool:
    return any(
        0 <= mark.first - each.last <= 12 and "," not in scene.norms(each.last, mark.first)
        for each in scene.tagged("grammar.background")
    )


def is_actor(mention: Mention) -> bool:
    """Whether a mention may act in diplomacy: a politician, a leading office, a government, an organisation."""
    if mention.kind == "person":
        return mention.country is not None
    if mention.kind == "office":
        return mention.office in LEADING
    people = mention.kind == "adjective" and mention.name[0].isupper() and mention.name.endswith("s")
    return people or mention.kind in ("capital", "name", "organisation")


def governed(scene: Scene, mention: Mention) -> bool:
    """Whether a country or capital only tells where or whose ("à Kyiv", "le président de la Pologne")."""
    if mention.kind not in ("capital", "name", "adjective"):
        return False
    before = scene.norms(mention.first - 2, mention.first)
    lead = before[:-1] if before and before[-1] in grammar("article") else before
    return bool(lead) and lead[-1] in grammar("preposition")


def subjects(scene: Scene, mark: Mark) -> list[Mention]:
    """Those who act, before the mark in its clause, the nearest last."""
    begin = max(0, mark.first - SUBJECT_REACH)
    for index in range(mark.first - 1, begin - 1, -1):
        if scene.tokens[index].norm in grammar("clause_end"):
            begin = index + 1
            break
    return [
        mention
        for mention in scene.mentions
        if begin <= mention.first
        and mention.last <= mark.first
        and is_actor(mention)
        and not governed(scene, mention)
        and not grammar("according") & set(scene.norms(mention.first - 2, mention.first))
    ]


def country_of(scene: Scene, mention: Mention) -> str | None:
    """The country of an actor: its own, or that of the adjective or name that completes an office."""
    if mention.country is not None:
        return mention.country
    if mention.office is None:
        return None
    if mention.name.lower() in people_grammar("papal"):
        return "VA"
    for other in scene.mentions:
        if other.first >= mention.last and other.first - mention.last <= 5:
            between = scene.norms(mention.last, other.first)
            if other.country is not None and other.kind != "person" and not grammar("apart") & set(between):
                return other.country
            if other.kind == "person" and len(between) <= 1:
                return other.country
    return None


def _acts(mark: Mark) -> bool:
    """Whether a word is a verb of two sides, which parts who acts from whom it is done to."""
    return any(tag.startswith(("talks.", "call.")) and not tag.endswith("noun") for tag in mark.tags)


def parties(scene: Scene) -> list[Mention]:
    """Persons and leading offices that the sentence names, an office and its holder once."""
    found: list[Mention] = []
    for mention in scene.mentions:
        if not is_actor(mention) or mention.kind not in ("person", "office"):
            continue
        if mention.name.lower() in grammar("collective") or mention.office == "assembly":
            continue
        if found and mention.kind == "person" and found[-1].kind == "office" and mention.first - found[-1].last <= 8:
            between = scene.norms(found[-1].last, mention.first)
            acted = any(found[-1].last <= each.first < mention.first for each in scene.marks if _acts(each))
            if not acted and not grammar("joining") & set(between):
                found[-1] = mention
                continue
        found.append(mention)
    return found
