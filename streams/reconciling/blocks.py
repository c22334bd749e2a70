"""A block's row: the standing claims of its reports and every event they ever made.

The live events are a pure function of the *set* of reports. The row remembers what was once said (events since
withdrawn, days since left), so that processing a message again can say it again.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from msgspec import Struct, structs

from schemas.enumerations import Stream
from schemas.internal import BulletinReports
from schemas.records import Event
from streams.naming import short_hash
from streams.reconciling import diplomacy, personnel, strikes
from streams.reconciling.merging import merge
from streams.reconciling.told import Told

RULES = {"strike": strikes, "military-personnel": personnel, "diplomacy": diplomacy}


class EventRow(Struct, kw_only=True):
    """One event of a block: its last emitted content (with its revision) and every day it ever counted on."""

    event: Event
    days: tuple[date, ...]
    time_key: str


class BlockRow(Struct, kw_only=True):
    """State of one block; `as_of` is the highest offset of `reports` that it holds."""

    told_by: dict[str, BulletinReports] = {}
    events: dict[str, EventRow] = {}
    as_of: int = -1


def apply_reports(row: BlockRow, block: str, incoming: BulletinReports, offset: int) -> list[EventRow]:
    """The rows of events to say (again) after `incoming`, changing `row` in place.

    Reports older than those that stand change nothing. A message processed a second time (its offset is not above
    `as_of`) says every event of the block again, withdrawn ones too, without a new revision.
    """
    if offset <= row.as_of:
        return list(row.events.values())
    row.as_of = offset
    standing = row.told_by.get(incoming.bulletin_id)
    if standing is not None and (standing.version, standing.offset) > (incoming.version, incoming.offset):
        return []
    row.told_by[incoming.bulletin_id] = structs.replace(incoming, blocks={block: incoming.blocks[block]})
    return _settle(row, block)


def _settle(row: BlockRow, block: str) -> list[EventRow]:
    stream = cast(Stream, block.partition("|")[0])
    changed: list[EventRow] = []
    live: dict[str, Sequence[Told]] = {}
    for identity, members in RULES[stream].clusters(sorted(_told(row, block), key=lambda told: told.order)):
        event_id = short_hash(block, *identity)
        live[event_id] = members
        event = merge(event_id, stream, members)
        if _store(row, event, members[-1].time_key):
            changed.append(row.events[event_id])
    for event_id, old in row.events.items():
        if event_id not in live and old.event.status != "withdrawn":
            gone = structs.replace(old.event, status="withdrawn", merged_into=_heir(old.event, live))
            _store(row, gone, old.time_key)
            changed.append(row.events[event_id])
    return changed


def _told(row: BlockRow, block: str) -> Iterable[Told]:
    for told in row.told_by.values():
        for ordinal, report in enumerate(told.blocks[block]):
            yield Told(
                report=report,
                bulletin_id=told.bulletin_id,
                ordinal=ordinal,
                time_key=told.time_key,
                reported_on=told.reported_on,
                topic=told.topic,
                partition=told.partition,
                offset=told.offset,
                extractor=told.extractor,
            )


def _store(row: BlockRow, event: Event, time_key: str) -> bool:
    """Whether `event` differs from what was said of it, offsets and extractor aside; then it has the next revision."""
    old = row.events.get(event.event_id)
    if old is None:
        row.events[event.event_id] = EventRow(
            event=structs.replace(event, revision=1), days=(event.day,), time_key=time_key
        )
        return True
    same = comparable(event) == comparable(old.event)
    revision = old.event.revision if same else old.event.revision + 1
    days = old.days if event.day in old.days else (*old.days, event.day)
    row.events[event.event_id] = EventRow(event=structs.replace(event, revision=revision), days=days, time_key=time_key)
    return not same


def comparable(event: Event) -> Event:
    """The event without what alone makes no revision: `revision`, `extractor` and the offsets of `reports`."""
    reports = tuple(structs.replace(ref, topic="", partition=0, offset=0) for ref in event.reports)
    return structs.replace(event, revision=0, extractor="", reports=reports)


def _heir(event: Event, live: dict[str, Sequence[Told]]) -> str | None:
    """The live event that tells most of the reports of one that vanished."""
    items = {(ref.bulletin_id, ref.item_id) for ref in event.reports}
    shared = {
        event_id: sum((told.bulletin_id, told.report.item_id) in items for told in members)
        for event_id, members in live.items()
    }
    best = max(sorted(shared), key=lambda event_id: shared[event_id], default=None)
    return best if best is not None and shared[best] > 0 else None
