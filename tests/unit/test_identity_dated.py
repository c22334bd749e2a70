"""Which reports of military personnel and diplomacy are one event: days, decisions, windows, figures and names."""

from datetime import date, timedelta
from typing import Any

import pytest

from schemas.internal import Report
from schemas.records import Actor, Place
from streams.reconciling import diplomacy, personnel
from tests.telling import DAY, claim, person, said, told, town


def exchange(*values: int, on: date | None = DAY, **fields: Any) -> Report:
    """A report of an exchange of prisoners."""
    precision = fields.pop("date_precision", "unknown" if on is None else "day")
    statements = [said("exchanged", value, side="UA") for value in values]
    return claim(
        *statements,
        **{"stream": "military-personnel", "kind": "prisoner-exchange", **fields},
        occurred_on=on,
        date_precision=precision,
    )


def meeting(*names: str, on: date | None = DAY, **fields: Any) -> Report:
    """A report of a visit by people of those names."""
    actors = tuple(person(name, "US", "envoy") for name in names)
    precision = "unknown" if on is None else "day"
    given = {"stream": "diplomacy", "kind": "visit", "actors": actors, **fields}
    return claim(**given, occurred_on=on, date_precision=precision)


def events(rules: Any, *reports: tuple[str, int, Report] | tuple[int, Report] | Report) -> list[set[str]]:
    """The bulletins of each event; a report comes with its bulletin and the days after `DAY` it was told."""
    members = []
    counts: dict[str, int] = {}
    for number, each in enumerate(reports):
        parts = each if isinstance(each, tuple) else (0, each)
        bulletin_id = str(parts[0]) if len(parts) == 3 else f"b/{number}"
        on, report = DAY + timedelta(days=int(parts[-2])), parts[-1]
        ordinal = counts[bulletin_id] = counts.get(bulletin_id, -1) + 1
        members.append(told(report, bulletin_id, at=f"{on}T{number:02}:00", on=on, ordinal=ordinal))
    members.sort(key=lambda one: one.order)
    found = rules.clusters(members)
    assert len({identity for identity, _ in found}) == len(found)
    return sorted(
        ({f"{one.bulletin_id}.{one.ordinal}".removesuffix(".0") for one in group} for _, group in found), key=min
    )


def test_one_day_is_one_exchange_and_two_days_are_two() -> None:
    assert events(personnel, exchange(180), exchange(190), exchange()) == [{"b/0", "b/1", "b/2"}]
    assert events(personnel, exchange(190), exchange(190, on=DAY + timedelta(days=1))) == [{"b/0"}, {"b/1"}]


def test_a_report_without_its_day_joins_by_figures_within_a_week() -> None:
    assert events(personnel, exchange(190), (5, exchange(190, on=None))) == [{"b/0", "b/1"}]
    assert events(personnel, exchange(190), (8, exchange(190, on=None))) == [{"b/0"}, {"b/1"}]
    assert events(personnel, exchange(190), (5, exchange(on=None))) == [{"b/0"}, {"b/1"}]


def test_of_two_events_it_takes_the_one_that_agrees_most() -> None:
    last_week, this_week = exchange(190, 185), (7, exchange(185, on=DAY + timedelta(days=7)))
    assert events(personnel, last_week, this_week, (7, exchange(190, 185, on=None))) == [{"b/0", "b/2"}, {"b/1"}]
    assert events(personnel, exchange(185), this_week, (6, exchange(185, on=None))) == [{"b/0"}, {"b/1", "b/2"}]


def test_it_joins_by_a_source_only_where_no_figure_contradicts() -> None:
    first = exchange(190, sources=("Coordination",))
    assert events(personnel, first, (1, exchange(on=None, sources=("Coordination",)))) == [{"b/0", "b/1"}]
    assert events(personnel, first, (1, exchange(60, on=None, sources=("Coordination",)))) == [{"b/0"}, {"b/1"}]


def test_two_in_one_bulletin_stay_two_also_by_way_of_a_third() -> None:
    undated = exchange(190, on=None)
    assert events(personnel, ("a", 0, undated), ("a", 0, undated)) == [{"a"}, {"a.1"}]
    assert events(personnel, ("a", 0, undated), ("b", 1, undated), ("a", 0, undated)) == [{"a", "b"}, {"a.1"}]


def test_a_decision_joins_at_any_distance() -> None:
    decided = {"stream": "military-personnel", "kind": "transfer", "decided_on": DAY - timedelta(days=30)}
    assert events(personnel, exchange(on=None, **decided), (40, exchange(on=None, **decided))) == [{"b/0", "b/1"}]


def test_a_month_joins_the_day_within_it_that_has_its_figure() -> None:
    month = exchange(190, on=date(2024, 5, 1), occurred_until=date(2024, 5, 31), date_precision="month")
    assert events(personnel, exchange(190), (20, month)) == [{"b/0", "b/1"}]
    assert events(personnel, exchange(60), (20, month), (22, month)) == [{"b/0"}, {"b/1", "b/2"}]


def test_the_next_exchange_announced_is_not_the_last_one() -> None:
    next_one = exchange(on=None, status="announced", sources=("Coordination",))
    assert events(personnel, exchange(190, sources=("Coordination",)), (2, next_one)) == [{"b/0"}, {"b/1"}]
    assert events(personnel, (-2, next_one), exchange(190, sources=("Coordination",))) == [{"b/0", "b/1"}]


def test_an_announcement_is_the_event_that_comes_in_its_window() -> None:
    window = {"expected_from": DAY + timedelta(days=10), "expected_until": DAY + timedelta(days=19)}
    announced = meeting("Keith Kellogg", on=None, status="announced", **window)
    came = (12, meeting("Kellogg", on=DAY + timedelta(days=12)))
    later = (40, meeting("Kellogg", on=DAY + timedelta(days=40)))
    assert events(diplomacy, announced, came, later) == [{"b/0", "b/1"}, {"b/2"}]
    assert events(diplomacy, announced, (1, meeting("Kellogg", on=None, status="announced"))) == [{"b/0", "b/1"}]


def test_meetings_of_one_day_part_by_who_meets() -> None:
    assert events(diplomacy, meeting("Keith Kellogg"), meeting("Kellogg")) == [{"b/0", "b/1"}]
    assert events(diplomacy, meeting("Keith Kellogg"), meeting("Olena Bondar")) == [{"b/0"}, {"b/1"}]
    assert events(diplomacy, meeting("Kellogg"), meeting("Bondar"), meeting("Kellogg", "Bondar")) == [
        {"b/0", "b/1", "b/2"}
    ]


def test_a_report_that_names_nobody_joins_the_only_meeting_and_never_makes_two_one() -> None:
    assert events(diplomacy, meeting("Kellogg"), meeting()) == [{"b/0", "b/1"}]
    assert events(diplomacy, meeting("Kellogg"), meeting(), meeting("Bondar")) == [{"b/0"}, {"b/1"}, {"b/2"}]
    assert events(diplomacy, meeting(), meeting()) == [{"b/0", "b/1"}]
    assert events(diplomacy, ("a", 0, meeting()), ("a", 0, meeting())) == [{"a"}, {"a.1"}]


def test_institutions_that_end_in_the_same_word_are_two() -> None:
    assert events(diplomacy, meeting("États-Unis"), meeting("Émirats arabes unis")) == [{"b/0"}, {"b/1"}]


@pytest.mark.parametrize(
    ("report", "wanted"),
    [
        (exchange(190), "military-personnel|prisoner-exchange|RU-UA"),
        (exchange(190, kind="losses"), "military-personnel|losses|UA"),
        (exchange(kind="transfer", actors=(person("Syrsky", "UA", "commander"),)), "military-personnel|transfer|UA"),
        (exchange(kind="transfer", place=town("Konotop")), "military-personnel|transfer|UA"),
        (exchange(kind="transfer"), "military-personnel|transfer|?"),
    ],
)
def test_the_block_of_military_personnel_is_kind_and_countries(report: Report, wanted: str) -> None:
    assert personnel.block(report, DAY) == wanted


FRANCE, UKRAINE = person("Emmanuel Macron", "FR"), person("Olena Bondar", "UA")


@pytest.mark.parametrize(
    ("kind", "actors", "place", "wanted"),
    [
        ("visit", (person("Kellogg", "US", "envoy"),), town("Kyiv"), "meeting|US|UA"),
        ("talks", (UKRAINE, FRANCE), None, "meeting|FR|?"),
        ("talks", (FRANCE, UKRAINE, person("Erdogan", "TR", "host")), None, "meeting|FR|TR"),
        ("call", (UKRAINE, FRANCE), None, "call|FR|UA"),
        ("call", (FRANCE, UKRAINE), None, "call|FR|UA"),
        ("statement", (), None, "statement|?|?"),
    ],
)
def test_the_block_of_diplomacy_is_family_lead_and_host(
    kind: str, actors: tuple[Actor, ...], place: Place | None, wanted: str
) -> None:
    assert diplomacy.block(meeting(kind=kind, actors=actors, place=place), DAY) == f"diplomacy|{wanted}"
