"""What the stages have still to read and the log no longer holds: found, told with its remedy, passed over on demand.

Records deleted unread, a topic cut back, or one made anew under its old name: going on silently would lose bulletins,
or take new records for old ones, so no worker goes on until a person has decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from streams import catalog
from streams.errors import LostRecords
from streams.kafka.log import open_log
from streams.kafka.progress import INPUT_TOPICS, open_stand
from streams.kafka.settings import KafkaSettings
from streams.kafka.transactions import send_offsets, transactional_producer

REBUILD = "`bulletins rebuild --promote` computes everything again from the log of bulletins"


@dataclass(frozen=True, slots=True)
class Loss:
    """An input partition that holds the offsets from `start` to `end`, where the stages have read up to `position`."""

    topic: str
    partition: int
    position: int
    start: int
    end: int

    @property
    def can_be_passed(self) -> bool:
        """Whether the stages may go on behind the gap: nothing but the deleted bulletins themselves is lost then."""
        return self.topic == catalog.BULLETINS and self.position < self.start

    def __str__(self) -> str:
        place = f"{self.topic} partition {self.partition}"
        if self.position > self.end:
            told = f"{place} ends at offset {self.end} and was read up to {self.position}: it was cut back or made anew"
            if self.topic == catalog.BULLETINS:
                return f"{told}. Restore it from a copy, or publish again what it lacks; then {REBUILD}."
            return f"{told}. {REBUILD}."
        told = (
            f"{place} begins at offset {self.start} and was read up to {self.position} only: what lay between is gone"
        )
        if self.topic == catalog.BULLETINS:
            return f"{told}. Publish those bulletins again from their source; `bulletins doctor --mend` passes the gap."
        return f"{told}. {REBUILD}."

    def error(self) -> LostRecords:
        """What a worker ends with."""
        return LostRecords(str(self))


def loss(topic: str, partition: int, position: int, start: int, end: int) -> Loss | None:
    """The loss, or None where the log holds all that is still to be read.

    >>> loss("bulletins", 0, position=7, start=7, end=7) is None
    True
    >>> loss("bulletins", 0, position=7, start=9, end=12).can_be_passed
    True
    """
    return None if start <= position <= end else Loss(topic, partition, position, start, end)


async def find_losses(settings: KafkaSettings) -> list[Loss]:
    """Every input partition whose committed offset lies outside of what it holds."""
    found = []
    async with open_stand(settings) as stand, open_log(settings, committed_only=False) as log:
        for topic in INPUT_TOPICS:
            committed, span = await stand.committed(topic), await log.whole(topic)
            found += [loss(topic, each, committed[each], span.starts[each], span.ends[each]) for each in committed]
    return [each for each in found if each is not None]


async def pass_over(settings: KafkaSettings, losses: Sequence[Loss]) -> None:
    """Commit where each partition of `bulletins` begins now, as the owner of its number: others are fenced."""
    for each in losses:
        producer = transactional_producer(settings, settings.transactional_id(each.partition))
        await producer.start()
        try:
            async with producer.transaction():
                await send_offsets(producer, settings, each.partition, {each.topic: each.start})
        finally:
            await producer.stop()
