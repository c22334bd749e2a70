"""`replay` and `retry`: bulletins of the log read again by running workers, with today's code."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
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
from streams.kafka.views import DeadLetter, all_dead_letters

READ_THROUGH = 1000


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
        for span in _spans(partition, sorted(offsets)):
            async for message in log.scan(catalog.BULLETINS, span):
                if message.offset in offsets:
                    yield message


def _spans(partition: int, offsets: Sequence[int]) -> Iterator[Span]:
    """Spans that hold all of a partition's offsets, in order; short gaps are read through, since a scan costs more."""
    start = 0
    for number in range(1, len(offsets) + 1):
        if number == len(offsets) or offsets[number] - offsets[number - 1] > READ_THROUGH:
            yield Span({partition: offsets[start]}, {partition: offsets[number - 1] + 1})
            start = number


async def _ask(
    settings: KafkaSettings, messages: AsyncIterator[Incoming], total: int, timeout_s: float, progress: Progress | None
) -> int:
    targets: dict[int, int] = {}
    asked = 0
    async with open_log(settings) as log:
        letters = {letter.origin for letter in await all_dead_letters(log) if letter.state != "mended"}
    async with open_publisher(settings) as publisher:
        requests = (
            reread(each, has_letter=(each.topic, each.partition, each.offset) in letters) async for each in messages
        )
        async for partition, offset in publisher.stream(requests):
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
