"""Topics are made as the contract says, what differs is reported and left, and other partition counts are refused."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from streams.errors import NothingToTalkTo, TopicMismatch
from streams.kafka.topic_list import DAY_MS, RECORD, TOPICS, Difference
from streams.kafka.topic_states import TopicState, describe_topics
from streams.kafka.topics import ensure_topics, find_installation

ALL = tuple(topic.name for topic in TOPICS)


@pytest.fixture
async def admin(kafka: str) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await client.start()
    yield client
    await client.close()


async def make(admin: AIOKafkaAdminClient, *topics: NewTopic) -> None:
    """Creates topics as somebody else would, and waits until the broker tells of them."""
    await admin.create_topics(list(topics))
    await wait_until_told(admin, {topic.name: topic.num_partitions for topic in topics})


async def wait_until_told(admin: AIOKafkaAdminClient, counts: dict[str, int]) -> None:
    async with asyncio.timeout(10):
        while True:
            told = {row["topic"]: len(row["partitions"]) for row in await admin.describe_topics()}
            if all(told.get(name, 0) == count for name, count in counts.items()):
                return


async def test_a_new_installation_gets_every_topic_once(kafka: str, prefix: str) -> None:
    first = await ensure_topics(kafka, prefix)
    assert (first.partitions, first.created, first.existing, first.differing) == (6, ALL, (), ())
    second = await ensure_topics(kafka, prefix)
    assert (second.partitions, second.created, second.existing, second.differing) == (6, (), ALL, ())


async def test_topics_are_described_as_they_are(kafka: str, prefix: str) -> None:
    assert {state.partitions for state in await describe_topics(kafka, prefix)} == {0}
    await ensure_topics(kafka, prefix, partitions=2)
    async with AIOKafkaProducer(bootstrap_servers=kafka) as producer:
        for partition in (0, 1, 1):
            await producer.send_and_wait(f"{prefix}bulletins", b"{}", partition=partition)

    states = {state.name: state for state in await describe_topics(kafka, prefix)}
    assert tuple(states) == ALL
    assert states["bulletins"] == TopicState("bulletins", 2, 3, "delete", retention_ms=-1)
    assert states["other-items"] == TopicState("other-items", 2, 0, "delete", retention_ms=30 * DAY_MS)
    assert states["strikes"] == TopicState("strikes", 2, 0, "compact", compaction_lag_ms=30 * DAY_MS)
    assert states["installation"] == TopicState("installation", 1, 2, "compact", compaction_lag_ms=0)


async def test_a_topic_that_differs_is_reported_and_left(kafka: str, prefix: str, admin: AIOKafkaAdminClient) -> None:
    other = {"cleanup.policy": "delete", "max.message.bytes": "1000000", "retention.ms": "1000"}
    await make(admin, NewTopic(f"{prefix}strikes", 2, 1, topic_configs=other))
    for _ in range(2):
        report = await ensure_topics(kafka, prefix, partitions=2)
        assert "strikes" in report.existing
        assert report.differing == (
            Difference("strikes", "cleanup.policy", "compact", "delete"),
            Difference("strikes", "max.message.bytes", "8388608", "1000000"),
            Difference("strikes", "min.compaction.lag.ms", str(30 * DAY_MS), "0"),
        )


async def test_a_topic_with_another_partition_count_is_refused(
    kafka: str, prefix: str, admin: AIOKafkaAdminClient
) -> None:
    await ensure_topics(kafka, prefix, partitions=2)
    await admin.delete_topics([f"{prefix}reports"])
    await wait_until_told(admin, {f"{prefix}reports": 0})
    await make(admin, NewTopic(f"{prefix}reports", 3, 1))
    with pytest.raises(TopicMismatch, match=r"with 2 partitions.*reports has 3.*another BULLETINS_PREFIX"):
        await ensure_topics(kafka, prefix)


async def test_another_wish_than_the_recorded_count_is_refused(kafka: str, prefix: str) -> None:
    await ensure_topics(kafka, prefix, partitions=2)
    with pytest.raises(TopicMismatch, match="made with 2 partitions, not 3"):
        await ensure_topics(kafka, prefix, partitions=3)
    assert (await ensure_topics(kafka, prefix)).partitions == 2


async def test_two_first_starts_with_different_wishes_agree_on_one(kafka: str, prefix: str) -> None:
    answers = await asyncio.gather(
        *(ensure_topics(kafka, prefix, partitions=count) for count in (2, 3, 2, 3)), return_exceptions=True
    )
    agreed = (await ensure_topics(kafka, prefix)).partitions
    refused = [answer for answer in answers if isinstance(answer, TopicMismatch)]
    assert len(refused) == 2
    assert {answer.partitions for answer in answers if answer not in refused} == {agreed}


async def test_topics_that_somebody_made_beforehand_set_the_count(
    kafka: str, prefix: str, admin: AIOKafkaAdminClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.kafka.topics.RECORD_S", 0.0)
    await make(admin, *(NewTopic(prefix + topic.name, topic.partitions or 4, 1) for topic in TOPICS))
    report = await ensure_topics(kafka, prefix)
    assert (report.partitions, report.created) == (4, ())
    assert RECORD.name in {row.topic for row in report.differing}


async def test_without_kafka_the_operator_is_told_to_start_it(prefix: str) -> None:
    with pytest.raises(NothingToTalkTo, match="bulletins up"):
        await ensure_topics("127.0.0.1:9", prefix)


async def test_a_topic_that_is_gone_is_not_made_again_in_silence(
    kafka: str, prefix: str, admin: AIOKafkaAdminClient
) -> None:
    await ensure_topics(kafka, prefix, partitions=2)
    await admin.delete_topics([f"{prefix}reconcile-state"])
    await wait_until_told(admin, {f"{prefix}reconcile-state": 0})
    for asked in (ensure_topics, find_installation):
        with pytest.raises(TopicMismatch, match=r"gone: reconcile-state.*rebuild --promote"):
            await asked(kafka, prefix)
    await admin.delete_topics([f"{prefix}bulletins"])
    await wait_until_told(admin, {f"{prefix}bulletins": 0})
    with pytest.raises(TopicMismatch, match=r"bulletins is gone.*restore it"):
        await ensure_topics(kafka, prefix)
