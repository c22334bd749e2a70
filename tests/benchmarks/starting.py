"""Starts: of the embedded Kafka, of a worker without state, of a worker with much state and an empty disk."""

import asyncio
import time
from statistics import median

from streams.kafka.embedded import EmbeddedKafka
from tests.benchmarks import cores
from tests.benchmarks.measuring import Site, peak_mb, ready, workers
from tests.benchmarks.rows import Row, at_most, say
from tests.prefilled import know

EVENTS = 1_000_000
STARTS = 3
RECOVERED_S = 60.0


def _kafka(site: Site) -> tuple[float, float]:
    """Seconds of the first start in a new home and, of those after it, the median."""
    kafka = EmbeddedKafka(site.folder / "another")
    taken = []
    with cores.on(cores.CORES):
        for _ in range(1 + STARTS):
            began = time.monotonic()
            kafka.start()
            taken.append(time.monotonic() - began)
            kafka.stop()
    return taken[0], median(taken[1:])


async def _ready_s(site: Site, known_events: int) -> tuple[float, float, int, int]:
    """Seconds to readiness (median over new installations), the worker's peak of memory in MB, rows, bytes."""
    taken, peak, rows, size = [], 0.0, 0, 0
    for _ in range(1 if known_events else STARTS):
        installation = await site.installation()
        if known_events:
            rows, size = await know(installation.settings, known_events)
            say(f"{rows} rows of {size / 1e9:.1f} GB are written; now a worker on an empty disk")
        with workers(installation) as [worker]:
            taken.append(await ready(worker))
            peak = max(peak, peak_mb(worker.process.pid))
    return median(taken), peak, rows, size


async def measured(site: Site) -> list[Row]:
    """The rows of it."""
    first, later = await asyncio.to_thread(_kafka, site)
    say(f"embedded Kafka: {first:.1f} s, then {later:.1f} s")
    none, _, _, _ = await _ready_s(site, 0)
    count = site.of(EVENTS, 1000)
    recovered, peak, rows, size = await _ready_s(site, count)
    each_s = recovered * EVENTS / count
    return [
        Row("embedded Kafka ready, first start", round(first, 1), "s"),
        at_most("embedded Kafka ready, from the second start on", round(later, 1), "s", 3),
        at_most("start of a worker without state", round(none, 1), "s", 3, "imports and joining the group"),
        Row("row of state (mean)", round(size / rows), "bytes"),
        at_most(
            f"recovery of {count} events ({rows} rows, {size / 1e9:.1f} GB) from an empty disk",
            round(recovered, 1),
            "s",
            RECOVERED_S * count / EVENTS,
            f"each row is decoded once; {each_s / EVENTS * 1e6:.0f} µs an event",
        ),
        Row("memory of that worker, peak", round(peak), "MB"),
    ]
