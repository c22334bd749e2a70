"""Quantities of a French text: digits, number words, collectives, their approximations, ranges, percent and currency.

"de X à Y" is a range where X < Y, a noun follows and no verb of change stands before ("de 7 à 9 morts"); after
"porté", "passé", "monté" … both numbers stand alone, as the first is what was said before. "X à Y", "X ou Y", "X-Y" and
"entre X et Y" are ranges where X < Y.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.enumerations import Qualifier
from schemas.records import Number
from streams.languages.fr.levelling import level
from streams.languages.fr.non_counts import Around, around, reasons
from streams.languages.fr.number_forms import Form, forms_of, times
from streams.languages.lexicon import lexicon
from streams.languages.pack import Quantity

PERCENT = r"(?P<percent> ?%| pour ?cents?(?!\w)| p\. ?(?:100|c\.?)(?!\w))"
MILLIONS = {
    "m": 1_000_000,
    "md": 1_000_000_000,
    "mds": 1_000_000_000,
    "mrd": 1_000_000_000,
    "mio": 1_000_000,
    "k": 1000,
}
RANGE_GAPS = {" à ": "to", " ou ": "or", "-": "to", " - ": "to", " et ": "and"}
LONGEST_PHRASE = 26
LONGEST_CLOSING = 60
LONGEST_WORD = 18
LAST_WORDS = re.compile(r"\w+")
SYMBOLS = frozenset("%€$£¥₴₽")
PREFIXED = frozenset("$€£")
CLAUSE = re.compile(r"[.;:!?»«\n]")


@dataclass(slots=True)
class Phrases:
    """The lexicon of approximations and units, compiled."""

    before: dict[str, list[tuple[str, Qualifier]]]
    signs: tuple[str, ...]
    after: re.Pattern[str]
    after_noun: re.Pattern[str]
    closers: re.Pattern[str]
    qualifiers: dict[str, Qualifier]
    unit: re.Pattern[str]
    unit_words: frozenset[str]
    currencies: dict[str, str]
    change: re.Pattern[str]


_phrases: list[tuple[Any, Phrases]] = []


def _known() -> Phrases:
    tables = lexicon("fr", "numerals")
    if not _phrases or _phrases[0][0] is not tables:
        _phrases[:] = [(tables, _compiled(tables))]
    return _phrases[0][1]


def _endings(phrase: str) -> list[str]:
    if phrase.endswith(" de"):
        return [f"{phrase} ", f"{phrase[:-1]}'"]
    return [f"{phrase} ", phrase] if not phrase[-1].isalpha() else [f"{phrase} "]


def _last_word(ending: str) -> str:
    words = LAST_WORDS.findall(ending[-LONGEST_WORD:])
    return words[-1] if words else ending.rstrip(" ")


def _alternatives(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _compiled(tables: Mapping[str, Any]) -> Phrases:
    before: dict[str, list[tuple[str, Qualifier]]] = {}
    for qualifier, phrases in tables["before"].items():
        for phrase in sorted(phrases, key=len, reverse=True):
            for ending in _endings(phrase):
                before.setdefault(_last_word(ending), []).append((ending, qualifier))
    qualifiers: dict[str, Qualifier] = {
        phrase: qualifier for qualifier, phrases in tables["after"].items() for phrase in phrases
    }
    currencies = {word: code for code, words in tables["currency"].items() for word in words}
    next_number = r"(?! (?:\d|une?(?!\w)|deux|trois|quatre|cinq|six|sept|huit|neuf|dix))"
    after = f"(?P<phrase>{_alternatives(list(qualifiers))})(?!\\w){next_number}"
    noun = r"(?: (?:de |d')?[^\W\d_]{3,}){1,2}?"
    short = r"(?P<short> ?(?:m|mds?|mrd|mio|k)(?= ?[€$£]| (?:d')?eur))?"
    money = f"{short}(?: de | d'| ?)(?P<currency>{_alternatives(list(currencies))})(?!\\w)"
    return Phrases(
        before={word: sorted(known, key=lambda each: -len(each[0])) for word, known in before.items()},
        signs=tuple(ending for known in before.values() for ending, _ in known if not ending[-1].isspace()),
        after=re.compile(f" {after}"),
        after_noun=re.compile(f"{noun} (?!et |ou ){after}"),
        closers=re.compile("|".join(sorted({phrase.rpartition(" ")[2] for phrase in qualifiers}))),
        qualifiers=qualifiers,
        unit_words=frozenset([word.split(" ")[0] for word in currencies] + ["pour", "p", *MILLIONS]),
        unit=re.compile(f"{PERCENT}|{money}"),
        currencies=currencies,
        change=re.compile(f"(?<!\\w)(?:{_alternatives(tables['change']['stems'])})\\w*"),
    )


def find_quantities(text: str) -> list[Quantity]:
    """Every number of `text` that may count something, sorted, none overlapping another."""
    return [quantity for quantity, reason in _read(text)[0] if reason is None]


def find_non_counts(text: str) -> list[tuple[int, int, str]]:
    """(start, end, reason) of every number that counts nothing: ages, dates, times, sizes, names; sorted."""
    readings, passed = _read(text)
    numbers = [(each.number_start, each.number_end, reason) for each, reason in readings if reason is not None]
    return sorted([*numbers, *passed])


def _read(text: str) -> tuple[list[tuple[Quantity, str | None]], list[tuple[int, int, str]]]:
    """(each number with the reason why it is no count, or None; spans that are no numbers with their reason)."""
    levelled = level(text)
    forms, passed = forms_of(levelled)
    known = _known()
    forms, near, units = _with_units(levelled, forms, known)
    opened = [_opened(levelled, form, around.last, known) for form, around in zip(forms, near, strict=True)]
    approximated = [qualifier is not None for _, qualifier in opened]
    against = reasons(text, levelled, forms, near, approximated, [unit is not None for unit in units])
    readings: list[tuple[Quantity, str | None]] = []
    index = 0
    while index < len(forms):
        low, high = forms[index], forms[index]
        if low.kind == "article" and index + 1 < len(forms) and opened[index + 1][0] <= low.start:
            index += 1  # the "un" of "un peu plus de 300"
            continue
        ranged = (
            index + 1 < len(forms) and against[index] == against[index + 1] and _is_range(levelled, forms, index, known)
        )
        if ranged:
            high = forms[index + 1]
        quantity = _quantity(levelled, low, high, opened[index], units[index + ranged], known)
        readings.append((quantity, against[index]))
        index += 2 if ranged else 1
    return readings, passed


def _with_units(
    levelled: str, forms: list[Form], known: Phrases
) -> tuple[list[Form], list[Around], list[re.Match[str] | None]]:
    """(forms, what is around them, the unit after each) without those inside the unit before them: "20 pour cent"."""
    kept: list[Form] = []
    near: list[Around] = []
    units: list[re.Match[str] | None] = []
    limit = 0
    for form in forms:
        if form.start < limit:
            continue
        each = around(levelled, form)
        unit = None
        if each.word in known.unit_words or levelled[form.end : form.end + 2].lstrip(" ")[:1] in SYMBOLS:
            unit = known.unit.match(levelled, form.end)
        kept.append(form)
        near.append(each)
        units.append(unit)
        limit = unit.end() if unit is not None else form.end
    return kept, near, units


def _opened(levelled: str, form: Form, last: str, known: Phrases) -> tuple[int, Qualifier | None]:
    """(start with the approximation before the number, its qualifier or None).

    Of two the outer one bounds what the inner one blurs: "jusqu'à près de 300" is at most 300.
    """
    if last not in known.before and levelled[form.start - 1 : form.start] not in known.signs:
        return form.start, None
    start, qualifier = _one_opened(levelled, form.start, known)
    if qualifier is None:
        return start, None
    outer, bound = _one_opened(levelled, start, known)
    return (start, qualifier) if bound is None else (outer, bound)


def _one_opened(levelled: str, end: int, known: Phrases) -> tuple[int, Qualifier | None]:
    head = levelled[max(0, end - LONGEST_PHRASE) : end]
    for ending, qualifier in known.before.get(_last_word(head), ()):
        start = end - len(ending)
        if not head.endswith(ending) or (start and levelled[start - 1].isalnum() and ending[0].isalpha()):
            continue
        if ending.startswith("jusqu") and _changes(levelled, start, known, words=2):
            return start, "exact"
        return start, qualifier
    return end, None


def _changes(levelled: str, start: int, known: Phrases, words: int = 8) -> bool:
    """Whether a verb of change stands among the last words of the clause before `start`."""
    clause = CLAUSE.split(levelled[max(0, start - 70) : start])[-1]
    return known.change.search(" ".join(clause.split()[-words:])) is not None


def _is_range(levelled: str, forms: list[Form], index: int, known: Phrases) -> bool:
    low, high = forms[index], forms[index + 1]
    gap = levelled[low.end : high.start]
    how = RANGE_GAPS.get(gap)
    if how is None or low.kind in {"ordinal", "vague"} or high.kind in {"ordinal", "article", "vague"}:
        return False
    if _low_value(low, high) >= high.value:
        return False
    head = levelled[max(0, low.start - 8) : low.start]
    if how == "and":
        return head.endswith("entre ")
    if gap == "-" and not (low.kind == high.kind == "digits" and low.value > 0):
        return False
    if (gap == " à " and head.endswith((" de ", " d'"))) or head in {"de ", "d'"}:
        follows = levelled[high.end : high.end + 2]
        return follows[:1] == " " and follows[1:].isalpha() and not _changes(levelled, low.start, known)
    return True


def _low_value(low: Form, high: Form) -> Number:
    """The low end with the scale that stands only at the high end: "2 à 3 millions"."""
    if high.scale < 1000 or high.kind != "words" or low.scale != 1 or low.value >= 1000 or low.kind == "collective":
        return low.value
    scaled = times(low.value, high.scale)
    return scaled if scaled < high.value else low.value


def _quantity(
    levelled: str,
    low: Form,
    high: Form,
    opened: tuple[int, Qualifier | None],
    found: re.Match[str] | None,
    known: Phrases,
) -> Quantity:
    start, qualifier = opened
    end, unit = high.end, None
    factor = 1
    if found is not None:
        end = found.end()
        unit = "percent" if found["percent"] else known.currencies[found["currency"]]
        factor = MILLIONS[found["short"].strip()] if found["short"] else 1
    elif levelled[start - 1 : start] in PREFIXED:
        start -= 1
        unit = known.currencies[levelled[start]]
    if low.kind != "article" and known.closers.search(levelled, end, end + LONGEST_CLOSING) is not None:
        closed = known.after.match(levelled, end)
        if closed is not None:
            end = closed.end()
        else:
            closed = known.after_noun.match(levelled, end)
        if qualifier is None and closed is not None:
            qualifier = known.qualifiers[closed["phrase"]]
    value = times(low.value if low is high else _low_value(low, high), factor)
    top = value
    if low is not high:
        top, qualifier = times(high.value, factor), "range"
        if levelled[max(0, start - 6) : start] == "entre ":
            start -= len("entre ")
        elif levelled[max(0, start - 3) : start] == "de ":
            start -= len("de ")
    elif low.kind == "vague":
        qualifier = "vague"
    elif low.kind == "collective" and qualifier is None:
        qualifier = "about"
    return Quantity(
        start=start,
        end=end,
        number_start=low.start,
        number_end=high.end,
        value=value,
        low=value,
        high=top,
        qualifier="exact" if qualifier is None else qualifier,
        unit=unit,
        ordinal=low.kind == "ordinal",
        article=low.kind == "article",
    )
