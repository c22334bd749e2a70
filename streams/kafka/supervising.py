"""`up`: one worker process kept alive, restarted when it ends or when its `/healthz` turns bad.

The worker's standard input is a pipe of which only the supervisor holds the other end: however the supervisor ends,
also by SIGKILL, the worker sees the pipe's end and stops in order.
"""

import asyncio
import logging
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import aiohttp

from streams.kafka.health import loaded_by
from streams.printing import PassingBar

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
SHOW_EVERY_S = 0.5
BAD_LOOKS = 5
FIRST_LOOK_S = 15.0
STOP_S = 20.0
BACKOFF_S = (0.2, 0.5, 1, 2, 5, 10, 30)


class Supervisor:
    """Keeps one `bulletins worker` running, its endpoint at `port` of loopback or, where that is taken, at any."""

    first_look_s = FIRST_LOOK_S

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], port: int, log_file: Path) -> None:
        self._arguments = list(arguments)
        self._port = port
        self._log_file = log_file
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
        self.restarts = 0
        self._base = ""

    async def run(self) -> None:
        """Start the worker, and again whenever it ends, until cancelled."""
        try:
            while True:
                port = free_port(self._port)
                self._base = f"http://127.0.0.1:{port}"
                self._process = await self._spawn(port)
                began = asyncio.get_running_loop().time()
                await self._watch(self._process, f"{self._base}/healthz")
                lasted_s = asyncio.get_running_loop().time() - began
                self.restarts = self.restarts + 1 if lasted_s < BACKOFF_S[-1] else 0
                log.warning(
                    "the worker ended (exit status %s, see %s); starting it again",
                    self._process.returncode,
                    self._log_file,
                )
                await asyncio.sleep(BACKOFF_S[min(self.restarts, len(BACKOFF_S) - 1)])
        finally:
            await self._stop()

    async def show_loading(self, bar: PassingBar) -> None:
        """Show, until cancelled, how much of its state the worker has loaded whenever it starts."""
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LOOK_EVERY_S)) as session:
                while True:
                    await asyncio.sleep(SHOW_EVERY_S)
                    with suppress(aiohttp.ClientError, TimeoutError):
                        async with session.get(f"{self._base}/readyz") as answer:
                            bar.show(*loaded_by(await answer.text()))
                            if answer.status == 200:
                                bar.close(done=True)
        finally:
            bar.close()

    async def _spawn(self, port: int) -> asyncio.subprocess.Process:
        with self._log_file.open("ab") as log_file:
            return await asyncio.create_subprocess_exec(
                *self._command(port),
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=log_file,
                stderr=log_file,
            )

    def _command(self, port: int) -> list[str]:
        own = ["--http", f"127.0.0.1:{port}", "--supervised"]
        return [sys.executable, "-m", "streams.cli", "worker", *self._arguments, *own]

    async def _watch(self, process: asyncio.subprocess.Process, url: str) -> None:
        """Return once the process has ended, by itself or because its health was bad several times on end."""
        ended = asyncio.create_task(process.wait())
        bad = 0
        wait_s = self.first_look_s
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LOOK_EVERY_S)) as session:
            while not (await asyncio.wait({ended}, timeout=wait_s))[0]:
                wait_s = LOOK_EVERY_S
                bad = 0 if await _is_well(session, url) else bad + 1
                if bad >= BAD_LOOKS:
                    log.error("the worker is not well; ending it")
                    process.kill()
        await ended

    async def _stop(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), STOP_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


async def _is_well(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def free_port(wanted: int = 0) -> int:
    """A port of loopback that nothing listens on now: the one wanted, if it can be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
