"""The markers of what `explain` shows, in the order in which a person meets the words.

Figures have numbers, what became no figure has letters; a number within a day has the day's letter.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import structs

from schemas.enumerations import Section
from schemas.records import Event
from streams.explaining.explanation import DayNamed, FigureTold, PassedOver
from streams.explaining.standing import verdicts

RANK: dict[Section, int] = {"title": 0, "lead": 1, "headline": 2, "body": 2}
Shown = FigureTold | PassedOver | DayNamed
Span = tuple[bool, int, int]


def in_order(each: Shown) -> tuple[bool, int, int, int]:
    """Item by item, what speaks of no one item last; in an item its title, its lead, its text."""
    return each.item == 0, each.item, RANK[each.section], each.start


def lettered(count: int) -> str:
    """The letters of a count from 0: a, b, … z, aa, ab, …

    >>> lettered(0), lettered(25), lettered(26), lettered(702)
    ('a', 'z', 'aa', 'aaa')
    """
    letters = ""
    count += 1
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def numbered(figures: Iterable[FigureTold], events: Iterable[Event]) -> tuple[FigureTold, ...]:
    """The figures in order with their markers, and of one that does not stand that of the one that does."""
    ordered = sorted(figures, key=in_order)
    counts = {span: str(count) for count, span in enumerate(dict.fromkeys(_span(each) for each in ordered), 1)}
    marker = {(each.event_id, each.statement): counts[_span(each)] for each in ordered}
    best = {
        (event.event_id, statement): marker[event.event_id, stands]
        for event in events
        for statement, (_, _, stands) in verdicts(event).items()
    }
    return tuple(
        structs.replace(
            each,
            marker=counts[_span(each)],
            instead=None if each.standing == "best" else best[each.event_id, each.statement],
        )
        for each in ordered
    )


def with_letters(
    numbers: Iterable[PassedOver], days: Sequence[DayNamed]
) -> tuple[tuple[PassedOver, ...], tuple[DayNamed, ...]]:
    """The numbers and days in order with their letters."""
    spans = sorted(_span(each) for each in days)
    ordered: list[PassedOver | DayNamed] = sorted([*numbers, *days], key=in_order)
    keys = [_span(each) if isinstance(each, DayNamed) else _holding(_span(each), spans) for each in ordered]
    letters = {key: lettered(count) for count, key in enumerate(dict.fromkeys(keys))}
    marked = [structs.replace(each, marker=letters[key]) for each, key in zip(ordered, keys, strict=True)]
    return (
        tuple(each for each in marked if isinstance(each, PassedOver)),
        tuple(each for each in marked if isinstance(each, DayNamed)),
    )


def _span(each: Shown) -> Span:
    return each.section != "title", each.start, each.end


def _holding(span: Span, days: Sequence[Span]) -> Span:
    """The day's span that holds a number's, else the number's own."""
    text, start, end = span
    index = bisect_right(days, (text, start, end + 1_000_000)) - 1
    if index >= 0 and days[index][0] == text and days[index][1] <= start < days[index][2]:
        return days[index]
    return span
