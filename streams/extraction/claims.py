"""What a stream's extractor hands to the reader: claims, and a trace of what its rules kept and passed over.

An extractor is `extract(document: Document, trace: Trace) -> list[Claim]`. It goes over `document.items` and, for each,
over `document.sentences_of(item.position)` (title, lead, headline, body), and over `document.sentences_of(0)` for title
and lead sentences that speak of no one item. It gives one claim for each event, title, lead, headline and body already
joined, its statements in the order of `ordered`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from schemas.enumerations import Measure
from schemas.internal import Report
from schemas.records import Number, Statement
from streams.reading.document import Document, Sentence
from streams.reading.findings import Finding, Refusal

SECTION_ORDER = {"title": 0, "lead": 1, "headline": 1, "body": 1}


@dataclass(frozen=True, slots=True)
class Claim:
    """A report and why its item belongs to the report's stream.

    `in_headline`: the item's headline itself (the title of a text with one item) tells the event, which makes the
    stream the item's main one. `rule` names in plain English what told it: "the strike verb “a frappé” with a place".
    """

    report: Report
    in_headline: bool
    rule: str


@dataclass(slots=True)
class Trace:
    """Collects findings when `explain` is set; otherwise its methods do nothing.

    `stream` is the one that reads, set by its extractor.
    """

    explain: bool = False
    stream: str = ""
    findings: list[Finding] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def keep(self, rule: str, sentence: Sentence, start: int, end: int, measure: Measure, value: Number) -> None:
        """Note that a rule read the number at `start` to `end` of the sentence as a figure."""
        if self.explain:
            span = sentence.span(start, end)
            self.findings.append(Finding(rule, sentence.section, *span, True, "", self.stream, measure, value))

    def drop(self, rule: str, sentence: Sentence, start: int, end: int, reason: str) -> None:
        """Note that the number at `start` to `end` of the sentence was looked at and passed over."""
        if self.explain:
            self.findings.append(
                Finding(rule, sentence.section, *sentence.span(start, end), False, reason, self.stream)
            )

    def refuse(self, position: int, reason: str) -> None:
        """Note why the stream reads nothing in an item."""
        if self.explain:
            self.refusals.append(Refusal(self.stream, position, reason))


class Extractor(Protocol):
    """One stream's reading of a document."""

    def __call__(self, document: Document, trace: Trace) -> list[Claim]:
        """The claims of the document's events of this stream, in the order of their first telling."""


def ordered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements in the order in which they stand: the title's first, then the text's by span; repeats dropped."""
    unique = dict.fromkeys(statements)
    return tuple(sorted(unique, key=lambda each: (SECTION_ORDER[each.section], each.start, each.end)))
