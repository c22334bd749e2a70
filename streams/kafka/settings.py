"""What everything that talks to Kafka needs to know: where, under which names, with which limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from streams.catalog import GROUP
from streams.kafka.topic_list import DEFAULT_PARTITIONS, MAX_MESSAGE_BYTES, TopicNames


@dataclass(frozen=True)
class KafkaSettings:
    """One installation on one cluster, and the clients' limits; `state_dir` is this process' own."""

    bootstrap: str
    prefix: str = ""
    partitions: int = DEFAULT_PARTITIONS
    session_timeout_s: float = 10.0
    # A command's connection that fell silent is given up after it; stages have shorter limits of their own.
    request_timeout_ms: int = 15_000
    transaction_timeout_ms: int = 60_000
    max_request_bytes: int = MAX_MESSAGE_BYTES
    instance_id: str | None = None
    installation: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    state_dir: Path = Path(".bulletins")

    def partitions_of(self, topic: str) -> int:
        """How many partitions a topic has: the installation's number, but for what `rebuild` is there to mend."""
        return self.counts.get(topic, self.partitions)

    def topic(self, name: str) -> str:
        """A topic's full name in Kafka."""
        return TopicNames(self.prefix).full(name)

    def bare(self, topic: str) -> str:
        """A topic's name in the catalog."""
        return TopicNames(self.prefix).bare(topic)

    @property
    def group(self) -> str:
        """The consumer group of the stages."""
        return TopicNames(self.prefix).full(GROUP)

    def transactional_id(self, partition: int) -> str:
        """The id that only one owner of a partition number can hold."""
        return f"{self.group}-{partition}"
