"""How long a worker collects before it publishes."""

import asyncio
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.kafka.pace import BUSY, FAR_BEHIND_RECORDS, LEAST_S, LONGEST_S, Pace

MEASURED = st.lists(st.tuples(st.floats(0, 4), st.integers(0, 10**9)), max_size=50)


@given(MEASURED)
def test_a_pause_has_its_bounds(measured: list[tuple[float, int]]) -> None:
    pace = Pace()
    for share, waiting in measured:
        pace.saw(share, waiting)
    assert LEAST_S <= pace.pause_s() <= LONGEST_S


def test_a_worker_that_keeps_up_makes_short_pauses_and_a_busy_one_long_ones() -> None:
    pace, pauses = Pace(), []
    for share in (0.5, BUSY, 0.97, 0.98, 1.0):
        for _ in range(50):
            pace.saw(share, 0)
        pauses.append(pace.pause_s())
    assert pauses[:2] == [LEAST_S, LEAST_S]
    assert pauses[-1] == pytest.approx(LONGEST_S, rel=0.01)
    assert all(before < after for before, after in pairwise(pauses[1:]))


def test_a_worker_that_is_far_behind_makes_long_pauses_also_where_others_take_its_core() -> None:
    pace, pauses = Pace(), []
    for waiting in (0, 50, 100, FAR_BEHIND_RECORDS, 10 * FAR_BEHIND_RECORDS):
        for _ in range(50):
            pace.saw(0.5, waiting)
        pauses.append(pace.pause_s())
    assert pauses[0] == LEAST_S
    assert pauses[-1] == LONGEST_S
    assert all(before < after for before, after in pairwise(pauses[:-1]))


async def test_a_process_that_takes_a_whole_core_is_seen() -> None:
    pace = Pace()
    watching = asyncio.create_task(pace.watch(lambda: 0))
    began = time.process_time()
    while pace.pause_s() < 0.1 * LONGEST_S:
        assert time.process_time() - began < 20
        hold_up(0.02)
        await asyncio.sleep(0)
    watching.cancel()


def hold_up(for_s: float) -> None:
    """Work that lets nothing else run."""
    until = time.process_time() + for_s
    while time.process_time() < until:
        pass
