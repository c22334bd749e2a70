"""The record of an installation: one message that says what its topics are like, read before anything else."""

import asyncio

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from streams import catalog
from streams.errors import NothingToTalkTo
from streams.kafka.log import close
from streams.kafka.topic_list import INSTALLATION, TopicNames

ANSWERED_WITHIN_S = 30.0


class Installation(msgspec.Struct, frozen=True):
    """The one record of the topic `installation`: partitions of every topic, and the version of the stored shapes.

    `id` tells it from one that had its name before, and its state from that of an earlier generation; `topics` are
    those that it once had complete. While `promoting` a second generation takes its place, and no worker may run.
    """

    partitions: int
    format: int = catalog.FORMAT_VERSION
    id: str = ""
    topics: tuple[str, ...] = ()
    promoting: bool = False


async def read_record(bootstrap: str, names: TopicNames) -> Installation | None:
    """The record in force, which is the last; null where none is written yet."""
    where = TopicPartition(names.full(INSTALLATION), 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    try:
        async with asyncio.timeout(ANSWERED_WITHIN_S):
            await consumer.start()
            consumer.assign([where])
            end = (await consumer.end_offsets([where]))[where]
            record = None
            while await consumer.position(where) < end:
                record = await consumer.getone()
    except TimeoutError as error:
        raise NothingToTalkTo(
            f"{bootstrap} does not give the installation's record within {ANSWERED_WITHIN_S:.0f} s: see whether all "
            "brokers run (bulletins kafka status)"
        ) from error
    finally:
        await close(consumer)
    return None if record is None else msgspec.json.decode(record.value or b"", type=Installation)


async def write_record(bootstrap: str, names: TopicNames, installation: Installation) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        value = msgspec.json.encode(installation)
        await producer.send_and_wait(names.full(INSTALLATION), value, key=INSTALLATION.encode(), partition=0)
