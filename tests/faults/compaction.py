"""Compaction forced, so that a test sees what a topic holds after it."""

import asyncio
import time

from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from streams import catalog
from streams.kafka.log import Log, Span, open_log
from streams.kafka.outputs import Incoming, Output
from streams.kafka.publishing import open_publisher
from streams.kafka.topic_list import MAX_MESSAGE_BYTES
from streams.kafka.topics import open_admin
from tests.faults.campaigns import EVENT_TOPICS
from tests.installation import Installation

CHANGELOGS = (catalog.READ_STATE, catalog.RECONCILE_STATE, catalog.TALLY_STATE)


async def compacted(installation: Installation, within_s: float = 90.0) -> None:
    """Force compaction of the event topics, the daily figures and the changelogs, and wait until it has happened."""
    settings = installation.settings
    topics = [settings.topic(name) for name in (*EVENT_TOPICS, catalog.DAILY_FIGURES, *CHANGELOGS)]
    soon = {
        "cleanup.policy": "compact",
        "max.message.bytes": str(MAX_MESSAGE_BYTES),
        "min.compaction.lag.ms": "0",
        "max.compaction.lag.ms": "100",
        "segment.ms": "100",
        "min.cleanable.dirty.ratio": "0.001",
    }
    async with open_admin(settings.bootstrap) as admin:
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, soon) for topic in topics])
    async with open_log(settings) as log:
        spans = {topic: await log.whole(topic) for topic in EVENT_TOPICS}
        before = await _held(log, spans)
        deadline = time.monotonic() + within_s
        while await _held(log, spans) >= before:
            assert time.monotonic() < deadline, "nothing was compacted"
            # A segment is closed, and so can be compacted, only when the next record comes.
            await nudged(installation)
            await asyncio.sleep(1)


async def _held(log: Log, spans: dict[str, Span]) -> int:
    """How many messages of spans are there."""
    return sum([1 for topic, span in spans.items() async for _ in log.scan(topic, span)])


async def nudged(installation: Installation) -> None:
    """Write again, to every partition of the event topics, the record that stands last."""
    settings = installation.settings
    async with open_log(settings) as log, open_publisher(settings) as publisher:
        for topic in EVENT_TOPICS:
            last: dict[int, Incoming] = {}
            async for message in log.scan(topic, await log.whole(topic)):
                last[message.partition] = message
            for message in last.values():
                await publisher.send(Output(topic, message.key, message.value, message.headers, message.partition))
