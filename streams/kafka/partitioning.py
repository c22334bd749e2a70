"""Where a key goes: murmur2, as Kafka's Java client places it."""

from aiokafka.partitioner import murmur2


def partition_of(key: bytes, partitions: int) -> int:
    """The partition of `key` among `partitions`."""
    return int((murmur2(key) & 0x7FFFFFFF) % partitions)
