"""Every seed is read as its expected file beside it says."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from schemas.codec import plain
from streams.comparing import event_view
from streams.intake.bulletins import FileOptions, from_file, now
from streams.pipeline import read_alone

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.txt"))


def as_read(seed: Path) -> dict[str, Any]:
    """Items and events of a seed, without what is not the reading's."""
    items, events = read_alone(from_file(seed.read_bytes(), seed.name, FileOptions(), now()))
    views = [event_view(event) for event in events]
    for view in views:
        del view["reports"]
    return {"items": [plain(item) for item in items], "events": views}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem)
def test_a_seed_is_read_as_expected(seed: Path) -> None:
    expected = orjson.loads(seed.with_suffix(".expected.json").read_bytes())
    assert as_read(seed) == expected


def test_the_first_seed_is_read_as_its_issue_asks() -> None:
    [seed] = [each for each in SEEDS if each.stem == "uacrisis-fr-1077"]
    read = as_read(seed)
    by_kind = {event["kind"]: event for event in read["events"]}
    assert [event["stream"] for event in read["events"]].count("strike") == 1
    strike, transfer, visit, summit = (by_kind[kind] for kind in ("missile", "transfer", "visit", "summit"))
    assert (strike["day"], strike["weapons"]) == ("2025-02-04", ["ballistic-missile"])
    place = strike["place"]
    assert (place["geoname_id"], place["canonical"], place["region"], place["country"]) == (
        707292,
        "Izioum",
        "Kharkiv",
        "UA",
    )
    figures = {figure["measure"]: (figure["value"], figure["low"], figure["high"]) for figure in strike["figures"]}
    assert figures == {"killed": (5, 5, 5), "injured": (55, 38, 55), "hospitalised": (5, 5, 5)}
    assert {"bâtiment administratif", "immeubles résidentiels"} <= set(strike["targets"])
    assert {"Oleh Syniehubov", "Valerii Marchenko", "Volodymyr Zelensky"} <= set(strike["sources"])
    amounts = {figure["measure"]: (figure["value"], figure["side"], figure["unit"]) for figure in transfer["figures"]}
    assert amounts == {"transferred": (50000, "UA", None), "share": (20, "UA", "percent")}
    assert (transfer["status"], transfer["decided_on"]) == ("announced", "2025-01-11")
    assert transfer["reported_on"] == "2025-02-04"
    assert [(actor["name"], actor["role"]) for actor in transfer["actors"]] == [("Oleksandr Syrsky", "commander")]
    assert {"Ukrainska Pravda", "New York Times"} <= set(transfer["sources"])
    assert (visit["status"], visit["expected_from"], visit["expected_until"]) == (
        "announced",
        "2025-02-11",
        "2025-02-20",
    )
    assert ("Keith Kellogg", "envoy", "US") in [(a["name"], a["role"], a["country"]) for a in visit["actors"]]
    assert visit["place"]["country"] == "UA"
    assert "Radio NV" in visit["sources"]
    assert summit["status"] == "announced"
    assert {"Donald Trump", "J.D. Vance"} <= {actor["name"] for actor in summit["actors"]}


def test_every_quote_stands_where_it_says() -> None:
    for seed in SEEDS:
        bulletin = from_file(seed.read_bytes(), seed.name, FileOptions(), now())
        for event in read_alone(bulletin)[1]:
            assert {statement.measure for statement in event.statements} >= {each.measure for each in event.figures}
            for statement in event.statements:
                source = bulletin.title if statement.section == "title" else bulletin.text
                assert source[statement.start : statement.end] == statement.quote
                assert 0 < len(statement.quote) <= 200
