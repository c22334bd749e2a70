"""What the public topics say now: the highest revision of each event and day, and every dead letter once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Literal

from schemas.codec import decode
from schemas.records import DailyFigures, Event
from streams import catalog
from streams.figures.days import day_key
from streams.kafka.cloudevents import header
from streams.kafka.dead_letters import DISMISSED, MENDED, told_by
from streams.kafka.log import Log
from streams.kafka.outputs import Incoming


async def said_events(log: Log) -> AsyncIterator[Event]:
    """Every revision of every event that the topics still hold; of one event in their order."""
    for stream in catalog.EVENT_STREAMS:
        async for message in log.scan(stream.topic, await log.whole(stream.topic)):
            yield decode(message.value, Event, header(message.headers, "ce_type"))


async def all_events(log: Log) -> dict[str, Event]:
    """The highest revision of every event, withdrawn ones too, by id."""
    events: dict[str, Event] = {}
    async for event in said_events(log):
        held = events.get(event.event_id)
        if held is None or event.revision >= held.revision:
            events[event.event_id] = event
    return events


async def revisions_of(log: Log, event_id: str) -> list[tuple[Incoming, Event]]:
    """Every message of the events whose id begins so, that their topic still holds, in order."""
    found = []
    for stream in catalog.EVENT_STREAMS:
        async for message in log.scan(stream.topic, await log.whole(stream.topic)):
            if (message.key or b"").startswith(event_id.encode()):
                found.append((message, decode(message.value, Event, header(message.headers, "ce_type"))))
    return found


async def said_days(log: Log) -> AsyncIterator[DailyFigures]:
    """Every revision of every day's figures that the topic still holds; of one day in its order."""
    async for message in log.scan(catalog.DAILY_FIGURES, await log.whole(catalog.DAILY_FIGURES)):
        yield decode(message.value, DailyFigures, header(message.headers, "ce_type"))


async def all_days(log: Log) -> dict[str, DailyFigures]:
    """The highest revision of every day's figures by `DAY/STREAM`."""
    days: dict[str, DailyFigures] = {}
    async for figures in said_days(log):
        key = day_key(figures)
        if key not in days or figures.revision >= days[key].revision:
            days[key] = figures
    return days


Place = tuple[str, int, int]
"""Topic, partition and offset."""

LetterState = Literal["open", "mended", "dismissed"]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One dead letter: the message with its `error.*` headers, and what became of it since.

    `mended` once its bulletin could be read after all, `dismissed` once somebody has said that it is junk for ever.
    """

    message: Incoming
    stage: str
    error_class: str
    error_message: str
    topic: str
    partition: int
    offset: int
    at: str
    state: LetterState = "open"

    @property
    def origin(self) -> Place:
        """Where the message came from; a repeat has the same origin."""
        return self.topic, self.partition, self.offset


async def all_dead_letters(log: Log) -> list[DeadLetter]:
    """Every dead letter in order, the newest of each origin; what others put there without headers is left out."""
    letters: dict[Place, DeadLetter] = {}
    async for told in _letters(log):
        held = letters.get(told.origin)
        if held is not None and told.state == "mended":
            letters[told.origin] = replace(held, state="mended", at=told.at)
        else:
            letters[told.origin] = told
    return list(letters.values())


async def letter_states(log: Log) -> dict[Place, LetterState]:
    """What became of every dead letter, by its origin; the letters themselves are not held."""
    return {letter.origin: letter.state async for letter in _letters(log)}


async def open_dead_letters(log: Log) -> list[DeadLetter]:
    """The dead letters that somebody has still to see to."""
    return [each for each in await all_dead_letters(log) if each.state == "open"]


async def _letters(log: Log) -> AsyncIterator[DeadLetter]:
    async for message in log.scan(catalog.DEAD_LETTERS, await log.whole(catalog.DEAD_LETTERS)):
        letter = _letter(message)
        if letter is not None:
            yield letter


def _letter(message: Incoming) -> DeadLetter | None:
    told = told_by(message.headers)
    partition, offset = told.get("error.partition", ""), told.get("error.offset", "")
    if not (partition.isdecimal() and offset.isdecimal()):
        return None
    return DeadLetter(
        message=message,
        stage=told.get("error.stage", ""),
        error_class=told.get("error.class", ""),
        error_message=told.get("error.message", ""),
        topic=told.get("error.topic", ""),
        partition=int(partition),
        offset=int(offset),
        at=told.get("error.at", ""),
        state="dismissed" if DISMISSED in told else "mended" if MENDED in told else "open",
    )
