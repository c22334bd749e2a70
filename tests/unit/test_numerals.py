"""French numbers: what they are worth, how sure the text is of them, and which count nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_to_num import text2num  # type: ignore[import-untyped]

from schemas.records import Number
from streams.languages.fr.numbers.forms import digits_value, times
from streams.languages.fr.numbers.numerals import find_non_counts, find_quantities

NARROW, FIXED, THIN = "\u202f", "\u00a0", "\u2009"
EXACT: list[tuple[str, Number]] = [
    ("8 morts", 8),
    ("1.300 soldats", 1300),
    ("1 740 obus", 1740),
    ("6100 foyers", 6100),
    ("40.000 abonnés", 40_000),
    ("40,000 hommes selon une traduction", 40_000),
    ("1'250 lits", 1250),
    (f"12{NARROW}345 abris", 12_345),
    (f"12{FIXED}345 abris", 12_345),
    (f"12{THIN}345{THIN}678 habitants", 12_345_678),
    ("1 million 150 000 déplacés", 1_150_000),
    ("1,5 million d'habitants", 1_500_000),
    ("2.3 millions de foyers", 2_300_000),
    ("3 millions et demi de réfugiés", 3_500_000),
    ("deux millions 300 mille obus", 2_300_000),
    ("37 mille hommes", 37_000),
    ("dix-sept drones", 17),
    ("vingt et un missiles", 21),
    ("Trente-six habitants", 36),
    ("quatre-vingt-dix abris", 90),
    ("quatre vingt onze abris", 91),
    ("septante pompiers", 70),
    ("huitante pompiers", 80),
    ("nonante-neuf pompiers", 99),
    ("soixante et onze chars", 71),
    ("cent sept délégations", 107),
    ("Mille deux cents corps", 1200),
    ("trois mille deux cents tentes", 3200),
    ("DEUX CENT TRENTE BLESSÉS", 230),
    ("un million deux cent mille hommes", 1_200_000),
    ("quatre-vingts écoliers", 80),
    ("zéro blessé", 0),
    ("mille et un soldats", 1001),
    ("échange 1000 pour 1000", 1000),
    ("2019 localités privées de courant", 2019),
    ("2000 prisonniers attendus", 2000),
    ("mardi 15 drones ont été abattus", 15),
    ("neuf maisons brûlées", 9),
    ("visée à quatre reprises", 4),
    ("Chars : 3 120.", 3120),
]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_exact_counts(text: str, value: Number) -> None:
    found = [each for each in find_quantities(text) if not each.article]
    assert found[0].value == value
    assert (found[0].low, found[0].high, found[0].qualifier) == (value, value, "exact")


QUALIFIED = [
    ("au moins 12 morts", 12, "at-least", "au moins 12"),
    ("Au moins seize mineurs", 16, "at-least", "Au moins seize"),
    ("plus de 400 drones", 400, "at-least", "plus de 400"),
    ("plus d'un millier d'hommes", 1000, "at-least", "plus d'un millier"),
    ("un peu plus de 45 000 tombes", 45_000, "at-least", "un peu plus de 45 000"),
    ("pas moins de 30 obus", 30, "at-least", "pas moins de 30"),
    ("au minimum 7 disparus", 7, "at-least", "au minimum 7"),
    ("minimum 300 tentes", 300, "at-least", "minimum 300"),
    ("Douze voisins au moins ont péri", 12, "at-least", "Douze"),
    ("34 habitants au moins", 34, "at-least", "34"),
    ("environ 50 000 militaires", 50_000, "about", "environ 50 000"),
    ("près de cent abris", 100, "about", "près de cent"),
    ("près d’une centaine d’abris", 100, "about", "près d’une centaine"),
    ("quelque 8 500 marins", 8500, "about", "quelque 8 500"),
    ("Quelques 80 maisons", 80, "about", "Quelques 80"),
    ("autour de 310 soldats", 310, "about", "autour de 310"),
    ("aux alentours de 20 tirs", 20, "about", "aux alentours de 20"),
    ("à peu près 60 chars", 60, "about", "à peu près 60"),
    ("presque deux cents lits", 200, "about", "presque deux cents"),
    ("Trois cents élèves environ", 300, "about", "Trois cents"),
    ("1650 environ sont partis", 1650, "about", "1650 environ"),
    ("une dizaine de tirs", 10, "about", "une dizaine"),
    ("une douzaine de blessés", 12, "about", "une douzaine"),
    ("une demi-douzaine de blessés", 6, "about", "une demi-douzaine"),
    ("deux douzaines d'obus", 24, "about", "deux douzaines"),
    ("trois dizaines de tués", 30, "about", "trois dizaines"),
    ("une bonne trentaine de tués", 30, "about", "une bonne trentaine"),
    ("Une soixantaine avaient fui", 60, "about", "Une soixantaine"),
    ("cinquantaine blessés", 50, "about", "cinquantaine"),
    ("un millier de corps", 1000, "about", "un millier"),
    ("une centaine de milliers de foyers", 100_000, "about", "une centaine de milliers"),
    ("jusqu'à 1.500 fantassins", 1500, "at-most", "jusqu'à 1.500"),
    ("jusqu’à près de 300 tirs", 300, "at-most", "jusqu’à près de 300"),
    ("moins de 40 abris", 40, "at-most", "moins de 40"),
    ("tout au plus 5 tués", 5, "at-most", "tout au plus 5"),
    ("des dizaines de tués", 10, "vague", "des dizaines"),
    ("plusieurs centaines d'habitants", 100, "vague", "plusieurs centaines"),
    ("quelques milliers de tombes", 1000, "vague", "quelques milliers"),
    ("« milliers » de déplacés", 1000, "vague", "milliers"),
    ("des dizaines de milliers de foyers", 10_000, "vague", "des dizaines de milliers"),
    ("des millions de gens", 1_000_000, "vague", "des millions"),
    ("le bilan monte jusqu'à 52 morts", 52, "exact", "jusqu'à 52"),
]


@pytest.mark.parametrize(("text", "value", "qualifier", "words"), QUALIFIED)
def test_approximations(text: str, value: Number, qualifier: str, words: str) -> None:
    found = find_quantities(text)
    assert [(each.value, each.qualifier, text[each.start : each.end]) for each in found] == [(value, qualifier, words)]
    assert found[0].low == found[0].high == value


RANGES = [
    ("entre 7 000 et 15 000 habitants", 7000, 15_000, "entre 7 000 et 15 000"),
    ("quelque 2.500 à 3.000 hommes", 2500, 3000, "quelque 2.500 à 3.000"),
    ("six à huit personnes", 6, 8, "six à huit"),
    ("deux ou trois voisins", 2, 3, "deux ou trois"),
    ("de 7 à 9 morts", 7, 9, "de 7 à 9"),
    ("5-7 tués", 5, 7, "5-7"),
    ("2 à 3 millions de foyers", 2_000_000, 3_000_000, "2 à 3 millions"),
]


@pytest.mark.parametrize(("text", "low", "high", "words"), RANGES)
def test_ranges_are_worth_their_low_end(text: str, low: Number, high: Number, words: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.low, found.high, found.qualifier) == (low, low, high, "range")
    assert text[found.start : found.end] == words


SEPARATE = [
    ("porté de 38 à 55 blessés", [38, 55]),
    ("le bilan est passé de 12 à 14 morts", [12, 14]),
    ("le nombre de tués grimpe de 4 à 9 personnes", [4, 9]),
    ("185 contre 185", [185, 185]),
    ("cinq morts et au moins 12 blessés", [5, 12]),
    ("16 des 35 drones", [16, 35]),
    ("Rostov (17) et Smolensk (14)", [17, 14]),
    ("vingt, trente, quarante obus", [20, 30, 40]),
    ("vingt et trois", [20, 3]),
    ("17:52 300 foyers", [300]),
    ("en 2025 120 drones", [120]),
]


@pytest.mark.parametrize(("text", "values"), SEPARATE)
def test_numbers_that_stand_alone(text: str, values: list[Number]) -> None:
    assert [each.value for each in find_quantities(text)] == values


UNITS = [
    ("20 % des soldats", 20, "percent"),
    (f"20{FIXED}% des soldats", 20, "percent"),
    ("28 pour cent", 28, "percent"),
    ("30 p. 100", 30, "percent"),
    ("2,5 % du pays", 2.5, "percent"),
    ("900 millions d’euros", 900_000_000, "EUR"),
    ("2,5 milliards de dollars", 2_500_000_000, "USD"),
    ("500 M€", 500_000_000, "EUR"),
    ("1,2 Md$", 1_200_000_000, "USD"),
    ("40 €", 40, "EUR"),
    ("$61 milliards", 61_000_000_000, "USD"),
    ("300 millions de couronnes danoises", 300_000_000, "DKK"),
    ("80 millions de couronnes suédoises", 80_000_000, "SEK"),
    ("80 millions de couronnes norvégiennes", 80_000_000, "NOK"),
    ("12 millions de livres sterling", 12_000_000, "GBP"),
    ("5000 hryvnias", 5000, "UAH"),
    ("deux milliards de roubles", 2_000_000_000, "RUB"),
    ("60 000 zlotys", 60_000, "PLN"),
    ("9 milliards de yens", 9_000_000_000, "JPY"),
    ("15 millions de francs suisses", 15_000_000, "CHF"),
    ("200 millions de dollars canadiens", 200_000_000, "CAD"),
    ("150 millions de dollars australiens", 150_000_000, "AUD"),
]


@pytest.mark.parametrize(("text", "value", "unit"), UNITS)
def test_percent_and_currencies(text: str, value: Number, unit: str) -> None:
    found = find_quantities(text)
    assert [(each.value, each.unit) for each in found] == [(value, unit)]


NO_COUNTS = [
    "un drone Shahed-136", "des S-300", "deux F-16 mis à part, un Kh-101", "un obusier de 155 mm", "vers seize heures",
    "à 17:52", "8 h 30", "à 21h", "10 heures", "en 2025", "depuis 2022", "le 24 février 2022", "15 avril",
    "les 15 et 16 juin", "du mercredi 22 au jeudi 23", "11/02/2025", "15.08.2024", "2025-06-09", "53 ans",
    "âgé de 12 ans", "de 63 et de 71 ans", "âgées de 20 et 26 ans", "hommes de 63 et de 71", "le plus âgé 58",
    "des recrues de 18 à 24 ans", "24 heures", "trois jours", "six semaines", "de six à huit semaines",
    "une dizaine de jours", "10 000 mètres carrés", "200 tonnes", "8 km", "une trentaine de kilomètres", "-25 °C",
    "numéro 17", "n° 17", "point 3", "page 12", "article 438, alinéa 2", "24/7", "la 155 a reculé", "007",
    "01 23 45 67 89", "https://exemple.org/2024/12", "t.me/canal/2041", "le Groupe des Sept", "les Vingt-Sept",
    "le lac des Quatre-Cantons", "Kim Jong-un", "flambant neuf", "deux tiers", "trois quarts", "cinq fois plus",
    "2-0", "quelqu'un", "immeuble de neuf étages", "1 min 12", "Jour 843", "à la une", "un sur cinq environ",
    "Leopard 2", "3 h 05", "18 points",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_COUNTS)
def test_numbers_that_count_nothing(text: str) -> None:
    assert [text[each.start : each.end] for each in find_quantities(text) if not each.article] in (
        [],
        ["deux"] if text.startswith("deux F-16") else [],
    )


@pytest.mark.parametrize("text", ["plusieurs blessés", "quelques obus", "la moitié du pays", "aucun mort", "un couple"])
def test_words_that_are_no_numbers(text: str) -> None:
    assert [each for each in find_quantities(text) if not each.article] == []


def test_what_counts_nothing_is_told_with_its_reason() -> None:
    text = "Le 4 mars à 8 h 30, un Shahed-136 a tué un homme de 57 ans au n° 3."
    reasons = [(text[start:end], reason) for start, end, reason in find_non_counts(text)]
    assert reasons == [("4", "date"), ("8 h 30", "clock"), ("136", "model"), ("57", "years"), ("3", "number")]


@pytest.mark.parametrize(
    ("text", "value"),
    [("la 155e brigade", 155), ("1re armée", 1), ("la troisième victime", 3), ("sa vingt-cinquième aide", 25)],
)
def test_ordinals(text: str, value: int) -> None:
    assert [(each.value, each.ordinal) for each in find_quantities(text)] == [(value, True)]


@pytest.mark.parametrize("text", ["une femme tuée", "un mort", "L’un tireur, l’autre guide", "au moins un mort"])
def test_articles(text: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.article) == (1, True)


ONES = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]
ONES += ["treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def in_words(number: int) -> str:
    """A whole number below 10**12 as French spells it; the tests' own, so that reader and writer differ."""
    if number < 20:
        return ONES[number]
    if number < 100:
        ten = number // 10 * 10 - (10 if number // 10 in (7, 9) else 0)
        rest = number - ten
        if rest == 0:
            return TENS[ten] + ("s" if ten == 80 else "")
        joint = " et " if rest in (1, 11) and ten != 80 else "-"
        return TENS[ten] + joint + ONES[rest]
    for size, name in ((10**9, "milliard"), (10**6, "million"), (1000, "mille"), (100, "cent")):
        if number >= size:
            head, rest = divmod(number, size)
            front = name if head == 1 and size <= 1000 else f"{in_words(head)} {name}"
            if size <= 1000:
                front = front.replace("cents mille", "cent mille").replace("vingts mille", "vingt mille")
            plural = "s" if head > 1 and (size > 1000 or (size == 100 and rest == 0)) else ""
            return f"{front}{plural}" + (f" {in_words(rest)}" if rest else "")
    raise AssertionError


def in_digits(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


NUMBERS = st.one_of(st.integers(2, 130), st.integers(2, 10_000), st.integers(2, 10**9))


@given(NUMBERS, st.booleans())
def test_every_number_is_read_back_from_words(number: int, hyphens: bool) -> None:
    words = in_words(number)
    written = words.replace(" ", "-") if hyphens and number < 10**6 else words
    for text in (f"On dénombre {written} tentes.", f"{written[0].upper()}{written[1:]} tentes"):
        (found,) = find_quantities(text)
        assert found.value == number
        assert text[found.number_start : found.number_end].lower() == written


@given(NUMBERS, st.sampled_from(["", " ", NARROW, FIXED, THIN, ".", "'", "’"]))
def test_every_number_is_read_back_from_digits(number: int, separator: str) -> None:
    written = in_digits(number, separator)
    text = f"On dénombre {written} tentes."
    (found,) = find_quantities(text)
    assert (found.value, text[found.number_start : found.number_end]) == (number, written)


@given(st.text(alphabet="un deux trois 0123456789.,-'’%€ àetoumill dizaines\u202f\n", max_size=120))
@settings(max_examples=300)
def test_spans_are_exact_sorted_and_apart(text: str) -> None:
    last = 0
    for each in find_quantities(text):
        assert last <= each.start <= each.number_start < each.number_end <= each.end <= len(text)
        assert each.low <= each.value <= each.high
        last = each.number_end


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    find_quantities(text)
    find_non_counts(text)


@given(st.integers(1, 999), st.sampled_from([1000, 10**6, 10**9]))
def test_scaling_is_exact(tenths: int, factor: int) -> None:
    assert times(tenths / 10, factor) == tenths * factor // 10


def test_digits_too_long_to_count_are_refused() -> None:
    assert digits_value("9" * 16) is None
    assert digits_value("9" * 15) == 10**15 - 1


WORST = [
    "7",
    "1 000 ",
    "un ",
    "vingt et ",
    "mille ",
    "12, ",
    "deux ou ",
    "de 3 à ",
    "n° 4 ",
    "http://a/1 ",
    "2025 ",
    "dizaine ",
    "1.",
]


@pytest.mark.parametrize("unit", WORST)
def test_time_is_linear_in_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()
        find_quantities(text)
        return time.process_time() - begun

    seconds(2000)
    short = min(seconds(20_000) for _ in range(3))
    assert min(seconds(160_000) for _ in range(3)) < 8 * max(short, 0.005) * 4


class TestWhatText2numDoesNotDo:
    """Why runs, offsets and mixtures are this project's own."""

    @pytest.mark.parametrize("words", ["37 mille", "1,5 million", "une trentaine", "1 240"])
    def test_it_refuses_digits_mixtures_and_collectives(self, words: str) -> None:
        with pytest.raises(ValueError, match="invalid literal"):
            text2num(words, "fr")

    def test_it_joins_two_numbers(self) -> None:
        assert text2num("vingt et trois", "fr") == 23
