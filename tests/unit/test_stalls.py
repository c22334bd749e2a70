"""The fault tests' measure of stalls: time without progress while there was lag, answered or not."""

from streams.kafka.progress import LagRow
from tests.faults.stalls import Stalls


def at(committed: int, end: int) -> list[LagRow]:
    """A partition of which so much is committed."""
    return [LagRow("group", "bulletins", 0, committed, end)]


def test_standing_still_with_lag_is_a_stall_and_idleness_is_none() -> None:
    stalls = Stalls(0.0)
    stalls.look(at(5, 5), 10.0)
    stalls.look(at(5, 5), 100.0)
    assert stalls.longest_s == 0
    stalls.look(at(5, 9), 101.0)
    stalls.look(at(5, 9), 103.0)
    assert stalls.longest_s == 3.0


def test_a_broker_that_is_away_counts_as_long_as_it_is_although_all_goes_on_at_the_next_answer() -> None:
    stalls = Stalls(0.0)
    stalls.look(at(5, 9), 10.0)
    stalls.look(at(7, 9), 40.0)
    assert stalls.longest_s == 30.0
    stalls.look(at(8, 9), 41.0)
    stalls.unanswered(90.0)
    assert stalls.longest_s == 49.0


def test_a_broker_that_is_away_while_there_is_nothing_to_do_stalls_nothing() -> None:
    stalls = Stalls(0.0)
    stalls.look(at(9, 9), 10.0)
    stalls.unanswered(50.0)
    stalls.look(at(9, 9), 60.0)
    stalls.look(at(9, 12), 60.5)
    stalls.look(at(12, 12), 61.0)
    assert stalls.longest_s == 1.0
