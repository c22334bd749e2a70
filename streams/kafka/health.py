"""Whether a worker or a group moves: lag without progress is bad, an idle topic is not."""

import re
import time
from dataclasses import dataclass

from streams.serving.monitoring import Condition

STANDS_STILL_S = 45.0
READY_WITHIN_S = 300.0
LOADED = re.compile(r"^state: (\d+) of (\d+) rows loaded", re.MULTILINE)

Place = tuple[str, int]
Loaded = tuple[int, int]
"""Rows that are loaded, and rows to load; none to load where nothing is known."""


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


def not_ready(loaded: Loaded) -> str:
    """The reason of a worker that has no assignment, or not its whole state yet."""
    done, whole = loaded
    return f"state: {done} of {whole} rows loaded: wait" if done < whole else "assignment is not finished: wait"


def loaded_by(reason: str) -> Loaded:
    """What such a reason tells.

    >>> loaded_by(not_ready((120, 500))), loaded_by(not_ready((0, 0)))
    ((120, 500), (0, 0))
    """
    told = LOADED.search(reason)
    return (0, 0) if told is None else (int(told[1]), int(told[2]))


class ReadyDeadline:
    """Turns waiting for assignment, or for the next rows of the state, into ill health once it takes too long; times
    are monotonic seconds."""

    def __init__(self, within_s: float = READY_WITHIN_S, now: float | None = None) -> None:
        self._within_s = within_s
        self._waiting_since: float | None = time.monotonic() if now is None else now
        self._loaded: Loaded = (0, 0)

    def condition(self, *, ready: bool, loaded: Loaded = (0, 0), now: float | None = None) -> Condition:
        """Bad where not ready, and nothing more loaded, for longer than the deadline."""
        moment = time.monotonic() if now is None else now
        if loaded != self._loaded:
            self._loaded, self._waiting_since = loaded, moment
        if ready:
            self._waiting_since = None
            return Condition()
        if self._waiting_since is None:
            self._waiting_since = moment
        waited = moment - self._waiting_since
        if waited > self._within_s:
            return Condition((f"not ready for {waited:.0f} s: look at the worker's log, then restart it",))
        return Condition()
