"""Header names that are no UTF-8, read as Kafka's own Java client reads them: U+FFFD for what cannot be decoded.

Kafka keeps a name as bytes and C and Go clients send any. aiokafka 0.14 raises on such a name inside of its fetcher, at
each fetch anew: one such record in `bulletins` would end every worker, and `verify` and `replay`, for good. The name
is nobody's matter here, so the record is read like any other.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import _MemoryRecordsPy


def allow_any_header_name() -> None:
    """Have every consumer of this process read such records; done again it changes nothing."""
    fetcher.MemoryRecords = _Records  # type: ignore[attr-defined]


class _Lenient(bytearray):
    """Bytes whose slices decode whatever they hold."""

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return _Lenient(found) if isinstance(index, slice) else found

    def decode(self, encoding: str = "utf-8", errors: str = "replace") -> str:
        return super().decode(encoding, errors)


class _Batch:
    """A batch as aiokafka parses it in C, and from a record on that it cannot parse, in Python."""

    def __init__(self, batch: Any, raw: memoryview) -> None:
        self._batch = batch
        self._raw = raw

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __next__(self) -> Any:
        return next(self._batch)

    def __iter__(self) -> Iterator[Any]:
        done = 0
        try:
            for record in self._batch:
                done += 1
                yield record
        except UnicodeDecodeError:
            patient = _DefaultRecordBatchPy(self._raw)
            patient._maybe_uncompress()
            patient._buffer = _Lenient(patient._buffer)
            yield from islice(patient, done, None)


class _Records:
    """A fetch's batches."""

    def __init__(self, data: bytes) -> None:
        self._records = _MemoryRecordsPy(data)

    def size_in_bytes(self) -> int:
        """Bytes in all."""
        return self._records.size_in_bytes()

    def has_next(self) -> bool:
        """Whether a whole batch is left."""
        return self._records.has_next()

    def next_batch(self) -> Any:
        """The next batch."""
        raw = self._records._next_slice
        batch = self._records.next_batch()
        return batch if raw is None else _Batch(batch, raw)
