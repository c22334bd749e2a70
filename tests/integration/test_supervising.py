"""A supervised worker does not outlive its supervisor, however that one ends."""

import asyncio
import subprocess
import sys
from pathlib import Path

import psutil

from tests.generating import Generator
from tests.installation import Installation, until

GONE_WITHIN_S = 30.0


def started(installation: Installation) -> "subprocess.Popen[bytes]":
    """`bulletins rebuild`, on its way."""
    return subprocess.Popen(
        [sys.executable, "-m", "streams.cli", "rebuild"],
        env=installation.environment({}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killed(process: "subprocess.Popen[bytes]") -> None:
    """SIGKILL."""
    process.kill()
    process.wait()


async def test_the_worker_of_a_rebuild_that_is_killed_ends_by_itself(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home)
    await installation.publish(*Generator(1).bulletins(3))
    log = home / "rebuild.log"
    rebuild = started(installation)

    async def works() -> bool:
        return log.exists() and "serving /metrics" in log.read_text()

    try:
        await until(works, "the worker's endpoint, before it has joined its group")
        [worker] = psutil.Process(rebuild.pid).children()
    finally:
        await asyncio.to_thread(killed, rebuild)

    async def gone() -> bool:
        return not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE

    try:
        await until(gone, "the worker's end", GONE_WITHIN_S)
    finally:
        if not await gone():
            worker.kill()
    assert "the supervisor is gone" in log.read_text()
    assert installation.command("rebuild", "--drop").returncode == 0
