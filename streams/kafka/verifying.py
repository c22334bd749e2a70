"""`verify`: fix the log's end, wait for it, recompute everything in memory, compare."""

from dataclasses import dataclass, replace

from schemas.codec import decode
from streams import catalog
from streams.comparing import Difference, compare, counted, standing
from streams.extraction.reader import extractor_version
from streams.extraction.stage import BulletinRow
from streams.kafka.log import Log, open_log
from streams.kafka.progress import Progress, wait_processed
from streams.kafka.read_stage import bulletin_of
from streams.kafka.rereads import origin_of
from streams.kafka.settings import KafkaSettings
from streams.kafka.views import all_days, all_dead_letters, all_events
from streams.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found."""

    bulletins: int
    events: int
    days: int
    differences: tuple[Difference, ...]

    @property
    def exit_code(self) -> int:
        """0 equal, 3 only differences that another version of the reading explains, else 1."""
        if not self.differences:
            return 0
        return 3 if all(each.explained for each in self.differences) else 1


@dataclass(slots=True)
class Recomputed:
    """The pure pipeline over the log, and what of it cannot be read."""

    pipeline: Pipeline
    records: int
    unreadable: set[tuple[str, int, int]]


async def recompute(log: Log, progress: Progress | None = None) -> Recomputed:
    """Everything computed again in memory from `bulletins` as it is now."""
    span = await log.whole(catalog.BULLETINS)
    made = Recomputed(Pipeline(), 0, set())
    async for message in log.scan(catalog.BULLETINS, span):
        origin = origin_of(message)
        try:
            made.pipeline.feed(bulletin_of(message, origin), origin)
        except Exception:  # noqa: BLE001 what fails here must be a dead letter there, whatever the failure
            made.unreadable.add((message.topic, message.partition, message.offset))
        made.records += 1
        if progress is not None and made.records % 50 == 0:
            progress(made.records, span.total)
    if progress is not None:
        progress(span.total, span.total)
    return made


async def verify(settings: KafkaSettings, timeout_s: float, progress: Progress | None = None) -> Verdict:
    """Whether the topics hold what the pure pipeline gives over the log."""
    async with open_log(settings) as log:
        ends = (await log.whole(catalog.BULLETINS)).ends
        rereads = (await log.whole(catalog.REREADS)).ends
        await wait_processed(settings, {catalog.BULLETINS: ends, catalog.REREADS: rereads}, timeout_s)
        return await judge(log, await recompute(log, progress))


async def judge(log: Log, made: Recomputed) -> Verdict:
    """Whether the topics, as they are now, hold what was recomputed."""
    events, days = await all_events(log), await all_days(log)
    expected_events = standing(made.pipeline.events())
    expected_days = counted(made.pipeline.days())
    differences = compare("event", expected_events, standing(events))
    differences += compare("day", expected_days, counted(days))
    outdated = await _read_by_another_version(log)
    differences = _explained(differences, expected_events, standing(events), outdated)
    letters = {letter.origin: letter.state for letter in await all_dead_letters(log)}
    internal = sorted(each for each, state in letters.items() if each[0] != catalog.BULLETINS and state == "open")
    missing = sorted(made.unreadable - letters.keys())
    differences += [Difference("dead-letter", "/".join(map(str, each)), "missing", ()) for each in missing]
    differences += [Difference("dead-letter", "/".join(map(str, each)), "extra", ()) for each in internal]
    return Verdict(made.records, len(expected_events), len(expected_days), tuple(differences))


async def _read_by_another_version(log: Log) -> set[str]:
    """The bulletins whose standing text was last read by other code or lexicons than these."""
    found: dict[str, bool] = {}
    async for message in log.scan(catalog.READ_STATE, await log.whole(catalog.READ_STATE)):
        row = decode(message.value, BulletinRow)
        found[(message.key or b"").decode()] = row.extractor != extractor_version(row.language)
    return {bulletin_id for bulletin_id, outdated in found.items() if outdated}


def _explained(
    differences: list[Difference],
    expected: dict[str, dict[str, object]],
    found: dict[str, dict[str, object]],
    outdated: set[str],
) -> list[Difference]:
    """Mark events that rest on an outdated reading, and the days' differences where any event is so marked."""
    marked = [
        replace(each, explained=each.what == "event" and bool(_bulletins(each.key, expected, found) & outdated))
        for each in differences
    ]
    any_event = any(each.explained for each in marked)
    return [replace(each, explained=each.explained or (each.what == "day" and any_event)) for each in marked]


def _bulletins(key: str, *sides: dict[str, dict[str, object]]) -> set[str]:
    found: set[str] = set()
    for side in sides:
        reports = side.get(key, {}).get("reports", [])
        assert isinstance(reports, list)
        found |= {report["bulletin_id"] for report in reports}
    return found
