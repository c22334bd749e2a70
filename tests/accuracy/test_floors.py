"""Floors rise to what is reached and never fall in silence; what must stay unread is not shown."""

from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.accuracy import errors, floors
from tests.accuracy.annotated import DEVELOPMENT, read_set, sets
from tests.accuracy.drawn import relaxed
from tests.accuracy.floor_file import Floor, Row, moved, read_floors, rounded, rows, written
from tests.accuracy.floor_file import worth as worth_of
from tests.accuracy.scoring import COUNTS, MEASURES

rates = st.fractions(0, 1)
measures = st.sampled_from(MEASURES)
REASON = "douze textes de plus"
reasons = st.text(min_size=1).filter(str.isprintable)


def values(of: str) -> st.SearchStrategy[Fraction]:
    """What a measure can come to."""
    return st.integers(0, 9).map(Fraction) if of in COUNTS else rates


@st.composite
def floors_of(draw: st.DrawFn, measure: str) -> Floor:
    """A floor, perhaps one that was lowered."""
    first, second = (rounded(measure, draw(values(measure))) for _ in range(2))
    if worth_of(measure, first) >= worth_of(measure, second) or draw(st.booleans()):
        return Floor(first)
    return Floor(first, second, draw(reasons))


@st.composite
def standings(draw: st.DrawFn) -> list[Row]:
    """Measures with or without floors, wherever they stand."""
    return [
        Row(each, draw(st.none() | floors_of(each)), draw(values(each)))
        for each in draw(st.lists(measures, unique=True, min_size=1))
    ]


@relaxed
@given(value=rates, measure=measures)
def test_a_rate_is_rounded_down_to_three_decimals(value: Fraction, measure: str) -> None:
    down = rounded(measure, value)
    if measure in COUNTS:
        assert down == value
    else:
        assert down <= value < down + Fraction(1, 1000)
        assert (down * 1000).denominator == 1


@relaxed
@given(standing=standings())
def test_no_floor_falls_that_is_not_named(standing: list[Row]) -> None:
    after = moved(standing)
    for row in standing:
        if row.floor is not None:
            assert worth_of(row.measure, after[row.measure].value) >= worth_of(row.measure, row.floor.value)


@relaxed
@given(standing=standings())
def test_once_moved_nothing_is_left_to_move(standing: list[Row]) -> None:
    lower = {row.measure for row in standing if row.standing == "BELOW"}
    after = rows(moved(standing, lower, REASON), {row.measure: row.now for row in standing})
    assert {row.standing for row in after} == {"holds"}
    assert moved(after) == {row.measure: row.floor for row in after}


@relaxed
@given(standing=standings())
def test_a_lowered_floor_says_why_until_it_is_back(standing: list[Row]) -> None:
    lower = {row.measure for row in standing if row.standing == "BELOW"}
    after = moved(standing, lower, REASON)
    for row in standing:
        floor = after[row.measure]
        assert (floor.was is None) == (floor.because == "")
        assert floor.because.endswith(REASON) or row.measure not in lower
        assert floor.was is None or worth_of(row.measure, floor.was) > worth_of(row.measure, floor.value)


@relaxed
@given(held=st.dictionaries(st.sampled_from(("a", "b-2")), standings()))
def test_what_is_written_is_read_again(held: dict[str, list[Row]]) -> None:
    own = {name: {row.measure: row.floor for row in each if row.floor is not None} for name, each in held.items()}
    assert read_floors(written(own)) == own


def test_a_floor_under_what_no_score_has_is_refused() -> None:
    with pytest.raises(ValueError, match="'tolls'"):
        read_floors("[mended]\ntolls = 0.5\n")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of floors of the test's own under one set, on which everything stands at a half and every count at 2."""
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.toml")
    monkeypatch.setattr(floors, "sets", lambda: {"essai": tmp_path})
    reached = {name: Fraction(2) if name in COUNTS else Fraction(1, 2) for name in MEASURES}
    monkeypatch.setattr(floors, "now", lambda path: reached)
    return tmp_path / "floors.toml"


def run(*words: str) -> Result:
    return CliRunner().invoke(floors.main, words)


def test_a_new_set_gets_its_floors_and_one_not_at_hand_keeps_its_own(file: Path) -> None:
    file.write_text(f"[{DEVELOPMENT}]\ntoll = 0.912\n", encoding="utf-8")
    assert run().exit_code == 0
    held = read_floors(file.read_text(encoding="utf-8"))
    assert held[DEVELOPMENT] == {"toll": Floor(Fraction(912, 1000))}
    assert held["essai"]["toll"] == Floor(Fraction(1, 2))
    assert set(held["essai"]) == set(MEASURES)


@pytest.mark.parametrize("line", ["toll = 0.600", "items_extra = 1"])
def test_a_fall_is_refused_by_name_and_nothing_is_written(file: Path, line: str) -> None:
    text = f"[essai]\n{line}\nbounds = 0.1\n"
    file.write_text(text, encoding="utf-8")
    done = run()
    assert done.exit_code == 1
    assert f"essai.{line.partition(' ')[0]}" in done.output
    assert file.read_text(encoding="utf-8") == text


def test_a_fall_with_its_reason_is_written_beside_the_floor(file: Path) -> None:
    file.write_text("[essai]\nspurious_on_other = 0\n", encoding="utf-8")
    assert run("--lower", "spurious_on_other", "--because", REASON).exit_code == 0
    assert f'spurious_on_other = {{ floor = 2, was = 0, because = "{REASON}" }}' in file.read_text(encoding="utf-8")
    assert f"(was 0: {REASON})" in run().output


@pytest.mark.parametrize(
    "words", [("--lower", "toll"), ("--because", REASON), ("--lower", "bounds", "--because", REASON)]
)
def test_a_floor_falls_only_with_a_reason_and_only_where_it_is_missed(file: Path, words: tuple[str, ...]) -> None:
    text = "[essai]\ntoll = 0.6\nbounds = 0.5\n"
    file.write_text(text, encoding="utf-8")
    assert run(*words).exit_code == 2
    assert file.read_text(encoding="utf-8") == text


def test_errors_of_an_unread_set_are_shown_only_to_who_spoils_it() -> None:
    first = next(text.bulletin for text, _ in read_set(sets()["unread-news"]))
    refused = CliRunner().invoke(errors.main, ["unread-news"])
    assert refused.exit_code == 1
    assert first.bulletin_id not in refused.output
    assert CliRunner().invoke(errors.main, ["unread-news", "--spoil"]).exit_code == 0


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A set of one text in which the reader misses a figure."""
    path = tmp_path / "essai.ndjson"
    path.write_text(
        '{"bulletin_id": "essai/1", "title": "Poésie", "text": "On y chercha sept chats, en vain.", "tags": ["chats"],'
        ' "gold": {"streams": ["strike"], "events": [{"stream": "strike", "kind": "drone", "figures":'
        ' [{"measure": "missing", "value": 7, "quote": "sept chats"}]}]}}\n',
        encoding="utf-8",
    )
    return path


def test_errors_are_shown_in_their_words(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "sets", lambda: {"essai": told})
    done = CliRunner().invoke(errors.main, ["essai"])
    assert done.exit_code == 0
    assert "missed missing 7" in done.output
    assert "On y chercha ⟦sept chats⟧, en vain." in done.output
    assert "chats: wrong in 1 of 1 texts" in done.output


@pytest.mark.parametrize("held_out", [True, False])
def test_the_held_out_third_of_the_development_set_is_kept_back(
    told: Path, monkeypatch: pytest.MonkeyPatch, held_out: bool
) -> None:
    monkeypatch.setattr(errors, "sets", lambda: {DEVELOPMENT: told})
    monkeypatch.setattr(errors, "held_out", lambda bulletin_id: held_out)
    printed = CliRunner().invoke(errors.main, [DEVELOPMENT]).output
    assert ("sept chats" in printed) is not held_out
    assert ("1 texts of the held-out third are kept back" in printed) is held_out
