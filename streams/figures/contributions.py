"""What one event adds to its day: its current bests in exact units, with everyone's count derived from its parts."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from schemas.internal import Sum
from schemas.records import Event, Figure, Number, Statement
from streams.reconciling.figures import FigureKey, best_of, key_of

MILLION = 1_000_000
LARGEST_E6 = 2**62
TRADES = frozenset({"civilian", "soldier", "rescuer", "medic", "police", "journalist", "officer", "general"})
AGES = frozenset({"child", "adult"})
SEXES = frozenset({"woman", "man", "child"})
PEOPLE = TRADES | AGES | SEXES
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


def contribution(event: Event, told_at: Mapping[str, str]) -> Contribution | None:
    """The event's part of its day's figures, or None where a cancelled or withdrawn event counts nowhere.

    `told_at` gives the time key of each bulletin that tells it, so that of two events' totals the latest stands.
    """
    if event.status not in COUNTED and event.status not in EXPECTED:
        return None
    place = event.place
    last_told = _last_told(event, told_at)
    rows = [(figure, _sum(figure, (last_told[key_of(figure)], event.event_id))) for figure in event.figures]
    own = [(figure, row) for figure, row in rows if figure.scope == "event"]
    return Contribution(
        event_id=event.event_id,
        kind=event.kind,
        expected=event.status in EXPECTED,
        counted=bool(own) or not event.figures,
        coarse=place is not None and place.precision not in FINE,
        country="" if place is None or place.country is None else place.country,
        region="" if place is None or place.region is None else place.region,
        place=_place_name(event),
        sums=tuple(_everyone([row for figure, row in own if not _stands(figure)])),
        standing=tuple(row for figure, row in own if _stands(figure)),
        stated_totals=tuple(row for figure, row in rows if figure.scope == "total"),
        cumulative=tuple(row for figure, row in rows if figure.scope == "cumulative"),
    )


def _last_told(event: Event, told_at: Mapping[str, str]) -> dict[FigureKey, str]:
    """When each figure of the event was last told, outdated tolls aside."""
    told: dict[FigureKey, list[tuple[str, Statement]]] = {}
    for statement in event.statements:
        told.setdefault(key_of(statement), []).append((told_at[statement.bulletin_id], statement))
    return {key: best_of(group)[0] for key, group in told.items()}


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
    """Exact in sums of any order; held within what 64 bits take, however absurd the text."""
    return max(-LARGEST_E6, min(LARGEST_E6, value * MILLION if isinstance(value, int) else round(value * MILLION)))


def _everyone(rows: list[Sum]) -> Iterable[Sum]:
    """The rows, and where people are told by groups only, the row of everyone that the groups amount to."""
    yield from rows
    stated = {(row.measure, row.side, row.unit) for row in rows if row.of is None}
    parts: dict[tuple[str, str | None, str | None], list[Sum]] = {}
    for row in rows:
        if row.of in PEOPLE:
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
