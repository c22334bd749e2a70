"""The list of topics says what the contract says, and a prefix goes in front of all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams import catalog
from streams.errors import UsageError
from streams.kafka.topic_list import DAY_MS, INTERNAL, PUBLIC, RECORD, TOPICS, Difference, TopicNames, differences

FOR_EVER = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}
THIRTY_DAYS = {"cleanup.policy": "delete", "retention.ms": str(30 * DAY_MS), "retention.bytes": "-1"}
EVENTS = {"cleanup.policy": "compact", "min.compaction.lag.ms": str(30 * DAY_MS)}
COMPACTED = {"cleanup.policy": "compact", "min.compaction.lag.ms": "0"}

CONTRACT = {
    "bulletins": FOR_EVER,
    "bulletin-items": THIRTY_DAYS,
    "strikes": EVENTS,
    "military-personnel": EVENTS,
    "diplomacy": EVENTS,
    "other-items": THIRTY_DAYS,
    "daily-figures": COMPACTED,
    "dead-letters": FOR_EVER,
}

prefixes = st.from_regex(r"[A-Za-z0-9._-]{0,20}", fullmatch=True)
names = st.sampled_from([topic.name for topic in TOPICS])


def test_public_topics_are_kept_as_the_contract_says() -> None:
    kept = {topic.name: dict(topic.settings()) for topic in PUBLIC}
    for settings in kept.values():
        assert settings.pop("max.message.bytes") == str(8 * 1024 * 1024)
    assert kept == CONTRACT


def test_no_topic_is_listed_twice() -> None:
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)


def test_only_the_record_has_a_partition_count_of_its_own() -> None:
    assert [topic for topic in TOPICS if topic.partitions is not None] == [RECORD]
    assert RECORD.partitions == 1


def test_every_stage_has_a_compacted_changelog() -> None:
    internal = {topic.name: topic for topic in INTERNAL}
    assert all(internal[f"{stage}-state"].cleanup == "compact" for stage in catalog.STAGES)


@given(prefix=prefixes, name=names)
def test_a_name_comes_back_from_kafka_as_it_went(prefix: str, name: str) -> None:
    topics = TopicNames(prefix)
    assert topics.full(name) == prefix + name
    assert topics.bare(topics.full(name)) == name


def test_a_name_of_another_installation_is_not_ours() -> None:
    with pytest.raises(ValueError, match="other-strikes"):
        TopicNames("mine-").bare("other-strikes")


@pytest.mark.parametrize("prefix", ["é", "a/b", "with space", "x" * 201, "line\n"])
def test_a_prefix_that_kafka_would_refuse_is_a_usage_error(prefix: str) -> None:
    with pytest.raises(UsageError, match="BULLETINS_PREFIX"):
        TopicNames(prefix)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_a_topic_as_created_does_not_differ(topic) -> None:
    assert differences(topic, topic.settings_at_creation()) == ()


def test_each_setting_that_differs_is_named_with_both_values() -> None:
    bulletins = PUBLIC[0]
    found = {**bulletins.settings(), "retention.ms": "604800000", "segment.bytes": "1"}
    del found["cleanup.policy"]
    assert differences(bulletins, found) == (
        Difference("bulletins", "cleanup.policy", "delete", "unknown"),
        Difference("bulletins", "retention.ms", "-1", "604800000"),
    )
