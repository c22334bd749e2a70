"""How long a worker collects before it publishes: shortly while it keeps up, longer the busier or further behind it is.

A transaction costs the same whatever it holds, so a worker with a full log to read makes few and large ones; one that
waits for bulletins makes each at once. How far behind it is tells that also where others take part of its core.
"""

import asyncio
import time
from collections.abc import Callable

LOOK_EVERY_S = 0.1
SMOOTHED = 0.3
BUSY = 0.95
"""The share of a core from which on a worker collects longer than it must. Measured at half of the highest load, from
publishing to the day's figures: 219 ms with 0.7, some 150 ms with 0.95, with which a full log is read no slower."""

FAR_BEHIND_RECORDS = 200
"""Unread bulletins, about a second of work, from which on it collects as long as it ever does."""

LEAST_S = 0.005
LONGEST_S = 0.25


class Pace:
    """The pause before a transaction, by how much of a core this process takes and how much waits to be read."""

    def __init__(self) -> None:
        self._share = 0.0
        self._behind = 0.0

    async def watch(self, waiting: Callable[[], int]) -> None:
        """Measure until cancelled; `waiting()` tells how many records wait to be read."""
        wall, processor = time.monotonic(), time.process_time()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            now, spent = time.monotonic(), time.process_time()
            self.saw((spent - processor) / (now - wall), waiting())
            wall, processor = now, spent

    def saw(self, share: float, waiting: int) -> None:
        """Take one measurement: the part of a core taken, 0 to 1, and how many records wait to be read."""
        self._share += SMOOTHED * (share - self._share)
        self._behind += SMOOTHED * (waiting - self._behind)

    def pause_s(self) -> float:
        """Seconds to collect."""
        busy, behind = max(0.0, self._share - BUSY) / (1 - BUSY), self._behind / FAR_BEHIND_RECORDS
        return max(LEAST_S, LONGEST_S * min(max(busy, behind), 1.0))
