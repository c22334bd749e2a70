"""`bulletins explain` on a terminal, in a pipe, and as a picture."""

import io
import os
import re
import time
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from schemas.records import Bulletin
from streams.commands.explaining import explain
from streams.explaining.assembling import explanation_of
from streams.explaining.screen import Screen
from streams.intake.bulletins import complete

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "uacrisis-fr-1077.txt"
PICTURE = ROOT / "deploy" / "pictures" / "explain.svg"
RECEIVED = "2025-03-06T12:00:00+00:00"
PHRASES = [
    "Une frappe russe a fait 5 morts à Kharkiv le 3 mars.",
    "Environ\xa050\u202f000 soldats « seront » transférés\xa0: c’est l’ordre du 11 janvier.",
    "La 155e brigade, 20 % des hommes de 30 ans",
    "1" * 300,
    "\x1b[31mrouge\x1b]0;titre\x07",
    "renversé \u202e 12 \u2066 cachés \u200b\ufeff",
    "«\xa0« » : ; ! ?",
    "\ue000\ue001\t\x85",
    "\n\n",
    "爆発 5 人",
]


def told(title: str, text: str) -> Bulletin:
    return complete({"title": title, "text": text, "received_at": RECEIVED, "published_on": "2025-03-05"})


def screen_of(bulletin: Bulletin, width: int, *, colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, force_terminal=colour
    )
    Screen(console).show(bulletin, explanation_of(bulletin))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=8), st.sampled_from([60, 80, 120, 200]))
@settings(max_examples=25, deadline=None)
def test_no_line_is_wider_than_the_terminal_and_no_text_commands_it(phrases: list[str], width: int) -> None:
    shown = screen_of(told(phrases[0].replace("\n", " ") + "Jour", " ".join(phrases)), width)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff\ue000-\ue003]", shown)
    assert max(cell_len(line) for line in shown.split("\n")) <= width


def test_figures_days_places_and_people_are_marked_in_the_text_without_colour() -> None:
    text = "Un missile russe a frappé Kharkiv mardi 4 mars, faisant 4 morts, a déclaré Ihor Terekhov, 58 ans."
    shown = screen_of(told("Frappe sur Kharkiv", text), 200)
    for mark in ("[Kharkiv|@]", "[mardi 4 mars|a]", "[4|1] morts", "[Ihor Terekhov|&]", "[58|b] ans"):
        assert mark in shown
    assert "\x1b" not in shown


def test_a_figures_row_has_its_words_its_rule_and_who_says_so() -> None:
    text = "Un missile russe a frappé Kharkiv, faisant au moins 4 morts, a déclaré Ihor Terekhov."
    row = next(line for line in screen_of(told("Frappe", text), 200).splitlines() if "killed at least 4  " in line)
    for cell in ("1", "4 morts”", "body", "victim noun", "Ihor Terekhov", "stands"):
        assert cell in row


def test_a_text_without_numbers_or_events_says_why_nothing_was_found() -> None:
    shown = screen_of(told("Un concert", "La chorale a chanté."), 80)
    assert "why no event is told" in shown
    assert "numbers and days" not in shown


def run(*words: str, stdin: bytes = b"", environ: dict[str, str] | None = None) -> str:
    result = CliRunner().invoke(explain, words, input=stdin, env=environ, catch_exceptions=False, standalone_mode=False)
    return result.stdout


def test_a_pipe_gets_one_object_a_bulletin_and_a_table_without_colours() -> None:
    [line] = run(str(SEED)).splitlines()
    assert {"bulletin_id", "items", "events", "figures", "passed_over", "days", "names"} <= orjson.loads(line).keys()
    assert "\x1b" not in run("--output", "table", str(SEED))


def test_no_color_keeps_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = screen_of(told("Frappe", "Une frappe russe a fait 5 morts à Kharkiv."), 100, colour=True)
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    bare = screen_of(told("Frappe", "Une frappe russe a fait 5 morts à Kharkiv."), 100, colour=True)
    assert re.search(r"\x1b\[[\d;]*3[1-6]", coloured)
    assert not re.search(r"\x1b\[[\d;]*\b3[1-6]", bare)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == re.sub(r"\x1b\[[\d;]*m", "", bare)


def test_lines_of_ndjson_are_explained_one_by_one_and_a_broken_one_says_so() -> None:
    lines = (
        b'{"bulletin_id":"a/1","title":"Frappe","text":"Une frappe russe a fait 5 morts \xc3\xa0 Kharkiv."}\n{broken\n'
    )
    first, second = (orjson.loads(line) for line in run("--ndjson", "-", stdin=lines).splitlines())
    assert (first["bulletin_id"], len(first["figures"])) == ("a/1", 1)
    assert (second["bulletin_id"], "broken JSON" in second["error"]) == (None, True)


def test_time_grows_with_the_text_and_not_faster() -> None:
    def seconds(times: int) -> float:
        bulletin = told("Jour 1100", "La 92e brigade a 30 chars; 5 morts le 3 mars. « 7 : » " * times)
        begun = time.process_time()
        screen_of(bulletin, 100)
        return time.process_time() - begun

    seconds(20)
    assert seconds(800) < 4 * 2.5 * seconds(200)


def test_the_picture_of_the_readme_is_what_the_command_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made by `make picture`: run it where the reading or the screen has changed, and look at what it shows."""
    monkeypatch.chdir(ROOT)
    made = tmp_path / "explain.svg"
    run(SEED.relative_to(ROOT).as_posix(), "--item", "1", "--item", "2", "--svg", str(made))
    picture = made.read_text(encoding="utf-8")
    assert picture == PICTURE.read_text(encoding="utf-8"), "make picture, and look at it"
    assert "@font-face" not in picture
    assert "url(http" not in picture
