"""Joining reports that name no place of impact: by day, by announced window, by equal figures and names.

The reports come in the order of first telling; those of a day are placed first, then those of a week or month, then
those without a day, so that the clusters are a pure function of the set of reports.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from schemas.internal import Report
from streams.reconciling.told import FigureValue, Told, contradict, shared_names

Cluster = tuple[tuple[str, ...], list[Told]]
Split = Callable[[list[Told]], list[list[Told]]]
Span = tuple[date, date]
Agreement = tuple[bool, frozenset[FigureValue], int, int]

COARSE = frozenset({"week", "month-part", "month"})
WINDOW = timedelta(days=7)
"""How far apart two tellings without a day may lie and still be one event."""
LONGEST = timedelta(days=366)
"""A longer span is read as a slip; it must not tie years together."""


def join(members: Sequence[Told], split: Split) -> list[Cluster]:
    """Clusters of reports as (identity, reports).

    `split` parts the reports of one day (or of one week or month) into events. A report of a week or month joins the
    event of a day within it that has a figure of it; one without a day joins where decision, or time with figures or
    names agree. Of several events it takes the one that agrees most; two reports of one bulletin join only in `split`.
    """
    precise: dict[date, list[Told]] = {}
    coarse: list[Told] = []
    undated: list[Told] = []
    for told in members:
        if told.report.occurred_on is None:
            undated.append(told)
        elif told.report.date_precision in COARSE:
            coarse.append(told)
        else:
            precise.setdefault(told.report.occurred_on, []).append(told)
    groups = Groups(group for day in sorted(precise) for group in split(precise[day]))
    apart: dict[Span, list[Told]] = {}
    for told in coarse:
        home = groups.home(told, figures_only=True)
        if home is None:
            apart.setdefault(_told_span(told), []).append(told)
        else:
            groups.add(told, home)
    for span in sorted(apart):
        for group in split(apart[span]):
            groups.open(group)
    for told in undated:
        home = groups.home(told)
        if home is None:
            groups.open([told])
        else:
            groups.add(told, home)
    return _identified([sorted(group, key=lambda told: told.order) for group in groups.all])


class Groups:
    """Events in the making; a report finds those it may share something with by figure, name or decision and week."""

    def __init__(self, groups: Iterable[list[Told]]) -> None:
        self.all: list[list[Told]] = []
        self._tellers: list[set[str]] = []
        self._found_by: dict[object, list[tuple[Told, int]]] = {}
        self._pending: list[tuple[Told, int]] = []
        for group in groups:
            self.open(group)

    def open(self, group: list[Told]) -> None:
        """Begin another event."""
        self.all.append(group)
        self._tellers.append({told.bulletin_id for told in group})
        self._pending.extend((told, len(self.all) - 1) for told in group)

    def add(self, told: Told, index: int) -> None:
        """Bring a report into the event at `index`."""
        self.all[index].append(told)
        self._tellers[index].add(told.bulletin_id)
        self._pending.append((told, index))

    def home(self, told: Told, *, figures_only: bool = False) -> int | None:
        """The event that agrees most with a report: by decision, figures, names, nearness in time, first telling."""
        for member in self._pending:
            for clue in _clues(member[0], timedelta()):
                self._found_by.setdefault(clue, []).append(member)
        self._pending.clear()
        found: dict[tuple[str, int], tuple[Told, int]] = {}
        for clue in _clues(told, WINDOW):
            found.update((member[0].key, member) for member in self._found_by.get(clue, ()))
        agreeing: dict[int, list[Agreement]] = {}
        for other, index in found.values():
            if told.bulletin_id not in self._tellers[index]:
                agreement = _agreement(told, other, figures_only=figures_only)
                if agreement is not None:
                    agreeing.setdefault(index, []).append(agreement)
        scores = {index: (*_together(each), -index) for index, each in agreeing.items()}
        return max(scores, key=lambda index: scores[index], default=None)


def _clues(told: Told, margin: timedelta) -> Iterable[object]:
    """What a report may share with another, by week of its time; a decision is shared at any distance."""
    first, last = _told_span(told)
    weeks = set(range((first - margin).toordinal() // 7, (last + margin).toordinal() // 7 + 1))
    if told.report.occurred_on is None:
        spoken = told.reported_on
        weeks |= set(range((spoken - margin).toordinal() // 7, (spoken + margin).toordinal() // 7 + 1))
    for week in weeks:
        for figure in told.figure_keys:
            yield week, figure
        for name in told.actor_names:
            yield week, "actor", name.rpartition(" ")[2]
        for name in told.source_names:
            yield week, "source", name.rpartition(" ")[2]
    if told.report.decided_on is not None:
        yield told.report.decided_on


def _agreement(told: Told, other: Told, *, figures_only: bool) -> Agreement | None:
    """How two reports agree; None where they cannot be one event by themselves."""
    decided = told.report.decided_on is not None and told.report.decided_on == other.report.decided_on
    if not decided and (not _near(told, other) or _foretold(told, other)):
        return None
    figures = told.figure_keys & other.figure_keys
    names = 0 if figures_only else shared_names(told, other)
    if not (decided or figures or (names > 0 and not contradict(told, other))):
        return None
    return decided, figures, names, -_days_apart(told, other)


def _together(agreements: Sequence[Agreement]) -> tuple[bool, int, int, int]:
    decided, figures, names, nearness = zip(*agreements, strict=True)
    return any(decided), len(frozenset[FigureValue]().union(*figures)), max(names), max(nearness)


def _near(one: Told, two: Told) -> bool:
    """Whether the times of the events meet; where one is not told, whether it was spoken of within the window."""
    if _span(one) is not None and _span(two) is not None:
        return _days_apart(one, two) == 0
    if one.report.occurred_on is None and two.report.occurred_on is None:
        spoken_apart = abs(one.reported_on - two.reported_on)
        return spoken_apart <= WINDOW or timedelta(days=_days_apart(one, two)) <= WINDOW
    return timedelta(days=_days_apart(one, two)) <= WINDOW


def _foretold(one: Told, two: Told) -> bool:
    """Whether one report announces what the other tells as past by then: the next exchange is not the last one."""
    return _announces_after(one, two) or _announces_after(two, one)


def _announces_after(one: Told, two: Told) -> bool:
    day = two.report.occurred_on
    return one.report.status in ("announced", "postponed") and day is not None and one.reported_on > day


def reach(report: Report, reported_on: date) -> tuple[date, date, timedelta]:
    """The days a report speaks of or on, and how far beyond them lies what it may still be one event with."""
    first, last = _report_span(report) or (reported_on, reported_on)
    if report.occurred_on is not None:
        return first, last, timedelta()
    return min(first, reported_on), max(last, reported_on), WINDOW


def _days_apart(one: Told, two: Told) -> int:
    first, last = _told_span(one)
    other_first, other_last = _told_span(two)
    return max((other_first - last).days, (first - other_last).days, 0)


def _span(told: Told) -> Span | None:
    return _report_span(told.report)


def _report_span(report: Report) -> Span | None:
    first = report.occurred_on if report.occurred_on is not None else report.expected_from
    if first is None:
        return None
    last = report.occurred_until if report.occurred_on is not None else report.expected_until
    return first, first if last is None else max(first, min(last, first + LONGEST))


def _told_span(told: Told) -> Span:
    span = _span(told)
    return (told.reported_on, told.reported_on) if span is None else span


def _identified(groups: list[list[Told]]) -> list[Cluster]:
    """Name each cluster by its day, else by its span, decision or first telling; a number parts equal names."""
    taken: dict[tuple[str, ...], int] = {}
    named: list[Cluster] = []
    for group in sorted(groups, key=lambda group: group[0].order):
        identity = _name(group)
        taken[identity] = taken.get(identity, 0) + 1
        named.append(((*identity, str(taken[identity])) if taken[identity] > 1 else identity, group))
    return named


def _name(group: list[Told]) -> tuple[str, ...]:
    dated = [told for told in group if told.report.occurred_on is not None]
    precise = [told for told in dated if told.report.date_precision not in COARSE]
    if precise:
        return ("day", str(min(_told_span(told)[0] for told in precise)))
    if dated:
        return ("span", *map(str, min(_told_span(told) for told in dated)))
    decisions = [told.report.decided_on for told in group if told.report.decided_on is not None]
    if decisions:
        return ("decided", str(min(decisions)))
    first = group[0]
    return ("told", first.bulletin_id, str(first.ordinal))
