"""A worker on a terminal shows how much of its state it has loaded, log lines above; elsewhere all is as ever."""

import contextlib
import os
import pty
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from schemas.codec import encode
from streams import catalog
from streams.extraction.stage import BulletinRow
from streams.kafka.outputs import Output
from streams.kafka.publishing import open_publisher
from tests.generating import Generator
from tests.installation import Installation, until

ROWS = 6000
"""Enough of them on each partition for a bar, since partitions may load one after the other."""
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
CURSOR_OFF, CURSOR_ON = b"\x1b[?25l", b"\x1b[?25h"
LINE = re.compile(r"[-\d]+ [:,\d]+ INFO \S+ \w+ partition \d is ready after \d+ rows of its changelog")
ALL_READY = 9
ROW = BulletinRow(
    version=1, offset=-1, sha256="", withdrawn=False, seen={}, blocks=(), said="", language="fr", extractor=""
)


@pytest.fixture
async def installation(kafka: str, prefix: str, home: Path) -> Installation:
    """An installation whose read stage has rows."""
    made = await Installation.make(kafka, prefix, home)

    async def rows() -> AsyncIterator[Output]:
        for number in range(ROWS):
            yield Output(catalog.READ_STATE, f"essai/{number}".encode(), encode(ROW), ())

    async with open_publisher(made.settings) as publisher:
        async for _ in publisher.stream(rows()):
            pass
    return made


@contextlib.contextmanager
def terminal_of_a_worker(installation: Installation) -> Iterator[int]:
    """A worker on a pseudo-terminal; the other end of that."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "worker", "--name", "seen"],
        env=installation.environment({"TERM": "xterm", "COLUMNS": "100"}),
        **dict.fromkeys(("stdin", "stdout", "stderr"), its),
    )
    os.close(its)
    os.set_blocking(ours, False)
    try:
        yield ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


async def shown(installation: Installation) -> str:
    """What a worker writes on a terminal until all its state is loaded and a bar is gone."""
    written = bytearray()
    with terminal_of_a_worker(installation) as terminal:

        async def ready() -> bool:
            with contextlib.suppress(BlockingIOError):
                written.extend(os.read(terminal, 65536))
            gone = written.count(CURSOR_OFF) == written.count(CURSOR_ON)
            return gone and written.count(b"is ready after") == ALL_READY

        await until(ready, "a ready worker")
    return CONTROL.sub("", written.decode())


async def test_one_bar_for_all_partitions_and_none_when_nothing_is_to_be_loaded(installation: Installation) -> None:
    written = await shown(installation)
    assert f"{ROWS}/{ROWS}" in written
    logged = [each for each in re.split(r"[\r\n]+", written) if "is ready after" in each]
    assert len(logged) == ALL_READY
    assert all(map(LINE.fullmatch, logged)), logged
    assert "loading state" not in await shown(installation)


async def test_elsewhere_there_are_log_lines_only(installation: Installation) -> None:
    with installation.worker() as worker:
        await installation.processed(await installation.publish(*Generator(1).bulletins(1)))
        assert "loading state" not in worker.log.read_text()
        assert "is ready after" in worker.log.read_text()
