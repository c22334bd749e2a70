"""Faust's consumer, taught three things: partitions move together, offsets are committed inside the stages' own
transactions, and transaction markers at a partition's end are no lag.

Why: Faust without tables assigns topics round-robin, so that `rereads` 3 would not follow `bulletins` 3; its commits
are neither fenced nor atomic with the outputs; and it commits the last message, below a transaction's end marker.
The overridden methods are Faust's own seams, held by the pinned version and by `tests/integration/test_transport.py`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import aiokafka
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

POLL_S = 0.1
"""How soon an idle partition's position is looked at; Faust itself would wait a second."""

CaughtUp = Callable[[str, int, int, int], None]
"""Called with topic, partition, the offset after the last message delivered, and the position past all markers."""


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
            auto_offset_reset="earliest",
            max_poll_records=conf.broker_max_poll_records,
            max_poll_interval_ms=int(conf.broker_max_poll_interval * 1000),
            max_partition_fetch_bytes=conf.consumer_max_fetch_size,
            fetch_max_wait_ms=500,
            request_timeout_ms=int(conf.broker_request_timeout * 1000),
            session_timeout_ms=int(conf.broker_session_timeout * 1000),
            rebalance_timeout_ms=int(conf.broker_rebalance_timeout * 1000),
            heartbeat_interval_ms=int(conf.broker_heartbeat_interval * 1000),
            isolation_level="read_uncommitted",
            metadata_max_age_ms=conf.consumer_metadata_max_age_ms,
            connections_max_idle_ms=conf.consumer_connections_max_idle_ms,
        )


class StageConsumer(driver.Consumer):
    """Faust's consumer without commits of its own; tells where each idle partition's position stands."""

    logger = driver.logger

    caught_up: CaughtUp | None = None
    _thread: StageConsumerThread

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._delivered: dict[TP, int] = {}

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Take an assignment; positions start anew from what is committed."""
        self._delivered.clear()
        await super().on_partitions_assigned(assigned, generation_id)

    def _new_consumer_thread(self) -> StageConsumerThread:
        return StageConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        """Stages commit offsets in the transaction of their outputs; Faust only forgets what was acked."""
        return True

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Progress is judged by committed offsets (`streams.kafka.health`), not by Faust's commits."""

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ASYNC109 as Faust calls it
        """Records, as Faust fetches them. Everything an earlier call gave has been delivered when this one begins."""
        records = await super()._getmany(active_partitions, min(timeout, POLL_S))
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


class StageTransport(driver.Transport):
    """Faust's aiokafka transport with `StageConsumer`."""

    Consumer = StageConsumer
