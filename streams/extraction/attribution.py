"""Who speaks in each sentence of a bulletin, and whom it quotes: names as written.

`Voices(document)` reads the document once. `voices.mentions(sentence)` are the persons, countries, offices and media it
names; `voices.speaker(sentence)` is who says it, or None; `voices.sources(sentences)` all who are quoted in them.
"""

from collections.abc import Iterable, Sequence

from streams.languages.fr.people import Mention, find_mentions, grammar, people_words, same_person
from streams.languages.lexicon import fold
from streams.languages.marks import Mark, marks_in, rest_of
from streams.reading.document import Document, Sentence
from streams.reading.tokens import Token

SPEAKERS = frozenset(("person", "media", "office", "organisation", "capital", "name"))
SUBJECT_GAP = 14
AFTER_GAP = 4
MOST_SAYINGS = 24
APPOSITION_REACH = 8
MOST_MENTIONS = 80


_latest: list[tuple[Document, "Voices"]] = []


def voices_of(document: Document) -> "Voices":
    """The voices of a document, read once although each stream's extractor asks for them."""
    if not _latest or _latest[0][0] is not document:
        _latest[:] = [(document, Voices(document))]
    return _latest[0][1]


class Voices:
    """The speakers of a document; mentions of each sentence are found once."""

    def __init__(self, document: Document) -> None:
        self._marks: dict[int, list[Mark]] = {}
        self._mentions: dict[int, list[Mention]] = {}
        self._named: dict[int, tuple[str, ...]] = {}
        self._speaker: dict[int, str | None] = {}
        self._full: dict[str, Mention] = {}
        self._read(document.sentences)

    def mentions(self, sentence: Sentence) -> list[Mention]:
        """Persons, countries, offices and media of a sentence, in order."""
        known = self._mentions.get(sentence.index)
        if known is None:
            marks = self._marks[sentence.index] = marks_in(sentence.tokens, people_words())
            known = self._mentions[sentence.index] = find_mentions(sentence.text, sentence.tokens, marks)
        return known

    def marks(self, sentence: Sentence) -> list[Mark]:
        """Words of `lexicon/people.toml` in a sentence, verbs of saying among them."""
        self.mentions(sentence)
        return self._marks[sentence.index]

    def speaker(self, sentence: Sentence) -> str | None:
        """Who says what this sentence states, as written (a surname in full where the text has it), or None."""
        return self._speaker.get(sentence.index)

    def sources(self, sentences: Iterable[Sentence]) -> tuple[str, ...]:
        """Everybody whom these sentences quote, in the order of the text, none twice."""
        return tuple(dict.fromkeys(name for each in sentences for name in self._named.get(each.index, ())))

    def full_name(self, name: str) -> str:
        """The longest form of a person's name that the text has."""
        known = self._full.get(_surname(name))
        return known.name if known is not None and same_person(name, known.name) else name

    def _read(self, sentences: Sequence[Sentence]) -> None:
        for sentence in sentences:
            for mention in self.mentions(sentence):
                if mention.kind == "person" and " " in mention.name:
                    known = self._full.get(_surname(mention.name))
                    if known is None or len(known.name) < len(mention.name):
                        self._full[_surname(mention.name)] = mention
        for sentence in sentences if self._full else ():
            self._add_surnames(sentence)
        last, item = None, 0
        for position, sentence in enumerate(sentences):
            if sentence.item != item:
                last, item = None, sentence.item
            names, pronoun, backward = _voices_in(
                sentence, self.mentions(sentence)[:MOST_MENTIONS], self._marks[sentence.index]
            )
            names = [self.full_name(name) for name in names]
            speaker = names[0] if names else (last if pronoun else None)
            self._named[sentence.index] = tuple(names)
            self._speaker[sentence.index] = speaker
            if speaker and backward and position and sentences[position - 1].item == item:
                self._speaker.setdefault(sentences[position - 1].index, None)
                if self._speaker[sentences[position - 1].index] is None:
                    self._speaker[sentences[position - 1].index] = speaker
            last = speaker if speaker else last
        self._fill_quotations(sentences)

    def _add_surnames(self, sentence: Sentence) -> None:
        """A surname alone is a person where the text has the full name."""
        mentions = self._mentions[sentence.index]
        taken = {index for mention in mentions for index in range(mention.first, mention.last)}
        for index, token in enumerate(sentence.tokens):
            known = self._full.get(fold(token.norm)) if token.capital and index not in taken else None
            if known is not None:
                name = sentence.text[token.start : token.end]
                mentions.append(Mention(index, index + 1, token.start, token.end, "person", name, known.country))
        mentions.sort(key=lambda mention: mention.first)

    def _fill_quotations(self, sentences: Sequence[Sentence]) -> None:
        """A quotation over several sentences is of whoever speaks behind it in its paragraph, else before it."""
        coming: Sentence | None = None
        for sentence in reversed(sentences):
            if self._speaker.get(sentence.index) is not None:
                coming = sentence
            elif sentence.quoted and coming is not None and coming.paragraph == sentence.paragraph:
                self._speaker[sentence.index] = self._speaker[coming.index]


def _surname(name: str) -> str:
    return fold(name.rsplit(" ", 1)[-1])


def _says(norm: str) -> bool:
    return rest_of(people_words().tags(norm), "speech.") is not None


def _voices_in(sentence: Sentence, mentions: Sequence[Mention], marks: Sequence[Mark]) -> tuple[list[str], bool, bool]:
    """(names that speak in a sentence, whether a pronoun or "the same source" does, whether of what stands before)."""
    tokens = sentence.tokens
    found: list[tuple[int, str]] = []
    pronoun = False
    backward = len(tokens) > 3 and tokens[0].norm == "c'" and tokens[2].norm == "ce"
    sayings = [(mark.has("speech."), mark) for mark in marks]
    for saying, mark in [pair for pair in sayings if pair[0] not in (None, "pronoun")][:MOST_SAYINGS]:
        index, length = mark.first, mark.last - mark.first
        if saying == "about":
            hit = _named_after(sentence, mentions, mark.last, AFTER_GAP * 2)
            if hit is not None:
                found.append(hit)
        elif saying in ("verb", "phrase"):
            if mark.last < len(tokens) and tokens[mark.last].norm in grammar("negation"):
                continue
            hit = _subject(sentence, mentions, index, length, backward)
            if hit is not None:
                found.append(hit)
            else:
                pronoun = pronoun or _pronoun_speaks(tokens, index, length)
        elif saying == "same":
            pronoun = True
        elif saying == "medium":
            found.extend((m.first, m.name) for m in mentions if m.kind == "media" and 0 <= m.first - mark.last <= 2)
    ordered: list[str] = []
    for _, name in sorted(found):
        if name not in ordered:
            ordered.append(name)
    return ordered, pronoun and not ordered, backward


def _pronoun_speaks(tokens: Sequence[Token], index: int, length: int) -> bool:
    around = tokens[max(0, index - 4) : index + length + 1]
    words = people_words()
    return any("speech.pronoun" in words.tags(token.norm) for token in around) or tokens[index].norm.endswith(
        tuple(grammar("inverted_pronoun"))
    )


def _named_after(sentence: Sentence, mentions: Sequence[Mention], at: int, gap: int) -> tuple[int, str] | None:
    """The first who is named within `gap` tokens behind `at`, before a verb or a stop."""
    for mention in mentions:
        if mention.first < at or mention.kind not in SPEAKERS:
            continue
        between = sentence.tokens[at : mention.first]
        if len(between) > gap or any(token.norm in grammar("stop") | grammar("not_subject") for token in between):
            return None
        return mention.first, _speaker_name(sentence, mentions, mention)
    return None


def _subject(
    sentence: Sentence, mentions: Sequence[Mention], index: int, length: int, backward: bool
) -> tuple[int, str] | None:
    """Who does the saying: behind an inverted verb, else the nearest before it in the clause."""
    tokens = sentence.tokens
    before = [token.norm for token in tokens[max(0, index - 3) : index]]
    plural = tokens[index].norm.endswith(tuple(grammar("plural_participle")))
    if plural or grammar("passive") & set(before):
        return _agent(sentence, mentions, index + length)
    inverted = backward or bool(grammar("inversion") & set(before[-2:])) or not before
    spoken = any("speech.pronoun" in people_words().tags(word) for word in before)
    if inverted or (bool(grammar("auxiliary") & set(before[-1:])) and not spoken):
        hit = _named_after(sentence, mentions, index + length, AFTER_GAP)
        if hit is not None and (inverted or not _before(sentence, mentions, index)):
            return hit
    return None if spoken else _before(sentence, mentions, index)


def _agent(sentence: Sentence, mentions: Sequence[Mention], at: int) -> tuple[int, str] | None:
    if at < len(sentence.tokens) and sentence.tokens[at].norm in grammar("agent"):
        return _named_after(sentence, mentions, at + 1, AFTER_GAP)
    return None


def _before(sentence: Sentence, mentions: Sequence[Mention], index: int) -> tuple[int, str] | None:
    chosen: Mention | None = None
    for mention in mentions:
        if mention.last > index:
            break
        if mention.kind in SPEAKERS and index - mention.last <= SUBJECT_GAP:
            linked = chosen is not None and _linked(sentence.tokens, chosen, mention)
            linked = linked or (chosen is not None and _apposition(sentence.tokens, chosen, mention))
            governed = mention.first > 0 and sentence.tokens[mention.first - 1].norm in grammar("governing")
            if not linked and not (governed and mention.kind in ("capital", "name")):
                chosen = mention
    if chosen is None or any(token.norm in grammar("clause_start") for token in sentence.tokens[chosen.last : index]):
        return None
    return chosen.first, _speaker_name(sentence, mentions, chosen)


def _linked(tokens: Sequence[Token], head: Mention, other: Mention) -> bool:
    """Whether `other` only completes `head` ("le gouverneur de la région de X", "le président ukrainien")."""
    between = tokens[head.last : other.first]
    return len(between) <= 3 and other.kind != "person" and all(token.norm in grammar("link") for token in between)


def _apposition(tokens: Sequence[Token], head: Mention, other: Mention) -> bool:
    """Whether `other` is the office of the person before it ("Ivan Bondar, le gouverneur, parle")."""
    between = [token.norm for token in tokens[head.last : other.first]]
    return head.kind == "person" and other.kind == "office" and between[:1] == [","] and len(between) <= 3


def _speaker_name(sentence: Sentence, mentions: Sequence[Mention], head: Mention) -> str:
    """The person or medium in apposition to an office ("le maire de X, Y Z"), else the office as written."""
    if head.kind in ("person", "media", "organisation"):
        return head.name
    for mention in mentions:
        if mention.first < head.last:
            continue
        if mention.first - head.last > APPOSITION_REACH:
            break
        between = [token.norm for token in sentence.tokens[head.last : mention.first]]
        stops = [norm for norm in between if norm in grammar("stop")]
        near = len(between) <= APPOSITION_REACH and stops in ([], [","]) and not any(map(_says, between))
        if near and mention.kind in ("person", "media"):
            return mention.name
        if mention.kind == "person":
            break
    return _office_text(sentence, head)


def _office_text(sentence: Sentence, head: Mention) -> str:
    tokens, last = sentence.tokens, head.last
    words = people_words()
    while last < len(tokens) and last < head.last + 6:
        norm = tokens[last].norm
        if (norm in grammar("link") and last + 1 < len(tokens) and tokens[last + 1].norm not in grammar("stop")) or (
            tokens[last].capital
            or (norm.endswith(tuple(grammar("adjective_ending"))) and not _says(norm))
            or any(tag.startswith("nation") for tag in words.tags(norm))
            or (
                tokens[last - 1].norm in grammar("link") and norm not in grammar("stop") and norm not in grammar("link")
            )
        ):
            last += 1
        else:
            break
    while last > head.last and tokens[last - 1].norm in grammar("link"):
        last -= 1
    return sentence.text[head.start : tokens[last - 1].end]
