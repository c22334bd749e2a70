"""A look at a sentence's words spares its reading, and never changes what is read."""

import pytest

from schemas.records import Bulletin
from streams.extraction.reader import read

TEXTS = [
    "Deux personnes ont été tuées à Soumy. Trois autres sont blessées.",
    "L’armée russe reconnaît 40 tués. On parle de 63 morts et de 120 blessés.",
    "Moscou déplore 17 tués. La Russie en compte aussi 30 le lendemain.",
    "Deux Russes ont péri et 5 personnes venues de Pologne ont été blessées.",
    "Kyiv a récupéré 90 prisonniers. Moscou en a reçu 85.",
    "Nos bataillons ont eu 12 tués et 30 blessés depuis lundi.",
    "Chars : 40\nBlindés : 55\nSystèmes d’artillerie : 12\nEffectifs : 900",
    "Si Kyiv mobilisait 60 000 hommes, il faudrait les former. La brigade compte 4 000 soldats.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_explaining_reads_every_sentence_and_finds_the_same(text: str) -> None:
    bulletin = Bulletin(bulletin_id="a", source="a", received_at="", sha256="", text=text)
    assert read(bulletin).reports == read(bulletin, explain=True).reports
