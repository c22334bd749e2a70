"""What one event adds to its day: its current bests in exact units, with everyone's count derived from its parts."""

from collections.abc import Iterable

from msgspec import Struct

from schemas.internal import Sum
from schemas.records import Event, Figure, Number

MILLION = 1_000_000
PEOPLE = frozenset({"killed", "injured", "hospitalised", "missing", "rescued", "evacuated", "detained"})
TRADES = frozenset({"civilian", "soldier", "rescuer", "medic", "police", "journalist", "officer", "general"})
AGES = frozenset({"child", "adult"})
SEXES = frozenset({"woman", "man", "child"})
STANDING = frozenset({"share", "strength"})
COUNTED = frozenset({"occurred", "ongoing"})
EXPECTED = frozenset({"announced", "postponed"})
FINE = frozenset({"site", "settlement"})

SumKey = tuple[str, str | None, str | None, str | None]


class Contribution(Struct, frozen=True, kw_only=True):
    """One event's part of its day; `coarse` where it speaks of a whole region or country."""

    event_id: str
    kind: str
    expected: bool
    counted: bool
    coarse: bool
    country: str
    region: str
    place: str | None
    sums: tuple[Sum, ...]
    standing: tuple[Sum, ...]
    stated_totals: tuple[Sum, ...]
    cumulative: tuple[Sum, ...]


def contribution(event: Event, time_key: str) -> Contribution | None:
    """The event's part of its day's figures, or None where a cancelled or withdrawn event counts nowhere."""
    if event.status not in COUNTED and event.status not in EXPECTED:
        return None
    own = [figure for figure in event.figures if figure.scope == "event"]
    place = event.place
    latest = (time_key, event.event_id)
    summed = [figure for figure in own if not _stands(figure)]
    return Contribution(
        event_id=event.event_id,
        kind=event.kind,
        expected=event.status in EXPECTED,
        counted=bool(own) or not event.figures,
        coarse=place is not None and place.precision not in FINE,
        country="" if place is None or place.country is None else place.country,
        region="" if place is None or place.region is None else place.region,
        place=_place_name(event),
        sums=tuple(_everyone([_sum(figure, latest) for figure in summed])),
        standing=tuple(_sum(figure, latest) for figure in own if _stands(figure)),
        stated_totals=tuple(_sum(figure, latest) for figure in event.figures if figure.scope == "total"),
        cumulative=tuple(_sum(figure, latest) for figure in event.figures if figure.scope == "cumulative"),
    )


def sum_key(row: Sum) -> SumKey:
    """What makes two rows add up or replace each other: measure, of, side and unit."""
    return row.measure, row.of, row.side, row.unit


def _stands(figure: Figure) -> bool:
    """Shares and strengths are not summed: the latest stands."""
    return figure.measure in STANDING or figure.unit == "percent"


def _place_name(event: Event) -> str | None:
    if event.stream != "strike" or event.place is None:
        return None
    return event.place.canonical if event.place.canonical is not None else event.place.name


def _sum(figure: Figure, latest: tuple[str, str]) -> Sum:
    return Sum(
        measure=figure.measure,
        of=figure.of,
        side=figure.side,
        unit=figure.unit,
        value_e6=_millionths(figure.value),
        low_e6=_millionths(figure.low),
        high_e6=_millionths(figure.high),
        events=1,
        latest=latest,
    )


def _millionths(value: Number) -> int:
    return value * MILLION if isinstance(value, int) else round(value * MILLION)


def _everyone(rows: list[Sum]) -> Iterable[Sum]:
    """The rows, and for people without an `of` null row the one their parts amount to."""
    yield from rows
    stated = {(row.measure, row.side, row.unit) for row in rows if row.of is None}
    parts: dict[tuple[str, str | None, str | None], list[Sum]] = {}
    for row in rows:
        if row.of is not None and row.measure in PEOPLE:
            parts.setdefault((row.measure, row.side, row.unit), []).append(row)
    for key, group in parts.items():
        if key not in stated:
            yield max(
                (_added(group, names) for names in (TRADES, AGES, SEXES)),
                key=lambda row: (row.value_e6, row.high_e6, row.low_e6),
            )


def _added(group: list[Sum], names: frozenset[str]) -> Sum:
    chosen = [row for row in group if row.of in names]
    first = group[0]
    return Sum(
        measure=first.measure,
        of=None,
        side=first.side,
        unit=first.unit,
        value_e6=sum(row.value_e6 for row in chosen),
        low_e6=sum(row.low_e6 for row in chosen),
        high_e6=sum(row.high_e6 for row in chosen),
        events=1,
        latest=first.latest,
    )
