"""Upcasters: from each released shape of a record to the next, over the plain dict, in order.

`UPCASTERS[type][n]` turns version n+1 into n+2; a record says its version in `ce_type` (`….v1`).
"""

import re
from collections.abc import Callable
from typing import Any

from schemas.errors import FutureVersionError

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTERS: dict[str, tuple[Upcaster, ...]] = {}

VERSIONED = re.compile(r"^(?P<name>.+)\.v(?P<version>[0-9]{1,6})$")


def upcast(event_type: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields in today's shape, from whatever released version `event_type` names."""
    versioned = VERSIONED.match(event_type)
    if versioned is None:
        return fields
    chain = UPCASTERS.get(versioned["name"], ())
    version = int(versioned["version"])
    if version < 1:
        raise FutureVersionError(f"{event_type} was never released; versions begin with v1")
    if version > len(chain) + 1:
        raise FutureVersionError(
            f"{event_type} is newer than this release reads (v{len(chain) + 1}); upgrade the worker"
        )
    for step in chain[version - 1 :]:
        fields = step(fields)
    return fields
