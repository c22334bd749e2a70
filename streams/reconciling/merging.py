"""One event from the reports that tell it: every field by its own rule, whatever the order of arrival."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from msgspec import structs

from schemas.enumerations import DatePrecision, Kind, Status, Stream
from schemas.internal import Report
from schemas.records import Actor, Event, Place
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
    reported_on = _reported_on(members)
    occurred_on = None if dated is None else dated.report.occurred_on
    expected_from, expected_until = _expected(reports)
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
        expected_from=expected_from,
        expected_until=expected_until,
        decided_on=next((report.decided_on for report in reversed(reports) if report.decided_on is not None), None),
        reported_on=reported_on,
        place=_place(members),
        actors=_actors(actor for report in reports for actor in report.actors),
        weapons=_union((weapon for report in reports for weapon in report.weapons), _itself),
        targets=_union((target for report in reports for target in report.targets), fold),
        figures=best_figures((told.time_key, s) for told in members for s in told.report.statements),
        statements=_union((s for report in reports for s in report.statements), _itself),
        sources=_union((source for report in reports for source in report.sources), fold),
        summary=reports[-1].summary,
        reports=_union((told.ref for told in members), lambda ref: (ref.bulletin_id, ref.item_id)),
        extractor=max(told.extractor for told in members),
    )


def _reported_on(members: Sequence[Told]) -> date:
    """The day of the earliest bulletin that tells its time; without any, the first day that one of them came."""
    timed = next((told.reported_on for told in members if told.time_key), None)
    return min(told.reported_on for told in members) if timed is None else timed


def _expected(reports: Sequence[Report]) -> tuple[date | None, date | None]:
    """The narrowest window told, between equals the latest; one told before a postponement no longer counts."""
    telling = [report for report in reports if report.expected_from is not None]
    late = max((index for index, report in enumerate(telling) if report.status == "postponed"), default=0)
    best = min(reversed(telling[late:]), key=_window_days, default=None)
    return (None, None) if best is None else (best.expected_from, best.expected_until)


def _window_days(report: Report) -> int:
    if report.expected_from is None or report.expected_until is None:
        return 0
    return (report.expected_until - report.expected_from).days


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


def _actors(told: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each name and role once, as first told; its country as first told where the first telling has none."""
    first: dict[tuple[str, str], Actor] = {}
    for actor in told:
        held = first.setdefault((fold(actor.name), actor.role), actor)
        if held.country is None and actor.country is not None:
            first[fold(actor.name), actor.role] = structs.replace(held, country=actor.country)
    return tuple(first.values())


def _union(values: Iterable[T], key: Callable[[T], object]) -> tuple[T, ...]:
    first: dict[object, T] = {}
    for value in values:
        first.setdefault(key(value), value)
    return tuple(first.values())


def _itself(value: object) -> object:
    return value
