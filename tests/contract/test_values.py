"""What the stages write is what the schemas promise: values, headers and keys of every topic."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import orjson
import pytest

from schemas.asyncapi import CLOUD_EVENTS, ERRORS
from schemas.channels import BY_NAME, CHANNELS
from schemas.codec import encode, plain
from schemas.json_schema import json_schema
from schemas.records import Bulletin
from streams import catalog
from streams.extraction.stage import Origin
from streams.intake.bulletins import FileOptions, complete, from_file
from streams.kafka.cloudevents import headers
from streams.kafka.outputs import Incoming, Output, Outputs
from streams.kafka.stages import STAGES
from streams.metrics import Metrics
from streams.pipeline import Pipeline
from streams.rows import MemoryTables

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
RECEIVED = "2025-02-05T08:00:00.000+00:00"
MESSAGE_OF = {channel.topic: channel.message for channel in CHANNELS} | {
    catalog.REPORTS: "reports",
    catalog.PARTIALS: "partial",
}

FORMATS = jsonschema.FormatChecker(("date",))


@FORMATS.checks("date-time", raises=ValueError)
def is_a_time_with_its_offset(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(BY_NAME[name]), format_checker=FORMATS)


Sent = list[tuple[Incoming, Output]]

VALIDATORS = {name: validator(name) for name in BY_NAME}


def told(title: str, text: str, **fields: Any) -> Bulletin:
    base = {"bulletin_id": "agence-essai/7", "title": title, "text": text, "received_at": RECEIVED}
    return complete(base | fields)


TOLL = "Le 2 mars 2025, un drone russe a frappé un immeuble à Soumy."
STORY = [
    told("Frappe de drone sur Soumy: 2 morts, 7 blessés", TOLL, published_on="2025-03-02"),
    told("Frappe de drone sur Soumy: 3 morts, 7 blessés", TOLL, published_on="2025-03-02", version=2),
    told("", "", withdrawn=True, version=3),
    told("La météo reste froide", "Il neige sur la capitale.", bulletin_id="agence-essai/8"),
    told("Nothing read here", "Not a word of French.", bulletin_id="agence-essai/9", language="xx"),
]


def seed(path: Path) -> Bulletin:
    return from_file(path.read_bytes(), path.name, FileOptions(), RECEIVED)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_value_the_pipeline_gives_for_a_seed_is_valid(path: Path) -> None:
    bulletin = seed(path)
    pipeline = Pipeline()
    items = pipeline.feed(bulletin, Origin(catalog.BULLETINS, 0, 0))
    assert items
    VALIDATORS["bulletin"].validate(plain(bulletin))
    for item in items:
        VALIDATORS["item"].validate(plain(item))
    events = list(pipeline.all_events())
    assert {event.stream for event in events} == {stream.name for stream in catalog.EVENT_STREAMS}
    for event in events:
        VALIDATORS[event.stream].validate(plain(event))
    for figures in pipeline.days().values():
        VALIDATORS["daily-figures"].validate(plain(figures))


def sent(bulletins: list[Bulletin]) -> Iterator[tuple[Incoming, Output]]:
    """Every message that one worker of one partition sends, with the message it comes from."""
    metrics = Metrics()
    stages = tuple(stage(0, 1, metrics, MemoryTables()) for stage in STAGES)
    heads = dict.fromkeys((catalog.BULLETINS, catalog.REPORTS, catalog.PARTIALS), 0)
    values = [encode(bulletin) for bulletin in bulletins]
    waiting = [published(bulletin.bulletin_id, value) for bulletin, value in zip(bulletins, values, strict=True)]
    waiting.append(published("agence-essai/10", b'{"title": '))
    while waiting:
        output = waiting.pop(0)
        message = Incoming(
            output.topic, 0, heads[output.topic], 1_740_000_000_000, output.key, output.value, output.headers
        )
        heads[output.topic] += 1
        for stage in stages:
            if output.topic in stage.inputs:
                out = Outputs()
                stage.process(message, out)
                stage.finish(out)
                yield from ((message, each) for each in out.messages if not each.topic.endswith("-state"))
                waiting += [each for each in out.messages if each.topic in heads]


def published(bulletin_id: str, value: bytes) -> Output:
    found = headers(catalog.BULLETIN_TYPE, f"{bulletin_id}:{len(value)}", bulletin_id, None, 1_740_000_000_000)
    return Output(catalog.BULLETINS, bulletin_id.encode(), value, found)


@pytest.fixture(scope="module")
def messages() -> Sent:
    """What becomes of the seeds, the story, and a record that is broken."""
    return list(sent([seed(path) for path in SEEDS] + STORY))


def test_the_story_leads_to_every_topic(messages: Sent) -> None:
    assert {each.topic for _, each in messages} == MESSAGE_OF.keys() - {catalog.BULLETINS}
    statuses = {orjson.loads(each.value or b"")["status"] for _, each in messages if each.topic == "strikes"}
    assert statuses == {"occurred", "withdrawn"}


@pytest.mark.parametrize("topic", sorted(MESSAGE_OF.keys() - {catalog.BULLETINS, catalog.DEAD_LETTERS}))
def test_values_and_headers_of_a_topic_are_valid(topic: str, messages: Sent) -> None:
    name = MESSAGE_OF[topic]
    assert name is not None
    for cause, message in messages:
        if message.topic == topic:
            found = {header: value.decode() for header, value in message.headers}
            VALIDATORS[name].validate(orjson.loads(message.value or b""))
            jsonschema.validate(found, CLOUD_EVENTS, jsonschema.Draft202012Validator, format_checker=FORMATS)
            assert found["ce_type"] == BY_NAME[name].event_type
            assert found["ce_subject"].encode() == message.key
            assert found["ce_causationid"] == f"{cause.topic}/{cause.partition}/{cause.offset}"
            assert found["ce_correlationid"]


def test_keys_are_the_contracts(messages: Sent) -> None:
    for _, message in messages:
        if message.topic == catalog.DEAD_LETTERS:
            continue
        key, value = (message.key or b"").decode(), orjson.loads(message.value or b"")
        if message.topic in {stream.topic for stream in catalog.EVENT_STREAMS}:
            assert key == value["event_id"]
        elif message.topic in (catalog.DAILY_FIGURES, catalog.PARTIALS):
            assert key == f"{value['day']}/{value['stream']}"
        else:
            assert key == value["bulletin_id"]


def test_a_dead_letter_says_where_it_is_from_and_keeps_its_bytes(messages: Sent) -> None:
    letters = [(cause, message) for cause, message in messages if message.topic == catalog.DEAD_LETTERS]
    assert letters
    for cause, message in letters:
        assert (message.key, message.value) == (cause.key, cause.value)
        found = {header: value.decode() for header, value in message.headers}
        jsonschema.validate(found, ERRORS, jsonschema.Draft202012Validator, format_checker=FORMATS)
        assert (found["error.topic"], found["error.offset"]) == (cause.topic, str(cause.offset))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("strike", {"kind": "visit"}),
        ("strike", {"stream": "diplomacy"}),
        ("strike", {"day": "2025-02-30"}),
        ("strike", {"revision": 0}),
        ("strike", {"summary": None}),
        ("strike", {"place": {"name": "Izioum", "country": "Ukraine"}}),
    ],
    ids=str,
)
def test_what_the_contract_does_not_allow_is_invalid(name: str, change: dict[str, Any], messages: Sent) -> None:
    value = next(orjson.loads(each.value or b"") for _, each in messages if each.topic == "strikes")
    VALIDATORS[name].validate(value)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATORS[name].validate(value | change)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_value_with_fields_of_a_later_release_is_still_read(name: str, messages: Sent) -> None:
    topics = {message: topic for topic, message in MESSAGE_OF.items()}
    values = [each.value for _, each in messages if each.topic == topics[name]] or [encode(STORY[0])]
    later = orjson.loads(values[0] or b"") | {"added_later": 1}
    VALIDATORS[name].validate(later)
    assert msgspec.convert(later, BY_NAME[name].record)
