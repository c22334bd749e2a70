"""How long nothing was committed while there was something to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from streams.kafka.progress import LagRow


@dataclass
class Stalls:
    """The longest stall between looks; times are monotonic seconds.

    A time without an answer counts whole where there was lag before it: when in it the stages went on nobody saw.
    """

    since_s: float
    longest_s: float = 0.0
    _committed: int = -1
    _lag: int = 0

    def look(self, rows: Sequence[LagRow], now_s: float) -> None:
        """Take what is committed now."""
        committed, lag = sum(row.committed for row in rows), sum(row.lag_records for row in rows)
        self.unanswered(now_s)
        if committed > self._committed or lag == 0:
            self._committed, self.since_s = max(committed, self._committed), now_s
        self._lag = lag
        self.unanswered(now_s)

    def unanswered(self, now_s: float) -> None:
        """Take that nobody tells what is committed now."""
        if self._lag > 0:
            self.longest_s = max(self.longest_s, now_s - self.since_s)
