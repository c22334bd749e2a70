"""Why a number of a French text counts nothing: ages, dates, times, sizes, names; None where it may be a count."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from msgspec import Struct

from streams.languages.fr.numbers.forms import Form
from streams.languages.lexicon import lexicon, read_again

NEXT = re.compile(
    r"(?P<apart>[ ]?)(?:de |d')?"
    r"(?:(?:bonnes?|longues?|petites?|derni[eè]res?|prochaines?|premi[eè]res?|autres|pleines|grosses) )?"
    r"(?P<word>[^\W\d_]+[²³]?|°)(?: (?P<second>[^\W\d_]+))?"
)
AFTER_AGE = re.compile(
    r"[.,;:)»\"!?]|$| (?:ans|mois|ont|a|sont|est|était|étaient|qui|dont|dans|à|sur)(?!\w)"
    r"| (?:tué|bless|mort|décéd|hospital|et de \d|et \d)"
)
DATE_GAP = re.compile(
    r"(?:,| et| au| ou| à|-|/)(?: (?:le|du|les|la))?(?: (?:lun|mar|mercre|jeu|vendre|same)di| dimanche)? ?"
)
AGE_GAP = re.compile(r"(?: et|,| ou|, et)(?: de| d')? ?")
NEW = re.compile(
    r"(?:flambant|tout|(?:rem|ref|rén|rep|ret|rec)[^\W\d_]+ à|quoi de"
    r"|(?<!\w)(?:une?|le|la|ce|du|au|son|sa|leur|chaque) [^\W\d_]+|l'[^\W\d_]+) $"
)
SPAN_GAPS = {" à ", " ou ", "-", " - "}
RATIO_GAP = re.compile(r" (?:[^\W\d_]+(?:-[^\W\d_]+)? ){1,2}sur ")
RATE = re.compile(r" (?:hryvnias?|roubles?|euros?|yuans?)? ?pour (?:une?|1) (?:dollar|euro|livre|franc|yuan)")
CALIBRES = frozenset((57, 73, 76, 81, 82, 100, 105, 115, 120, 122, 125, 130, 152, 155, 203, 220, 240, 300))
LONGEST_HEAD = 28
LONGEST_GAP = 24


@dataclass(slots=True)
class Words:
    """The lexicon of numerals in the shape the rules ask for."""

    units: dict[str, str]
    designators: dict[str, str]
    signs: tuple[str, ...]
    phrases: tuple[str, ...]
    months: frozenset[str]
    weekdays: frozenset[str]
    years: frozenset[str]
    function: frozenset[str]
    persons: frozenset[str]
    superlatives: tuple[str, ...]
    calibrated: frozenset[str]


def words_of(tables: Any) -> Words:
    """The lexicon `numerals` as sets and dictionaries; several words of a designator stand in `phrases`."""
    designators = {
        word: reason for reason, words in tables["designator"].items() if reason != "weapon_of" for word in words
    }
    return Words(
        units={word: reason for reason, words in tables["unit"].items() for word in words},
        designators={word: reason for word, reason in designators.items() if " " not in word},
        signs=tuple(word for word in designators if not word[-1].isalpha()),
        phrases=tuple(f"{word} " for word in designators if " " in word),
        months=frozenset(tables["calendar"]["month"]),
        weekdays=frozenset(tables["calendar"]["weekday"]),
        years=frozenset([*tables["calendar"]["year_before"], *tables["calendar"]["month"]]),
        function=frozenset(tables["function"]["words"]),
        persons=frozenset(tables["age_of"]["person"]),
        superlatives=tuple(
            f"{word} {verb}" for word in tables["age_of"]["superlative"] for verb in ("", "a ", "avait ")
        ),
        calibrated=frozenset(tables["designator"]["weapon_of"]),
    )


@read_again
@lru_cache(maxsize=1)
def known_words() -> Words:
    """The compiled lexicon; compiled again after the overlay has changed."""
    return words_of(lexicon("fr", "numerals"))


class Around(Struct, gc=False):
    """What stands around one form: the letters before it, the last word before, the next words after."""

    head: str
    last: str
    apart: str
    word: str
    second: str


def around(levelled: str, form: Form) -> Around:
    """The context of `form` within the levelled text."""
    head = levelled[max(0, form.start - LONGEST_HEAD) : form.start]
    words = head[:-1].replace("'", " ").rsplit(maxsplit=1) if head[-1:] in {" ", "'"} else None
    last = words[-1].lstrip('(«"|') if words else ""
    after = NEXT.match(levelled, form.end)
    if after is None:
        return Around(head, last, "", "", "")
    apart, word, second = after.groups("")
    return Around(head, last, apart, word, second)


def reasons(
    text: str, levelled: str, forms: list[Form], near: list[Around], approximated: list[bool], valued: list[bool]
) -> list[str | None]:
    """For each form the reason why it is no count, or None; lists share the reason of their last ("15 et 16 juin").

    `near` is what stands around each form, `approximated` marks forms after "au moins", "environ" and the like, which
    are no dates, `valued` those before a currency or a percent sign, which are counts.
    """
    words = known_words()
    found: list[str | None] = []
    for index, form in enumerate(forms):
        reason = _name(text, levelled, form, near[index], words)
        if reason is None and not valued[index]:
            reason = _unit(near[index], words)
            if reason is None and not approximated[index] and form.kind != "article":
                reason = _date(levelled, form, near[index], words) or _designation(form, near[index])
            if reason is None and form.kind != "article":
                last = forms[index - 1] if index else None
                reason = _age(levelled, form, near[index], words, last, found[-1] if found else None)
        found.append(reason)
    for index in range(len(forms) - 2, -1, -1):
        if found[index] is not None or forms[index + 1].start - forms[index].end > LONGEST_GAP:
            continue
        gap = levelled[forms[index].end : forms[index + 1].start]
        if found[index + 1] is not None:
            found[index] = _shared(gap, forms[index], found[index + 1])
        elif (paired := _paired(gap, forms[index], forms[index + 1], near[index + 1], words)) is not None:
            found[index], found[index + 1] = paired, paired
    return found


def _shared(gap: str, form: Form, reason: str | None) -> str | None:
    """The reason of the next number where `gap` makes one list of both: "15 et 16 juin", "63 et de 71 ans"."""
    if reason == "date" and form.value <= 31 and DATE_GAP.fullmatch(gap):
        return reason
    if reason in {"age", "years"} and form.value <= 120 and (AGE_GAP.fullmatch(gap) or gap in SPAN_GAPS):
        return reason
    if reason in {"duration", "size", "score", "multiple"} and gap in SPAN_GAPS:
        return reason
    return None


def _paired(gap: str, form: Form, other: Form, near: Around, words: Words) -> str | None:
    """Two numbers that are one thing: the score "2-0", the ratio "un sur cinq"."""
    if gap == " fois sur ":
        return "ratio"
    if gap == "-" and form.kind == other.kind == "digits" and (form.value >= other.value or form.value == 0):
        return "score"
    if form.kind == "article" and (gap == " sur " or (other.value <= 100 and RATIO_GAP.fullmatch(gap))):
        return None if _noun_follows(near, words) else "ratio"
    return None


def _name(text: str, levelled: str, form: Form, near: Around, words: Words) -> str | None:
    if form.kind == "digits":
        reason = _digits_name(levelled, form, near, words)
    else:
        reason = "name" if _word_name(text, levelled, form, near, words) else None
    if reason is not None:
        return reason
    if near.head.endswith(words.signs) or near.head.endswith(words.phrases):
        return "number"
    if near.word == "pour" and RATE.match(levelled, form.end):
        return "rate"
    if form.value in CALIBRES and form.kind == "digits" and near.head.endswith(" de "):
        before = near.head[:-4].rpartition(" ")[2].rpartition("'")[2]
        if before in words.calibrated:
            return "size"
    reason = words.designators.get(near.last) if near.head.endswith(" ") else None
    if near.head.endswith(f" en {near.last} "):
        return None  # "détruits en vol treize des dix-neuf drones"
    if reason == "unit" and form.kind == "words" and _noun_follows(near, words):
        return None  # "envoyé à l'hôpital deux de ses collègues"
    if reason == "model" and not text[form.start - len(near.last) - 1].isupper():
        return None
    return reason if form.kind in {"digits", "words"} else None


def _digits_name(levelled: str, form: Form, near: Around, words: Words) -> str | None:
    """Digits inside a name: "Shahed-136", "9M723", "007", "24/7", the "1." of a list."""
    before, after = levelled[max(0, form.start - 2) : form.start], levelled[form.end : form.end + 2]
    if before[-1:] == "-" and before[:1].isalpha():
        return "model"
    if after[:1].isalpha() and near.word not in words.units and len(near.word) <= 3:
        return "model"
    if levelled[form.start] == "0" and isinstance(form.value, int) and form.end - form.start > 1:
        return "code"
    if before[-1:] == "/" or after[:1] == "/":
        return "fraction"
    opens_line = not levelled[max(0, form.start - 4) : form.start].rpartition("\n")[2].strip()
    if opens_line and after in {". ", ") ", ".", ")"} and form.value < 100:
        return "list marker" if form.start < 4 or "\n" in levelled[form.start - 4 : form.start] else None
    return None


def _word_name(text: str, levelled: str, form: Form, near: Around, words: Words) -> bool:
    """Words inside a name: "Quatre-Cantons", "les Vingt-Sept", "Kim Jong-un", "un immeuble neuf"."""
    before, after = levelled[max(0, form.start - 1) : form.start], levelled[form.end : form.end + 2]
    if before == "-" or (after[:1] == "-" and after[1:].isalpha()):
        return True
    if form.kind == "article":
        return near.head.endswith(("quelqu'", " la ")) or bool(near.apart and near.word == "demi")
    if text[form.start].isupper() and near.last in {"les", "des", "aux"}:
        return True
    if levelled[form.start : form.end] != "neuf" or _noun_follows(near, words):
        return False
    return NEW.search(near.head) is not None


def _unit(near: Around, words: Words) -> str | None:
    if not near.word:
        return None
    if near.word == "°":
        return "size"
    if near.second and f"{near.word} {near.second}" in words.units:
        return words.units[f"{near.word} {near.second}"]
    return words.units.get(near.word)


def _noun_follows(near: Around, words: Words) -> bool:
    """Whether a noun (no function word, no weekday) stands right after the number, so that it may be counted."""
    return bool(near.word) and near.apart == " " and near.word not in words.function and near.word not in words.weekdays


def _date(levelled: str, form: Form, near: Around, words: Words) -> str | None:
    if near.word in words.months and near.apart == " " and form.value <= 31:
        return "date"
    if form.kind != "digits" or isinstance(form.value, float):
        return None
    plain = levelled[form.start : form.end].isdigit()
    if plain and 1900 <= form.value <= 2099:
        if near.last in words.years or near.head.endswith("'"):
            return "year"
        if form.value % 100 and not _noun_follows(near, words):
            return "year"
    if near.last in words.weekdays and form.value <= 31 and not _noun_follows(near, words):
        return "date"
    return None


def _designation(form: Form, near: Around) -> str | None:
    """A single article makes digits a name: "la 155 a perdu", "le 24"; "1000 pour 1000" counts."""
    if form.kind != "digits" or form.value >= 1000 or near.word == "pour" or not near.head.endswith(" "):
        return None
    return "designation" if near.last in {"le", "la", "du", "au", "cette"} else None


def _age(levelled: str, form: Form, near: Around, words: Words, last: Form | None, reason: str | None) -> str | None:
    """Ages without "ans": "hommes de 63 et de 71", "le plus âgé 58"."""
    if form.kind not in {"digits", "words"} or form.value > 110:
        return None
    if near.head.endswith(words.superlatives):
        return "age"
    follows = AFTER_AGE.match(levelled, form.end) is not None
    if (
        last is not None
        and reason in {"age", "years"}
        and follows
        and AGE_GAP.fullmatch(levelled[last.end : form.start])
    ):
        return "age"
    parts = near.head.rstrip("'").split()
    if reason in {"age", "years"} and follows and parts and parts[-1] in {"elle", "lui", "autre"}:
        # "Lui 71 ans, elle 68"
        return "age"
    if len(parts) >= 2 and parts[-1] in {"de", "d"} and follows and parts[-2].strip(",") in words.persons:
        return "age"
    return None
