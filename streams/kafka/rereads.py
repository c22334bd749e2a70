"""Bulletins to be read again: the whole record in `rereads`, with headers that say where it stands in the log.

The bytes travel along, so that the reading worker needs no second consumer seeking through `bulletins`.
"""

from streams.catalog import BULLETINS, REREADS
from streams.extraction.stage import Origin
from streams.kafka.cloudevents import Headers, header
from streams.kafka.outputs import Incoming, Output

OFFSET = "reread.offset"
TIMESTAMP = "reread.timestamp-ms"


def reread(message: Incoming) -> Output:
    """The request to read a record of `bulletins` again, on the same partition of `rereads`."""
    found: Headers = (
        *message.headers,
        (OFFSET, str(message.offset).encode()),
        (TIMESTAMP, str(message.timestamp_ms).encode()),
    )
    return Output(REREADS, message.key, message.value, found, message.partition)


def origin_of(message: Incoming) -> Origin:
    """Where the bulletin of a message stands in `bulletins`, whichever of the two topics it came through.

    Raises ValueError for a message of `rereads` that does not say so.
    """
    if message.topic != REREADS:
        return Origin(BULLETINS, message.partition, message.offset, message.timestamp_ms)
    offset, timestamp_ms = header(message.headers, OFFSET), header(message.headers, TIMESTAMP)
    return Origin(BULLETINS, message.partition, int(offset), int(timestamp_ms))
