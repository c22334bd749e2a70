"""French days: which day a phrase means, seen from an anchor day."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.languages.fr.dates.calendar import find_dates
from streams.languages.fr.dates.datelines import dateline, day_number
from streams.languages.fr.dates.days import MONTHS, WEEKDAYS, day_of_war

TUESDAY = date(2025, 2, 4)
DAYS = [
    ("mercredi 17.000 foyers", "2025-01-29"),
    ("vendredi 1,3 milliard", "2025-01-31"),
    ("le mardi 4 février", "2025-02-04"),
    ("mardi 4 février 2025", "2025-02-04"),
    ("Ce mardi 4 février, vers midi", "2025-02-04"),
    ("4 fevrier", "2025-02-04"),
    ("LE 14 AOUT 2024", "2024-08-14"),
    ("1er mars", "2025-03-01"),
    ("premier mars 2023", "2023-03-01"),
    ("le 28 décembre", "2024-12-28"),
    ("le 2 janv. 2025", "2025-01-02"),
    ("mardi 5 février", "2025-02-05"),
    ("11/01/2025", "2025-01-11"),
    ("15.08.2024", "2024-08-15"),
    ("2025-06-09", "2025-06-09"),
    ("le 16 septembre 1943", "1943-09-16"),
    ("mardi", "2025-02-04"),
    ("mercredi", "2025-01-29"),
    ("ce lundi", "2025-02-03"),
    ("lundi matin", "2025-02-03"),
    ("dimanche en fin de matinée", "2025-02-02"),
    ("ce jeudi en début d’après-midi", "2025-01-30"),
    ("mardi dernier", "2025-01-28"),
    ("mardi prochain", "2025-02-11"),
    ("pour jeudi", "2025-02-06"),
    ("ce lundi 3, dans un village", "2025-02-03"),
    ("hier", "2025-02-03"),
    ("hier soir", "2025-02-03"),
    ("avant-hier", "2025-02-02"),
    ("aujourd’hui", "2025-02-04"),
    ("demain", "2025-02-05"),
    ("ce matin", "2025-02-04"),
    ("La veille", "2025-02-03"),
    ("l’avant-veille", "2025-02-02"),
    ("il y a trois jours", "2025-02-01"),
    ("voici deux jours", "2025-02-02"),
    ("dans dix jours", "2025-02-14"),
    ("au cours des dernières 24 heures", "2025-02-04"),
    ("en vingt-quatre heures", "2025-02-04"),
    ("pour la seule journée écoulée", "2025-02-04"),
    ("après le 11 février", "2025-02-11"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    (found,) = find_dates(text, TUESDAY)
    assert (str(found.first), str(found.last), found.precision) == (day, day, "day")


NIGHTS = [
    ("dans la nuit de lundi à mardi", "2025-02-04"),
    ("nuit de samedi à dimanche", "2025-02-02"),
    ("dans la nuit du mercredi 22 au jeudi 23", "2025-01-23"),
    ("dans la nuit du mercredi 22 au jeudi 23 janvier", "2025-01-23"),
    ("nuit du 20 au 21 novembre", "2024-11-21"),
    ("nuit du 31 décembre au 1er janvier 2024", "2024-01-01"),
    ("la nuit dernière", "2025-02-04"),
    ("cette nuit", "2025-02-04"),
    ("pendant la nuit", "2025-02-04"),
    ("la nuit de vendredi", "2025-02-01"),
    ("dans la nuit de dimanche soir à lundi", "2025-02-03"),
]


@pytest.mark.parametrize(("text", "day"), NIGHTS)
def test_a_night_counts_on_the_day_it_ends(text: str, day: str) -> None:
    (found,) = find_dates(text, TUESDAY)
    assert (str(found.first), str(found.last), found.precision) == (day, day, "night")


SPANS = [
    ("du 4 au 6 mars", "2025-03-04", "2025-03-06", "day"),
    ("les 15 et 16 juin 2024", "2024-06-15", "2024-06-16", "day"),
    ("les 15, 16 et 17 juin", "2025-06-15", "2025-06-17", "day"),
    ("du 28 février au 3 mars", "2025-02-28", "2025-03-03", "day"),
    ("du 24 février 2022 au 14 janvier 2025", "2022-02-24", "2025-01-14", "day"),
    ("du 30 décembre au 2 janvier", "2024-12-30", "2025-01-02", "day"),
    ("entre le 4 et le 6 mars", "2025-03-04", "2025-03-06", "day"),
    ("du lundi 10 au mercredi 12 février", "2025-02-10", "2025-02-12", "day"),
    ("la semaine dernière", "2025-01-27", "2025-02-02", "week"),
    ("la semaine prochaine", "2025-02-10", "2025-02-16", "week"),
    ("cette semaine", "2025-02-03", "2025-02-09", "week"),
    ("ce week-end", "2025-02-01", "2025-02-02", "week"),
    ("à la mi-février", "2025-02-11", "2025-02-20", "month-part"),
    ("début janvier", "2025-01-01", "2025-01-10", "month-part"),
    ("au début de mars", "2025-03-01", "2025-03-10", "month-part"),
    ("fin février 2024", "2024-02-21", "2024-02-29", "month-part"),
    ("dans la première quinzaine d'avril", "2025-04-01", "2025-04-15", "month-part"),
    ("d’ici la fin du mois", "2025-02-04", "2025-02-28", "month-part"),
    ("en janvier", "2025-01-01", "2025-01-31", "month"),
    ("en mars dernier", "2024-03-01", "2024-03-31", "month"),
    ("au mois de mars 2023", "2023-03-01", "2023-03-31", "month"),
    ("depuis novembre", "2024-11-01", "2024-11-30", "month"),
    ("depuis avril", "2024-04-01", "2024-04-30", "month"),
    ("l’offensive de février 2022", "2022-02-01", "2022-02-28", "month"),
    ("le mois dernier", "2025-01-01", "2025-01-31", "month"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision"), SPANS)
def test_spans(text: str, first: str, last: str, precision: str) -> None:
    (found,) = find_dates(text, TUESDAY)
    assert (str(found.first), str(found.last), found.precision) == (first, last, precision)


NO_DATES = [
    "SOUMY (Ukraine), 6 janvier 2025 - ",
    "Kyiv, le 5 janvier (agence) - ",
    "1 740 obus",
    "5 morts",
    "une maison",
    "Mars, dieu de la guerre",
    "le maire",
    "à 17:52",
    "trois jours de deuil",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, TUESDAY) == []


def test_a_count_after_a_weekday_is_not_its_number() -> None:
    (found,) = find_dates("mardi 15 drones ont été abattus", TUESDAY)
    assert (found.end, found.first) == (5, TUESDAY)
    (found,) = find_dates("reçu jeudi 1 000 corps", TUESDAY)
    assert found.first == date(2025, 1, 30)


def test_without_anchor_only_whole_dates_are_known() -> None:
    found = find_dates("hier, le 4 mars, le 5 mars 2024, dans la nuit de lundi à mardi", None)
    assert [each.first for each in found] == [None, None, date(2024, 3, 5), None]


def test_an_impossible_day_is_null() -> None:
    (found,) = find_dates("le 31 février", TUESDAY)
    assert found.first is None


def test_the_eve_counts_from_its_context() -> None:
    (found,) = find_dates("la veille", TUESDAY, context=date(2024, 6, 15))
    assert found.first == date(2024, 6, 14)


def test_several_dates_in_one_sentence_stay_apart() -> None:
    text = "Tués lundi, enterrés mercredi 12 février ; hier encore, puis le 1er mars."
    found = find_dates(text, date(2025, 2, 14))
    assert [(text[each.start : each.end], str(each.first)) for each in found] == [
        ("lundi", "2025-02-10"),
        ("mercredi 12 février", "2025-02-12"),
        ("hier", "2025-02-13"),
        ("le 1er mars", "2025-03-01"),
    ]


NUMBERS = [
    ("Jour 1077 de résistance : frappe", 1077),
    ("Jour 843", 843),
    ("313e jour de guerre", 313),
    ("L’Ukraine au 1 077e jour", 1077),
    ("Guerre : trois cent treizième jour", 313),
    ("52e jour de guerre, samedi", 52),
    ("Cinq morts en 3 jours", None),
    ("Trois drones par jour 3 fois", None),
    ("Deux morts à Poltava", None),
]


@pytest.mark.parametrize(("title", "number"), NUMBERS)
def test_day_numbers(title: str, number: int | None) -> None:
    assert day_number(title) == number


def test_day_one_is_the_first_of_the_war() -> None:
    assert (day_of_war(1), day_of_war(1077)) == (date(2022, 2, 24), date(2025, 2, 4))
    with pytest.raises(ValueError, match="begin with 1"):
        day_of_war(0)


DATELINES = [
    ("KYIV, 13 janvier 2025 (Agence) - Deux morts", "2025-01-13"),
    ("Odessa, 15 mars – Une frappe", "2025-03-15"),
    ("Rome, le 17 mai (Agence Sud) — Une frappe", "2025-05-17"),
    ("Publié le 4 février 2025 à 10h", "2025-02-04"),
    ("Un titre\nMise à jour : 12/03/2024", "2024-03-12"),
    ("Mis en ligne : 2025-06-09 18:22", "2025-06-09"),
    ("mardi 4 février 2025\nUne frappe", "2025-02-04"),
    ("Un rapport publié le 4 mars 2024 décrit la frappe", "None"),
    ("Le 4 mars 2024, une frappe a eu lieu", "None"),
    ("Une frappe", "None"),
]


@pytest.mark.parametrize(("text", "day"), DATELINES)
def test_datelines(text: str, day: str) -> None:
    assert str(dateline(text, date(2025, 3, 1))) == day


def test_a_dateline_without_year_needs_a_fallback() -> None:
    assert dateline("KYIV, 15 mars - Une frappe") is None


NAMES = {number: name for name, number in MONTHS.items() if not name.endswith(".") and name not in {"janv", "septembr"}}


@given(st.dates(date(2022, 1, 1), date(2031, 1, 1)), st.booleans(), st.integers(-150, 150))
def test_every_written_date_is_read_back(day: date, year: bool, distance: int) -> None:
    weekday = list(WEEKDAYS)[day.weekday()]
    text = f"Ce {weekday} {'1er' if day.day == 1 else day.day} {NAMES[day.month]}{f' {day.year}' if year else ''}, tout"
    (found,) = find_dates(text, day + timedelta(days=distance))
    assert (found.first, found.last) == (day, day)


@given(st.dates(date(2022, 1, 1), date(2031, 1, 1)), st.sampled_from(list(WEEKDAYS)))
def test_a_weekday_lies_within_the_week_before_its_anchor(anchor: date, weekday: str) -> None:
    (found,) = find_dates(f"tué {weekday} par un obus", anchor)
    assert found.first is not None
    assert 0 <= (anchor - found.first).days < 7
    assert found.first.weekday() == WEEKDAYS[weekday]


@given(
    st.lists(st.sampled_from([*WEEKDAYS, *MONTHS, "nuit", "du", "au", "4", "le", "2025", "de", "\n", "il y a", ","]))
)
def test_spans_are_sorted_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for each in find_dates(text, TUESDAY):
        assert last <= each.start < each.end <= len(text)
        assert each.first is None or each.last is None or each.first <= each.last
        last = each.end


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    find_dates(text, TUESDAY)
    dateline(text, TUESDAY)
    day_number(text)


@pytest.mark.parametrize(
    "unit", ["mardi ", "4 ", "les 1, ", "nuit de ", "en mars ", "du 3 au ", "9", "il y a ", "jour "]
)
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()
        find_dates(text, TUESDAY)
        return time.process_time() - begun

    seconds(2000)
    short = min(seconds(20_000) for _ in range(3))
    assert min(seconds(160_000) for _ in range(3)) < 8 * max(short, 0.005) * 4


@pytest.mark.parametrize("text", ["dans la nuit de lundi à mardi", "à la mi-février", "du 4 au 6 mars", "fin mars"])
def test_dateparser_does_not_read_what_bulletins_say(text: str) -> None:
    assert pytest.importorskip("dateparser").parse(text, languages=["fr"]) is None
