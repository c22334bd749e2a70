"""A block's row: the standing claims of its reports and every event they ever made.

The live events are a pure function of the *set* of reports. The row remembers what was once said (events since
withdrawn, days since left), so that processing a message again can say it again.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import cast

from msgspec import Struct, structs

from schemas.enumerations import Stream
from schemas.internal import BulletinReports
from schemas.records import Event
from streams.naming import short_hash
from streams.reconciling import diplomacy, personnel, strikes
from streams.reconciling.merging import merge
from streams.reconciling.neighbourhood import neighbourhood
from streams.reconciling.told import Told

RULES = {"strike": strikes, "military-personnel": personnel, "diplomacy": diplomacy}


class EventRow(Struct, kw_only=True):
    """One event of a block: its last emitted content (with its revision) and every day it ever counted on.

    `told_at` is the time key of each bulletin that tells it, `members` the (bulletin, ordinal) of each report.
    """

    event: Event
    days: tuple[date, ...]
    told_at: dict[str, str] = {}
    members: tuple[tuple[str, int], ...] = ()


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
    claims = structs.replace(incoming, blocks={block: incoming.blocks[block]})
    row.told_by[incoming.bulletin_id] = claims
    return _settle(row, block, claims, standing)


def _settle(row: BlockRow, block: str, claims: BulletinReports, before: BulletinReports | None) -> list[EventRow]:
    """The rows that changed now that a bulletin claims `claims` and no more what it did `before`."""
    stream = cast(Stream, block.partition("|")[0])
    changed: list[EventRow] = []
    touched = _touched(row, block, claims, before)
    live = {
        event_id
        for event_id, old in row.events.items()
        if old.event.status != "withdrawn" and touched.isdisjoint(old.members)
    }
    for identity, members in RULES[stream].clusters(_told(row, block, touched)):
        event_id = short_hash(block, *identity)
        live.add(event_id)
        keys = tuple(told.key for told in members)
        told_at = {told.bulletin_id: told.time_key for told in members}
        old = row.events.get(event_id)
        if old is not None and old.members == keys and claims.bulletin_id not in told_at:
            continue
        if _store(row, EventRow(event=merge(event_id, stream, members), days=(), told_at=told_at, members=keys)):
            changed.append(row.events[event_id])
    heirs = Heirs(row, live)
    for event_id, old in row.events.items():
        if event_id not in live:
            gone = structs.replace(old.event, status="withdrawn", merged_into=heirs.of(old.event))
            if _store(row, EventRow(event=gone, days=old.days, told_at=old.told_at)):
                changed.append(row.events[event_id])
    return changed


def _touched(
    row: BlockRow, block: str, claims: BulletinReports, before: BulletinReports | None
) -> set[tuple[str, int]]:
    """The (bulletin, ordinal) of each report that the change can touch; in a strike's block, one day, it is all."""
    reports = {
        (bulletin_id, ordinal): (report, told.reported_on)
        for bulletin_id, told in row.told_by.items()
        for ordinal, report in enumerate(told.blocks[block])
    }
    were = {} if before is None else {(before.bulletin_id, n): report for n, report in enumerate(before.blocks[block])}
    if block.startswith("strike|"):
        return reports.keys() | were.keys()
    changed = {key for key in reports if key[0] == claims.bulletin_id}
    if before is not None:
        former = {(bulletin_id, -1 - n): (report, before.reported_on) for (bulletin_id, n), report in were.items()}
        reports |= former
        changed |= former.keys()
    return neighbourhood(reports, changed) | were.keys()


def _told(row: BlockRow, block: str, touched: Iterable[tuple[str, int]]) -> list[Told]:
    """The reports that still stand among `touched`, in the order of first telling."""
    found = []
    for bulletin_id, ordinal in touched:
        told = row.told_by[bulletin_id]
        if 0 <= ordinal < len(told.blocks[block]):
            found.append(
                Told(
                    report=told.blocks[block][ordinal],
                    bulletin_id=bulletin_id,
                    ordinal=ordinal,
                    time_key=told.time_key,
                    reported_on=told.reported_on,
                    topic=told.topic,
                    partition=told.partition,
                    offset=told.offset,
                    extractor=told.extractor,
                )
            )
    return sorted(found, key=lambda each: each.order)


def _store(row: BlockRow, new: EventRow) -> bool:
    """Whether `new` differs from what was said of it, offsets and extractor aside; then it has the next revision.

    Other time keys alone are no revision, but may change which of two events has the latest word on their day.
    """
    old = row.events.get(new.event.event_id)
    if old is None:
        new.event = structs.replace(new.event, revision=1)
        new.days = (new.event.day,)
        row.events[new.event.event_id] = new
        return True
    same = comparable(new.event) == comparable(old.event)
    new.event = structs.replace(new.event, revision=old.event.revision if same else old.event.revision + 1)
    new.days = old.days if new.event.day in old.days else (*old.days, new.event.day)
    row.events[new.event.event_id] = new
    return not same or new.told_at != old.told_at


def comparable(event: Event) -> Event:
    """The event without what alone makes no revision: `revision`, `extractor` and the offsets of `reports`."""
    reports = tuple(structs.replace(ref, topic="", partition=0, offset=0) for ref in event.reports)
    return structs.replace(event, revision=0, extractor="", reports=reports)


class Heirs:
    """What the events of a block that nothing tells any more turned out to be."""

    def __init__(self, row: BlockRow, live: Iterable[str]) -> None:
        self._row, self._live = row, live
        self._by_item: dict[tuple[str, str], list[str]] = {}

    def of(self, event: Event) -> str | None:
        """The live event with most of the statements of one that vanished, then of its reports; None where none is.

        Where the vanished event had statements an heir must have one of them: that it rests on the same item is not
        enough, an item may tell several events and take one of them back.
        """
        if not self._by_item:
            for event_id in sorted(self._live):
                for ref in self._row.events[event_id].event.reports:
                    self._by_item.setdefault((ref.bulletin_id, ref.item_id), []).append(event_id)
        reports = Counter(
            event_id for ref in event.reports for event_id in self._by_item.get((ref.bulletin_id, ref.item_id), ())
        )
        said = _claims(event)
        scores = {
            event_id: (len(said & _claims(self._row.events[event_id].event)) if said else 1, count)
            for event_id, count in sorted(reports.items())
        }
        best = max(scores, key=lambda event_id: scores[event_id], default=None)
        return best if best is not None and scores[best][0] > 0 else None


def _claims(event: Event) -> frozenset[tuple[object, ...]]:
    return frozenset((s.bulletin_id, s.measure, s.of, s.side, s.unit, s.scope, s.value) for s in event.statements)
