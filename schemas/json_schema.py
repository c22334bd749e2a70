"""JSON Schema 2020-12 of every record, from the structs; each document stands alone."""

from typing import Any

import msgspec
import orjson

from schemas.channels import KINDS, Message

DIALECT = "https://json-schema.org/draft/2020-12/schema"

JsonSchema = dict[str, Any]

_COUNT = {"minimum": 0}
_FROM_ONE = {"minimum": 1}
_COUNTRY = {"pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2"}
_UNIT = {"pattern": "^(percent|[A-Z]{3})$", "description": "null for a count, percent, or an ISO 4217 currency"}
_FIGURE = {"side": _COUNTRY, "unit": _UNIT}
_SPAN = {"start": _COUNT, "end": _COUNT}

# What types alone do not say of a field; it describes what stands in a topic and is not enforced at decoding.
REFINEMENTS: dict[str, dict[str, JsonSchema]] = {
    "Bulletin": {
        "version": _FROM_ONE,
        "sha256": {"pattern": "^[0-9a-f]{64}$"},
        "received_at": {"format": "date-time"},
        "published_at": {"description": "ISO 8601 with its offset"},
        "day_number": {"description": "day 1 is 2022-02-24"},
    },
    "Item": {"position": _FROM_ONE, **_SPAN},
    "Place": {
        "country": _COUNTRY,
        "latitude": {"minimum": -90, "maximum": 90},
        "longitude": {"minimum": -180, "maximum": 180},
    },
    "Actor": {"country": _COUNTRY},
    "Statement": {**_FIGURE, **_SPAN, "quote": {"maxLength": 200}},
    "Figure": _FIGURE,
    "DayFigure": {**_FIGURE, "events": _FROM_ONE},
    "ReportRef": {"partition": _COUNT, "offset": _COUNT},
    "Event": {"revision": _FROM_ONE},
    "DailyFigures": {"revision": _FROM_ONE, "events": _COUNT},
    "DayBlock": {"events": _COUNT},
}


def json_schema(message: Message) -> JsonSchema:
    """The whole schema of one record, with its id and what it refers to under `$defs`."""
    _, found = msgspec.json.schema_components((message.record,), ref_template="#/$defs/{name}")
    definitions: dict[str, JsonSchema] = orjson.loads(orjson.dumps(found))
    for name, definition in definitions.items():
        for field, added in REFINEMENTS.get(name, {}).items():
            _refine(definition["properties"][field], added)
    root = definitions.pop(message.record.__name__)
    if message.stream is not None:
        root["title"] = f"{message.stream} event"
        root["properties"]["stream"] = {"const": message.stream}
        root["properties"]["kind"] = {"enum": sorted(KINDS[message.stream])}
    return {"$schema": DIALECT, "$id": message.urn, **root, **({"$defs": definitions} if definitions else {})}


def _refine(field: JsonSchema, added: JsonSchema) -> None:
    """Add to a field's schema, past the null that it may be."""
    for choice in field.get("anyOf", ()):
        if choice != {"type": "null"}:
            choice.update({name: value for name, value in added.items() if name != "description"})
    if "anyOf" not in field:
        field.update(added)
    elif "description" in added:
        field["description"] = added["description"]
