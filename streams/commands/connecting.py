"""From a person's settings to a Kafka that answers."""

import asyncio

from streams.errors import NothingToTalkTo
from streams.kafka.embedded import find
from streams.kafka.settings import KafkaSettings
from streams.kafka.topics import find_installation
from streams.settings import Settings


async def kafka_settings(settings: Settings, *, instance_id: str | None = None) -> KafkaSettings:
    """Where Kafka is and how many partitions this installation has.

    Raises NothingToTalkTo where none runs (after up to a minute where one is starting), TopicMismatch where the
    installation's topics are not all there.
    """
    bootstrap = await bootstrap_of(settings)
    installation = await find_installation(bootstrap, settings.prefix)
    return KafkaSettings(
        bootstrap,
        settings.prefix,
        installation.partitions,
        session_timeout_s=settings.session_timeout_s,
        instance_id=instance_id,
        installation=installation.id,
        state_dir=settings.home,
    )


async def bootstrap_of(settings: Settings) -> str:
    """Bootstrap servers: those given, else the embedded Kafka's of this home."""
    if settings.kafka is not None:
        return settings.kafka
    found = await asyncio.to_thread(find, settings.home)
    if found is None:
        raise NothingToTalkTo(f"no Kafka is running: `bulletins up` (looked in {settings.home.absolute()})")
    return found
