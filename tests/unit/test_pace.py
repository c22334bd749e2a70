"""How long a worker collects before it publishes."""

import asyncio
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.kafka.pace import BUSY, LEAST_S, LONGEST_S, Pace

SHARES = st.lists(st.floats(0, 4), max_size=50)


@given(SHARES)
def test_a_pause_has_its_bounds(shares: list[float]) -> None:
    pace = Pace()
    for each in shares:
        pace.saw(each)
    assert LEAST_S <= pace.pause_s() <= LONGEST_S


def test_a_worker_that_keeps_up_makes_short_pauses_and_a_busy_one_long_ones() -> None:
    pace, pauses = Pace(), []
    for share in (0.5, BUSY, 0.97, 0.98, 1.0):
        for _ in range(50):
            pace.saw(share)
        pauses.append(pace.pause_s())
    assert pauses[:2] == [LEAST_S, LEAST_S]
    assert pauses[-1] == pytest.approx(LONGEST_S, rel=0.01)
    assert all(before < after for before, after in pairwise(pauses[1:]))


async def test_a_process_that_takes_a_whole_core_is_seen() -> None:
    pace = Pace()
    watching = asyncio.create_task(pace.watch())
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
