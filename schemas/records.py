"""The public records of `shared` topics as typed, immutable structs: what stands in each Kafka value.

Days are `datetime.date`, numbers are whole where they are whole, spans count Unicode code points.
"""

from datetime import date

from msgspec import Struct

from schemas.enumerations import (
    DatePrecision,
    ItemStream,
    Kind,
    Measure,
    PlacePrecision,
    Qualifier,
    Role,
    Scope,
    Section,
    Status,
    Stream,
    Weapon,
)

Number = int | float


class Bulletin(Struct, frozen=True, kw_only=True):
    """A bulletin as received: the source of truth."""

    bulletin_id: str
    source: str
    received_at: str
    sha256: str
    version: int = 1
    withdrawn: bool = False
    language: str = "fr"
    title: str = ""
    text: str = ""
    address: str | None = None
    day_number: int | None = None
    published_on: date | None = None
    published_at: str | None = None


class Item(Struct, frozen=True, kw_only=True):
    """One item of a bulletin and the stream it went to; `text[start:end]` is the item with its headline."""

    item_id: str
    bulletin_id: str
    position: int
    headline: str
    lead: str | None
    body: str
    start: int
    end: int
    stream: ItemStream
    reason: str


class Place(Struct, frozen=True, kw_only=True):
    """Where: `name` as written, the rest from the project's gazetteer, null where it knows nothing."""

    name: str
    canonical: str | None = None
    region: str | None = None
    geoname_id: int | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision = "settlement"


class Actor(Struct, frozen=True, kw_only=True):
    """A person, institution or country and the part it has in the event."""

    name: str
    role: Role
    country: str | None = None


class Statement(Struct, frozen=True, kw_only=True):
    """A figure as one sentence states it, with its words.

    `text[start:end] == quote`, or `title[start:end]` where `section` is `title`. `revision` is `former` where the text
    itself says that the figure has been replaced, `update` where it says that it replaces one.
    """

    measure: Measure
    value: Number
    low: Number
    high: Number
    section: Section
    quote: str
    start: int
    end: int
    bulletin_id: str
    of: str | None = None
    side: str | None = None
    unit: str | None = None
    scope: Scope = "event"
    qualifier: Qualifier = "exact"
    attributed_to: str | None = None
    revision: str | None = None


class Figure(Struct, frozen=True, kw_only=True):
    """The current best of one measure + of + side + unit + scope."""

    measure: Measure
    value: Number
    low: Number
    high: Number
    of: str | None = None
    side: str | None = None
    unit: str | None = None
    scope: Scope = "event"
    qualifier: Qualifier = "exact"


class ReportRef(Struct, frozen=True, kw_only=True):
    """One item that an event rests on, and where its bulletin stands in the log."""

    bulletin_id: str
    item_id: str
    topic: str
    partition: int
    offset: int


class Event(Struct, frozen=True, kw_only=True):
    """An event of one of the three streams, one message for each revision; the highest revision wins."""

    event_id: str
    revision: int
    stream: Stream
    kind: Kind
    status: Status
    day: date
    reported_on: date
    summary: str
    extractor: str
    merged_into: str | None = None
    occurred_on: date | None = None
    occurred_until: date | None = None
    date_precision: DatePrecision = "unknown"
    expected_from: date | None = None
    expected_until: date | None = None
    decided_on: date | None = None
    place: Place | None = None
    actors: tuple[Actor, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    targets: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    sources: tuple[str, ...] = ()
    reports: tuple[ReportRef, ...] = ()


class DayFigure(Struct, frozen=True, kw_only=True):
    """A sum over the events of a day of their current bests; `events` counts those that state it."""

    measure: Measure
    value: Number
    low: Number
    high: Number
    events: int
    of: str | None = None
    side: str | None = None
    unit: str | None = None


class DayBlock(Struct, frozen=True, kw_only=True):
    """The four counts of a day that stand both for what happened and, under `expected`, for what is announced."""

    events: int = 0
    kinds: dict[str, int] = {}
    places: dict[str, int] = {}
    figures: tuple[DayFigure, ...] = ()


class DailyFigures(Struct, frozen=True, kw_only=True):
    """One day's figures of one stream; `as_of` maps input partitions to offsets and is no revision by itself."""

    day: date
    stream: Stream
    revision: int
    events: int = 0
    kinds: dict[str, int] = {}
    places: dict[str, int] = {}
    figures: tuple[DayFigure, ...] = ()
    expected: DayBlock = DayBlock()
    stated_totals: tuple[DayFigure, ...] = ()
    cumulative: tuple[DayFigure, ...] = ()
    event_ids: tuple[str, ...] = ()
    as_of: dict[str, int] = {}
