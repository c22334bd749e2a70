"""Time stamps and list markers that open a line, in every form that pages give them."""

import pytest

from streams.reading.lines import split_lines

STAMPS = [
    "[19 h 27]", "10h15 -", "12 h 10.", "18 h 12 |", "14:30", "14h20", "08 h 52 :", "(21h05)", "7h", "7 h.", "22.15 -",
    "à 14 h 30 :", "14h05 •", "23:59 GMT -", "9 h 05 –", "[08:15]", "**10h20**", "⏰ 12h30", "10h42,", "• 10:42",
    "Hier, 18h30 -", "6h50 (heure de Kiev) -", "Samedi, 9 h 30 :", "15H20", "le 4 mars à 15h20 :", "18:12 ›", "18h12/",
]  # fmt: skip


@pytest.mark.parametrize("stamp", STAMPS)
def test_stamps(stamp: str) -> None:
    text = f"{stamp} Deux drones abattus"
    (line,) = split_lines(text, "fr")
    assert (line.stamped, line.words(text)) == (True, "Deux drones abattus")


@pytest.mark.parametrize(
    "text",
    [
        "À 14 h 30, un obus est tombé",
        "12 heures de combat",
        "24 drones abattus",
        "24 heures, 300 drones",
        "1.500 drones abattus",
    ],
)
def test_prose_that_begins_with_a_number_has_no_stamp(text: str) -> None:
    (line,) = split_lines(text, "fr")
    assert (line.stamped, line.words(text)) == (False, text)


MARKERS = ["1.", "1)", "1°", "①", "1/", "I.", "-", "•", "—", "#", "1 –", "n° 1 :", "(1)", "🔹", "➡️", "*", "✅", "1️⃣"]


@pytest.mark.parametrize("marker", MARKERS)
def test_markers(marker: str) -> None:
    text = f"{marker} Deux drones abattus"
    (line,) = split_lines(text, "fr")
    assert (line.marked, line.stamped, line.words(text)) == (True, False, "Deux drones abattus")


@pytest.mark.parametrize("heading", ["À LIRE AUSSI", "A LIRE AUSSI", "À la une", "A LA UNE"])
def test_titles_of_other_articles_are_furniture_with_and_without_accents(heading: str) -> None:
    lines = split_lines(f"Un drone a blessé un berger.\n\n{heading}\nSéisme en Grèce : deux morts", "fr")
    assert [line.furniture for line in lines] == [False, True, True]


def test_a_sign_of_alarm_is_part_of_the_line() -> None:
    (line,) = split_lines("❗️Soumy, deux morts", "fr")
    assert not line.marked
