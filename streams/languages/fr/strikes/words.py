"""The words of a sentence looked up in the lexicon of strikes, each word once, phrases by their first token."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from streams.languages.lexicon import LONGEST_CACHE, Vocabulary, vocabulary
from streams.languages.openings import NO_TAGS, Opening, longest
from streams.reading.document import Sentence

CARRIED = frozenset(("fate", "cause", "air", "strike", "harm", "victim", "weapon"))
TELLING = frozenset(("strike", "weak"))
CORE = frozenset(("strike", "weapon", "fate", "victim", "harm", "attack", "cause", "air.shot-down"))
STRIKING = frozenset(("strike", "weapon", "air", "person.civilian"))
WEAPONS = frozenset(("weapon.drone", "weapon.missile", "weapon.glide-bomb", "weapon.bomb", "weapon.ballistic-missile"))
FATAL = frozenset(("victim.killed", "victim.injured", "fate.killed", "fate.injured", "cause.killed", "harm.destroyed"))
HEAVY = WEAPONS | {"weapon.artillery", "weapon.rocket", "weapon.cruise-missile"}
OTHER = frozenset(("other.certain", "other.topic", "other.accident"))
SUBJECT = HEAVY | FATAL | OTHER | {"scene.old_war", "scene.ukrainian", "scene.russian"}
STRONG = frozenset((";", ":", ".", "!", "?", "…", "(", ")", "–", "—", "⇒", "•", "[", "]"))
REPORTED = frozenset(
    ("serait", "seraient", "aurait", "auraient", "paraît", "tirait", "tiraient", "entrait", "disparaît")
)
# The imperfect of verbs whose stem ends in r: "opérait", "mesurait", "enterrait"; no conditional ends so.
IMPERFECT = re.compile(
    r"(?:[éao]|eu|(?<!a)u|(?:enter|déter|ser|^er|nar|bar|démar|mou|cou|parcou|acc?ou|ent|rent|cont|rencont|mont|démont"
    r"|pénét|liv|déliv|ouv|couv|découv|recouv|souff|off|céléb|filt|illust|concent|enregist|administ|tit|vib|att?i|ret?i"
    r"|expi|respi|inspi|vi|dési|admi|déchi))r(?:ait|aient)$"
)


class Word(Struct, gc=False):
    """What is known of one word wherever it stands: its tags, and the phrases that it begins.

    `keys` are the tags and their families. `known` are words that have tags or begin a phrase, `core` those that a
    strike may be told with, `subject` those that tell what the text is about, `conditional` those in -rait. Of a sign,
    whether it ends a segment or a part of one.
    """

    kind: Literal["word", "sign"] = "word"
    known: bool = False
    tags: frozenset[str] = NO_TAGS
    keys: frozenset[str] = NO_TAGS
    opening: Opening | None = None
    core: bool = False
    subject: bool = False
    conditional: bool = False
    ends_segment: bool = False
    ends_part: bool = False


PLAIN = Word()


@dataclass(slots=True)
class Wording:
    """A sentence's words, one for each token, and the phrases among them: (number of tokens, tags) by first token.

    `core` says whether a word of a strike is among them,
    `subjects` the tokens whose word or phrase tells what the text is about.
    """

    sentence: Sentence
    words: Sequence[Word]
    phrases: dict[int, tuple[int, frozenset[str]]]
    subjects: list[int]
    core: bool

    def tags(self, index: int) -> frozenset[str]:
        """The tags of the longest phrase that begins at a token, else those of its word."""
        phrase = self.phrases.get(index)
        return self.words[index].tags if phrase is None else phrase[1]


@lru_cache(maxsize=2048)
def keys_of(tags: frozenset[str]) -> frozenset[str]:
    """Tags and their families: "fate.killed" and "fate"."""
    return tags | {tag.split(".", 1)[0] for tag in tags}


class StrikeWords(dict[str, Word]):
    """The vocabulary of `lexicon/strike.toml` with what the rules of strikes ask of each word in lower case or sign."""

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = words

    def __missing__(self, norm: str) -> Word:
        if len(self) > LONGEST_CACHE:
            self.clear()
        word = self[norm] = self._looked_up(norm)
        return word

    def _looked_up(self, norm: str) -> Word:
        tags, opening = self.vocabulary.entry(norm)
        sign = not norm[0].isalnum()
        conditional = norm.endswith(("rait", "raient")) and norm not in REPORTED and not IMPERFECT.search(norm)
        if not tags and opening is None and not sign and not conditional:
            return PLAIN
        keys = keys_of(tags)
        strong = norm in STRONG
        return Word(
            kind="sign" if sign else "word",
            known=bool(tags) or opening is not None,
            tags=tags,
            keys=keys,
            opening=opening,
            core=not CORE.isdisjoint(keys),
            subject=not SUBJECT.isdisjoint(tags),
            conditional=conditional,
            ends_segment=sign and strong,
            ends_part=sign and (strong or norm == ","),
        )


@lru_cache(maxsize=2)
def _over(words: Vocabulary) -> StrikeWords:
    return StrikeWords(words)


def strike_words() -> StrikeWords:
    """The words of strikes in French, the overlay's among them."""
    return _over(vocabulary("fr", "strike"))


def wording_of(sentence: Sentence) -> Wording:
    """The words of a sentence looked up: the longest phrase at each token, else the word's own tags."""
    norms = sentence.norms
    words = list(map(strike_words().__getitem__, norms))
    phrases: dict[int, tuple[int, frozenset[str]]] = {}
    subjects: list[int] = []
    core = False
    for index, word in enumerate(words):
        if not word.known:
            continue
        subject = word.subject
        if word.core:
            core = True
        opening = word.opening
        if opening is not None and (opening.stems or (index + 1 < len(words) and norms[index + 1] in opening.words)):
            phrase = longest(opening, norms, index)
            if phrase is not None:
                phrases[index] = phrase
                subject = not SUBJECT.isdisjoint(phrase[1])
                core = core or not CORE.isdisjoint(keys_of(phrase[1]))
        if subject:
            subjects.append(index)
    return Wording(sentence, words, phrases, subjects, core)


def carried(wording: Wording, index: int, size: int, tags: frozenset[str]) -> frozenset[str]:
    """The tags of a phrase with those of its last word; of one that only tells a strike, those of its every word."""
    words = wording.words
    families = {tag.split(".", 1)[0] for tag in tags}
    if "attack" in families:
        # "Tirs d'artillerie" are "tirs" in all that this word tells, with the weapon that the phrase ends in.
        weapons = {tag for tag in words[index + size - 1].tags if tag.startswith("weapon.")}
        return tags | words[index].tags | weapons
    if "severity" in families and "fate.killed" not in tags:
        # "Échappé à la mort", "lutte contre la mort": nobody has died.
        return tags
    more: set[str] = set()
    for position in range(index if families <= TELLING else index + size - 1, index + size):
        more.update(words[position].tags)
    if "fate" in families:
        more.update(tag for tag in words[index].tags if tag.startswith("cause."))
    # "Batteries S-400" are what was struck, not what struck.
    own = families | {"weapon"} if "thing" in families else families
    return tags | {tag for tag in more if tag.split(".", 1)[0] in CARRIED - own}


def may_tell(wordings: Sequence[Wording], tolls: int) -> bool:
    """Whether sentences have a word of a strike, a weapon or a civilian at all, or so many of dead and wounded, or
    one of them beside a place.
    """
    victims = 0
    for wording in wordings:
        if wording.core and wording.sentence.places and _has_toll(wording):
            return True
        for word in wording.words if wording.core or wording.phrases else ():
            if not word.known:
                continue
            if not STRIKING.isdisjoint(word.keys):
                return True
            victims += "victim" in word.keys
        for _, tags in wording.phrases.values():
            keys = keys_of(tags)
            if not STRIKING.isdisjoint(keys):
                return True
            victims += "victim" in keys
    return victims >= tolls


def _has_toll(wording: Wording) -> bool:
    """Whether somebody is dead or wounded in a sentence that counts people."""
    tolls = any(not word.tags.isdisjoint(FATAL) for word in wording.words if word.known)
    return tolls and bool(wording.sentence.quantities)
