"""What a stage wants sent: collected while messages are processed, sent in one transaction."""

from dataclasses import dataclass, field

from streams.kafka.cloudevents import Cause, Headers, headers

MAX_MESSAGE_BYTES = 7 * 1024 * 1024
"""Below the topics' `max.message.bytes`, with room for key, headers and framing."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a stage receives it; `topic` without prefix."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers

    def cause(self, correlation_id: str) -> Cause:
        """This message as the cause of another."""
        return Cause(correlation_id, self.topic, self.partition, self.offset)


@dataclass(frozen=True, slots=True)
class Output:
    """One message to send; `topic` without prefix, `partition` None to let the key decide by murmur2."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    partition: int | None = None


@dataclass(slots=True)
class Outputs:
    """The messages of one transaction, in order, and how many of each kind for the metrics."""

    messages: list[Output] = field(default_factory=list)

    def event(
        self,
        topic: str,
        key: str,
        value: bytes,
        *,
        event_type: str,
        event_id: str,
        cause: Cause | None,
        timestamp_ms: int,
        partition: int | None = None,
    ) -> None:
        """Add a message with CloudEvents headers; its subject is its key."""
        found = headers(event_type, event_id, key, cause, timestamp_ms)
        self.messages.append(Output(topic, key.encode(), value, found, partition))

    def row(self, topic: str, partition: int, key: str, value: bytes) -> None:
        """Add a state row to a changelog."""
        self.messages.append(Output(topic, key.encode(), value, (), partition))
