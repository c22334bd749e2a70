"""Where a `replay` is, kept in Kafka beside what it asks for: killed at any moment, it goes on where it was.

The place is what a consumer group of its own (`GROUP-replay`) has committed of `bulletins`, in the transactions that
hold the requests: each record is asked for once. The metadata name what is replayed: the span's begin, today's code
and the installation; another replay begins anew. Kafka forgets the place some days later, as it does with any group.
"""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence

from aiokafka import TopicPartition
from aiokafka.structs import OffsetAndMetadata

from streams import catalog
from streams.extraction.reader import extractor_version
from streams.kafka.asking import Asker, open_asker
from streams.kafka.log import Span
from streams.kafka.outputs import Output
from streams.kafka.progress import Stand
from streams.kafka.settings import KafkaSettings
from streams.naming import short_hash


class Bookmark:
    """The place in a span up to which its records are asked for; `asked` of them were when it was opened."""

    def __init__(self, settings: KafkaSettings, asker: Asker, span: Span, held: Mapping[int, int]) -> None:
        self.span = span
        starts = {each: max(start, min(held.get(each, start), span.ends[each])) for each, start in span.starts.items()}
        self.left = Span(starts, span.ends)
        self._settings = settings
        self._asker = asker
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
        moved = {TopicPartition(topic, each): OffsetAndMetadata(at, metadata) for each, at in upto.items()}
        await self._asker.ask(requests, moved)


def request_of(settings: KafkaSettings, span: Span) -> str:
    """What is replayed, as metadata: the same begin and the same code of the same installation."""
    return short_hash(sorted(span.starts.items()), extractor_version(), settings.installation)


@contextlib.asynccontextmanager
async def open_bookmark(settings: KafkaSettings, stand: Stand, span: Span) -> AsyncIterator[Bookmark]:
    """The bookmark of a replay; one at a time: an earlier one that still runs ends. Raises NothingToTalkTo."""
    async with open_asker(settings, "replay") as asker:
        request = request_of(settings, span)
        held = await stand.held(asker.name, catalog.BULLETINS)
        yield Bookmark(settings, asker, span, {n: at.offset for n, at in held.items() if at.metadata == request})
