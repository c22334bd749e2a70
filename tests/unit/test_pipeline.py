"""Bulletins through the whole pure flow: repeats, corrections, withdrawals, late texts, splits and merges."""

from datetime import date
from unittest.mock import patch

import pytest

from schemas.internal import Report
from schemas.records import Bulletin
from streams.comparing import counted, standing
from streams.extraction.stage import BulletinRow, Origin, apply_bulletin
from streams.pipeline import Pipeline, read_alone
from streams.reading.findings import Reading
from streams.reconciling.blocks import apply_reports
from streams.reconciling.rows import BlockTables
from streams.rows import MemoryTables
from tests.telling import DAY, claim, claims, fed, figure, region, said, script, scripted, town

KONOTOP, KROLEVETS = town("Konotop", geoname_id=11), town("Krolevets", geoname_id=12)
MORNING = {"published_at": "2024-05-14T08:00:00+03:00"}
NOON = {"published_at": "2024-05-14T12:00:00+03:00"}


def strike(killed: float, on: date = DAY, **fields: object) -> Report:
    """A strike on Konotop with its dead."""
    return claim(said("killed", killed), occurred_on=on, **{"place": KONOTOP, **fields})


def test_one_event_told_by_many_keeps_its_history_and_every_report() -> None:
    pipeline = fed(
        [
            script("a/2", strike(5, place=region("Soumy")), **NOON),
            script("a/1", strike(4, kind="unspecified"), **MORNING),
            script("a/3", strike(4), published_on="2024-05-14"),
        ]
    )
    (event,) = pipeline.events().values()
    assert figure(event, "killed") == (5, 4, 5)
    assert [ref.bulletin_id for ref in event.reports] == ["a/3", "a/1", "a/2"]
    assert event.place == KONOTOP
    assert event.revision == 2


def test_a_repeat_changes_nothing_also_of_an_older_text() -> None:
    first, second = script("a/1", strike(4)), script("a/1", strike(5))
    pipeline = fed([first, second, first, second])
    (event,) = pipeline.events().values()
    assert (figure(event, "killed"), event.revision) == ((5, 5, 5), 2)


def test_a_higher_version_wins_whatever_comes_after_it() -> None:
    pipeline = fed([script("a/1", strike(5), version=2), script("a/1", strike(4), version=1)])
    (event,) = pipeline.events().values()
    assert figure(event, "killed") == (5, 5, 5)


def test_a_correction_leaves_nothing_behind_on_either_day() -> None:
    pipeline = fed([script("a/1", strike(4)), script("a/1", strike(4, on=date(2024, 4, 30)), version=2)])
    days = pipeline.days()
    assert days["2024-05-14/strike"].events == 0
    assert days["2024-04-30/strike"].events == 1
    withdrawn = [event for event in pipeline.all_events() if event.status == "withdrawn"]
    assert [event.revision for event in withdrawn] == [2]
    assert counted(days).keys() == {"2024-04-30/strike"}


def test_withdrawn_and_published_again() -> None:
    text = script("a/1", strike(4))
    gone = script("a/1", version=2, withdrawn=True)
    assert fed([text, gone]).events() == {}
    assert fed([text, gone, text]).events() == {}
    back = fed([text, gone, script("a/1", strike(4), version=3)])
    (event,) = back.events().values()
    assert event.revision == 3
    assert standing(back.events()) == standing(fed([text]).events())


def test_a_withdrawal_before_its_text_is_known_holds_against_it() -> None:
    assert fed([script("a/1", version=2, withdrawn=True), script("a/1", strike(4))]).events() == {}


def test_a_correction_of_the_time_alone_changes_which_total_stands() -> None:
    def total(value: float) -> Report:
        return claim(said("killed", value, scope="total"), place=town(f"T{value}"), kind="missile")

    early, late = script("a/1", total(9), **MORNING), script("a/2", total(4), **NOON)
    moved = script("a/1", total(9), version=2, published_at="2024-05-14T18:00:00+03:00", published_on="2024-05-14")
    assert fed([early, late]).days()["2024-05-14/strike"].stated_totals[0].value == 4
    assert fed([early, late, moved]).days()["2024-05-14/strike"].stated_totals[0].value == 9


def test_a_text_that_cannot_be_read_leaves_the_former_standing() -> None:
    pipeline = fed([script("a/1", strike(4))])
    before = pipeline.events()
    with patch("streams.extraction.stage.read", side_effect=RuntimeError("boom")), pytest.raises(RuntimeError):
        pipeline.feed(script("a/1", strike(5), version=2), Origin("bulletins", 0, 9))
    assert pipeline.events() == before
    assert len(before) == 1
    assert pipeline.feed(script("a/1", strike(5), version=2), Origin("bulletins", 0, 9)) is not None


def test_a_merge_says_what_the_vanished_event_turned_out_to_be() -> None:
    alone = script("a/1", strike(3, place=region("Soumy")), **MORNING)
    town_told = script("a/2", strike(3), **NOON)
    pipeline = fed([alone, town_told])
    (event,) = pipeline.events().values()
    (gone,) = (each for each in pipeline.all_events() if each.status == "withdrawn")
    assert gone.merged_into == event.event_id
    apart = fed([alone, town_told, script("a/2", version=2, withdrawn=True)])
    (back,) = apart.events().values()
    assert (back.event_id, back.merged_into, back.revision) == (gone.event_id, None, 3)
    emptied = fed([alone, town_told, script("a/1", version=2, withdrawn=True)])
    assert [each.merged_into for each in emptied.all_events() if each.status == "withdrawn"] == [None]


def test_an_event_taken_back_did_not_turn_into_its_neighbour_of_the_same_item() -> None:
    both = script("a/1", strike(2), strike(3, place=KROLEVETS))
    pipeline = fed([both, script("a/1", strike(2), version=2)])
    (gone,) = (each for each in pipeline.all_events() if each.status == "withdrawn")
    assert gone.merged_into is None


def test_a_message_processed_again_says_what_it_said_again_without_a_revision() -> None:
    rows = BlockTables(MemoryTables())
    first = claims("a/1", strike(2))
    (block,) = first.blocks
    apply_reports(rows, block, first, 0)
    apply_reports(rows, block, claims("a/1", strike(2, kind="missile"), version=2, offset=1), 1)
    gone = claims("a/1", version=3, offset=2)
    gone.blocks[block] = ()
    said_once = apply_reports(rows, block, gone, 2)
    said_again = apply_reports(rows, block, gone, 2)
    assert [each.event.status for each in said_again] == ["withdrawn"]
    assert [each.event for each in said_once] == [each.event for each in said_again]
    assert said_again[0].days == (DAY,)
    assert apply_reports(rows, block, claims("a/1", strike(9), version=2, offset=1), 3) == []


def test_offsets_and_extractor_alone_are_no_revision() -> None:
    rows = BlockTables(MemoryTables())
    (block,) = claims("a/1", strike(2)).blocks
    apply_reports(rows, block, claims("a/1", strike(2)), 0)
    assert apply_reports(rows, block, claims("a/1", strike(2), offset=7), 1) == []
    (held,) = rows.all_events()
    assert (held.event.revision, held.event.reports[0].offset) == (1, 7)


def test_a_bulletin_reports_to_every_block_it_ever_did() -> None:
    with scripted():
        first = apply_bulletin(None, script("a/1", strike(2)), Origin("bulletins", 0, 0))
        assert first is not None
        moved = script("a/1", strike(2, on=date(2024, 4, 30)), version=2)
        second = apply_bulletin(first.row, moved, Origin("bulletins", 0, 1))
        assert second is not None
        again = apply_bulletin(second.row, moved, Origin("bulletins", 0, 1))
    assert next(iter(second.reports.blocks.values())) == ()
    assert list(second.reports.blocks) == list(second.row.blocks)
    assert again is not None
    assert again.reports == second.reports


def said_hash(bulletin: Bulletin) -> str:
    """The hash over what a bulletin says."""
    row: BulletinRow | None = None
    with scripted():
        output = apply_bulletin(row, bulletin, Origin("bulletins", 0, 0))
    assert output is not None
    return output.row.said


def test_what_was_said_covers_the_claims_and_their_time() -> None:
    plain = said_hash(script("a/1", strike(2), **MORNING))
    assert plain == said_hash(script("a/1", strike(2), **MORNING))
    assert (
        len({plain, said_hash(script("a/1", strike(2), **NOON)), said_hash(script("a/1", strike(3), **MORNING))}) == 3
    )


def test_read_alone_knows_no_other_bulletin() -> None:
    with scripted():
        items, events = read_alone(script("a/1", strike(2), strike(3, place=KROLEVETS)))
    assert items == ()
    assert len(events) == 2
    with patch("streams.extraction.stage.read", return_value=Reading((), ())):
        assert read_alone(script("a/1", strike(2))) == ((), [])
    assert list(Pipeline().all_events()) == []
