"""Faust's consumer, taught six things: partitions move together, offsets are committed inside the stages' own
transactions, transaction markers at a partition's end are no lag, what a rebalance drops is fetched again, an
offset that the log no longer holds is an error, and what is acknowledged is forgotten.

Why: Faust without tables assigns topics round-robin, so that `rereads` 3 would not follow `bulletins` 3; its commits
are neither fenced nor atomic with the outputs; it commits the last message, below a transaction's end marker; and
its consumer would go on elsewhere without a word where an offset is gone; it keeps every acknowledged offset for
commits of its own, in which markers between offsets hold it up.
The overridden methods are Faust's own seams, held by the pinned version, `tests/integration/test_transport.py` and
`tests/unit/test_acknowledging.py`.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import aiokafka
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import (
    ConsumerStoppedError,
    IllegalStateError,
    KafkaError,
    NoOffsetForPartitionError,
    OffsetOutOfRangeError,
)
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, Message

POLL_S = 0.1
"""How soon an idle partition's position is looked at; Faust itself would wait a second."""

FETCH_BYTES = 64 * 1024
"""Of one partition at a time. All that one fetch brings is delivered before the next: with megabytes of bulletins to
catch up on, nothing would come of what is already read for minutes. A larger record comes nevertheless."""

CaughtUp = Callable[[str, int, int, int], None]
"""Called with topic, partition, the offset after the last message delivered, and the position past all markers."""

Lost = Callable[[str, int, int, int, int], None]
"""Called with topic, partition, the offset to be read, and the first and last offsets that are there."""

Failed = Callable[[Exception], None]
"""Called with what keeps the consumer from reading on; Faust alone would log it and stand still."""


class StageConsumerThread(driver.AIOKafkaConsumerThread):
    """The consumer's thread, with an assignor under which equal partition numbers stay together."""

    logger = driver.logger

    def _create_worker_consumer(self, transport: driver.Transport) -> aiokafka.AIOKafkaConsumer:
        conf = self.app.conf
        return aiokafka.AIOKafkaConsumer(
            client_id=conf.broker_client_id,
            group_id=conf.id,
            group_instance_id=conf.consumer_group_instance_id,
            bootstrap_servers=driver.server_list(transport.url, transport.default_port),
            partition_assignment_strategy=[RangePartitionAssignor],
            enable_auto_commit=False,
            auto_offset_reset="none",
            max_poll_records=conf.broker_max_poll_records,
            max_poll_interval_ms=int(conf.broker_max_poll_interval * 1000),
            max_partition_fetch_bytes=FETCH_BYTES,
            fetch_max_wait_ms=500,
            request_timeout_ms=int(conf.broker_request_timeout * 1000),
            session_timeout_ms=int(conf.broker_session_timeout * 1000),
            rebalance_timeout_ms=int(conf.broker_rebalance_timeout * 1000),
            heartbeat_interval_ms=int(conf.broker_heartbeat_interval * 1000),
            isolation_level="read_committed",
            metadata_max_age_ms=conf.consumer_metadata_max_age_ms,
            connections_max_idle_ms=conf.consumer_connections_max_idle_ms,
        )

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go back to what is committed, and where nothing is to the beginning.

        aiokafka leaves a partition without a committed offset where it is: past records that were fetched and, in a
        rebalance, dropped by Faust, which nobody would ever process.
        """
        consumer = self._ensure_consumer()
        committed: Mapping[TP, int] = await super().seek_to_committed()
        nothing = [tp for tp, offset in committed.items() if offset is None or offset < 0]
        if nothing:
            await self.call_thread(consumer.seek_to_beginning, *nothing)
        for tp, offset in committed.items():
            if offset == 0:
                await self.call_thread(self._seek_to, consumer, tp, offset)
        return committed

    async def _seek_to(self, consumer: aiokafka.AIOKafkaConsumer, tp: TP, offset: int) -> None:
        consumer.seek(tp, offset)

    async def begin(self, tp: TP) -> None:
        """Read a partition of which nothing was ever committed from its first record."""
        # A partition that has moved on meanwhile is another worker's to begin.
        with suppress(IllegalStateError):
            await self.call_thread(self._ensure_consumer().seek_to_beginning, tp)


class StageConsumer(driver.Consumer):
    """Faust's consumer without commits of its own; tells where each idle partition's position stands."""

    logger = driver.logger

    caught_up: CaughtUp | None = None
    lost: Lost | None = None
    failed: Failed | None = None
    _thread: StageConsumerThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._delivered: dict[TP, int] = {}
        self._assignments = 0
        self._sought = 0

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Take an assignment; positions start anew from what is committed."""
        self._assignments += 1
        self._delivered.clear()
        await super().on_partitions_assigned(assigned, generation_id)

    def _new_consumer_thread(self) -> StageConsumerThread:
        return StageConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def ack(self, message: Message) -> bool:
        """Forget a message whose outputs are with the broker; its offset was committed with them.

        Faust would keep the offset until it commits it itself, which markers between offsets keep it from for ever.
        """
        if message.acked:
            return False
        message.acked = True
        self._unacked_messages.discard(message)
        return True

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Gaps between offsets concern only who commits by them."""

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Progress is judged by committed offsets (`streams.kafka.health`), not by Faust's commits."""

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ASYNC109 as Faust calls it
        """Records, as Faust fetches them. Everything an earlier call gave has been delivered when this one begins."""
        if self._sought != self._assignments:
            await self._seek_again()
            return {}
        try:
            records = await super()._getmany(active_partitions, min(timeout, POLL_S))
        except NoOffsetForPartitionError as error:
            await self._thread.begin(error.args[0])
            return {}
        except OffsetOutOfRangeError as error:
            await self._lost(error.args[0])
            return {}
        except (asyncio.CancelledError, ConsumerStoppedError):
            raise
        except Exception as error:
            if self.failed is None:
                raise
            self.failed(error)
            return {}
        assignment = self._thread._ensure_consumer()._subscription.subscription.assignment
        if assignment is None or not self.flow_active:
            return records
        for tp in assignment.tps:
            if records.get(tp):
                self._delivered[tp] = records[tp][-1].offset + 1
            elif self.caught_up is not None:
                position = assignment.state_value(tp)._position
                if position is not None:
                    self.caught_up(tp.topic, tp.partition, self._delivered.get(tp, -1), position)
        return records

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go back to what is committed, and remember for which assignment that was done."""
        assignments = self._assignments
        committed = await super().seek_to_committed()
        self._sought = assignments
        return committed

    async def _seek_again(self) -> None:
        """Do what Faust did not wait for or gave up: it reads on where a rebalance dropped what it had fetched."""
        try:
            await self.perform_seek()
        except (IllegalStateError, KafkaError) as error:
            self.log.warning("not back at what is committed yet: %s", error)
            await asyncio.sleep(POLL_S)

    async def _lost(self, positions: Mapping[TP, int]) -> None:
        """Tell what the log no longer holds of what was to be read."""
        for tp, position in positions.items():
            starts, ends = await self.earliest_offsets(tp), await self.highwaters(tp)
            if self.lost is not None and not starts[tp] <= position <= ends[tp]:
                self.lost(tp.topic, tp.partition, position, starts[tp], ends[tp])
        await asyncio.sleep(POLL_S)


class StageTransport(driver.Transport):
    """Faust's aiokafka transport with `StageConsumer`."""

    Consumer = StageConsumer
