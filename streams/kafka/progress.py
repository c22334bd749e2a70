"""How far the stages are, read off committed offsets: past the bulletin, then past what `reports` held then, then past
what `partials` held then; told meanwhile."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata

from streams import catalog
from streams.errors import NothingToTalkTo, TopicMismatch
from streams.kafka.log import Log, Offsets, open_log
from streams.kafka.settings import KafkaSettings

POLL_S = 0.02
TELL_EVERY_S = 0.2
COORDINATOR_S = 60.0
"""A broker that was killed comes back well within it."""

INTERNAL_TOPICS = (catalog.REREADS, catalog.REPORTS, catalog.PARTIALS)
INPUT_TOPICS = (catalog.BULLETINS, *INTERNAL_TOPICS)


class Progress(Protocol):
    """Called with offsets done, offsets in all and, while workers are waited for, what they have still to process."""

    def __call__(self, done: int, whole: int, lag: int | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class LagRow:
    """One partition's distance between the committed offset and the end; `committed` -1 where nothing was."""

    group: str
    topic: str
    partition: int
    committed: int
    end: int

    @property
    def lag_records(self) -> int:
        """Offsets still to be processed."""
        return self.end - max(self.committed, 0)


class Stand:
    """Committed offsets and ends of one installation."""

    def __init__(self, settings: KafkaSettings, admin: AIOKafkaAdminClient, log: Log) -> None:
        self._settings = settings
        self._admin = admin
        self._log = log

    async def committed(self, topic: str) -> Offsets:
        """The group's committed offset by partition; partitions without one are missing."""
        return {number: held.offset for number, held in (await self.held(self._settings.group, topic)).items()}

    async def held(self, group: str, topic: str) -> dict[int, OffsetAndMetadata]:
        """What a group has committed by partition; partitions without it are missing."""
        full = self._settings.topic(topic)
        targets = self._log.partitions(topic)
        found = await self._patiently(lambda: self._admin.list_consumer_group_offsets(group, partitions=targets))
        return {
            target.partition: held
            for target, held in found.items()
            if isinstance(target, TopicPartition) and target.topic == full and held.offset >= 0
        }

    async def _patiently(
        self, ask: Callable[[], Awaitable[dict[TopicPartition, OffsetAndMetadata]]]
    ) -> dict[TopicPartition, OffsetAndMetadata]:
        """The answer, once the group's coordinator can give one: on a new cluster it is made at the first question."""
        deadline = time.monotonic() + COORDINATOR_S
        while True:
            try:
                return await ask()
            except (KafkaError, OSError) as error:
                if time.monotonic() > deadline or not (isinstance(error, OSError) or error.retriable):
                    raise NothingToTalkTo(
                        f"Kafka at {self._settings.bootstrap} does not tell what is committed ({type(error).__name__}: "
                        f"{error}): see whether all brokers run (bulletins kafka status)"
                    ) from error
                await asyncio.sleep(POLL_S)

    async def ends(self, topic: str) -> Offsets:
        """The end of each partition."""
        return (await self._log.whole(topic)).ends

    async def lag(self) -> list[LagRow]:
        """Every input partition of every stage."""
        rows = []
        for topic in INPUT_TOPICS:
            committed, span = await self.committed(topic), await self._log.whole(topic)
            rows += [
                LagRow(self._settings.group, topic, number, committed.get(number, span.starts[number]), end)
                for number, end in sorted(span.ends.items())
            ]
        return rows

    async def reach(self, topic: str, targets: Mapping[int, int], deadline: float) -> None:
        """Wait until the group has committed up to `targets`; raises TimeoutError at `deadline` (monotonic)."""
        while True:
            committed = await self.committed(topic)
            missing = [number for number, offset in targets.items() if committed.get(number, 0) < offset]
            if not missing:
                return
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"{topic} partitions {missing} are not processed; is a worker running? bulletins lag"
                )
            await asyncio.sleep(POLL_S)


@contextlib.asynccontextmanager
async def open_stand(settings: KafkaSettings) -> AsyncIterator[Stand]:
    """A `Stand` on the cluster of `settings`; raises NothingToTalkTo where no Kafka answers."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.bootstrap, request_timeout_ms=settings.request_timeout_ms)
    try:
        await admin.start()
    except (KafkaError, OSError) as error:
        await admin.close()
        raise NothingToTalkTo(
            f"no Kafka answers at {settings.bootstrap}: {error}; start it with: bulletins up"
        ) from error
    try:
        async with open_log(settings, committed_only=False) as log:
            yield Stand(settings, admin, log)
    finally:
        await admin.close()


def behind(rows: Sequence[LagRow]) -> int:
    """How many records of the topics between the stages are still to be processed."""
    return sum(row.lag_records for row in rows if row.topic in INTERNAL_TOPICS)


@contextlib.asynccontextmanager
async def telling(stand: Stand, tell: Callable[[Sequence[LagRow]], None] | None) -> AsyncIterator[None]:
    """Tell meanwhile, some times a second, where the stages stand."""

    async def go_on() -> None:
        while tell is not None:
            # Whoever waits meanwhile says himself that nothing answers.
            with contextlib.suppress(NothingToTalkTo, TopicMismatch, KafkaError, OSError):
                tell(await stand.lag())
            await asyncio.sleep(TELL_EVERY_S)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@dataclass
class _Targets:
    """How much of what is waited for is done, since it was first looked at."""

    wanted: Mapping[tuple[str, int], int]
    progress: Progress
    whole: int = 0

    def tell(self, rows: Sequence[LagRow]) -> None:
        left = sum(max(0, self.wanted.get((row.topic, row.partition), 0) - max(row.committed, 0)) for row in rows)
        self.whole = max(self.whole, left)
        self.progress(self.whole - left, self.whole, behind(rows))


async def wait_processed(
    settings: KafkaSettings,
    targets: Mapping[str, Mapping[int, int]],
    timeout_s: float,
    progress: Progress | None = None,
) -> None:
    """Return when every stage has committed past `targets` (offsets to reach, by first topic); raises TimeoutError."""
    deadline = time.monotonic() + timeout_s
    wanted = {(topic, number): offset for topic, offsets in targets.items() for number, offset in offsets.items()}
    told = None if progress is None else _Targets(wanted, progress)
    async with open_stand(settings) as stand, telling(stand, None if told is None else told.tell):
        for topic, offsets in targets.items():
            await stand.reach(topic, offsets, deadline)
        for topic in INTERNAL_TOPICS:
            await stand.reach(topic, await stand.ends(topic), deadline)
    if told is not None:
        told.progress(told.whole, told.whole, 0)
