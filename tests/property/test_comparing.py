"""Two sides compared by hashes are the same, and differ in the same fields, as compared row by row in memory."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from schemas.records import DailyFigures, DayBlock, DayFigure, Event, Figure, ReportRef
from streams.comparing import DAYS, EVENTS, Compared, Comparison, Difference, Record, compare, counted, standing
from streams.figures.days import day_key
from streams.rows import MemoryTables

FEW = st.integers(0, 2)
NUMBERS = st.sampled_from((1, 1.0, 2, 0))
DATES = st.sampled_from((date(2024, 5, 14), date(2024, 5, 15)))
NAMES = st.dictionaries(st.sampled_from(("drone", "missile")), NUMBERS.map(int), max_size=2)
ONE_FIGURE = st.builds(Figure, measure=st.just("killed"), value=NUMBERS, low=NUMBERS, high=NUMBERS)
DAY_FIGURE = st.builds(DayFigure, measure=st.just("killed"), value=NUMBERS, low=NUMBERS, high=NUMBERS, events=FEW)
EVENT = st.builds(
    Event,
    event_id=st.sampled_from("abc"),
    revision=FEW,
    stream=st.just("strike"),
    kind=st.just("drone"),
    status=st.sampled_from(("occurred", "announced", "withdrawn")),
    day=DATES,
    reported_on=DATES,
    summary=st.sampled_from(("", "une frappe")),
    extractor=st.sampled_from(("fr 1", "fr 2")),
    figures=st.lists(ONE_FIGURE, max_size=1).map(tuple),
    reports=st.lists(
        st.builds(
            ReportRef,
            bulletin_id=st.sampled_from(("a/1", "a/2")),
            item_id=st.just("a/1#1"),
            topic=st.just("bulletins"),
            partition=FEW,
            offset=FEW,
        ),
        max_size=2,
    ).map(tuple),
)
DAY = st.builds(
    DailyFigures,
    day=DATES,
    stream=st.sampled_from(("strike", "diplomacy")),
    revision=FEW,
    events=FEW,
    kinds=NAMES,
    figures=st.lists(DAY_FIGURE, max_size=1).map(tuple),
    expected=st.builds(DayBlock, events=FEW),
    event_ids=st.sampled_from(((), ("a",), ("a", "b"))),
    as_of=st.dictionaries(st.just("0"), FEW, max_size=1),
)


def hashed(compared: Compared[Record], expected: Sequence[Record], found: Sequence[Record]) -> list[Difference]:
    """What the comparison by hashes says."""
    comparison = Comparison(compared, MemoryTables())
    for record in expected:
        comparison.expect(record)
    for record in found:
        comparison.find(record)
    comparison.close()
    for record in found:
        comparison.find_again(record)
    differences = list(comparison.differences(expected))
    for difference, mine, theirs in differences:
        assert bool(mine) == (difference.verdict != "extra")
        assert bool(theirs) == (difference.verdict != "missing")
    return sorted((difference for difference, *_ in differences), key=lambda each: each.key)


def last(records: Sequence[Any], key: Any) -> dict[str, Any]:
    """The highest revision of each, of equal ones the later."""
    held: dict[str, Any] = {}
    for each in sorted(records, key=lambda one: one.revision):
        held[key(each)] = each
    return held


def sides(one: st.SearchStrategy[Any], key: Any) -> st.SearchStrategy[tuple[list[Any], list[Any]]]:
    """What is expected, once for each key, and what is found: much of it the same, in any revision and order."""
    return st.lists(one, max_size=4, unique_by=key).flatmap(
        lambda expected: st.tuples(
            st.just(expected),
            st.lists(st.one_of(one, st.sampled_from(expected)) if expected else one, max_size=6),
        )
    )


@given(sides(EVENT, EVENTS.key))
def test_events_compared_by_hash_differ_as_their_views_do(both: tuple[list[Event], list[Event]]) -> None:
    expected, found = both
    views = standing({each.event_id: each for each in expected}), standing(last(found, EVENTS.key))
    assert hashed(EVENTS, expected, found) == compare("event", *views)


@given(sides(DAY, day_key))
def test_days_compared_by_hash_differ_as_their_views_do(both: tuple[list[DailyFigures], list[DailyFigures]]) -> None:
    expected, found = both
    views = counted({day_key(each): each for each in expected}), counted(last(found, day_key))
    assert hashed(DAYS, expected, found) == compare("day", *views)


@given(st.lists(EVENT, max_size=4, unique_by=EVENTS.key))
def test_what_is_the_same_is_not_looked_at_again(events: list[Event]) -> None:
    comparison = Comparison(EVENTS, MemoryTables())
    for each in events:
        comparison.expect(each)
        comparison.find(structs.replace(each, extractor="fr 3"))
    comparison.close()
    assert comparison.differing == set()
    assert comparison.expected == len(standing({each.event_id: each for each in events}))
