"""What a French sentence says of diplomacy: marked words and who acts.

Whether an act is really told: `streams/languages/fr/diplomacy/telling.py`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from streams.languages.fr.conjugation import conjugated_vocabulary
from streams.languages.fr.people import Mention
from streams.languages.fr.people import grammar as people_grammar
from streams.languages.lexicon import Vocabulary
from streams.languages.marks import Mark, marks_in
from streams.languages.tagging import keys_in, keys_of, word_lists
from streams.reading.document import Sentence
from streams.reading.tokens import Token

PROMINENT_KEY = "prominent."
PROMINENT = frozenset(("title", "lead", "headline"))
MOST_MARKS = 80
MOST_MENTIONS = 60
MOST_CLAUSES = 8
MOST_PASSED = 4
PASSED = frozenset(("à", "en", "au", "aux"))
PARTING = PASSED | {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "hier", "le", "ce"}
TOKEN_START = attrgetter("start")
BETWEEN_REACH = 10
SUBJECT_REACH = 28
COMPLETION_REACH = 5
LEADING = frozenset(("leader", "minister", "envoy", "assembly"))


class Scene(Struct):
    """A sentence with its diplomatic marks, the tags and families they have, and everybody it names.

    `around` are the tags of all sentences of its item; `pronoun` is whom "il" or "elle" means in it; `before` the
    sentence before it.
    """

    sentence: Sentence
    marks: list[Mark]
    mentions: Sequence[Mention]
    keys: set[str]
    pronoun: Mention | None = None
    around: frozenset[str] = frozenset()
    before: "Scene | None" = None
    _recalls: bool | None = None

    @property
    def tokens(self) -> Sequence[Token]:
        """The sentence's tokens."""
        return self.sentence.tokens

    @property
    def words(self) -> list[str]:
        """The words of its tokens, normalised."""
        return self.sentence.norms

    @property
    def recalls(self) -> bool:
        """Whether it tells a number with a day or a place, so that what lies behind it is an event of its own."""
        if self._recalls is None:
            counted = any(not each.article and not each.ordinal for each in self.sentence.quantities)
            self._recalls = counted and bool(self.sentence.dates or self.sentence.places)
        return self._recalls

    @property
    def prominent(self) -> bool:
        """Whether it stands in the title, the lead or a headline, where verbs may lack."""
        return PROMINENT_KEY in self.keys

    def tagged(self, tag: str) -> Sequence[Mark]:
        """Marks with this tag ("talks.noun") or with any of a family ("talks."), in order."""
        return [mark for mark in self.marks if tag in keys_of(mark.tags)] if tag in self.keys else ()

    def norms(self, first: int, last: int) -> list[str]:
        """The normalised words of a span of tokens."""
        return self.words[max(0, first) : last]

    def has_word(self, key: str, first: int, last: int) -> bool:
        """Whether a word of a list of the grammar stands in a span of tokens."""
        return not grammar(key).isdisjoint(self.words[max(0, first) : last])


grammar = word_lists("fr", "diplomacy-grammar")


def diplomacy_words() -> Vocabulary:
    """The vocabulary of `lexicon/diplomacy.toml`."""
    return conjugated_vocabulary("diplomacy")


def scene_of(sentence: Sentence, mentions: Sequence[Mention]) -> Scene:
    """The marks and mentions of a sentence."""
    marks = _marks(sentence)
    keys = keys_in(marks)
    if sentence.section in PROMINENT:
        keys.add(PROMINENT_KEY)
    if "vote.body" in keys and not _votes_for_a_state(sentence, marks, mentions):
        keys.discard("vote.body")
    return Scene(sentence, marks, mentions[:MOST_MENTIONS], keys)


def _marks(sentence: Sentence) -> list[Mark]:
    """The marks of a sentence; a day or a place within a phrase is passed over: "ont tenu lundi à Rome une réunion"."""
    tokens, norms, words = sentence.tokens, sentence.norms, diplomacy_words()
    passed = _within_phrases(sentence, words) if _may_part(tokens, words) else ()
    if not passed:
        return marks_in(norms, words)[:MOST_MARKS]
    kept = [index for index in range(len(tokens)) if index not in passed]
    found = marks_in([norms[index] for index in kept], words)[:MOST_MARKS]
    return [Mark(kept[mark.first], kept[mark.last - 1] + 1, mark.tags) for mark in found]


def _may_part(tokens: Sequence[Token], words: Vocabulary) -> bool:
    """Whether a day or a place may stand behind the first word of a phrase; a look before either is read."""
    before = ""
    for token in tokens:
        if token.norm in PARTING and before and words.entry(before)[1] is not None and before not in grammar("copula"):
            return True
        before = token.norm
    return False


def _within_phrases(sentence: Sentence, words: Vocabulary) -> set[int]:
    """The tokens of days and places that stand between two words of one phrase."""
    tokens = sentence.tokens
    told = [(day.start, day.end) for day in sentence.dates[:MOST_PASSED]]
    told += [(place.start, place.end) for place in sentence.places[:MOST_PASSED]]
    spans: list[tuple[int, int]] = []
    for start, end in sorted(told):
        first = last = bisect_left(tokens, start, key=TOKEN_START)
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        if first and tokens[first - 1].norm in PASSED:
            first -= 1
        if spans and first <= spans[-1][1]:
            first, last = spans[-1][0], max(last, spans.pop()[1])
        spans.append((first, last))
    passed: set[int] = set()
    for first, last in spans:
        opening = words.entry(tokens[first - 1].norm)[1] if first and last < len(tokens) else None
        if opening is not None and tokens[last].norm in opening.words and not _is_copula(tokens[first - 1]):
            passed.update(range(first, last))
    return passed


def _is_copula(token: Token) -> bool:
    """Whether a day behind this word belongs to it: "était samedi à Kyiv"."""
    return token.norm in grammar("copula")


def _votes_for_a_state(sentence: Sentence, marks: Sequence[Mark], mentions: Sequence[Mention]) -> bool:
    """Whether one of the bodies named is a parliament: "le Congrès", "les députés danois", not a trade's congress."""
    tokens, weak = sentence.tokens, grammar("weak_body")
    nations = {m.first for m in mentions if m.country is not None}
    for mark in marks:
        if "vote.body" not in mark.tags:
            continue
        plain = mark.last - mark.first == 1 and tokens[mark.first].norm in weak and not tokens[mark.first].capital
        if not plain or not nations.isdisjoint(range(mark.last, mark.last + 3)):
            return True
    return False


def clauses(scene: Scene) -> list[Scene]:
    """The parts of a sentence between semicolons and "puis", each with its own words and mentions."""
    ends = [index for index, word in enumerate(scene.words) if word in grammar("clause_break")]
    bounds = [0, *ends[:MOST_CLAUSES], len(scene.words)]
    return [
        replace(
            scene,
            marks=[mark for mark in scene.marks if low <= mark.first < high],
            mentions=[mention for mention in scene.mentions if low <= mention.first < high],
        )
        for low, high in pairwise(bounds)
    ]


def meets_between(scene: Scene, mark: Mark) -> bool:
    """Whether a noun of meeting names its sides behind "entre" or "avec"."""
    return scene.has_word("between", mark.last, mark.last + BETWEEN_REACH)


def is_actor(mention: Mention) -> bool:
    """Whether a mention may act in diplomacy: a politician, a leading office, a government, an organisation."""
    if mention.kind == "person":
        return mention.country is not None
    if mention.kind == "office":
        return mention.office in LEADING or mention.name.lower() in grammar("government")
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
    begin, ends = max(0, mark.first - SUBJECT_REACH), grammar("clause_end")
    for index in range(mark.first - 1, begin - 1, -1):
        if scene.words[index] in ends:
            begin = index + 1
            break
    return [
        mention
        for mention in scene.mentions
        if begin < mention.last
        and mention.last <= mark.first
        and is_actor(mention)
        and not governed(scene, mention)
        and not scene.has_word("according", mention.first - 2, mention.first)
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
        apart = other.first - mention.last
        if not 0 <= apart <= COMPLETION_REACH or (other.country is None and other.kind != "person"):
            continue
        if other.kind != "person" and not scene.has_word("apart", mention.last, other.first):
            return other.country
        if other.kind == "person" and apart <= 1:
            return other.country
    return None


@lru_cache(maxsize=4096)
def _acts(tags: frozenset[str]) -> bool:
    """Whether a word is a verb of two sides, which parts who acts from whom it is done to."""
    return any(tag.startswith(("talks.", "call.")) and not tag.endswith("noun") for tag in tags)


def parties(scene: Scene) -> list[Mention]:
    """Persons and leading offices that the sentence names, an office and its holder once."""
    found: list[Mention] = []
    for mention in scene.mentions:
        if not is_actor(mention) or mention.kind not in ("person", "office"):
            continue
        if mention.name.lower() in grammar("collective") or mention.office == "assembly":
            continue
        if found and mention.kind == "person" and found[-1].kind == "office" and mention.first - found[-1].last <= 8:
            low, high = found[-1].last, mention.first
            acted = any(low <= each.first < high and _acts(each.tags) for each in scene.marks)
            if not acted and not scene.has_word("joining", low, high):
                found[-1] = mention
                continue
        if not (found and explains(scene, found[-1], mention)):
            found.append(mention)
    return found


def explains(scene: Scene, person: Mention, office: Mention) -> bool:
    """Whether an office only tells who the person before it is: "Ivan Novak, le ministre tchèque,"."""
    between = scene.norms(person.last, office.first)
    led = between[:1] == [","] and set(between[1:]) <= grammar("article")
    return led and person.kind == "person" and office.kind == "office"
