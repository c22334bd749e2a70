"""Bulletins to be read again, or by another partition: the whole record in `rereads`, with where it stands in the log.

The bytes travel along, so that the reading worker needs no second consumer seeking through `bulletins`.
"""

from streams.catalog import BULLETINS, REREADS
from streams.extraction.stage import Origin
from streams.kafka.cloudevents import Headers, header
from streams.kafka.outputs import Incoming, Output

PARTITION = "reread.partition"
OFFSET = "reread.offset"
TIMESTAMP = "reread.timestamp-ms"
OWN = (PARTITION, OFFSET, TIMESTAMP)


def reread(message: Incoming, partition: int | None = None) -> Output:
    """The request to read a record of `bulletins` or `rereads` again: on a partition, else where its key belongs."""
    origin = origin_of(message)
    found: Headers = (
        *(each for each in message.headers if each[0] not in OWN),
        (PARTITION, str(origin.partition).encode()),
        (OFFSET, str(origin.offset).encode()),
        (TIMESTAMP, str(origin.timestamp_ms).encode()),
    )
    return Output(REREADS, message.key, message.value, found, partition)


def origin_of(message: Incoming) -> Origin:
    """Where the bulletin of a message stands in `bulletins`, whichever of the two topics it came through.

    Raises ValueError for a message of `rereads` that does not say so.
    """
    if message.topic != REREADS:
        return Origin(BULLETINS, message.partition, message.offset, message.timestamp_ms)
    told = header(message.headers, PARTITION)
    partition = int(told) if told else message.partition
    offset, timestamp_ms = header(message.headers, OFFSET), header(message.headers, TIMESTAMP)
    return Origin(BULLETINS, partition, int(offset), int(timestamp_ms))
