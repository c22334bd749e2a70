"""The same pure functions in Quix Streams, with its state and changelogs; runs in an environment of its own.

`python tests/benchmarks/quix_child.py BOOTSTRAP GROUP PREFIX STATE_DIR`. Its topology is what its state by message key
asks for: bulletins by id, reports by block (one message each), contributions by day and stream. It has no interval of
its own, so a day's figures are said at each event. At least once, as it comes.
"""

import gc
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

import msgspec
from quixstreams import Application, State, message_context
from quixstreams.models import Serializer

from schemas.codec import decode, encode
from schemas.enumerations import Stream
from schemas.internal import BulletinReports
from schemas.records import Bulletin, DailyFigures
from streams.extraction.stage import BulletinRow, Origin, apply_bulletin
from streams.figures.contributions import Contribution, contribution
from streams.figures.days import combine, comparable
from streams.figures.partials import partial
from streams.reconciling.blocks import apply_reports
from streams.reconciling.rows import BlockTables

COLLECTED_SELDOM = (50_000, 10, 10)
TOPICS = {"strike": "strikes", "military-personnel": "military-personnel", "diplomacy": "diplomacy"}
COMMITTED_EVERY_S = 1.0

Said = tuple[str, str, bytes]
"""Topic, key and value of an output."""


class Value(Serializer):
    """The value of an output."""

    def __call__(self, value: Said, ctx: Any) -> bytes:
        return value[2]


class StateTable:
    """A table of the pure core over the state of one message's key."""

    def __init__(self, state: State, name: str, shape: Any) -> None:
        self._state, self._name, self._shape = state, name, shape

    def _key(self, group: str, key: str) -> str:
        return f"{self._name}\0{group}\0{key}"

    def get(self, group: str, key: str) -> Any:
        value = self._state.get_bytes(self._key(group, key))
        return None if value is None else msgspec.json.decode(value, type=self._shape)

    def put(self, group: str, key: str, row: Any) -> None:
        if not self._state.exists(self._key(group, key)):
            self._state.set(f"{self._name}\0{group}", [*self.keys(group), key])
        self._state.set_bytes(self._key(group, key), msgspec.json.encode(row))

    def drop(self, group: str, key: str) -> None:
        self._state.delete(self._key(group, key))
        self._state.set(f"{self._name}\0{group}", [each for each in self.keys(group) if each != key])

    def keys(self, group: str) -> list[str]:
        return cast(list[str], self._state.get(f"{self._name}\0{group}") or [])

    def groups(self) -> list[str]:
        raise NotImplementedError("state by key knows no others")


class StateTables:
    """Where the tables of one message's key are kept."""

    def __init__(self, state: State) -> None:
        self._state = state

    def table(self, name: str, shape: Any, *, derived: bool = False) -> Any:
        return StateTable(self._state, name, shape)


def read(value: bytes, state: State) -> Iterable[Said]:
    """A bulletin's items, and what it says to each block."""
    bulletin = decode(value, Bulletin)
    held = state.get_bytes("row")
    at = message_context()
    row = None if held is None else decode(held, BulletinRow)
    output = apply_bulletin(row, bulletin, Origin("bulletins", at.partition, at.offset))
    if output is None:
        return
    state.set_bytes("row", encode(output.row))
    for item in output.items:
        yield "bulletin-items", bulletin.bulletin_id, encode(item)
        if item.stream == "other":
            yield "other-items", bulletin.bulletin_id, encode(item)
    for block, reports in output.reports.blocks.items():
        yield "reports", block, encode(msgspec.structs.replace(output.reports, blocks={block: reports}))


def reconcile(value: bytes, state: State) -> Iterable[Said]:
    """The events that change, and what each counts on its days."""
    reports = decode(value, BulletinReports)
    [block] = reports.blocks
    for row in apply_reports(BlockTables(StateTables(state)), block, reports, message_context().offset):
        event = row.event
        yield TOPICS[event.stream], event.event_id, encode(event)
        part = contribution(event, row.told_at)
        for day in row.days:
            counted = part if day == event.day else None
            yield (
                "partials",
                f"{day}/{event.stream}",
                msgspec.json.encode((str(day), event.stream, event.event_id, counted)),
            )


def tally(value: bytes, state: State) -> Iterable[Said]:
    """The day's figures, where they change."""
    day, stream, event_id, counted = msgspec.json.decode(value, type=tuple[str, str, str, Contribution | None])
    held = state.get_bytes("parts")
    parts = {} if held is None else msgspec.json.decode(held, type=dict[str, Contribution | None])
    parts[event_id] = counted
    state.set_bytes("parts", msgspec.json.encode(parts))
    there = [each for each in parts.values() if each is not None]
    figures = combine([partial(date.fromisoformat(day), cast(Stream, stream), 0, message_context().offset, there)])
    last = state.get_bytes("said")
    before = None if last is None else decode(last, DailyFigures)
    if before is None or comparable(before) != comparable(figures):
        figures = msgspec.structs.replace(figures, revision=1 if before is None else before.revision + 1)
        state.set_bytes("said", encode(figures))
        yield "daily-figures", f"{day}/{stream}", encode(figures)


def main(bootstrap: str, group: str, prefix: str, state_dir: str) -> None:
    """Work until killed."""
    app = Application(
        bootstrap,
        consumer_group=group,
        auto_offset_reset="earliest",
        commit_interval=COMMITTED_EVERY_S,
        state_dir=state_dir,
        producer_extra_config={"compression.type": "zstd"},
        loglevel="WARNING",
    )
    names = ("bulletins", "bulletin-items", "other-items", "reports", *TOPICS.values(), "partials", "daily-figures")
    topics = {
        name: app.topic(
            f"{prefix}{name}",
            value_deserializer="bytes",
            key_deserializer="str",
            value_serializer=Value(),
            key_serializer="str",
        )
        for name in names
    }
    for source, function in (("bulletins", read), ("reports", reconcile), ("partials", tally)):
        stage = app.dataframe(topics[source]).apply(function, stateful=True, expand=True)
        stage.to_topic(lambda value, *_: topics[value[0]], key=lambda value: value[1])
    app.run()


if __name__ == "__main__":
    gc.set_threshold(*COLLECTED_SELDOM)
    main(*sys.argv[1:5])
