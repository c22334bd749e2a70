"""The weeks and months that a clause counts weapons over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Bulletin
from streams.languages.fr.strikes.scene import scene_of
from streams.languages.fr.strikes.spells import LONGEST_TOTAL, Spell, spell_of
from streams.languages.fr.strikes.units import units_of
from streams.languages.fr.strikes.words import wording_of
from streams.reading.document import build

ANCHOR = date(2025, 5, 15)


def spell(phrase: str) -> Spell | None:
    bulletin = Bulletin(bulletin_id="a", source="a", received_at="2025-05-16T00:00:00Z", sha256="", text=phrase)
    document = build(bulletin)
    units = units_of(wording_of(document.sentences[0]))
    weapon = units.where["weapon"][0]
    return spell_of(units, scene_of(units).days, weapon - 1, ANCHOR)


@given(st.integers(min_value=2, max_value=90))
def test_days_are_a_total_and_months_run_on(days: int) -> None:
    told = spell(f"La Russie a lancé 640 drones en {days} jours.")
    assert told == Spell("total" if days <= LONGEST_TOTAL else "cumulative")


@pytest.mark.parametrize(
    "phrase",
    [
        "La Russie a lancé 640 drones en une nuit.",
        "La Russie a lancé 640 drones, son attaque la plus massive en deux mois.",
        "Soixante drones ont attaqué Kharkiv une semaine après le bombardement du marché.",
        "C'est, avec 90 drones, la troisième attaque en une semaine.",
    ],
)
def test_one_night_and_a_record_are_no_spell(phrase: str) -> None:
    assert spell(phrase) is None
