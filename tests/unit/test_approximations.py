"""Bounds that verbs put on numbers, whose money an amount is, and numbers that only look like counts."""

import pytest

from streams.languages.fr.numbers.numerals import find_quantities

BOUNDS = [
    ("Les pertes frôlent les 900 000 hommes", 900_000, "about"),
    ("Le total approche désormais 912 400", 912_400, "about"),
    ("un total qui tutoie les 800 000", 800_000, "about"),
    ("Le total flirte avec les 300 000", 300_000, "about"),
    ("Les pertes ont dépassé 2 310 militaires", 2310, "at-least"),
    ("Le décompte a franchi la barre des 1,1 million d’hommes", 1_100_000, "at-least"),
    ("Ses pertes dépasseraient déjà les 60 000 hommes", 60_000, "at-least"),
    ("Le bilan n’excède pas 14 morts", 14, "at-most"),
    ("sans dépasser 500 hommes", 500, "at-most"),
    ("Le nombre a dépassé de 40 celui de mars", 40, "exact"),
    ("env. 700 000 hommes", 700_000, "about"),
    ("plus ou moins 400 hommes", 400, "about"),
    ("400 et quelques drones", 400, "about"),
    ("un maximum de 40 morts", 40, "at-most"),
    ("un minimum de 40 morts", 40, "at-least"),
    ("300 soldats, au bas mot", 300, "at-least"),
]


@pytest.mark.parametrize(("text", "value", "qualifier"), BOUNDS)
def test_bounds(text: str, value: int, qualifier: str) -> None:
    found = [each for each in find_quantities(text) if not each.article]
    assert [(each.value, each.qualifier) for each in found] == [(value, qualifier)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Quatre à six cents hommes", 400, 600),
        ("Trois à quatre mille soldats", 3000, 4000),
        ("Entre vingt-sept et trente mille", 27_000, 30_000),
    ],
)
def test_a_scale_told_once_is_of_both_ends(text: str, low: int, high: int) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.low, found.high, found.qualifier) == (low, low, high, "range")


MONEY = [
    ("Oslo portera son aide à 85 milliards de couronnes", 85_000_000_000, "NOK"),
    ("la Suède offre 80 millions de couronnes", 80_000_000, "SEK"),
    ("Le gouvernement danois y consacrera 1,8 milliard de couronnes", 1_800_000_000, "DKK"),
    ("Prague offre 450 millions de couronnes", 450_000_000, "CZK"),
    ("On a saisi pour 310 millions de livres de biens", 310_000_000, "GBP"),
    ("Ankara prête 2 milliards de livres", 2_000_000_000, "TRY"),
    ("2 Mds USD", 2_000_000_000, "USD"),
    ("3 Mds $ d’aide", 3_000_000_000, "USD"),
    ("900 millions de dollars canadiens, dont 150 M$ de radars", 150_000_000, "CAD"),
    ("300 livres de classe", 300, None),
    ("douze couronnes de fleurs", 12, None),
]


@pytest.mark.parametrize(("text", "value", "unit"), MONEY)
def test_whose_money_it_is(text: str, value: int, unit: str | None) -> None:
    found = find_quantities(text)[-1]
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "le brut à 68,10 dollars le baril",
        "210 000 roubles par mois",
        "vendu 140 hryvnias le pot",
        "à 43,2 pour un dollar",
        "un habitant sur trois a fui",
        "un soldat sur dix",
        "des canons de 155",
        "des obus de calibre 152",
        "une munition de 7,62 mm",
        "le vol 752",
        "wagon 3, compartiment 5",
        "la voie 6 est coupée",
        "au kilomètre 14 de la route",
        "800 GWh",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert [each for each in find_quantities(text) if not each.article] == []
