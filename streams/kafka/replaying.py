"""`replay` and `retry`: bulletins of the log read again by running workers, with today's code."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from schemas.codec import decode
from streams import catalog
from streams.errors import BulletinStreamsError
from streams.extraction.stage import BulletinRow, apply_bulletin
from streams.kafka.log import Log, Span, open_log
from streams.kafka.outputs import Incoming
from streams.kafka.progress import Progress, wait_processed
from streams.kafka.publishing import open_publisher
from streams.kafka.read_stage import bulletin_of
from streams.kafka.rereads import origin_of, reread
from streams.kafka.settings import KafkaSettings
from streams.kafka.views import DeadLetter


@dataclass(frozen=True, slots=True)
class Change:
    """A bulletin that today's code reads otherwise than what stands in the topics."""

    bulletin_id: str
    partition: int
    offset: int
    items: int
    reports: int
    extractor_before: str
    extractor_now: str


async def replay(settings: KafkaSettings, span: Span, timeout_s: float, progress: Progress | None = None) -> int:
    """Ask the workers to read a span of `bulletins` again and wait for it; returns how many records were asked for."""
    async with open_log(settings) as log:
        return await _ask(settings, log.scan(catalog.BULLETINS, span), span.total, timeout_s, progress)


async def retry(
    settings: KafkaSettings, letters: list[DeadLetter], timeout_s: float, progress: Progress | None = None
) -> int:
    """Ask the workers to read again the bulletins behind dead letters; returns how many were asked for."""
    wanted: dict[int, set[int]] = {}
    for letter in letters:
        if letter.topic == catalog.BULLETINS:
            wanted.setdefault(letter.partition, set()).add(letter.offset)
    async with open_log(settings) as log:
        total = sum(map(len, wanted.values()))
        return await _ask(settings, _fetch(log, wanted), total, timeout_s, progress)


async def _fetch(log: Log, wanted: Mapping[int, set[int]]) -> AsyncIterator[Incoming]:
    for partition, offsets in sorted(wanted.items()):
        for offset in sorted(offsets):
            async for message in log.scan(catalog.BULLETINS, Span({partition: offset}, {partition: offset + 1})):
                yield message


async def _ask(
    settings: KafkaSettings, messages: AsyncIterator[Incoming], total: int, timeout_s: float, progress: Progress | None
) -> int:
    targets: dict[int, int] = {}
    asked = 0
    async with open_publisher(settings) as publisher:
        async for partition, offset in publisher.stream(reread(message) async for message in messages):
            targets[partition] = max(targets.get(partition, 0), offset + 1)
            asked += 1
            if progress is not None:
                progress(asked, 2 * total)
    await wait_processed(
        settings,
        {catalog.REREADS: targets},
        timeout_s,
        None if progress is None else lambda done, whole: progress(asked + done, asked + whole),
    )
    return asked


async def changes(settings: KafkaSettings, span: Span) -> AsyncIterator[Change]:
    """What `replay` of a span would change: every bulletin whose standing text is now read otherwise."""
    async with open_log(settings) as log:
        rows: dict[str, BulletinRow] = {}
        async for message in log.scan(catalog.READ_STATE, await log.whole(catalog.READ_STATE)):
            rows[(message.key or b"").decode()] = decode(message.value, BulletinRow)
        async for message in log.scan(catalog.BULLETINS, span):
            origin = origin_of(message)
            try:
                bulletin = bulletin_of(message, origin)
            except BulletinStreamsError:
                continue
            before = rows.get(bulletin.bulletin_id)
            output = apply_bulletin(before, bulletin, origin)
            if output is None or (before is not None and before.said == output.row.said):
                continue
            yield Change(
                bulletin_id=bulletin.bulletin_id,
                partition=origin.partition,
                offset=origin.offset,
                items=len(output.items),
                reports=sum(map(len, output.reports.blocks.values())),
                extractor_before="" if before is None else before.extractor,
                extractor_now=output.row.extractor,
            )
