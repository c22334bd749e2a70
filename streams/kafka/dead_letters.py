"""Dead letters: what could not be processed, byte for byte, with headers that say where and why, and what became of it.

A letter is never deleted. That its bulletin could be read after all, or that somebody has dismissed it as junk, is one
more message of the same origin with `error.mended` or `error.dismissed`; the newest message of an origin says how it
stands.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from streams.catalog import DEAD_LETTERS
from streams.extraction.reader import extractor_version
from streams.kafka.cloudevents import Headers
from streams.kafka.outputs import MAX_MESSAGE_BYTES, Incoming, Output, Outputs
from streams.metrics import Metrics

FIRST = "error.stage"
"""The first of our headers; what stands before the last one of this name came with the message."""
MENDED = "error.mended"
DISMISSED = "error.dismissed"
LEFT_OUT = "error.bytes-left-out"


def dead_letter(message: Incoming, stage: str, error: Exception) -> Output:
    """The message as it came, on the partition it came from, with `error.*` headers added.

    A repeat is known by `error.topic`, `error.partition` and `error.offset`. What is too large for one message more
    stays where `error.topic` keeps it; the letter then has nothing of it but its size, in `error.bytes-left-out`.
    """
    told = {"error.class": type(error).__name__, "error.message": str(error)[:2000]}
    return _letter(message, stage, told)


def mended(message: Incoming, stage: str) -> Output:
    """The message that a bulletin with a dead letter could be read after all."""
    return _letter(message, stage, {MENDED: _now()})


def closed(letter: Incoming, why: str) -> Output:
    """A dead letter, read back from its topic, once more: with `why`, MENDED or DISMISSED."""
    found = (*letter.headers, (why, _now().encode()))
    return Output(DEAD_LETTERS, letter.key, letter.value, found, letter.partition)


def told_by(headers: Headers) -> Mapping[str, str]:
    """Our own headers of a dead letter, without those that the message had when it came; empty where none are ours."""
    names = [name for name, _ in headers]
    if FIRST not in names:
        return {}
    own = headers[len(names) - 1 - names[::-1].index(FIRST) :]
    return {name: (value or b"").decode(errors="replace") for name, value in own}


def _letter(message: Incoming, stage: str, told: Mapping[str, str]) -> Output:
    told = {
        FIRST: stage,
        **told,
        "error.topic": message.topic,
        "error.partition": str(message.partition),
        "error.offset": str(message.offset),
        "error.at": _now(),
        "error.version": extractor_version(),
    }
    size = message.size
    if size > MAX_MESSAGE_BYTES:
        told[LEFT_OUT] = str(size)
        return Output(DEAD_LETTERS, None, None, _encoded(told), message.partition)
    return Output(DEAD_LETTERS, message.key, message.value, (*message.headers, *_encoded(told)), message.partition)


def _encoded(told: Mapping[str, str]) -> Headers:
    return tuple((name, text.encode(errors="replace")) for name, text in told.items())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def poison(stage: str, message: Incoming, error: Exception, out: Outputs, metrics: Metrics) -> None:
    """Put away an internal record that no stage of this project can have written well: a bug to be looked at."""
    out.messages.append(dead_letter(message, stage, error))
    metrics.dead_letter(stage, error)
    metrics.poisoned.labels(stage).inc()
