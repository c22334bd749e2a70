"""What is printed for people: a bulletin's words are never commands to the terminal or to the table."""

import pytest

from streams.printing import harmless, table


def test_brackets_and_escape_sequences_of_a_bulletin_are_shown_as_they_stand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table("titre [/bold]", ("a", "b"), [("[quatorze] morts", "\x1b[31mrouge\x1b[0m")])
    shown = capsys.readouterr().out
    assert "titre [/bold]" in shown
    assert "[quatorze] morts" in shown
    assert "\x1b[31m" not in shown


def test_columns_with_nothing_in_them_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    table("t", ("full", "empty"), [("x", ""), ("y", None)])
    shown = capsys.readouterr().out
    assert "full" in shown
    assert "empty" not in shown


def test_control_characters_become_pictures() -> None:
    assert harmless("a\x00b\x1bc\x9bd\ne\tf") == "a\u2400b\u241bc\ufffdd\ne\tf"
