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
SAYINGS = frozenset(("speech.about", "speech.medium", "speech.phrase", "speech.same", "speech.verb"))
SUBJECT_GAP = 14
AFTER_GAP = 4
MOST_SAYINGS = 24
APPOSITION_REACH = 8
LINK_REACH = 3
OFFICE_REACH = 6
MOST_MENTIONS = 80


_latest: list[tuple[Document, "Voices"]] = []


def voices_of(document: Document) -> "Voices":
    """The voices of a document, read once although each stream's extractor asks for them."""
    if not _latest or _latest[0][0] is not document:
        _latest[:] = [(document, Voices(document))]
    return _latest[0][1]


class Voices:
    """Whom a document names, found at once, and who speaks in it, found when first asked for."""

    def __init__(self, document: Document) -> None:
        self._sentences = document.sentences
        self._marks: dict[int, list[Mark]] = {}
        self._mentions: dict[int, list[Mention]] = {}
        self._named: dict[int, tuple[str, ...]] = {}
        self._speaker: dict[int, str | None] = {}
        self._full: dict[str, Mention] = {}
        self._heard = False
        self._read_names()

    def mentions(self, sentence: Sentence) -> list[Mention]:
        """Persons, countries, offices and media of a sentence, in order."""
        return self._mentions[sentence.index]

    def marks(self, sentence: Sentence) -> list[Mark]:
        """Words of `lexicon/people.toml` in a sentence, verbs of saying among them."""
        return self._marks[sentence.index]

    def speaker(self, sentence: Sentence) -> str | None:
        """Who says what this sentence states, as written (a surname in full where the text has it), or None."""
        self._hear()
        return self._speaker.get(sentence.index)

    def sources(self, sentences: Iterable[Sentence]) -> tuple[str, ...]:
        """Everybody whom these sentences quote, in the order of the text, none twice."""
        self._hear()
        return tuple(dict.fromkeys(name for each in sentences for name in self._named.get(each.index, ())))

    def full_name(self, name: str) -> str:
        """The longest form of a person's name that the text has."""
        known = self._full.get(_surname(name))
        return known.name if known is not None and same_person(name, known.name) else name

    def _read_names(self) -> None:
        words = people_words()
        for sentence in self._sentences:
            marks = self._marks[sentence.index] = marks_in(sentence.norms, words)
            mentions = self._mentions[sentence.index] = find_mentions(sentence.text, sentence.tokens, marks)
            for mention in mentions:
                if mention.kind == "person" and " " in mention.name:
                    surname = _surname(mention.name)
                    known = self._full.get(surname)
                    if known is None or len(known.name) < len(mention.name):
                        self._full[surname] = mention
        for sentence in self._sentences if self._full else ():
            self._add_surnames(sentence)

    def _hear(self) -> None:
        if self._heard:
            return
        self._heard = True
        last, before = None, None
        for sentence in self._sentences:
            if before is not None and before.item != sentence.item:
                last, before = None, None
            names, pronoun, backward = _voices_in(sentence, self._mentions[sentence.index], self._marks[sentence.index])
            names = [self.full_name(name) for name in names]
            speaker = names[0] if names else (last if pronoun else None)
            self._named[sentence.index] = tuple(names)
            self._speaker[sentence.index] = speaker
            if speaker and backward and before is not None and self._speaker[before.index] is None:
                self._speaker[before.index] = speaker
            last, before = speaker if speaker else last, sentence
        self._fill_quotations(self._sentences)

    def _add_surnames(self, sentence: Sentence) -> None:
        """A surname alone is a person where the text has the full name."""
        capital = [index for index, token in enumerate(sentence.tokens) if token.capital]
        named = [index for index in capital if fold(sentence.tokens[index].norm) in self._full]
        if not named:
            return
        mentions = self._mentions[sentence.index]
        taken = {index for mention in mentions for index in range(mention.first, mention.last)}
        for index in named:
            if index not in taken:
                token = sentence.tokens[index]
                name, country = sentence.text[token.start : token.end], self._full[fold(token.norm)].country
                mentions.append(Mention(index, index + 1, token.start, token.end, "person", name, country))
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


def _says(tags: frozenset[str]) -> str | None:
    """The class of a word of saying ("verb", "about", "pronoun" …), None for any other."""
    return rest_of(tags, "speech.")


def _voices_in(sentence: Sentence, mentions: Sequence[Mention], marks: Sequence[Mark]) -> tuple[list[str], bool, bool]:
    """(names that speak in a sentence, whether a pronoun or "the same source" does, whether of what stands before)."""
    sayings = [mark for mark in marks if not SAYINGS.isdisjoint(mark.tags) and _says(mark.tags) != "pronoun"]
    if not sayings:
        return [], False, False
    tokens, mentions = sentence.tokens, mentions[:MOST_MENTIONS]
    found: list[tuple[int, str]] = []
    pronoun = False
    backward = len(tokens) > 3 and tokens[0].norm == "c'" and tokens[2].norm == "ce"
    for mark in sayings[:MOST_SAYINGS]:
        saying = _says(mark.tags)
        index, length = mark.first, mark.last - mark.first
        if saying == "about":
            hit = _named_after(sentence, mentions, mark.last, AFTER_GAP * 2)
            if hit is not None and hit[0] and tokens[hit[0] - 1].norm in grammar("demonstrative"):
                pronoun = True
            elif hit is not None:
                found.append(hit)
        elif saying in ("verb", "phrase"):
            if tokens[index].norm.endswith(tuple(grammar("noun_ending"))):
                continue
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
    if tokens[index].norm.endswith(tuple(grammar("inverted_pronoun"))):
        return True
    return any("speech.pronoun" in words.tags(token.norm) for token in around)


def _named_after(sentence: Sentence, mentions: Sequence[Mention], at: int, gap: int) -> tuple[int, str] | None:
    """The first who is named within `gap` tokens behind `at`, before a verb or a stop."""
    mention = next((each for each in mentions if each.first >= at and each.kind in SPEAKERS), None)
    if mention is None or mention.first - at > gap:
        return None
    stops, others = grammar("stop"), grammar("not_subject")
    for token in sentence.tokens[at : mention.first]:
        if token.norm in stops or token.norm in others:
            return None
    return mention.first, _speaker_name(sentence, mentions, mention)


def _subject(
    sentence: Sentence, mentions: Sequence[Mention], index: int, length: int, backward: bool
) -> tuple[int, str] | None:
    """Who does the saying: behind an inverted verb, else the nearest before it in the clause."""
    tokens = sentence.tokens
    before = [token.norm for token in tokens[max(0, index - 3) : index]]
    plural = tokens[index].norm.endswith(tuple(grammar("plural_participle")))
    if plural or not grammar("passive").isdisjoint(before):
        return _agent(sentence, mentions, index + length)
    inverted = backward or not before or not grammar("inversion").isdisjoint(before[-2:])
    words = people_words()
    spoken = any("speech.pronoun" in words.tags(word) for word in before)
    if inverted or (before[-1] in grammar("auxiliary") and not spoken):
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
    tokens = sentence.tokens
    for mention in mentions:
        if mention.last > index:
            break
        if mention.kind in SPEAKERS and index - mention.last <= SUBJECT_GAP:
            if chosen is not None and (_linked(tokens, chosen, mention) or _apposition(tokens, chosen, mention)):
                continue
            governed = mention.first > 0 and tokens[mention.first - 1].norm in grammar("governing")
            if not (governed and mention.kind in ("capital", "name")):
                chosen = mention
    starts = grammar("clause_start")
    if chosen is None or any(token.norm in starts for token in tokens[chosen.last : index]):
        return None
    return chosen.first, _speaker_name(sentence, mentions, chosen)


def _linked(tokens: Sequence[Token], head: Mention, other: Mention) -> bool:
    """Whether `other` only completes `head` ("le gouverneur de la région de X", "le président ukrainien")."""
    if other.first - head.last > LINK_REACH or other.kind == "person":
        return False
    links = grammar("link")
    return all(token.norm in links for token in tokens[head.last : other.first])


def _apposition(tokens: Sequence[Token], head: Mention, other: Mention) -> bool:
    """Whether `other` is the office of the person before it ("Ivan Bondar, le gouverneur, parle")."""
    near = 0 < other.first - head.last <= LINK_REACH
    return near and head.kind == "person" and other.kind == "office" and tokens[head.last].norm == ","


def _speaker_name(sentence: Sentence, mentions: Sequence[Mention], head: Mention) -> str:
    """The person or medium in apposition to an office ("le maire de X, Y Z"), else the office as written."""
    if head.kind in ("person", "media", "organisation"):
        return head.name
    if head.office == "witness" and head.name.endswith("s"):
        return _office_text(sentence, head)
    words, stop_signs = people_words(), grammar("stop")
    for mention in mentions:
        if mention.first < head.last:
            continue
        if mention.first - head.last > APPOSITION_REACH:
            break
        between = [token.norm for token in sentence.tokens[head.last : mention.first]]
        stops = [norm for norm in between if norm in stop_signs]
        told = any(_says(words.tags(norm)) is not None for norm in between)
        if mention.kind in ("person", "media") and stops in ([], [","]) and not told:
            return mention.name
        if mention.kind == "person":
            break
    return _office_text(sentence, head)


def _office_text(sentence: Sentence, head: Mention) -> str:
    """The words of an office with those that complete it: "gouverneur de la région de X"."""
    tokens, last = sentence.tokens, head.last
    links, stops = grammar("link"), grammar("stop")
    while last < len(tokens) and last < head.last + OFFICE_REACH:
        norm = tokens[last].norm
        leads = norm in links and last + 1 < len(tokens) and tokens[last + 1].norm not in stops
        led = tokens[last - 1].norm in links and norm not in stops and norm not in links
        if not (leads or led or tokens[last].capital or _describes(norm)):
            break
        last += 1
    while last > head.last and tokens[last - 1].norm in links:
        last -= 1
    return sentence.text[head.start : tokens[last - 1].end]


def _describes(norm: str) -> bool:
    """Whether a word is an adjective of offices: "régional", "ukrainien"."""
    tags = people_words().tags(norm)
    if norm.endswith(tuple(grammar("adjective_ending"))) and _says(tags) is None:
        return True
    return any(tag.startswith("nation") for tag in tags)
