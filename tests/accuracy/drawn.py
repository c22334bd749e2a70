"""Small annotated texts and answers drawn at random, in which equal places, days and figures are common."""

from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from schemas.records import Event, Item
from tests.accuracy.annotated import AnnotatedText, Answer, annotated, answered

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
Pair = tuple[dict[str, Any], dict[str, Any]]
STREAMS = ("strike", "strike", "military-personnel", "diplomacy")
KINDS = {
    "strike": ("drone", "missile", "combined"),
    "military-personnel": ("losses", "prisoner-exchange"),
    "diplomacy": ("visit", "talks"),
}
PLACES = (None, "Konotop", "Kónotop", "Krolevets", "Nove-Selo", "nove selo", "—")
DAYS = (None, "2024-05-14", "2024-05-15")
HEADLINES = ("Un pont à Soumy", "un pont a soumy", "Les otages", "")
TEXT = "Deux morts à Konotop, trois blessés à Krolevets."
flags = st.sampled_from((False, False, True))


def maybe(*names: str) -> st.SearchStrategy[list[str]]:
    """Some of the names, each once."""
    return st.lists(st.sampled_from(names), unique=True, max_size=2)


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    """A figure as both sides tell it."""
    value = draw(st.sampled_from((0, 1, 2, 2.5)))
    return {
        "measure": draw(st.sampled_from(("killed", "injured", "launched"))),
        "of": draw(st.sampled_from((None, None, "child"))),
        "side": draw(st.sampled_from((None, None, "RU"))),
        "unit": draw(st.sampled_from((None, None, "percent"))),
        "scope": draw(st.sampled_from(("event", "event", "total"))),
        "value": value,
        "low": draw(st.sampled_from((value, 0))),
        "high": draw(st.sampled_from((value, 9))),
        "qualifier": draw(st.sampled_from(("exact", "exact", "about", "vague"))),
    }


@st.composite
def gold_events(draw: st.DrawFn) -> dict[str, Any]:
    """An event as a person annotates it."""
    stream = draw(st.sampled_from(STREAMS))
    own = draw(st.lists(figures(), max_size=3))
    return {
        "stream": stream,
        "kind": draw(st.sampled_from(KINDS[stream])),
        "day": draw(st.sampled_from(DAYS)),
        "place": draw(st.sampled_from(PLACES)),
        "place_also": draw(st.lists(st.sampled_from(PLACES), max_size=1)),
        "place_optional": draw(flags),
        "event_optional": draw(flags),
        "figures": [figure | {"optional": draw(flags)} for figure in own],
    }


@st.composite
def statements(draw: st.DrawFn, bulletin_id: str) -> dict[str, Any]:
    """A statement whose quote may not be what stands there."""
    start = draw(st.integers(0, 10))
    end = draw(st.integers(0, 12))
    quote = draw(st.sampled_from((TEXT[start:end], TEXT[start:end], "Trois")))
    said = {"section": draw(st.sampled_from(("title", "body"))), "quote": quote, "start": start, "end": end}
    return draw(figures()) | said | {"bulletin_id": draw(st.sampled_from((bulletin_id, bulletin_id, "un autre")))}


@st.composite
def found_events(draw: st.DrawFn, bulletin_id: str) -> dict[str, Any]:
    """An event as the reader gives it."""
    stream = draw(st.sampled_from(STREAMS))
    name, canonical = draw(st.sampled_from(PLACES)), draw(st.sampled_from(PLACES))
    return {
        "event_id": "essai",
        "revision": 1,
        "stream": stream,
        "kind": draw(st.sampled_from(KINDS[stream])),
        "status": "occurred",
        "day": "2024-05-16",
        "reported_on": "2024-05-16",
        "occurred_on": draw(st.sampled_from(DAYS)),
        "place": None if name is None else {"name": name, "canonical": canonical},
        "summary": "",
        "extractor": "",
        "figures": draw(st.lists(figures(), max_size=3)),
        "statements": draw(st.lists(statements(bulletin_id), max_size=2)),
    }


@st.composite
def texts(draw: st.DrawFn, number: int = 0) -> Pair:
    """One annotated text and an answer to it, each as its line of JSON has it."""
    bulletin_id = f"essai/{number}"
    gold: dict[str, Any] = {
        "streams": draw(maybe("strike", "military-personnel", "diplomacy")) or ["other"],
        "events": draw(st.lists(gold_events(), max_size=3)),
        "items": [
            {"headline": headline, "stream": draw(st.sampled_from((*STREAMS, "other")))}
            for headline in draw(maybe(*HEADLINES))
        ],
        "streams_disputed": draw(st.sampled_from(([], [], ["strike"], ["diplomacy"]))),
        "strike_days_disputed": draw(st.sampled_from(([], [], ["2024-05-14"]))),
        "items_disputed": draw(flags),
    }
    line = {"bulletin_id": bulletin_id, "source": "essai", "title": "Deux morts", "text": TEXT, "gold": gold}
    items = [
        {
            **{
                "item_id": "",
                "bulletin_id": bulletin_id,
                "position": 1,
                "lead": None,
                "body": "",
                "start": 0,
                "end": 0,
            },
            **{"headline": headline, "stream": draw(st.sampled_from((*STREAMS, "other"))), "reason": ""},
        }
        for headline in draw(st.lists(st.sampled_from(HEADLINES), max_size=3))
    ]
    events = draw(st.lists(found_events(bulletin_id), max_size=3))
    return line, {"bulletin_id": bulletin_id, "items": items, "events": events}


drawn_sets = st.integers(1, 3).flatmap(lambda size: st.tuples(*(texts(number) for number in range(size))))


def typed(drawn: tuple[Pair, ...]) -> list[tuple[AnnotatedText, Answer]]:
    """The same as the scorer takes it."""
    gold = annotated(msgspec.json.encode(line) for line, _ in drawn)
    answers = (
        answered(msgspec.convert(found["items"], list[Item]), msgspec.convert(found["events"], list[Event]))
        for _, found in drawn
    )
    return list(zip(gold, answers, strict=True))


def perfect(text: AnnotatedText) -> Answer:
    """The answer that the annotation itself would be."""
    return Answer(items=text.gold.items, events=text.gold.events)
