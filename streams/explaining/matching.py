"""Which number each statement of an event rests on, by which rule, and why every other number is no figure."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from schemas.enumerations import Section
from schemas.records import Event, Statement
from streams.explaining.explanation import FigureTold, Look, PassedOver
from streams.explaining.numbers import NumberSeen
from streams.explaining.standing import verdicts
from streams.reading.document import Document
from streams.reading.findings import Finding

NO_HEAD = "no noun or verb that any stream counts with"
VAGUE = "a vague count: the event has a number for it"
LEFT_OUT = "counted in another number, or told of no event of this war that stands"


class Findings:
    """What the rules of all streams found, to be asked by span."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._found = sorted(findings, key=lambda each: (each.section != "title", each.start, each.end))
        self._starts = [(each.section != "title", each.start) for each in self._found]

    def within(self, section: Section, start: int, end: int) -> Sequence[Finding]:
        """Those that begin within the span."""
        low = bisect_left(self._starts, (section != "title", start))
        return self._found[low : bisect_left(self._starts, (section != "title", end), lo=low)]

    def behind(self, stream: str, statement: Statement) -> Finding | None:
        """The finding that became the statement: of its stream, its measure and, where several are, its value."""
        near = self.within(statement.section, statement.start, statement.end)
        same = [each for each in near if each.kept and each.stream == stream and each.measure == statement.measure]
        return next((each for each in same if each.value == statement.value), same[0] if same else None)


def figures_of(document: Document, events: Iterable[Event], findings: Findings) -> list[FigureTold]:
    """Every statement of the events with its number, its rule and how it stands; without markers yet."""
    sentences = [(each.section != "title", each.start) for each in document.sentences]
    found: list[FigureTold] = []
    for event in events:
        standing = verdicts(event)
        for statement in event.statements:
            finding = findings.behind(event.stream, statement)
            start, end = (statement.start, statement.end) if finding is None else (finding.start, finding.end)
            index = bisect_right(sentences, (statement.section != "title", start)) - 1
            verdict, because, _ = standing[statement]
            found.append(
                FigureTold(
                    item=document.sentences[index].item,
                    section=statement.section,
                    start=start,
                    end=end,
                    quote=document.source(statement.section)[start:end],
                    stream=event.stream,
                    rule=None if finding is None else finding.rule,
                    event_id=event.event_id,
                    statement=statement,
                    standing=verdict,
                    because=because,
                )
            )
    return found


def passed_over(
    document: Document, numbers: Iterable[NumberSeen], figures: Sequence[FigureTold], findings: Findings
) -> list[PassedOver]:
    """Every number that no figure rests on and that is no bare article, with the reason; without markers yet."""
    taken = {(each.section == "title", each.start) for each in figures}
    measures: set[tuple[str, str]] = {(each.stream, each.statement.measure) for each in figures}
    found: list[PassedOver] = []
    for number in numbers:
        if number.article or (number.section == "title", number.start) in taken:
            continue
        looks = () if number.reason is not None else _looks(number, findings, measures)
        reasons = [number.reason] if number.reason is not None else [look.reason for look in looks]
        found.append(
            PassedOver(
                item=number.item,
                section=number.section,
                start=number.start,
                end=number.end,
                quote=document.source(number.section)[number.start : number.end],
                reason="; ".join(dict.fromkeys(reasons)) if reasons else NO_HEAD,
                value=None if number.quantity is None else number.quantity.value,
                looks=looks,
            )
        )
    return found


def _looks(number: NumberSeen, findings: Findings, measures: Collection[tuple[str, str]]) -> tuple[Look, ...]:
    """What each stream made of a number, each reason once."""
    looks = []
    vague = number.quantity is not None and number.quantity.qualifier == "vague"
    for each in findings.within(number.section, number.start, number.end):
        reason = each.reason
        if each.kept:
            why = VAGUE if vague and (each.stream, each.measure) in measures else LEFT_OUT
            reason = f"read as {each.measure} {each.value}, then left out: {why}"
        looks.append(Look(stream=each.stream, reason=reason, rule=each.rule))
    return tuple(dict.fromkeys(looks))
