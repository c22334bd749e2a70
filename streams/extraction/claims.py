"""What a stream's extractor hands to the reader: claims, and a trace of what its rules kept and passed over.

An extractor is `extract(document: Document, trace: Trace) -> list[Claim]`. It goes over `document.items` and, for each,
over `document.sentences_of(item.position)` (title, lead, headline, body), and over `document.sentences_of(0)` for title
and lead sentences that speak of no one item. It gives one claim for each event, title, lead, headline and body already
joined, its statements in the order of `ordered`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from schemas.internal import Report
from schemas.records import Statement
from streams.reading.document import Document, Sentence
from streams.reading.findings import Finding

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
    """Collects findings when `explain` is set; otherwise its methods do nothing."""

    explain: bool = False
    findings: list[Finding] = field(default_factory=list)

    def keep(self, rule: str, sentence: Sentence, start: int, end: int, reason: str) -> None:
        """Note that the words `start` to `end` of the sentence became a statement."""
        if self.explain:
            self.findings.append(Finding(rule, sentence.section, *sentence.span(start, end), True, reason))

    def drop(self, rule: str, sentence: Sentence, start: int, end: int, reason: str) -> None:
        """Note that a number was looked at and passed over."""
        if self.explain:
            self.findings.append(Finding(rule, sentence.section, *sentence.span(start, end), False, reason))


class Extractor(Protocol):
    """One stream's reading of a document."""

    def __call__(self, document: Document, trace: Trace) -> list[Claim]:
        """The claims of the document's events of this stream, in the order of their first telling."""


def ordered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements in the order in which they stand: the title's first, then the text's by span; repeats dropped."""
    unique = dict.fromkeys(statements)
    return tuple(sorted(unique, key=lambda each: (SECTION_ORDER[each.section], each.start, each.end)))
