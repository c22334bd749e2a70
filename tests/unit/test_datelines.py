"""The day a text says it is of: above it, below it, in a communiqué's first words, in its title."""

import pytest

from streams.languages.fr.dates.datelines import dated_title, dateline

TEXTS = [
    ("DNIPRO (Ukraine), 4 nov 2025 (Agence) - Trois", "2025-11-04"),
    ("Kiev, mardi 4 novembre 2025. – Trois", "2025-11-04"),
    ("POLTAVA, 6 fév 2025 - Trois", "2025-02-06"),
    ("Message du gouverneur. Tenez bon !\n\n04.11.2025 | 07:40", "2025-11-04"),
    ("Texte du canal.\nLe 14 mars 2024, 08:16. Partager | Soutenir", "2024-03-14"),
    ("Fil de la mairie.\n\nDimanche 9.03.2025", "2025-03-09"),
    ("Le relevé du soir.\n\nSamedi 9 mai 2026. Une page de la rédaction.", "2026-05-09"),
    ("Bienvenue sur notre page, en ce mercredi 6 mars 2024.", "2024-03-06"),
    ("État-major. Estimation arrêtée au lundi 3 juin 2024, 7 heures.", "2024-06-03"),
    ("Données au 13 mai 2025, 7 heures\n\nDurant la journée", "2025-05-13"),
    ("Deux blessés. 12/03/2025 14:22", "2025-03-12"),
    ("📅 12.03.2025\nTexte", "2025-03-12"),
    ("Par Jeanne Dupré - 14 avril 2024\nTexte", "2024-04-14"),
    ("Deux blessés. (4 novembre 2025)", "2025-11-04"),
    ("Le 5 mars 2023, un missile a traversé le toit.", "None"),
    ("Le 5 mars 2023, Kiev a été frappée.\nDeux morts.", "None"),
    ("Depuis le 24 février 2022, on compte les jours.", "None"),
    ("Il évoque le 5 mars 2023 comme un jour noir.", "None"),
]


@pytest.mark.parametrize(("text", "day"), TEXTS)
def test_the_day_of_a_text(text: str, day: str) -> None:
    assert str(dateline(text)) == day


TITLES = [
    ("Informations au 05.03.2025, 8 h", "2025-03-05"),
    ("Les pertes de l’armée russe au 4 novembre 2025", "2025-11-04"),
    ("Synthèse de la nuit du 3 au 4 novembre 2025", "2025-11-04"),
    ("EN DIRECT. L’Ukraine en guerre : le fil du dimanche 8 juin 2025", "2025-06-08"),
    ("4 novembre 2025 – le point de situation", "2025-11-04"),
    ("L’Ukraine ce mardi 4 mars 2025 en bref", "2025-03-04"),
    ("L’assaut du 24 février 2022 raconté par ceux qui l’ont vécu", "None"),
    ("Il y a deux ans, le 4 novembre 2023 : Boutcha", "None"),
]


@pytest.mark.parametrize(("title", "day"), TITLES)
def test_the_day_of_a_title(title: str, day: str) -> None:
    assert str(dated_title(title)) == day
