"""The same stages in a plain aiokafka loop: state in memory only, offsets committed after outputs, no transactions.

Run as a program: `python -m tests.benchmarks.plain_child BOOTSTRAP PREFIX PARTITIONS`. What it lacks beside the product
is all that makes a crash harmless; it shows what the transport alone costs.
"""

import asyncio
import gc
import sys
from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.structs import ConsumerRecord

from streams.cli import COLLECTED_SELDOM
from streams.kafka.log import incoming
from streams.kafka.outputs import Outputs
from streams.kafka.settings import KafkaSettings
from streams.kafka.stages import STAGES, Stage
from streams.metrics import Metrics
from streams.rows import MemoryTables

WAIT_MS = 20
RECORDS = 50
FETCH_BYTES = 64 * 1024
STAGE_OF = {topic: stage for stage in STAGES for topic in stage.inputs}

Records = Mapping[TopicPartition, list[ConsumerRecord[bytes, bytes]]]


class Loop:
    """One process over all partitions."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._metrics = Metrics()
        self._stages: dict[tuple[str, int], Stage] = {}

    async def run(self) -> None:
        """Work until killed."""
        settings = self._settings
        consumer = AIOKafkaConsumer(
            *(settings.topic(topic) for topic in STAGE_OF),
            bootstrap_servers=settings.bootstrap,
            group_id=settings.group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            partition_assignment_strategy=[RangePartitionAssignor],
            max_partition_fetch_bytes=FETCH_BYTES,
        )
        producer = AIOKafkaProducer(
            bootstrap_servers=settings.bootstrap,
            enable_idempotence=True,
            compression_type="zstd",
            max_request_size=settings.max_request_bytes,
        )
        async with consumer, producer:
            while True:
                records = await consumer.getmany(timeout_ms=WAIT_MS, max_records=RECORDS)
                if records:
                    await self._publish(producer, self._process(records))
                    await consumer.commit({each: found[-1].offset + 1 for each, found in records.items()})

    def _process(self, records: Records) -> Outputs:
        out = Outputs()
        touched: dict[int, Stage] = {}
        for place, found in records.items():
            topic = self._settings.bare(place.topic)
            stage = self._stage(topic, place.partition)
            touched[id(stage)] = stage
            for record in found:
                stage.process(incoming(topic, record), out)
        for stage in touched.values():
            stage.finish(out)
        return out

    def _stage(self, topic: str, partition: int) -> Stage:
        kind = STAGE_OF[topic]
        place = (kind.name, partition)
        if place not in self._stages:
            self._stages[place] = kind(partition, self._settings.partitions, self._metrics, MemoryTables())
        return self._stages[place]

    async def _publish(self, producer: AIOKafkaProducer, out: Outputs) -> None:
        sent = [
            await producer.send(
                self._settings.topic(each.topic),
                value=each.value,
                key=each.key,
                partition=each.partition,
                headers=list(each.headers),
            )
            for each in out.messages
        ]
        await asyncio.gather(*sent)


if __name__ == "__main__":
    gc.set_threshold(*COLLECTED_SELDOM)
    bootstrap, prefix, partitions = sys.argv[1:4]
    asyncio.run(Loop(KafkaSettings(bootstrap, prefix, int(partitions))).run())
