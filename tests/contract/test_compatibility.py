"""What has been released stays: today's schemas and the frozen ones read each other's messages."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import generate
from schemas.channels import MESSAGES, VERSION
from schemas.json_schema import json_schema
from tests.contract.compatibility import problems

RELEASED = Path(generate.__file__).parent / "released" / f"v{VERSION}"
PUBLIC = {message.name: message for message in MESSAGES if message.public}
TODAY = {name: json_schema(message) for name, message in PUBLIC.items()}


def test_every_public_record_has_a_released_schema() -> None:
    assert {path.name for path in RELEASED.iterdir()} == {f"{name}.schema.json" for name in PUBLIC}


@pytest.mark.parametrize("name", PUBLIC)
def test_todays_schema_and_the_released_one_are_compatible(name: str) -> None:
    released = orjson.loads((RELEASED / f"{name}.schema.json").read_bytes())
    assert problems(released, TODAY[name]) == [], f"only add to {name}, or raise VERSION and write an upcaster"


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object inside `schema`, the outermost first."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


def enumerations(schema: Any) -> Iterator[list[str]]:
    """Every enumeration inside `schema`."""
    if isinstance(schema, dict):
        if isinstance(schema.get("enum"), list):
            yield schema["enum"]
        for each in schema.values():
            yield from enumerations(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from enumerations(each)


@given(st.data(), st.sampled_from(sorted(TODAY)))
def test_adding_an_optional_field_anywhere_is_compatible(data: st.DataObject, name: str) -> None:
    changed = copy.deepcopy(TODAY[name])
    data.draw(st.sampled_from(list(objects(changed))))["properties"]["added"] = {"type": "string", "default": ""}
    assert problems(TODAY[name], changed) == []


@given(st.data(), st.sampled_from(sorted(TODAY)))
def test_taking_any_field_away_is_not(data: st.DataObject, name: str) -> None:
    changed = copy.deepcopy(TODAY[name])
    properties = data.draw(st.sampled_from(list(objects(changed))))["properties"]
    field = data.draw(st.sampled_from(sorted(properties)))
    del properties[field]
    assert any(f"the field {field} is gone" in each for each in problems(TODAY[name], changed))


@given(st.data(), st.sampled_from(sorted(TODAY.keys() - {"bulletin"})))
def test_an_enumeration_may_grow_and_not_shrink(data: st.DataObject, name: str) -> None:
    changed = copy.deepcopy(TODAY[name])
    values = data.draw(st.sampled_from(list(enumerations(changed))))
    values.append("added")
    assert problems(TODAY[name], changed) == []
    gone = values.pop(0)
    assert any(f"the value {gone!r} is gone" in each for each in problems(TODAY[name], changed))


BREAKING: dict[str, Callable[[dict[str, Any]], None]] = {
    "a field became required": lambda schema: schema["required"].append("place"),
    "a field became optional": lambda schema: schema["required"].remove("summary"),
    "a field may be null": lambda schema: schema["properties"].update(
        summary={"anyOf": [{"type": "string"}, {"type": "null"}]}
    ),
    "a field may be null no more": lambda schema: schema["properties"].update(merged_into={"type": "string"}),
    "another type": lambda schema: schema["properties"].update(revision={"type": "string"}),
    "another default": lambda schema: schema["properties"]["date_precision"].update(default="day"),
    "another format": lambda schema: schema["properties"]["day"].update(format="date-time"),
    "a new limit": lambda schema: schema["properties"]["summary"].update(maxLength=80),
    "a list closed to new fields": lambda schema: schema.update(additionalProperties=False),
    "a word the check does not know": lambda schema: schema.update({"if": {}}),
    "another record in a list": lambda schema: schema["properties"]["actors"].update(items={"type": "string"}),
    "another id": lambda schema: schema.update({"$id": "urn:bulletin-streams:strike:v2"}),
}


@pytest.mark.parametrize("change", BREAKING)
def test_what_breaks_a_reader_is_told(change: str) -> None:
    changed = copy.deepcopy(TODAY["strike"])
    BREAKING[change](changed)
    assert problems(TODAY["strike"], changed)
