"""`verify`: fix the log's end, wait for it, recompute everything, compare; rows on a disk, in bounded memory."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from schemas.codec import decode
from schemas.records import Bulletin
from streams import catalog
from streams.comparing import DAYS, EVENTS, Compared, Comparison, Difference, Record, Row
from streams.errors import StateError
from streams.extraction.ahead import Ahead, reading_ahead
from streams.extraction.reader import extractor_version
from streams.extraction.stage import BulletinRow
from streams.kafka.log import Log, Span, open_log
from streams.kafka.outputs import Incoming
from streams.kafka.progress import Progress, wait_processed
from streams.kafka.read_stage import bulletin_of
from streams.kafka.rereads import origin_of
from streams.kafka.settings import KafkaSettings
from streams.kafka.state_folder import state_folder
from streams.kafka.store import Store
from streams.kafka.tables import StoredTables
from streams.kafka.views import Place, letter_states, said_days, said_events
from streams.pipeline import Pipeline
from streams.rows import MemoryTables, Table, Tables

FOLDER = ".verify"
"""No worker is called so."""
RECORDS_A_WRITE = 500
"""Records whose rows stay in memory until they are written to disk together."""

Scan = Callable[[Log], AsyncIterator[Record]]


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


class Recomputed:
    """The pure pipeline over the log, and what of it cannot be read; rows in `stored` tables, else in memory."""

    def __init__(self, stored: StoredTables | None = None) -> None:
        self._stored = stored
        self._unwritten = 0
        self.tables: Tables = MemoryTables() if stored is None else stored
        self.pipeline = Pipeline(self.tables)
        self.records = 0
        self.unreadable: set[Place] = set()

    def took(self) -> None:
        """One more record is in the tables: write what has changed to disk now and then."""
        self._unwritten += 1
        if self._stored is not None and self._unwritten >= RECORDS_A_WRITE:
            self._stored.send()
            self._stored.settle(0)
            self._unwritten = 0


@contextmanager
def on_disk(settings: KafkaSettings) -> Iterator[Recomputed]:
    """Nothing recomputed yet, with rows in a folder that is emptied at the end; StateError where it has no room."""
    try:
        with state_folder(settings.state_dir, settings.group, FOLDER) as folder:
            store = Store(folder / "rows", settings.group)
            try:
                # Also what a run that was killed has left.
                store.begin_anew()
                yield Recomputed(StoredTables(store))
            finally:
                store.close()
                shutil.rmtree(folder / "rows", ignore_errors=True)
    except StateError as error:
        raise StateError(
            f"{settings.state_dir} does not take the rows that verify computes ({error.__cause__}); free disk space "
            "there, or set BULLETINS_HOME to a folder with room, then run it again: bulletins verify"
        ) from error


async def recompute(
    log: Log, made: Recomputed, progress: Progress | None = None, *, ahead: Ahead | None = None
) -> Recomputed:
    """`made` with everything computed again from `bulletins` as it is now; read `ahead`, else here."""
    span = await log.whole(catalog.BULLETINS)
    async for message, bulletin, reading in (ahead or Ahead()).over(_bulletins(log, span)):
        try:
            origin = origin_of(message)
            made.pipeline.feed(bulletin or bulletin_of(message, origin), origin, reading)
        except StateError:
            raise
        except Exception:  # noqa: BLE001 what fails here must be a dead letter there, whatever the failure
            made.unreadable.add((message.topic, message.partition, message.offset))
        made.records += 1
        made.took()
        if progress is not None and made.records % 50 == 0:
            progress(made.records, span.total)
    if progress is not None:
        progress(span.total, span.total)
    return made


async def _bulletins(log: Log, span: Span) -> AsyncIterator[tuple[Incoming, Bulletin | None]]:
    """Every record with its bulletin; None where there is none, which is found out again when it is fed."""
    async for message in log.scan(catalog.BULLETINS, span):
        bulletin = None
        with suppress(Exception):
            bulletin = bulletin_of(message, origin_of(message))
        yield message, bulletin


async def verify(settings: KafkaSettings, timeout_s: float, progress: Progress | None = None) -> Verdict:
    """Whether the topics hold what the pure pipeline gives over the log."""
    async with open_log(settings) as log:
        ends = (await log.whole(catalog.BULLETINS)).ends
        rereads = (await log.whole(catalog.REREADS)).ends
        await wait_processed(settings, {catalog.BULLETINS: ends, catalog.REREADS: rereads}, timeout_s)
        with on_disk(settings) as made, reading_ahead(sum(ends.values())) as ahead:
            return await judge(log, await recompute(log, made, progress, ahead=ahead))


async def judge(log: Log, made: Recomputed) -> Verdict:
    """Whether the topics, as they are now, hold what was recomputed."""
    events, event_differences = await _compare(log, made, EVENTS, made.pipeline.all_events, said_events)
    days, day_differences = await _compare(log, made, DAYS, made.pipeline.all_days, said_days)
    # Nobody knows which events of a day another version has read: one of them explains all days.
    explained = any(each.explained for each in event_differences)
    differences = event_differences + [replace(each, explained=explained) for each in day_differences]
    letters = await letter_states(log)
    internal = sorted(each for each, state in letters.items() if each[0] != catalog.BULLETINS and state == "open")
    missing = sorted(made.unreadable - letters.keys())
    differences += [Difference("dead-letter", "/".join(map(str, each)), "missing", ()) for each in missing]
    differences += [Difference("dead-letter", "/".join(map(str, each)), "extra", ()) for each in internal]
    return Verdict(made.records, events, days, tuple(differences))


async def _compare(
    log: Log, made: Recomputed, compared: Compared[Record], expected: Callable[[], Iterator[Record]], scan: Scan[Record]
) -> tuple[int, list[Difference]]:
    """How many are expected, and every difference, sorted by key; events that rest on an outdated reading marked."""
    comparison = Comparison(compared, made.tables)
    for record in expected():
        comparison.expect(record)
    async for record in scan(log):
        comparison.find(record)
    comparison.close()
    if not comparison.differing:
        return comparison.expected, []
    async for record in scan(log):
        comparison.find_again(record)
        made.took()
    outdated = await _outdated(log, made) if compared is EVENTS else None
    found = [
        difference if outdated is None else replace(difference, explained=_rests_on(outdated, *views))
        for difference, *views in comparison.differences(expected())
    ]
    return comparison.expected, sorted(found, key=lambda each: each.key)


async def _outdated(log: Log, made: Recomputed) -> Table[bool]:
    """Of each bulletin whether its standing text was last read by other code or lexicons than these."""
    outdated: Table[bool] = made.tables.table("outdated", bool, derived=True)
    async for message in log.scan(catalog.READ_STATE, await log.whole(catalog.READ_STATE)):
        row = decode(message.value, BulletinRow)
        outdated.put("", (message.key or b"").decode(), row.extractor != extractor_version(row.language))
        made.took()
    return outdated


def _rests_on(outdated: Table[bool], *views: Row) -> bool:
    """Whether any report of the event's views is of an outdated bulletin."""
    return any(outdated.get("", report["bulletin_id"]) for view in views for report in view.get("reports", ()))
