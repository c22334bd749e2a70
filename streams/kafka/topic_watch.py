"""A running worker's look at its topics: one that is gone ends the worker with the remedy."""

import asyncio
import logging
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import UnknownTopicOrPartitionError

from streams.errors import NothingToTalkTo
from streams.kafka.settings import KafkaSettings
from streams.kafka.topic_list import TOPICS
from streams.kafka.topics import find_installation, open_admin

log = logging.getLogger(__name__)

LOOK_EVERY_S = 3.0
ONE_SETTING = {"cleanup.policy": ""}


async def watch_topics(settings: KafkaSettings) -> None:
    """Look until cancelled; raises TopicMismatch once two looks on end miss a topic.

    Clients say nothing of a topic that is gone: a consumer waits for it, a producer only when it has something to say.
    """
    missed = 0
    while True:
        try:
            async with open_admin(settings.bootstrap) as admin:
                while True:
                    missed = missed + 1 if await _misses_any(admin, settings) else 0
                    if missed > 1:
                        await find_installation(settings.bootstrap, settings.prefix)
                    await asyncio.sleep(LOOK_EVERY_S)
        except NothingToTalkTo as error:
            log.warning("the topics could not be looked at: %s", error)
            await asyncio.sleep(LOOK_EVERY_S)


async def _misses_any(admin: AIOKafkaAdminClient, settings: KafkaSettings) -> bool:
    """Whether a topic is gone. Its settings are asked for, since asking for its partitions may create it anew."""
    wanted = [ConfigResource(ConfigResourceType.TOPIC, settings.topic(topic.name), ONE_SETTING) for topic in TOPICS]
    responses: list[Any] = await admin.describe_configs(wanted)
    codes = [row[0] for response in responses for row in response.resources]
    return UnknownTopicOrPartitionError.errno in codes
