"""Days that count from another: anniversaries, "deux jours plus tôt", hours from one day to the next."""

from datetime import date

import pytest

from streams.languages.fr.dates.calendar import find_dates

WEDNESDAY = date(2025, 6, 18)

COUNTED = [
    ("Il y a trois ans jour pour jour, un obus", "2022-06-18", "day"),
    ("Un an plus tôt, jour pour jour, un obus", "2024-06-18", "day"),
    ("Le 9 août dernier", "2024-08-09", "day"),
    ("le 3 mars prochain", "2026-03-03", "day"),
    ("le 19/06", "2025-06-19", "day"),
    ("le 1ᵉʳ juin", "2025-06-01", "day"),
    ("2 juil 2025", "2025-07-02", "day"),
    ("dix jours plus tôt", "2025-06-08", "day"),
    ("entre lundi 20 heures et mardi 7 heures", "2025-06-17", "night"),
    ("de lundi 8 heures à mardi 8 heures", "2025-06-17", "day"),
    ("Entre mardi soir et mercredi matin", "2025-06-18", "night"),
    ("de 22 h 00 le 16 juin à 7 h 00", "2025-06-17", "night"),
]


@pytest.mark.parametrize(("text", "day", "precision"), COUNTED)
def test_one_day(text: str, day: str, precision: str) -> None:
    (found,) = find_dates(text, WEDNESDAY)
    assert (str(found.first), found.first == found.last, found.precision) == (day, True, precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Le lendemain matin", "2025-06-11"),
        ("deux jours plus tôt", "2025-06-08"),
        ("une semaine auparavant", "2025-06-03"),
        ("la nuit suivante", "2025-06-11"),
        ("le même jour", "2025-06-10"),
        ("le soir même", "2025-06-10"),
    ],
)
def test_days_by_the_one_told_before(text: str, day: str) -> None:
    (found,) = find_dates(text, WEDNESDAY, date(2025, 6, 10))
    assert str(found.first) == day


def test_the_day_told_before_may_stand_in_the_sentence() -> None:
    found = find_dates("Le 3 mars, un obus est tombé. Deux jours plus tôt, un autre", WEDNESDAY)
    assert [str(each.first) for each in found] == ["2025-03-03", "2025-03-01"]


def test_two_days_in_a_row_are_one_span() -> None:
    (found,) = find_dates("Les délégations se sont vues lundi et mardi", WEDNESDAY)
    assert (str(found.first), str(found.last)) == ("2025-06-16", "2025-06-17")


@pytest.mark.parametrize(
    "text", ["Deux ans après l’attaque", "trois jours plus tard", "au bout de trois jours", "la place du 9 mai"]
)
def test_what_is_no_day(text: str) -> None:
    assert find_dates(text, WEDNESDAY) == []


def test_a_date_of_a_past_spring_is_not_of_the_next() -> None:
    (found,) = find_dates("Le 3 mars", date(2025, 11, 5))
    assert str(found.first) == "2025-03-03"
