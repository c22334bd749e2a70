"""Records that nobody can read, in named ways, as another program would put them into `bulletins`."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from streams.intake.bulletins import MAX_BYTES

Headers = tuple[tuple[str, bytes | None], ...]
WRONG_TYPES: tuple[tuple[str, Any], ...] = (
    ("bulletin_id", 12),
    ("bulletin_id", ["a", "b"]),
    ("version", "two"),
    ("version", 0),
    ("version", 1.5),
    ("withdrawn", "yes"),
    ("source", {"name": "agence"}),
    ("language", 33),
    ("title", 7),
    ("title", ["Une frappe"]),
    ("text", {"fr": "Une frappe"}),
    ("text", True),
    ("address", ["https://exemple.org"]),
    ("published_on", 20250203),
    ("published_on", "hier"),
    ("published_at", 1738576800),
    ("received_at", False),
)
IMPOSSIBLE_DATES = ("2025-02-30", "2025-13-01", "0000-01-01", "9999-12-31", "2025-02-29T00:00", "31/01/2025")
HUGE = ("1e400", "-1e400", "9" * 6000, "1" + "0" * 40, str(2**53 + 1), str(2**64), "-1")


@dataclass(frozen=True)
class Raw:
    """A record as a producer writes it."""

    value: bytes | None
    key: bytes | None = None
    headers: Headers = ()


@dataclass
class Poison:
    """Poison from a source of randomness; `number` tells one record from the next."""

    rng: random.Random
    _turns: Iterator[int] = field(default_factory=itertools.count)

    def records(self, count: int) -> Iterator[tuple[str, Raw]]:
        """`count` records, every way in turn."""
        for name, number in zip(itertools.cycle(WAYS), range(count)):
            yield name, WAYS[name](self.rng, number)


def fields(number: int, **more: Any) -> dict[str, Any]:
    """A bulletin's fields, some of them put wrong."""
    made = {"bulletin_id": f"poison/{number}", "title": "Un drone a frappé Izioum lundi 3 mars : 4 morts"}
    return made | more


def told(number: int, **more: Any) -> Raw:
    """A record of such fields under its own id."""
    return Raw(orjson.dumps(fields(number, **more)), f"poison/{number}".encode())


def literal(number: int, name: str, text: str) -> Raw:
    """A record with one field's JSON written out."""
    made = orjson.dumps(fields(number))[:-1].decode()
    return Raw(f'{made},"{name}":{text}}}'.encode(), f"poison/{number}".encode())


def wrong_type(rng: random.Random, number: int) -> Raw:
    """One field of a type that is not its own."""
    name, value = WRONG_TYPES[(number // len(WAYS)) % len(WRONG_TYPES)]
    return told(number, **{name: value})


def odd_headers(rng: random.Random, number: int) -> Raw:
    """Headers of every odd kind, also those of a dead letter and of a request to read again."""
    headers: Headers = (
        ("", b""),
        ("null", None),
        ("twice", b"1"),
        ("twice", b"2"),
        ("binary", bytes(range(256))),
        ("énorme", b"x" * 50_000),
        ("error.stage", b"read"),
        ("error.topic", b"partials"),
        ("error.partition", b"99"),
        ("error.offset", b"not a number"),
        ("error.dismissed", b"2025-01-01"),
        ("error.mended", b"2025-01-01"),
        ("reread.partition", b"-1"),
        ("reread.offset", b"nowhere"),
        ("reread.timestamp-ms", None),
        ("reread.letter", b"1"),
    )
    return Raw(b'{"title": 1}', f"poison/{number}".encode(), headers[: rng.randint(1, len(headers))])


def of_later_version(rng: random.Random, number: int) -> Raw:
    """A good bulletin that says it is of a version to come."""
    version = rng.choice((2, 17, 999_999))
    return Raw(
        orjson.dumps(fields(number)),
        f"poison/{number}".encode(),
        (("ce_type", f"bulletin-streams.bulletin.v{version}".encode()), ("ce_specversion", b"1.0")),
    )


def enveloped(rng: random.Random, number: int) -> Raw:
    """A CloudEvent in structured mode, of a version to come."""
    envelope = {"specversion": "1.0", "type": "bulletin-streams.bulletin.v2", "id": "1", "data": fields(number)}
    return Raw(orjson.dumps(envelope), None, (("content-type", b"application/cloudevents+json"),))


def cut_off(rng: random.Random, number: int) -> Raw:
    """JSON that ends too early."""
    whole = orjson.dumps(fields(number))
    return Raw(whole[: rng.randint(1, len(whole) - 1)], f"poison/{number}".encode())


WAYS: dict[str, Callable[[random.Random, int], Raw]] = {
    "no value": lambda rng, n: Raw(None, f"poison/{n}".encode()),
    "empty": lambda rng, n: Raw(b"", f"poison/{n}".encode()),
    "neither key nor value": lambda rng, n: Raw(None),
    "binary": lambda rng, n: Raw(b"\0" + rng.randbytes(rng.randint(0, 5000)), rng.randbytes(8)),
    "Windows-1252": lambda rng, n: Raw('{"title":"Frappe à Izioum : un blessé"}'.encode("cp1252")),
    "UTF-16": lambda rng, n: Raw('{"title":"Frappe à Izioum"}'.encode("utf-16")),
    "cut off": cut_off,
    "two objects": lambda rng, n: Raw(orjson.dumps(fields(n)) * 2, b""),
    "a list": lambda rng, n: Raw(orjson.dumps([fields(n)])),
    "a number": lambda rng, n: Raw(b"17"),
    "null": lambda rng, n: Raw(b"null"),
    "something else": lambda rng, n: Raw(orjson.dumps({"order": n, "lines": [{"sku": "x", "count": 2}]}), b"order"),
    "a later version": of_later_version,
    "an envelope of a later version": enveloped,
    "deep brackets": lambda rng, n: literal(n, "text", "[" * 100_000 + "]" * 100_000),
    "deep objects": lambda rng, n: literal(n, "extra", '{"a":' * 100_000 + "1" + "}" * 100_000),
    "a huge number": lambda rng, n: literal(n, "version", HUGE[(n // len(WAYS)) % len(HUGE)]),
    "a NUL character": lambda rng, n: literal(n, "text", '"Izioum \\u0000"'),
    "a raw control character": lambda rng, n: literal(n, "text", '"Izioum \x07\n"'),
    "a lone surrogate": lambda rng, n: literal(n, "text", '"Izioum \\ud83d"'),
    "over the limit": lambda rng, n: told(n, text="mot " * (MAX_BYTES // 4 + 1)),
    "an impossible date": lambda rng, n: told(n, published_on=rng.choice(IMPOSSIBLE_DATES)),
    "a time without offset": lambda rng, n: told(n, published_at="2025-02-03T10:00:00"),
    "a wrong type": wrong_type,
    "a huge id": lambda rng, n: told(n, bulletin_id="poison/" + "9" * 20_000),
    "a field twice": lambda rng, n: literal(n, "title", '"Un drone a frappé Izioum : 9 morts"'),
    "a page": lambda rng, n: told(n, title="<!DOCTYPE html>", text="<html><body>Frappe</body></html>"),
    "a withdrawal of nothing": lambda rng, n: Raw(b'{"withdrawn": true}', b"x"),
    "another key": lambda rng, n: Raw(orjson.dumps(fields(n, version=-5)), f"agence/{n}".encode()),
    "odd headers": odd_headers,
}
