"""THE list of topics as the outside sees them: which record stands in each, under which key.

`streams.catalog` and `streams.kafka.topic_list` hold the same names for the program; a contract test keeps them equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from msgspec import Struct

from schemas.enumerations import DiplomacyKind, PersonnelKind, Stream, StrikeKind
from schemas.internal import BulletinReports, Partial
from schemas.records import Bulletin, DailyFigures, Event, Item

VERSION = 1
"""Version of the records' shapes, as it stands in ids and in `ce_type`; raised together with an upcaster."""

DAY_MS = 86_400_000
FOR_EVER = -1

KINDS: Mapping[Stream, tuple[str, ...]] = {
    "strike": get_args(StrikeKind),
    "military-personnel": get_args(PersonnelKind),
    "diplomacy": get_args(DiplomacyKind),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A record as a Kafka value; `stream` where it is an event, whose kinds are then that stream's alone."""

    name: str
    record: type[Struct]
    key: str
    public: bool = True
    stream: Stream | None = None

    @property
    def event_type(self) -> str:
        """The `ce_type` it carries."""
        return f"bulletin-streams.{self.name}.v{VERSION}"

    @property
    def urn(self) -> str:
        """The id of its JSON Schema."""
        return f"urn:bulletin-streams:{self.name}:v{VERSION}"


@dataclass(frozen=True, slots=True)
class Channel:
    """A public topic; `message` is null where the bytes are as received, `config` in Kafka's names."""

    topic: str
    message: str | None
    description: str
    config: Mapping[str, str | int]
    receives: bool = False


_BULLETIN_ID = "bulletin_id"
_EVENT_ID = "event_id"

MESSAGES: tuple[Message, ...] = (
    Message("bulletin", Bulletin, _BULLETIN_ID),
    Message("item", Item, _BULLETIN_ID),
    *(Message(stream, Event, _EVENT_ID, stream=stream) for stream in KINDS),
    Message("daily-figures", DailyFigures, "DAY/STREAM, such as 2025-02-04/strike"),
    Message("reports", BulletinReports, _BULLETIN_ID, public=False),
    Message("partial", Partial, "DAY/STREAM", public=False),
)
BY_NAME = {message.name: message for message in MESSAGES}

_Config = Mapping[str, str | int]
_KEPT: _Config = {"cleanup.policy": "delete", "retention.ms": FOR_EVER}
_A_MONTH: _Config = {"cleanup.policy": "delete", "retention.ms": 30 * DAY_MS}
_EVENTS: _Config = {"cleanup.policy": "compact", "min.compaction.lag.ms": 30 * DAY_MS}
_REVISIONS = "one message for each revision; the highest revision of an event wins, not the highest offset"

CHANNELS: tuple[Channel, ...] = (
    Channel("bulletins", "bulletin", "Bulletins as received: the source of truth.", _KEPT, receives=True),
    Channel("bulletin-items", "item", "The items of each bulletin and the stream each went to.", _A_MONTH),
    Channel("strikes", "strike", f"Strikes, {_REVISIONS}.", _EVENTS),
    Channel("military-personnel", "military-personnel", f"Soldiers moved, lost, freed …, {_REVISIONS}.", _EVENTS),
    Channel("diplomacy", "diplomacy", f"Visits, talks, agreements …, {_REVISIONS}.", _EVENTS),
    Channel("other-items", "item", "Items of none of the streams, with the reason.", _A_MONTH),
    Channel("daily-figures", "daily-figures", "Each day's figures of each stream.", {"cleanup.policy": "compact"}),
    Channel("dead-letters", None, "What could not be processed, byte for byte, with `error.*` headers.", _KEPT),
)
