"""The reading stage: which text of a bulletin stands, and what it says to which block."""

import hashlib
from dataclasses import dataclass
from datetime import date

import msgspec
from msgspec import Struct

from schemas.internal import BulletinReports, Report
from schemas.records import Bulletin, Item
from streams.extraction.reader import extractor_version, read
from streams.intake.time_key import time_key
from streams.reading.findings import Reading
from streams.reconciling.blocks import RULES


class BulletinRow(Struct, kw_only=True):
    """State of one bulletin id: the text that stands, the highest version of each hash, every block it ever told of.

    `said` is a hash over what the text was last read as and when it speaks, so that reading it again tells whether
    anything differs.
    """

    version: int
    offset: int
    sha256: str
    withdrawn: bool
    seen: dict[str, int]
    blocks: tuple[str, ...]
    said: str
    language: str
    extractor: str
    partition: int = -1

    def is_of(self, origin: "Origin") -> bool:
        """Whether the text that stands is the one at `origin`; rows of the first version do not tell its partition."""
        return self.offset == origin.offset and self.partition in (-1, origin.partition)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the log a bulletin stands."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int = 0


@dataclass(frozen=True, slots=True)
class ReadOutput:
    """The bulletin's new row, its items, and its reports for every block it ever reported to."""

    row: BulletinRow
    items: tuple[Item, ...]
    reports: BulletinReports


def apply_bulletin(
    row: BulletinRow | None, bulletin: Bulletin, origin: Origin, reading: Reading | None = None
) -> ReadOutput | None:
    """What `bulletin` says, or None where it is a repeat or older than the text that stands.

    It is read here unless its `reading` is known. The text that stands, coming again from its own offset (after a
    crash, or from `rereads`), says everything again.
    """
    if row is not None and not _stands(row, bulletin, origin):
        return None
    if reading is None:
        reading = read(bulletin)
    moment = time_key(bulletin)
    version = extractor_version(bulletin.language)
    said = _by_block(reading.reports, moment.reported_on)
    known = row.blocks if row is not None else ()
    blocks = tuple(dict.fromkeys((*known, *said)))
    seen = row.seen if row is not None else {}
    return ReadOutput(
        row=BulletinRow(
            version=bulletin.version,
            offset=origin.offset,
            partition=origin.partition,
            sha256=bulletin.sha256,
            withdrawn=bulletin.withdrawn,
            seen={**seen, bulletin.sha256: bulletin.version},
            blocks=blocks,
            language=bulletin.language,
            extractor=version,
            said=_hash_of((reading.items, said, moment.key, moment.reported_on)),
        ),
        items=reading.items,
        reports=BulletinReports(
            bulletin_id=bulletin.bulletin_id,
            version=bulletin.version,
            topic=origin.topic,
            partition=origin.partition,
            offset=origin.offset,
            time_key=moment.key,
            reported_on=moment.reported_on,
            extractor=version,
            blocks={block: said.get(block, ()) for block in blocks},
            ingested_ms=origin.timestamp_ms,
        ),
    )


def _hash_of(said: object) -> str:
    return hashlib.blake2b(msgspec.json.encode(said), digest_size=10).hexdigest()


def _stands(row: BulletinRow, bulletin: Bulletin, origin: Origin) -> bool:
    """Whether this text is the one that stands: the highest version, ties by log offset, repeats aside."""
    if row.is_of(origin):
        return True
    if bulletin.version <= row.seen.get(bulletin.sha256, 0):
        return False
    return (bulletin.version, origin.offset, origin.partition) > (row.version, row.offset, row.partition)


def _by_block(reports: tuple[Report, ...], reported_on: date) -> dict[str, tuple[Report, ...]]:
    said: dict[str, tuple[Report, ...]] = {}
    for report in reports:
        block = RULES[report.stream].block(report, reported_on)
        said[block] = (*said.get(block, ()), report)
    return said
