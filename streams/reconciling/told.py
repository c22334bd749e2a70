"""One report together with the bulletin that told it: the unit that is compared, joined and merged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schemas.internal import Report
from schemas.records import ReportRef
from streams.naming import fold, same_name

FigureValue = tuple[str, str | None, str | None, str | None, float]


@dataclass(frozen=True, eq=False)
class Told:
    """A report with its bulletin's place in time and in the log; `ordinal` counts a bulletin's reports in one block."""

    report: Report
    bulletin_id: str
    ordinal: int
    time_key: str
    reported_on: date
    topic: str
    partition: int
    offset: int
    extractor: str

    @cached_property
    def order(self) -> tuple[str, str, int, int]:
        """The order of first telling: time key, then bulletin and position; never the order of arrival."""
        return self.time_key, self.bulletin_id, self.report.position, self.ordinal

    @property
    def key(self) -> tuple[str, int]:
        """What names this report within its block."""
        return self.bulletin_id, self.ordinal

    @property
    def ref(self) -> ReportRef:
        """The item it rests on, and where its bulletin stands in the log."""
        return ReportRef(
            bulletin_id=self.bulletin_id,
            item_id=self.report.item_id,
            topic=self.topic,
            partition=self.partition,
            offset=self.offset,
        )

    @cached_property
    def figure_keys(self) -> frozenset[FigureValue]:
        """The event-scope figures it states, as comparable keys."""
        return frozenset(
            (s.measure, s.of, s.side, s.unit, s.value) for s in self.report.statements if s.scope == "event"
        )

    @cached_property
    def actor_names(self) -> frozenset[str]:
        """The folded names of those who act; an attacker or target is nearly always a whole country and tells nothing.

        A host names the place, not the meeting, where others are told too.
        """
        acting = [actor for actor in self.report.actors if actor.role not in ("attacker", "target")]
        guests = [actor for actor in acting if actor.role != "host"]
        return _folded(actor.name for actor in guests or acting)

    @cached_property
    def source_names(self) -> frozenset[str]:
        """The folded names of its sources."""
        return _folded(self.report.sources)


def shared_names(mine: Told, other: Told) -> int:
    """How many actors and sources of `mine` the other has too, "Keith Kellogg" and "Kellogg" being one."""
    return _shared(mine.actor_names, other.actor_names) + _shared(mine.source_names, other.source_names)


def share_an_actor(mine: Told, other: Told) -> bool:
    """Whether an actor of the one is an actor of the other."""
    return _shared(mine.actor_names, other.actor_names) > 0


def contradict(mine: Told, other: Told) -> bool:
    """Whether both state one measure, and no figure of theirs is the same."""
    if mine.figure_keys & other.figure_keys:
        return False
    return bool({key[:4] for key in mine.figure_keys} & {key[:4] for key in other.figure_keys})


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for name in names if (folded := fold(name)))


def _shared(mine: frozenset[str], others: frozenset[str]) -> int:
    return sum(any(same_name(one, two) for two in others) for one in mine)
