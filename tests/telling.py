"""Reports, bulletins and figures as values, so that tests of the core do not hang on how French is read.

A bulletin's text is its reports as JSON; `read_script` reads it, and `scripted` puts that in the place of the reader.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

import msgspec
from msgspec import structs

from schemas.internal import BulletinReports, Report
from schemas.records import Actor, Bulletin, Event, Place, Statement
from streams.extraction.stage import Origin
from streams.intake.bulletins import complete
from streams.pipeline import Pipeline
from streams.reading.findings import Reading
from streams.reconciling.blocks import RULES
from streams.reconciling.told import Told

DAY = date(2024, 5, 14)
RECEIVED = "2024-05-20T12:00:00+00:00"


def town(name: str, region: str = "Soumy", geoname_id: int | None = None, **fields: Any) -> Place:
    """A settlement of Ukraine."""
    return Place(name=name, canonical=name, region=region, geoname_id=geoname_id, country="UA", **fields)


def region(name: str) -> Place:
    """A region of Ukraine."""
    return Place(name=f"région de {name}", canonical=name, region=name, country="UA", precision="region")


UKRAINE = Place(name="Ukraine", canonical="Ukraine", country="UA", precision="country")


def said(measure: str, value: float, **fields: Any) -> Statement:
    """A figure statement; its span tells it from others of the same measure."""
    start = fields.pop("start", 0)
    return Statement(
        **{
            "measure": measure,
            "value": value,
            "low": value,
            "high": value,
            "section": "body",
            "quote": f"{value} {measure}",
            "start": start,
            "end": start + 9,
            "bulletin_id": "",
            **fields,
        }
    )


def claim(*statements: Statement, **fields: Any) -> Report:
    """A report of a strike of `DAY` unless told otherwise."""
    given = {
        "item_id": "#1",
        "position": 1,
        "stream": "strike",
        "kind": "drone",
        "status": "occurred",
        "summary": "une frappe",
        "occurred_on": DAY,
        "date_precision": "day",
        "statements": statements,
        **fields,
    }
    return Report(**given)


def signed(report: Report, bulletin_id: str) -> Report:
    """The report with its bulletin's id where the reader would put it."""
    statements = tuple(structs.replace(each, bulletin_id=bulletin_id) for each in report.statements)
    return structs.replace(report, item_id=f"{bulletin_id}#{report.position}", statements=statements)


def told(report: Report, bulletin_id: str = "a/1", at: str = "2024-05-14T06:00", on: date = DAY, **fields: Any) -> Told:
    """A report in the mouth of a bulletin."""
    given = {"ordinal": 0, "topic": "bulletins", "partition": 0, "offset": 0, "extractor": "test/1", **fields}
    return Told(report=signed(report, bulletin_id), bulletin_id=bulletin_id, time_key=at, reported_on=on, **given)


def claims(
    bulletin_id: str, *reports: Report, at: str = "2024-05-14T06:00", on: date = DAY, version: int = 1, offset: int = 0
) -> BulletinReports:
    """What a bulletin says, by block, as it stands in `reports`."""
    by_block: dict[str, tuple[Report, ...]] = {}
    for report in reports:
        block = RULES[report.stream].block(report, on)
        by_block[block] = (*by_block.get(block, ()), signed(report, bulletin_id))
    return BulletinReports(
        bulletin_id=bulletin_id,
        version=version,
        topic="bulletins",
        partition=0,
        offset=offset,
        time_key=at,
        reported_on=on,
        extractor="test/1",
        blocks=by_block,
    )


def script(bulletin_id: str, *reports: Report, **fields: Any) -> Bulletin:
    """A bulletin whose text is its reports."""
    text = msgspec.json.encode(reports).decode()
    return complete({"bulletin_id": bulletin_id, "text": text, "received_at": RECEIVED, **fields})


def read_script(bulletin: Bulletin) -> Reading:
    """The reports that stand in the text; a withdrawn bulletin says nothing."""
    if bulletin.withdrawn:
        return Reading((), ())
    reports = msgspec.json.decode(bulletin.text, type=tuple[Report, ...])
    return Reading((), tuple(signed(report, bulletin.bulletin_id) for report in reports))


@contextmanager
def scripted() -> Iterator[None]:
    """`read_script` in the place of the French reader."""
    with patch("streams.extraction.stage.read", read_script):
        yield


def fed(bulletins: Iterable[Bulletin]) -> Pipeline:
    """The pipeline after scripted bulletins, offsets in the order of arrival; an id keeps to its partition."""
    pipeline = Pipeline()
    with scripted():
        for offset, bulletin in enumerate(bulletins):
            partition = sum(bulletin.bulletin_id.encode()) % 3
            pipeline.feed(bulletin, Origin(topic="bulletins", partition=partition, offset=offset))
    return pipeline


def figure(event: Event, measure: str, **fields: Any) -> tuple[float, float, float]:
    """Value, low and high of the one figure with these fields."""
    wanted: Mapping[str, Any] = {"measure": measure, "of": None, "scope": "event", **fields}
    found = [each for each in event.figures if all(getattr(each, name) == value for name, value in wanted.items())]
    (one,) = found
    return one.value, one.low, one.high


def person(name: str, country: str | None = None, role: str = "participant") -> Actor:
    """Somebody who takes part."""
    return msgspec.convert({"name": name, "role": role, "country": country}, Actor)
