"""Each phrase of the corpus counts what it says, and nothing else."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from streams.languages.fr.strikes.phrases import figures

PHRASES = tomllib.loads((Path(__file__).parent / "phrases" / "strikes.toml").read_text(encoding="utf-8"))["phrase"]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase["text"][:40])
def test_a_phrase_counts_what_it_says(phrase: dict[str, Any]) -> None:
    wanted = [(measure, of or None, value) for measure, of, value in phrase["figures"]]
    assert figures(phrase["text"]) == wanted
