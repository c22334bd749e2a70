"""Requests to read records again, some hundred in a transaction: whatever kills who asks, each is asked for once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, ProducerFenced
from aiokafka.structs import OffsetAndMetadata

from streams.errors import NothingToTalkTo, SetupError
from streams.kafka.outputs import Incoming, Output
from streams.kafka.publishing import CONFIRMED_WITHIN_S, close_producer
from streams.kafka.settings import KafkaSettings
from streams.kafka.transactions import Batches, transactional_producer

ASKED_AT_ONCE = 500
BYTES_AT_ONCE = 8 * 1024 * 1024
"""Of one transaction: it has to be confirmed well before `OPEN_AT_MOST_MS`."""

OPEN_AT_MOST_MS = 20_000
"""Until the transaction of one that was killed is given up no stage reads on in `rereads`; a worker that stands still
for longer than twice this time is taken for ill."""


class Asker:
    """Sends the requests of one command; `name` is its transactional id, and the group whose offsets it commits."""

    def __init__(self, settings: KafkaSettings, producer: AIOKafkaProducer, command: str, name: str) -> None:
        self.name = name
        self._settings = settings
        self._producer = producer
        self._command = command

    async def ask(
        self, requests: Sequence[Output], moved: Mapping[TopicPartition, OffsetAndMetadata] | None = None
    ) -> None:
        """Send requests and commit the offsets `moved`, both or neither.

        Raises SetupError where another has begun meanwhile, NothingToTalkTo where the brokers do not confirm it.
        """
        try:
            async with asyncio.timeout(CONFIRMED_WITHIN_S):
                await self._producer.begin_transaction()
                batches = Batches(self._producer, self._settings)
                await batches.send(requests)
                await batches.ends()
                if moved:
                    await self._producer.send_offsets_to_transaction(moved, self.name)
                await self._producer.commit_transaction()
        except TimeoutError as error:
            raise NothingToTalkTo(
                f"not confirmed within {CONFIRMED_WITHIN_S:.0f} s: {self._settings.bootstrap} does not answer, or too "
                "few replicas are in sync; when it does (bulletins kafka status), run it again: it goes on"
            ) from error
        except ProducerFenced as error:
            raise SetupError(
                f"another `bulletins {self._command}` has begun, or the brokers were away for long; when no other "
                "runs, run it again: it goes on"
            ) from error
        except KafkaError as error:
            raise SetupError(f"not asked for: {type(error).__name__}: {error}; run it again: it goes on") from error


@contextlib.asynccontextmanager
async def open_asker(settings: KafkaSettings, command: str) -> AsyncIterator[Asker]:
    """The asker of a command; one at a time: an earlier one that still runs ends. Raises NothingToTalkTo."""
    name = f"{settings.group}-{command}"
    producer = transactional_producer(settings, name, OPEN_AT_MOST_MS)
    try:
        # It waits until the transaction of one that was killed is given up.
        async with asyncio.timeout(CONFIRMED_WITHIN_S):
            await producer.start()
    except (KafkaError, OSError) as error:
        await close_producer(producer)
        raise NothingToTalkTo(
            f"no Kafka answers at {settings.bootstrap}: {error}; start it with: bulletins up"
        ) from error
    try:
        yield Asker(settings, producer, command, name)
    finally:
        await close_producer(producer)


async def in_batches(messages: AsyncIterator[Incoming]) -> AsyncIterator[list[Incoming]]:
    """The messages, as many at a time as one transaction may hold."""
    batch: list[Incoming] = []
    held = 0
    async for each in messages:
        batch.append(each)
        held += each.size
        if len(batch) >= ASKED_AT_ONCE or held >= BYTES_AT_ONCE:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
