"""Words as data: overlays, accents, phrases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.errors import UsageError
from streams.languages.fr.finders import PACK
from streams.languages.lexicon import Vocabulary, fingerprint, overlay_folder, use_overlay, vocabulary
from streams.languages.tagging import word_lists


@pytest.fixture
def overlay(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_overlay(None)


def test_a_word_is_added_without_touching_the_package(overlay: Path) -> None:
    before = fingerprint("fr")
    assert vocabulary("fr", "strike").tags("trottinette") == frozenset()
    (overlay / "strike.toml").write_text('[thing]\nvehicle = ["trottinette"]\n', encoding="utf-8")
    use_overlay(overlay)
    assert vocabulary("fr", "strike").tags("trottinette") == {"thing.vehicle"}
    assert vocabulary("fr", "strike").tags("voiture") == {"thing.vehicle"}
    assert fingerprint("fr") != before


def test_a_missing_overlay_folder_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BULLETINS_LEXICONS", str(tmp_path / "absent"))
    with pytest.raises(UsageError, match="create it or unset"):
        overlay_folder()


def test_exact_words_win_over_words_without_accents() -> None:
    words = Vocabulary([{"now": ["tue"], "done": ["tué"], "stem": ["bombard*"]}])
    assert words.tags("tue") == {"now"}
    assert words.tags("tué") == {"done"}
    assert words.tags("bombardements") == {"stem"}
    assert words.tags("eté") == frozenset()


def test_the_longest_phrase_is_taken() -> None:
    words = Vocabulary([{"short": ["perdu"], "long": ["perdu la vie"], "open": ["perdu conn*"]}])
    assert list(words.marks(["ils", "ont", "perdu", "la", "vie"])) == [(2, 5, frozenset({"long"}))]
    assert list(words.marks(["perdu", "connaissance"])) == [(0, 2, frozenset({"open"}))]
    assert list(words.marks(["perdu", "hier"])) == [(0, 1, frozenset({"short"}))]


def test_an_overlay_reaches_what_was_remembered(overlay: Path) -> None:
    lists, phrase = word_lists("fr", "people-grammar"), "une quatorzaine de morts"
    assert "zut" not in lists("stop")
    assert [each.value for each in PACK.find_quantities(phrase)] == [1]
    (overlay / "people-grammar.toml").write_text('stop = ["zut"]', encoding="utf-8")
    (overlay / "numerals.toml").write_text("[collective.words]\nquatorzaine = 14\n", encoding="utf-8")
    use_overlay(overlay)
    assert "zut" in lists("stop")
    assert [each.value for each in PACK.find_quantities(phrase)] == [14]
