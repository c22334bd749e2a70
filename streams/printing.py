"""How data reaches a person or a program: tables on a terminal, NDJSON otherwise, progress on standard error."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol, TypeVar

import click
import orjson

F = TypeVar("F", bound=Callable[..., Any])
UNSEEN_WIDTH = 140
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Advance(Protocol):
    """Called with what is done, what there is in all, and how much of it others have still to process."""

    def __call__(self, done: int, whole: int, lag: int | None = None) -> None: ...


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


def harmless(text: str) -> str:
    """The text with control characters shown as their pictures, so that a bulletin cannot command a terminal."""
    return CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])) if ord(found[0]) < 0x20 else "\ufffd", text)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str = "nothing yet") -> None:
    """Print rows as a table; numbers to the right, columns with nothing in them left out."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        title=Text(harmless(title)), title_justify="left", title_style="bold", header_style="bold", expand=False
    )
    held = [list(row) for row in rows]
    shown = [index for index in range(len(columns)) if any(row[index] not in (None, "") for row in held)]
    for index in shown:
        numeric = all(isinstance(row[index], int | float) for row in held)
        grid.add_column(columns[index], justify="right" if numeric else "left", overflow="fold")
    for row in held:
        grid.add_row(*(Text("" if row[index] is None else harmless(str(row[index]))) for index in shown))
    console = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNSEEN_WIDTH, soft_wrap=False)
    if held:
        console.print(grid)
    else:
        console.print(Text(f"{harmless(title)}: {empty}", style="bold"))


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """A progress bar on standard error; log lines and other output of the terminal stand above it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[lag]}"),
        # Goes on, unlike TimeElapsedColumn, when all is done but what others have to process.
        TextColumn("{task.elapsed:.0f} s"),
    )
    # Output that goes elsewhere must not be drawn on standard error with the bar.
    with Progress(*columns, console=Console(stderr=True, soft_wrap=True), redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(what, total=None, lag="")

        def advance(done: int, whole: int, lag: int | None = None) -> None:
            bar.update(task, completed=done, total=whole, lag="" if lag is None else f"lag {lag}")

        yield advance


class PassingBar:
    """A progress bar that is there only while something is not done yet; for fewer than `worth` none is shown."""

    def __init__(self, what: str, worth: int) -> None:
        self._worth = worth
        self._what = what
        self._stack = ExitStack()
        self._advance: Advance | None = None
        self._whole = 0

    def show(self, done: int, whole: int) -> None:
        """Show how far it is, from the first time that enough is to be done."""
        if self._advance is None and done + self._worth <= whole:
            self._advance = self._stack.enter_context(progress(self._what))
        if self._advance is not None and whole > 0:
            self._advance(done, whole)
            self._whole = whole

    def close(self, *, done: bool = False) -> None:
        """Leave the bar as it stands, or at its end when all is done; it may come again."""
        if self._advance is not None and done:
            self._advance(self._whole, self._whole)
        self._advance = None
        self._stack.close()
