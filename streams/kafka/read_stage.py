"""The read stage: bulletins to items and reports, on one partition."""

from datetime import UTC, datetime
from typing import ClassVar

import msgspec

from schemas.codec import encode
from schemas.internal import BulletinReports
from schemas.records import Bulletin
from streams import catalog
from streams.errors import RefusedInput
from streams.extraction.stage import BulletinRow, Origin, ReadOutput, apply_bulletin
from streams.intake.bulletins import from_record
from streams.kafka.cloudevents import header
from streams.kafka.dead_letters import dead_letter, mended, poison
from streams.kafka.outputs import MAX_MESSAGE_BYTES, Incoming, Outputs
from streams.kafka.partitioning import partition_of
from streams.kafka.rereads import asked_for_letter, origin_of, received, reread
from streams.metrics import Metrics
from streams.naming import short_hash
from streams.rows import Tables


class ReadStage:
    """Bulletins to items and reports."""

    name: ClassVar[str] = catalog.READ
    state_topic: ClassVar[str] = catalog.READ_STATE
    inputs: ClassVar[tuple[str, ...]] = (catalog.BULLETINS, catalog.REREADS)

    def __init__(self, partition: int, partitions: int, metrics: Metrics, tables: Tables) -> None:
        self._partition, self._partitions, self._metrics = partition, partitions, metrics
        self._rows = tables.table("bulletins", BulletinRow)

    def load(self, key: str, value: bytes) -> None:
        """Take one bulletin's row."""
        self._rows.load("", key, value)

    def process(self, message: Incoming, out: Outputs) -> None:
        """Read one bulletin, or one again from `rereads`; what cannot be read goes to dead letters whole."""
        try:
            origin = origin_of(message)
        except ValueError as error:
            poison(self.name, message, error, out, self._metrics)
            return
        self._metrics.saw_bulletin(origin.timestamp_ms)
        original = received(message)
        try:
            bulletin = bulletin_of(original, origin)
            home = partition_of(bulletin.bulletin_id.encode(), self._partitions)
            if home != self._partition:
                # Another publisher's placement, or a log with another number of partitions: one id has one reader.
                out.messages.append(reread(message, home))
                return
            before = self._rows.get("", bulletin.bulletin_id)
            output = apply_bulletin(before, bulletin, origin)
            made = Outputs() if output is None else self._outputs(bulletin, output, message)
            _check_sizes(made)
        except Exception as error:  # noqa: BLE001 whatever fails on one bulletin is that bulletin's, never the stream's
            out.messages.append(dead_letter(original, self.name, error))
            self._metrics.dead_letter(self.name, error)
            return
        if asked_for_letter(message):
            out.messages.append(mended(original, self.name))
        if output is None:
            self._metrics.bulletins.labels("repeat").inc()
            return
        replayed = message.topic == catalog.REREADS
        self._rows.put("", bulletin.bulletin_id, output.row)
        if replayed and before is not None and before.said == output.row.said:
            self._metrics.bulletins.labels("unchanged").inc()
            return
        out.messages.extend(made.messages)
        self._metrics.bulletin(bulletin, output.items, replayed=replayed)

    def _outputs(self, bulletin: Bulletin, output: ReadOutput, message: Incoming) -> Outputs:
        out = Outputs()
        cause = message.cause(bulletin.bulletin_id)
        for item in output.items:
            value = encode(item)
            event_id = short_hash(item.item_id, value.decode())
            for topic in (catalog.BULLETIN_ITEMS, *((catalog.OTHER_ITEMS,) if item.stream == "other" else ())):
                out.event(
                    topic,
                    bulletin.bulletin_id,
                    value,
                    event_type=catalog.ITEM_TYPE,
                    event_id=event_id,
                    cause=cause,
                    timestamp_ms=message.timestamp_ms,
                )
        for partition, reports in self._by_partition(output.reports).items():
            out.event(
                catalog.REPORTS,
                bulletin.bulletin_id,
                encode(reports),
                event_type=catalog.REPORTS_TYPE,
                event_id=f"{message.topic}/{message.partition}/{message.offset}",
                cause=cause,
                timestamp_ms=message.timestamp_ms,
                partition=partition,
            )
        return out

    def _by_partition(self, reports: BulletinReports) -> dict[int, BulletinReports]:
        parts: dict[int, list[str]] = {}
        for block in reports.blocks:
            parts.setdefault(partition_of(block.encode(), self._partitions), []).append(block)
        return {
            partition: msgspec.structs.replace(reports, blocks={block: reports.blocks[block] for block in blocks})
            for partition, blocks in sorted(parts.items())
        }

    def finish(self, out: Outputs) -> None:
        """Nothing but rows changes here."""


def bulletin_of(message: Incoming, origin: Origin) -> Bulletin:
    """The bulletin in a record, whoever wrote it; raises RefusedInput where there is none.

    A record of a later version than this program knows raises FutureVersionError.
    """
    if message.size > MAX_MESSAGE_BYTES:
        raise RefusedInput(f"a record of {message.size} bytes, the limit is {MAX_MESSAGE_BYTES}; split the bulletin")
    if message.value is None:
        raise RefusedInput("a record without a value; take a bulletin back with: bulletins withdraw ID")
    try:
        received_at = datetime.fromtimestamp(origin.timestamp_ms / 1000, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError) as error:
        raise RefusedInput(f"a record of no time ({error}); its publisher has to send milliseconds") from error
    return from_record(message.value, received_at, header(message.headers, "ce_type"))


def _check_sizes(out: Outputs) -> None:
    longest = max((len(each.value or b"") for each in out.messages), default=0)
    if longest > MAX_MESSAGE_BYTES:
        raise RefusedInput(
            f"what it says is {longest} bytes for one message, the limit is {MAX_MESSAGE_BYTES}; split the bulletin"
        )
