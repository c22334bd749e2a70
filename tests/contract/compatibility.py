"""Whether a schema may stand in the place of a released one, for readers of either with messages of the other."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

SAME = {
    "$id",
    "$schema",
    "const",
    "default",
    "format",
    "maximum",
    "maxLength",
    "minimum",
    "minItems",
    "minLength",
    "maxItems",
    "pattern",
    "type",
}
ONE_SCHEMA = {"additionalProperties", "items"}
SCHEMAS_IN_ORDER = {"anyOf", "prefixItems"}
SAYS_NOTHING = {"$defs", "$ref", "description", "title"}
KNOWN = SAME | ONE_SCHEMA | SCHEMAS_IN_ORDER | SAYS_NOTHING | {"enum", "properties", "required"}


def problems(released: Schema, today: Schema) -> list[str]:
    """What keeps `today` from standing in the place of `released`, each with its path; empty where nothing does.

    Only optional fields and enumeration values may have been added. A keyword that this check does not know is a
    problem, so that nothing passes unseen.
    """
    return list(_compare(released, today, released, today, ""))


def _compare(old: Schema, new: Schema, old_root: Schema, new_root: Schema, path: str) -> Iterator[str]:
    old, new = _resolved(old, old_root), _resolved(new, new_root)
    yield from (f"{path}: the check does not know {word}" for word in sorted((old.keys() | new.keys()) - KNOWN))
    for word in sorted(SAME):
        if old.get(word) != new.get(word):
            yield f"{path}: {word} was {old.get(word)!r} and is {new.get(word)!r}"
    if set(old.get("required", ())) != set(new.get("required", ())):
        yield f"{path}: required was {old.get('required')} and is {new.get('required')}"
    if ("enum" in old) != ("enum" in new):
        yield f"{path}: an enumeration came or went"
    for value in old.get("enum", ()):
        if value not in new.get("enum", ()):
            yield f"{path}: the value {value!r} is gone"
    for name, field in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            yield f"{path}: the field {name} is gone"
        else:
            yield from _compare(field, new["properties"][name], old_root, new_root, f"{path}/{name}")
    for word in sorted((ONE_SCHEMA | SCHEMAS_IN_ORDER) & (old.keys() | new.keys())):
        before, after = (_listed(schema.get(word)) for schema in (old, new))
        if len(before) != len(after):
            yield f"{path}: {word} was {old.get(word)!r} and is {new.get(word)!r}"
        for number, pair in enumerate(zip(before, after, strict=False)):
            yield from _compare(*pair, old_root, new_root, f"{path}/{word}/{number}")


def _listed(value: Any) -> list[Schema]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _resolved(schema: Schema, root: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].removeprefix("#/$defs/")
    return {**root["$defs"][name], **{word: each for word, each in schema.items() if word != "$ref"}}
