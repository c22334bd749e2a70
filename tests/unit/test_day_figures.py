"""Daily figures: what is counted, what is kept out of the sums, and what everyone's count is made of."""

from typing import Any

import pytest

from schemas.codec import decode, encode
from schemas.enumerations import Status
from schemas.internal import Partial, Report
from schemas.records import DailyFigures, DayFigure, Place
from streams.figures.contributions import contribution
from streams.figures.days import combine
from streams.figures.partials import partial
from streams.reconciling.merging import merge
from tests.telling import DAY, UKRAINE, claim, region, said, told, town

KONOTOP, KROLEVETS = town("Konotop", geoname_id=11), town("Krolevets", geoname_id=12)


def day(*reports: Report, at: tuple[str, ...] = ()) -> DailyFigures:
    """The day's figures of events told by one report each, at times an hour apart."""
    found = []
    for number, report in enumerate(reports):
        time_key = at[number] if at else f"2024-05-14T{number:02}:00"
        event = merge(f"e{number}", report.stream, [told(report, f"b/{number}", at=time_key)])
        found.append(contribution(event, {f"b/{number}": time_key}))
    counted = [each for each in found if each is not None]
    return combine([decode(encode(partial(DAY, "strike", 0, 0, counted)), Partial)])


def of(figures: tuple[DayFigure, ...], measure: str, **fields: Any) -> tuple[float, ...] | None:
    """Value, low, high and events of one figure."""
    wanted = {"measure": measure, "of": None, **fields}
    found = [each for each in figures if all(getattr(each, name) == value for name, value in wanted.items())]
    assert len(found) < 2
    return (found[0].value, found[0].low, found[0].high, found[0].events) if found else None


def killed(*counts: tuple[str | None, float], place: Place | None = KONOTOP, **fields: Any) -> Report:
    """A strike with its dead by group."""
    return claim(*(said("killed", value, of=group) for group, value in counts), place=place, **fields)


def test_bests_are_added_over_the_events_of_the_day() -> None:
    figures = day(killed((None, 2)), killed((None, 3), place=KROLEVETS), killed((None, 0), place=None))
    assert (figures.events, figures.kinds, figures.places) == (3, {"drone": 3}, {"Konotop": 1, "Krolevets": 1})
    assert of(figures.figures, "killed") == (5, 5, 5, 3)


def test_fractions_are_exact_and_whole_where_they_are_whole() -> None:
    figures = day(*(claim(said("amount", 0.1, unit="EUR")) for _ in range(10)))
    assert of(figures.figures, "amount", unit="EUR") == (1, 1, 1, 10)
    assert isinstance(figures.figures[0].value, int)


@pytest.mark.parametrize(
    ("status", "happened", "expected"),
    [
        ("occurred", 1, 0),
        ("ongoing", 1, 0),
        ("announced", 0, 1),
        ("postponed", 0, 1),
        ("cancelled", 0, 0),
        ("withdrawn", 0, 0),
    ],
)
def test_only_what_stands_is_counted(status: Status, happened: int, expected: int) -> None:
    figures = day(killed((None, 2), status=status))
    assert (figures.events, figures.expected.events) == (happened, expected)
    assert len(figures.event_ids) == happened + expected
    assert bool(figures.figures) == bool(happened)
    assert bool(figures.expected.figures) == bool(expected)


@pytest.mark.parametrize("scope", ["total", "cumulative"])
def test_an_event_of_sums_alone_is_not_counted(scope: str) -> None:
    figures = day(claim(said("killed", 9, scope=scope), place=UKRAINE))
    assert (figures.events, figures.kinds, figures.places, figures.figures) == (0, {}, {}, ())
    stands = figures.stated_totals if scope == "total" else figures.cumulative
    assert of(stands, "killed") == (9, 9, 9, 1)
    both = day(claim(said("killed", 9, scope=scope), said("injured", 1), place=UKRAINE))
    assert both.events == 1
    assert day(claim(place=KONOTOP)).events == 1


@pytest.mark.parametrize(
    ("counts", "everyone"),
    [
        ([(None, 3), ("child", 5)], 3),
        ([("civilian", 2), ("soldier", 1), ("rescuer", 1)], 4),
        ([("child", 2), ("adult", 3), ("civilian", 4)], 5),
        ([("woman", 2), ("man", 1), ("child", 1), ("adult", 3)], 4),
        ([("child", 1)], 1),
        ([("police", 0)], 0),
    ],
)
def test_everyone_is_told_or_the_larger_of_its_groups(counts: list[tuple[str | None, float]], everyone: float) -> None:
    assert of(day(killed(*counts)).figures, "killed") == (everyone, everyone, everyone, 1)


def test_everyone_is_made_up_event_by_event_and_side_by_side() -> None:
    figures = day(killed(("child", 2)), killed((None, 3), ("child", 1), place=KROLEVETS))
    assert of(figures.figures, "killed") == (5, 5, 5, 2)
    assert of(figures.figures, "killed", of="child") == (3, 3, 3, 2)
    exchanged = day(claim(said("exchanged", 6, of="woman", side="UA"), said("exchanged", 185, side="RU")))
    assert of(exchanged.figures, "exchanged", side="UA") == (6, 6, 6, 1)
    assert of(exchanged.figures, "exchanged", side="RU") == (185, 185, 185, 1)


def test_things_have_no_everyone() -> None:
    assert of(day(claim(said("damaged", 4, of="house"))).figures, "damaged") is None


def test_a_country_or_region_adds_only_what_nothing_inside_it_states() -> None:
    national = claim(said("launched", 90, of="drone"), said("killed", 6), place=UKRAINE)
    regional = claim(said("launched", 20, of="drone"), said("injured", 3), place=region("Soumy"))
    figures = day(national, regional, killed((None, 2)))
    assert of(figures.figures, "launched", of="drone") == (20, 20, 20, 1)
    assert of(figures.figures, "killed") == (2, 2, 2, 1)
    assert of(figures.figures, "injured") == (3, 3, 3, 1)
    assert of(figures.stated_totals, "launched", of="drone") == (90, 90, 90, 1)
    assert of(figures.stated_totals, "killed") == (6, 6, 6, 1)
    assert figures.events == 3


def test_a_region_is_not_kept_out_by_another_nor_by_a_settlement_elsewhere() -> None:
    figures = day(killed((None, 2), place=region("Soumy")), killed((None, 3), place=region("Odessa")))
    assert of(figures.figures, "killed") == (5, 5, 5, 2)
    figures = day(killed((None, 2), place=region("Odessa")), killed((None, 3)))
    assert of(figures.figures, "killed") == (5, 5, 5, 2)
    figures = day(killed((None, 2), place=UKRAINE), killed((None, 3), place=Place(name="Koursk", country="RU")))
    assert of(figures.figures, "killed") == (5, 5, 5, 2)
    figures = day(killed((None, 2), place=UKRAINE), killed((None, 3), place=None))
    assert of(figures.figures, "killed") == (5, 5, 5, 2)


def test_what_is_only_announced_keeps_nothing_out() -> None:
    figures = day(killed((None, 6), place=UKRAINE), killed((None, 2), status="announced"))
    assert of(figures.figures, "killed") == (6, 6, 6, 1)
    assert of(figures.expected.figures, "killed") == (2, 2, 2, 1)
    assert figures.stated_totals == ()


def test_two_coarse_events_of_one_place_are_both_added() -> None:
    drones, missiles = (
        claim(said("launched", value, of=of_), place=UKRAINE) for of_, value in (("drone", 90), ("missile", 7))
    )
    figures = day(drones, missiles).figures
    assert of(figures, "launched", of="drone") == (90, 90, 90, 1)
    assert of(figures, "launched", of="missile") == (7, 7, 7, 1)


def test_shares_and_strengths_stand_as_last_stated_not_as_last_told_of() -> None:
    early = claim(said("share", 20, unit="percent"), said("strength", 900))
    late = claim(said("share", 30, unit="percent"))
    figures = day(early, late, at=("2024-05-14T06:00", "2024-05-14T07:00")).figures
    assert of(figures, "share", unit="percent") == (30, 30, 30, 1)
    assert of(figures, "strength") == (900, 900, 900, 1)
    event = merge("e0", "strike", [told(early, "b/0", at="06"), told(claim(), "b/9", at="09")])
    part = contribution(event, {"b/0": "06", "b/9": "09"})
    assert part is not None
    assert {row.latest for row in part.standing} == {("06", "e0")}


def test_totals_are_replaced_by_the_latest_and_never_added() -> None:
    totals = [claim(said("killed", value, scope="total"), place=UKRAINE) for value in (9, 4)]
    assert of(day(*totals).stated_totals, "killed") == (4, 4, 4, 1)
    assert of(day(*totals, at=("2024-05-14T08:00", "")).stated_totals, "killed") == (9, 9, 9, 1)


def test_absurd_figures_do_not_stop_the_day() -> None:
    figures = day(*(killed((None, 9e18), place=None) for _ in range(3)), killed((None, 2**62)))
    assert figures.events == 4
    assert decode(encode(figures), DailyFigures) == figures
