"""The time key: one order between bulletins, and the civil day each counts on."""

from datetime import date
from typing import Any

import pytest

from streams.intake.bulletins import complete
from streams.intake.time_key import time_key, told_on
from tests.telling import RECEIVED


def key(received: str = RECEIVED, **fields: Any) -> tuple[str, str]:
    """Key and day of a bulletin with these fields."""
    found = time_key(complete({"text": "Corps.", "received_at": received, **fields}))
    return found.key, str(found.reported_on)


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"published_at": "2024-05-14T10:00:00+03:00"}, ("2024-05-14T07:00:00.000+00:00", "2024-05-14")),
        ({"published_on": "2024-05-14"}, ("2024-05-13T21:00:00.000+00:00", "2024-05-14")),
        ({"published_on": "2024-01-14"}, ("2024-01-13T22:00:00.000+00:00", "2024-01-14")),
        ({"title": "Jour 100"}, ("2022-06-02T21:00:00.000+00:00", "2022-06-03")),
        ({"title": "Jour 100", "published_on": "2022-06-04"}, ("2022-06-03T21:00:00.000+00:00", "2022-06-04")),
        ({"text": "Kyiv, 13 mai 2024 – Une frappe."}, ("2024-05-12T21:00:00.000+00:00", "2024-05-13")),
        ({}, ("", "2024-05-20")),
    ],
)
def test_the_time_is_that_of_the_most_exact_source(fields: dict[str, str], wanted: tuple[str, str]) -> None:
    assert key(**fields) == wanted


def test_a_time_more_than_a_day_ahead_counts_as_absent() -> None:
    assert key(published_at="2024-05-21T12:00:00+00:00")[0] == "2024-05-21T12:00:00.000+00:00"
    assert key(published_at="2024-05-21T12:00:01+00:00", published_on="2024-05-19")[1] == "2024-05-19"
    assert key(published_on="2024-05-22", title="Jour 100")[1] == "2022-06-03"
    assert key(published_on="2024-05-22") == ("", "2024-05-20")
    assert key(title="Jour 9999") == ("", "2024-05-20")


def test_a_day_far_ahead_beside_a_sound_time_is_not_believed() -> None:
    assert key(published_at="2024-05-14T10:00:00+03:00", published_on="2031-01-01")[1] == "2024-05-14"


def test_without_any_time_the_day_is_the_civil_day_in_kyiv_on_which_it_came() -> None:
    assert key(received="2024-05-20T20:59:59+00:00") == ("", "2024-05-20")
    assert key(received="2024-05-20T21:00:00+00:00") == ("", "2024-05-21")


def test_keys_sort_as_times_whatever_their_offsets() -> None:
    early = key(published_at="2024-05-14T23:30:00+05:00")[0]
    late = key(published_at="2024-05-14T20:00:00.5+00:00")[0]
    assert "" < early < late


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"title": "Bulletin du 12 mars 2025"}, date(2025, 3, 12)),
        ({"title": "Point de situation du mercredi 12 mars 2025 : nuit agitée"}, date(2025, 3, 12)),
        ({"title": "Retour sur l’attaque du 12 mars 2023"}, None),
        ({"title": "Jour 1077 de résistance"}, date(2025, 2, 4)),
        ({"title": "Frappe", "published_on": "2099-01-01"}, None),
        ({"title": "Frappe", "published_at": "2025-02-04T23:30:00-05:00"}, date(2025, 2, 4)),
    ],
)
def test_the_day_a_bulletin_speaks_on(fields: dict[str, str], day: date | None) -> None:
    assert told_on(complete({"received_at": "2026-01-01T00:00:00+00:00", **fields})) == day
