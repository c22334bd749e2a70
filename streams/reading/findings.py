"""What a reading of one bulletin gives: items, reports, and for `explain` what each rule kept or passed over."""

from dataclasses import dataclass

from schemas.enumerations import Section
from schemas.internal import Report
from schemas.records import Item


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a named rule looked at: `kept` as a statement, or passed over for `reason`."""

    rule: str
    section: Section
    start: int
    end: int
    kept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Items in the order of the text, reports in the order of their first telling, findings in the order of spans."""

    items: tuple[Item, ...]
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...] = ()
