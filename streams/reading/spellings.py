"""One skeleton for all spellings of a place: French, English, Russian, Ukrainian, Cyrillic, look-alike letters.

`key("Tchassiv Yar") == key("Chasiv Yar") == key("Часів Яр")`. Keys are for comparing only; nobody should read them.
"""

import re
import unicodedata
from functools import lru_cache

CYRILLIC_LETTERS = "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"
SKELETON = dict(zip(CYRILLIC_LETTERS, [
    "a", "b", "v", "h", "g", "d", "e", "e", "e", "j", "z", "i", "i", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s",
    "t", "u", "f", "h", "ts", "c", "c", "c", "", "i", "", "e", "iu", "ia",
], strict=True))  # fmt: skip
FRENCH = dict(zip(CYRILLIC_LETTERS, [
    "a", "b", "v", "h", "g", "d", "e", "ie", "io", "j", "z", "y", "i", "ï", "ï", "k", "l", "m", "n", "o", "p", "r", "s",
    "t", "ou", "f", "kh", "ts", "tch", "ch", "chtch", "", "y", "", "e", "iou", "ia",
], strict=True))  # fmt: skip
FRENCH_RUSSIAN = {**FRENCH, "г": "g", "и": "i", "й": "ï", "ы": "y", "э": "e"}
RUSSIAN_END = re.compile(r"(?:iï|yï)(?!\w)")
ROMAN = {
    **FRENCH,
    "у": "u",
    "ш": "sh",
    "ч": "ch",
    "щ": "shch",
    "ж": "zh",
    "ї": "yi",
    "й": "y",
    "я": "ya",
    "ю": "yu",
    "є": "ye",
}
FRENCH_FIRST = {"я": "ya", "ю": "you", "є": "ye", "й": "y", "ї": "yi"}
LATIN_LIKE = str.maketrans("авекмнорстухіїАВЕКМНОРСТУХІЇ", "abekmhopctyxiïABEKMHOPCTYXIÏ")
VOWELS = "aeiouyéï"
LETTERS = (
    ("shch", "c"), ("chtch", "c"), ("sch", "c"), ("tch", "c"), ("sh", "c"), ("ch", "c"), ("kh", "h"), ("gh", "h"),
    ("zh", "j"), ("dj", "j"), ("ou", "u"), ("w", "v"), ("tz", "ts"), ("x", "ks"), ("ph", "f"), ("y", "i"), ("ii", "i"),
    ("ie", "e"), ("gue", "ge"), ("gui", "gi"), ("œ", "oe"), ("ł", "l"), ("ß", "ss"), ("ø", "o"), ("ı", "i"),
)  # fmt: skip
DOUBLE = re.compile(r"(.)\1+")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
SIGNS = str.maketrans({"'": "", "’": "", "ʼ": "", "ʹ": "", "‘": "", "`": "", "-": " ", "‑": " ", "–": " ", ".": " "})


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """Lower case without accents, hyphens as spaces, no apostrophes: what two spellings of one French name share."""
    letters = unicodedata.normalize("NFD", word.lower().translate(SIGNS))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


@lru_cache(maxsize=65536)
def key(name: str, hard_g: bool = False) -> str:
    """The skeleton of a name in Latin, Cyrillic or both mixed; `hard_g` reads Cyrillic "г" as Russian does."""
    if CYRILLIC.search(name):
        if not LATIN.search(name):
            return _cyrillic_key(name, hard_g)
        name = name.translate(LATIN_LIKE)
    folded = plain(name)
    for written, skeleton in LETTERS:
        if written in folded:
            folded = folded.replace(written, skeleton)
    return _ended(DOUBLE.sub(r"\1", folded))


def _ended(skeleton: str) -> str:
    """French adds an e to names in -ine: "Khotine" is Khotyn."""
    return skeleton[:-1] if skeleton.endswith("ine") else skeleton


def _cyrillic_key(name: str, hard_g: bool) -> str:
    letters = name.lower().translate(SIGNS).replace("́", "")
    found = "".join("g" if hard_g and letter == "г" else SKELETON.get(letter, letter) for letter in letters)
    return _ended(DOUBLE.sub(r"\1", " ".join(found.split()).replace("ie", "e")))


def romanised(name: str) -> str:
    """A Ukrainian name in Latin letters as maps outside of France have it: "Шостка" shostka, "Часів" chasiv."""
    return "".join(ROMAN.get(letter, letter) for letter in name.lower())


def french_of_ukrainian(name: str) -> str:
    """A Ukrainian name as French papers write it: "Ізюм" Izioum, "Часів Яр" Tchassiv Yar, "Шостка" Chostka."""
    return _by_word(name, FRENCH)


def french_of_russian(name: str) -> str:
    """A Russian name as French papers write it: "Старый Оскол" Stary Oskol, "Ракитное" Rakitnoe."""
    return RUSSIAN_END.sub(lambda match: match[0][0], _by_word(name, FRENCH_RUSSIAN))


def _by_word(name: str, letters: dict[str, str]) -> str:
    return " ".join("-".join(_french_word(part, letters) for part in word.split("-")) for word in name.split())


def _french_word(word: str, latin_of: dict[str, str]) -> str:
    letters = word.lower().replace("'", "").replace("’", "").replace("ʼ", "").replace("́", "")
    parts: list[str] = []
    for index, letter in enumerate(letters):
        latin = latin_of.get(letter, letter)
        before = parts[-1][-1] if parts and parts[-1] else ""
        after = latin_of.get(letters[index + 1], letters[index + 1])[:1] if index + 1 < len(letters) else ""
        if index == 0:
            latin = FRENCH_FIRST.get(letter, latin)
        elif letter == "с" and before in VOWELS and after and after in VOWELS:
            latin = "ss"  # one s between vowels would be read as z
        elif latin == "g" and after in {"e", "i", "ï", "y"}:
            latin = "gu"
        parts.append(latin)
    joined = "".join(parts).replace("iia", "ia")
    return joined[:1].upper() + joined[1:]
