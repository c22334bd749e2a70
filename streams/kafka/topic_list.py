"""THE list of topics: what each is to be like in Kafka, and what it is called there.

How many partitions they have is one number for the whole installation, recorded at its start in `installation`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from streams import catalog
from streams.errors import UsageError

DEFAULT_PARTITIONS = 6
INSTALLATION = "installation"
FOR_EVER = -1
DAY_MS = 86_400_000
# A bulletin of 4 MiB from another client and the reports of it fit; the embedded broker's limits are the same.
MAX_MESSAGE_BYTES = 8 * 1024 * 1024
# Compaction passes over the segment being written: of the default 1 GiB, six partitions would hold old rows for long.
COMPACTED_SEGMENT_BYTES = 64 * 1024 * 1024

COMPARED = ("cleanup.policy", "max.message.bytes", "min.compaction.lag.ms", "retention.bytes", "retention.ms")

Cleanup = Literal["delete", "compact"]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a topic is to be like; `partitions` is null where the installation's number holds.

    `retention_ms` (of `delete`) and `compaction_lag_ms` (of `compact`: a record is whole for at least so long) are
    milliseconds; the other of the two says nothing.
    """

    name: str
    cleanup: Cleanup
    retention_ms: int = FOR_EVER
    compaction_lag_ms: int = 0
    partitions: int | None = None

    def settings(self) -> dict[str, str]:
        """The settings that the topic is created with and compared to, by Kafka's names."""
        own = (
            {"min.compaction.lag.ms": str(self.compaction_lag_ms)}
            if self.cleanup == "compact"
            else {"retention.ms": str(self.retention_ms), "retention.bytes": str(FOR_EVER)}
        )
        return {"cleanup.policy": self.cleanup, "max.message.bytes": str(MAX_MESSAGE_BYTES), **own}

    def settings_at_creation(self) -> dict[str, str]:
        """Those, and what an operator may tune without being told that it differs."""
        tuned = {"segment.bytes": str(COMPACTED_SEGMENT_BYTES)} if self.cleanup == "compact" else {}
        return {**self.settings(), **tuned}


PUBLIC = (
    Topic(catalog.BULLETINS, "delete"),
    Topic(catalog.BULLETIN_ITEMS, "delete", retention_ms=30 * DAY_MS),
    *(Topic(stream.topic, "compact", compaction_lag_ms=30 * DAY_MS) for stream in catalog.EVENT_STREAMS),
    Topic(catalog.OTHER_ITEMS, "delete", retention_ms=30 * DAY_MS),
    Topic(catalog.DAILY_FIGURES, "compact"),
    Topic(catalog.DEAD_LETTERS, "delete"),
)
INTERNAL = (
    Topic(catalog.REPORTS, "delete", retention_ms=30 * DAY_MS),
    Topic(catalog.PARTIALS, "compact"),
    Topic(catalog.REREADS, "delete", retention_ms=7 * DAY_MS),
    *(Topic(f"{stage}-state", "compact") for stage in catalog.STAGES),
)
RECORD = Topic(INSTALLATION, "compact", partitions=1)
TOPICS = (*PUBLIC, *INTERNAL, RECORD)


@dataclass(frozen=True, slots=True)
class TopicNames:
    """Names with the installation's prefix in front; raises UsageError where Kafka would not take the prefix."""

    prefix: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9._-]{0,200}", self.prefix):
            raise UsageError(
                f"The prefix {self.prefix!r} cannot stand in a topic's name: set BULLETINS_PREFIX to at most 200 "
                "letters without accents, digits, dots, hyphens and underscores."
            )

    def full(self, name: str) -> str:
        """The name in Kafka of a topic or group."""
        return self.prefix + name

    def bare(self, full: str) -> str:
        """The name as the catalog has it of a topic or group in Kafka; raises ValueError for another installation's."""
        if not full.startswith(self.prefix):
            raise ValueError(f"{full} does not begin with {self.prefix}")
        return full[len(self.prefix) :]


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting of an existing topic that is not as this version would make it; `topic` without prefix."""

    topic: str
    setting: str
    expected: str
    found: str


def differences(topic: Topic, found: dict[str, str]) -> tuple[Difference, ...]:
    """Where the settings found in Kafka are not those of `topic`, by setting."""
    return tuple(
        Difference(topic.name, setting, expected, found.get(setting, "unknown"))
        for setting, expected in sorted(topic.settings().items())
        if found.get(setting) != expected
    )
