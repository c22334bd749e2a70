"""Whole bulletins of the project's own tell the strikes that stand beside them, and no others."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.internal import Report
from schemas.records import Bulletin, Figure
from streams.extraction.claims import Claim, Trace
from streams.extraction.strikes import extracting as strikes
from streams.reading.document import build
from streams.reconciling.figures import best_figures

BULLETINS = tomllib.loads((Path(__file__).parent / "bulletins" / "strikes.toml").read_text(encoding="utf-8"))[
    "bulletin"
]
SEED = Path(__file__).parents[2] / "seeds" / "uacrisis-fr-1077.txt"


def bulletin(title: str, text: str, published_on: str | None = None) -> Bulletin:
    return Bulletin(
        bulletin_id="essai",
        source="essai",
        received_at="2026-01-01T00:00:00Z",
        sha256="",
        title=title,
        text=text,
        published_on=date.fromisoformat(published_on) if published_on else None,
    )


def claims(told: Bulletin) -> list[Claim]:
    return strikes.extract(build(told), Trace())


def figures(report: Report) -> tuple[Figure, ...]:
    return best_figures(("", statement) for statement in report.statements)


def written(figure: Figure) -> str:
    words = figure.measure + (f"/{figure.of}" if figure.of else "") + (f"@{figure.side}" if figure.side else "")
    words += f" {figure.scope}" if figure.scope != "event" else ""
    words += f"~{figure.qualifier}" if figure.qualifier != "exact" else ""
    span = f" {figure.low}-{figure.high}" if figure.low != figure.high else ""
    return f"{words} {figure.value}{span}"


@pytest.mark.parametrize("told", BULLETINS, ids=lambda told: told["name"])
def test_a_bulletin_tells_its_strikes(told: dict[str, Any]) -> None:
    document = build(bulletin(told["title"], told["text"], told.get("published_on")))
    found = strikes.extract(document, Trace())
    assert [item.headline for item in document.items] == told["items"]
    positions = {claim.report.position for claim in found}
    assert ["strike" if item.position in positions else "other" for item in document.items] == told["streams"]
    assert [
        {
            "kind": claim.report.kind,
            "place": claim.report.place.name if claim.report.place else None,
            "day": str(claim.report.occurred_on),
            "weapons": list(claim.report.weapons),
            "figures": sorted(map(written, figures(claim.report))),
        }
        for claim in found
    ] == [
        {
            "kind": event["kind"],
            "place": event.get("place"),
            "day": event["day"],
            "weapons": event.get("weapons", []),
            "figures": sorted(event["figures"]),
        }
        for event in told.get("event", [])
    ]


@pytest.mark.parametrize("told", BULLETINS, ids=lambda told: told["name"])
def test_every_quote_is_exact(told: dict[str, Any]) -> None:
    source = bulletin(told["title"], told["text"], told.get("published_on"))
    for claim in claims(source):
        for statement in claim.report.statements:
            text = source.title if statement.section == "title" else source.text
            assert text[statement.start : statement.end] == statement.quote
            assert 0 < len(statement.quote) <= 200


def test_the_first_seed_tells_one_strike() -> None:
    title, _, text = SEED.read_text(encoding="utf-8").partition("\n")
    (claim,) = claims(bulletin(title, text))
    report = claim.report
    assert (report.kind, report.weapons, report.occurred_on) == ("missile", ("ballistic-missile",), date(2025, 2, 4))
    assert report.place is not None
    assert (report.place.canonical, report.place.geoname_id, report.place.region, report.place.country) == (
        "Izioum",
        707292,
        "Kharkiv",
        "UA",
    )
    assert sorted(map(written, figures(report))) == ["hospitalised 5", "injured 55 38-55", "killed 5"]
    assert {"bâtiment administratif", "immeubles résidentiels"} <= set(report.targets)
    assert {"Oleh Syniehubov", "Valerii Marchenko", "Volodymyr Zelensky"} <= set(report.sources)
    assert [statement.section for statement in report.statements if statement.measure == "injured"] == [
        "title",
        "lead",
        "headline",
    ]


def test_explain_names_the_rule_of_each_number() -> None:
    trace = Trace(explain=True)
    strikes.extract(build(bulletin("", "Une frappe a fait deux morts à Izioum, où vivaient 40 000 rêveurs.")), trace)
    assert {(finding.kept, finding.rule) for finding in trace.findings} >= {
        (True, "victim noun"),
        (False, "strike figures"),
    }
