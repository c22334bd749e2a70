"""Readings made by other processes are those made here, in the order asked for; whatever fails there is done here."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import psutil
import pytest

from schemas.records import Bulletin
from streams.extraction import ahead
from streams.extraction.ahead import CHUNK, WORTH_IT, Ahead, reading_ahead
from streams.extraction.reader import read
from tests.generating import Generator

ENDED_WITHIN_S = 20.0
PROGRAM = """
from concurrent.futures import wait
from streams.extraction.ahead import WORTH_IT, read_all, reading_ahead
import multiprocessing, time
if __name__ == "__main__":
    with reading_ahead(WORTH_IT) as made:
        made._executor.submit(read_all, []).result()
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        time.sleep(600)
"""


class Here(Executor):
    """Does in this process what it is given, at once."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """What it gives or raises."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 as an executor does
            future.set_exception(error)
        return future


async def told(bulletins: Sequence[Bulletin | None]) -> AsyncIterator[tuple[int, Bulletin | None]]:
    """Bulletins with their numbers."""
    for number, bulletin in enumerate(bulletins):
        yield number, bulletin


def bulletins(count: int) -> list[Bulletin | None]:
    """Some, every seventh of which is none."""
    made = Generator(1).bulletins(count)
    return [None if number % 7 == 3 else bulletin for number, bulletin in enumerate(made)]


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core: nothing is read ahead")
async def test_other_processes_say_what_this_one_says_in_order() -> None:
    given = bulletins(5 * CHUNK + 7)
    with reading_ahead(WORTH_IT) as made:
        found = [each async for each in made.over(told(given))]
    assert [(number, bulletin) for number, bulletin, _ in found] == list(enumerate(given))
    for _, bulletin, reading in found:
        assert (reading is None) == (bulletin is None)
        if bulletin is not None and reading is not None:
            here = read(bulletin)
            assert (reading.items, reading.reports) == (here.items, here.reports)


async def test_few_bulletins_are_read_where_they_are_needed() -> None:
    with reading_ahead(WORTH_IT - 1) as made:
        assert [reading async for _, _, reading in made.over(told(bulletins(3)))] == [None] * 3


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 20 * CHUNK])
async def test_none_is_lost_whatever_their_number(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "read_all", lambda given: [None] * len(given))
    found = [number async for number, _, _ in Ahead(Here(), 1).over(told(bulletins(count)))]
    assert found == list(range(count))


async def test_what_fails_there_is_left_to_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(bulletin: Bulletin) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ahead, "read", fails)
    assert [each[2] async for each in Ahead(Here(), 1).over(told(bulletins(3)))] == [None] * 3

    def breaks(bulletins: Sequence[Bulletin | None]) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(ahead, "read_all", breaks)
    assert [each[2] async for each in Ahead(Here(), 1).over(told(bulletins(3)))] == [None] * 3


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core: nothing is read ahead")
async def test_killed_processes_cost_time_and_nothing_else() -> None:
    count = 60 * CHUNK
    found = []
    with reading_ahead(WORTH_IT) as made:
        async for number, _, reading in made.over(told(bulletins(count))):
            if not found:
                for child in multiprocessing.active_children():
                    child.kill()
            found.append((number, reading))
    assert [number for number, _ in found] == list(range(count))
    assert found[-1][1] is None


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core: nothing is read ahead")
def test_they_end_with_a_parent_that_was_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    children = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert children
    assert psutil.wait_procs(children, ENDED_WITHIN_S)[1] == []
