"""How long a worker collects before it publishes."""

import asyncio
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from streams.kafka.pace import LONGEST_S, Pace

LATE_S = st.lists(st.floats(0, 10), max_size=50)


@given(LATE_S, st.floats(0, LONGEST_S))
def test_a_pause_has_its_bounds(late_s: list[float], least_s: float) -> None:
    pace = Pace()
    for each in late_s:
        pace.saw(each)
    assert least_s <= pace.pause_s(least_s) <= LONGEST_S


def test_a_worker_that_keeps_up_makes_short_pauses_and_a_busy_one_long_ones() -> None:
    pace, pauses = Pace(), []
    for late_s in (0.0, 0.001, 0.002, 0.005, 0.02):
        for _ in range(20):
            pace.saw(late_s)
        pauses.append(pace.pause_s(0.01))
    assert pauses[0] == 0.01
    assert pauses[-1] == LONGEST_S
    assert all(before < after for before, after in pairwise(pauses[:-1]))


async def test_a_loop_that_is_held_up_is_seen() -> None:
    pace = Pace()
    watching = asyncio.create_task(pace.watch())
    began = asyncio.get_running_loop().time()
    while pace.pause_s(0.0) < LONGEST_S:
        assert asyncio.get_running_loop().time() - began < 10
        hold_up(0.02)
        await asyncio.sleep(0)
    watching.cancel()


def hold_up(for_s: float) -> None:
    """Work that lets nothing else run."""
    loop = asyncio.get_running_loop()
    until = loop.time() + for_s
    while loop.time() < until:
        pass
