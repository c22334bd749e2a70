"""How data reaches a person or a program: tables on a terminal, NDJSON otherwise, progress on standard error."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
import orjson

F = TypeVar("F", bound=Callable[..., Any])
UNSEEN_WIDTH = 140
Advance = Callable[[int, int], None]

output_option = click.option(
    "--output",
    type=click.Choice(["table", "ndjson"]),
    default=None,
    help="How data is printed; by default a table to a terminal, else NDJSON.",
)


def wants_table(output: str | None) -> bool:
    """Whether to print tables."""
    return output == "table" or (output is None and sys.stdout.isatty())


def line(row: Any) -> None:
    """Print one row of NDJSON."""
    sys.stdout.buffer.write(orjson.dumps(row) + b"\n")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str = "nothing yet") -> None:
    """Print rows as a table; numbers to the right, columns with nothing in them left out."""
    from rich.console import Console
    from rich.table import Table

    grid = Table(title=title, title_justify="left", title_style="bold", header_style="bold", expand=False)
    held = [list(row) for row in rows]
    shown = [index for index in range(len(columns)) if any(row[index] not in (None, "") for row in held)]
    for index in shown:
        numeric = all(isinstance(row[index], int | float) for row in held)
        grid.add_column(columns[index], justify="right" if numeric else "left", overflow="fold")
    for row in held:
        grid.add_row(*("" if row[index] is None else str(row[index]) for index in shown))
    console = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNSEEN_WIDTH, soft_wrap=False)
    if held:
        console.print(grid)
    else:
        console.print(f"[bold]{title}[/bold]: {empty}")


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A progress bar on standard error; yields a function of (done, in all)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=False) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
