"""Bulletins of the project's own whose counts lean on title, headline or the sentence before."""

from datetime import date

import pytest

from schemas.records import Bulletin
from streams.extraction.claims import Trace
from streams.extraction.personnel import extracting as personnel
from streams.reading.document import build
from streams.reconciling.figures import best_figures

CASES = [
    (
        "Échange de prisonniers : 212 Ukrainiens libérés",
        "L'Ukraine a obtenu lundi le retour de 212 combattants. Le même nombre de Russes a fait le chemin inverse.",
        {("exchanged", None, "UA", "event", 212), ("exchanged", None, "RU", "event", 212)},
    ),
    (
        "La Russie appelle ses réservistes",
        "Le ministère de la Défense a annoncé la fin de la campagne. Objectif : 120 000 hommes. "
        "Résultat : 127 500 incorporés, d'après le général Tsimlianski.",
        {("mobilised", None, "RU", "event", 127500)},
    ),
    (
        "Pertes russes au 4 juillet",
        "– personnel : 1 025 000 (+ 1 000) ;\n– chars : 10 984 (+ 1) ;\n– hélicoptères : 337.",
        {
            ("losses", None, "RU", "cumulative", 1025000),
            ("losses", None, "RU", "event", 1000),
            ("destroyed", "tank", "RU", "cumulative", 10984),
            ("destroyed", "tank", "RU", "event", 1),
            ("destroyed", "helicopter", "RU", "cumulative", 337),
        },
    ),
    (
        "Mobilisation en Russie",
        "Ils devaient être 120 000, ils sont 133 000, assure le Kremlin, qui a rappelé ses réservistes. "
        "Parmi eux, 40 000 combattent déjà.",
        {("mobilised", None, "RU", "event", 133000), ("deployed", None, "RU", "event", 40000)},
    ),
    (
        "Interflex, l'heure du bilan",
        "Depuis juin 2022, les Britanniques ont entraîné 56 000 Ukrainiens. "
        "Les Norvégiens en ont formé 3 500 à eux seuls.",
        {("trained", None, "UA", "cumulative", 56000), ("trained", None, "UA", "cumulative", 3500)},
    ),
    ("Kharkiv recrute", "La ville cherche 200 chauffeurs. Ils étaient 900 avant la guerre, ils sont 410.", set()),
    (
        "Le blé",
        "Les stocks ont été transférés : 300 wagons, 40 hommes pour charger, trois jours de travail en Ukraine.",
        set(),
    ),
    ("La Bourse", "À Kyiv, le dollar s'échangeait lundi à 41,7 hryvnias ; 60 contrats ont été signés.", set()),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_bulletin_tells_its_counts(
    title: str, text: str, expected: set[tuple[str, str | None, str | None, str, int]]
) -> None:
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title=title, text=text, published_on=date(2025, 7, 4)
    )
    claims = personnel.extract(build(bulletin), Trace())
    found = {
        (figure.measure, figure.of, figure.side, figure.scope, figure.value)
        for claim in claims
        for figure in best_figures(("", statement) for statement in claim.report.statements)
    }
    assert found == expected


def test_the_exchange_before_this_one_is_an_event_of_its_own() -> None:
    text = (
        "Kyiv et Moscou ont échangé jeudi 80 prisonniers chacun. "
        "Le précédent échange, le 12 juin, avait permis à 35 soldats de chaque camp de rentrer chez eux."
    )
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title="", text=text, published_on=date(2025, 7, 4)
    )
    reports = [claim.report for claim in personnel.extract(build(bulletin), Trace())]
    assert [report.occurred_on for report in reports] == [date(2025, 7, 3), date(2025, 6, 12)]
