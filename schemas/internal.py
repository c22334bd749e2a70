"""Records of the internal topics `reports` and `partials`; not part of the public contract."""

from datetime import date

from msgspec import Struct

from schemas.enumerations import DatePrecision, Kind, Measure, Status, Stream, Weapon
from schemas.records import Actor, Place, Statement


class Report(Struct, frozen=True, kw_only=True):
    """One bulletin's claim about one event, as its reader found it: title, lead, headline and body already joined.

    `item_id` and `position` name the bulletin's item it rests on. What the text does not tell is null or empty:
    `occurred_on` is never filled in from the day of publication unless the text tells the event as today's news.
    """

    item_id: str
    position: int
    stream: Stream
    kind: Kind
    status: Status
    summary: str
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
    statements: tuple[Statement, ...] = ()
    sources: tuple[str, ...] = ()


class BulletinReports(Struct, frozen=True, kw_only=True):
    """What one bulletin says to some blocks: the value of a message in `reports`.

    `blocks` holds every block the bulletin ever reported to, an empty tuple where it says nothing any more. The order
    (`version`, `offset`) tells which of two claims of one bulletin stands; `time_key` is UTC ISO, empty where unknown.
    """

    bulletin_id: str
    version: int
    topic: str
    partition: int
    offset: int
    time_key: str
    reported_on: date
    extractor: str
    blocks: dict[str, tuple[Report, ...]]
    ingested_ms: int = 0


class Sum(Struct, frozen=True, kw_only=True, array_like=True):
    """A figure in a partial: values in millionths, so that sums are exact in any order.

    `latest` orders statements of one figure that are not summed: the time key and the event that states it.
    """

    measure: Measure
    of: str | None
    side: str | None
    unit: str | None
    value_e6: int
    low_e6: int
    high_e6: int
    events: int
    latest: tuple[str, str] = ("", "")


class CoarseEvent(Struct, frozen=True, kw_only=True, array_like=True):
    """An event of a whole region or country: its sums are applied last, where no finer event states the measure."""

    event_id: str
    country: str
    region: str
    expected: bool
    sums: tuple[Sum, ...]


class PartialBlock(Struct, frozen=True, kw_only=True):
    """The sums of one partition's events, for what happened or for what is expected."""

    events: int = 0
    kinds: dict[str, int] = {}
    places: dict[str, int] = {}
    sums: tuple[Sum, ...] = ()
    standing: tuple[Sum, ...] = ()


class Partial(Struct, frozen=True, kw_only=True):
    """One `reports` partition's part of one day and stream: replaced by the next, never added to.

    `finer` holds (expected, country, region, measure) of what settlements and regions state, against which coarse
    events are held; `stated_totals` and `cumulative` the latest of each figure.
    """

    day: date
    stream: Stream
    partition: int
    as_of: int
    happened: PartialBlock = PartialBlock()
    expected: PartialBlock = PartialBlock()
    coarse: tuple[CoarseEvent, ...] = ()
    finer: tuple[tuple[bool, str, str, str], ...] = ()
    stated_totals: tuple[Sum, ...] = ()
    cumulative: tuple[Sum, ...] = ()
    event_ids: tuple[str, ...] = ()
    ingested_ms: int = 0
