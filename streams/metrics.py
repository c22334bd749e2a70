"""What a worker or server tells Prometheus, named as Prometheus' conventions ask."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from schemas.records import Bulletin, Event, Item

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """One process' metrics on a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._newest_ms = 0
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.bulletins = Counter(
            "bulletin_streams_bulletins",
            "Bulletins by what became of them: live, replayed, unchanged, repeat.",
            ["outcome"],
            registry=self.registry,
        )
        self.items = Counter(
            "bulletin_streams_items", "Items by the stream they went to.", ["stream", "outcome"], registry=self.registry
        )
        self.events = Counter(
            "bulletin_streams_events",
            "Event messages by stream, kind and revision type: new, revised, withdrawn.",
            ["stream", "kind", "revision_type"],
            registry=self.registry,
        )
        self.dead_letters = Counter(
            "bulletin_streams_dead_letters",
            "Messages put into dead-letters by stage and error class.",
            ["stage", "error"],
            registry=self.registry,
        )
        self.poisoned = Counter(
            "bulletin_streams_poisoned_records",
            "Internal records that could not be decoded: a bug.",
            ["stage"],
            registry=self.registry,
        )
        self.stage_seconds = Histogram(
            "bulletin_streams_stage_duration_seconds",
            "Time from taking a batch's first message to its transaction's commit.",
            ["stage"],
            registry=self.registry,
            buckets=BUCKETS,
        )
        self.to_daily_seconds = Histogram(
            "bulletin_streams_publish_to_daily_figures_seconds",
            "Time from a bulletin's record to the daily figures it changed.",
            registry=self.registry,
            buckets=BUCKETS,
        )
        self.lag = Gauge(
            "bulletin_streams_lag_records",
            "Records between a group's committed offset and the end.",
            ["group", "topic", "partition"],
            registry=self.registry,
        )
        self.last_bulletin = Gauge(
            "bulletin_streams_last_bulletin_timestamp_seconds",
            "Time of the newest bulletin's record, seconds since the epoch.",
            registry=self.registry,
        )
        self.ready = Gauge(
            "bulletin_streams_worker_ready", "1 after assignment and recovery, else 0.", registry=self.registry
        )

    def bulletin(self, bulletin: Bulletin, items: tuple[Item, ...], *, replayed: bool) -> None:
        """Count one bulletin that was read, and its items."""
        outcome = "replayed" if replayed else "live"
        self.bulletins.labels(outcome).inc()
        for item in items:
            self.items.labels(item.stream, outcome).inc()

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
