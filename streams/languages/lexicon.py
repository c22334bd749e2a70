"""Words as data: the lexicon files of a language pack, with an overlay folder for further words.

A lexicon is one TOML file of `lexicon/` in a language package. Each key is a tag, each value a list of words or
phrases in lower case, as they stand in a text (elisions apart: "d' ordre"); a trailing `*` takes every ending
("bombard*"). A table may group tags: `[killed] noun = [...]` gives the tag `killed.noun`. Braces write several forms in
one: "{hier,ce} soir", "détruit{,e,s,es}"; a name in capitals stands for a list of the file's table `[forms]`:
"bless{PP}". A file of the same name in the folder that `BULLETINS_LEXICONS` names adds its words to the package's.
"""

import hashlib
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from streams.errors import UsageError
from streams.languages.openings import NO_TAGS, Opening, longest, opening_of

BRACES = re.compile(r"\{([^{}]*)\}")
FORMS = "forms"
LONGEST_CACHE = 50_000

_overlay: list[Path | None] = [None]
_remembered: list[Any] = []
Cached = TypeVar("Cached")


def read_again(cached: Cached) -> Cached:
    """A cached function whose answers rest on lexicons: it forgets them where the overlay changes."""
    _remembered.append(cached)
    return cached


def use_overlay(folder: Path | None) -> None:
    """Words of `folder` stand beside the package's from now on; None goes back to `BULLETINS_LEXICONS`."""
    _overlay[0] = folder
    for cached in _remembered:
        cached.cache_clear()


def overlay_folder() -> Path | None:
    """The folder of further words, or None; UsageError where `BULLETINS_LEXICONS` names no folder."""
    named = _overlay[0] or (Path(os.environ["BULLETINS_LEXICONS"]) if os.environ.get("BULLETINS_LEXICONS") else None)
    if named is not None and not named.is_dir():
        raise UsageError(f"BULLETINS_LEXICONS names {named}, which is no folder: create it or unset the variable")
    return named


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Lower case without accents: "Éffondré" gives "effondre"."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _read(path: Any) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f'{path}: {error}; a line of words is written as: killed = ["tué", "tués"]') from error


def _merged(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in more.items():
        if isinstance(value, dict):
            base[key] = _merged(dict(base.get(key, {})), value)
        elif isinstance(value, list):
            base[key] = [*base.get(key, []), *value]
        else:
            base[key] = value
    return base


@read_again
@lru_cache(maxsize=64)
def lexicon(language: str, name: str) -> Mapping[str, Any]:
    """The file `name`.toml of a language's `lexicon/` with the overlay's words added; read once."""
    tables = _read(resources.files("streams.languages") / language / "lexicon" / f"{name}.toml")
    folder = overlay_folder()
    if folder is not None and (folder / f"{name}.toml").is_file():
        tables = _merged(tables, _read(folder / f"{name}.toml"))
    return tables


def expanded(entry: str, forms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every word or phrase that an entry writes with braces; the entry itself where it has none.

    >>> list(expanded("{un,deux} bless{PP}", {"PP": ["é", "és"]}))
    ['un blessé', 'un blessés', 'deux blessé', 'deux blessés']
    """
    parts = BRACES.split(entry)
    if len(parts) == 1:
        yield entry
        return
    choices: list[Sequence[str]] = [
        (part,) if not index % 2 else forms[part] if part.isupper() and "," not in part else part.split(",")
        for index, part in enumerate(parts)
    ]
    for chosen in product(*choices):
        yield " ".join("".join(chosen).split())


def _tagged(tables: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tables.items():
        if isinstance(value, dict):
            yield from _tagged(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield from ((f"{prefix}{key}", word) for word in value)


Entry = tuple[frozenset[str], Opening | None]
UNKNOWN: Entry = (NO_TAGS, None)
ONE_TAG: dict[str, frozenset[str]] = {}


class Vocabulary:
    """The tags of words and phrases, from one lexicon file or several.

    A word not found as written is looked up without its accents, so that "TUES" or "éffondré" are known; exact forms
    win, as "tue" and "tué" do not say the same.
    """

    def __init__(self, tables: Sequence[Mapping[str, Any]]) -> None:
        self.words: dict[str, frozenset[str]] = {}
        self._folded: dict[str, frozenset[str]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._entries: dict[str, Entry] = {}
        for table in tables:
            forms = table.get(FORMS, {})
            for tag, entry in _tagged({key: value for key, value in table.items() if key != FORMS}):
                only = ONE_TAG.setdefault(tag, frozenset((tag,)))
                for each in expanded(entry, forms) if "{" in entry else (entry,):
                    self._add(tag, only, each.lower())
        self._shortest = min(map(len, self._stems), default=0)
        self._longest = max(map(len, self._stems), default=0)

    def _add(self, tag: str, tags: frozenset[str], entry: str) -> None:
        if " " in entry:
            parts = tuple(entry.split())
            self._phrases.setdefault(parts[0], []).append((parts, tag))
        elif entry.endswith("*"):
            self._stems[entry[:-1]] = self._stems.get(entry[:-1], NO_TAGS) | tags
        else:
            known = self.words.get(entry)
            self.words[entry] = tags if known is None else known | tags
            if not entry.isascii():
                folded = fold(entry)
                self._folded[folded] = self._folded.get(folded, NO_TAGS) | tags

    def entry(self, norm: str) -> Entry:
        """(tags of one word in lower case, the phrases that begin with it or None)."""
        known = self._entries.get(norm)
        if known is None:
            tags, phrases = self._look_up(norm), self._phrases.get(norm)
            opening = opening_of(phrases) if phrases is not None else None
            known = UNKNOWN if not tags and opening is None else (tags, opening)
            if len(self._entries) > LONGEST_CACHE:
                self._entries.clear()
            self._entries[norm] = known
        return known

    def tags(self, norm: str) -> frozenset[str]:
        """Every tag of one word in lower case; empty where it is unknown."""
        return self.entry(norm)[0]

    def _look_up(self, norm: str) -> frozenset[str]:
        exact = self.words.get(norm)
        if exact is None and not norm.isascii():
            folded = fold(norm)
            exact = self._folded.get(folded, NO_TAGS) | self.words.get(folded, NO_TAGS)
        elif exact is None:
            exact = self._folded.get(norm)
        if self._stems:
            for length in range(self._shortest, min(self._longest, len(norm)) + 1):
                stem = self._stems.get(norm[:length])
                if stem is not None:
                    exact = (exact or NO_TAGS) | stem
        return exact or NO_TAGS

    def marks(self, norms: Sequence[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
        """(first word, word after the last, tags) of every known word or longest phrase, none inside another."""
        last, reached = len(norms) - 1, 0
        for index, known in enumerate(map(self._entries.get, norms)):
            if known is UNKNOWN or index < reached:
                continue
            tags, opening = self.entry(norms[index]) if known is None else known
            length = 1
            if opening is not None and index < last and (opening.stems or norms[index + 1] in opening.words):
                phrase = longest(opening, norms, index)
                if phrase is not None:
                    length, tags = phrase
            if tags:
                reached = index + length
                yield index, reached, tags


@read_again
@lru_cache(maxsize=64)
def vocabulary(language: str, *names: str) -> Vocabulary:
    """The words of the named lexicon files as one vocabulary, compiled once."""
    return Vocabulary([lexicon(language, name) for name in names])


@read_again
@lru_cache(maxsize=8)
def fingerprint(language: str) -> str:
    """Eight hexadecimal digits over all that decides how a language is read: rules, lexicons, gazetteer, overlay."""
    digest = hashlib.sha256()
    root = resources.files("streams")
    found: dict[str, bytes] = {}
    languages = root / "languages"
    named = [(each.name, each) for each in languages.iterdir() if each.is_file()]
    named += [("extraction", root / "extraction"), ("reading", root / "reading"), (language, languages / language)]
    overlay = overlay_folder()
    if overlay is not None:
        named.append(("overlay", overlay))
    for name, entry in named:
        found.update(_rules_and_words(entry, name))
    for path in sorted(found):
        digest.update(path.encode() + b"\0" + found[path])
    return digest.hexdigest()[:8]


def _rules_and_words(entry: Any, path: str) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every module and lexicon at or below an entry."""
    if entry.is_dir():
        for each in entry.iterdir():
            yield from _rules_and_words(each, f"{path}/{each.name}")
    elif path.endswith((".py", ".toml", ".tsv")):
        yield path, entry.read_bytes()
