"""Numbers as French writes them, one form each: digits, words, collective nouns, ordinals, articles.

text2num reads the number words (0.4 µs a number, 9 ms to import): its value of one run of words was right for every
number tried from 0 to 10**9, in every spelling. It gives no offsets in a text, joins "vingt et trois" to 23, reads
"deux virgule trois millions" as 2.3, and knows neither digits nor mixtures ("37 mille", "une trentaine"): runs,
offsets, digits and mixtures are found here, and `tests/unit/test_numerals.py` holds those failures.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from text_to_num import find_numbers, text2num  # type: ignore[import-untyped]

from schemas.records import Number
from streams.languages.lexicon import lexicon, read_again

LONGEST_DIGITS = 15

Kind = Literal["digits", "words", "collective", "vague", "ordinal", "article"]

CARDINALS = (
    "zéro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente"
    "|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille|millions?|milliards?"
)
ORDINALS = (
    "premi[eè]res?|premiers?|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz|treiz|quatorz|quinz|seiz|vingt"
    "|trent|quarant|cinquant|soixant|septant|huitant|nonant|cent|mill|un)i[eè]mes?"
)
# What these begin with: looking at it first keeps the long alternatives from being tried at every word.
BEGINNINGS = frozenset(
    (
        "zér", "un", "deu", "tro", "qua", "cin", "six", "sep", "hui", "neu", "dix", "onz", "dou", "tre", "qui", "sei",
        "vin", "soi", "oct", "non", "cen", "mil", "pre",
    )
)  # fmt: skip
WORD = f"(?:{CARDINALS}|{ORDINALS})(?!\\w)"
# "et" joins only tens or "mille" to "un", "une" and "onze": "vingt et un", but "cinq et un", "vingt et trois" are two.
TENS = "|".join(
    f"(?<={tens})" for tens in ("vingt", "trente", "quarante", "cinquante", "soixante", "septante", "nonante", "mille")
)
RUN = f"{WORD}(?:(?:(?:{TENS})[ -]et[ -](?=une?(?!\\w)|onze|uni[eè]me)|[ -]){WORD})*"
DIGITS = r"\d{1,3}(?:[ .']\d{3})++(?!\d)(?:,\d++)?|\d++(?:[.,]\d++)?"
SUFFIX = r"(?:er|ers|re|res|ère|e|es|ème|èmes|eme|ième|ieme|nde?|ᵉ)(?!\w)"
SPECIAL = re.compile(
    r"(?P<phone>\+?\d{1,3}(?:[ .-]\d{2}){4}(?!\d))"
    r"|(?P<clock>\d{1,2}(?: ?h ?|:)\d{2}(?::\d{2})?(?![\d%])|\d{1,3} ?min ?\d{1,2}(?!\d))"
    r"|(?P<day>\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|\d{4}-\d{2}-\d{2}(?!\d))"
)
ADDRESS = re.compile(r"(?:https?://|www\.|(?<!\w)t\.me/)\S++")
BARE = ("dizaine", "douzaine", "quinzaine", "vingtaine", "centaine", "millier", "million", "milliard")
SCALES = {"mille": 1000, "millier": 1000, "million": 1_000_000, "milliard": 1_000_000_000}
MORE = re.compile(r"(?: de (?P<word>dizaines|milliers|millions|milliards)(?!\w))")
DETERMINER = re.compile(
    r"(?<!\w)(?P<one>(?:une?|la|le|cette|l'|d'une|d'un)?(?: ?(?:bonne|petite|grosse|bon|petit))? ?)(?P<half>demi-)?$"
)
PLURAL_DETERMINER = re.compile(
    r"(?<!\w)(?P<several>(?:des|plusieurs|quelques?|de nombreuses|de nombreux) (?:bonnes |petites )?)?(?P<half>demi-)?$"
)
LONGEST_DETERMINER = 24
LONGEST_CACHED = 40


class Form(Struct, gc=False):
    """One number of a text: `start`/`end` in the levelled text; `scale` the power of ten its last word names."""

    start: int
    end: int
    value: Number
    kind: Kind
    scale: int = 1


def _beginnings(words: Iterable[str]) -> str:
    """The first three letters of words as a pattern, by their first letter."""
    by_letter: dict[str, set[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], set()).add(word[1:3])
    return "|".join(f"{letter}(?:{'|'.join(sorted(rest))})" for letter, rest in sorted(by_letter.items()))


@read_again
@lru_cache(maxsize=1)
def _known() -> tuple[re.Pattern[str], dict[str, int]]:
    """(what begins a number, with the character before it, the value of each collective noun)."""
    words: dict[str, int] = lexicon("fr", "numerals")["collective"]["words"]
    known = {**words, "million": 1_000_000, "milliard": 1_000_000_000}
    noun = "|".join(sorted(known, key=len, reverse=True))
    begins = _beginnings(BEGINNINGS.union(known))
    number = f"(?P<digits>{DIGITS})(?P<suffix>{SUFFIX})?|(?P<noun>{noun})s?+(?!\\w)|(?P<run>{RUN})"
    return re.compile(f"\\W(?=\\d|{begins})(?:{number})"), known


def digits_value(written: str) -> Number | None:
    """The number that digits with separators stand for: "1.000" 1000, "1,5" 1.5; None past 15 digits."""
    plain = written.replace(" ", "").replace("'", "")
    if len(plain) > LONGEST_DIGITS + 6:
        return None
    whole, comma, decimals = plain.partition(",")
    if comma and len(decimals) == 3 and "." not in whole and whole != "0" and len(whole) <= 3:
        whole, comma, decimals = whole + decimals, "", ""
    if "." in whole:
        head, *groups = whole.split(".")
        if all(len(group) == 3 for group in groups) and head != "0":
            whole = head + "".join(groups)
        elif len(groups) == 1 and not comma:
            whole, comma, decimals = head, ".", groups[0]
        else:
            return None
    if len(whole) > LONGEST_DIGITS:
        return None
    if not comma:
        return int(whole)
    value = float(f"{whole}.{decimals}")
    return int(value) if value == int(value) else value


def times(value: Number, factor: int) -> Number:
    """`value` times `factor`, exact: 2.3 times a million is 2300000, whole where it is whole."""
    if isinstance(value, int):
        return value * factor
    product = Decimal(str(value)) * factor
    return int(product) if product == product.to_integral_value() else float(product)


class _Word:
    """A token as text2num asks for it."""

    __slots__ = ("end", "start", "written")

    def __init__(self, written: str, start: int, end: int) -> None:
        self.written, self.start, self.end = written, start, end

    def text(self) -> str:
        return self.written

    def nt_separated(self, previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def _scale(last: str) -> int:
    return SCALES.get(last.rstrip("s"), 1)


def _run_forms(run: str, start: int) -> list[Form]:
    """The forms of one run of number words; more than one where the words make no single number ("un troisième")."""
    if run in {"un", "une"}:
        return [Form(start, start + len(run), 1, "article")]
    if len(run) > LONGEST_CACHED:
        return _new_run_forms(run, start)
    return [
        Form(start + each.start, start + each.end, each.value, each.kind, each.scale) for each in _cached_run_forms(run)
    ]


@lru_cache(maxsize=4096)
def _cached_run_forms(run: str) -> tuple[Form, ...]:
    return tuple(_new_run_forms(run, 0))


def _new_run_forms(run: str, start: int) -> list[Form]:
    words = [_Word(m.group(), start + m.start(), start + m.end()) for m in re.finditer(r"[^ -]+", run)]
    if len(words) < 12 and not ("i" in run and re.search(ORDINALS, run)):
        try:
            return [Form(start, start + len(run), int(text2num(run, "fr")), "words", _scale(words[-1].written))]
        except ValueError:
            pass
    found = []
    for number in find_numbers(words, "fr", 0.0):
        first, last = words[number.start], words[number.end - 1]
        kind: Kind = "ordinal" if number.is_ordinal else "words"
        if first is last and first.written in {"un", "une"}:
            kind = "article"
        found.append(Form(first.start, last.end, int(number.value), kind, _scale(last.written)))
    return found


def _collective_form(text: str, noun: str, start: int, end: int, known: dict[str, int]) -> Form:
    """A collective noun with its determiner: "une trentaine", "des dizaines de milliers", bare "milliers"."""
    kind: Kind = "vague" if text[end - 1] == "s" else "collective"
    value = known[noun]
    while (more := MORE.match(text, end)) is not None:
        value *= 10 if more["word"] == "dizaines" else SCALES[more["word"][:-1]]
        end = more.end()
    head = text[max(0, start - LONGEST_DETERMINER) : start]
    before = (PLURAL_DETERMINER if kind == "vague" else DETERMINER).search(head)
    if before is None:
        return Form(start, end, value, kind, value)
    if before["half"]:
        value //= 2
    words = before.group().lstrip(" ")
    begin = start - len(words) + (len("d'") if words.startswith("d'un") else 0)
    return Form(begin, end, value, kind, value)


def forms_of(text: str) -> tuple[list[Form], list[tuple[int, int, str]]]:
    """(forms in order, spans that are no numbers with their reason) of a levelled text, mixtures already joined."""
    pattern, known = _known()
    forms: list[Form] = []
    passed: list[tuple[int, int, str]] = []
    addresses = deque[tuple[int, int, str]]()
    if "//" in text or "www." in text or "t.me/" in text:
        addresses.extend((match.start(), match.end(), "address") for match in ADDRESS.finditer(text))
    padded, position = f"\n{text}", 0
    while (match := pattern.search(padded, position)) is not None:
        start, end = match.start(), match.end() - 1  # one less in `text` than in `padded`, which the \W before makes up
        position = match.end()
        while addresses and addresses[0][1] <= start:
            passed.append(addresses.popleft())
        if addresses and addresses[0][0] <= start:
            position = max(position, addresses[0][1] + 1)
        elif (run := match["run"]) is not None:
            forms.extend(_run_forms(run, start))
        elif match["noun"] is not None:
            form = _collective_form(text, match["noun"], start, end, known)
            while forms and forms[-1].start >= form.start:
                forms.pop()
            forms.append(form)
            position = form.end + 1
        elif (special := SPECIAL.match(text, start)) is not None:
            passed.append((start, special.end(), str(special.lastgroup)))
            position = special.end() + 1
        elif (value := digits_value(match["digits"])) is None:
            passed.append((start, end, "code"))
        else:
            forms.append(Form(start, end, value, "ordinal" if match["suffix"] else "digits"))
    return _joined(text, forms), [*passed, *addresses]


def _joined(text: str, forms: list[Form]) -> list[Form]:
    """Forms that stand side by side and make one number: "37 mille", "1 million 150 000", "deux millions et demi"."""
    scaled = _merged(text, forms, _scaled)
    for form in scaled:
        if form.scale >= 1_000_000 and form.kind == "words" and text.startswith(" et demi", form.end):
            form.value += form.scale // 2
            form.end += len(" et demi")
    return _merged(text, scaled, _continued)


def _merged(text: str, forms: list[Form], join: Callable[[str, Form, Form], bool]) -> list[Form]:
    merged: list[Form] = []
    for form in forms:
        if not merged or text[merged[-1].end : form.start] not in {" ", ""} or not join(text, merged[-1], form):
            merged.append(form)
    return merged


def _scaled(text: str, last: Form, form: Form) -> bool:
    """Widen `last` by the scale after it: "37" by "mille", "trois" by "dizaines"; False where `form` is none."""
    if last.kind not in {"digits", "words"} or form.kind not in {"vague", "collective", "words"}:
        return False
    head = text[form.start : form.end].split(" ", maxsplit=1)[0].rstrip("s")
    if form.kind == "words":
        if head not in SCALES or last.scale != 1 or last.kind != "digits":
            return False
        last.value = times(last.value, SCALES[head]) + int(form.value) - SCALES[head]
    elif text[form.start : form.end].startswith(BARE):
        last.value = times(last.value, int(form.value))
    else:
        return False
    last.kind = "words" if head in SCALES else "collective"
    last.end, last.scale = form.end, form.scale
    return True


def _continued(text: str, last: Form, form: Form) -> bool:
    """Widen `last` by the lower part after its scale: "1 million" by "150 000"."""
    if last.scale < 1000 or last.kind != "words" or form.kind not in {"digits", "words"} or text[last.end] != " ":
        return False
    if not 100 <= form.value < last.scale or isinstance(form.value, float):
        return False
    last.value, last.end = last.value + form.value, form.end
    return True
