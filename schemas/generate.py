"""Writes `json/*.schema.json` and `asyncapi.json` from the structs: `python -m schemas.generate`.

`released/vN` holds the public schemas as they were first released under version N: copied there once, never written
again. A contract test holds today's against them.
"""

from pathlib import Path
from typing import Any

import orjson

from schemas.asyncapi import asyncapi
from schemas.channels import MESSAGES
from schemas.json_schema import json_schema

HERE = Path(__file__).parent


def documents() -> dict[str, dict[str, Any]]:
    """Every generated document by its path below `schemas/`."""
    found = {f"json/{message.name}.schema.json": json_schema(message) for message in MESSAGES}
    return {**found, "asyncapi.json": asyncapi()}


def text_of(document: dict[str, Any]) -> bytes:
    """The document as it stands on disk."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def main(folder: Path = HERE) -> None:
    """Write every document below `folder`."""
    for path, document in documents().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text_of(document))


if __name__ == "__main__":
    main()
