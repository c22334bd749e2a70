"""Whether a worker or a group moves: lag without progress is bad, an idle topic is not."""

import time
from dataclasses import dataclass

from streams.serving.monitoring import Condition

STANDS_STILL_S = 45.0
READY_WITHIN_S = 300.0

Place = tuple[str, int]


@dataclass(slots=True)
class _Mark:
    committed: int
    since: float
    seen: float


class ProgressWatch:
    """Remembers when each partition last moved or had nothing to do; times are monotonic seconds."""

    def __init__(self, stands_still_s: float = STANDS_STILL_S) -> None:
        self._limit_s = stands_still_s
        self._marks: dict[Place, _Mark] = {}

    def observe(self, place: Place, committed: int, end: int, now: float | None = None) -> None:
        """Note where a partition stands."""
        moment = time.monotonic() if now is None else now
        mark = self._marks.get(place)
        if mark is None or mark.committed != committed or committed >= end:
            self._marks[place] = _Mark(committed, moment, moment)
        else:
            mark.seen = moment

    def forget(self, keep: set[Place]) -> None:
        """Drop partitions that are no longer watched."""
        self._marks = {place: mark for place, mark in self._marks.items() if place in keep}

    def condition(self) -> Condition:
        """Bad where a partition was seen to have lag without progress for longer than the limit."""
        return Condition(
            tuple(
                f"{topic} partition {partition} stood still for {mark.seen - mark.since:.0f} s with lag: restart it"
                for (topic, partition), mark in sorted(self._marks.items())
                if mark.seen - mark.since > self._limit_s
            )
        )


class ReadyDeadline:
    """Turns waiting for assignment and recovery into ill health once it takes too long; times are monotonic seconds."""

    def __init__(self, within_s: float = READY_WITHIN_S, now: float | None = None) -> None:
        self._within_s = within_s
        self._waiting_since: float | None = time.monotonic() if now is None else now

    def condition(self, *, ready: bool, now: float | None = None) -> Condition:
        """Bad where not ready for longer than the deadline."""
        moment = time.monotonic() if now is None else now
        if ready:
            self._waiting_since = None
            return Condition()
        if self._waiting_since is None:
            self._waiting_since = moment
        waited = moment - self._waiting_since
        if waited > self._within_s:
            return Condition((f"not ready for {waited:.0f} s: look at the worker's log, then restart it",))
        return Condition()
