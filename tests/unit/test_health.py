"""Lag without progress is ill health and an idle topic is not; waiting has a deadline."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from streams.kafka.broker_view import SILENT_S, BrokerView
from streams.kafka.health import ProgressWatch, ReadyDeadline, loaded_by, not_ready
from streams.kafka.settings import KafkaSettings
from streams.metrics import Metrics

LIMIT_S = 45.0
HERE = ("reports", 3)

Stand = tuple[float, int, int]
"""Seconds since the last look, committed offset, end."""


def watched(*stands: Stand) -> ProgressWatch:
    watch, now = ProgressWatch(LIMIT_S), 1000.0
    for since, committed, end in stands:
        now += since
        watch.observe(HERE, committed, end, now)
    return watch


def test_lag_without_progress_is_bad_after_the_limit() -> None:
    assert watched((0, 10, 12), (LIMIT_S, 10, 12)).condition().good
    assert watched((0, 10, 12), (LIMIT_S + 1, 10, 13)).condition().reasons == (
        "reports partition 3 stood still for 46 s with lag: restart it",
    )


def test_an_offset_of_zero_stands_still_like_any_other() -> None:
    assert not watched((0, 0, 1), (LIMIT_S + 1, 0, 1)).condition().good
    assert not watched((0, -1, 1), (LIMIT_S + 1, -1, 1)).condition().good


def test_progress_makes_it_good_again() -> None:
    assert watched((0, 10, 12), (LIMIT_S + 1, 10, 12), (1, 11, 12)).condition().good


def test_a_topic_without_work_is_good_however_long_it_rests() -> None:
    assert watched((0, 10, 10), (10 * LIMIT_S, 10, 10), (1, 10, 11)).condition().good


def test_a_partition_that_moved_to_another_worker_is_forgotten() -> None:
    watch = watched((0, 10, 12), (LIMIT_S + 1, 10, 12))
    watch.observe(("reports", 4), 1, 1, 2000.0)
    watch.forget({("reports", 4)})
    assert watch.condition().good


@given(st.lists(st.tuples(st.floats(0, 60), st.integers(-1, 3), st.integers(0, 3)), min_size=1))
def test_it_is_bad_exactly_where_one_offset_was_seen_with_lag_for_longer_than_the_limit(stands: list[Stand]) -> None:
    stood_s = 0.0
    for (_, before, _), (since, committed, end) in pairwise(stands):
        stood_s = stood_s + since if committed == before and committed < end else 0.0
    watch = watched(*stands)
    if abs(stood_s - LIMIT_S) > 1e-6:
        assert watch.condition().good == (stood_s < LIMIT_S)


def test_waiting_for_recovery_has_a_deadline() -> None:
    deadline = ReadyDeadline(within_s=300.0, now=1000.0)
    assert deadline.condition(ready=False, now=1300.0).good
    assert deadline.condition(ready=False, now=1301.0).reasons == (
        "not ready for 301 s: look at the worker's log, then restart it",
    )


def test_a_rebalance_has_a_deadline_of_its_own() -> None:
    deadline = ReadyDeadline(within_s=300.0, now=1000.0)
    assert deadline.condition(ready=True, now=1299.0).good
    assert deadline.condition(ready=False, now=2000.0).good
    assert deadline.condition(ready=False, now=2300.0).good
    assert not deadline.condition(ready=False, now=2301.0).good
    assert deadline.condition(ready=True, now=2302.0).good


def test_a_server_whose_broker_never_answers_falls_ill() -> None:
    view = BrokerView(KafkaSettings("127.0.0.1:9"))
    assert view.healthy().good
    assert not view.ready().good
    view._started_at -= SILENT_S + 1
    assert not view.healthy().good


def test_lag_of_a_partition_that_moved_away_is_told_no_more() -> None:
    metrics = Metrics()
    metrics.standing("group", {("reports", 0): (-1, 4), ("reports", 1): (0, 0)})
    metrics.standing("group", {("reports", 1): (2, 7)})
    text = metrics.exposition().decode()
    assert 'bulletin_streams_lag_records{group="group",partition="1",topic="reports"} 5.0' in text
    assert 'bulletin_streams_committed_offset{group="group",partition="1",topic="reports"} 2.0' in text
    assert 'partition="0"' not in text


def test_a_worker_that_loads_its_state_is_well_as_long_as_rows_come() -> None:
    deadline = ReadyDeadline(within_s=300.0, now=1000.0)
    assert deadline.condition(ready=False, loaded=(10, 50), now=1299.0).good
    assert deadline.condition(ready=False, loaded=(20, 50), now=1500.0).good
    assert not deadline.condition(ready=False, loaded=(20, 50), now=1801.0).good


def test_what_is_not_ready_tells_how_far_it_is() -> None:
    metrics = Metrics()
    metrics.loading("read", 0, 120, 500)
    metrics.loading("read", 1, 7, 7)
    assert not_ready(metrics.loaded()) == "state: 127 of 507 rows loaded: wait"
    assert loaded_by(not_ready(metrics.loaded())) == (127, 507)
    metrics.all_loaded()
    assert loaded_by(not_ready(metrics.loaded())) == (0, 0)
