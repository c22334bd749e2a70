"""A strike named only as another event's time is none of its own, unless it has a figure."""

from datetime import date

import pytest

from streams.extraction.phrase import stated


@pytest.mark.parametrize(
    "phrase",
    [
        "Quatre jours après le bombardement de Kharkiv, les écoles ont rouvert.",
        "Une semaine après l'attaque de drones contre Odessa, le port tourne au ralenti.",
        "Au lendemain de la frappe sur Ternopil, les écoles sont restées fermées.",
    ],
)
def test_a_strike_that_only_dates_something_else_is_not_told(phrase: str) -> None:
    assert stated(phrase, date(2025, 3, 10)) == []


def test_a_strike_recalled_with_its_toll_is_told() -> None:
    phrase = "Au lendemain de la frappe sur Ternopil, qui a fait 26 morts, les écoles sont restées fermées."
    assert stated(phrase, date(2025, 3, 10)) == ["unspecified: killed 26"]
