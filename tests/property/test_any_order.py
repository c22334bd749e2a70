"""The same bulletins give the same events and figures in any order of arrival, doubled, late, corrected, withdrawn."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from schemas.codec import decode, encode
from schemas.records import Bulletin, Event
from streams.comparing import counted, standing
from streams.extraction.stage import BulletinRow, Origin, apply_bulletin
from streams.figures.index import DayIndex
from streams.pipeline import Pipeline
from streams.reconciling.blocks import apply_reports
from streams.reconciling.rows import BlockTables, EventRow, Telling
from streams.rows import MemoryTables
from tests.property.worlds import arrivals, worlds
from tests.telling import fed, scripted


def state(pipeline: Pipeline) -> tuple[object, object]:
    return standing(pipeline.events()), counted(pipeline.days())


@given(st.data())
def test_any_order_of_arrival_gives_the_same_events_and_days(data: st.DataObject) -> None:
    histories = data.draw(worlds())
    in_turn = [text for history in histories for text in history]
    assert state(fed(data.draw(arrivals(histories)))) == state(fed(in_turn))


@given(st.data())
def test_corrections_and_withdrawals_leave_nothing_behind(data: st.DataObject) -> None:
    histories = data.draw(worlds())
    arrived = data.draw(arrivals(histories))
    last_texts = [history[-1] for history in histories if _last_stands(history)]
    kept = {text.bulletin_id for text in last_texts}
    assert state(fed(text for text in arrived if text.bulletin_id in kept)) == state(fed(last_texts))


def _last_stands(history: Sequence[Bulletin]) -> bool:
    """Whether the last text is no repeat of an earlier one under the same version."""
    last = history[-1]
    return not any(text.sha256 == last.sha256 and text.version >= last.version for text in history[:-1])


def recovered(blocks: BlockTables) -> BlockTables:
    """The rows as a worker finds them in its changelog, what finds them derived anew."""
    again = BlockTables(MemoryTables())
    for block in blocks.tellings.groups():
        for telling in blocks.all_tellings(block).values():
            again.put_telling(block, decode(encode(telling), Telling))
    for block in blocks.events.groups():
        for event_id in blocks.events.keys(block):
            row = blocks.events.get(block, event_id)
            again.put_event(block, decode(encode(row), EventRow))
    return again


class Spoken:
    """The stages over a log, with what they say kept as a consumer keeps it: the highest revision of each event."""

    def __init__(self) -> None:
        self.bulletins: dict[str, BulletinRow] = {}
        self.blocks = BlockTables(MemoryTables())
        self.index = DayIndex(MemoryTables())
        self.heard: dict[str, Event] = {}
        self.revisions: dict[str, list[int]] = {}
        self.offset = 0

    def feed(self, bulletin: Bulletin, offset: int, *, crashes: bool) -> None:
        with scripted():
            output = apply_bulletin(self.bulletins.get(bulletin.bulletin_id), bulletin, Origin("bulletins", 0, offset))
        if output is None:
            return
        self.bulletins[bulletin.bulletin_id] = output.row
        for block in output.reports.blocks:
            first = apply_reports(self.blocks, block, output.reports, self.offset)
            self.say(first)
            if crashes:
                self.blocks = recovered(self.blocks)
                again = apply_reports(self.blocks, block, output.reports, self.offset)
                assert again == first
                self.say(again)
            self.offset += 1

    def say(self, rows: Sequence[EventRow]) -> None:
        for row in rows:
            event = row.event
            self.revisions.setdefault(event.event_id, []).append(event.revision)
            held = self.heard.get(event.event_id)
            if held is None or event.revision > held.revision:
                self.heard[event.event_id] = event
        self.index.update(rows)


@given(st.data())
def test_a_consumer_of_the_highest_revision_holds_the_state_also_across_crashes(data: st.DataObject) -> None:
    spoken = Spoken()
    for offset, bulletin in enumerate(data.draw(arrivals(data.draw(worlds())))):
        spoken.feed(bulletin, offset, crashes=data.draw(st.booleans()))
    rows = {row.event.event_id: row.event for row in spoken.blocks.all_events()}
    assert spoken.heard.keys() == rows.keys()
    assert standing(spoken.heard) == standing(rows)
    for event_id, event in rows.items():
        heard = spoken.heard[event_id]
        assert (heard.status, heard.merged_into, heard.revision) == (event.status, event.merged_into, event.revision)
        assert spoken.revisions[event_id] == sorted(spoken.revisions[event_id])
        assert spoken.revisions[event_id][0] == 1


@given(st.data())
def test_what_an_event_turned_out_to_be_stands_and_rests_on_its_reports(data: st.DataObject) -> None:
    pipeline = fed(data.draw(arrivals(data.draw(worlds()))))
    live = pipeline.events()
    for event in pipeline.all_events():
        if event.status != "withdrawn":
            assert event.merged_into is None
        elif event.merged_into is not None:
            heir = live[event.merged_into]
            items = {(ref.bulletin_id, ref.item_id) for ref in event.reports}
            assert items & {(ref.bulletin_id, ref.item_id) for ref in heir.reports}


@given(st.data())
def test_the_index_of_days_kept_up_equals_one_counted_from_scratch(data: st.DataObject) -> None:
    spoken = Spoken()
    for offset, bulletin in enumerate(data.draw(arrivals(data.draw(worlds())))):
        spoken.feed(bulletin, offset, crashes=False)
    again = DayIndex(MemoryTables())
    again.update(recovered(spoken.blocks).all_events())
    assert set(again.days()) == set(spoken.index.days())
    for day in again.days():
        assert spoken.index.partial(day, 0, 0) == again.partial(day, 0, 0)


@given(st.data())
def test_every_report_that_stands_is_in_exactly_one_event(data: st.DataObject) -> None:
    pipeline = fed(data.draw(arrivals(data.draw(worlds()))))
    told_by = {
        (block, bulletin_id, ordinal)
        for block in pipeline.blocks.tellings.groups()
        for bulletin_id, telling in pipeline.blocks.all_tellings(block).items()
        for ordinal in range(len(telling.claims.blocks[block]))
    }
    held = [
        (block, *member)
        for block in pipeline.blocks.events.groups()
        for event_id in pipeline.blocks.events.keys(block)
        if (row := pipeline.blocks.events.get(block, event_id)) is not None and row.event.status != "withdrawn"
        for member in row.members
    ]
    assert len(held) == len(set(held))
    assert set(held) == told_by
