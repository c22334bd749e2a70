"""`rebuild --promote`: a second generation takes the place of the live one.

The live topics get, as next revisions, only what differs; the live state becomes the second generation's, with the
revisions that consumers know. Meanwhile no worker runs: the record says so, and taking the transactional ids fences
those that do. Every step can be done again after a kill: `rebuild --promote` goes on where it must.
"""

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from aiokafka import AIOKafkaProducer
from aiokafka.admin import NewPartitions
from msgspec import structs

from streams import catalog
from streams.errors import TopicMismatch
from streams.kafka.generation import covered
from streams.kafka.installation import Installation, read_record, write_record
from streams.kafka.log import Log, open_log
from streams.kafka.outputs import Output
from streams.kafka.partitioning import partition_of
from streams.kafka.progress import Progress
from streams.kafka.settings import KafkaSettings
from streams.kafka.succession import Succession, items_to_say, letters_to_say, placed
from streams.kafka.topic_list import TOPICS, TopicNames
from streams.kafka.topics import POLL_S, Leaders, delete_topics, leaders_of, make_topics, open_admin
from streams.kafka.transactions import Batches, send_offsets, transactional_producer

STATES = (catalog.READ_STATE, catalog.RECONCILE_STATE, catalog.TALLY_STATE)
INTERNAL = (catalog.REREADS, catalog.REPORTS, catalog.PARTIALS, *STATES)
MESSAGES_A_TRANSACTION = 2000
TOPICS_S = 60.0


@dataclass(frozen=True, slots=True)
class Promoted:
    """What the live topics got."""

    events: int
    days: int
    items: int


@dataclass(slots=True)
class _Pen:
    """Writes to the live topics in transactions, as the owner of every partition number."""

    live: KafkaSettings
    producers: dict[int, AIOKafkaProducer] = field(default_factory=dict)

    async def take(self, partition: int) -> None:
        """Take a partition number's transactional id, fencing whoever held it."""
        producer = transactional_producer(self.live, self.live.transactional_id(partition))
        await producer.start()
        self.producers[partition] = producer

    async def write(self, partition: int, outputs: Sequence[Output]) -> None:
        """Send messages, some thousand a transaction."""
        producer = self.producers[partition]
        for start in range(0, len(outputs), MESSAGES_A_TRANSACTION):
            async with producer.transaction():
                batches = Batches(producer, self.live)
                await batches.send(outputs[start : start + MESSAGES_A_TRANSACTION])
                await batches.ends()

    async def commit(self, partition: int, offsets: dict[str, int]) -> None:
        """Commit the group's offsets, by topic, of a partition."""
        producer = self.producers[partition]
        async with producer.transaction():
            await send_offsets(producer, self.live, partition, offsets)

    async def put_down(self) -> None:
        """Let the ids go."""
        await asyncio.gather(*(producer.stop() for producer in self.producers.values()), return_exceptions=True)


async def promote(live: KafkaSettings, second: KafkaSettings, progress: Progress) -> Promoted:
    """Put the second generation in the place of the live one; workers that run end and may be started again after."""
    names = TopicNames(live.prefix)
    recorded = await _mark(live, names, second.partitions)
    live = replace(live, partitions=second.partitions, counts={})
    async with open_log(second) as copies:
        copied = await covered(copies)
        async with _pen(live) as pen:
            await _make_room(live, names)
            async with open_log(live) as log:
                promoted = await _succeed(pen, log, copies, progress)
                begin = (await log.whole(catalog.BULLETINS)).starts
            for number in range(live.partitions):
                read = max(begin[number], copied.get(number, 0))
                await pen.commit(
                    number, {catalog.BULLETINS: read, catalog.REREADS: 0, catalog.REPORTS: 0, catalog.PARTIALS: 0}
                )
            complete = tuple(topic.name for topic in TOPICS)
            await write_record(live.bootstrap, names, structs.replace(recorded, promoting=False, topics=complete))
    return promoted


async def _succeed(pen: _Pen, live: Log, second: Log, progress: Progress) -> Promoted:
    """Write what the live topics lack, the rows of the state first and last what nothing stands for any more."""
    succession = await Succession.of(live, round(time.time() * 1000))
    count = pen.live.partitions
    steps = [(topic, number) for topic in STATES for number in range(count)]
    for done, (topic, number) in enumerate(steps):
        progress(done, len(steps))
        await pen.write(number, [each async for each in succession.outputs(second, topic, number)])
    said, rows = succession.retired()
    await pen.write(0, said)
    for number in range(count):
        await pen.write(number, [placed(row, number) for row in rows])
    for key, outputs in succession.emptied():
        number = partition_of(key.encode(), count)
        await pen.write(number, [placed(each, number) for each in outputs])
    items = [each async for each in items_to_say(live, second)]
    letters = [each async for each in letters_to_say(live, second)]
    await pen.write(0, [*items, *letters])
    progress(len(steps), len(steps))
    return Promoted(succession.events_said, succession.days_said, len(items))


async def _mark(live: KafkaSettings, names: TopicNames, partitions: int) -> Installation:
    """Write into the record that no worker may run, and that what they keep on disk is outdated."""
    recorded = await read_record(live.bootstrap, names)
    if recorded is None:
        raise TopicMismatch("this installation has no record; make its topics first: bulletins topics --create")
    marked = structs.replace(recorded, promoting=True, partitions=partitions, id=uuid.uuid4().hex, topics=())
    await write_record(live.bootstrap, names, marked)
    return marked


@contextlib.asynccontextmanager
async def _pen(live: KafkaSettings) -> AsyncIterator[_Pen]:
    pen = _Pen(live)
    try:
        await asyncio.gather(*map(pen.take, range(live.partitions)))
        yield pen
    finally:
        await pen.put_down()


async def _make_room(live: KafkaSettings, names: TopicNames) -> None:
    """Internal topics are made anew, public ones brought to the number of partitions."""
    count = live.partitions
    public = [topic for topic in TOPICS if topic.partitions is None and topic.name not in INTERNAL]
    async with open_admin(live.bootstrap) as admin, asyncio.timeout(TOPICS_S):
        leaders = await leaders_of(admin, names)
        await delete_topics(admin, map(names.full, INTERNAL))
        fewer = [names.full(topic.name) for topic in public if 0 < len(leaders.get(topic.name, ())) < count]
        if fewer:
            await admin.create_partitions({name: NewPartitions(count) for name in fewer})
        grown = [names.bare(name) for name in fewer]
        while not _has_room(await leaders_of(admin, names), grown, count):  # noqa: ASYNC110 Kafka tells of it to none
            await asyncio.sleep(POLL_S)
    await make_topics(live.bootstrap, names, count)


def _has_room(leaders: Leaders, grown: Sequence[str], count: int) -> bool:
    return all(len(leaders[name]) == count for name in grown)
