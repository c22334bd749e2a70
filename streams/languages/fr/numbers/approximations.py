"""How sure a number is: "au moins" before it, "au bas mot" after it, "frôle les", "ne dépasse pas" around it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schemas.enumerations import Qualifier
from streams.languages.lexicon import lexicon, read_again

LONGEST_PHRASE = 26
LONGEST_VERBAL = 72
LONGEST_CLOSING = 60
LONGEST_WORD = 18
LAST_WORDS = re.compile(r"\w+")
CLAUSE = re.compile(r"[.;:!?»«\n]")


@dataclass(slots=True)
class Approximations:
    """The lexicon of approximations, compiled."""

    before: dict[str, list[tuple[str, Qualifier]]]
    signs: tuple[str, ...]
    after: re.Pattern[str]
    after_noun: re.Pattern[str]
    closers: re.Pattern[str]
    qualifiers: dict[str, Qualifier]
    change: re.Pattern[str]
    verb: re.Pattern[str]
    verb_stem: re.Pattern[str]


@read_again
@lru_cache(maxsize=1)
def known_approximations() -> Approximations:
    """The compiled lexicon; compiled again after the overlay has changed."""
    return _compiled(lexicon("fr", "numerals"))


def alternatives(phrases: list[str]) -> str:
    """The phrases as one alternation of a pattern, the longest first."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _endings(phrase: str) -> list[str]:
    if phrase.endswith(" de"):
        return [f"{phrase} ", f"{phrase[:-1]}'"]
    return [f"{phrase} ", phrase] if not phrase[-1].isalpha() else [f"{phrase} "]


def _last_word(ending: str) -> str:
    words = LAST_WORDS.findall(ending[-LONGEST_WORD:])
    return words[-1] if words else ending.rstrip(" ")


def _compiled(tables: Mapping[str, Any]) -> Approximations:
    before: dict[str, list[tuple[str, Qualifier]]] = {}
    for qualifier, phrases in tables["before"].items():
        for phrase in sorted(phrases, key=len, reverse=True):
            for ending in _endings(phrase):
                before.setdefault(_last_word(ending), []).append((ending, qualifier))
    qualifiers: dict[str, Qualifier] = {
        phrase: qualifier for qualifier, phrases in tables["after"].items() for phrase in phrases
    }
    next_number = r"(?! (?:\d|une?(?!\w)|deux|trois|quatre|cinq|six|sept|huit|neuf|dix))"
    after = f"(?P<phrase>{alternatives(list(qualifiers))})(?!\\w){next_number}"
    noun = r"(?: (?:de |d')?[^\W\d_]{3,}){1,2}?"
    return Approximations(
        before={word: sorted(known, key=lambda each: -len(each[0])) for word, known in before.items()},
        signs=tuple(ending for known in before.values() for ending, _ in known if not ending[-1].isspace()),
        after=re.compile(f",? {after}"),
        after_noun=re.compile(f"{noun},? (?!et |ou ){after}"),
        closers=re.compile("|".join(sorted({phrase.rpartition(" ")[2] for phrase in qualifiers}))),
        qualifiers=qualifiers,
        change=re.compile(f"(?<!\\w)(?:{alternatives(tables['change']['stems'])})\\w*"),
        verb=_verb(tables["verb"]),
        verb_stem=re.compile(f"(?<!\\w)(?:{'|'.join([*_stems(tables['verb'])])})"),
    )


def _stems(verbs: Mapping[str, Any]) -> list[str]:
    return [stem for qualifier in ("about", "at-least", "at-most") for stem in verbs[qualifier]]


def _verb(verbs: Mapping[str, Any]) -> re.Pattern[str]:
    """A verb of measuring up to the number: "frôle les", "a désormais dépassé la barre des", "ne dépasse pas"."""
    groups = "|".join(
        f"(?P<{name}>(?:{'|'.join(verbs[qualifier])})\\w{{0,7}})"
        for name, qualifier in (("about", "about"), ("least", "at-least"), ("most", "at-most"))
    )
    between = f"(?: (?:(?P<denied>{'|'.join(verbs['denial'])})|{alternatives(verbs['adverb'])}))*"
    link = f"(?: (?P<link>{alternatives(verbs['link'])}))?"
    return re.compile(f"(?<!\\w)(?P<without>sans )?(?<!l')(?<!d')(?<!en )(?<!une )(?:{groups}){between}{link} $")


def opened(levelled: str, number: int, last: str, verbal: bool) -> tuple[int, Qualifier | None]:
    """(start with the approximation before the number at `number`, its qualifier or None).

    Of two the outer one bounds what the inner one blurs: "jusqu'à près de 300" is at most 300. A verb of measuring
    gives its qualifier but stays outside; `verbal` says that the text has one.
    """
    known = known_approximations()
    start, qualifier = number, None
    if last.rstrip(".") in known.before or levelled[number - 1 : number] in known.signs:
        start, qualifier = _one_opened(levelled, number, known)
        if qualifier is not None:
            outer, bound = _one_opened(levelled, start, known)
            start, qualifier = (start, qualifier) if bound is None else (outer, bound)
    if qualifier is None and verbal:
        return start, _verbal(levelled, start, known)
    return start, qualifier


def has_verb(levelled: str, first: int, last: int) -> bool:
    """Whether a verb of measuring may stand before one of the numbers from `first` to `last`."""
    begin = max(0, first - LONGEST_VERBAL - 2 * LONGEST_PHRASE)
    return known_approximations().verb_stem.search(levelled, begin, last) is not None


def _verbal(levelled: str, number: int, known: Approximations) -> Qualifier | None:
    verb = known.verb.search(levelled[max(0, number - LONGEST_VERBAL) : number])
    if verb is None:
        return None
    denied = verb["denied"] is not None or verb["without"] is not None
    if verb["about"] is not None:
        return "at-most" if denied else "about"
    if verb["most"] is not None:
        return "at-most"
    if verb["link"] in {"de", "des", "à", "avec les"}:
        return None  # "dépassé de 40" is by how much
    return "at-most" if denied else "at-least"


def _one_opened(levelled: str, end: int, known: Approximations) -> tuple[int, Qualifier | None]:
    head = levelled[max(0, end - LONGEST_PHRASE) : end]
    for ending, qualifier in known.before.get(_last_word(head), ()):
        start = end - len(ending)
        if not head.endswith(ending) or (start and levelled[start - 1].isalnum() and ending[0].isalpha()):
            continue
        if ending.startswith("jusqu") and changes(levelled, start, words=2):
            return start, "exact"
        return start, qualifier
    return end, None


def closed(levelled: str, end: int) -> tuple[int, Qualifier | None]:
    """(end with the approximation right after the number, the qualifier there or after its noun, or None)."""
    known = known_approximations()
    if known.closers.search(levelled, end, end + LONGEST_CLOSING) is None:
        return end, None
    match = known.after.match(levelled, end)
    if match is not None:
        return match.end(), known.qualifiers[match["phrase"]]
    match = known.after_noun.match(levelled, end)
    return (end, None) if match is None else (end, known.qualifiers[match["phrase"]])


def changes(levelled: str, start: int, words: int = 8) -> bool:
    """Whether a verb of change stands among the last words of the clause before `start`."""
    clause = CLAUSE.split(levelled[max(0, start - 70) : start])[-1]
    return known_approximations().change.search(" ".join(clause.split()[-words:])) is not None
