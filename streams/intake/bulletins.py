"""Bulletins from what people and programs bring: plain text or JSON fields, completed and checked.

What cannot be taken raises RefusedInput with its remedy, before anything is published.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePath
from typing import Any

import msgspec
import orjson

from schemas.records import Bulletin
from schemas.upcasting import upcast
from streams.errors import RefusedInput
from streams.languages import pack_of
from streams.naming import short_hash

MAX_BYTES = 1024 * 1024
MAX_FIELDS_BYTES = 16 * 1024
DAY_ONE = date(2022, 2, 24)
NUMBERED = re.compile(r"^(?P<source>.*?)[-_. ]*(?P<number>\d+)$")
HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
UNKNOWN_SOURCE = "unknown"
OWN_TYPES = "bulletin-streams."


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What the caller says of a plain-text file; None leaves it to the file's name and text."""

    bulletin_id: str | None = None
    source: str | None = None
    published_on: str | None = None
    language: str = "fr"


def now() -> str:
    """The present time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def from_file(data: bytes, name: str, options: FileOptions, received_at: str) -> Bulletin:
    """The bulletin of a plain-text file: UTF-8, first line the title, nothing else stripped or normalised."""
    text = decoded(data, name)
    title, _, body = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    stem = PurePath(name).stem
    numbered = NUMBERED.match(stem)
    source = options.source
    if source is None:
        source = numbered["source"] if numbered and numbered["source"] else stem
    bulletin_id = options.bulletin_id
    if bulletin_id is None and numbered:
        bulletin_id = f"{source}/{numbered['number']}"
    fields = {
        "bulletin_id": bulletin_id,
        "source": source,
        "language": options.language,
        "title": title,
        "text": body,
        "published_on": options.published_on,
        "received_at": received_at,
    }
    return complete({name: value for name, value in fields.items() if value is not None})


def decoded(data: bytes, name: str) -> str:
    """The text of a file's bytes, without its byte order mark."""
    if not data.strip():
        raise RefusedInput(f"{name}: empty; publish a file whose first line is the title")
    if len(data) > MAX_BYTES:
        raise RefusedInput(f"{name}: {len(data)} bytes, the limit is {MAX_BYTES}; split it into bulletins")
    if b"\0" in data:
        raise RefusedInput(f"{name}: binary, not text; publish a plain-text file in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedInput(
            f"{name}: not UTF-8 at byte {error.start}; convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"
        ) from error


def from_json(line: bytes | str, received_at: str) -> Bulletin:
    """The bulletin of one NDJSON line; a `received_at` of its own is not believed."""
    return complete(json_object(line) | {"received_at": received_at})


def from_record(value: bytes, received_at: str, event_type: str = "") -> Bulletin:
    """The bulletin of a record in `bulletins`, whoever wrote it; `received_at` stands where the value has none.

    Another publisher's `event_type` says nothing of the shape; one of ours raises FutureVersionError where it is newer.
    """
    fields = json_object(value)
    if event_type.startswith(OWN_TYPES):
        fields = upcast(event_type, fields)
    return complete({"received_at": received_at} | {name: each for name, each in fields.items() if each is not None})


def json_object(line: bytes | str) -> dict[str, Any]:
    """The fields of a line of JSON."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise RefusedInput(f"broken JSON: {error}; write one JSON object a line, in UTF-8") from error
    if not isinstance(fields, dict):
        raise RefusedInput(
            f"a bulletin is a JSON object, not {type(fields).__name__}; give title and text as its fields"
        )
    _refuse_doubled_fields(line)
    return fields


def _refuse_doubled_fields(line: bytes | str) -> None:
    """Raise RefusedInput where a field is given twice: which of the two is meant, no reader may decide."""
    try:
        # Numbers stay text: Python would refuse to read one of many thousand digits.
        json.loads(line, object_pairs_hook=_once, parse_int=str)
    except RecursionError as error:
        raise RefusedInput("nested too deep; a bulletin's fields are plain") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(doubled, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise RefusedInput(f"the field {doubled[:60]!r} is given twice; give it once")
    return found


def complete(fields: Mapping[str, Any]) -> Bulletin:
    """The bulletin that `fields` describe, with its id, hash, day number and days filled in and checked.

    `fields` bring `received_at`; `sha256` and `day_number` are always computed.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    title, text = given.get("title", ""), given.get("text", "")
    if not isinstance(title, str) or not isinstance(text, str):
        raise RefusedInput("title and text must be strings; quote them in the JSON")
    _check_text(given, title, text)
    given.setdefault("source", UNKNOWN_SOURCE)
    given.setdefault("language", "fr")
    _check_times(given)
    given["sha256"] = ""
    if given.get("bulletin_id", "") == "":
        given["bulletin_id"] = _derived_id(given, title, text)
    given["day_number"] = _day_number(given, title)
    try:
        bulletin = msgspec.convert(given, Bulletin)
    except msgspec.ValidationError as error:
        raise RefusedInput(f"{error}; see the fields of a bulletin in schemas/") from error
    if bulletin.version < 1 or bulletin.version > 2**53:
        raise RefusedInput(f"version {bulletin.version}; versions are whole numbers from 1")
    return msgspec.structs.replace(bulletin, sha256=text_hash(bulletin))


def text_hash(bulletin: Bulletin) -> str:
    """The hash that tells a repeat: over language, title, text and both times of publication."""
    parts = [bulletin.language, bulletin.title, bulletin.text, bulletin.published_on, bulletin.published_at]
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()


def id_survives_correction(fields: Mapping[str, Any]) -> bool:
    """Whether the id was given, numbered or made of the address; an id made of the text changes with the text."""
    return bool(fields.get("bulletin_id") or fields.get("address"))


def _derived_id(given: Mapping[str, Any], title: str, text: str) -> str:
    basis = given.get("address")
    return f"{given['source']}/{short_hash(basis if basis is not None else [title, text])}"


def _check_text(given: Mapping[str, Any], title: str, text: str) -> None:
    if given.get("withdrawn", False):
        if not id_survives_correction(given):
            raise RefusedInput("a withdrawal of no bulletin; give it the bulletin_id, or use: bulletins withdraw ID")
    elif not (title.strip() or text.strip()):
        raise RefusedInput("neither title nor text; a bulletin needs one of them")
    if any("\0" in value for value in given.values() if isinstance(value, str)):
        raise RefusedInput("binary, not text (a NUL character); publish plain text in UTF-8")
    if HTML.match(title if title.strip() else text):
        raise RefusedInput("HTML is not read yet; publish the page's text instead")
    size = _bytes_of(title, text)
    if size > MAX_BYTES:
        raise RefusedInput(f"{size} bytes of text, the limit is {MAX_BYTES}; split it into bulletins")
    rest = _bytes_of(*(value for value in given.values() if isinstance(value, str))) - size
    if rest > MAX_FIELDS_BYTES:
        raise RefusedInput(f"{rest} bytes beside title and text, the limit is {MAX_FIELDS_BYTES}; shorten its fields")


def _bytes_of(*values: str) -> int:
    return sum(len(value.encode(errors="replace")) for value in values)


def _check_times(given: dict[str, Any]) -> None:
    published_at = given.get("published_at")
    if published_at is not None:
        moment = _moment(published_at, "published_at")
        if moment.tzinfo is None:
            raise RefusedInput(f"published_at {published_at!r} has no offset; write it as 2025-02-04T10:15:00+02:00")
        given.setdefault("published_on", moment.date().isoformat())
    if _moment(given["received_at"], "received_at").tzinfo is None:
        raise RefusedInput("received_at has no offset; leave it out, it is always computed")
    published_on = given.get("published_on")
    if published_on is not None:
        try:
            _within_calendar(date.fromisoformat(published_on))
        except (TypeError, ValueError) as error:
            raise RefusedInput(
                f"published_on {published_on!r} is no day of the calendar; write it as 2025-02-04"
            ) from error


def _moment(value: Any, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        _within_calendar(moment)
    except (TypeError, ValueError) as error:
        raise RefusedInput(f"{name} {value!r} is no time; write it as 2025-02-04T10:15:00+02:00") from error
    return moment


def _within_calendar(day: date) -> None:
    """Raise ValueError at the ends of the calendar, where another time zone's clock would fall outside it."""
    if not date.min.year < day.year < date.max.year:
        raise ValueError(f"the year {day.year} cannot be told in every time zone")


def _day_number(given: Mapping[str, Any], title: str) -> int | None:
    language = given.get("language")
    pack = pack_of(language) if isinstance(language, str) else None
    try:
        day = pack.day_number(title) if pack is not None else None
    except OverflowError:
        return None
    return None if day is None else (day - DAY_ONE) // timedelta(days=1) + 1
