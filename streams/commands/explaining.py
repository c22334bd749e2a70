"""`bulletins explain`: a bulletin with its figures marked, for each the rule and the words, and what was dropped."""

from typing import Any

import click
from rich.console import Console
from rich.text import Text

from schemas.records import Bulletin, Event, Statement
from streams.commands.figures import event_rows, figure_name
from streams.commands.reading import file_bytes
from streams.extraction.reader import read
from streams.intake.bulletins import FileOptions, from_file, now
from streams.pipeline import read_alone
from streams.printing import harmless, table
from streams.reading.findings import Finding

KEPT, DROPPED = "bold black on green", "dim strike"


@click.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--source", help="The source; by default the file's name without its trailing number.")
@click.option("--id", "bulletin_id", help="The bulletin's id; by default SOURCE/NUMBER.")
@click.option("--published-on", help="The day it was published, as 2025-02-04.")
@click.option("--language", default="fr", show_default=True)
def explain(file: str, **options: Any) -> int:
    """Show where each figure of a bulletin comes from: its words in the text, the rule, and what was passed over.

    \b
    Example:  bulletins explain seeds/uacrisis-fr-1077.txt
    Exit codes: 0 done; 2 a file that cannot be taken.
    """
    bulletin = from_file(file_bytes(file), "stdin" if file == "-" else file, FileOptions(**options), now())
    items, events = read_alone(bulletin)
    findings = read(bulletin, explain=True).findings
    console = Console(width=None, highlight=False)
    console.print(_marked(bulletin, findings))
    rows = [(item.position, item.headline, item.stream, item.reason) for item in items]
    table("items", ("#", "headline", "stream", "reason"), rows)
    table("events", ("stream", "kind", "day", "where / who", "status", "figures"), event_rows(events))
    table(
        "figures and their words",
        ("event", "figure", "value", "words", "section", "rule", "said by"),
        (_statement_row(bulletin, event, statement, findings) for event in events for statement in event.statements),
    )
    dropped = [(_words(bulletin, each), each.rule, each.reason) for each in findings if not each.kept]
    table("numbers passed over", ("words", "rule", "why"), dropped, empty="none")
    return 0


def _marked(bulletin: Bulletin, findings: tuple[Finding, ...]) -> Text:
    title, text = Text(harmless(bulletin.title), style="bold"), Text(harmless(bulletin.text))
    for each in findings:
        (title if each.section == "title" else text).stylize(KEPT if each.kept else DROPPED, each.start, each.end)
    return title + "\n" + text


def _words(bulletin: Bulletin, finding: Finding, around: int = 25) -> str:
    source = bulletin.title if finding.section == "title" else bulletin.text
    before = source[max(0, finding.start - around) : finding.start].replace("\n", " ")
    after = source[finding.end : finding.end + around].replace("\n", " ")
    return f"…{before}[{source[finding.start : finding.end]}]{after}…"


def _statement_row(
    bulletin: Bulletin, event: Event, statement: Statement, findings: tuple[Finding, ...]
) -> tuple[object, ...]:
    rule = next(
        (
            each.rule
            for each in findings
            if each.kept
            and (each.section == "title") == (statement.section == "title")
            and each.start < statement.end
            and statement.start < each.end
        ),
        "",
    )
    return (
        f"{event.kind} {event.event_id[:6]}",
        figure_name(statement),
        f"{statement.value} {statement.qualifier}",
        f"“{statement.quote}”",
        statement.section,
        rule,
        statement.attributed_to,
    )
