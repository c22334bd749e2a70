"""How long a worker collects before it publishes: shortly while it keeps up, longer the busier it is.

A transaction costs the same whatever it holds, so a worker with a full log to read makes few and large ones; one that
waits for bulletins makes each at once.
"""

import asyncio
import time

LOOK_EVERY_S = 0.1
SMOOTHED = 0.3
BUSY = 0.95
"""The share of a core from which on a worker collects longer than it must. Measured at half of the highest load, from
publishing to the day's figures: 219 ms with 0.7, some 150 ms with 0.95, with which a full log is read no slower."""

LEAST_S = 0.005
LONGEST_S = 0.25


class Pace:
    """The pause before a transaction, by how much of a core this process takes."""

    def __init__(self) -> None:
        self._share = 0.0

    async def watch(self) -> None:
        """Measure until cancelled."""
        wall, processor = time.monotonic(), time.process_time()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            now, spent = time.monotonic(), time.process_time()
            self.saw((spent - processor) / (now - wall))
            wall, processor = now, spent

    def saw(self, share: float) -> None:
        """Take one measurement: the part of a core taken, 0 to 1."""
        self._share += SMOOTHED * (share - self._share)

    def pause_s(self) -> float:
        """Seconds to collect."""
        return max(LEAST_S, LONGEST_S * min(max(0.0, self._share - BUSY) / (1 - BUSY), 1.0))
