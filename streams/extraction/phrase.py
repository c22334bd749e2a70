"""What the rules find in one phrase: for doctests, and for a person who tries words before changing a rule."""

from datetime import date

from schemas.records import Bulletin, Statement
from streams.extraction.reader import read


def stated(phrase: str, published_on: date | None = None, title: str = "") -> list[str]:
    """Each event of a phrase as its kind and figures, in the order told: ["losses: killed soldier RU cumulative 300"].

    A figure is measure, `of`, side, unit, scope where it is not "event", value and qualifier where it is not "exact".
    """
    bulletin = Bulletin(
        bulletin_id="phrase",
        source="phrase",
        received_at="",
        sha256="",
        title=title,
        text=phrase,
        published_on=published_on,
    )
    return [
        f"{report.kind}: {', '.join(dict.fromkeys(map(_figure, report.statements)))}".rstrip(": ")
        for report in read(bulletin).reports
    ]


def _figure(statement: Statement) -> str:
    scope = "" if statement.scope == "event" else statement.scope
    qualifier = "" if statement.qualifier == "exact" else statement.qualifier
    parts = (statement.measure, statement.of, statement.side, statement.unit, scope, str(statement.value), qualifier)
    return " ".join(part for part in parts if part)
