"""Every field of an event has its own rule; none knows the order of arrival."""

from datetime import date
from typing import Any

import pytest

from schemas.internal import Report
from schemas.records import Event
from streams.reconciling.merging import merge
from tests.telling import DAY, UKRAINE, claim, person, region, said, told, town


def merged(*reports: Report, **fields: Any) -> Event:
    """The event of reports told one after the other by b/0, b/1, …, an hour apart."""
    members = [
        told(report, f"b/{number}", at=f"2024-05-14T{number:02}:00", **fields) for number, report in enumerate(reports)
    ]
    return merge("e", reports[0].stream, members)


@pytest.mark.parametrize(
    ("statuses", "wanted"),
    [
        (("announced", "occurred", "announced"), "occurred"),
        (("occurred", "ongoing"), "occurred"),
        (("occurred", "cancelled"), "occurred"),
        (("announced", "postponed"), "postponed"),
        (("announced", "cancelled", "announced"), "announced"),
        (("ongoing", "announced"), "announced"),
    ],
)
def test_status_is_the_latest_but_nothing_goes_back_from_occurred(statuses: tuple[str, ...], wanted: str) -> None:
    assert merged(*(claim(status=status) for status in statuses)).status == wanted


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        (("unspecified", "explosion"), "explosion"),
        (("missile", "unspecified"), "missile"),
        (("missile", "combined", "missile"), "combined"),
        (("missile", "explosion"), "missile"),
        (("visit", "talks"), "talks"),
        (("summit", "visit"), "summit"),
    ],
)
def test_kind_is_the_most_specific(kinds: tuple[str, ...], wanted: str) -> None:
    assert merged(*(claim(kind=kind) for kind in kinds)).kind == wanted


def test_dates_are_the_most_precise_then_the_latest_told() -> None:
    week = claim(occurred_on=date(2024, 5, 13), occurred_until=date(2024, 5, 19), date_precision="week")
    event = merged(claim(), claim(occurred_on=date(2024, 5, 15), date_precision="night"), week)
    assert (event.occurred_on, event.occurred_until, event.date_precision) == (date(2024, 5, 15), None, "night")
    assert event.day == date(2024, 5, 15)
    assert merged(week).occurred_until == date(2024, 5, 19)


def test_without_a_day_an_event_counts_on_the_day_of_its_earliest_report() -> None:
    undated = claim(occurred_on=None, date_precision="unknown")
    event = merge(
        "e",
        "strike",
        [
            told(undated, "b/0", at="", on=date(2024, 5, 1)),
            told(undated, "b/1", at="2024-05-14T22:00", on=date(2024, 5, 15)),
            told(undated, "b/2", at="2024-05-14T23:00", on=date(2024, 5, 14)),
        ],
    )
    assert (event.day, event.reported_on, event.occurred_on) == (date(2024, 5, 15), date(2024, 5, 15), None)
    assert event.date_precision == "unknown"


def test_where_no_bulletin_tells_its_time_the_day_is_the_first_on_which_one_came() -> None:
    members = [told(claim(), f"b/{day}", at="", on=date(2024, 5, day)) for day in (17, 16, 18)]
    assert merge("e", "strike", members).reported_on == date(2024, 5, 16)


def test_the_window_is_the_narrowest_told_until_a_postponement() -> None:
    def expected(first: int, last: int, status: str = "announced") -> Report:
        window = {"expected_from": date(2024, 6, first), "expected_until": date(2024, 6, last)}
        return claim(status=status, occurred_on=None, date_precision="unknown", **window)

    event = merged(expected(1, 30), expected(11, 20), expected(12, 21), expected(1, 30))
    assert (event.expected_from, event.expected_until) == (date(2024, 6, 12), date(2024, 6, 21))
    late = merged(expected(11, 11), expected(1, 30, "postponed"), claim(status="announced"))
    assert (late.expected_from, late.expected_until) == (date(2024, 6, 1), date(2024, 6, 30))


def test_a_decision_is_dated_as_last_told() -> None:
    event = merged(claim(decided_on=date(2024, 5, 2)), claim(decided_on=date(2024, 5, 1)), claim())
    assert event.decided_on == date(2024, 5, 1)


def test_place_is_the_most_precise_and_known_one() -> None:
    guessed = town("Konotop (Soumy)")
    known = town("Konotop", geoname_id=11)
    site = town("Gare", precision="site")
    assert merged(claim(place=region("Soumy")), claim(place=guessed), claim(place=known), claim()).place == known
    assert merged(claim(place=known), claim(place=site), claim(place=UKRAINE)).place == site
    assert merged(claim()).place is None


def test_lists_are_unions_in_the_order_of_first_telling() -> None:
    event = merged(
        claim(actors=(person("Keith Kellogg"),), sources=("État-major",), targets=("un dépôt",), weapons=("drone",)),
        claim(
            actors=(person("Olena Bondar"), person("Keith Kellogg", "US"), person("Keith Kellogg", role="envoy")),
            sources=("Police", "ETAT MAJOR"),
            targets=("Un  dépôt", "une gare"),
            weapons=("missile", "drone"),
        ),
    )
    assert [(actor.name, actor.role, actor.country) for actor in event.actors] == [
        ("Keith Kellogg", "participant", "US"),
        ("Olena Bondar", "participant", None),
        ("Keith Kellogg", "envoy", None),
    ]
    assert event.sources == ("État-major", "Police")
    assert event.targets == ("un dépôt", "une gare")
    assert event.weapons == ("drone", "missile")
    assert [ref.item_id for ref in event.reports] == ["b/0#1", "b/1#1"]


def test_every_statement_stays_also_two_of_one_span() -> None:
    former, update = said("injured", 38, revision="former"), said("injured", 55, revision="update")
    event = merged(claim(former, update), claim(said("injured", 60)))
    assert [each.value for each in event.statements] == [38, 55, 60]
    assert merged(claim(update, update)).statements == (event.statements[1].__class__(**_fields(update)),)


def _fields(statement: Any) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in statement.__struct_fields__} | {"bulletin_id": "b/0"}


def test_summary_is_that_of_the_latest_item_and_the_day_a_night_ends_stands() -> None:
    night = claim(date_precision="night", summary="dans la nuit")
    event = merged(night, claim(summary="le matin", date_precision="night"))
    assert (event.summary, event.day, event.revision, event.merged_into) == ("le matin", DAY, 0, None)
