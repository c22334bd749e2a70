"""What the stages do for each bulletin, counted: messages, bytes, calls. Without Kafka, in batches of one size.

The same on every machine, so that a regression is seen in `make test` (`tests/integration/test_counts.py`).
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from schemas.records import Bulletin
from streams import catalog
from streams.extraction.reader import read
from streams.kafka.outputs import Incoming, Output, Outputs
from streams.kafka.partitioning import partition_of
from streams.kafka.stages import STAGES
from streams.kafka.store import Store
from streams.kafka.tables import StoredTables
from streams.metrics import Metrics
from tests.benchmarks.bulletins import Newsrooms
from tests.benchmarks.measuring import output_of
from tests.benchmarks.rows import ROOT

PARTITIONS = 3
WARMING_SEED = 99
BATCH = 20
"""How many messages a transaction of the stages holds here; about as many as with a full log."""

CODECS = frozenset({"dumps", "loads", "to_builtins", "convert", "Encoder.encode", "Decoder.decode", "encode", "decode"})
PARTS = {
    "shell": ("streams/kafka/", "schemas/", "streams/metrics.py"),
    "reading": ("streams/reading/", "streams/languages/", "streams/extraction/", "streams/intake/"),
    "reconciling": ("streams/reconciling/", "streams/figures/", "streams/rows.py", "streams/naming.py"),
}


class Counts:
    """Messages by stage; messages and bytes by topic (keys, values and headers, not compressed); calls by part."""

    def __init__(self) -> None:
        self.processed = Counter[str]()
        self.messages = Counter[str]()
        self.bytes = Counter[str]()
        self.calls = Counter[str]()
        self.figures: dict[str, bytes] = {}

    def sent(self, output: Output) -> None:
        """Count one message."""
        own = sum(len(name) + len(value or b"") for name, value in output.headers)
        self.messages[output.topic] += 1
        self.bytes[output.topic] += len(output.key or b"") + len(output.value or b"") + own

    def called(self, frame: FrameType, event: str, what: Any) -> None:
        """Count one call, for `sys.setprofile`."""
        if event == "call":
            self.calls[_part(frame.f_code.co_filename)] += 1
        elif event == "c_call" and what.__qualname__ in CODECS and "str" not in type(what.__self__).__name__:
            self.calls["codecs"] += 1


def _part(file: str, known: dict[str, str] = {}) -> str:  # noqa: B006 one table for the whole run
    if file not in known:
        name = file.removeprefix(f"{ROOT}/")
        known[file] = next((part for part, paths in PARTS.items() if name.startswith(paths)), "other")
    return known[file]


@contextmanager
def _counted_calls(counts: Counts) -> Iterator[None]:
    sys.setprofile(counts.called)
    try:
        yield
    finally:
        sys.setprofile(None)


class Line:
    """The stages one after the other, each partition's messages in batches."""

    def __init__(self, folder: Path) -> None:
        self.counts = Counts()
        self._waiting: dict[str, dict[int, list[Incoming]]] = defaultdict(lambda: defaultdict(list))
        self._ends = Counter[tuple[str, int]]()
        self._stages: dict[tuple[str, int], tuple[Any, StoredTables]] = {}
        metrics = Metrics()
        for stage in STAGES:
            for partition in range(PARTITIONS):
                store = Store(folder / f"{stage.name}-{partition}", "")
                store.open()
                tables = StoredTables(store)
                self._stages[stage.name, partition] = stage(partition, PARTITIONS, metrics, tables), tables

    def run(self, bulletins: Sequence[Bulletin]) -> Counts:
        """Everything that `bulletins` lead to; the reader has read others before."""
        for each in Newsrooms(WARMING_SEED).bulletins(50):
            read(each)
        for each in bulletins:
            self._take(output_of(each))
        for stage in STAGES:
            for topic in stage.inputs:
                for partition in range(PARTITIONS):
                    messages = self._waiting[topic][partition]
                    for start in range(0, len(messages), BATCH):
                        self._batch(stage.name, partition, messages[start : start + BATCH])
        return self.counts

    def _batch(self, name: str, partition: int, messages: Sequence[Incoming]) -> None:
        stage, tables = self._stages[name, partition]
        out = Outputs()
        with _counted_calls(self.counts):
            for message in messages:
                stage.process(message, out)
            stage.finish(out)
            rows = tables.send()
        for key, value in rows:
            out.row(stage.state_topic, partition, key, value)
        changelog = self._ends[stage.state_topic, partition] + len(rows)
        tables.settle(changelog)
        self.counts.processed[name] += len(messages)
        for output in out.messages:
            self.counts.sent(output)
            self._take(output)

    def _take(self, output: Output) -> None:
        partition = partition_of(output.key or b"", PARTITIONS) if output.partition is None else output.partition
        offset = self._ends[output.topic, partition]
        self._ends[output.topic, partition] += 1
        if output.topic == catalog.DAILY_FIGURES:
            self.counts.figures[(output.key or b"").decode()] = output.value or b""
        self._waiting[output.topic][partition].append(
            Incoming(output.topic, partition, offset, 0, output.key, output.value, tuple(output.headers))
        )
