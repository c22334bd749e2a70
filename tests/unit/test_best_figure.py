"""The current best of a figure and the history it keeps."""

import pytest

from schemas.records import Figure, Statement
from streams.reconciling.figures import best_figures
from tests.telling import said

EARLY, LATE = "2024-05-14T06:00", "2024-05-14T09:00"


def best(*told: tuple[str, Statement]) -> Figure:
    """The one figure of (time key, statement) pairs."""
    (found,) = best_figures(told)
    return found


def injured(
    value: float, section: str = "body", by: str = "a/1", revision: str | None = None, start: int = 0
) -> Statement:
    """A count of injured."""
    return said("injured", value, section=section, bulletin_id=by, revision=revision, start=start)


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ([(EARLY, injured(38)), (LATE, injured(55))], 55),
        ([(EARLY, injured(55)), (LATE, injured(38))], 38),
        ([(EARLY, injured(38, "headline")), (EARLY, injured(55, "title"))], 55),
        ([(EARLY, injured(55, "headline")), (EARLY, injured(38, "lead"))], 38),
        ([(EARLY, injured(60, "title")), (EARLY, injured(55, "body", revision="update"))], 55),
        ([(EARLY, injured(38, "title", revision="former")), (EARLY, injured(55))], 55),
        ([(EARLY, injured(38, by="a/1")), (EARLY, injured(40, by="a/2"))], 40),
        ([(EARLY, injured(55, revision="update", by="a/1")), (EARLY, injured(60, "title", by="a/2"))], 60),
        ([(EARLY, injured(5)), (LATE, injured(3, revision="former", by="a/2"))], 5),
        ([(EARLY, injured(3, revision="former"))], 3),
        ([("", injured(90)), (EARLY, injured(0, by="a/2"))], 0),
    ],
)
def test_the_best_is_the_latest_word(told: list[tuple[str, Statement]], value: float) -> None:
    found = best(*told)
    assert found.value == value
    assert (found.low, found.high) == (min(s.low for _, s in told), max(s.high for _, s in told))


def test_a_vague_count_or_range_stands_when_it_is_the_latest() -> None:
    vague = said("injured", 10, high=99, qualifier="vague")
    assert best((EARLY, injured(38)), (LATE, vague)) == Figure(
        measure="injured", value=10, low=10, high=99, qualifier="vague"
    )
    between = said("injured", 7, high=15, qualifier="range")
    assert best((EARLY, between)).value == 7


def test_figures_part_by_measure_of_side_unit_and_scope_in_the_order_of_telling() -> None:
    told = [
        said("killed", 1),
        said("killed", 1, of="child"),
        said("killed", 1, side="RU"),
        said("amount", 1, unit="EUR"),
        said("killed", 1, scope="total"),
        said("killed", 0, start=50),
    ]
    found = best_figures((EARLY, each) for each in told)
    assert [(f.measure, f.of, f.side, f.unit, f.scope) for f in found] == [
        (s.measure, s.of, s.side, s.unit, s.scope) for s in told[:5]
    ]


@pytest.mark.parametrize(
    ("other", "qualifier"),
    [
        (said("killed", 4, qualifier="at-least", bulletin_id="a/1"), "at-least"),
        (said("killed", 3, qualifier="at-least", bulletin_id="a/1"), "exact"),
        (said("killed", 4, qualifier="at-least", bulletin_id="a/2"), "exact"),
        (said("killed", 4, qualifier="about", bulletin_id="a/1"), "exact"),
    ],
)
def test_a_text_that_says_at_least_once_says_it_of_its_title_too(other: Statement, qualifier: str) -> None:
    told = (LATE, said("killed", 4, section="title", bulletin_id="a/1")), (EARLY, other)
    assert best(*told).qualifier == qualifier


def test_a_bare_number_in_the_lead_stands_beside_an_at_least_in_the_body() -> None:
    bare = [(EARLY, said("killed", 4, section=section, bulletin_id="a/1")) for section in ("title", "lead")]
    hedged = EARLY, said("killed", 4, qualifier="at-least", bulletin_id="a/1")
    assert best(*bare, hedged).qualifier == "exact"
