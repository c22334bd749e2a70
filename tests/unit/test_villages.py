"""Villages beyond the gazetteer proper, seas, streets: what a locative makes a place and what it does not."""

import pytest

from streams.reading.gazetteer import find_places
from streams.reading.gazetteer_table import rows
from streams.reading.spellings import key
from streams.reading.villages import TABLE, villages

PLACES = [
    ("à Hroza, dans la région de Kharkiv", [("Hroza", "Kharkiv"), ("région de Kharkiv", "Kharkiv")]),
    ("à Gora-Podol, deux drones", [("Gora-Podol", "Belgorod")]),
    ("au-dessus de Tichanka", [("Tichanka", "Belgorod")]),
    ("à Illinka, village des environs de Marhanets", [("Illinka", "Dnipropetrovsk"), ("Marhanets", "Dnipropetrovsk")]),
    ("le village de Pidlissia", [("Pidlissia", None)]),
    ("au village de Stara Hnylytsia", [("Stara Hnylytsia", "Kharkiv")]),
    ("le port d’Oust-Louga", [("Oust-Louga", "Léningrad")]),
    ("à Oulan-Oude", [("Oulan-Oude", "Bouriatie")]),
    ("neuf drones abattus au-dessus de la mer d’Azov", [("mer d’Azov", None)]),
    ("Les quinze derniers sont tombés en mer Noire", [("mer Noire", None)]),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_places(text: str, places: list[tuple[str, str | None]]) -> None:
    assert [(each.place.name, each.place.region) for each in find_places(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "des missiles tirés d’un sous-marin en mer Noire",
        "un accord sur la mer Noire",
        "à l’angle de la rue de Poltava",
        "l’avenue de Kiev",
        "le boulevard de Sébastopol",
        "M. Hrytsenko a écrit à Syrsky",
        "remis à Kovalenko",
        "confié à Iermak",
    ],
)
def test_no_places(text: str) -> None:
    assert find_places(text) == []


def test_every_row_is_found_by_its_key_and_sorted() -> None:
    table = list(rows(TABLE))
    keys = [row[0].encode() for row in table]
    assert keys == sorted(keys)
    for row in table[:: len(table) // 200]:
        assert key(row[1]) != row[0] or any(each.region == row[2] for each in villages(row[1]))


def test_a_name_of_no_village_has_none() -> None:
    assert villages("Xyzzy") == ()
    assert villages("Aa") == ()
