"""A day's figures are the contract's, over any split into partitions and any order of their partials."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.codec import decode, encode
from schemas.internal import Partial
from schemas.records import DailyFigures, DayFigure, Event, Figure
from streams.comparing import day_view
from streams.figures.contributions import contribution
from streams.figures.days import DayRow, apply_partial, combine
from streams.figures.partials import partial
from streams.reconciling.merging import merge
from tests.property.worlds import PLACES, STATUSES
from tests.telling import DAY, claim, said, told

MEASURES = (("killed", None), ("killed", "child"), ("killed", "adult"), ("killed", "civilian"), ("killed", "police"))
MORE = (("killed", "woman"), ("launched", "drone"), ("share", None), ("strength", None), ("damaged", "house"))
TOLD_AT = {"b/1": "2024-05-14T06:00", "b/2": "2024-05-14T07:00", "b/3": ""}


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    """One event of the day, from one bulletin or two."""
    statements = [
        said(
            measure,
            draw(st.sampled_from((0, 1, 2, 5, 0.1, 0.25, 10))),
            of=of,
            low=0,
            high=20,
            start=index,
            scope=draw(st.sampled_from(("event", "event", "total", "cumulative"))),
            side=draw(st.sampled_from((None, None, "UA"))),
            unit="percent" if measure == "share" else None,
        )
        for index, (measure, of) in enumerate(draw(st.lists(st.sampled_from(MEASURES + MORE), max_size=5)))
    ]
    report = claim(
        *statements,
        kind=draw(st.sampled_from(("drone", "missile"))),
        status=draw(st.sampled_from(STATUSES)),
        place=draw(st.sampled_from(PLACES)),
    )
    bulletin_id = draw(st.sampled_from(tuple(TOLD_AT)))
    return merge(f"event-{number}", "strike", [told(report, bulletin_id, at=TOLD_AT[bulletin_id])])


@st.composite
def days(draw: st.DrawFn) -> list[Event]:
    """The events of one day."""
    return [draw(events(number)) for number in range(draw(st.integers(0, 6)))]


def split(all_events: Iterable[Event], partition_of: Callable[[Event], int]) -> list[Partial]:
    """Partials of `all_events` over three partitions."""
    parts: dict[int, list[Event]] = {0: [], 1: [], 2: []}
    for event in all_events:
        parts[partition_of(event)].append(event)
    return [
        partial(DAY, "strike", number, 0, [one for e in part if (one := contribution(e, TOLD_AT)) is not None])
        for number, part in parts.items()
    ]


def whole(all_events: list[Event]) -> dict[str, Any]:
    """The day's figures over one partition."""
    return day_view(combine(split(all_events, lambda event: 0)))


@given(days(), st.data())
def test_any_split_over_partitions_gives_the_same_day(told_events: list[Event], data: st.DataObject) -> None:
    places = {event.event_id: data.draw(st.integers(0, 2)) for event in told_events}
    parts = split(data.draw(st.permutations(told_events)), lambda event: places[event.event_id])
    assert day_view(combine(data.draw(st.permutations(parts)))) == whole(told_events)


@given(st.lists(days(), min_size=1, max_size=4), st.data())
def test_partials_that_come_again_or_late_end_in_the_newest(states: list[list[Event]], data: st.DataObject) -> None:
    row, last_revision = DayRow(), 0
    newest = len(states) - 1
    waiting = [
        (age, each) for age, state in enumerate(states) for each in split(state, lambda e: int(e.event_id[-1]) % 3)
    ]
    for offset, (age, each) in enumerate(data.draw(st.permutations(waiting))):
        incoming = Partial(**{**{name: getattr(each, name) for name in Partial.__struct_fields__}, "as_of": age})
        row, figures = apply_partial(row, decode(encode(incoming), Partial), offset)
        if figures is not None:
            assert figures.revision > last_revision
            last_revision = figures.revision
        if data.draw(st.booleans()):
            assert apply_partial(row, incoming, offset) == (row, row.said)
            row = decode(encode(row), DayRow)
    assert row.said is not None
    assert day_view(row.said) == whole(states[newest])


@given(days())
def test_sums_are_what_the_contract_says_counted_naively(told_events: list[Event]) -> None:
    figures = combine(split(told_events, lambda event: int(event.event_id[-1]) % 3))
    happened = [event for event in told_events if event.status in ("occurred", "ongoing")]
    expected = [event for event in told_events if event.status in ("announced", "postponed")]
    for block, its_events in ((figures, happened), (figures.expected, expected)):
        counting = [event for event in its_events if not event.figures or _own(event)]
        assert block.events == len(counting)
        assert block.kinds == _tally(event.kind for event in counting)
        assert block.places == _tally(event.place.canonical for event in counting if event.place is not None)
        assert _rows(block.figures) == _naive_figures(its_events)
    assert _rows(figures.cumulative) == _latest([*_scoped(happened + expected, "cumulative")])
    covered = [each for side in (happened, expected) for event in side for each in _covered(event, side)]
    assert _rows(figures.stated_totals) == _latest([*_scoped(happened + expected, "total"), *covered])
    assert figures.event_ids == tuple(sorted(event.event_id for event in happened + expected))


Key = tuple[str, str | None, str | None, str | None]
Row = tuple[Fraction, Fraction, Fraction, int]
GROUPS = (
    ("civilian", "soldier", "rescuer", "medic", "police", "journalist", "officer", "general"),
    ("child", "adult"),
    ("woman", "man", "child"),
)


def _tally(names: Iterable[str | None]) -> dict[str, int]:
    counted = list(names)
    return {name: counted.count(name) for name in counted if name is not None}


def _rows(figures: tuple[DayFigure, ...]) -> dict[Key, Row]:
    found = {
        (each.measure, each.of, each.side, each.unit): (*map(_exact, (each.value, each.low, each.high)), each.events)
        for each in figures
    }
    assert len(found) == len(figures)
    return found  # type: ignore[return-value]


def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def _own(event: Event) -> list[Figure]:
    return [each for each in event.figures if each.scope == "event"]


def _summable(event: Event) -> dict[Key, tuple[Fraction, Fraction, Fraction]]:
    """What one event adds: its event-scope figures, and everyone where only groups are told."""
    rows: dict[Key, tuple[Fraction, Fraction, Fraction]] = {}
    for each in _own(event):
        if each.measure not in ("share", "strength"):
            values = (_exact(each.value), _exact(each.low), _exact(each.high))
            rows[each.measure, each.of, each.side, each.unit] = values
    for measure, _, side, unit in list(rows):
        if (measure, None, side, unit) not in rows:
            sums = []
            for group in GROUPS:
                parts = [rows[measure, of, side, unit] for of in group if (measure, of, side, unit) in rows]
                sums.append(
                    tuple(sum(column, Fraction(0)) for column in zip(*parts, strict=True)) or (Fraction(0),) * 3
                )
            if any(
                of in {name for group in GROUPS for name in group}
                for m, of, s, u in rows
                if (m, s, u) == (measure, side, unit)
            ):
                rows[measure, None, side, unit] = max(sums, key=lambda each: (each[0], each[2], each[1]))  # type: ignore[assignment]
    return rows


def _inside(inner: Event, outer: Event) -> bool:
    """Whether one event lies inside the region or country that the other speaks of."""
    if inner.place is None or outer.place is None or inner.place.country != outer.place.country:
        return False
    if outer.place.precision == "country":
        return inner.place.precision != "country"
    return inner.place.region == outer.place.region and inner.place.precision in ("site", "settlement")


def _is_coarse(event: Event) -> bool:
    return event.place is not None and event.place.precision in ("region", "country")


def _kept_out(event: Event, measure: str, others: Iterable[Event]) -> bool:
    return _is_coarse(event) and any(
        _inside(other, event) and any(key[0] == measure for key in _summable(other)) for other in others
    )


def _covered(event: Event, others: list[Event]) -> Iterable[tuple[tuple[str, str], Key, Row]]:
    for key, values in _summable(event).items():
        if _kept_out(event, key[0], others):
            yield _when(event), key, (*values, 1)


def _when(event: Event) -> tuple[str, str]:
    return TOLD_AT[event.statements[0].bulletin_id], event.event_id


def _naive_figures(its_events: list[Event]) -> dict[Key, Row]:
    rows: dict[Key, Row] = {}
    for event in its_events:
        for key, values in _summable(event).items():
            if not _kept_out(event, key[0], its_events):
                held = rows.get(key, (Fraction(0), Fraction(0), Fraction(0), 0))
                rows[key] = (held[0] + values[0], held[1] + values[1], held[2] + values[2], held[3] + 1)
    standing = [
        (_when(event), (each.measure, each.of, each.side, each.unit), _values(each))
        for event in its_events
        for each in _own(event)
        if each.measure in ("share", "strength")
    ]
    return rows | _latest(standing)


def _scoped(its_events: list[Event], scope: str) -> Iterable[tuple[tuple[str, str], Key, Row]]:
    for event in its_events:
        for each in event.figures:
            if each.scope == scope:
                yield _when(event), (each.measure, each.of, each.side, each.unit), _values(each)


def _values(each: Figure) -> Row:
    return _exact(each.value), _exact(each.low), _exact(each.high), 1


def _latest(rows: Iterable[tuple[tuple[str, str], Key, Row]]) -> dict[Key, Row]:
    """The latest of each key; within one event the higher."""
    found: Mapping[Key, list[tuple[tuple[str, str], Row]]] = {}
    grouped: dict[Key, list[tuple[tuple[str, str], Row]]] = dict(found)
    for when, key, row in rows:
        grouped.setdefault(key, []).append((when, row))
    return {
        key: max(group, key=lambda each: (each[0], each[1][0], each[1][2], each[1][1]))[1]
        for key, group in grouped.items()
    }


def test_an_emptied_day_is_said_with_no_events() -> None:
    event = merge("e", "strike", [told(claim(said("killed", 2)))])
    part = contribution(event, {"a/1": ""})
    assert part is not None
    row, figures = apply_partial(DayRow(), partial(DAY, "strike", 0, 0, [part]), 0)
    assert _said(figures).events == 1
    emptied = _said(apply_partial(row, partial(DAY, "strike", 0, 1, []), 1)[1])
    assert (emptied.events, emptied.figures, emptied.revision) == (0, (), 2)


def _said(figures: DailyFigures | None) -> DailyFigures:
    assert figures is not None
    assert figures.day == date(2024, 5, 14)
    return figures
