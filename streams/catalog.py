"""THE list of event streams: what each is called everywhere it is stored, and what it may hold.

Stored names (topics, event types, agents, group) are literals here and nowhere else, so that moving code never
renames what stands in a log.
"""

from dataclasses import dataclass
from typing import get_args

from schemas.enumerations import DiplomacyKind, PersonnelKind, Stream, StrikeKind

FORMAT_VERSION = 1
"""Version of every stored record's shape; raised together with an upcaster in `schemas.upcasting`."""

GROUP = "bulletin-streams"
SOURCE = "/bulletin-streams"

BULLETINS = "bulletins"
BULLETIN_ITEMS = "bulletin-items"
OTHER_ITEMS = "other-items"
DAILY_FIGURES = "daily-figures"
DEAD_LETTERS = "dead-letters"
REPORTS = "reports"
PARTIALS = "partials"
REREADS = "rereads"

READ = "read"
RECONCILE = "reconcile"
TALLY = "tally"
STAGES = (READ, RECONCILE, TALLY)
READ_STATE = "read-state"
RECONCILE_STATE = "reconcile-state"
TALLY_STATE = "tally-state"


@dataclass(frozen=True, slots=True)
class EventStream:
    """One event stream; adding a stream is one line in `EVENT_STREAMS` and the modules a test then names as missing."""

    name: Stream
    topic: str
    event_type: str
    kinds: tuple[str, ...]


EVENT_STREAMS: tuple[EventStream, ...] = (
    EventStream("strike", "strikes", "bulletin-streams.strike.v1", get_args(StrikeKind)),
    EventStream(
        "military-personnel", "military-personnel", "bulletin-streams.military-personnel.v1", get_args(PersonnelKind)
    ),
    EventStream("diplomacy", "diplomacy", "bulletin-streams.diplomacy.v1", get_args(DiplomacyKind)),
)

BY_NAME = {stream.name: stream for stream in EVENT_STREAMS}

BULLETIN_TYPE = "bulletin-streams.bulletin.v1"
ITEM_TYPE = "bulletin-streams.item.v1"
REPORTS_TYPE = "bulletin-streams.reports.v1"
PARTIAL_TYPE = "bulletin-streams.partial.v1"
DAILY_FIGURES_TYPE = "bulletin-streams.daily-figures.v1"
