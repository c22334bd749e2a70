"""A block settled only around what changed is the block settled whole, however long its years."""

from datetime import timedelta
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from schemas.internal import Report
from streams.naming import short_hash
from streams.reconciling import personnel
from streams.reconciling.blocks import apply_reports
from streams.reconciling.rows import BlockTables, EventRow
from streams.rows import MemoryTables
from tests.property.worlds import NAMES
from tests.telling import DAY, claim, claims, region, said, told, town

BLOCK = "military-personnel|prisoner-exchange|RU-UA"
STRIKES = f"strike|UA|Soumy|{DAY}"


@st.composite
def exchanges(draw: st.DrawFn) -> Report:
    """A report of an exchange some days from `DAY`, often without its day."""
    day = draw(st.sampled_from((None, None, *(DAY + timedelta(days=days) for days in (0, 3, 9, 16, 40)))))
    coarse = day is not None and draw(st.integers(0, 5)) == 0
    window = day is None and draw(st.integers(0, 5)) == 0
    return claim(
        *(said("exchanged", draw(st.sampled_from((60, 190))), side="UA") for _ in range(draw(st.integers(0, 1)))),
        stream="military-personnel",
        kind="prisoner-exchange",
        occurred_on=day,
        occurred_until=day + timedelta(days=30) if day is not None and coarse else None,
        date_precision="month" if coarse else "unknown" if day is None else "day",
        expected_from=DAY + timedelta(days=20) if window else None,
        status=draw(st.sampled_from(("occurred", "announced"))),
        decided_on=draw(st.sampled_from((None, None, None, None, DAY))),
        sources=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=1))),
    )


@given(st.data())
def test_settling_around_a_change_is_settling_the_whole(data: st.DataObject) -> None:
    kept, rows = {}, BlockTables(MemoryTables())
    for offset in range(data.draw(st.integers(1, 14))):
        bulletin_id = f"b/{data.draw(st.integers(0, 8))}"
        on = DAY + timedelta(days=data.draw(st.integers(0, 45)))
        reports = data.draw(st.lists(exchanges(), max_size=2))
        said_now = claims(bulletin_id, *reports, at=f"{on}T00:00", on=on, version=offset + 1, offset=offset)
        said_now.blocks.setdefault(BLOCK, ())
        kept[bulletin_id] = said_now
        apply_reports(rows, BLOCK, said_now, offset)
    whole = [
        told(report, each.bulletin_id, at=each.time_key, on=each.reported_on, ordinal=ordinal)
        for each in kept.values()
        for ordinal, report in enumerate(each.blocks[BLOCK])
    ]
    found = personnel.clusters(sorted(whole, key=lambda one: one.order))
    assert {held.event.event_id: held.members for held in rows.all_events() if held.event.status != "withdrawn"} == {
        short_hash(BLOCK, *identity): tuple(one.key for one in group) for identity, group in found
    }


@st.composite
def strikes_told(draw: st.DrawFn) -> Report:
    """A report of a strike at one of three towns, seldom of their region alone."""
    towns = (town("Konotop"), town("Krolevets"), town("Hloukhiv"))
    return claim(
        *(said("killed", draw(st.sampled_from((1, 2, 5)))) for _ in range(draw(st.integers(0, 1)))),
        kind=draw(st.sampled_from(("missile", "drone", "explosion"))),
        place=draw(st.sampled_from((*towns, *towns, *towns, region("Soumy")))),
    )


@given(st.data())
def test_strikes_settled_around_a_change_say_what_the_whole_day_settled_says(data: st.DataObject) -> None:
    near, whole = BlockTables(MemoryTables()), BlockTables(MemoryTables())
    with patch.object(whole, "_told_widely", lambda _: True):
        for offset in range(data.draw(st.integers(1, 14))):
            bulletin_id = f"b/{data.draw(st.integers(0, 6))}"
            reports = data.draw(st.lists(strikes_told(), max_size=2))
            now = claims(bulletin_id, *reports, at=f"{DAY}T{offset:02}:00", version=offset + 1, offset=offset)
            now.blocks.setdefault(STRIKES, ())
            said_near, said_whole = (apply_reports(each, STRIKES, now, offset) for each in (near, whole))
            assert sorted(said_near, key=event_id_of) == sorted(said_whole, key=event_id_of)
    assert sorted(near.all_events(), key=event_id_of) == sorted(whole.all_events(), key=event_id_of)


def event_id_of(row: EventRow) -> str:
    return row.event.event_id
