"""Where a worker's time goes: a flame graph for the documents, and the share of each part of the program."""

import re
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streams import catalog
from streams.kafka.progress import open_stand, wait_processed
from tests.benchmarks.bulletins import Newsrooms
from tests.benchmarks.environments import python_of
from tests.benchmarks.limit import WARM
from tests.benchmarks.measuring import WITHIN_S, Site, fill, reach, workers
from tests.benchmarks.rows import ROOT, Row, say, skipped

BULLETINS = 3000
SEED = 71
TITLE = "one worker with a full log"
A_SECOND = 100
PICTURE = ROOT / "deploy" / "pictures" / "worker.svg"
PARTS = {
    "reading": ("streams/reading/", "streams/languages/", "streams/extraction/", "streams/intake/"),
    "reconciling and figures": ("streams/reconciling/", "streams/figures/", "streams/naming.py"),
    "stages, tables, transactions": ("streams/kafka/", "streams/metrics.py", "streams/rows.py", "schemas/"),
    "aiokafka": ("aiokafka/",),
    "Faust": ("faust/", "mode/"),
}
OTHER = "the rest: Python's event loop, threads"


def shares(folded: str) -> dict[str, float]:
    """Which part of the samples each part of the program has, from `stack count` lines: the innermost part counts."""
    found = Counter[str]()
    for line in folded.splitlines():
        stack, _, count = line.rpartition(" ")
        found[_part(stack)] += int(count)
    whole = sum(found.values())
    return {part: found[part] / whole for part in (*PARTS, OTHER)}


def _part(stack: str) -> str:
    for frame in reversed(stack.split(";")):
        for part, paths in PARTS.items():
            if any(path in frame for path in paths):
                return part
    return OTHER


def _legible(path: Path) -> str:
    """A recording's text; a process that is not stopped to be read gives some broken names."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return "".join(each for each in text if each.isprintable() or each == "\n")


@contextmanager
def _recorded(pid: int, *outputs: tuple[Path, str]) -> Iterator[None]:
    """Sample a process while the body runs; raises CalledProcessError where the system does not let us."""
    spy = str(python_of("profile", "profile.lock").parent / "py-spy")
    more = ["--pid", str(pid), "--rate", str(A_SECOND), "--nonblocking"]
    recorders = [
        subprocess.Popen(
            [spy, "record", *more, "--format", form, "--output", str(output)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for output, form in outputs
    ]
    try:
        yield
    finally:
        for each in recorders:
            each.send_signal(signal.SIGINT)
        told = [each.communicate()[1] for each in recorders]
    for recorder, words, (output, _) in zip(recorders, told, outputs, strict=True):
        if not output.exists():
            raise subprocess.CalledProcessError(recorder.returncode, "py-spy", stderr=words)


async def measured(site: Site) -> list[Row]:
    """The rows of it; writes the flame graph."""
    folded, picture = site.folder / "folded", site.folder / "worker.svg"
    installation = await site.installation()
    ends = await fill(installation, Newsrooms(SEED).bulletins(site.of(BULLETINS, 500)))
    try:
        with workers(installation) as running:
            async with open_stand(installation.settings) as stand:
                await reach(stand, running, WARM * sum(ends.values()))
            # From here to the end: the later stages catch up when the first one is done.
            with _recorded(running[0].process.pid, (folded, "raw"), (picture, "flamegraph")):
                await wait_processed(installation.settings, {catalog.BULLETINS: ends}, WITHIN_S)
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").strip() if error.stderr else str(error)
        return [skipped("profile of the worker", "", "", told[-200:])]
    drawn = _legible(picture)
    # The recorder's own command line, which names paths of this machine, stands above it.
    PICTURE.write_text(re.sub(r'(<text id="title"[^>]*>).*?</text>', rf"\1{TITLE}</text>", drawn), encoding="utf-8")
    say(f"flame graph: {PICTURE.relative_to(ROOT)}")
    found = shares(_legible(folded))
    return [Row(f"profile of the worker: {part}", round(share * 100), "%") for part, share in found.items()]
