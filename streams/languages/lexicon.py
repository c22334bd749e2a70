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
from pathlib import Path
from typing import Any

from streams.errors import UsageError
from streams.reading.tokens import Token

NO_TAGS: frozenset[str] = frozenset()
BRACES = re.compile(r"\{([^{}]*)\}")
FORMS = "forms"
ANY = "*"
LONGEST_CACHE = 50_000

_overlay: list[Path | None] = [None]


def use_overlay(folder: Path | None) -> None:
    """Words of `folder` stand beside the package's from now on; None goes back to `BULLETINS_LEXICONS`."""
    _overlay[0] = folder
    lexicon.cache_clear()
    vocabulary.cache_clear()
    fingerprint.cache_clear()


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
    braces = BRACES.search(entry)
    if braces is None:
        yield entry
        return
    inner = braces.group(1)
    for ending in forms[inner] if inner.isupper() and "," not in inner else inner.split(","):
        yield from expanded(" ".join(f"{entry[: braces.start()]}{ending}{entry[braces.end() :]}".split()), forms)


def _tagged(tables: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tables.items():
        if isinstance(value, dict):
            yield from _tagged(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield from ((f"{prefix}{key}", word) for word in value)


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
        self._pairs: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        self._cache: dict[str, frozenset[str]] = {}
        self._families: dict[str, frozenset[str]] = {}
        for table in tables:
            forms = table.get(FORMS, {})
            for tag, entry in _tagged({key: value for key, value in table.items() if key != FORMS}):
                for each in expanded(entry, forms) if "{" in entry else (entry,):
                    self._add(tag, each.lower())
        for first, alternatives in self._phrases.items():
            alternatives.sort(key=lambda each: -len(each[0]))
            for parts, tag in alternatives:
                second = ANY if parts[1].endswith("*") else parts[1]
                self._pairs.setdefault(first, {}).setdefault(second, []).append((parts, tag))
        self._shortest = min(map(len, self._stems), default=0)
        self._longest = max(map(len, self._stems), default=0)

    def _add(self, tag: str, entry: str) -> None:
        parts = tuple(entry.split())
        if len(parts) > 1:
            self._phrases.setdefault(parts[0], []).append((parts, tag))
        elif entry.endswith("*"):
            self._stems[entry[:-1]] = self._stems.get(entry[:-1], NO_TAGS) | {tag}
        else:
            self.words[entry] = self.words.get(entry, NO_TAGS) | {tag}
            self._folded[fold(entry)] = self._folded.get(fold(entry), NO_TAGS) | {tag}

    def tags(self, norm: str) -> frozenset[str]:
        """Every tag of one word in lower case; empty where it is unknown."""
        known = self._cache.get(norm)
        if known is None:
            known = self._look_up(norm)
            if len(self._cache) > LONGEST_CACHE:
                self._cache.clear()
            self._cache[norm] = known
        return known

    def families(self, norm: str) -> frozenset[str]:
        """The first parts of the word's tags: {"fate"} for "fate.killed"."""
        known = self._families.get(norm)
        if known is None:
            known = frozenset(tag.split(".", 1)[0] for tag in self.tags(norm))
            if len(self._families) > LONGEST_CACHE:
                self._families.clear()
            self._families[norm] = known
        return known

    def _look_up(self, norm: str) -> frozenset[str]:
        exact = self.words.get(norm)
        if exact is None and not norm.isascii():
            exact = self._folded.get(fold(norm))
        elif exact is None:
            exact = self._folded.get(norm)
        if self._stems:
            for length in range(self._shortest, min(self._longest, len(norm)) + 1):
                stem = self._stems.get(norm[:length])
                if stem is not None:
                    exact = (exact or NO_TAGS) | stem
        return exact or NO_TAGS

    def phrase_at(self, tokens: Sequence[Token], index: int) -> tuple[int, frozenset[str]]:
        """(number of tokens, tags) of the longest phrase that begins at `tokens[index]`; (1, tags) of the word else.

        A part of a phrase may end in `*`: "bless* grave*".
        """
        norm = tokens[index].norm
        seconds = self._pairs.get(norm)
        if seconds is None or index + 1 >= len(tokens):
            return 1, self.tags(norm)
        best, tags = 0, set[str]()
        for second in (tokens[index + 1].norm, ANY):
            for parts, tag in seconds.get(second, ()):
                if len(parts) < best:
                    break
                if _follows(tokens, index, parts):
                    if len(parts) > best:
                        tags.clear()
                    best = len(parts)
                    tags.add(tag)
        return (best, frozenset(tags)) if best else (1, self.tags(norm))


def _follows(tokens: Sequence[Token], index: int, parts: tuple[str, ...]) -> bool:
    if len(tokens) - index < len(parts):
        return False
    for offset in range(1, len(parts)):
        part, norm = parts[offset], tokens[index + offset].norm
        if norm != part and not (part[-1] == "*" and norm.startswith(part[:-1])):
            return False
    return True


@lru_cache(maxsize=64)
def vocabulary(language: str, *names: str) -> Vocabulary:
    """The words of the named lexicon files as one vocabulary, compiled once."""
    return Vocabulary([lexicon(language, name) for name in names])


@lru_cache(maxsize=8)
def fingerprint(language: str) -> str:
    """Eight hexadecimal digits over all that decides how a language is read: rules, lexicons, gazetteer, overlay."""
    digest = hashlib.sha256()
    root = resources.files("streams")
    pack = root / "languages" / language
    folders: list[Any] = [root / "extraction", root / "reading", root / "languages", pack, pack / "lexicon"]
    overlay = overlay_folder()
    for folder in [*folders, *([overlay] if overlay is not None else [])]:
        for entry in sorted(folder.iterdir(), key=lambda each: each.name):
            if entry.name.endswith((".py", ".toml", ".tsv")):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:8]
