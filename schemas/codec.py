"""The one place where bytes become records and records become bytes."""

from typing import Any, TypeVar

import msgspec
import orjson

from schemas.errors import UndecodableError
from schemas.upcasting import upcast

T = TypeVar("T")


def encode(record: msgspec.Struct) -> bytes:
    """The record as JSON in UTF-8, days as ISO 8601."""
    return orjson.dumps(msgspec.to_builtins(record))


def plain(record: msgspec.Struct) -> dict[str, Any]:
    """The record as plain dicts, lists, strings and numbers, as it stands in JSON."""
    builtins: dict[str, Any] = orjson.loads(encode(record))
    return builtins


def decode(value: bytes | None, wanted: type[T], event_type: str = "") -> T:
    """The record in `value`, upcast from the released version that `event_type` names."""
    if value is None:
        raise UndecodableError(f"no value where a {wanted.__name__} should stand")
    try:
        fields = orjson.loads(value)
        if not isinstance(fields, dict):
            raise UndecodableError(f"{type(fields).__name__} where a {wanted.__name__} should stand")
        return msgspec.convert(upcast(event_type, fields), wanted)
    except (orjson.JSONDecodeError, msgspec.ValidationError) as error:
        raise UndecodableError(f"not a {wanted.__name__}: {error}") from error
