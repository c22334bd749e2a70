"""A block settled: what of its events changes when a bulletin says something else to it.

The live events are a pure function of the *set* of reports. The rows remember what was once said (events since
withdrawn, days since left), so that processing a message again can say it again.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from msgspec import structs

from schemas.enumerations import Stream
from schemas.internal import BulletinReports, Report
from schemas.records import Event
from streams.naming import short_hash
from streams.reconciling import diplomacy, personnel, strikes
from streams.reconciling.merging import merge
from streams.reconciling.neighbourhood import Key, neighbourhood
from streams.reconciling.rows import BlockTables, EventRow, Telling, is_one_day, tellers, weeks_of
from streams.reconciling.strikes import spot
from streams.reconciling.told import Told

RULES = {"strike": strikes, "military-personnel": personnel, "diplomacy": diplomacy}


def apply_reports(tables: BlockTables, block: str, incoming: BulletinReports, offset: int) -> list[EventRow]:
    """The rows of events to say (again) after `incoming`; the block's rows change.

    Reports older than those that stand change nothing. A message processed a second time (its offset is not above
    the one that stands) says again what it said, withdrawals too, as it is now and without a new revision.
    """
    standing = tables.tellings.get(block, incoming.bulletin_id)
    if standing is not None:
        if offset <= standing.as_of:
            rows = [tables.events.get(block, event_id) for event_id in standing.changed]
            return [row for row in rows if row is not None]
        if _order(standing.claims) > _order(incoming):
            return []
    claims = structs.replace(incoming, blocks={block: incoming.blocks[block]})
    tables.put_telling(block, Telling(claims=claims, as_of=offset))
    changed = _settle(tables, block, claims, None if standing is None else standing.claims)
    if changed:
        said = tuple(row.event.event_id for row in changed)
        # The claims are the same, and so is what finds them.
        tables.tellings.put(block, claims.bulletin_id, Telling(claims=claims, as_of=offset, changed=said))
    return changed


def _order(claims: BulletinReports) -> tuple[int, int, int]:
    """Which of two texts of one bulletin stands: the higher."""
    return claims.version, claims.offset, claims.partition


@dataclass(slots=True)
class _Part:
    """The part of a block that a change can touch: reports by (bulletin, ordinal), and the events that rest on them."""

    tellings: dict[str, Telling]
    touched: set[Key]
    events: dict[str, EventRow]


def _settle(tables: BlockTables, block: str, claims: BulletinReports, before: BulletinReports | None) -> list[EventRow]:
    """The rows that changed now that a bulletin claims `claims` and no more what it did `before`."""
    stream = cast(Stream, block.partition("|")[0])
    changed: list[EventRow] = []
    part = _part(tables, block, claims, before)
    live = {
        event_id
        for event_id, old in part.events.items()
        if old.event.status != "withdrawn" and part.touched.isdisjoint(old.members)
    }
    for identity, members in RULES[stream].clusters(_told(part, block)):
        event_id = short_hash(block, *identity)
        live.add(event_id)
        keys = tuple(told.key for told in members)
        told_at = {told.bulletin_id: told.time_key for told in members}
        old = part.events.get(event_id)
        if old is not None and old.members == keys and claims.bulletin_id not in told_at:
            continue
        row = EventRow(event=merge(event_id, stream, members), days=(), told_at=told_at, members=keys)
        if _store(tables, block, part, row):
            changed.append(row)
    heirs = Heirs(part.events, live)
    for event_id, old in list(part.events.items()):
        if event_id not in live:
            gone = structs.replace(old.event, status="withdrawn", merged_into=heirs.of(old.event))
            row = EventRow(event=gone, days=old.days, told_at=old.told_at)
            if _store(tables, block, part, row):
                changed.append(row)
    return changed


def _part(tables: BlockTables, block: str, claims: BulletinReports, before: BulletinReports | None) -> _Part:
    events: dict[str, EventRow] = {}
    if is_one_day(block):
        places = tables.settled_together(block, (claims,) if before is None else (claims, before))
        tellings, touched = _there(tables, block, places)
        events = tables.events_at(block, places)
    else:
        tellings, touched = _near(tables, block, claims, before)
    tellings.setdefault(claims.bulletin_id, Telling(claims=claims, as_of=0))
    if before is not None:
        touched |= {(before.bulletin_id, ordinal) for ordinal in range(len(before.blocks[block]))}
    events |= tables.events_told_by(block, {bulletin_id for bulletin_id, _ in touched})
    # What a withdrawn event turned out to be rests on a report of its own bulletins, near or not.
    others = {name for row in events.values() if row.event.status == "withdrawn" for name in tellers(row.event)}
    if others:
        heirs = tables.events_told_by(block, others)
        events |= {event_id: row for event_id, row in heirs.items() if row.event.status != "withdrawn"}
    return _Part(tellings, touched, events)


def _there(tables: BlockTables, block: str, places: Collection[str] | None) -> tuple[dict[str, Telling], set[Key]]:
    """What is said of some settlements of a day, and its keys; None for everywhere."""
    tellings = tables.tellings_at(block, places)
    return tellings, {
        (bulletin_id, ordinal)
        for bulletin_id, telling in tellings.items()
        for ordinal, report in enumerate(telling.claims.blocks[block])
        if places is None or spot(report.place) in places
    }


def _near(
    tables: BlockTables, block: str, claims: BulletinReports, before: BulletinReports | None
) -> tuple[dict[str, Telling], set[Key]]:
    """What is said to the block near the change in time or by decision, directly or through others; and its keys."""
    former: dict[Key, tuple[Report, date]] = {}
    if before is not None:
        former = {
            (before.bulletin_id, -1 - n): (each, before.reported_on) for n, each in enumerate(before.blocks[block])
        }
    now = {(claims.bulletin_id, n): (each, claims.reported_on) for n, each in enumerate(claims.blocks[block])}
    tellings: dict[str, Telling] = {}
    touched: Mapping[Key, tuple[Report, date]] = former | now
    weeks: set[int] = set()
    decisions: set[date] = set()
    while True:
        new_weeks = {week for report, told_on in touched.values() for week in weeks_of(report, told_on)} - weeks
        new_decisions = {r.decided_on for r, _ in touched.values() if r.decided_on is not None} - decisions
        if not new_weeks and not new_decisions:
            return tellings, {key for key in touched if key[1] >= 0}
        weeks |= new_weeks
        decisions |= new_decisions
        tellings |= tables.tellings_near(block, new_weeks, new_decisions)
        reports = former | {
            (bulletin_id, ordinal): (report, telling.claims.reported_on)
            for bulletin_id, telling in tellings.items()
            for ordinal, report in enumerate(telling.claims.blocks[block])
        }
        touched = {key: reports[key] for key in neighbourhood(reports, former.keys() | now.keys())}


def _told(part: _Part, block: str) -> list[Told]:
    """The reports that still stand among those touched, in the order of first telling."""
    found = []
    for bulletin_id, ordinal in part.touched:
        told = part.tellings[bulletin_id].claims
        if ordinal < len(told.blocks[block]):
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


def _store(tables: BlockTables, block: str, part: _Part, new: EventRow) -> bool:
    """Whether `new` differs from what was said of it, offsets and extractor aside; then it has the next revision.

    Other time keys alone are no revision, but may change which of two events has the latest word on their day.
    """
    event_id = new.event.event_id
    old = part.events.get(event_id) or tables.known(block, event_id)
    if old is None:
        new.event = structs.replace(new.event, revision=1)
        new.days = (new.event.day,)
    else:
        same = comparable(new.event) == comparable(old.event)
        new.event = structs.replace(new.event, revision=old.event.revision if same else old.event.revision + 1)
        new.days = old.days if new.event.day in old.days else (*old.days, new.event.day)
    part.events[event_id] = new
    if new != old:
        tables.put_event(block, new)
    return old is None or new.event.revision != old.event.revision or new.told_at != old.told_at


def comparable(event: Event) -> Event:
    """The event without what alone makes no revision: `revision`, `extractor` and the offsets of `reports`."""
    reports = tuple(structs.replace(ref, topic="", partition=0, offset=0) for ref in event.reports)
    return structs.replace(event, revision=0, extractor="", reports=reports)


class Heirs:
    """What the events of a block that nothing tells any more turned out to be."""

    def __init__(self, events: Mapping[str, EventRow], live: Iterable[str]) -> None:
        self._events, self._live = events, live
        self._by_item: dict[tuple[str, str], list[str]] = {}

    def of(self, event: Event) -> str | None:
        """The live event with most of the statements of one that vanished, then of its reports; None where none is.

        Where the vanished event had statements an heir must have one of them: that it rests on the same item is not
        enough, an item may tell several events and take one of them back.
        """
        if not self._by_item:
            for event_id in sorted(self._live):
                for ref in self._events[event_id].event.reports:
                    self._by_item.setdefault((ref.bulletin_id, ref.item_id), []).append(event_id)
        reports = Counter(
            event_id for ref in event.reports for event_id in self._by_item.get((ref.bulletin_id, ref.item_id), ())
        )
        said = _claims(event)
        scores = {
            event_id: (len(said & _claims(self._events[event_id].event)) if said else 1, count)
            for event_id, count in sorted(reports.items())
        }
        best = max(scores, key=lambda event_id: scores[event_id], default=None)
        return best if best is not None and scores[best][0] > 0 else None


def _claims(event: Event) -> frozenset[tuple[object, ...]]:
    return frozenset((s.bulletin_id, s.measure, s.of, s.side, s.unit, s.scope, s.value) for s in event.statements)
