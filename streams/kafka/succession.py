"""What a second generation's rows become in the live topics: known revisions go on, only what differs is said."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from msgspec import Struct, structs

from schemas.codec import decode, encode
from schemas.records import DailyFigures, Event
from streams import catalog
from streams.figures import days as day_rows
from streams.figures.days import DayRow
from streams.kafka.cloudevents import header, headers
from streams.kafka.dead_letters import MENDED, closed
from streams.kafka.log import Log
from streams.kafka.outputs import Output
from streams.kafka.tables import changelog_key, place_of
from streams.kafka.views import all_days, all_dead_letters, all_events, open_dead_letters
from streams.reconciling.blocks import comparable
from streams.reconciling.rows import EVENTS, RETIRED, TELLINGS, EventRow, Telling

NEW = -1
"""Before the first offset of a topic: internal topics begin anew."""


@dataclass(slots=True)
class Succession:
    """The live events and days, and which of them the second generation has told."""

    events: dict[str, Event]
    days: dict[str, DailyFigures]
    at_ms: int
    events_said: int = 0
    days_said: int = 0
    _told: set[str] = field(default_factory=set)

    @classmethod
    async def of(cls, live: Log, at_ms: int) -> "Succession":
        """Of what the live topics hold; `at_ms` is the time that what is said now carries."""
        return cls(await all_events(live), await all_days(live), at_ms)

    async def outputs(self, second: Log, state: str, partition: int) -> AsyncIterator[Output]:
        """The rows of one partition of a stage's state, and what they say that is not said yet."""
        rows: dict[str, bytes] = {}
        async for message in second.scan(state, (await second.whole(state)).of(partition)):
            rows[(message.key or b"").decode()] = message.value or b""
        for key, value in rows.items():
            for each in self._succeed(state, key, value):
                yield placed(each, partition)

    def _succeed(self, state: str, key: str, value: bytes) -> list[Output]:
        if state == catalog.TALLY_STATE:
            return self._day(key, decode(value, DayRow))
        table = place_of(key)[0]
        if table == TELLINGS:
            telling = structs.replace(decode(value, Telling), as_of=NEW, changed=())
            return [_row(state, key, telling)]
        if table == EVENTS:
            return self._event(key, decode(value, EventRow))
        return [Output(state, key.encode(), value, ())]

    def _event(self, key: str, row: EventRow) -> list[Output]:
        event = row.event
        self._told.add(event.event_id)
        held = self.events.get(event.event_id)
        if held is None:
            said = [] if event.status == "withdrawn" else [structs.replace(event, revision=1)]
        elif comparable(held) == comparable(event) or held.status == event.status == "withdrawn":
            # What a withdrawn event last was depends on what came first: it is no difference.
            row.event, said = structs.replace(event, revision=held.revision), []
        else:
            said = [structs.replace(event, revision=held.revision + 1)]
        if said:
            row.event = said[0]
            self.events_said += 1
        if held is not None and held.day not in row.days:
            row.days = (*row.days, held.day)
        return [_row(catalog.RECONCILE_STATE, key, row), *map(self._event_output, said)]

    def retired(self) -> tuple[list[Output], list[Output]]:
        """Of live events that the second generation does not tell: their withdrawals, and the rows that remember them.

        The rows belong on every partition: nobody knows in which block such an event may come back.
        """
        said, rows = [], []
        for event_id, event in sorted(self.events.items()):
            if event_id in self._told:
                continue
            gone = event
            if event.status != "withdrawn":
                gone = structs.replace(event, status="withdrawn", merged_into=None, revision=event.revision + 1)
                said.append(self._event_output(gone))
                self.events_said += 1
            row = EventRow(event=gone, days=(event.day,))
            rows.append(_row(catalog.RECONCILE_STATE, changelog_key(RETIRED, RETIRED, event_id), row))
        return said, rows

    def _day(self, key: str, row: DayRow) -> list[Output]:
        held = self.days.pop(key, None)
        partials = {number: structs.replace(each, as_of=NEW) for number, each in row.partials.items()}
        if row.said is None:
            return [_row(catalog.TALLY_STATE, key, structs.replace(row, partials=partials, as_of=NEW))]
        if held is not None and day_rows.comparable(held) == day_rows.comparable(row.said):
            said, outputs = held, []
        else:
            said = structs.replace(row.said, revision=1 if held is None else held.revision + 1)
            outputs = [self._day_output(key, said)]
            self.days_said += 1
        return [_row(catalog.TALLY_STATE, key, DayRow(partials=partials, said=said, as_of=NEW)), *outputs]

    def emptied(self) -> list[tuple[str, list[Output]]]:
        """Live days that the second generation does not know, by key: said with nothing in them."""
        found = []
        for key, held in sorted(self.days.items()):
            empty = DailyFigures(day=held.day, stream=held.stream, revision=held.revision + 1)
            said = held if day_rows.comparable(held) == day_rows.comparable(empty) else empty
            outputs = [_row(catalog.TALLY_STATE, key, DayRow(said=said))]
            if said is empty:
                outputs.append(self._day_output(key, empty))
                self.days_said += 1
            found.append((key, outputs))
        return found

    def _event_output(self, event: Event) -> Output:
        stream = catalog.BY_NAME[event.stream]
        event_id = f"{event.event_id}:{event.revision}"
        return self._public(stream.topic, event.event_id, encode(event), stream.event_type, event_id)

    def _day_output(self, key: str, figures: DailyFigures) -> Output:
        event_id = f"{key}:{figures.revision}"
        return self._public(catalog.DAILY_FIGURES, key, encode(figures), catalog.DAILY_FIGURES_TYPE, event_id)

    def _public(self, topic: str, key: str, value: bytes, event_type: str, event_id: str) -> Output:
        return Output(topic, key.encode(), value, headers(event_type, event_id, key, None, self.at_ms))


def placed(output: Output, partition: int) -> Output:
    """A state row on its partition; what is public is placed by its key."""
    if output.headers:
        return output
    return Output(output.topic, output.key, output.value, output.headers, partition)


async def items_to_say(live: Log, second: Log) -> AsyncIterator[Output]:
    """The items of the second generation that the live topics do not hold."""
    for topic in (catalog.BULLETIN_ITEMS, catalog.OTHER_ITEMS):
        held = {header(message.headers, "ce_id") async for message in live.scan(topic, await live.whole(topic))}
        async for message in second.scan(topic, await second.whole(topic)):
            if header(message.headers, "ce_id") not in held:
                yield Output(topic, message.key, message.value, message.headers)


async def letters_to_say(live: Log, second: Log) -> AsyncIterator[Output]:
    """The dead letters that stand in the second generation alone, and that others are mended: it could read them."""
    held = {letter.origin: letter for letter in await all_dead_letters(live)}
    found = {letter.origin: letter for letter in await open_dead_letters(second)}
    for origin, letter in found.items():
        if origin not in held or held[origin].state == "mended":
            message = letter.message
            yield Output(catalog.DEAD_LETTERS, message.key, message.value, message.headers, letter.partition)
    for origin, letter in held.items():
        if origin not in found and letter.state == "open":
            yield closed(letter.message, MENDED)


def _row(state: str, key: str, row: Struct) -> Output:
    return Output(state, key.encode(), encode(row), ())
