"""Dead letters: what could not be processed, byte for byte, with headers that say where and why."""

from datetime import UTC, datetime

from streams.catalog import DEAD_LETTERS
from streams.extraction.reader import extractor_version
from streams.kafka.outputs import Incoming, Output, Outputs
from streams.metrics import Metrics


def dead_letter(message: Incoming, stage: str, error: Exception) -> Output:
    """The message as it came, on the partition it came from, with `error.*` headers added.

    A repeat is known by `error.topic`, `error.partition` and `error.offset`.
    """
    told = {
        "error.stage": stage,
        "error.class": type(error).__name__,
        "error.message": str(error)[:2000],
        "error.topic": message.topic,
        "error.partition": str(message.partition),
        "error.offset": str(message.offset),
        "error.at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "error.version": extractor_version(),
    }
    added = tuple((name, text.encode(errors="replace")) for name, text in told.items())
    return Output(DEAD_LETTERS, message.key, message.value, (*message.headers, *added), message.partition)


def poison(stage: str, message: Incoming, error: Exception, out: Outputs, metrics: Metrics) -> None:
    """Put away an internal record that no stage of this project can have written well: a bug to be looked at."""
    out.messages.append(dead_letter(message, stage, error))
    metrics.dead_letter(stage, error)
    metrics.poisoned.labels(stage).inc()
