"""Where a `replay` is, kept in Kafka beside what it asks for: killed at any moment, it goes on where it was.

The place is what a consumer group of its own (`GROUP-replay`) has committed of `bulletins`, in the transactions that
hold the requests: each record is asked for once. The metadata name what is replayed: the span's begin, today's code
and the installation; another replay begins anew. Kafka forgets the place some days later, as it does with any group.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, ProducerFenced
from aiokafka.structs import OffsetAndMetadata

from streams import catalog
from streams.errors import NothingToTalkTo, SetupError
from streams.extraction.reader import extractor_version
from streams.kafka.log import Span
from streams.kafka.outputs import Output
from streams.kafka.progress import Stand
from streams.kafka.publishing import CONFIRMED_WITHIN_S, close_producer
from streams.kafka.settings import KafkaSettings
from streams.kafka.transactions import Batches, transactional_producer
from streams.naming import short_hash

OPEN_AT_MOST_MS = 20_000
"""Until the transaction of a killed replay is given up no stage reads on in `rereads`; a worker that stands still for
longer than twice this time is taken for ill."""


class Bookmark:
    """The place in a span up to which its records are asked for; `asked` of them were when it was opened."""

    def __init__(
        self, settings: KafkaSettings, producer: AIOKafkaProducer, span: Span, held: Mapping[int, int]
    ) -> None:
        self.span = span
        starts = {each: max(start, min(held.get(each, start), span.ends[each])) for each, start in span.starts.items()}
        self.left = Span(starts, span.ends)
        self._settings = settings
        self._producer = producer
        self._request = request_of(settings, span)

    @property
    def asked(self) -> int:
        """How many records of the span an earlier run has asked for."""
        return self.span.total - self.left.total

    async def ask(self, requests: Sequence[Output], upto: Mapping[int, int]) -> None:
        """Send requests and move the place to `upto`, offsets by partition, both or neither.

        Raises SetupError where another replay has begun meanwhile, NothingToTalkTo where the brokers do not confirm it.
        """
        await self._commit(requests, upto, self._request)

    async def remove(self) -> None:
        """Forget the place: the replay is done."""
        await self._commit((), self.span.ends, "")

    async def _commit(self, requests: Sequence[Output], upto: Mapping[int, int], metadata: str) -> None:
        topic = self._settings.topic(catalog.BULLETINS)
        offsets = {TopicPartition(topic, each): OffsetAndMetadata(at, metadata) for each, at in upto.items()}
        try:
            async with asyncio.timeout(CONFIRMED_WITHIN_S):
                await self._producer.begin_transaction()
                batches = Batches(self._producer, self._settings)
                await batches.send(requests)
                await batches.ends()
                await self._producer.send_offsets_to_transaction(offsets, group_of(self._settings))
                await self._producer.commit_transaction()
        except TimeoutError as error:
            raise NothingToTalkTo(
                f"not confirmed within {CONFIRMED_WITHIN_S:.0f} s: {self._settings.bootstrap} does not answer, or too "
                "few replicas are in sync; when it does (bulletins kafka status), run it again: it goes on"
            ) from error
        except ProducerFenced as error:
            raise SetupError(
                "another `bulletins replay` has begun, or the brokers were away for long; when no other runs, run it "
                "again: it goes on"
            ) from error
        except KafkaError as error:
            raise SetupError(f"not asked for: {type(error).__name__}: {error}; run it again: it goes on") from error


def group_of(settings: KafkaSettings) -> str:
    """The group whose offsets are the place."""
    return f"{settings.group}-replay"


def request_of(settings: KafkaSettings, span: Span) -> str:
    """What is replayed, as metadata: the same begin and the same code of the same installation."""
    return short_hash(sorted(span.starts.items()), extractor_version(), settings.installation)


@contextlib.asynccontextmanager
async def open_bookmark(settings: KafkaSettings, stand: Stand, span: Span) -> AsyncIterator[Bookmark]:
    """The bookmark of a replay; one at a time: an earlier one that still runs ends. Raises NothingToTalkTo."""
    producer = transactional_producer(settings, group_of(settings), OPEN_AT_MOST_MS)
    try:
        # It waits until the transaction of a replay that was killed is given up.
        async with asyncio.timeout(CONFIRMED_WITHIN_S):
            await producer.start()
    except (KafkaError, OSError) as error:
        await close_producer(producer)
        raise NothingToTalkTo(
            f"no Kafka answers at {settings.bootstrap}: {error}; start it with: bulletins up"
        ) from error
    try:
        request = request_of(settings, span)
        held = await stand.held(group_of(settings), catalog.BULLETINS)
        yield Bookmark(settings, producer, span, {n: at.offset for n, at in held.items() if at.metadata == request})
    finally:
        await close_producer(producer)
