"""Bulletins to be read again, or by another partition: the whole record in `rereads`, with where it stands in the log.

The bytes travel along, so that the reading worker needs no second consumer seeking through `bulletins`.
"""

from dataclasses import replace

from streams.catalog import BULLETINS, REREADS
from streams.extraction.stage import Origin
from streams.kafka.cloudevents import Headers
from streams.kafka.outputs import MAX_MESSAGE_BYTES, Incoming, Output

PARTITION = "reread.partition"
OFFSET = "reread.offset"
TIMESTAMP = "reread.timestamp-ms"
LETTER = "reread.letter"
LEFT_OUT = "reread.bytes-left-out"


def reread(message: Incoming, partition: int | None = None, *, has_letter: bool = False) -> Output:
    """The request to read a record of `bulletins` or `rereads` again: on a partition, else where its key belongs.

    `has_letter` where an open dead letter speaks of it, which is mended once it is read. A record too large for one
    message more is asked for without what it holds: it can only be refused.
    """
    origin, record = origin_of(message), received(message)
    found: Headers = (
        (PARTITION, str(origin.partition).encode()),
        (OFFSET, str(origin.offset).encode()),
        (TIMESTAMP, str(origin.timestamp_ms).encode()),
        *(((LETTER, b"1"),) if has_letter or asked_for_letter(message) else ()),
    )
    if record.size > MAX_MESSAGE_BYTES:
        return Output(REREADS, None, None, (*found, (LEFT_OUT, str(record.size).encode())), partition)
    return Output(REREADS, record.key, record.value, (*record.headers, *found), partition)


def origin_of(message: Incoming) -> Origin:
    """Where the bulletin of a message stands in `bulletins`, whichever of the two topics it came through.

    Raises ValueError for a message of `rereads` that does not say so.
    """
    if message.topic != REREADS:
        return Origin(BULLETINS, message.partition, message.offset, message.timestamp_ms)
    told = _own(message)
    partition = int(told[PARTITION]) if PARTITION in told else message.partition
    return Origin(BULLETINS, partition, int(told.get(OFFSET, b"")), int(told.get(TIMESTAMP, b"")))


def received(message: Incoming) -> Incoming:
    """The record as it stands in `bulletins`, whichever of the two topics its message came through."""
    if message.topic != REREADS:
        return message
    origin, told = origin_of(message), _own(message)
    return replace(
        message,
        topic=origin.topic,
        partition=origin.partition,
        offset=origin.offset,
        timestamp_ms=origin.timestamp_ms,
        headers=message.headers[: len(message.headers) - len(told)],
        left_out_bytes=int(told.get(LEFT_OUT, b"0")),
    )


def asked_for_letter(message: Incoming) -> bool:
    """Whether an open dead letter was the reason to read it again."""
    return message.topic == REREADS and LETTER in _own(message)


def _own(message: Incoming) -> dict[str, bytes]:
    """The headers that `reread` put behind those that came with the record, which may have the same names."""
    names = [name for name, _ in message.headers]
    # The first version told no partition.
    first = next((each for each in (PARTITION, OFFSET) if each in names), None)
    if first is None:
        return {}
    own = message.headers[len(names) - 1 - names[::-1].index(first) :]
    return {name: value or b"" for name, value in own}
