"""What a stage wants sent: collected while messages are processed, sent in one transaction."""

from dataclasses import dataclass, field

from streams.kafka.cloudevents import Cause, Headers, headers

MAX_MESSAGE_BYTES = 7 * 1024 * 1024
"""Below the topics' `max.message.bytes`, with room for key, headers and framing."""

NULL = object()
"""Stands for a null value on its way to aiokafka, whose `send` refuses a message with neither key nor value."""


def serialized(value: object) -> object:
    """The `value_serializer` of every producer that passes on what others wrote."""
    return None if value is NULL else value


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a stage receives it; `topic` without prefix.

    `left_out_bytes` is its size where it was too large to be sent on: then it has neither key, value nor headers.
    """

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    left_out_bytes: int = 0

    @property
    def size(self) -> int:
        """Bytes of its key, value and headers."""
        if self.left_out_bytes:
            return self.left_out_bytes
        own = sum(len(name.encode()) + len(value or b"") for name, value in self.headers)
        return len(self.key or b"") + len(self.value or b"") + own

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
