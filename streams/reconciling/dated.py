"""Joining reports that name no place of impact: by day, by announced window, by equal figures and names.

The reports come in the order of first telling and those with a day are placed before those without, so that the
clusters are a pure function of the set of reports.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from streams.reconciling.told import Told

Cluster = tuple[tuple[str, ...], list[Told]]
SameEvent = Callable[[Told, Told], bool]

WINDOW_DAYS = timedelta(days=7)
"""How far apart two tellings without a day may lie and still be one event."""


def join(members: Sequence[Told], same_dated: SameEvent) -> list[Cluster]:
    """Clusters of reports as (identity, reports).

    Two reports of one day join where `same_dated` says so; one without a day joins where window, decision or figures
    and names agree; two reports of one bulletin join only under the same explicit day.
    """
    dated = [told for told in members if told.report.occurred_on is not None]
    undated = [told for told in members if told.report.occurred_on is None]
    groups: list[list[Told]] = []
    for told in dated:
        _place(told, groups, lambda mine, other: _one_day(mine, other) and same_dated(mine, other))
    for told in undated:
        _place(told, groups, _same_undated)
    return _identified([sorted(group, key=lambda told: told.order) for group in groups])


def _place(told: Told, groups: list[list[Told]], same: SameEvent) -> None:
    for group in groups:
        if any(same(told, other) for other in group):
            group.append(told)
            return
    groups.append([told])


def _one_day(mine: Told, other: Told) -> bool:
    return mine.report.occurred_on == other.report.occurred_on


def _same_undated(mine: Told, other: Told) -> bool:
    if mine.bulletin_id == other.bulletin_id:
        return False
    one, two = mine.report, other.report
    if one.decided_on is not None and one.decided_on == two.decided_on:
        return True
    names = bool((mine.actor_names() & other.actor_names()) | (mine.source_names() & other.source_names()))
    figures = bool(mine.figure_keys() & other.figure_keys())
    if not (names or figures):
        return False
    if one.expected_from is not None:
        return _windows_meet(mine, other)
    return abs(mine.reported_on - other.day) <= WINDOW_DAYS and (figures or not _contradict(mine, other))


def _windows_meet(mine: Told, other: Told) -> bool:
    first, last = _window(mine)
    other_first, other_last = _window(other)
    return first <= other_last and other_first <= last


def _window(told: Told) -> tuple[date, date]:
    report = told.report
    if report.expected_from is None:
        return told.day, report.occurred_until if report.occurred_until is not None else told.day
    return report.expected_from, report.expected_until if report.expected_until is not None else report.expected_from


def _contradict(mine: Told, other: Told) -> bool:
    return bool({key[:4] for key in mine.figure_keys()} & {key[:4] for key in other.figure_keys()})


def _identified(groups: list[list[Told]]) -> list[Cluster]:
    """Name each cluster by its day, else by its decision, window or first telling; a number parts equal names."""
    taken: dict[tuple[str, ...], int] = {}
    named: list[Cluster] = []
    for group in groups:
        identity = _name(group)
        taken[identity] = taken.get(identity, 0) + 1
        named.append(((*identity, str(taken[identity])) if taken[identity] > 1 else identity, group))
    return named


def _name(group: list[Told]) -> tuple[str, ...]:
    days = sorted(told.report.occurred_on for told in group if told.report.occurred_on is not None)
    if days:
        return ("day", str(days[0]))
    decisions = sorted(told.report.decided_on for told in group if told.report.decided_on is not None)
    if decisions:
        return ("decided", str(decisions[0]))
    first = group[0]
    return ("told", first.bulletin_id, str(first.ordinal))
