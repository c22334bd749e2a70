"""Annotated texts and what the reader answers to them, both in one form that can be compared."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
import orjson
from msgspec import Struct

from schemas.enumerations import ItemStream, Kind, Measure, Qualifier, Scope, Stream
from schemas.records import Bulletin, Event, Figure, Item, Number, Statement
from streams.intake.bulletins import complete, now
from streams.pipeline import read_alone

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "corpus" / "annotated"
DEVELOPMENT = "development"
DEVELOPMENT_FILE = ROOT.parent / "shared" / "evaluation" / "development.ndjson"


class ToldFigure(Struct, frozen=True, kw_only=True):
    """A figure of an event, with the words it rests on."""

    measure: Measure
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    of: str | None = None
    side: str | None = None
    unit: str | None = None
    scope: Scope = "event"
    qualifier: Qualifier = "exact"
    quote: str = ""
    optional: bool = False


class ToldEvent(Struct, frozen=True, kw_only=True):
    """An event as a person annotated it or the reader told it; `day` is the day it happened, if that is told."""

    stream: Stream
    kind: Kind
    figures: tuple[ToldFigure, ...]
    day: str | None = None
    place: str | None = None
    place_also: tuple[str | None, ...] = ()
    place_optional: bool = False
    event_optional: bool = False


class ToldItem(Struct, frozen=True, kw_only=True):
    """A headline of a bulletin of several items, and where the item belongs."""

    headline: str
    stream: ItemStream


class Gold(Struct, frozen=True, kw_only=True):
    """What a careful person found in a text; on what is `disputed` two people did not agree, so nobody is judged."""

    streams: tuple[ItemStream, ...]
    events: tuple[ToldEvent, ...]
    items: tuple[ToldItem, ...] = ()
    streams_disputed: tuple[ItemStream, ...] = ()
    strike_days_disputed: tuple[str, ...] = ()
    items_disputed: bool = False


@dataclass(frozen=True)
class AnnotatedText:
    """A bulletin and its annotation; `tags` name the phenomena it was written for."""

    bulletin: Bulletin
    gold: Gold
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the reader gave for one text: events to compare, and those it gave with their statements."""

    items: tuple[ToldItem, ...] = ()
    events: tuple[ToldEvent, ...] = ()
    given: tuple[Event, ...] = field(default=(), repr=False)


def sets() -> dict[str, Path]:
    """The sets at hand, by name: the development set, if it lies beside the checkout, and the project's own."""
    own = {path.stem: path for path in sorted(OWN.glob("*.ndjson"))}
    return ({DEVELOPMENT: DEVELOPMENT_FILE} if DEVELOPMENT_FILE.is_file() else {}) | own


def annotated(lines: Iterable[bytes]) -> list[AnnotatedText]:
    """The texts of a set's lines; raises msgspec.ValidationError where an annotation is not of the form of `Gold`."""
    texts = []
    for line in lines:
        fields = orjson.loads(line)
        gold = msgspec.convert(fields.pop("gold"), Gold)
        tags = tuple(fields.pop("tags", ()))
        texts.append(AnnotatedText(complete(fields | {"received_at": now()}), gold, tags))
    return texts


@cache
def read_set(path: Path) -> tuple[tuple[AnnotatedText, Answer], ...]:
    """Each text of a set with what today's reader answers to it."""
    texts = annotated(line for line in path.read_bytes().splitlines() if line.strip())
    return tuple((text, answered(*read_alone(text.bulletin))) for text in texts)


def answered(items: Iterable[Item], events: Iterable[Event]) -> Answer:
    """Items and events of the reader in the form of an annotation."""
    given = tuple(events)
    told = tuple(ToldItem(headline=item.headline, stream=item.stream) for item in items)
    return Answer(told, tuple(map(as_told, given)), given)


def as_told(event: Event) -> ToldEvent:
    """An event of the reader in the form of an annotation."""
    return ToldEvent(
        stream=event.stream,
        kind=event.kind,
        day=event.occurred_on.isoformat() if event.occurred_on else None,
        place=event.place.name if event.place else None,
        place_also=(event.place.canonical,) if event.place else (),
        figures=tuple(
            ToldFigure(**msgspec.structs.asdict(figure), quote=_words(figure, event.statements))
            for figure in event.figures
        ),
    )


def _words(figure: Figure, statements: Iterable[Statement]) -> str:
    def likeness(statement: Statement) -> int:
        names = ("measure", "of", "side", "unit", "scope", "value")
        return sum(getattr(statement, name) == getattr(figure, name) for name in names)

    said = [statement for statement in statements if statement.measure == figure.measure]
    return max(said, key=likeness).quote if said else ""


def held_out(bulletin_id: str) -> bool:
    """Whether a text is of the third of the development set that nobody looks into while writing rules."""
    return int(hashlib.sha256(bulletin_id.encode()).hexdigest(), 16) % 3 == 0
