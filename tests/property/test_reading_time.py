"""Reading takes time linear in the text, and no input is much dearer than its length: ratios, no seconds.

Times are compared with a loop of plain Python measured beside them, so that they hold on any machine. The limits come
from 2 s for 1 MB on the machine of the benchmark (`make bench ONLY=reading`), where the loop takes 1 s.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.records import Bulletin
from streams.cli import COLLECTED_SELDOM
from streams.errors import RefusedInput
from streams.extraction.reader import read
from tests.benchmarks.hostile import REPEATED, SIZE_BYTES, WORST_S, hostile

SHARE = 8
NOISE = 2.0
LOOP = 2_000_000
LOOPS_IN_A_SECOND = 17.0


@pytest.fixture(autouse=True)
def collected_as_in_the_program() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED_SELDOM)
    yield
    gc.set_threshold(*before)


def taken(work: Callable[[], object]) -> float:
    """Processor seconds of `work`, the better of two."""
    seconds = []
    for _ in range(2):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


def answered(bulletin: Bulletin) -> None:
    """Read; that there are more headlines than a bulletin has is an answer too."""
    with suppress(RefusedInput):
        read(bulletin)


def loop() -> None:
    total = 0
    for number in range(LOOP):
        total += number & 7


@pytest.mark.parametrize("name", REPEATED)
def test_no_input_is_much_dearer_than_its_length(name: str) -> None:
    bulletin = hostile(name, SIZE_BYTES // SHARE)
    read(hostile(name, 500))
    limit = taken(loop) * LOOPS_IN_A_SECOND * WORST_S / SHARE * NOISE
    assert taken(lambda: answered(bulletin)) <= limit, f"1 MB of {name} would take more than {WORST_S} s"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(sorted(REPEATED.values())), min_size=1, max_size=4))
def test_twice_the_text_takes_twice_the_time(phrases: list[str]) -> None:
    def of(size: int) -> Bulletin:
        text = ("".join(phrases) * (size // 8 + 1))[:size]
        return Bulletin(bulletin_id="long", source="long", received_at="", sha256="", text=text)

    once, twice = of(40_000), of(160_000)
    answered(once)
    assert taken(lambda: answered(twice)) <= 4 * NOISE * max(taken(lambda: answered(once)), 0.02)
