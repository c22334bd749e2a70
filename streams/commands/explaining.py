"""`bulletins explain`: a bulletin with its figures marked, for each the rule and the words, and what was dropped."""

import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from schemas.codec import plain
from schemas.records import Bulletin
from streams.commands.reading import file_bytes, id_of, ndjson_lines
from streams.errors import RefusedInput, UsageError
from streams.explaining.assembling import explanation_of, only
from streams.explaining.screen import Screen
from streams.intake.bulletins import FileOptions, from_file, from_json, now
from streams.printing import UNSEEN_WIDTH, harmless, line, output_option, wants_table

PICTURE_WIDTH = 118
FONT_FACE = re.compile(r"\s*@font-face\s*\{[^}]*\}")


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(allow_dash=True))
@click.option(
    "--ndjson", "ndjson", type=click.Path(allow_dash=True), help="A file of NDJSON lines, - for standard input."
)
@click.option("--item", "items", type=click.IntRange(min=1), multiple=True, help="Show only the item at this position.")
@click.option("--svg", type=click.Path(dir_okay=False), help="Write the screen to this file as a picture.")
@click.option("--source", help="The source; by default the file's name without its trailing number.")
@click.option("--id", "bulletin_id", help="The bulletin's id; by default SOURCE/NUMBER.")
@click.option("--published-on", help="The day it was published, as 2025-02-04.")
@click.option("--language", default="fr", show_default=True)
@output_option
def explain(
    files: tuple[str, ...],
    ndjson: str | None,
    items: tuple[int, ...],
    svg: str | None,
    output: str | None,
    **options: Any,
) -> int:
    """Show where each figure comes from: its words in the text, the rule, and what was passed over and why.

    Without a terminal it is one JSON object a bulletin, as with --output ndjson; --output table prints the screen.

    \b
    Example:  bulletins explain seeds/uacrisis-fr-1077.txt
              bulletins explain --output table seeds/uacrisis-fr-1077.txt | less
              bulletins explain --ndjson - < bulletins.ndjson
    Exit codes: 0 done; 2 a file that cannot be taken (with --ndjson such a line carries `error` instead).
    """
    if not files and ndjson is None:
        raise UsageError("nothing to explain: name a file, or --ndjson -")
    shown = _picture_console() if svg is not None else _console() if wants_table(output) else None
    for name in files:
        called = "stdin" if name == "-" else name
        _tell(from_file(file_bytes(name), called, FileOptions(**options), now()), items, shown)
    for text in ndjson_lines(ndjson) if ndjson is not None else ():
        _tell_line(text, items, shown)
    if svg is not None and shown is not None:
        words = ["bulletins explain", *files, *(f"--item {item}" for item in items)]
        Path(svg).write_text(picture_of(shown, " ".join(words)), encoding="utf-8")
    return 0


def _tell(bulletin: Bulletin, items: tuple[int, ...], console: Console | None) -> None:
    explanation = only(explanation_of(bulletin), items)
    if console is None:
        line(plain(explanation))
        sys.stdout.flush()
    else:
        Screen(console).show(bulletin, explanation)


def _tell_line(text: bytes, items: tuple[int, ...], console: Console | None) -> None:
    """The same for a line of NDJSON; of one that cannot be read its id or null and `error`."""
    try:
        bulletin = from_json(text, now())
    except RefusedInput as error:
        if console is None:
            line({"bulletin_id": id_of(text), "error": str(error)})
        else:
            console.print(Text(harmless(f"{id_of(text) or '?'}: {error}")))
        return
    _tell(bulletin, items, console)


def _console() -> Console:
    """The terminal, with the colours that it and NO_COLOR allow; where there is none, plain and of a usual width."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNSEEN_WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False)


def _picture_console() -> Console:
    """A console that only remembers, so that a picture is the same on every machine."""
    return Console(
        file=io.StringIO(),
        record=True,
        width=PICTURE_WIDTH,
        force_terminal=True,
        color_system="truecolor",
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def picture_of(console: Console, title: str) -> str:
    """What a recording console was shown, as an SVG that asks no other host for a font."""
    return FONT_FACE.sub("", console.export_svg(title=title, unique_id="explain"))
