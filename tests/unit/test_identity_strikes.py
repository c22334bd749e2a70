"""Which reports of a strike are one event: place, day and weapon; regions, sums and reports without a place."""

from datetime import timedelta

import pytest

from schemas.internal import Report
from schemas.records import Place
from streams.reconciling.strikes import block, clusters, place_key
from tests.telling import DAY, UKRAINE, claim, person, region, said, told, town

KONOTOP, KROLEVETS = town("Konotop", geoname_id=11), town("Krolevets", geoname_id=12)


def events(*reports: Report | tuple[str, Report]) -> list[set[str]]:
    """The bulletins of each event; reports without an id come from b/0, b/1, …."""
    members = []
    counts: dict[str, int] = {}
    for number, each in enumerate(reports):
        bulletin_id, report = each if isinstance(each, tuple) else (f"b/{number}", each)
        ordinal = counts[bulletin_id] = counts.get(bulletin_id, -1) + 1
        members.append(told(report, bulletin_id, at=f"2024-05-14T{number:02}:00", ordinal=ordinal))
    found = clusters(members)
    assert len({identity for identity, _ in found}) == len(found)
    return sorted(
        ({f"{one.bulletin_id}.{one.ordinal}".removesuffix(".0") for one in group} for _, group in found), key=min
    )


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (KONOTOP, "strike|UA|Soumy|2024-05-14"),
        (town("Konotop", region="Odessa"), "strike|UA|Odessa|2024-05-14"),
        (region("Soumy"), "strike|UA|Soumy|2024-05-14"),
        (UKRAINE, "strike|UA||2024-05-14"),
        (None, "strike|?|?|2024-05-14"),
        (Place(name="Ailleurs"), "strike|?|?|2024-05-14"),
    ],
)
def test_the_block_is_country_region_and_day(place: Place | None, wanted: str) -> None:
    assert block(claim(place=place), DAY + timedelta(days=1)) == wanted


def test_a_report_without_its_day_counts_on_the_day_it_was_told() -> None:
    assert block(claim(place=KONOTOP, occurred_on=None), DAY + timedelta(days=1)) == "strike|UA|Soumy|2024-05-15"


def test_one_place_day_and_weapon_is_one_event() -> None:
    unknown = claim(place=KONOTOP, kind="unspecified")
    assert events(claim(place=KONOTOP), unknown, claim(place=KONOTOP)) == [{"b/0", "b/1", "b/2"}]
    assert events(claim(place=KONOTOP), claim(place=KROLEVETS)) == [{"b/0"}, {"b/1"}]


def test_two_weapons_on_one_town_are_two_events_unless_a_report_combines_them() -> None:
    drone, missile = claim(place=KONOTOP), claim(said("killed", 2), place=KONOTOP, kind="missile")
    assert events(drone, missile) == [{"b/0"}, {"b/1"}]
    assert events(drone, missile, claim(said("killed", 2), place=KONOTOP, kind="explosion")) == [
        {"b/0"},
        {"b/1", "b/2"},
    ]
    assert events(drone, missile, claim(place=KONOTOP, kind="combined")) == [{"b/0", "b/1", "b/2"}]


def test_names_the_gazetteer_lacks_are_one_by_spelling_in_any_script() -> None:
    assert place_key(town("Velyka-Pysarivka")) == place_key(town("velyka pysarivka"))
    assert place_key(town("Конотоп")) != place_key(town("Кролевець"))
    assert place_key(town("—")) == "—"


def test_a_report_of_the_region_joins_the_one_event_it_can_mean() -> None:
    assert events(claim(place=KONOTOP), claim(place=region("Soumy"))) == [{"b/0", "b/1"}]
    assert events(claim(place=region("Soumy")), claim(place=KONOTOP)) == [{"b/0", "b/1"}]
    missile = claim(place=region("Soumy"), kind="missile")
    assert events(claim(place=KONOTOP), missile) == [{"b/0"}, {"b/1"}]


def test_a_report_of_the_region_that_can_mean_two_events_goes_by_its_figures_or_stands_alone() -> None:
    one, two = claim(said("killed", 2), place=KONOTOP), claim(said("killed", 1), place=KROLEVETS)
    assert events(one, two, claim(place=region("Soumy"))) == [{"b/0"}, {"b/1"}, {"b/2"}]
    assert events(one, two, claim(said("killed", 1), place=region("Soumy"))) == [{"b/0"}, {"b/1", "b/2"}]
    same = claim(said("killed", 1), place=KONOTOP)
    assert events(same, two, claim(said("killed", 1), place=region("Soumy"))) == [{"b/0"}, {"b/1"}, {"b/2"}]


def test_two_in_one_bulletin_stay_two() -> None:
    of_region = ("a", claim(place=region("Soumy")))
    assert events(("a", claim(place=KONOTOP)), of_region) == [{"a"}, {"a.1"}]
    assert events(("a", claim(place=KONOTOP)), of_region, ("b", claim(place=KROLEVETS))) == [{"a"}, {"a.1"}, {"b"}]
    nowhere = claim(said("killed", 2), place=None)
    assert events(("a", nowhere), ("a", nowhere), ("b", nowhere)) == [{"a", "b"}, {"a.1"}]


def test_a_sum_over_several_places_never_joins() -> None:
    total = claim(said("killed", 5, scope="total"), place=region("Soumy"))
    assert events(claim(place=KONOTOP), total) == [{"b/0"}, {"b/1"}]
    assert events(total, total) == [{"b/0", "b/1"}]


def test_reports_without_a_place_join_by_figures_source_or_actor_alone() -> None:
    def nowhere(*values: int, **fields: object) -> Report:
        return claim(*(said("killed", value) for value in values), place=None, **fields)

    assert events(nowhere(2), nowhere(2)) == [{"b/0", "b/1"}]
    assert events(nowhere(2), nowhere(3)) == [{"b/0"}, {"b/1"}]
    assert events(nowhere(), nowhere()) == [{"b/0"}, {"b/1"}]
    assert events(nowhere(2, sources=("Police",)), nowhere(sources=("police",))) == [{"b/0", "b/1"}]
    assert events(nowhere(2, sources=("Police",)), nowhere(3, sources=("Police",))) == [{"b/0"}, {"b/1"}]
    russia = (person("Russie", "RU", "attacker"),)
    assert events(nowhere(actors=russia), nowhere(actors=russia)) == [{"b/0"}, {"b/1"}]
    assert events(nowhere(2), nowhere(2, kind="missile")) == [{"b/0"}, {"b/1"}]
