"""Districts of the capital that are namesakes of villages: a strike on Obolon, in a text about Kyiv, is one on Kyiv."""

from functools import lru_cache

from schemas.records import Place
from streams.reading.gazetteer import find_places

CAPITAL = "Kyiv"
DISTRICTS = frozenset(
    (
        "Obolon", "Darnytsia", "Podil", "Troïechtchyna", "Solomianka", "Sviatochyne", "Sviatochyn", "Holossiïv",
        "Petchersk", "Desna", "Loukianivka", "Nyvky", "Borchtchahivka", "Pozniaky", "Osokorky",
    )
)  # fmt: skip


def city_of(place: Place) -> Place | None:
    """The city that a place as written is a district of; None where it is none."""
    return _capital() if place.name in DISTRICTS else None


@lru_cache(maxsize=1)
def _capital() -> Place:
    return find_places(f"à {CAPITAL}")[0].place
