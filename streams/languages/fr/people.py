"""Persons, countries, offices and media that a French sentence names, each with its span and its country.

Names stay as written. The words are data: `lexicon/people.toml`.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from streams.languages.lexicon import Vocabulary, fold, vocabulary
from streams.languages.marks import Mark, marks_in, rest_of
from streams.languages.tagging import keys_of, word_lists
from streams.reading.tokens import Token

MentionKind = Literal["person", "adjective", "name", "capital", "organisation", "media", "office"]
INITIAL_LENGTH = 2
LONGEST_NAME = 6
LONGEST_OFFICE = 12
MOST_NAMES = 300
OFFICE_REACH = 3
NATION_REACH = 7
NO_PERSON = frozenset(("nation.", "media.", "organisation."))
PLACES_AND_MEDIA = ("nation.name.", "media.")


class Mention(Struct, gc=False):
    """What tokens `first` to `last` (exclusive) name; `country` is an ISO code or "EU", `office` a class of offices."""

    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    name: str
    country: str | None = None
    office: str | None = None


grammar = word_lists("fr", "people-grammar")


def people_words() -> Vocabulary:
    """The vocabulary of `lexicon/people.toml`."""
    return vocabulary("fr", "people")


def find_mentions(text: str, tokens: Sequence[Token], marks: Sequence[Mark] | None = None) -> list[Mention]:
    """Every person, country, office, organisation and medium of a sentence, in order, none inside another.

    >>> from streams.reading.tokens import tokenise
    >>> phrase = "Le maire, Pavlo Hrytsenko, a remercié Varsovie."
    >>> [(m.kind, m.name, m.country) for m in find_mentions(phrase, tokenise(phrase))]
    [('office', 'maire', None), ('person', 'Pavlo Hrytsenko', None), ('capital', 'Varsovie', 'PL')]
    """
    marks = marks_in([token.norm for token in tokens], people_words()) if marks is None else marks
    at = {mark.first: mark for mark in marks}
    found: list[Mention] = []
    reached = 0
    named = sorted({index for index, token in enumerate(tokens) if token.capital}.union(at))
    for index in named[:MOST_NAMES]:
        if index < reached:
            continue
        mark = at.get(index)
        if mark is None and not _goes_on(tokens, index):
            continue
        mention = _person_at(text, tokens, index, at) if tokens[index].capital else None
        if mention is None and mark is not None:
            mention = _tagged_mention(text, tokens, mark)
        if mention is not None:
            found.append(mention)
            reached = mention.last
    return found


def _tagged_mention(text: str, tokens: Sequence[Token], mark: Mark) -> Mention | None:
    first, last = tokens[mark.first], tokens[mark.last - 1]
    kind, rest = _kind_of(mark.tags, first.capital, mark.last > mark.first + 1)
    if kind is None:
        return None
    if kind == "organisation":
        union = "EU" if rest.startswith("Union") else None
        return Mention(mark.first, mark.last, first.start, last.end, kind, rest, union)
    written = text[first.start : last.end]
    if kind == "office":
        return Mention(mark.first, mark.last, first.start, last.end, kind, written, None, rest)
    country = None if kind == "media" else rest
    return Mention(mark.first, mark.last, first.start, last.end, kind, written, country)


@lru_cache(maxsize=4096)
def _kind_of(tags: frozenset[str], capital: bool, phrase: bool) -> tuple[MentionKind | None, str]:
    """What tags name and the country or office they tell; a capital word is a country's name before its adjective."""
    order: tuple[MentionKind, ...] = ("name", "capital", "adjective") if capital else ("adjective", "name", "capital")
    for kind in order:
        country = rest_of(tags, f"nation.{kind}.")
        if country is not None and (kind != "capital" or capital or phrase):
            return kind, country
    organisation = rest_of(tags, "organisation.")
    if organisation is not None and (capital or phrase):
        return "organisation", organisation
    if capital and rest_of(tags, "media.") is not None:
        return "media", ""
    office = rest_of(tags, "office.")
    return ("office", office) if office is not None else (None, "")


def _goes_on(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands behind a capital word can belong to one name with it: one unknown word alone is none."""
    if index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    return following.capital or following.norm == "." or following.norm in grammar("particle")


def _capital_run(tokens: Sequence[Token], index: int, at: Mapping[int, Mark]) -> int:
    """The index behind the run of capital words, initials and particles that begins at `index`."""
    last = index + 1
    while last < len(tokens) and last < index + LONGEST_NAME:
        token, before = tokens[last], tokens[last - 1]
        if token.start - before.end > 1:
            break
        if not token.capital:
            initial = token.norm == "." and before.capital and before.end - before.start <= INITIAL_LENGTH
            if not initial and not (token.norm in grammar("particle") and _in_surname(at, last)):
                break
        last += 1
    return last


def _in_surname(at: Mapping[int, Mark], index: int) -> bool:
    """Whether the particle at `index` belongs to a known surname ("von der Leyen"), not to a phrase ("de Kharkiv")."""
    marks = (at.get(first) for first in range(index, max(-1, index - 3), -1))
    return any(mark is not None and mark.last > index and mark.has("surname.") is not None for mark in marks)


def _person_at(text: str, tokens: Sequence[Token], index: int, at: Mapping[int, Mark]) -> Mention | None:
    """The person whose name begins at a capital word: a known surname, or a known given name and a second word."""
    mark = at.get(index)
    if mark is not None and not NO_PERSON.isdisjoint(keys_of(mark.tags)):
        return None
    last = _capital_run(tokens, index, at)
    if mark is None and last == index + 1:
        return None
    while last > index + 1 and last - 1 in at and _place_or_medium(at[last - 1].tags):
        last -= 1
    known = (at[first] for first in range(index, last) if first in at)
    surname = next((each for each in known if each.has("surname.") is not None and each.last <= last), None)
    nation: str | None = None
    if surname is None:
        named = last - index > 1 and mark is not None and mark.has("given.") is not None
        if not named and not (last - index > 1 and _after_office(tokens, index, at)):
            nation = _nation_of(tokens, index, last, at) if last - index > 1 else None
            if nation is None:
                return None
    while last > index + 1 and tokens[last - 1].norm in grammar("particle"):
        last -= 1
    start, end = tokens[index].start, tokens[last - 1].end
    country = surname.has("surname.") if surname is not None else nation
    return Mention(index, last, start, end, "person", text[start:end], country)


def _nation_of(tokens: Sequence[Token], index: int, last: int, at: Mapping[int, Mark]) -> str | None:
    """The country of a name that a nation leads or an office explains: "le Letton X Y", "X Y, ministre turc"."""
    before = _ending_at(at, index - 1) if index > 1 else None
    article = grammar("article")
    if before is not None and tokens[before.first].capital and tokens[before.first - 1].norm in article:
        return before.has("nation.adjective.")
    if last + 1 >= len(tokens) or tokens[last].norm != ",":
        return None
    if index and tokens[index - 1].norm in grammar("place_lead"):
        return None
    first = last + 2 if tokens[last + 1].norm in article else last + 1
    office = at.get(first)
    if office is None or office.has("office.") is None:
        return None
    near = (at[i] for i in range(office.last, min(office.last + NATION_REACH, len(tokens))) if i in at)
    named = next((told for mark in near if (told := rest_of(mark.tags, "nation.")) is not None), None)
    return None if named is None else named.rpartition(".")[2]


@lru_cache(maxsize=4096)
def _place_or_medium(tags: frozenset[str]) -> bool:
    return any(tag.startswith(PLACES_AND_MEDIA) for tag in tags)


def _after_office(tokens: Sequence[Token], index: int, at: Mapping[int, Mark]) -> bool:
    """Whether an office stands right before the name, perhaps with an adjective and a comma ("le maire, X Y")."""
    back = index - 2 if index and tokens[index - 1].norm == "," else index - 1
    farthest = back - OFFICE_REACH
    while back > farthest:
        mark = _ending_at(at, back)
        if mark is None:
            return False
        if mark.has("office.") is not None:
            return True
        if mark.has("nation.adjective.") is None:
            return False
        back = mark.first - 1
    return False


def _ending_at(at: Mapping[int, Mark], index: int) -> Mark | None:
    """The mark whose last token is the one at `index`."""
    for first in range(index, max(-1, index - LONGEST_OFFICE), -1):
        mark = at.get(first)
        if mark is not None:
            return mark if mark.last == index + 1 else None
    return None


def same_person(shorter: str, longer: str) -> bool:
    """Whether a surname alone names the person of a full name: "Hrytsenko" and "Pavlo Hrytsenko"."""
    return shorter == longer or fold(longer).endswith(" " + fold(shorter))
