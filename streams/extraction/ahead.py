"""Bulletins read by processes beside this one, ahead of who needs what they say; their order stays."""

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from schemas.internal import Report
from schemas.records import Bulletin, Item
from streams.extraction.reader import read
from streams.reading.findings import Reading

WORTH_IT = 1000
"""Bulletins; a process takes as long to start as it takes to read some hundred."""
MOST_PROCESSES = 4
CHUNK = 32
AHEAD = 8
"""Chunks on their way for each process."""

Carried = TypeVar("Carried")
Told = tuple[Carried, Bulletin | None]
ToldAndRead = tuple[Carried, Bulletin | None, Reading | None]
_said = msgspec.msgpack.Decoder(tuple[tuple[Item, ...], tuple[Report, ...]])


class Ahead:
    """Reads ahead in `processes` of an executor; with none, whoever needs a reading makes it."""

    def __init__(self, executor: Executor | None = None, processes: int = 0) -> None:
        self._executor = executor
        self._chunks = AHEAD * processes

    async def over(self, told: AsyncIterator[Told[Carried]]) -> AsyncIterator[ToldAndRead[Carried]]:
        """What was told, in its order, with the reading of each bulletin; None where there is none or it failed."""
        if self._executor is None:
            async for carried, bulletin in told:
                yield carried, bulletin, None
            return
        chunk: list[Told[Carried]] = []
        flying: deque[tuple[list[Told[Carried]], asyncio.Future[list[bytes | None]]]] = deque()
        async for each in told:
            chunk.append(each)
            if len(chunk) == CHUNK:
                flying.append((chunk, self._begin(self._executor, chunk)))
                chunk = []
            if len(flying) > self._chunks:
                for landed in await _landed(*flying.popleft()):
                    yield landed
        flying.append((chunk, self._begin(self._executor, chunk)))
        while flying:
            for landed in await _landed(*flying.popleft()):
                yield landed

    def _begin(self, executor: Executor, chunk: Sequence[Told[Carried]]) -> "asyncio.Future[list[bytes | None]]":
        loop = asyncio.get_running_loop()
        try:
            return loop.run_in_executor(executor, read_all, [bulletin for _, bulletin in chunk])
        except BrokenProcessPool as error:
            # It takes nothing any more once one of its processes has been killed.
            refused: asyncio.Future[list[bytes | None]] = loop.create_future()
            refused.set_exception(error)
            return refused


@contextmanager
def reading_ahead(bulletins: int) -> Iterator[Ahead]:
    """Processes for as many bulletins; none where it is not worth their start or there is one core only."""
    processes = min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
    if bulletins < WORTH_IT or processes < 2:
        yield Ahead()
        return
    # Spawned: a fork would take along the locks of threads that it does not have.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(processes, context, _begin_process, (gc.get_threshold(),))
    try:
        yield Ahead(executor, processes)
    finally:
        executor.shutdown(cancel_futures=True)


def read_all(bulletins: Sequence[Bulletin | None]) -> list[bytes | None]:
    """What each bulletin says, encoded; None where there is none or reading it fails."""
    return [None if bulletin is None else _read(bulletin) for bulletin in bulletins]


def _read(bulletin: Bulletin) -> bytes | None:
    try:
        reading = read(bulletin)
    except Exception:  # noqa: BLE001 who asked reads it again and meets the error where it can be told
        return None
    return msgspec.msgpack.encode((reading.items, reading.reports))


async def _landed(
    chunk: Sequence[Told[Carried]], reading: "asyncio.Future[list[bytes | None]]"
) -> list[ToldAndRead[Carried]]:
    try:
        found = await reading
    except BrokenProcessPool:
        found = [None] * len(chunk)
    return [
        (carried, bulletin, None if said is None else Reading(*_said.decode(said)))
        for (carried, bulletin), said in zip(chunk, found, strict=True)
    ]


def _begin_process(threshold: tuple[int, int, int]) -> None:
    """As the process that asks has it; an interrupt is that one's to act upon, and its end is the end."""
    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
