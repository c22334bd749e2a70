"""Headers of the CloudEvents 1.0 Kafka binding, binary mode; by the deterministic `ce_id` repeats can be dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from streams.catalog import SOURCE

Headers = Sequence[tuple[str, bytes | None]]
"""As Kafka has them: a name may come twice, a value may be null."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Where a message comes from: the bulletin it speaks of and the message that made it."""

    correlation_id: str
    topic: str
    partition: int
    offset: int


def headers(event_type: str, event_id: str, subject: str, cause: Cause | None, timestamp_ms: int) -> Headers:
    """The headers of one message; `timestamp_ms` is its cause's time, so that a repeat has the same headers."""
    found: list[tuple[str, bytes | None]] = [
        ("ce_specversion", b"1.0"),
        ("ce_id", event_id.encode()),
        ("ce_source", SOURCE.encode()),
        ("ce_type", event_type.encode()),
        ("ce_time", _rfc3339(timestamp_ms)),
        ("ce_subject", subject.encode()),
        ("content-type", b"application/json"),
    ]
    if cause is not None:
        found.append(("ce_correlationid", cause.correlation_id.encode()))
        found.append(("ce_causationid", f"{cause.topic}/{cause.partition}/{cause.offset}".encode()))
    return found


def header(found: Headers | Mapping[str, bytes] | None, name: str) -> str:
    """The text of one header, empty where it is missing."""
    pairs = found.items() if isinstance(found, Mapping) else (found or ())
    return next((value.decode(errors="replace") for key, value in pairs if key == name and value is not None), "")


def _rfc3339(timestamp_ms: int) -> bytes:
    moment = datetime.fromtimestamp(timestamp_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z").encode()
