"""How long a worker collects before it publishes: shortly while it keeps up, longer the busier it is.

A transaction costs the same whatever it holds, so a worker with a full log to read makes few and large ones; one that
waits for bulletins makes each at once.
"""

import asyncio
import time

LOOK_EVERY_S = 0.05
SMOOTHED = 0.3
COLLECTED = 20.0
"""Seconds of pause for each second that the event loop is late, some 5 ms where a worker has all it can do. Measured at
half load: 40 gave a median of 304 ms from publishing to the day's figures, 15 gave 196 ms."""

LONGEST_S = 0.25


class Pace:
    """The pause before a transaction, by how late the event loop is."""

    def __init__(self) -> None:
        self._late_s = 0.0

    async def watch(self) -> None:
        """Measure until cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(LOOK_EVERY_S)
            self.saw(time.monotonic() - before - LOOK_EVERY_S)

    def saw(self, late_s: float) -> None:
        """Take one measurement."""
        self._late_s += SMOOTHED * (late_s - self._late_s)

    def pause_s(self, least_s: float) -> float:
        """Seconds to collect; at least `least_s`."""
        return min(max(least_s, COLLECTED * self._late_s), LONGEST_S)
