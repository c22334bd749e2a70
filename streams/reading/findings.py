"""What a reading of one bulletin gives: items, reports, and for `explain` what each rule kept or passed over."""

from dataclasses import dataclass

from schemas.enumerations import Measure, Section
from schemas.internal import Report
from schemas.records import Item, Number


@dataclass(frozen=True, slots=True)
class Finding:
    """One number that a named rule of a stream looked at, by its span in the title or the text.

    `kept`: read as `measure` and `value`; else passed over for `reason`. What is kept may still be left out when the
    statements of an event are joined.
    """

    rule: str
    section: Section
    start: int
    end: int
    kept: bool
    reason: str = ""
    stream: str = ""
    measure: Measure | None = None
    value: Number | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a stream reads nothing in the item at `position`."""

    stream: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Items in the order of the text, reports in the order of their first telling, findings in the order of spans."""

    items: tuple[Item, ...]
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()
