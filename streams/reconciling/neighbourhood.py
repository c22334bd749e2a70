"""Which reports of a block a change can touch: a block of years is settled only around the days that changed."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from schemas.internal import Report
from streams.reconciling.dated import reach

Key = tuple[str, int]


def neighbourhood(reports: Mapping[Key, tuple[Report, date]], changed: Collection[Key]) -> set[Key]:
    """The keys of all reports tied to `changed` by overlapping days or one decision, directly or through others.

    `reports` gives each report with the day it was told on; those changed as they were and as they are, so that what
    a report once tied together is settled anew without it.
    """
    stretches = _stretches((*reach(report, told_on), key) for key, (report, told_on) in reports.items())
    stretch_of = {key: number for number, stretch in enumerate(stretches) for key in stretch}
    deciding: dict[date, set[int]] = {}
    for key, (report, _) in reports.items():
        if report.decided_on is not None:
            deciding.setdefault(report.decided_on, set()).add(stretch_of[key])
    touched: set[int] = set()
    waiting = {stretch_of[key] for key in changed}
    while waiting:
        touched |= waiting
        waiting = {other for tied in deciding.values() if tied & waiting for other in tied} - touched
    return {key for number in touched for key in stretches[number]}


def _stretches(reaches: Iterable[tuple[date, date, timedelta, Key]]) -> list[list[Key]]:
    """Keys whose days overlap or lie within the margin of either, directly or through others, in order of time."""
    found: list[tuple[date, date, list[Key]]] = []
    for first, last, margin, key in sorted(reaches):
        end, far_end, keys = last, last + margin, [key]
        while found and (first - margin <= found[-1][0] or first <= found[-1][1]):
            before = found.pop()
            before[2].extend(keys)
            end, far_end, keys = max(end, before[0]), max(far_end, before[1]), before[2]
        found.append((end, far_end, keys))
    return [keys for _, _, keys in found]
