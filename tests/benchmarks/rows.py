"""The table of what was measured, as a person reads it and as `build/bench.json` keeps it."""

import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import orjson

from streams.printing import table

ROOT = Path(__file__).parent.parent.parent
RESULTS = ROOT / "build" / "bench.json"


@dataclass(frozen=True)
class Row:
    """One measured value beside its target; `value` is None where it was skipped, `met` where there is no target.

    `note` tells why a row was skipped, or what stands in the way of a target.
    """

    name: str
    value: float | None
    unit: str
    target: str = ""
    met: bool | None = None
    note: str = ""


def at_most(name: str, value: float, unit: str, limit: float, note: str = "") -> Row:
    """A row that is met up to `limit`."""
    return Row(name, value, unit, f"<= {limit:g}", value <= limit, "" if value <= limit else note)


def at_least(name: str, value: float, unit: str, limit: float, note: str = "") -> Row:
    """A row that is met from `limit` on."""
    return Row(name, value, unit, f">= {limit:g}", value >= limit, "" if value >= limit else note)


def skipped(name: str, unit: str, target: str, note: str) -> Row:
    """A row that was not measured, and why."""
    return Row(name, None, unit, target, None, note)


def machine() -> str:
    """What it was measured on."""
    return f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def show(title: str, rows: Sequence[Row]) -> None:
    """Print the table."""
    cells = [
        (
            row.name,
            ("failed" if row.met is False else "skipped") if row.value is None else f"{row.value:g} {row.unit}",
            row.target,
            "" if row.met is None else "yes" if row.met else "no",
            row.note,
        )
        for row in rows
    ]
    table(title, ("what", "measured", "target", "met", "note"), cells)


def write(rows: Sequence[Row], **more: object) -> None:
    """Write `build/bench.json`."""
    RESULTS.parent.mkdir(exist_ok=True)
    written = {"machine": machine(), **more, "rows": [asdict(row) for row in rows]}
    RESULTS.write_bytes(orjson.dumps(written, option=orjson.OPT_INDENT_2))


BEGUN = time.monotonic()


def say(what: str) -> None:
    """Tell what is being done, with the seconds since the beginning."""
    click.echo(f"{time.monotonic() - BEGUN:6.0f} s  {what}", err=True)
