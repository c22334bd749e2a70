"""One report together with the bulletin that told it: the unit that is compared, joined and merged."""

from dataclasses import dataclass
from datetime import date

from schemas.internal import Report
from schemas.records import ReportRef
from streams.naming import fold


@dataclass(frozen=True, slots=True)
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

    @property
    def order(self) -> tuple[str, str, int, int]:
        """The order of first telling: time key, then bulletin and position; never the order of arrival."""
        return self.time_key, self.bulletin_id, self.report.position, self.ordinal

    @property
    def day(self) -> date:
        """The civil day this report alone counts on."""
        return self.report.occurred_on if self.report.occurred_on is not None else self.reported_on

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

    def figure_keys(self) -> frozenset[tuple[object, ...]]:
        """The event-scope figures it states, as comparable keys."""
        return frozenset(
            (s.measure, s.of, s.side, s.unit, s.value) for s in self.report.statements if s.scope == "event"
        )

    def actor_names(self) -> frozenset[str]:
        """The last words of its actors' names, folded: "Keith Kellogg" and "Kellogg" are one."""
        return frozenset(surname(actor.name) for actor in self.report.actors)

    def source_names(self) -> frozenset[str]:
        """The folded last words of its sources."""
        return frozenset(surname(source) for source in self.report.sources)


def surname(name: str) -> str:
    """The folded last word of a name.

    >>> surname("Keith Kellogg") == surname("Kellogg")
    True
    """
    return (fold(name).split() or [""])[-1]
