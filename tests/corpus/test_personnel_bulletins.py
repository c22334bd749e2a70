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
    (
        "La Lituanie envoie des formateurs",
        "La Lituanie enverra 40 instructeurs de plus en Allemagne, où ils entraînent des brigades ukrainiennes. "
        "Son détachement passera ainsi à 110 militaires. Depuis janvier, 1 600 soldats ukrainiens y ont été formés.",
        {
            ("deployed", None, "LT", "event", 40),
            ("strength", None, "LT", "event", 110),
            ("trained", None, "UA", "cumulative", 1600),
        },
    ),
    (
        "Le tribunal des absents",
        "Entre janvier et mai, la justice ukrainienne a ouvert 88 000 procédures pour abandon de poste, contre 41 000. "
        "Durant la même période, 13 000 hommes ont repris le service.",
        {("deserted", None, "UA", "cumulative", 88000), ("returned", None, "UA", "cumulative", 13000)},
    ),
    (
        "Ceux que l'on attend encore",
        "Mercredi, 303 militaires ukrainiens ont été rendus à leur pays contre autant de Russes ; neuf sont officiers. "
        "Quelque 200 blessés graves doivent encore être échangés. Un civil était aussi du convoi.",
        {
            ("exchanged", None, "UA", "event", 303),
            ("exchanged", None, "RU", "event", 303),
            ("exchanged", "officer", "UA", "event", 9),
            ("exchanged", "civilian", "UA", "event", 1),
        },
    ),
    (
        "Point de l'état-major",
        "En vingt-quatre heures, l'ennemi a perdu 920 hommes, cinq chars, neuf blindés et 41 systèmes d'artillerie. "
        "Depuis le début de l'invasion, la Russie a perdu environ 1 023 000 soldats.",
        {
            ("losses", None, "RU", "event", 920),
            ("destroyed", "tank", "RU", "event", 5),
            ("destroyed", "armoured-vehicle", "RU", "event", 9),
            ("destroyed", "artillery-system", "RU", "event", 41),
            ("losses", None, "RU", "cumulative", 1023000),
        },
    ),
    (
        "Soumy : huit soldats tués dans leur abri",
        "Une bombe planante a tué huit militaires ukrainiens et en a blessé quinze mardi dans un abri près de Soumy.",
        set(),
    ),
    (
        "Le prix du ciment",
        "À Soumy, trente et un ouvriers sont partis à l'armée, trois ont filé en Pologne. "
        "L'entreprise a signé 12 contrats avec des hôpitaux. Le bilan, ramené de sept à cinq morts, n'a pas changé.",
        set(),
    ),
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


def test_losses_of_two_days_are_two_events() -> None:
    text = "L'armée russe a perdu 1 410 hommes dimanche et 1 290 lundi, a rapporté l'état-major ukrainien."
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title="", text=text, published_on=date(2025, 7, 1)
    )
    reports = [claim.report for claim in personnel.extract(build(bulletin), Trace())]
    assert [(report.occurred_on, report.statements[0].value) for report in reports] == [
        (date(2025, 6, 29), 1410),
        (date(2025, 6, 30), 1290),
    ]


def test_what_did_not_take_place_is_postponed_and_has_no_day() -> None:
    text = "Prévue samedi, la remise de 640 corps de soldats ukrainiens n'a pas eu lieu, chaque camp accusant l'autre."
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title="", text=text, published_on=date(2025, 7, 1)
    )
    (claim,) = personnel.extract(build(bulletin), Trace())
    assert (claim.report.status, claim.report.occurred_on) == ("postponed", None)
    assert [(each.side, each.value) for each in claim.report.statements] == [("UA", 640)]


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        (
            "Kyiv et Moscou ont échangé mardi 90 prisonniers chacun. L'échange s'est déroulé dans la région de Soumy.",
            "région de Soumy",
            date(2025, 7, 1),
        ),
        ("Lundi, 90 militaires ukrainiens détenus à Marioupol ont été échangés.", None, date(2025, 6, 30)),
        (
            "Les parachutistes ont capturé un soldat nord-coréen. La capture a eu lieu jeudi dans la région de Koursk.",
            "région de Koursk",
            date(2025, 6, 26),
        ),
        ("Dans la région de Tioumen, 1 300 hommes ont été incorporés dans l'armée russe.", "région de Tioumen", None),
        ("Près de 40 000 soldats russes sont massés en face de Soumy.", "Soumy", None),
    ],
)
def test_an_event_is_where_the_text_says_it_happened(text: str, place: str | None, day: date | None) -> None:
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title="", text=text, published_on=date(2025, 7, 1)
    )
    (claim,) = personnel.extract(build(bulletin), Trace())
    assert (claim.report.place.name if claim.report.place else None, claim.report.occurred_on) == (place, day)


def test_parts_of_an_exchange_are_of_the_camp_spoken_of() -> None:
    text = (
        "La Russie et l'Ukraine ont échangé mardi 140 prisonniers chacune. Les soldats ukrainiens sont à Soumy. "
        "Parmi eux figurent 19 officiers."
    )
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title="", text=text, published_on=date(2025, 7, 1)
    )
    (claim,) = personnel.extract(build(bulletin), Trace())
    assert [each.side for each in claim.report.statements if each.of == "officer"] == ["UA"]
