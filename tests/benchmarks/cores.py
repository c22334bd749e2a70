"""Which core does what: the work on one, the broker and whoever measures on another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
WORK = CORES[-1:]
BROKER = CORES[:1]


@contextmanager
def on(cores: list[int]) -> Iterator[None]:
    """This thread, and what it starts, on some cores; anywhere where the system lets nobody choose."""
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def processor_s(*pids: int) -> float:
    """Processor seconds that processes have taken so far, all their threads together."""
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)
