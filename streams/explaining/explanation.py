"""What `bulletins explain` tells of a bulletin, as values; every span counts in the title or the text.

In each of them `title[start:end] == quote` where `section` is `title`, else `text[start:end] == quote`. A `marker` is
what the screen shows beside the words: figures have numbers, what became no figure has letters.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from schemas.enumerations import DatePrecision, Section, Stream
from schemas.records import Event, Item, Number, Place, Statement

Standing = Literal["best", "same", "dropped"]


class Look(Struct, frozen=True, kw_only=True):
    """What a stream's rule made of a number, or why it reads nothing in an item."""

    stream: str
    reason: str
    rule: str | None = None


class FigureTold(Struct, frozen=True, kw_only=True):
    """A statement of an event: the number it rests on, the rule that read it, and whether its value stands.

    `instead` is the marker of the statement that is the event's best figure, `because` says why that one and not this.
    """

    item: int
    section: Section
    start: int
    end: int
    quote: str
    stream: Stream
    rule: str | None
    event_id: str
    statement: Statement
    standing: Standing
    because: str = ""
    instead: str | None = None
    marker: str = ""


class PassedOver(Struct, frozen=True, kw_only=True):
    """A number that became no figure of any stream, and why."""

    item: int
    section: Section
    start: int
    end: int
    quote: str
    reason: str
    value: Number | None = None
    looks: tuple[Look, ...] = ()
    marker: str = ""


class DayNamed(Struct, frozen=True, kw_only=True):
    """A day as written, what it was resolved to, and what an event took it for."""

    item: int
    section: Section
    start: int
    end: int
    quote: str
    first: date | None
    last: date | None
    precision: DatePrecision
    meaning: str
    event_ids: tuple[str, ...] = ()
    marker: str = ""


class Named(Struct, frozen=True, kw_only=True):
    """A place (`@`) or somebody (`&`) whom an event of the item names; a place that none took has no `event_ids`."""

    marker: Literal["@", "&"]
    item: int
    section: Section
    start: int
    end: int
    quote: str
    event_ids: tuple[str, ...]
    place: Place | None = None


class Passage(Struct, frozen=True, kw_only=True):
    """A piece of the bulletin that speaks of the item: of the title, the lead, or the item's own text."""

    section: Section
    start: int
    end: int


class ItemRead(Struct, frozen=True, kw_only=True):
    """An item, where the bulletin speaks of it, the events it tells, and why a stream that gave none gave none."""

    item: Item
    passages: tuple[Passage, ...]
    event_ids: tuple[str, ...]
    silent: tuple[Look, ...] = ()


class Explanation(Struct, frozen=True, kw_only=True):
    """A bulletin's items, events, figures, and all that was looked at and dropped; position 0 speaks of no one item."""

    bulletin_id: str
    extractor: str
    day: date | None
    day_number: int | None
    items: tuple[ItemRead, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[FigureTold, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    days: tuple[DayNamed, ...] = ()
    names: tuple[Named, ...] = ()
    outside: tuple[Passage, ...] = ()
