"""One stage partition's rows on disk (RocksDB): a copy of its changelog up to an offset, and what was derived from it.

The changelog is the truth. The copy is written after the transaction that holds its rows has been committed, so it
never knows more than Kafka does; where it cannot be used (another version, another installation, broken files) it is
thrown away and made again from the changelog.
"""

import logging
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import DecodeError, Struct, json
from rocksdict import (
    BlockBasedIndexType,
    BlockBasedOptions,
    Cache,
    DBCompactionStyle,
    DBCompressionType,
    Options,
    Rdict,
    ReadOptions,
    WriteBatch,
    WriteBufferManager,
    WriteOptions,
)

from streams.errors import StateError

log = logging.getLogger(__name__)

FORMAT = 1
"""Raised whenever the shape of rows or of what is derived from them changes: older copies are made again."""

CHECKPOINT = b"\0checkpoint"
MEGABYTE = 1024 * 1024
# One worker may hold every partition of every stage: what they share bounds its memory, whatever their number.
READ_CACHE = Cache(32 * MEGABYTE)
WRITE_BUFFERS = WriteBufferManager(48 * MEGABYTE, False)
WRITE_BUFFER_BYTES = 8 * MEGABYTE

Write = tuple[bytes, bytes | None]


class Checkpoint(Struct, frozen=True):
    """What a copy is a copy of: the changelog of `installation` up to `offset`, as rows of `format`."""

    format: int
    installation: str
    offset: int


class Store:
    """Rows by key; raises StateError where the disk does not take or give them."""

    def __init__(self, folder: Path, installation: str) -> None:
        self._folder = folder
        self._installation = installation
        self._rows: Rdict | None = None

    def open(self) -> int:
        """Open the copy, or begin a new one; the changelog's offset up to which it goes."""
        try:
            offset = self._open()
            if offset is not None:
                return offset
            log.warning("%s is of another version or installation: made again from the changelog", self._folder)
        except Exception as error:
            if not _is_corrupt(error):
                raise self._error(error) from error
            log.warning("%s cannot be read (%s): made again from the changelog", self._folder, error)
        return self.begin_anew()

    def begin_anew(self) -> int:
        """Throw the copy away and begin with nothing; 0."""
        self.close()
        try:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._open()
        except Exception as error:
            raise self._error(error) from error
        return 0

    def _open(self) -> int | None:
        """The checkpoint's offset, 0 for a new copy, None for one of another version or installation."""
        self._folder.mkdir(parents=True, exist_ok=True)
        options = _options()
        # For the one column family too: else a copy that is there keeps the options, and the cache, it was made with.
        self._rows = Rdict(str(self._folder), options, column_families={"default": options})
        held = self._rows.get(CHECKPOINT)
        if held is None:
            return 0
        try:
            checkpoint = json.decode(held, type=Checkpoint)
        except DecodeError:
            return None
        wanted = (FORMAT, self._installation)
        return checkpoint.offset if (checkpoint.format, checkpoint.installation) == wanted else None

    @property
    def _held(self) -> Rdict:
        if self._rows is None:
            raise StateError(f"{self._folder} is not open; start the worker again")
        return self._rows

    def get(self, key: bytes) -> bytes | None:
        """A row's bytes, or None."""
        try:
            found: bytes | None = self._held.get(key)
        except StateError:
            raise
        except Exception as error:
            raise self._error(error) from error
        return found

    def keys(self, prefix: bytes) -> Iterator[bytes]:
        """The keys that begin so, in order; `prefix` ends in a byte below 255."""
        within = ReadOptions()
        within.set_iterate_upper_bound(prefix[:-1] + bytes((prefix[-1] + 1,)))
        rows = self._held.iter(within)
        rows.seek(prefix)
        while rows.valid():
            yield rows.key()
            rows.next()

    def write(self, rows: Iterable[Write], offset: int) -> None:
        """Put rows (None: take out) and the changelog's offset that they go up to, all or nothing."""
        batch = WriteBatch(raw_mode=True)
        for key, value in rows:
            if value is None:
                batch.delete(key)
            else:
                batch.put(key, value)
        batch.put(CHECKPOINT, json.encode(Checkpoint(FORMAT, self._installation, offset)))
        try:
            self._held.write(batch, WriteOptions())
        except StateError:
            raise
        except Exception as error:
            raise self._error(error) from error

    def close(self) -> None:
        """Let go of the files."""
        rows, self._rows = self._rows, None
        if rows is not None:
            try:
                rows.close()
            except Exception as error:  # noqa: BLE001 as above
                log.warning("%s was not closed in order (%s); its last rows come again from the changelog", self, error)

    def __str__(self) -> str:
        return f"state folder {self._folder}"

    def _error(self, error: Exception) -> StateError:
        return StateError(
            f"{self}: {error}; free disk space there, or set BULLETINS_HOME to a folder that can "
            "be written, and start the worker again: nothing is lost, the changelog has it all"
        )


def _options() -> Options:
    blocks = BlockBasedOptions()
    blocks.set_block_cache(READ_CACHE)
    blocks.set_bloom_filter(10, False)
    blocks.set_cache_index_and_filter_blocks(True)
    # Whole, those of a large file are larger than a shard of the cache (half a megabyte): read from disk for each row.
    blocks.set_index_type(BlockBasedIndexType.two_level_index_search())
    blocks.set_partition_filters(True)
    blocks.set_pin_top_level_index_and_filter(True)
    options = Options(raw_mode=True)
    options.create_if_missing(True)
    options.set_block_based_table_factory(blocks)
    options.set_write_buffer_manager(WRITE_BUFFERS)
    options.set_write_buffer_size(WRITE_BUFFER_BYTES)
    options.set_max_write_buffer_number(2)
    options.set_compression_type(DBCompressionType.lz4())
    options.set_compaction_style(DBCompactionStyle.universal())
    options.set_max_open_files(64)
    options.set_keep_log_file_num(2)
    options.set_max_total_wal_size(64 * MEGABYTE)
    return options


def _is_corrupt(error: Exception) -> bool:
    """Whether files are there but make no sense, so that only a new copy helps."""
    return any(word in str(error) for word in ("Corruption", "Invalid argument", "NotFound", "config"))
