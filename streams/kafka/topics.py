"""One installation's topics in a Kafka: made where they are missing, checked against its record, described."""

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from streams import catalog
from streams.errors import NothingToTalkTo, SetupError, TopicMismatch
from streams.kafka.installation import Installation, read_record, write_record
from streams.kafka.topic_list import (
    COMPARED,
    DEFAULT_PARTITIONS,
    RECORD,
    TOPICS,
    Difference,
    Topic,
    TopicNames,
    differences,
)

LEADERS_S = 30.0
RECORD_S = 10.0
POLL_S = 0.05
BROKERS_DEFAULT = -1

# Leaders of the partitions of each topic that exists, by its name without prefix.
Leaders = Mapping[str, Sequence[int]]
Settings = dict[str, str]
# What is asked of Kafka; aiokafka wants a mapping and reads its keys.
SETTINGS = dict.fromkeys(COMPARED)


@dataclass(frozen=True, slots=True)
class TopicsReport:
    """What `ensure_topics` made and found; names without prefix, in the order of `TOPICS`."""

    partitions: int
    created: tuple[str, ...]
    existing: tuple[str, ...]
    differing: tuple[Difference, ...]


async def ensure_topics(bootstrap: str, prefix: str = "", partitions: int | None = None) -> TopicsReport:
    """All topics of this installation exist and have leaders; what is missing is made, nothing else is changed.

    `partitions` counts only for a new installation (null: 6); later it must be the recorded one, or null. Raises
    TopicMismatch where the record, the wish and the topics disagree, NothingToTalkTo where no Kafka answers.
    """
    names = TopicNames(prefix)
    async with open_admin(bootstrap) as admin:
        before = await leaders_of(admin, names)
        created: set[str] = set()
        if RECORD.name not in before:
            created = await _create(admin, names, [RECORD], 1)
            await _wait_for_leaders(admin, names, [RECORD])
        recorded = await _agree(bootstrap, names, partitions, before, first=RECORD.name in created)
        count = recorded.partitions
        # Another start may have made topics meanwhile.
        before = await leaders_of(admin, names)
        _refuse_loss(recorded, before)
        created |= await _create(admin, names, [topic for topic in TOPICS if topic.name not in before], count)
        _refuse_other_counts(await _wait_for_leaders(admin, names, TOPICS), count)
        complete = tuple(topic.name for topic in TOPICS)
        if recorded.topics != complete:
            await write_record(bootstrap, names, msgspec.structs.replace(recorded, topics=complete))
        settings = await settings_of(admin, names, TOPICS)
    return TopicsReport(
        partitions=count,
        created=tuple(topic.name for topic in TOPICS if topic.name in created),
        existing=tuple(topic.name for topic in TOPICS if topic.name not in created),
        differing=tuple(row for topic in TOPICS for row in differences(topic, settings[topic.name])),
    )


async def make_topics(bootstrap: str, names: TopicNames, count: int) -> None:
    """Make what is missing with a number of partitions, whatever the record says."""
    async with open_admin(bootstrap) as admin:
        before = await leaders_of(admin, names)
        await _create(admin, names, [topic for topic in TOPICS if topic.name not in before], count)
        _refuse_other_counts(await _wait_for_leaders(admin, names, TOPICS), count)


async def delete_topics(admin: AIOKafkaAdminClient, wanted: Iterable[str]) -> int:
    """Delete those of the topics, by full name, that there are, and wait until Kafka no longer tells of them."""
    gone = sorted(set(wanted) & set(await admin.list_topics()))
    if gone:
        await admin.delete_topics(gone)
    async with asyncio.timeout(LEADERS_S):
        while not set(gone).isdisjoint(await admin.list_topics()):  # noqa: ASYNC110 Kafka calls nobody back
            await asyncio.sleep(POLL_S)
    return len(gone)


async def find_installation(bootstrap: str, prefix: str = "") -> Installation:
    """The installation's record; raises TopicMismatch where topics are missing, NothingToTalkTo where Kafka is."""
    names = TopicNames(prefix)
    async with open_admin(bootstrap) as admin:
        leaders = await leaders_of(admin, names)
        recorded = await read_record(bootstrap, names) if RECORD.name in leaders else None
    if recorded is not None and recorded.promoting:
        raise TopicMismatch(
            "A second generation is taking the place of this one, or died while it did: `bulletins rebuild --promote` "
            "goes on with it; start workers when it is done."
        )
    if recorded is not None:
        _refuse_loss(recorded, leaders)
        _refuse_other_counts(leaders, recorded.partitions)
    missing = [topic.name for topic in TOPICS if topic.name not in leaders]
    if recorded is None or missing:
        raise TopicMismatch(f"topics are missing: {', '.join(missing)}; create them with: bulletins topics --create")
    return recorded


@contextlib.asynccontextmanager
async def open_admin(bootstrap: str) -> AsyncIterator[AIOKafkaAdminClient]:
    """A client for topics; raises NothingToTalkTo where no Kafka answers."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await admin.start()
        yield admin
    except (KafkaError, OSError, TimeoutError) as error:
        raise NothingToTalkTo(
            f"No Kafka answers at {bootstrap} ({type(error).__name__}: {error}): start it (`bulletins up`), "
            "or mend BULLETINS_KAFKA."
        ) from error
    finally:
        await admin.close()


async def _create(admin: AIOKafkaAdminClient, names: TopicNames, topics: Iterable[Topic], count: int) -> set[str]:
    """Names of the topics that this call created; those that exist, or that another call created first, are left."""
    wanted = [
        # The brokers' own default of replicas: one here, three on a cluster that says so. Kafka takes -1 for it since
        # 2.4; aiokafka lets it through only beside an empty assignment.
        NewTopic(names.full(topic.name), topic.partitions or count, BROKERS_DEFAULT, {}, topic.settings_at_creation())
        for topic in topics
    ]
    if not wanted:
        return set()
    created = set()
    response: Any = await admin.create_topics(wanted)
    for full, code, message in response.topic_errors:
        if code == 0:
            created.add(names.bare(full))
        # aiokafka raises nothing here, whatever the broker says.
        elif code != TopicAlreadyExistsError.errno:
            raise SetupError(
                f"Kafka does not create the topic {full} ({for_code(code).__name__}: {message}): "
                "ask whoever runs it for the right to create topics, or to create this one."
            )
    return created


async def _agree(bootstrap: str, names: TopicNames, wish: int | None, before: Leaders, *, first: bool) -> Installation:
    """The installation's record; whoever created its topic (`first`) writes it."""
    deadline = time.monotonic() + (0 if first else RECORD_S)
    recorded = await read_record(bootstrap, names)
    while recorded is None and time.monotonic() < deadline:
        await asyncio.sleep(POLL_S)
        recorded = await read_record(bootstrap, names)
    if recorded is None:
        # New, or its first start died before it wrote this, or somebody else made the topics, with their own number.
        given = len(before.get(catalog.BULLETINS, ())) or DEFAULT_PARTITIONS
        recorded = Installation(partitions=given if wish is None else wish, id=uuid.uuid4().hex)
        _refuse_other_counts(before, recorded.partitions)
        await write_record(bootstrap, names, recorded)
    if recorded.format > catalog.FORMAT_VERSION:
        raise TopicMismatch(
            f"The topics hold records of version {recorded.format} and this program knows {catalog.FORMAT_VERSION}: "
            "install the version of bulletin-streams that wrote them, or a later one."
        )
    if wish not in (None, recorded.partitions):
        raise TopicMismatch(
            f"This installation was made with {recorded.partitions} partitions, not {wish}: ask for none, "
            "or start a second installation under another BULLETINS_PREFIX."
        )
    return recorded


async def leaders_of(admin: AIOKafkaAdminClient, names: TopicNames) -> Leaders:
    """The leaders of the partitions of each of our topics that exists, -1 for none."""
    ours = {names.full(topic.name): topic.name for topic in TOPICS}
    # All topics, since asking for one by name may create it where the cluster does so by itself.
    return {
        ours[row["topic"]]: [partition["leader"] for partition in row["partitions"]]
        for row in await admin.describe_topics()
        if row["topic"] in ours
    }


async def _wait_for_leaders(admin: AIOKafkaAdminClient, names: TopicNames, topics: Iterable[Topic]) -> Leaders:
    """The leaders of all our topics once those of `topics` are complete; a new topic takes a moment."""
    wanted = {topic.name for topic in topics}
    deadline = time.monotonic() + LEADERS_S
    while True:
        leaders = await leaders_of(admin, names)
        without = sorted(name for name in wanted if min(leaders.get(name, ()), default=-1) < 0)
        if not without:
            return leaders
        if time.monotonic() > deadline:
            raise NothingToTalkTo(
                f"Kafka has no leader for {', '.join(map(names.full, without))} after {LEADERS_S:.0f} s: "
                "see whether all its brokers run."
            )
        await asyncio.sleep(POLL_S)


def _refuse_loss(recorded: Installation, leaders: Leaders) -> None:
    """Raises TopicMismatch where a topic is gone that the installation once had: made anew it would look empty."""
    gone = [name for name in recorded.topics if name not in leaders]
    if catalog.BULLETINS in gone:
        raise TopicMismatch(
            "The topic bulletins is gone, and with it the source of truth: restore it from a copy of the cluster, or "
            "start a new installation under another BULLETINS_PREFIX and publish the bulletins there."
        )
    if gone:
        raise TopicMismatch(
            f"Topics of this installation are gone: {', '.join(gone)}. No worker may go on without them; "
            "`bulletins rebuild --promote` makes them again from the log of bulletins."
        )


def _refuse_other_counts(leaders: Leaders, count: int) -> None:
    """Raises TopicMismatch where a topic has another number of partitions than the installation."""
    wrong = [
        f"{topic.name} has {len(leaders[topic.name])}"
        for topic in TOPICS
        if topic.name in leaders and len(leaders[topic.name]) != (topic.partitions or count)
    ]
    if wrong:
        raise TopicMismatch(
            f"This installation was made with {count} partitions for each topic, but {', '.join(wrong)}: "
            "start a second installation under another BULLETINS_PREFIX; no worker may run on these."
        )


async def settings_of(admin: AIOKafkaAdminClient, names: TopicNames, topics: Iterable[Topic]) -> dict[str, Settings]:
    """The settings in force of each topic, those of `SETTINGS`."""
    wanted = [ConfigResource(ConfigResourceType.TOPIC, names.full(topic.name), SETTINGS) for topic in topics]
    responses: list[Any] = await admin.describe_configs(wanted) if wanted else []
    found = {}
    for code, message, _, full, entries in (row for response in responses for row in response.resources):
        if code != 0:
            raise SetupError(
                f"Kafka does not tell the settings of {full} ({for_code(code).__name__}: {message}): "
                "ask whoever runs it for the right to describe topics."
            )
        found[names.bare(full)] = {entry[0]: entry[1] for entry in entries}
    return found
