"""Small worlds of bulletins in which claims collide often: few places, days, names and values."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from schemas.internal import Report
from schemas.records import Bulletin, Place
from streams.intake.bulletins import complete
from tests.telling import DAY, UKRAINE, claim, person, region, said, script, town

DAYS = (None, DAY, DAY, DAY + timedelta(days=1), DAY + timedelta(days=9))
PLACES: tuple[Place | None, ...] = (
    None,
    town("Konotop", geoname_id=11),
    town("Konotop", region="Odessa", geoname_id=12),
    town("Krolevets"),
    town("Gare de Konotop", precision="site"),
    region("Soumy"),
    region("Odessa"),
    UKRAINE,
)
TIMES: tuple[dict[str, str], ...] = (
    {},
    {"published_on": "2024-05-14"},
    {"published_on": "2024-05-15"},
    {"published_at": "2024-05-14T06:00:00+03:00"},
    {"published_at": "2024-05-14T23:30:00+00:00"},
    {"published_at": "2024-05-16T08:00:00+02:00"},
    {"published_at": "2031-01-01T00:00:00+00:00"},
)
RECEIVED_AT = ("2024-05-14T20:00:00+00:00", "2024-05-16T21:30:00+00:00", "2024-06-20T12:00:00+00:00")
NAMES = ("Keith Kellogg", "Kellogg", "Olena Bondar", "Bondar", "État-major")
STATUSES = ("occurred", "occurred", "ongoing", "announced", "postponed", "cancelled")
KINDS = {
    "strike": ("missile", "drone", "combined", "explosion", "unspecified"),
    "military-personnel": ("prisoner-exchange", "losses", "transfer", "strength"),
    "diplomacy": ("visit", "talks", "call", "statement"),
}
FIGURES = {
    "strike": (("killed", None), ("killed", "child"), ("killed", "civilian"), ("injured", None), ("launched", "drone")),
    "military-personnel": (("exchanged", None), ("losses", None), ("transferred", None), ("share", None)),
    "diplomacy": (("amount", None), ("countries", None)),
}


@st.composite
def statements(draw: st.DrawFn, stream: str, start: int) -> Any:
    """One figure with few values, so that equal figures are common."""
    measure, of = draw(st.sampled_from(FIGURES[stream]))
    value = draw(st.sampled_from((0, 1, 2, 5, 0.5, 10)))
    spread = draw(st.sampled_from((0, 0, 3)))
    return said(
        measure,
        value,
        of=of,
        start=start,
        high=value + spread,
        qualifier="range" if spread else draw(st.sampled_from(("exact", "vague"))),
        section=draw(st.sampled_from(("title", "lead", "headline", "body"))),
        scope=draw(st.sampled_from(("event", "event", "event", "total", "cumulative"))),
        side=draw(st.sampled_from((None, "UA", "RU"))) if stream == "military-personnel" else None,
        unit="percent" if measure == "share" else draw(st.sampled_from((None, "EUR"))) if measure == "amount" else None,
        revision=draw(st.sampled_from((None, None, None, "former", "update"))),
    )


@st.composite
def reports(draw: st.DrawFn, position: int = 1) -> Report:
    """One claim of any stream, often without its place or day."""
    stream = draw(st.sampled_from(tuple(KINDS)))
    day = draw(st.sampled_from(DAYS))
    window = draw(st.sampled_from((None, None, 0, 9))) if day is None else None
    start = DAY + timedelta(days=8)
    names = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
    roles = ("participant", "host", "envoy")
    return claim(
        *(draw(statements(stream, each)) for each in range(draw(st.integers(0, 3)))),
        stream=stream,
        kind=draw(st.sampled_from(KINDS[stream])),
        status=draw(st.sampled_from(STATUSES)),
        occurred_on=day,
        date_precision="unknown" if day is None else draw(st.sampled_from(("day", "night", "day", "week"))),
        occurred_until=None,
        expected_from=None if window is None else start,
        expected_until=None if window is None else start + timedelta(days=window),
        decided_on=draw(st.sampled_from((None, None, None, date(2024, 5, 1)))),
        place=draw(st.sampled_from(PLACES)),
        actors=tuple(
            person(name, draw(st.sampled_from((None, "US", "UA"))), draw(st.sampled_from(roles))) for name in names
        ),
        sources=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=1))),
        position=position,
        summary=draw(st.sampled_from(("une frappe", "un échange"))),
    )


@st.composite
def texts(draw: st.DrawFn, bulletin_id: str, version: int) -> Bulletin:
    """One version of a bulletin: up to three claims, a time or none, or its withdrawal."""
    times = draw(st.sampled_from(TIMES))
    received = draw(st.sampled_from(RECEIVED_AT))
    if version > 1 and draw(st.integers(0, 3)) == 0:
        return script(bulletin_id, version=version, withdrawn=True, received_at=received)
    said_here = [draw(reports(position)) for position in range(1, draw(st.integers(1, 3)) + 1)]
    return script(bulletin_id, *said_here, version=version, received_at=received, **times)


@st.composite
def retold(draw: st.DrawFn, history: Sequence[Bulletin], version: int) -> Bulletin:
    """Another text of one id, now and then only with another time."""
    if draw(st.booleans()) or history[-1].withdrawn:
        return draw(texts(history[-1].bulletin_id, version))
    fields = {"bulletin_id": history[-1].bulletin_id, "text": history[-1].text, "version": version}
    return complete({**fields, "received_at": draw(st.sampled_from(RECEIVED_AT)), **draw(st.sampled_from(TIMES))})


@st.composite
def worlds(draw: st.DrawFn, most: int = 5) -> list[list[Bulletin]]:
    """For each id the texts it had, in the order of their versions; a version may have two texts."""
    histories = []
    for number in range(draw(st.integers(1, most))):
        versions = sorted(draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)))
        history: list[Bulletin] = []
        for version in versions:
            history.append(draw(retold(history, version)) if history else draw(texts(f"b/{number}", version)))
        histories.append(history)
    return histories


@st.composite
def arrivals(draw: st.DrawFn, histories: Sequence[Sequence[Bulletin]]) -> list[Bulletin]:
    """One order of arrival: the versions of one id keep theirs, some texts come again later."""
    waiting = [list(history) for history in histories]
    seen: list[Bulletin] = []
    while any(waiting):
        if seen and draw(st.integers(0, 4)) == 0:
            seen.append(draw(st.sampled_from(seen)))
        choice = draw(st.integers(0, sum(1 for texts_left in waiting if texts_left) - 1))
        seen.append([texts_left for texts_left in waiting if texts_left][choice].pop(0))
    return seen
