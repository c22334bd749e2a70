"""What earlier versions wrote stays readable: whole logs of theirs, kept as they stood, read by today's code.

`logs/v1.ndjson.gz` is every message of every topic that the first version wrote for thirty bulletins of the annotated
corpus and the first seed: published, published again, five corrected, one withdrawn. A log is never made anew.
"""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from schemas.channels import BY_NAME, CHANNELS
from schemas.codec import decode, plain
from schemas.records import Event
from streams import catalog
from streams.extraction.stage import Origin
from streams.intake.bulletins import from_record
from streams.kafka.stages import STAGES
from streams.metrics import Metrics
from streams.pipeline import Pipeline
from streams.reconciling.blocks import comparable
from streams.reconciling.rows import BlockTables
from streams.rows import MemoryTables

LOGS = sorted((Path(__file__).parent / "logs").glob("*.ndjson.gz"))
MESSAGE_OF = {channel.topic: channel.message for channel in CHANNELS} | {
    catalog.REPORTS: "reports",
    catalog.PARTIALS: "partial",
}


def messages(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path) as lines:
        yield from map(orjson.loads, lines)


def test_there_is_a_log_of_the_first_version() -> None:
    assert "v1.ndjson.gz" in {path.name for path in LOGS}


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_every_message_of_an_old_log_is_read_whole(path: Path) -> None:
    read = 0
    for message in messages(path):
        name = MESSAGE_OF.get(message["topic"])
        if name is None:
            continue
        event_type = dict(message["headers"])["ce_type"]
        told = plain(decode(message["value"].encode(), BY_NAME[name].record, event_type))
        written = orjson.loads(message["value"])
        assert {key: told[key] for key in written} == written, message["topic"]
        read += 1
    assert read > 300


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_the_bulletins_of_an_old_log_are_computed_again(path: Path) -> None:
    pipeline = Pipeline()
    withdrawn: set[str] = set()
    for message in messages(path):
        if message["topic"] == catalog.BULLETINS:
            received = datetime.fromtimestamp(message["timestamp_ms"] / 1000, UTC).isoformat(timespec="milliseconds")
            bulletin = from_record(message["value"].encode(), received)
            pipeline.feed(bulletin, Origin(catalog.BULLETINS, message["partition"], message["offset"]))
            if bulletin.withdrawn:
                withdrawn.add(bulletin.bulletin_id)
    events = pipeline.events().values()
    told_by = {report.bulletin_id for event in events if event.status != "withdrawn" for report in event.reports}
    assert len(told_by) >= 25
    assert withdrawn and withdrawn.isdisjoint(told_by)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_the_state_of_an_old_log_is_loaded_and_goes_on(path: Path) -> None:
    tables = {stage.state_topic: MemoryTables() for stage in STAGES}
    stages = {stage.state_topic: stage(0, 1, Metrics(), tables[stage.state_topic]) for stage in STAGES}
    told: dict[str, Event] = {}
    topics = {stream.topic for stream in catalog.EVENT_STREAMS}
    for message in messages(path):
        value = (message["value"] or "").encode()
        if message["topic"] in stages:
            stages[message["topic"]].load(message["key"], value)
        elif message["topic"] in topics:
            event = decode(value, Event)
            if event.event_id not in told or event.revision > told[event.event_id].revision:
                told[event.event_id] = event
    held = {row.event.event_id: row.event for row in BlockTables(tables[catalog.RECONCILE_STATE]).all_events()}
    assert len(told) > 30
    assert {key: (event.revision, comparable(event)) for key, event in held.items()} == {
        key: (event.revision, comparable(event)) for key, event in told.items()
    }
