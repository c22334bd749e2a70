"""The stages as the worker runs them: one object for each stage and partition, between bytes and the pure functions."""

from typing import ClassVar, Protocol

from streams.kafka.outputs import Incoming, Outputs
from streams.kafka.read_stage import ReadStage
from streams.kafka.reconcile_stage import ReconcileStage
from streams.kafka.tally_stage import TallyStage
from streams.metrics import Metrics
from streams.rows import Tables


class Stage(Protocol):
    """One stage's work on one partition."""

    name: ClassVar[str]
    state_topic: ClassVar[str]
    inputs: ClassVar[tuple[str, ...]]

    def __init__(self, partition: int, partitions: int, metrics: Metrics, tables: Tables) -> None: ...

    def load(self, key: str, value: bytes) -> None:
        """Take one row of the changelog."""

    def process(self, message: Incoming, out: Outputs) -> None:
        """Take one message; what it leads to goes to `out`."""

    def finish(self, out: Outputs) -> None:
        """Add what is said once a transaction: the sums of the days touched."""


STAGES: tuple[type[Stage], ...] = (ReadStage, ReconcileStage, TallyStage)
STAGE_OF = {topic: stage for stage in STAGES for topic in stage.inputs}
"""The stage that reads a topic."""
