"""`replay` and `retry`: bulletins of the log read again by running workers, with today's code."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.codec import decode
from streams import catalog
from streams.errors import BulletinStreamsError
from streams.extraction.stage import BulletinRow, apply_bulletin
from streams.kafka.asking import in_batches
from streams.kafka.bookmark import Bookmark
from streams.kafka.log import Log, Span, open_log
from streams.kafka.outputs import Incoming
from streams.kafka.progress import LagRow, Progress, behind, open_stand, telling, wait_processed
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


@dataclass(slots=True)
class _Course:
    """How far reading again is: `asked` of `whole` are asked for, and workers have read what is not in `rereads` any
    more."""

    whole: int
    asked: int
    progress: Progress | None

    def tell(self, rows: Sequence[LagRow]) -> None:
        """Show where the stages stand."""
        waiting = sum(row.lag_records for row in rows if row.topic == catalog.REREADS)
        self._show(max(0, self.asked - waiting), self.whole, behind(rows))

    def done(self) -> int:
        """Show that nothing is left; how many there were."""
        self._show(self.asked, self.asked, 0)
        return self.asked

    def _show(self, done: int, whole: int, lag: int) -> None:
        if self.progress is not None:
            self.progress(done, whole, lag)


async def replay(
    settings: KafkaSettings, bookmark: Bookmark, timeout_s: float, progress: Progress | None = None
) -> int:
    """Ask the workers to read again what is left of a span, and wait until all is read that was ever asked for.

    Returns how many records of the span were asked for, those of an interrupted run included.
    """
    course = _Course(bookmark.span.total, bookmark.asked, progress)
    async with open_stand(settings) as stand, telling(stand, course.tell), open_log(settings) as log:
        letters = await _unmended(log)
        # What an earlier one has left of its place in any partition counts no more.
        await bookmark.ask((), bookmark.left.starts)
        async for messages in in_batches(log.scan(catalog.BULLETINS, bookmark.left)):
            await bookmark.ask(
                [reread(each, has_letter=_place(each) in letters) for each in messages],
                {each.partition: each.offset + 1 for each in messages},
            )
            course.asked += len(messages)
        await bookmark.ask((), bookmark.span.ends)
        await wait_processed(settings, {catalog.REREADS: await stand.ends(catalog.REREADS)}, timeout_s)
        await bookmark.remove()
    return course.done()


async def retry(
    settings: KafkaSettings, letters: list[DeadLetter], timeout_s: float, progress: Progress | None = None
) -> int:
    """Ask the workers to read again the bulletins behind dead letters; returns how many were asked for.

    Interrupted, it goes on by itself: what was read again is no open letter any more.
    """
    wanted: dict[int, set[int]] = {}
    for letter in letters:
        if letter.topic == catalog.BULLETINS:
            wanted.setdefault(letter.partition, set()).add(letter.offset)
    course = _Course(sum(map(len, wanted.values())), 0, progress)
    targets: dict[int, int] = {}
    async with open_stand(settings) as stand, telling(stand, course.tell), open_log(settings) as log:
        unmended = await _unmended(log)
        requests = (reread(each, has_letter=_place(each) in unmended) async for each in _fetch(log, wanted))
        async with open_publisher(settings) as publisher:
            async for partition, offset in publisher.stream(requests):
                targets[partition] = max(targets.get(partition, 0), offset + 1)
                course.asked += 1
        await wait_processed(settings, {catalog.REREADS: targets}, timeout_s)
    return course.done()


async def _unmended(log: Log) -> set[tuple[str, int, int]]:
    return {letter.origin for letter in await all_dead_letters(log) if letter.state != "mended"}


def _place(message: Incoming) -> tuple[str, int, int]:
    return message.topic, message.partition, message.offset


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
