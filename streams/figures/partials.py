"""One partition's part of a day, from the contributions of its events."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import structs

from schemas.enumerations import Stream
from schemas.internal import CoarseEvent, Partial, PartialBlock, Sum
from streams.figures.contributions import LARGEST_E6, Contribution, SumKey, sum_key


def partial(
    day: date, stream: Stream, partition: int, as_of: int, contributions: Sequence[Contribution], ingested_ms: int = 0
) -> Partial:
    """The partial of `day` and `stream` over `contributions`, the same in whatever order they come."""
    fine = [one for one in contributions if not one.coarse]
    coarse = [one for one in contributions if one.coarse]
    return Partial(
        day=day,
        stream=stream,
        partition=partition,
        as_of=as_of,
        happened=_block(contributions, fine, expected=False),
        expected=_block(contributions, fine, expected=True),
        coarse=tuple(
            CoarseEvent(
                event_id=one.event_id, country=one.country, region=one.region, expected=one.expected, sums=one.sums
            )
            for one in sorted(coarse, key=lambda one: one.event_id)
            if one.sums
        ),
        finer=tuple(sorted(_finer(contributions))),
        stated_totals=latest_of(row for one in contributions for row in one.stated_totals),
        cumulative=latest_of(row for one in contributions for row in one.cumulative),
        event_ids=tuple(sorted(one.event_id for one in contributions)),
        ingested_ms=ingested_ms,
    )


def _block(everything: Sequence[Contribution], fine: Sequence[Contribution], *, expected: bool) -> PartialBlock:
    counted = [one for one in everything if one.expected == expected and one.counted]
    return PartialBlock(
        events=len(counted),
        kinds=tally_of(one.kind for one in counted),
        places=tally_of(one.place for one in counted if one.place is not None),
        sums=add_up(row for one in fine if one.expected == expected for row in one.sums),
        standing=latest_of(row for one in everything if one.expected == expected for row in one.standing),
    )


def _finer(contributions: Sequence[Contribution]) -> set[tuple[bool, str, str, str]]:
    """What keeps coarse events out of the sums: settlements for their region and country, regions for their country."""
    found: set[tuple[bool, str, str, str]] = set()
    for one in contributions:
        if not one.country or (one.coarse and not one.region):
            continue
        for row in one.sums:
            if not one.coarse:
                found.add((one.expected, one.country, one.region, row.measure))
            found.add((one.expected, one.country, "", row.measure))
    return found


def tally_of(names: Iterable[str]) -> dict[str, int]:
    """How often each name comes, sorted by name."""
    return dict(sorted(Counter(names).items()))


def add_up(rows: Iterable[Sum]) -> tuple[Sum, ...]:
    """One exact sum for each key, sorted by key."""
    sums: dict[SumKey, Sum] = {}
    for row in rows:
        held = sums.get(sum_key(row))
        sums[sum_key(row)] = row if held is None else _plus(held, row)
    return tuple(sorted(map(_within_64_bits, sums.values()), key=lambda row: _sortable(sum_key(row))))


def latest_of(rows: Iterable[Sum]) -> tuple[Sum, ...]:
    """The latest row of each key, sorted by key: what is stated as a whole is replaced, not summed."""
    latest: dict[SumKey, Sum] = {}
    for row in rows:
        held = latest.get(sum_key(row))
        if held is None or _lateness(held) < _lateness(row):
            latest[sum_key(row)] = row
    return tuple(sorted(latest.values(), key=lambda row: _sortable(sum_key(row))))


def _plus(one: Sum, two: Sum) -> Sum:
    return structs.replace(
        one,
        value_e6=one.value_e6 + two.value_e6,
        low_e6=one.low_e6 + two.low_e6,
        high_e6=one.high_e6 + two.high_e6,
        events=one.events + two.events,
        latest=max(one.latest, two.latest),
    )


def _within_64_bits(row: Sum) -> Sum:
    """The sum as JSON can carry it; only absurd texts reach the limit, and they must not stop the day."""
    if max(abs(row.low_e6), abs(row.value_e6), abs(row.high_e6)) <= LARGEST_E6:
        return row
    value, low, high = (max(-LARGEST_E6, min(LARGEST_E6, each)) for each in (row.value_e6, row.low_e6, row.high_e6))
    return structs.replace(row, value_e6=value, low_e6=low, high_e6=high)


def _lateness(row: Sum) -> tuple[tuple[str, str], int, int, int]:
    return row.latest, row.value_e6, row.high_e6, row.low_e6


def _sortable(key: SumKey) -> tuple[str, ...]:
    return tuple("" if part is None else part for part in key)
