"""A TCP relay on loopback whose connections a test cuts, holds up, refuses, or lets fall silent.

It runs in a thread of its own, so that a test that waits for a process does not hold up the bytes as well.
"""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

CHUNK = 64 * 1024
WITHIN_S = 10.0
# On closing throw away what was not sent and answer with a reset, as a machine that went down would.
LINGER_NOT = struct.pack("ii", 1, 0)


@dataclass(eq=False)
class Link:
    """One connection: the client's side and the broker's; `deaf` loses the answers, `silent` everything."""

    client: asyncio.StreamWriter
    broker: asyncio.StreamWriter
    deaf: bool = False
    silent: bool = False

    def cut(self, *, reset: bool) -> None:
        """End both sides, by a reset or as if the other side had closed in order."""
        for writer in (self.client, self.broker):
            if reset:
                with suppress(OSError):
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
            writer.transport.abort()


class Proxy:
    """Relays `port` of loopback to `target`; the randomness decides which connections a fault hits."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        # Holds the port while nobody listens on it: a client is then refused, and nobody else gets it.
        self._holder = _bound(_unshared_port())
        self.port: int = self._holder.getsockname()[1]
        self.target = 0
        self.accepted = 0
        self._links: set[Link] = set()
        self._delay_s = 0.0
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Begin to relay."""
        self._thread.start()
        self.accept()

    def stop(self) -> None:
        """End all connections and the thread."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WITHIN_S)
        self._loop.close()
        self._holder.close()

    def accept(self) -> None:
        """Take connections."""
        self._run(self._listen())

    def refuse(self) -> None:
        """Cut all connections and refuse new ones, until `accept`."""
        self._run(self._close())

    def cut(self, share: float = 1.0) -> None:
        """End a share of the connections, now; new ones are taken."""
        self._call(lambda: self._cut(self._chosen(share)))

    def delay(self, seconds: float) -> None:
        """Every piece waits so long from now on, each way."""
        self._call(lambda: setattr(self, "_delay_s", seconds))

    def silence(self, share: float = 1.0) -> None:
        """A share of the connections stay open and carry nothing any more; new ones do."""
        self._call(lambda: [setattr(link, "silent", True) for link in self._chosen(share)])

    def lose_answers(self, share: float = 1.0) -> None:
        """A share of the connections carry requests but no answers any more: the broker acts and nobody hears of it."""
        self._call(lambda: [setattr(link, "deaf", True) for link in self._chosen(share)])

    def _chosen(self, share: float) -> list[Link]:
        return [link for link in self._links if self._rng.random() < share]

    def _cut(self, links: list[Link]) -> None:
        for link in links:
            link.cut(reset=self._rng.random() < 0.5)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._relay, sock=_bound(self.port))

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        self._cut(list(self._links))

    async def _end(self) -> None:
        await self._close()
        # A connection that was just taken begins its relay only now.
        while rest := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(rest)

    async def _relay(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        try:
            answers, broker = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            client.transport.abort()
            return
        link = Link(client, broker)
        if self._server is None:
            # Refused while the way to the broker was opened.
            link.cut(reset=False)
            return
        self._links.add(link)
        self.accepted += 1
        carrying = [
            asyncio.create_task(self._carry(reader, broker, lambda: link.silent)),
            asyncio.create_task(self._carry(answers, client, lambda: link.silent or link.deaf)),
        ]
        await asyncio.wait(carrying, return_when=asyncio.FIRST_COMPLETED)
        link.cut(reset=False)
        self._links.discard(link)
        await asyncio.wait(carrying)

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: Callable[[], bool]
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                if self._delay_s:
                    await asyncio.sleep(self._delay_s)
                if not lost():
                    writer.write(data)
                    await writer.drain()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(WITHIN_S)

    def _call(self, work: Callable[[], object]) -> None:
        async def inside() -> None:
            work()

        self._run(inside())


@contextmanager
def proxy(rng: random.Random) -> Iterator[Proxy]:
    """A proxy that relays, once its `target` is set, and is ended at the end."""
    made = Proxy(rng)
    made.start()
    try:
        yield made
    finally:
        made.stop()


def _unshared_port() -> int:
    """A free port; the kernel may give a socket that shares its port one that another test's proxy already has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _bound(port: int) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(("127.0.0.1", port))
    return made
