"""The documents under `schemas/` say what the contract's page says, and what the program does."""

from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest

from schemas import generate
from schemas.channels import BY_NAME, CHANNELS, KINDS, MESSAGES, VERSION
from schemas.generate import documents, text_of
from schemas.json_schema import REFINEMENTS, json_schema
from streams import catalog
from streams.kafka.topic_list import DEFAULT_PARTITIONS, PUBLIC

HERE = Path(generate.__file__).parent

# From the contract's page, by hand.
STRIKE_KINDS = "missile drone glide-bomb artillery combined explosion unspecified"
PERSONNEL_KINDS = (
    "transfer mobilisation recruitment deployment losses prisoner-exchange repatriation captivity training desertion "
    "appointment strength"
)
DIPLOMACY_KINDS = "visit talks call summit statement agreement aid sanctions vote appointment"
WEAPONS = "ballistic-missile cruise-missile missile drone glide-bomb bomb artillery rocket mine explosive"
MEASURES = (
    "killed injured hospitalised missing rescued evacuated detained launched shot-down lost hit damaged destroyed "
    "without-power transferred mobilised recruited deployed trained losses captured exchanged returned "
    "bodies-returned deserted strength share amount countries signatories votes attacks"
)
STATUSES = "occurred ongoing announced postponed cancelled withdrawn"
DATE_PRECISIONS = "day night week month-part month unknown"
PLACE_PRECISIONS = "site settlement region country"
ROLES = "attacker target commander envoy host participant official"
QUALIFIERS = "exact about at-least at-most range vague"
SCOPES = "event total cumulative"
SECTIONS = "title lead headline body"
ITEM_STREAMS = "strike military-personnel diplomacy other"

STATED = {"measure": MEASURES, "scope": SCOPES, "qualifier": QUALIFIERS}
OF_AN_EVENT = {
    "Actor": {"role": ROLES},
    "Figure": STATED,
    "Place": {"precision": PLACE_PRECISIONS},
    "Statement": {**STATED, "section": SECTIONS},
}
EVENT = {"status": STATUSES, "date_precision": DATE_PRECISIONS, "weapons": WEAPONS}
ENUMERATIONS: dict[str, dict[str, dict[str, str]]] = {
    "strike": {"": {**EVENT, "kind": STRIKE_KINDS}, **OF_AN_EVENT},
    "military-personnel": {"": {**EVENT, "kind": PERSONNEL_KINDS}, **OF_AN_EVENT},
    "diplomacy": {"": {**EVENT, "kind": DIPLOMACY_KINDS}, **OF_AN_EVENT},
    "item": {"": {"stream": ITEM_STREAMS}},
    "daily-figures": {"": {"stream": "strike military-personnel diplomacy"}, "DayFigure": {"measure": MEASURES}},
    "bulletin": {},
}


@pytest.mark.parametrize("path", documents())
def test_the_file_on_disk_is_what_the_structs_give(path: str) -> None:
    assert (HERE / path).read_bytes() == text_of(documents()[path]), "run: python -m schemas.generate"


def test_no_other_schema_lies_about() -> None:
    found = {path.relative_to(HERE).as_posix() for path in (HERE / "json").iterdir()}
    assert found == documents().keys() - {"asyncapi.json"}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)
def test_each_schema_is_valid_and_names_no_host(message: Any) -> None:
    schema = json_schema(message)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:bulletin-streams:{message.name}:v{VERSION}"


def test_every_refinement_speaks_of_a_record() -> None:
    titles = {
        definition.get("title")
        for message in MESSAGES
        for schema in [json_schema(message)]
        for definition in [{"title": message.record.__name__}, *schema.get("$defs", {}).values()]
    }
    assert REFINEMENTS.keys() <= titles


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_enumerations_are_the_contracts(name: str) -> None:
    schema = json_schema(BY_NAME[name])
    found = {"": enumerations(schema["properties"])}
    found |= {title: enumerations(each["properties"]) for title, each in schema.get("$defs", {}).items()}
    wanted = {
        title: {field: set(values.split()) for field, values in fields.items()}
        for title, fields in ENUMERATIONS[name].items()
    }
    assert {title: fields for title, fields in found.items() if fields} == wanted


def enumerations(properties: dict[str, Any]) -> dict[str, set[str]]:
    """The values of each field that has a closed list."""
    listed = {name: field.get("items", field) for name, field in properties.items()}
    return {name: set(field["enum"]) for name, field in listed.items() if "enum" in field}


@pytest.mark.parametrize("stream", catalog.EVENT_STREAMS, ids=lambda stream: stream.name)
def test_an_event_schema_holds_its_own_stream_alone(stream: catalog.EventStream) -> None:
    properties = json_schema(BY_NAME[stream.name])["properties"]
    assert properties["stream"] == {"const": stream.name}
    assert set(properties["kind"]["enum"]) == set(stream.kinds) == set(KINDS[stream.name])


def test_event_types_are_those_the_program_writes() -> None:
    written = {
        "bulletin": catalog.BULLETIN_TYPE,
        "item": catalog.ITEM_TYPE,
        "reports": catalog.REPORTS_TYPE,
        "partial": catalog.PARTIAL_TYPE,
        "daily-figures": catalog.DAILY_FIGURES_TYPE,
        **{stream.name: stream.event_type for stream in catalog.EVENT_STREAMS},
    }
    assert {message.name: message.event_type for message in MESSAGES} == written
    assert catalog.FORMAT_VERSION == VERSION


def test_channels_are_the_public_topics_as_they_are_created() -> None:
    assert [channel.topic for channel in CHANNELS] == [topic.name for topic in PUBLIC]
    for channel, topic in zip(CHANNELS, PUBLIC, strict=True):
        created = topic.settings()
        assert {name: str(value) for name, value in channel.config.items()}.items() <= created.items()
    by_topic = {channel.topic: channel.message for channel in CHANNELS}
    assert {stream.topic: stream.name for stream in catalog.EVENT_STREAMS}.items() <= by_topic.items()


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = orjson.loads((HERE / "asyncapi.json").read_bytes())
    found = list(references(document))
    assert found
    for reference in found:
        file, _, pointer = reference.partition("#")
        target = orjson.loads((HERE / file).read_bytes()) if file else document
        for part in pointer.strip("/").split("/") if pointer else ():
            target = target[part]
    partitions = {each["bindings"]["kafka"]["partitions"] for each in document["channels"].values()}
    assert partitions == {DEFAULT_PARTITIONS}


def references(value: Any) -> list[str]:
    """Every `$ref` in a document."""
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [each for part in value.values() for each in references(part)]
    return [each for part in value for each in references(part)] if isinstance(value, list) else []
