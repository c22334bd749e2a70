"""A day's figures from the partials of all partitions; the rule of totals is applied last."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from schemas.internal import CoarseEvent, Partial, PartialBlock, Sum
from schemas.records import DailyFigures, DayBlock, DayFigure, Number
from streams.figures.contributions import MILLION
from streams.figures.partials import add_up, latest_of, tally_of


class DayRow(Struct, kw_only=True, frozen=True):
    """State of one DAY/STREAM: the newest partial of each partition and what was last said."""

    partials: dict[str, Partial] = {}
    said: DailyFigures | None = None
    as_of: int = -1


def apply_partial(row: DayRow, incoming: Partial, offset: int) -> tuple[DayRow, DailyFigures | None]:
    """The day's row after `incoming`, and its figures to say (again), None where nothing changed.

    A partial with a lower input offset than the one held is stale. A message processed again says the day again.
    """
    if offset <= row.as_of:
        return row, row.said
    held = row.partials.get(str(incoming.partition))
    if held is not None and held.as_of > incoming.as_of:
        return structs.replace(row, as_of=offset), None
    partials = {**row.partials, str(incoming.partition): incoming}
    figures = combine(list(partials.values()))
    if row.said is not None:
        if comparable(figures) == comparable(row.said):
            return DayRow(partials=partials, said=row.said, as_of=offset), None
        figures = structs.replace(figures, revision=row.said.revision + 1)
    return DayRow(partials=partials, said=figures, as_of=offset), figures


def day_key(figures: DailyFigures) -> str:
    """`DAY/STREAM`, by which a day's figures are known."""
    return f"{figures.day}/{figures.stream}"


def comparable(figures: DailyFigures) -> DailyFigures:
    """The figures without what alone makes no revision."""
    return structs.replace(figures, revision=0, as_of={})


def combine(partials: Sequence[Partial]) -> DailyFigures:
    """One day's figures of one stream, the same in whatever order the partials come; `revision` is 1."""
    first = partials[0]
    finer = {entry for part in partials for entry in part.finer}
    coarse = sorted((one for part in partials for one in part.coarse), key=lambda one: one.event_id)
    added = [(one, row) for one in coarse for row in one.sums if not _covered(one, row, finer)]
    covered = [row for one in coarse for row in one.sums if _covered(one, row, finer)]
    happened = _block([part.happened for part in partials], [row for one, row in added if not one.expected])
    expected = _block([part.expected for part in partials], [row for one, row in added if one.expected])
    return DailyFigures(
        day=first.day,
        stream=first.stream,
        revision=1,
        events=happened.events,
        kinds=happened.kinds,
        places=happened.places,
        figures=happened.figures,
        expected=expected,
        stated_totals=_figures(latest_of([row for part in partials for row in part.stated_totals] + covered)),
        cumulative=_figures(latest_of(row for part in partials for row in part.cumulative)),
        event_ids=tuple(sorted(event_id for part in partials for event_id in part.event_ids)),
        as_of={str(part.partition): part.as_of for part in sorted(partials, key=lambda part: part.partition)},
    )


def _covered(one: CoarseEvent, row: Sum, finer: set[tuple[bool, str, str, str]]) -> bool:
    """Whether a finer event inside the place states the measure, so that adding would count it twice."""
    return (one.expected, one.country, one.region, row.measure) in finer


def _block(blocks: Sequence[PartialBlock], coarse: Sequence[Sum]) -> DayBlock:
    summed = add_up([row for block in blocks for row in block.sums] + list(coarse))
    standing = latest_of(row for block in blocks for row in block.standing)
    return DayBlock(
        events=sum(block.events for block in blocks),
        kinds=_added(block.kinds for block in blocks),
        places=_added(block.places for block in blocks),
        figures=_figures((*summed, *standing)),
    )


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    return tally_of(name for one in counts for name, count in one.items() for _ in range(count))


def _figures(rows: Iterable[Sum]) -> tuple[DayFigure, ...]:
    return tuple(
        DayFigure(
            measure=row.measure,
            of=row.of,
            side=row.side,
            unit=row.unit,
            value=_number(row.value_e6),
            low=_number(row.low_e6),
            high=_number(row.high_e6),
            events=row.events,
        )
        for row in rows
    )


def _number(millionths: int) -> Number:
    whole, rest = divmod(millionths, MILLION)
    return whole if rest == 0 else millionths / MILLION
