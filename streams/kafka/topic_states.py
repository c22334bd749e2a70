"""What an installation's topics are like now; changes nothing."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.kafka.topic_list import TOPICS, Difference, Topic, TopicNames, differences
from streams.kafka.topics import Leaders, Settings, leaders_of, open_admin, settings_of


@dataclass(frozen=True, slots=True)
class TopicState:
    """One topic as it is; no partitions where it does not exist.

    `records` counts offsets, so also the ends of transactions and what compaction has taken out. Retention (of
    `delete`) and lag (of `compact`) are milliseconds, -1 for ever, null where the clean-up is of the other kind.
    """

    name: str
    partitions: int = 0
    records: int = 0
    cleanup: str | None = None
    retention_ms: int | None = None
    compaction_lag_ms: int | None = None
    differing: tuple[Difference, ...] = ()


async def describe_topics(bootstrap: str, prefix: str = "") -> tuple[TopicState, ...]:
    """Every topic that this installation has or should have, in the order of `TOPICS`; changes nothing."""
    names = TopicNames(prefix)
    async with open_admin(bootstrap) as admin:
        leaders = await leaders_of(admin, names)
        settings = await settings_of(admin, names, [topic for topic in TOPICS if topic.name in leaders])
        records = await _records(bootstrap, names, leaders)
    return tuple(
        _state(topic, len(leaders.get(topic.name, ())), records.get(topic.name, 0), settings.get(topic.name))
        for topic in TOPICS
    )


async def _records(bootstrap: str, names: TopicNames, leaders: Leaders) -> dict[str, int]:
    """How many offsets each topic holds."""
    where = [TopicPartition(names.full(name), number) for name, row in leaders.items() for number in range(len(row))]
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
        # Else each of the two requests waits for metadata, topic by topic.
        consumer.assign(where)
        first, end = await asyncio.gather(consumer.beginning_offsets(where), consumer.end_offsets(where))
    held = Counter[str]()
    for partition in where:
        held[names.bare(partition.topic)] += end[partition] - first[partition]
    return held


def _state(topic: Topic, partitions: int, records: int, settings: Settings | None) -> TopicState:
    if settings is None:
        return TopicState(topic.name)
    cleanup = settings["cleanup.policy"]
    return TopicState(
        name=topic.name,
        partitions=partitions,
        records=records,
        cleanup=cleanup,
        retention_ms=int(settings["retention.ms"]) if "delete" in cleanup else None,
        compaction_lag_ms=int(settings["min.compaction.lag.ms"]) if "compact" in cleanup else None,
        differing=differences(topic, settings),
    )
