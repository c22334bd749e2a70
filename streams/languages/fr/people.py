"""Persons, countries, offices and media that a French sentence names, each with its span and its country.

Names stay as written. The words are data: `lexicon/people.toml`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from streams.languages.lexicon import Vocabulary, fold, vocabulary
from streams.languages.marks import Mark, marks_in, rest_of, word_set
from streams.reading.tokens import Token

MentionKind = Literal["person", "adjective", "name", "capital", "organisation", "media", "office"]
INITIAL_LENGTH = 2
LONGEST_NAME = 6
PLACES_AND_MEDIA = ("nation.name.", "media.")


@dataclass(frozen=True, slots=True)
class Mention:
    """What tokens `first` to `last` (exclusive) name; `country` is an ISO code or "EU", `office` a class of offices."""

    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    name: str
    country: str | None = None
    office: str | None = None


def grammar(key: str) -> frozenset[str]:
    """A list of `lexicon/people-grammar.toml`."""
    return word_set("fr", "people-grammar", key)


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
    marks = marks_in(tokens, people_words()) if marks is None else marks
    at = {mark.first: mark for mark in marks}
    found: list[Mention] = []
    reached = 0
    for index, token in enumerate(tokens):
        if index < reached or not (token.capital or index in at):
            continue
        person = _person_at(text, tokens, index, at) if token.capital else None
        if person is not None:
            found.append(person)
            reached = person.last
        elif index in at:
            mention = _tagged_mention(text, tokens, at[index])
            if mention is not None:
                found.append(mention)
                reached = mention.last
    return found


def _tagged_mention(text: str, tokens: Sequence[Token], mark: Mark) -> Mention | None:
    first, last = tokens[mark.first], tokens[mark.last - 1]
    kind, rest = _kind_of(mark.tags, first.capital, mark.last - mark.first)
    if kind is None:
        return None
    span = (mark.first, mark.last, first.start, last.end)
    written = text[first.start : last.end]
    if kind == "organisation":
        return Mention(*span, kind=kind, name=rest, country="EU" if rest.startswith("Union") else None)
    if kind == "office":
        return Mention(*span, kind=kind, name=written, office=rest)
    return Mention(*span, kind=kind, name=written, country=None if kind == "media" else rest)


@lru_cache(maxsize=4096)
def _kind_of(tags: frozenset[str], capital: bool, length: int) -> tuple[MentionKind | None, str]:
    """What tags name and the country or office they tell; a capital word is a country's name before its adjective."""
    order: tuple[MentionKind, ...] = ("name", "capital", "adjective") if capital else ("adjective", "name", "capital")
    for kind in order:
        country = rest_of(tags, f"nation.{kind}.")
        if country is not None and (kind != "capital" or capital or length > 1):
            return kind, country
    organisation = rest_of(tags, "organisation.")
    if organisation is not None and (capital or length > 1):
        return "organisation", organisation
    if capital and rest_of(tags, "media.") is not None:
        return "media", ""
    office = rest_of(tags, "office.")
    return ("office", office) if office is not None else (None, "")


def _capital_run(tokens: Sequence[Token], index: int, at: Mapping[int, Mark]) -> int:
    """The index behind the run of capital words, initials and particles that begins at `index`."""
    last = index + 1
    while last < len(tokens) and last < index + LONGEST_NAME:
        token, before = tokens[last], tokens[last - 1]
        if token.start - before.end > 1:
            break
        initial = token.norm == "." and before.capital and before.end - before.start <= INITIAL_LENGTH
        if token.capital or initial or (token.norm in grammar("particle") and _in_surname(at, last)):
            last += 1
        else:
            break
    return last


def _in_surname(at: Mapping[int, Mark], index: int) -> bool:
    """Whether the particle at `index` belongs to a known surname ("von der Leyen"), not to a phrase ("de Kharkiv")."""
    marks = (at.get(first) for first in range(index, max(-1, index - 3), -1))
    return any(mark is not None and mark.last > index and mark.has("surname.") is not None for mark in marks)


def _person_at(text: str, tokens: Sequence[Token], index: int, at: Mapping[int, Mark]) -> Mention | None:
    """The person whose name begins at a capital word: a known surname, or a known given name and a second word."""
    mark = at.get(index)
    if mark is not None and any(mark.has(family) is not None for family in ("nation.", "media.", "organisation.")):
        return None
    last = _capital_run(tokens, index, at)
    if mark is None and last == index + 1:
        return None
    while last > index + 1 and last - 1 in at and any(at[last - 1].has(f) is not None for f in PLACES_AND_MEDIA):
        last -= 1
    known = (at[first] for first in range(index, last) if first in at)
    surname = next((each for each in known if each.has("surname.") is not None and each.last <= last), None)
    if surname is None:
        named = last - index > 1 and mark is not None and mark.has("given.") is not None
        if not named and not (last - index > 1 and _after_office(tokens, index, at)):
            return None
    while last > index + 1 and tokens[last - 1].norm in grammar("particle"):
        last -= 1
    start, end = tokens[index].start, tokens[last - 1].end
    country = surname.has("surname.") if surname is not None else None
    return Mention(index, last, start, end, "person", text[start:end], country)


def _after_office(tokens: Sequence[Token], index: int, at: Mapping[int, Mark]) -> bool:
    """Whether an office stands right before the name, perhaps with an adjective and a comma ("le maire, X Y")."""
    back = index - 2 if index and tokens[index - 1].norm == "," else index - 1
    for mark in sorted((m for m in at.values() if back - 3 < m.last - 1 <= back), key=lambda m: -m.last):
        if mark.last - 1 != back:
            return False
        if mark.has("office.") is not None:
            return True
        if mark.has("nation.adjective.") is None:
            return False
        back = mark.first - 1
    return False


def same_person(shorter: str, longer: str) -> bool:
    """Whether a surname alone names the person of a full name: "Hrytsenko" and "Pavlo Hrytsenko"."""
    return shorter == longer or fold(longer).endswith(" " + fold(shorter))
