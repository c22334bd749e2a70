"""Bulletins into the log: published, corrected, withdrawn; confirmed once every in-sync replica has them."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from schemas.codec import decode, encode
from schemas.records import Bulletin
from streams import catalog
from streams.errors import NothingToTalkTo, RefusedInput, SetupError, UndecodableError
from streams.extraction.stage import BulletinRow
from streams.intake.bulletins import complete, now, text_hash
from streams.kafka.cloudevents import headers
from streams.kafka.log import Span, open_log
from streams.kafka.outputs import NULL, Output, serialized
from streams.kafka.partitioning import partition_of
from streams.kafka.progress import open_stand
from streams.kafka.settings import KafkaSettings

ON_THEIR_WAY = 500
CONFIRMED_WITHIN_S = 120.0
"""A broker that was killed with gigabytes of data comes back well within it; aiokafka itself would try for ever."""

CLOSED_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class Published:
    """Where a bulletin stands in the log."""

    bulletin_id: str
    version: int
    topic: str
    partition: int
    offset: int


class Publisher:
    """An idempotent producer that waits for every in-sync replica."""

    def __init__(self, settings: KafkaSettings, producer: AIOKafkaProducer, confirmed_within_s: float) -> None:
        self._settings = settings
        self._producer = producer
        self._confirmed_within_s = confirmed_within_s

    async def publish(self, bulletin: Bulletin) -> Published:
        """Put a bulletin into the log; returns once the brokers have it."""
        timestamp_ms = round(datetime.fromisoformat(bulletin.received_at).timestamp() * 1000)
        event_id = f"{bulletin.bulletin_id}@{bulletin.version}:{bulletin.sha256[:16]}"
        found = headers(catalog.BULLETIN_TYPE, event_id, bulletin.bulletin_id, None, timestamp_ms)
        output = Output(catalog.BULLETINS, bulletin.bulletin_id.encode(), encode(bulletin), found)
        partition, offset = await self.send(output)
        return Published(bulletin.bulletin_id, bulletin.version, catalog.BULLETINS, partition, offset)

    async def stream(self, outputs: AsyncIterator[Output]) -> AsyncIterator[tuple[int, int]]:
        """Send many messages, several on their way at a time; partition and offset of each, in order."""
        waiting: deque[asyncio.Task[tuple[int, int]]] = deque()
        try:
            async for output in outputs:
                waiting.append(asyncio.create_task(self.send(output)))
                if len(waiting) >= ON_THEIR_WAY:
                    yield await waiting.popleft()
            while waiting:
                yield await waiting.popleft()
        finally:
            for task in waiting:
                task.cancel()

    async def send(self, output: Output) -> tuple[int, int]:
        """Send one message; returns its partition and offset.

        Raises NothingToTalkTo where the brokers do not confirm it in time; whether they have it is then unknown.
        """
        try:
            async with asyncio.timeout(self._confirmed_within_s):
                sent = await self._producer.send_and_wait(
                    self._settings.topic(output.topic),
                    value=NULL if output.value is None else output.value,
                    key=output.key,
                    partition=output.partition,
                    headers=list(output.headers),
                )
        except TimeoutError as error:
            raise NothingToTalkTo(
                f"not confirmed within {self._confirmed_within_s:.0f} s: {self._settings.bootstrap} does not answer, "
                "or too few replicas are in sync; when it does (bulletins kafka status), publish it again: a repeat "
                "counts once"
            ) from error
        except KafkaError as error:
            raise SetupError(
                f"not published: {type(error).__name__}: {error}; nothing was confirmed, publish it again"
            ) from error
        return sent.partition, sent.offset


@contextlib.asynccontextmanager
async def open_publisher(
    settings: KafkaSettings, confirmed_within_s: float = CONFIRMED_WITHIN_S
) -> AsyncIterator[Publisher]:
    """A `Publisher` on the cluster of `settings`; raises NothingToTalkTo where no Kafka answers."""
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap,
        enable_idempotence=True,
        acks="all",
        compression_type="zstd",
        value_serializer=serialized,
        max_request_size=settings.max_request_bytes,
        request_timeout_ms=settings.request_timeout_ms,
    )
    try:
        # aiokafka asks for a producer's number until it gets one.
        async with asyncio.timeout(confirmed_within_s):
            await producer.start()
    except (KafkaError, OSError) as error:
        await producer.stop()
        raise NothingToTalkTo(
            f"no Kafka answers at {settings.bootstrap}: {error}; start it with: bulletins up"
        ) from error
    try:
        yield Publisher(settings, producer, confirmed_within_s)
    finally:
        await close_producer(producer)


async def close_producer(producer: AIOKafkaProducer) -> None:
    """End a producer; what the brokers do not take is given up, which aiokafka would not do."""
    try:
        async with asyncio.timeout(CLOSED_WITHIN_S):
            await producer.stop()
    except TimeoutError:
        await producer._sender.close()
        await producer.client.close()


async def highest(settings: KafkaSettings, bulletin_id: str) -> Bulletin | None:
    """The text of the highest version in the log, or None where the id was never published.

    Reads the read stage's compacted rows, the record they name, and of `bulletins` only what is not committed yet.
    """
    key = bulletin_id.encode()
    partition = partition_of(key, settings.partitions)
    found: Bulletin | None = None
    async with open_stand(settings) as stand, open_log(settings) as log:
        done = (await stand.committed(catalog.BULLETINS)).get(partition, 0)
        rows = await log.whole(catalog.READ_STATE)
        row: BulletinRow | None = None
        async for message in log.scan(catalog.READ_STATE, rows.of(partition)):
            if message.key == key:
                row = decode(message.value, BulletinRow)
        if row is not None:
            record = Span({partition: row.offset}, {partition: row.offset + 1})
            async for message in log.scan(catalog.BULLETINS, record):
                found = _higher(found, message.value)
        rest = await log.whole(catalog.BULLETINS)
        start = max(rest.starts[partition], done)
        async for message in log.scan(catalog.BULLETINS, Span({partition: start}, {partition: rest.ends[partition]})):
            if message.key == key:
                found = _higher(found, message.value)
    return found


def _higher(held: Bulletin | None, value: bytes | None) -> Bulletin | None:
    try:
        found = decode(value, Bulletin)
    except UndecodableError:
        return held
    return found if held is None or found.version >= held.version else held


async def corrected(settings: KafkaSettings, bulletin: Bulletin) -> tuple[Bulletin, bool]:
    """The bulletin with the version that replaces what stands in the log, and whether anything stood there.

    A correction that tells no time of its own keeps that of the text it replaces: its events stay on their day.
    """
    standing = await highest(settings, bulletin.bulletin_id)
    if standing is None:
        return bulletin, False
    times: dict[str, Any] = {}
    if bulletin.published_on is None and bulletin.published_at is None:
        times = {"published_on": standing.published_on, "published_at": standing.published_at}
    raised = msgspec.structs.replace(bulletin, version=max(standing.version + 1, bulletin.version), **times)
    return msgspec.structs.replace(raised, sha256=text_hash(raised)), True


async def withdrawal(settings: KafkaSettings, bulletin_id: str) -> Bulletin:
    """The message that takes a bulletin back, with its time, which a later correction may keep.

    Raises RefusedInput where the log does not know the id.
    """
    standing = await highest(settings, bulletin_id)
    if standing is None:
        raise RefusedInput(f"no bulletin {bulletin_id} was published; see: bulletins tail bulletins --from-beginning")
    fields = {
        "bulletin_id": bulletin_id,
        "source": standing.source,
        "language": standing.language,
        "version": standing.version + 1,
        "withdrawn": True,
        "published_on": None if standing.published_on is None else standing.published_on.isoformat(),
        "published_at": standing.published_at,
        "received_at": now(),
    }
    return complete(fields)
