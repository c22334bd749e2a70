"""The scale of the fault tests and their summary: a table at the end, and `build/faults.json`.

`make faults SEED=n` runs them whole; without `FAULTS_SEED` each is short.
"""

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import orjson
import pytest

from tests.faults.campaigns import Outcome, Scale

SUMMARY = Path(__file__).parent.parent.parent / "build" / "faults.json"
OUTCOME = "outcome"
COLUMNS = ("name", "kills", "records", "lost", "doubled", "stall_s_max", "seconds", "digest_topics", "passed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what takes long to `make faults`."""
    if "FAULTS_SEED" not in os.environ:
        for item in items:
            if item.get_closest_marker("whole") is not None:
                item.add_marker(pytest.mark.skip(reason="takes long, and another like it is run: make faults"))


@pytest.fixture
def scale() -> Scale:
    """Short, or whole with the seed that was asked for."""
    seed = os.environ.get("FAULTS_SEED")
    return Scale(seed=1 if seed is None else int(seed), full=seed is not None)


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[Outcome], None]:
    """Takes an outcome into the summary, also from a test process beside this one."""
    return lambda outcome: request.node.user_properties.append((OUTCOME, asdict(outcome)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table, and with a seed the file."""
    ended = [each for found in terminalreporter.stats.values() for each in found if getattr(each, "when", "") == "call"]
    rows = [value for each in ended for name, value in each.user_properties if name == OUTCOME]
    if not rows:
        return
    rows.sort(key=lambda row: row["name"])
    table = [COLUMNS, *(tuple(str(row[name]) for name in COLUMNS) for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(COLUMNS))]
    terminalreporter.section("faults")
    for row in table:
        terminalreporter.write_line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    if "FAULTS_SEED" in os.environ:
        SUMMARY.parent.mkdir(exist_ok=True)
        written = {"seed": int(os.environ["FAULTS_SEED"]), "tests": rows}
        SUMMARY.write_bytes(orjson.dumps(written, option=orjson.OPT_INDENT_2))
