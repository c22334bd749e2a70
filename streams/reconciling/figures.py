"""The current best of each figure from all its statements."""

from collections.abc import Iterable, Sequence

from schemas.enumerations import Qualifier
from schemas.records import Figure, Number, Statement

SECTION_RANK = {"title": 1, "lead": 1, "headline": 0, "body": 0}
REVISION_RANK = {"former": -1, None: 0, "update": 1}

FigureKey = tuple[str, str | None, str | None, str | None, str]
Timed = tuple[str, Statement]


def key_of(statement: Statement | Figure) -> FigureKey:
    """What makes two statements speak of the same figure: measure, of, side, unit and scope."""
    return statement.measure, statement.of, statement.side, statement.unit, statement.scope


def best_figures(told: Iterable[Timed]) -> tuple[Figure, ...]:
    """One figure for each key, in the order of first telling, from (time key, statement) pairs in that order.

    Of each bulletin its own last word (its revision, else its title, else the higher value) stands against those of
    the others: the highest (time key, section rank, value, bulletin) is best. `low` and `high` span all that was ever
    said, so that a corrected toll keeps its history.
    """
    groups: dict[FigureKey, list[Timed]] = {}
    for time_key, statement in told:
        groups.setdefault(key_of(statement), []).append((time_key, statement))
    return tuple(_figure(group) for group in groups.values())


def best_of(group: Sequence[Timed]) -> Timed:
    """The (time key, statement) that stands among those of one figure."""
    if len(group) == 1:
        return group[0]
    last_words: dict[str, Timed] = {}
    for each in group:
        held = last_words.get(each[1].bulletin_id)
        if held is None or _within(each) > _within(held):
            last_words[each[1].bulletin_id] = each
    return max(last_words.values(), key=_between)


def _figure(group: list[Timed]) -> Figure:
    _, best = best_of(group)
    return Figure(
        measure=best.measure,
        of=best.of,
        side=best.side,
        unit=best.unit,
        scope=best.scope,
        value=best.value,
        low=min(statement.low for _, statement in group),
        high=max(statement.high for _, statement in group),
        qualifier=_qualifier(best, group),
    )


def _qualifier(best: Statement, group: list[Timed]) -> Qualifier:
    """A title drops the hedge: where it alone has the bare number of which its text says "au moins", that stands."""
    if best.qualifier != "exact" or best.section != "title":
        return best.qualifier
    same = [told for _, told in group if told.value == best.value and told.bulletin_id == best.bulletin_id]
    bare = any(told.qualifier == "exact" and told.section != "title" for told in same)
    return "at-least" if not bare and any(told.qualifier == "at-least" for told in same) else "exact"


def _within(told: Timed) -> tuple[str, int, int, Number, int, str]:
    """A text's own revision says itself which of its statements is later."""
    time_key, statement = told
    return (
        time_key,
        REVISION_RANK[statement.revision],
        SECTION_RANK[statement.section],
        statement.value,
        -statement.start,
        statement.qualifier,
    )


def _between(told: Timed) -> tuple[bool, str, int, Number, str]:
    """A toll that its own text calls outdated stands only where nothing else is told."""
    time_key, statement = told
    return (
        statement.revision != "former",
        time_key,
        SECTION_RANK[statement.section],
        statement.value,
        statement.bulletin_id,
    )
