"""What the public topics say now: the highest revision of each event and day, and every dead letter once."""

from dataclasses import dataclass

from schemas.codec import decode
from schemas.records import DailyFigures, Event
from streams import catalog
from streams.kafka.cloudevents import header
from streams.kafka.log import Log
from streams.kafka.outputs import Incoming


async def all_events(log: Log) -> dict[str, Event]:
    """The highest revision of every event, withdrawn ones too, by id."""
    events: dict[str, Event] = {}
    for stream in catalog.EVENT_STREAMS:
        async for message in log.scan(stream.topic, await log.whole(stream.topic)):
            event = decode(message.value, Event, header(message.headers, "ce_type"))
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


async def all_days(log: Log) -> dict[str, DailyFigures]:
    """The highest revision of every day's figures by `DAY/STREAM`."""
    days: dict[str, DailyFigures] = {}
    async for message in log.scan(catalog.DAILY_FIGURES, await log.whole(catalog.DAILY_FIGURES)):
        figures = decode(message.value, DailyFigures, header(message.headers, "ce_type"))
        key = f"{figures.day}/{figures.stream}"
        if key not in days or figures.revision >= days[key].revision:
            days[key] = figures
    return days


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One dead letter: the message and its `error.*` headers."""

    message: Incoming
    stage: str
    error_class: str
    error_message: str
    topic: str
    partition: int
    offset: int
    at: str

    @property
    def origin(self) -> tuple[str, int, int]:
        """Where the message came from; a repeat has the same origin."""
        return self.topic, self.partition, self.offset


async def all_dead_letters(log: Log) -> list[DeadLetter]:
    """Every dead letter in order, the newest of each origin; what others put there without headers is left out."""
    letters: dict[tuple[str, int, int], DeadLetter] = {}
    async for message in log.scan(catalog.DEAD_LETTERS, await log.whole(catalog.DEAD_LETTERS)):
        place = header(message.headers, "error.partition"), header(message.headers, "error.offset")
        if not all(number.isdigit() for number in place):
            continue
        letter = DeadLetter(
            message=message,
            stage=header(message.headers, "error.stage"),
            error_class=header(message.headers, "error.class"),
            error_message=header(message.headers, "error.message"),
            topic=header(message.headers, "error.topic"),
            partition=int(place[0]),
            offset=int(place[1]),
            at=header(message.headers, "error.at"),
        )
        letters[letter.origin] = letter
    return list(letters.values())
