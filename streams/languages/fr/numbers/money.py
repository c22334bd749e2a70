"""What a number is of that is no thing: percent and currencies, each as ISO 4217 writes it; prices of one thing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schemas.records import Number
from streams.languages.fr.numbers.approximations import alternatives
from streams.languages.fr.numbers.forms import times
from streams.languages.lexicon import lexicon, read_again

PERCENT = r"(?P<percent> ?%| pour ?cents?(?!\w)| p\. ?(?:100|c\.?)(?!\w))"
SHORT = {"m": 1_000_000, "md": 1_000_000_000, "mds": 1_000_000_000, "mrd": 1_000_000_000, "mio": 1_000_000, "k": 1000}
SYMBOLS = frozenset("%€$£¥₴₽")
PREFIXED = frozenset("$€£")
HIGHEST_PRICE = 1_000_000
SMALLEST_SUM = 100_000
NEAR = 140


@dataclass(slots=True)
class Money:
    """The lexicon of currencies, compiled; `ambiguous` maps a name to the pattern of whose money it is."""

    unit: re.Pattern[str]
    words: frozenset[str]
    codes: dict[str, str]
    ambiguous: dict[str, re.Pattern[str]]
    price: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit after a number: `code` is "percent" or a currency, `factor` what "M" or "Mds" multiplies it by."""

    code: str
    end: int
    factor: int = 1


@read_again
@lru_cache(maxsize=1)
def known_money() -> Money:
    """The compiled lexicon; compiled again after the overlay has changed."""
    return _compiled(lexicon("fr", "numerals"))


def _compiled(tables: Mapping[str, Any]) -> Money:
    codes = {word: code for code, words in tables["currency"].items() for word in words}
    ambiguous = {
        form: re.compile("|".join(f"(?P<{code}>{alternatives(cues)})" for code, cues in known.items()))
        for name, known in tables["ambiguous_currency"].items()
        for form in ((name, f"{name}s") if name.isalpha() else (name,))
    }
    short = rf"(?P<short> ?(?:{alternatives(list(SHORT))}))?"
    money = f"{short}(?: de | d'| ?)(?P<currency>{alternatives([*codes, *ambiguous])})(?!\\w)"
    return Money(
        unit=re.compile(f"{PERCENT}|{money}"),
        words=frozenset([*(word.split(" ")[0] for word in codes), "pour", "p", *SHORT, *ambiguous]),
        codes=codes,
        ambiguous=ambiguous,
        price=re.compile(f" (?:{alternatives(tables['price']['after'])})(?!\\w)"),
    )


def unit_after(levelled: str, start: int, end: int, value: Number, word: str) -> Unit | None:
    """The percent sign or currency after the number from `start` to `end`; `word` is the word after it."""
    known = known_money()
    if word not in known.words and levelled[end : end + 2].lstrip(" ")[:1] not in SYMBOLS:
        return None
    match = known.unit.match(levelled, end)
    if match is None:
        return None
    if match["percent"]:
        return Unit("percent", match.end())
    factor = SHORT[match["short"].strip()] if match["short"] else 1
    name = match["currency"]
    cues = known.ambiguous.get(name)
    code = known.codes.get(name)
    if cues is not None:
        code = _told(levelled, start, cues, name, times(value, factor)) or code
    return Unit(code, match.end(), factor) if code is not None else None


def _told(levelled: str, start: int, cues: re.Pattern[str], name: str, value: Number) -> str | None:
    """Whose crowns or pounds: those of the country named nearest; "livres" of a large sum alone are sterling."""
    told = min(
        cues.finditer(levelled, max(0, start - NEAR), start + NEAR),
        key=lambda cue: abs(cue.start() - start),
        default=None,
    )
    if told is not None:
        return told.lastgroup
    return "GBP" if name.startswith("livre") and value >= SMALLEST_SUM else None


def is_price(levelled: str, unit: Unit, value: Number) -> bool:
    """Whether an amount is what one thing costs: "72 dollars le baril", "195 000 roubles par mois"."""
    return value * unit.factor < HIGHEST_PRICE and known_money().price.match(levelled, unit.end) is not None


def sign_before(levelled: str, start: int) -> str | None:
    """The currency whose sign stands right before the number at `start`: "$300"."""
    sign = levelled[start - 1 : start]
    return known_money().codes[sign] if sign in PREFIXED else None
