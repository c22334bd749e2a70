"""What a worker or server tells Prometheus, named as Prometheus' conventions ask."""

import time
from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from schemas.records import Bulletin, Event, Item

NAMESPACE = "bulletin_streams"
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


def lag_records(committed: int, end: int) -> int:
    """Records still to be processed; nothing committed is -1, and an end that was asked for earlier may lie below."""
    return max(0, end - max(committed, 0))


class Metrics:
    """One process' metrics on a registry of its own; `show` is called with what `loaded` gives, whenever it changes."""

    def __init__(self, show: Callable[[int, int], None] | None = None) -> None:
        self._show = show
        self.registry = CollectorRegistry()
        self._newest_ms = 0
        self._loaded: dict[tuple[str, int], tuple[int, int]] = {}
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.bulletins = self._counter(
            "bulletins", "Bulletins by what became of them: live, replayed, unchanged, repeat.", "outcome"
        )
        self.bulletins_by_stream = self._counter(
            "bulletins_by_stream",
            "Bulletins by each stream that an item of theirs went to: one may count for several.",
            "stream",
            "outcome",
        )
        self.items = self._counter("items", "Items by the stream they went to.", "stream", "outcome")
        self.events = self._counter(
            "events",
            "Event messages by stream, kind and revision type: new, revised, withdrawn.",
            "stream",
            "kind",
            "revision_type",
        )
        self.dead_letters = self._counter(
            "dead_letters", "Messages put into dead-letters by stage and error class.", "stage", "error"
        )
        self.poisoned = self._counter("poisoned_records", "Internal records that could not be decoded: a bug.", "stage")
        self.stage_seconds = self._histogram(
            "stage_duration_seconds", "Time from taking a batch's first message to its transaction's commit.", "stage"
        )
        self.to_daily_seconds = self._histogram(
            "publish_to_daily_figures_seconds", "Time from a bulletin's record to the daily figures it changed."
        )
        place = ("group", "topic", "partition")
        self.lag = self._gauge("lag_records", "Records between a group's committed offset and the end.", *place)
        self.committed = self._gauge(
            "committed_offset", "A group's committed offset: lag while it stands still is standing lag.", *place
        )
        self.last_bulletin = self._gauge(
            "last_bulletin_timestamp_seconds", "Time of the newest bulletin's record, seconds since the epoch."
        )
        self.recovering = self._gauge(
            "recovery_left_records",
            "Records of the changelog that a starting stage has still to load.",
            "stage",
            "partition",
        )
        self.ready = self._gauge("worker_ready", "1 after assignment and recovery, else 0.")

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"{NAMESPACE}_{name}", told, labels, registry=self.registry)

    def _gauge(self, name: str, told: str, *labels: str) -> Gauge:
        return Gauge(f"{NAMESPACE}_{name}", told, labels, registry=self.registry)

    def _histogram(self, name: str, told: str, *labels: str) -> Histogram:
        return Histogram(f"{NAMESPACE}_{name}", told, labels, registry=self.registry, buckets=BUCKETS)

    def bulletin(self, bulletin: Bulletin, items: tuple[Item, ...], *, replayed: bool) -> None:
        """Count one bulletin that was read, and its items."""
        outcome = "replayed" if replayed else "live"
        self.bulletins.labels(outcome).inc()
        for item in items:
            self.items.labels(item.stream, outcome).inc()
        for stream in {item.stream for item in items}:
            self.bulletins_by_stream.labels(stream, outcome).inc()

    def standing(self, group: str, stand: Mapping[tuple[str, int], tuple[int, int]]) -> None:
        """Note committed offset and end of each partition by topic and number; partitions not in `stand` are gone."""
        self.lag.clear()
        self.committed.clear()
        for (topic, partition), (committed, end) in stand.items():
            self.lag.labels(group, topic, str(partition)).set(lag_records(committed, end))
            self.committed.labels(group, topic, str(partition)).set(max(committed, 0))

    def loading(self, stage: str, partition: int, done: int, whole: int) -> None:
        """Note how much of its changelog a stage partition has loaded, in offsets."""
        self.recovering.labels(stage, str(partition)).set(whole - done)
        self._loaded[stage, partition] = (done, whole)
        if self._show is not None:
            self._show(*self.loaded())

    def loaded(self) -> tuple[int, int]:
        """Offsets that all stage partitions have loaded, and have to load, since `all_loaded`."""
        return sum(done for done, _ in self._loaded.values()), sum(whole for _, whole in self._loaded.values())

    def all_loaded(self) -> None:
        """Note that no stage partition loads any more: what is loaded next begins a count of its own."""
        self._loaded.clear()

    def saw_bulletin(self, timestamp_ms: int) -> None:
        """Note the time of a bulletin's record; the newest counts."""
        self._newest_ms = max(self._newest_ms, timestamp_ms)
        self.last_bulletin.set(self._newest_ms / 1000)

    def event(self, event: Event) -> None:
        """Count one message of an event."""
        kind_of_revision = "withdrawn" if event.status == "withdrawn" else ("new" if event.revision == 1 else "revised")
        self.events.labels(event.stream, event.kind, kind_of_revision).inc()

    def dead_letter(self, stage: str, error: Exception) -> None:
        """Count one message that went to `dead-letters`."""
        self.dead_letters.labels(stage, type(error).__name__).inc()

    def poisoned_total(self) -> float:
        """How many internal records this process could not decode."""
        return sum(
            sample.value
            for metric in self.poisoned.collect()
            for sample in metric.samples
            if sample.name.endswith("_total")
        )

    def counted(self, ingested_ms: int) -> None:
        """Observe the way of a bulletin's record, taken in at `ingested_ms`, to its day's figures."""
        if ingested_ms > 0:
            self.to_daily_seconds.observe(max(0.0, time.time() - ingested_ms / 1000))

    def exposition(self) -> bytes:
        """The metrics in Prometheus' text format."""
        return generate_latest(self.registry)
