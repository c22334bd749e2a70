"""`make bench`: everything measured in one run, round by round in turn; a table, and `build/bench.json`.

One part alone: `make bench ONLY=latency`; small, to try it: `make bench SCALE=0.1`.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import click

from tests.benchmarks import again, end_to_end, flatness, latency, peers, profiling, reading, starting
from tests.benchmarks.measuring import Site, broker
from tests.benchmarks.rows import Row, machine, say, show, write


async def _end_to_end(site: Site) -> list[Row]:
    rounds = await end_to_end.measured(site, peers.ALL)
    site.highest = rounds.rate
    return end_to_end.table(rounds)


async def _latency(site: Site) -> list[Row]:
    if site.highest is None:
        site.highest = (await end_to_end.measured(replace(site, rounds=1))).rate
    return await latency.measured(site, site.highest)


PARTS: dict[str, Callable[[Site], Awaitable[list[Row]]]] = {
    "reading": reading.measured,
    "end-to-end": _end_to_end,
    "latency": _latency,
    "again": again.measured,
    "width": flatness.width,
    "length": flatness.length,
    "density": flatness.density,
    "knowledge": flatness.knowledge,
    "starting": starting.measured,
    "profile": profiling.measured,
}


@click.command()
@click.option("--only", multiple=True, type=click.Choice(tuple(PARTS)), help="Only these parts.")
@click.option("--rounds", default=3, show_default=True, help="Interleaved rounds of what is compared.")
@click.option("--scale", default=1.0, show_default=True, help="Size beside that of the whole bench.")
def main(only: tuple[str, ...], rounds: int, scale: float) -> None:
    """Measure the product; print a table and write build/bench.json.

    \b
    Example:  python -m tests.benchmarks --only latency --scale 0.1
    Exit codes: 0 measured, whether targets are met or not; 1 a part failed.
    """
    rows: list[Row] = []
    failed = False
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, broker(Path(folder)) as (bootstrap, pid):
        site = Site(bootstrap, pid, Path(folder), rounds, scale)
        for name, part in PARTS.items():
            if not only or name in only:
                say(name)
                try:
                    rows += asyncio.run(part(site))
                except Exception as error:
                    # One part that fails must not cost what the others measured.
                    failed = True
                    logging.exception("%s failed", name)
                    rows.append(Row(name, None, "", "", False, f"failed: {type(error).__name__}: {error}"[:300]))
                write(rows, rounds=rounds, scale=scale)
    show(f"bench ({machine()})", rows)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
