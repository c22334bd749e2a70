"""Short bulletins of the project's own: which strikes they tell, where, on which day, with which figures."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.records import Bulletin, Event
from streams.pipeline import read_alone

TOLD = tomllib.loads((Path(__file__).parent / "bulletins" / "strike_events.toml").read_text(encoding="utf-8"))["told"]


def written(event: Event) -> str:
    figures = sorted(
        f"{figure.measure}{f'/{figure.of}' if figure.of else ''} {figure.value}"
        f"{f' {figure.scope}' if figure.scope != 'event' else ''}"
        for figure in event.figures
        if figure.qualifier != "vague"
    )
    place = event.place.name if event.place is not None else "nowhere"
    return f"{place}, {event.occurred_on or 'no day'}: {'; '.join(figures)}".rstrip(": ")


@pytest.mark.parametrize("told", TOLD, ids=lambda told: (told["title"] or told["text"])[:48])
def test_a_bulletin_tells_these_strikes(told: dict[str, Any]) -> None:
    bulletin = Bulletin(
        bulletin_id="essai",
        source="essai",
        received_at="2027-01-01T00:00:00Z",
        sha256="",
        title=told["title"],
        text=told["text"],
        published_on=date.fromisoformat(told["day"]),
    )
    _, events = read_alone(bulletin)
    assert sorted(written(event) for event in events if event.stream == "strike") == sorted(told["strikes"])
