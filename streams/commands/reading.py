"""`bulletins read`: bulletins without Kafka, each alone."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import orjson

from schemas.codec import plain
from schemas.records import Bulletin
from streams.errors import RefusedInput, UsageError
from streams.intake.bulletins import FileOptions, from_file, from_json, now
from streams.pipeline import read_alone
from streams.printing import line, output_option, table, wants_table


@click.command()
@click.argument("files", nargs=-1, type=click.Path())
@click.option(
    "--ndjson", "ndjson", type=click.Path(allow_dash=True), help="A file of NDJSON lines, - for standard input."
)
@click.option("--source", help="The source; by default the file's name without its trailing number.")
@click.option("--id", "bulletin_id", help="The bulletin's id; by default SOURCE/NUMBER.")
@click.option("--published-on", help="The day it was published, as 2025-02-04.")
@click.option("--language", default="fr", show_default=True)
@output_option
def read(files: tuple[str, ...], ndjson: str | None, output: str | None, **options: Any) -> int:
    """Read bulletins without Kafka, each alone: their items and events.

    \b
    Example:  bulletins read seeds/uacrisis-fr-1077.txt
              bulletins read --ndjson - < bulletins.ndjson
    Exit codes: 0 done; 2 a file that cannot be taken (with --ndjson such a line carries `error` instead).
    """
    if not files and ndjson is None:
        raise UsageError("nothing to read: name a file, or --ndjson -")
    for name in files:
        bulletin = from_file(file_bytes(name), name, FileOptions(**options), now())
        _show(bulletin) if wants_table(output) else line(answer(bulletin))
    if ndjson is not None:
        for text in ndjson_lines(ndjson):
            line(answer_line(text))
            sys.stdout.flush()
    return 0


def file_bytes(name: str) -> bytes:
    """A file's bytes; raises RefusedInput where it cannot be opened."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise RefusedInput(f"{name}: {error.strerror}; name a text file that exists and can be read") from error


def ndjson_lines(name: str) -> Iterable[bytes]:
    """The lines of an NDJSON file that are not blank, as they come."""
    if name == "-":
        yield from (each for each in sys.stdin.buffer if each.strip())
    else:
        yield from (each for each in file_bytes(name).splitlines() if each.strip())


def answer(bulletin: Bulletin) -> dict[str, Any]:
    """One bulletin's id, items and events as they stand in JSON."""
    items, events = read_alone(bulletin)
    return {
        "bulletin_id": bulletin.bulletin_id,
        "items": [plain(item) for item in items],
        "events": [plain(event) for event in events],
    }


def answer_line(text: bytes) -> dict[str, Any]:
    """The same for one NDJSON line; one that cannot be read has its id or null, empty lists and `error`."""
    try:
        return answer(from_json(text, now()))
    except RefusedInput as error:
        return {"bulletin_id": id_of(text), "items": [], "events": [], "error": str(error)}


def id_of(text: bytes) -> str | None:
    """The bulletin's id in a line that cannot be read, None where it has none."""
    try:
        fields = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    found = fields.get("bulletin_id") if isinstance(fields, dict) else None
    return found if isinstance(found, str) else None


def _show(bulletin: Bulletin) -> None:
    items, events = read_alone(bulletin)
    rows = [(item.position, item.headline, item.stream, item.reason) for item in items]
    table(bulletin.bulletin_id, ("#", "headline", "stream", "reason"), rows)
    from streams.commands.figures import event_rows

    table("events", ("stream", "kind", "day", "where / who", "status", "figures"), event_rows(events))
