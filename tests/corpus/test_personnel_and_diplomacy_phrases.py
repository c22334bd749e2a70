"""Phrases of the project's own with the events and figures they tell; many tell none."""

from datetime import date
from pathlib import Path

import pytest

from schemas.records import Bulletin, Figure, Statement
from streams.extraction.claims import Trace
from streams.extraction.diplomacy import extracting as diplomacy
from streams.extraction.personnel import extracting as personnel
from streams.reading.document import build
from streams.reconciling.figures import best_figures

PHRASES = Path(__file__).parent / "phrases"
PUBLISHED = date(2025, 3, 10)


def rows(name: str) -> list[tuple[str, str, str]]:
    """The lines of a phrase table: (phrase, kinds, figures)."""
    lines = (PHRASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    cells = [(*line.split("\t"), "", "")[:3] for line in lines if line and not line.startswith("#")]
    return [(phrase, kinds, figures) for phrase, kinds, figures in cells]


def written(figure: Figure) -> str:
    """A figure as the tables write it."""
    of, side = (f"/{figure.of}" if figure.of else ""), (f"@{figure.side}" if figure.side else "")
    unit = f" {figure.unit}" if figure.unit else ""
    qualifier = f"~{figure.qualifier}" if figure.qualifier != "exact" else ""
    scope = f" {figure.scope}" if figure.scope != "event" else ""
    return f"{figure.measure}{of}{side}{unit}={figure.value}{qualifier}{scope}"


def figures_of(statements: tuple[Statement, ...]) -> list[Figure]:
    """The best figures of one report."""
    return list(best_figures(("", statement) for statement in statements))


@pytest.mark.parametrize(("phrase", "kinds", "figures"), [*rows("personnel"), *rows("diplomacy")])
def test_phrase_tells_its_events(phrase: str, kinds: str, figures: str) -> None:
    bulletin = Bulletin(
        bulletin_id="p", source="p", received_at="", sha256="", title="", text=phrase, published_on=PUBLISHED
    )
    document = build(bulletin)
    claims = [*personnel.extract(document, Trace()), *diplomacy.extract(document, Trace())]
    assert ",".join(sorted({claim.report.kind for claim in claims})) == kinds
    told = sorted({written(figure) for claim in claims for figure in figures_of(claim.report.statements)})
    assert "; ".join(told) == "; ".join(sorted(filter(None, figures.split("; "))))
    for claim in claims:
        for statement in claim.report.statements:
            assert phrase[statement.start : statement.end] == statement.quote
            assert 0 < len(statement.quote) <= 200
