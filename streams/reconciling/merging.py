"""One event from the reports that tell it: every field by its own rule, whatever the order of arrival."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from schemas.enumerations import DatePrecision, Kind, Status, Stream
from schemas.records import Event, Place, Statement
from streams.naming import fold
from streams.reconciling.figures import best_figures
from streams.reconciling.told import Told

T = TypeVar("T")

DATE_RANK: dict[DatePrecision, int] = {"day": 5, "night": 5, "week": 3, "month-part": 2, "month": 1, "unknown": 0}
PLACE_RANK = {"site": 3, "settlement": 2, "region": 1, "country": 0}
KIND_RANK = {"combined": 2, "explosion": -1, "unspecified": -2, "summit": 3, "talks": 2, "visit": 1}


def merge(event_id: str, stream: Stream, members: Sequence[Told]) -> Event:
    """The event that `members`, sorted by first telling, tell together; its `revision` is 0 until a row counts it."""
    reports = [told.report for told in members]
    dated = max(
        (told for told in members if told.report.occurred_on is not None),
        key=lambda told: (DATE_RANK[told.report.date_precision], *told.order),
        default=None,
    )
    reported_on = min(told.reported_on for told in members)
    occurred_on = None if dated is None else dated.report.occurred_on
    expecting = [report for report in reports if report.expected_from is not None]
    return Event(
        event_id=event_id,
        revision=0,
        stream=stream,
        kind=_kind(members),
        status=_status(members),
        day=reported_on if occurred_on is None else occurred_on,
        occurred_on=occurred_on,
        occurred_until=None if dated is None else dated.report.occurred_until,
        date_precision="unknown" if dated is None else dated.report.date_precision,
        expected_from=expecting[-1].expected_from if expecting else None,
        expected_until=expecting[-1].expected_until if expecting else None,
        decided_on=_latest(report.decided_on for report in reports),
        reported_on=reported_on,
        place=_place(members),
        actors=_union((actor for report in reports for actor in report.actors), lambda a: (fold(a.name), a.role)),
        weapons=_union((weapon for report in reports for weapon in report.weapons), lambda weapon: weapon),
        targets=_union((target for report in reports for target in report.targets), fold),
        figures=best_figures((told.time_key, s) for told in members for s in told.report.statements),
        statements=_union((s for report in reports for s in report.statements), _statement_key),
        sources=_union((source for report in reports for source in report.sources), fold),
        summary=reports[-1].summary,
        reports=_union((told.ref for told in members), lambda ref: (ref.bulletin_id, ref.item_id)),
        extractor=max(told.extractor for told in members),
    )


def _kind(members: Sequence[Told]) -> Kind:
    """The most specific kind told; between equals the latest."""
    return max(members, key=lambda told: (KIND_RANK.get(told.report.kind, 0), *told.order)).report.kind


def _status(members: Sequence[Told]) -> Status:
    """The latest status told, but nothing goes back from `occurred`."""
    if any(told.report.status == "occurred" for told in members):
        return "occurred"
    return members[-1].report.status


def _place(members: Sequence[Told]) -> Place | None:
    """The most precise place told; between equals one the gazetteer knows, then the first told."""
    places = [told.report.place for told in members if told.report.place is not None]
    return max(places, key=lambda place: (PLACE_RANK[place.precision], place.geoname_id is not None), default=None)


def _latest(days: Iterable[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return known[-1] if known else None


def _union(values: Iterable[T], key: Callable[[T], object]) -> tuple[T, ...]:
    first: dict[object, T] = {}
    for value in values:
        first.setdefault(key(value), value)
    return tuple(first.values())


def _statement_key(statement: Statement) -> tuple[object, ...]:
    return (
        statement.bulletin_id,
        statement.section,
        statement.start,
        statement.measure,
        statement.of,
        statement.side,
        statement.unit,
        statement.scope,
    )
