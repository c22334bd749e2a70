"""The project's gazetteer: settlements, regions and countries by any spelling, and French names for each.

Data: GeoNames (CC BY 4.0) in `gazetteer.tsv`, built by `streams.reading.gazetteer_build`, and the hand-kept tables of
the language pack. Everything is read at the first look-up (about 25 ms), nothing at import.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from schemas.enumerations import PlacePrecision
from schemas.records import Place
from streams.reading.spellings import key, plain

TABLE = Path(__file__).parent / "gazetteer.tsv"
LEXICON = Path(__file__).parent.parent / "languages" / "fr" / "lexicon"
SLAVIC = frozenset({"UA", "RU", "BY", "MD"})


class Entry(Struct, frozen=True):
    """A place the gazetteer knows; `known` marks what is named by hand: large, or spoken of."""

    canonical: str
    region: str | None
    country: str
    geoname_id: int | None
    latitude: float | None
    longitude: float | None
    population: int
    precision: PlacePrecision
    known: bool = False

    def place(self, name: str) -> Place:
        """The entry as the record of an event, `name` as the text writes it."""
        return Place(
            name=name,
            canonical=self.canonical,
            region=self.region,
            geoname_id=self.geoname_id,
            country=self.country or None,
            latitude=self.latitude,
            longitude=self.longitude,
            precision=self.precision,
        )


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of a tab-separated table, comments left out."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and line[0] != "#":
            yield line.split("\t")


def _number(written: str) -> float | None:
    return float(written) if written else None


def _spellings(row: list[str], column: int) -> list[str]:
    return [each for each in row[column].split("|") if each] if len(row) > column else []


class Gazetteer:
    """Entries by key; a key with spaces is found from its first word (`longest`: words of the longest such key)."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._entries: dict[int, Entry] = {}
        self._settlements: dict[str, list[int]] = {}
        self._plain: dict[str, list[int]] = {}
        self.regions: dict[str, Entry] = {}
        self.countries: dict[str, Entry] = {}
        self.adjectives: dict[str, str] = {}
        self.capitals: dict[str, int] = {}
        self.longest: dict[str, int] = {}
        self._read_settlements()
        self._read_regions()
        self._read_countries()

    def _add(self, table: dict[str, list[int]], name: str, index: int) -> None:
        table.setdefault(name, []).append(index)
        self._start(name)

    def _start(self, name: str) -> None:
        first, _, rest = name.partition(" ")
        words = 1 + rest.count(" ") + 1 if rest else 1
        if self.longest.get(first, 0) < words:
            self.longest[first] = words

    def _read_settlements(self) -> None:
        self._named = {int(row[0]) for row in rows(LEXICON / "place_names.tsv")}
        self._by_id: dict[int, int] = {}
        for index, row in enumerate(rows(TABLE)):
            self._rows.append(row)
            self._by_id[int(row[0])] = index
            slavic = row[3] in SLAVIC
            for name in row[7].split("|"):
                self._add(self._settlements if slavic else self._plain, name, index)
        for row in rows(LEXICON / "place_supplement.tsv"):
            index = len(self._rows)
            identity = row[5] if len(row) > 5 else ""
            self._rows.append([identity, row[0], row[1], row[2], row[3], row[4], "5000"])
            for spelling in (row[0], *_spellings(row, 6)):
                slavic = row[2] in SLAVIC
                self._add(
                    self._settlements if slavic else self._plain, key(spelling) if slavic else plain(spelling), index
                )

    def _read_regions(self) -> None:
        for country, _, identity, name, *spellings in rows(LEXICON / "regions.tsv"):
            entry = Entry(name, name, country, int(identity) if identity else None, None, None, 0, "region", known=True)
            for spelling in (name, *_spellings([*spellings], 0)):
                self.regions.setdefault(key(spelling), entry)
                self._start(key(spelling))

    def _read_countries(self) -> None:
        for code, name, spellings, adjectives, capital in rows(LEXICON / "countries.tsv"):
            entry = Entry(name, None, code, None, None, None, 0, "country", known=True)
            for spelling in (name, *spellings.split("|")):
                if spelling:
                    self.countries.setdefault(plain(spelling), entry)
                    self._start(plain(spelling))
            for adjective in adjectives.split("|"):
                self.adjectives.setdefault(plain(adjective), code)
            if capital:
                self.capitals[code] = int(capital)

    def _entry(self, index: int) -> Entry:
        entry = self._entries.get(index)
        if entry is None:
            identity, name, region, country, latitude, longitude, population = self._rows[index][:7]
            number = int(identity) if identity else None
            entry = self._entries[index] = Entry(
                canonical=name,
                region=region or None,
                country=country,
                geoname_id=number,
                latitude=_number(latitude),
                longitude=_number(longitude),
                population=int(population),
                precision="settlement",
                known=number is None or number in self._named,
            )
        return entry

    def knows(self, name: str) -> bool:
        """Whether any place is called `name`."""
        exact, skeleton = plain(name), key(name)
        return (
            exact in self.countries or exact in self._plain or skeleton in self._settlements or skeleton in self.regions
        )

    def settlements(self, name: str) -> list[Entry]:
        """Every settlement that some spelling calls `name`, by no order of worth."""
        found = [*self._plain.get(plain(name), ()), *self._settlements.get(key(name), ())]
        return [self._entry(index) for index in dict.fromkeys(found)]

    def region(self, name: str) -> Entry | None:
        """The region of that name ("Kharkiv", "Crimée"), or None."""
        return self.regions.get(key(name))

    def country(self, name: str) -> Entry | None:
        """The country of that name, or None."""
        return self.countries.get(plain(name))

    def country_of(self, adjective: str) -> str | None:
        """The ISO code an adjective or demonym stands for: "nord-coréen" KP; None where it stands for none."""
        return self.adjectives.get(plain(adjective))

    def capital(self, country: str) -> Entry | None:
        """The capital of a country by its ISO code, or None."""
        index = self._by_id.get(self.capitals.get(country, 0))
        return self._entry(index) if index is not None else None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one gazetteer, read at the first call."""
    return Gazetteer()
