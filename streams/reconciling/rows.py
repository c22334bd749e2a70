"""The rows of a block: what each bulletin says to it, and every event that ever came of it.

A block of years is never read whole: its reports are found by the weeks they speak of and by the decision they rest on,
its events by the bulletins that tell them.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar

from msgspec import Struct, json

from schemas.internal import BulletinReports, Report
from schemas.records import Event, Place
from streams.reconciling.dated import reach
from streams.reconciling.strikes import WIDE, spot
from streams.rows import Table, Tables

DAYS_A_WEEK = 7
TELLINGS = "tellings"
EVENTS = "events"
RETIRED = "retired"

Found = TypeVar("Found")


class EventRow(Struct, kw_only=True):
    """One event of a block: its last emitted content (with its revision) and every day it ever counted on.

    `told_at` is the time key of each bulletin that tells it, `members` the (bulletin, ordinal) of each report.
    """

    event: Event
    days: tuple[date, ...]
    told_at: dict[str, str] = {}
    members: tuple[tuple[str, int], ...] = ()


class Telling(Struct, kw_only=True, frozen=True):
    """What one bulletin says to one block; `as_of` is the offset in `reports` that said so.

    `changed` names the events that changed by it, so that the same message can say them again.
    """

    claims: BulletinReports
    as_of: int
    changed: tuple[str, ...] = ()


class _PlacedReport(Struct):
    place: Place | None


class _PlacedClaims(Struct):
    blocks: dict[str, tuple[_PlacedReport, ...]]


class _PlacedTelling(Struct):
    claims: _PlacedClaims


EVENT_DECODER = json.Decoder(EventRow)
PLACES_DECODER = json.Decoder(_PlacedTelling)


class BlockTables:
    """The rows of all blocks of one partition, and what finds them: derived from them, kept up with them."""

    def __init__(self, tables: Tables) -> None:
        self.tellings: Table[Telling] = tables.table(TELLINGS, Telling)
        self.events: Table[EventRow] = tables.table(EVENTS, EventRow)
        self._retired: Table[EventRow] = tables.table(RETIRED, EventRow)
        self._by_week: Table[bool] = tables.table("by-week", bool, derived=True)
        self._by_decision: Table[bool] = tables.table("by-decision", bool, derived=True)
        self._by_teller: Table[bool] = tables.table("by-teller", bool, derived=True)
        # Of strikes: who ever told of a settlement, and the events there. An event never moves.
        self._tellers_at: Table[bool] = tables.table("tellers-at", bool, derived=True)
        self._events_at: Table[bool] = tables.table("events-at", bool, derived=True)
        self._withdrawn: Table[bool] = tables.table("withdrawn", bool, derived=True)

    def put_telling(self, block: str, telling: Telling) -> None:
        """Keep what a bulletin says to a block in the place of what it said before."""
        bulletin_id = telling.claims.bulletin_id
        if is_one_day(block):
            self._find_at(block, bulletin_id, spots(telling.claims.blocks[block]))
        else:
            before = self.tellings.get(block, bulletin_id)
            old = _places(block, before)
            new = _places(block, telling)
            for table, index in ((self._by_week, 0), (self._by_decision, 1)):
                for group in old[index] - new[index]:
                    table.drop(group, bulletin_id)
                for group in new[index] - old[index]:
                    table.put(group, bulletin_id, True)
        self.tellings.put(block, bulletin_id, telling)

    def load_telling(self, block: str, bulletin_id: str, encoded: bytes) -> None:
        """Take a telling as its changelog holds it."""
        if is_one_day(block):
            places = PLACES_DECODER.decode(encoded).claims.blocks[block]
            self._find_at(block, bulletin_id, {spot(each.place) for each in places})
            self.tellings.load(block, bulletin_id, encoded)
        else:
            self.put_telling(block, json.decode(encoded, type=Telling))

    def put_event(self, block: str, row: EventRow) -> None:
        """Keep an event in the place of what was said of it before."""
        event_id = row.event.event_id
        if is_one_day(block):
            self._find_strike(block, row)
        else:
            before = self.events.get(block, event_id)
            old = set() if before is None else tellers(before.event)
            new = tellers(row.event)
            for bulletin_id in old - new:
                self._by_teller.drop(f"{block}|{bulletin_id}", event_id)
            for bulletin_id in new - old:
                self._by_teller.put(f"{block}|{bulletin_id}", event_id, True)
        self.events.put(block, event_id, row)

    def load_event(self, block: str, encoded: bytes) -> EventRow:
        """Take an event as its changelog holds it."""
        row = EVENT_DECODER.decode(encoded)
        if is_one_day(block):
            self._find_strike(block, row)
            self.events.load(block, row.event.event_id, encoded)
        else:
            self.put_event(block, row)
        return row

    def retire(self, row: EventRow) -> None:
        """Keep an event that an earlier generation told and this one does not, whatever its block was."""
        self._retired.put(RETIRED, row.event.event_id, row)

    def known(self, block: str, event_id: str) -> EventRow | None:
        """What was last said of an event, also in an earlier generation; None where it is new."""
        row = self.events.get(block, event_id)
        return self._retired.get(RETIRED, event_id) if row is None else row

    def all_tellings(self, block: str) -> dict[str, Telling]:
        """What every bulletin says to a block, by bulletin."""
        return _rows(self.tellings, block, self.tellings.keys(block))

    def tellings_near(self, block: str, weeks: Iterable[int], decisions: Iterable[date]) -> dict[str, Telling]:
        """What bulletins say to a block of some weeks or decisions, by bulletin; all they say to it."""
        found: set[str] = set()
        for week in weeks:
            found.update(self._by_week.keys(_week_group(block, week)))
        for day in decisions:
            found.update(self._by_decision.keys(f"{block}|{day}"))
        return _rows(self.tellings, block, found)

    def settled_together(self, block: str, texts: Iterable[BulletinReports]) -> set[str] | None:
        """The settlements that texts tell of a day of strikes; None for everywhere.

        Where a report without a settlement ever stood in the block, it may be any of its events.
        """
        places = {place for text in texts for place in spots(text.blocks[block])}
        return None if WIDE in places or self._told_widely(block) else places

    def tellings_at(self, block: str, places: Iterable[str] | None) -> dict[str, Telling]:
        """What bulletins say to a day of strikes that ever told of one of the settlements; all they say to it."""
        if places is None:
            return self.all_tellings(block)
        return _rows(self.tellings, block, _at(self._tellers_at, block, places))

    def events_at(self, block: str, places: Iterable[str] | None) -> dict[str, EventRow]:
        """Every strike of a day at one of the settlements, withdrawn ones too; by id."""
        found = self.events.keys(block) if places is None else _at(self._events_at, block, places)
        return _rows(self.events, block, found)

    def events_told_by(self, block: str, bulletins: Collection[str]) -> dict[str, EventRow]:
        """Every event of a block, withdrawn ones too, that rests or rested on one of the bulletins; by id.

        Of strikes, also all others at the settlements that the bulletins tell of.
        """
        if is_one_day(block):
            told = (row for name in bulletins if (row := self.tellings.get(block, name)) is not None)
            events = self.events_at(block, {place for row in told for place in spots(row.claims.blocks[block])})
            gone = _rows(self.events, block, self._withdrawn.keys(block))
            return events | {key: row for key, row in gone.items() if not tellers(row.event).isdisjoint(bulletins)}
        found: set[str] = set()
        for bulletin_id in bulletins:
            found.update(self._by_teller.keys(f"{block}|{bulletin_id}"))
        return _rows(self.events, block, found)

    def all_events(self) -> Iterator[EventRow]:
        """Every event of every block, one at a time; walks through all."""
        for block in self.events.groups():
            for key in sorted(self.events.keys(block)):
                row = self.events.get(block, key)
                if row is not None:
                    yield row

    def _told_widely(self, block: str) -> bool:
        return any(True for _ in self._tellers_at.keys(_spot_group(block, WIDE)))

    def _find_strike(self, block: str, row: EventRow) -> None:
        event = row.event
        self._events_at.put(_spot_group(block, spot(event.place)), event.event_id, True)
        if event.status == "withdrawn":
            # Those who told of it may tell of another place now, where it has its heir.
            self._withdrawn.put(block, event.event_id, True)

    def _find_at(self, block: str, bulletin_id: str, places: Iterable[str]) -> None:
        # Who once told of a settlement stays named there: whoever asks looks at what is told now.
        for place in places:
            self._tellers_at.put(_spot_group(block, place), bulletin_id, True)


def is_one_day(block: str) -> bool:
    """Whether all of a block speaks of one day, so that places and not days tell its events apart: a strike's is."""
    return block.startswith("strike|")


def spots(reports: Iterable[Report]) -> set[str]:
    """Where reports of strikes tell of."""
    return {spot(report.place) for report in reports}


def weeks_of(report: Report, told_on: date) -> range:
    """The weeks, counted from year 1, in which a report may meet another: those it speaks of and its margin."""
    first, last, margin = reach(report, told_on)
    days = margin.days
    return range((first.toordinal() - days) // DAYS_A_WEEK, (last.toordinal() + days) // DAYS_A_WEEK + 1)


def tellers(event: Event) -> set[str]:
    """The bulletins that an event rests on or, withdrawn, rested on."""
    return {ref.bulletin_id for ref in event.reports}


def _places(block: str, telling: Telling | None) -> tuple[set[str], set[str]]:
    """The groups of weeks and of decisions in which a telling is found."""
    if telling is None:
        return set(), set()
    reports = telling.claims.blocks[block]
    weeks = {week for report in reports for week in weeks_of(report, telling.claims.reported_on)}
    decisions = {report.decided_on for report in reports if report.decided_on is not None}
    return {_week_group(block, week) for week in weeks}, {f"{block}|{day}" for day in decisions}


def _at(table: Table[bool], block: str, places: Iterable[str]) -> set[str]:
    return {key for place in places for key in table.keys(_spot_group(block, place))}


def _spot_group(block: str, place: str) -> str:
    return f"{block}|{place}"


def _week_group(block: str, week: int) -> str:
    return f"{block}|{week}"


def _rows(table: Table[Found], block: str, keys: Iterable[str]) -> dict[str, Found]:
    return {key: row for key in sorted(keys) if (row := table.get(block, key)) is not None}
