"""The current best of each figure from all its statements."""

from collections.abc import Iterable

from schemas.records import Figure, Number, Statement

SECTION_RANK = {"title": 1, "lead": 1, "headline": 0, "body": 0}
REVISION_RANK = {"former": -1, None: 0, "update": 1}

FigureKey = tuple[str, str | None, str | None, str | None, str]


def key_of(statement: Statement | Figure) -> FigureKey:
    """What makes two statements speak of the same figure: measure, of, side, unit and scope."""
    return statement.measure, statement.of, statement.side, statement.unit, statement.scope


def best_figures(told: Iterable[tuple[str, Statement]]) -> tuple[Figure, ...]:
    """One figure for each key, in the order of first telling, from (time key, statement) pairs in that order.

    Best is the highest (time key, the text's own revision, section rank, value, bulletin); `low` and `high` span all
    that was ever said, so that a corrected toll keeps its history.
    """
    groups: dict[FigureKey, list[tuple[str, Statement]]] = {}
    for time_key, statement in told:
        groups.setdefault(key_of(statement), []).append((time_key, statement))
    return tuple(_best(group) for group in groups.values())


def _best(group: list[tuple[str, Statement]]) -> Figure:
    _, best = max(group, key=_rank)
    return Figure(
        measure=best.measure,
        of=best.of,
        side=best.side,
        unit=best.unit,
        scope=best.scope,
        value=best.value,
        low=min(statement.low for _, statement in group),
        high=max(statement.high for _, statement in group),
        qualifier=best.qualifier,
    )


def _rank(told: tuple[str, Statement]) -> tuple[str, int, int, Number, str, int]:
    time_key, statement = told
    return (
        time_key,
        REVISION_RANK[statement.revision],
        SECTION_RANK[statement.section],
        statement.value,
        statement.bulletin_id,
        -statement.start,
    )
