"""The Faust application: one agent for each stage over raw bytes, partitions opened and closed as they move.

Agents run with concurrency 1 and `noack`: a message is acknowledged when the transaction with its outputs has been
committed. Whatever goes wrong beyond one bulletin ends the worker (`failed`): its successor starts from what is
committed, and no half-known state is carried on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

import faust
from faust.types import TP
from yarl import URL

from streams.errors import BulletinStreamsError, StateError
from streams.kafka.losses import Loss
from streams.kafka.outputs import Incoming
from streams.kafka.owned_partition import OwnedPartition
from streams.kafka.pace import Pace
from streams.kafka.read_stage import ReadStage
from streams.kafka.settings import KafkaSettings
from streams.kafka.stages import STAGES
from streams.kafka.transport import StageConsumer, StageTransport
from streams.metrics import Metrics, lag_records

log = logging.getLogger(__name__)

METADATA_AGE_S = 5.0
"""A leader that joined before the broker told it of any topic assigns nothing, until it looks again."""

JOIN_ROOM_S = 5.0
"""A request to join is answered only when all have joined, or the time to do so is over."""

REVOKE_FLUSH_S = 5.0
CLOSE_WITHIN_S = 10.0


class StreamsWorker:
    """One worker of the group: the Faust app, its partitions, and whether all is well."""

    def __init__(self, settings: KafkaSettings, metrics: Metrics) -> None:
        self.settings = settings
        self.metrics = metrics
        self.failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._partitions: dict[int, OwnedPartition] = {}
        self._tasks: dict[int, list[asyncio.Task[None]]] = {}
        self._generation = -1
        self._assigned = False
        # What a stage is given before a rebalance comes again after it.
        self._turn = 0
        self._pace = Pace()
        self._pacing: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()
        self.app = self._build()

    def _build(self) -> faust.App:
        settings = self.settings
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        servers = [URL(f"aiokafka://{server.strip()}") for server in settings.bootstrap.split(",")]
        app = faust.App(
            settings.group,
            broker=servers,
            autodiscover=False,
            topic_allow_declare=False,
            topic_disable_leader=True,
            topic_partitions=settings.partitions,
            broker_session_timeout=settings.session_timeout_s,
            broker_heartbeat_interval=settings.session_timeout_s / 4,
            broker_rebalance_timeout=settings.session_timeout_s * 2,
            broker_max_poll_interval=300.0,
            broker_commit_interval=1.0,
            broker_request_timeout=2 * settings.session_timeout_s + JOIN_ROOM_S,
            consumer_metadata_max_age_ms=round(METADATA_AGE_S * 1000),
            consumer_group_instance_id=settings.instance_id,
            # What is processed is published by `_flush`; Faust would wait for what a lost partition never acknowledges.
            stream_wait_empty=False,
            store=URL("memory://"),
            datadir=settings.state_dir / "faust",
            loghandlers=[],
            web_enabled=False,
        )
        app.transport = StageTransport(url=servers, app=app, loop=app.loop)
        for stage in STAGES:
            topic = app.topic(
                *(settings.topic(name) for name in stage.inputs),
                key_type=bytes,
                value_type=bytes,
                key_serializer="raw",
                value_serializer="raw",
                allow_empty=True,
            )
            app.agent(topic, name=f"{settings.prefix}{stage.name}", concurrency=1)(self._agent())
        app.on_partitions_revoked.connect(self._on_revoked)
        app.on_partitions_assigned.connect(cast(Any, self._on_assigned))
        return app

    def _agent(self) -> Callable[[Any], Awaitable[None]]:
        async def process(stream: Any) -> None:
            try:
                async for event in stream.noack().events():
                    await self._take(stream, event)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 Faust would swallow it and restart the agent behind a lost message
                self._fail(error)

        return process

    async def _take(self, stream: Any, event: Any) -> None:
        message = event.message
        turn = self._turn
        # Faust begins to deliver while partitions of the last assignment are still being closed.
        await self._settled.wait()
        home = self._partitions.get(message.partition)
        if home is None or turn != self._turn:
            return
        await home.opened()
        incoming = Incoming(
            topic=self.settings.bare(message.topic),
            partition=message.partition,
            offset=message.offset,
            timestamp_ms=round(message.timestamp * 1000),
            key=message.key,
            value=message.value,
            headers=tuple(message.headers or ()),
        )
        await home.process(incoming, lambda: stream.ack(event))

    async def start(self) -> None:
        """Join the group and begin to work."""
        self._pacing = asyncio.create_task(self._pace.watch(self._waiting))
        self.app.finalize()
        await self.app.start()
        consumer = self.app.consumer
        assert isinstance(consumer, StageConsumer)
        consumer.caught_up = self._caught_up
        consumer.lost = self._lost
        consumer.failed = self._fail

    async def stop(self) -> None:
        """Publish what is processed, leave the group."""
        self._assigned = False
        await self._flush(list(self._partitions))
        await self._close(list(self._partitions))
        await self.app.stop()
        if self._pacing is not None:
            self._pacing.cancel()

    @property
    def ready(self) -> bool:
        """Whether this worker has its assignment and every partition's state."""
        return self._assigned and all(home.is_open for home in self._partitions.values())

    def standing(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Committed offset and end of every input partition whose end is known, by topic and partition."""
        found: dict[tuple[str, int], tuple[int, int]] = {}
        for tp in self.app.consumer.assignment() if self._assigned else ():
            topic = self.settings.bare(tp.topic)
            home = self._partitions.get(tp.partition)
            end = self.app.consumer.highwater(tp)
            if home is not None and end is not None:
                found[topic, tp.partition] = (home.committed(topic), end)
        return found

    def _waiting(self) -> int:
        """How many records of bulletins, first read or read again, are not committed yet."""
        return sum(
            lag_records(committed, end)
            for (topic, _), (committed, end) in self.standing().items()
            if topic in ReadStage.inputs
        )

    def _caught_up(self, topic: str, partition: int, delivered: int, position: int) -> None:
        home = self._partitions.get(partition)
        if home is not None and home.is_open:
            home.caught_up(self.settings.bare(topic), delivered, position)

    def _lost(self, topic: str, partition: int, position: int, start: int, end: int) -> None:
        self._fail(Loss(self.settings.bare(topic), partition, position, start, end).error())

    async def _on_revoked(self, *_: Any, **__: Any) -> None:
        self._assigned = False
        self._turn += 1
        self._settled.clear()
        self.metrics.ready.set(0)
        # An id that is taken late would fence whoever has the partition by then.
        await self._close([number for number, home in self._partitions.items() if not home.is_claimed])
        await self._flush(list(self._partitions))

    async def _on_assigned(self, _: Any, assigned: set[TP], **__: Any) -> None:
        """Keep what stays ours without a gap in membership, close the rest, open what is new."""
        numbers = {
            topic: {tp.partition for tp in assigned if tp.topic == topic} for topic in {tp.topic for tp in assigned}
        }
        wanted = set().union(*numbers.values())
        if any(each != wanted for each in numbers.values()):
            self._fail(StateError("its topics have different partitions; see what is wrong with: bulletins doctor"))
            return
        generation = self.app.consumer_generation_id
        unbroken = generation in (self._generation, self._generation + 1)
        self._generation = generation
        await self._close([number for number in self._partitions if number not in wanted or not unbroken])
        for number in sorted(wanted - self._partitions.keys()):
            self._open(number)
        self._assigned = True
        self._settled.set()

    def _open(self, partition: int) -> None:
        home = OwnedPartition(partition, self.settings, self.metrics)
        self._partitions[partition] = home
        self._tasks[partition] = [
            asyncio.create_task(self._guard(home.open())),
            asyncio.create_task(self._guard(home.run(self._pace.pause_s))),
        ]

    async def _guard(self, work: Awaitable[None]) -> None:
        try:
            await work
            self.metrics.ready.set(int(self.ready))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 any failure of a partition ends the worker
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        if not self.failed.done():
            expected = isinstance(error, BulletinStreamsError)
            log.critical("this worker ends: %s: %s", type(error).__name__, error, exc_info=None if expected else error)
            # A partition whose transaction failed must not publish what came after it.
            self._partitions.clear()
            self._assigned = False
            self.failed.set_exception(error)

    async def _flush(self, partitions: list[int]) -> None:
        homes = [self._partitions[number] for number in partitions if self._partitions[number].is_open]
        try:
            async with asyncio.timeout(REVOKE_FLUSH_S):
                await asyncio.gather(*(home.publish() for home in homes))
        except TimeoutError:
            log.warning("outputs were not published in %s s; the next owner processes them again", REVOKE_FLUSH_S)
            # That may be this worker: it then begins from what is committed.
            await self._close([number for number, home in self._partitions.items() if not home.is_open])
        except Exception as error:  # noqa: BLE001 see _guard
            self._fail(error)

    async def _close(self, partitions: list[int]) -> None:
        for number in partitions:
            home = self._partitions.pop(number, None)
            if home is None:
                # A failure has let go of all partitions meanwhile: the worker ends.
                return
            await home.close()
            tasks = self._tasks.pop(number)
            for task in tasks:
                task.cancel()
            if (await asyncio.wait(tasks, timeout=CLOSE_WITHIN_S))[1]:
                self._fail(StateError(f"partition {number} does not end; start the worker again"))
            home.release()
