"""Reading topics from offsets, times and ends: what `tail`, `verify`, `replay`, `days` and the rest stand on."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaConnectionError, KafkaError
from aiokafka.structs import ConsumerRecord

from streams.errors import NothingToTalkTo, TopicMismatch
from streams.kafka.header_names import allow_any_header_name
from streams.kafka.outputs import Incoming
from streams.kafka.settings import KafkaSettings
from streams.kafka.topic_list import INSTALLATION

Offsets = dict[int, int]
POLL_MS = 200
SILENT_S = 60.0
FETCH_WAIT_MS = 20
"""How long the broker holds a fetch that finds nothing; a longer hold delays the next topic that is scanned."""

# Every module that reads stands on this one.
allow_any_header_name()


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets of one topic by partition: from `starts` up to, not including, `ends`."""

    starts: Offsets
    ends: Offsets

    def of(self, partition: int) -> "Span":
        """The part of one partition."""
        return Span({partition: self.starts[partition]}, {partition: self.ends[partition]})

    @property
    def total(self) -> int:
        """How many offsets it spans, markers included."""
        return sum(max(0, self.ends[each] - self.starts[each]) for each in self.ends)


class Log:
    """One consumer without a group, for reading bounded spans of topics; commits nothing."""

    def __init__(self, settings: KafkaSettings, consumer: AIOKafkaConsumer, *, committed_only: bool) -> None:
        self._settings = settings
        self._consumer = consumer
        self._committed_only = committed_only

    def partitions(self, topic: str) -> list[TopicPartition]:
        """The partitions of a topic: one number for the whole installation, but for the topic that records it."""
        count = 1 if topic == INSTALLATION else self._settings.partitions_of(topic)
        return [TopicPartition(self._settings.topic(topic), number) for number in range(count)]

    async def whole(self, topic: str) -> Span:
        """Everything a topic holds now; raises TopicMismatch where it does not exist."""
        targets = self.partitions(topic)
        try:
            begins = await self._consumer.beginning_offsets(targets)
            ends = await self._consumer.end_offsets(targets)
        except KafkaError as error:
            raise TopicMismatch(
                f"topic {self._settings.topic(topic)} does not answer ({type(error).__name__}); see whether Kafka runs "
                "(bulletins kafka status) and whether the topic is there (bulletins topics)"
            ) from error
        return Span(
            {each.partition: begins[each] for each in targets}, {each.partition: ends[each] for each in targets}
        )

    async def since(self, topic: str, timestamp_ms: int, ends: Mapping[int, int]) -> Offsets:
        """The first offset of each partition at or after a time; the end where there is none."""
        targets = self.partitions(topic)
        found = await self._consumer.offsets_for_times(dict.fromkeys(targets, timestamp_ms))
        return {
            each.partition: found[each].offset if found.get(each) is not None else ends[each.partition]
            for each in targets
        }

    async def scan(self, topic: str, span: Span, *, follow: bool = False) -> AsyncIterator[Incoming]:
        """The messages of a span, in order within each partition; with `follow` without end.

        Each scan has a consumer of its own: aiokafka 0.14's `stop()` hangs when it follows on a second `assign()`.
        """
        full = self._settings.topic(topic)
        open_ends = {
            TopicPartition(full, number): end
            for number, end in span.ends.items()
            if follow or span.starts[number] < end
        }
        if not open_ends:
            return
        async with _consumer(self._settings, committed_only=self._committed_only) as consumer:
            consumer.assign(list(open_ends))
            for target in open_ends:
                consumer.seek(target, span.starts[target.partition])
            moved_at = time.monotonic()
            while open_ends:
                fetched = await consumer.getmany(*open_ends, timeout_ms=POLL_MS, max_records=2000)
                if fetched or follow:
                    moved_at = time.monotonic()
                elif time.monotonic() > moved_at + SILENT_S:
                    raise NothingToTalkTo(
                        f"nothing more came of {full} for {SILENT_S:.0f} s: see whether all brokers run "
                        "(bulletins kafka status), then begin again"
                    )
                for target, records in fetched.items():
                    for record in records:
                        if follow or record.offset < open_ends[target]:
                            yield incoming(topic, record)
                if not follow:
                    for target in list(open_ends):
                        if await consumer.position(target) >= open_ends[target]:
                            del open_ends[target]


def incoming(topic: str, record: ConsumerRecord[bytes, bytes]) -> Incoming:
    """A consumer's record as a message of `topic`."""
    return Incoming(
        topic=topic,
        partition=record.partition,
        offset=record.offset,
        timestamp_ms=record.timestamp,
        key=record.key,
        value=record.value,
        headers=tuple(record.headers),
    )


@contextlib.asynccontextmanager
async def open_log(settings: KafkaSettings, *, committed_only: bool = True) -> AsyncIterator[Log]:
    """A `Log` on the cluster of `settings`; raises NothingToTalkTo where no Kafka answers."""
    async with _consumer(settings, committed_only=committed_only) as consumer:
        yield Log(settings, consumer, committed_only=committed_only)


@contextlib.asynccontextmanager
async def _consumer(settings: KafkaSettings, *, committed_only: bool) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.bootstrap,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed" if committed_only else "read_uncommitted",
        max_partition_fetch_bytes=settings.max_request_bytes,
        fetch_max_wait_ms=FETCH_WAIT_MS,
        request_timeout_ms=settings.request_timeout_ms,
    )
    try:
        try:
            await consumer.start()
        except (KafkaConnectionError, OSError) as error:
            raise NothingToTalkTo(
                f"no Kafka answers at {settings.bootstrap}: {error}; start it with: bulletins up"
            ) from error
        yield consumer
    finally:
        await close(consumer)


async def close(consumer: AIOKafkaConsumer) -> None:
    """Stop a consumer.

    aiokafka 0.14 cancels its fetches and, where one waits for a broker to come back, lets that cancellation out of
    `stop`: the caller's task would end without a word, the connections stay open, and other fetches open new ones.
    """
    stopping = asyncio.create_task(consumer.stop())
    await asyncio.wait([stopping])
    if stopping.cancelled():
        fetches = tuple(consumer._fetcher._pending_tasks) if consumer._fetcher else ()
        for fetch in fetches:
            fetch.cancel()
        await asyncio.gather(*fetches, return_exceptions=True)
        await consumer._client.close()
    else:
        stopping.result()
