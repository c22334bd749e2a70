"""Whole bulletins of the project's own and the first seed: what military personnel and diplomacy they tell."""

from datetime import date
from pathlib import Path

import pytest

from schemas.internal import Report
from schemas.records import Actor, Bulletin
from streams.extraction.claims import Trace
from streams.extraction.diplomacy import extracting as diplomacy
from streams.extraction.personnel import extracting as personnel
from streams.reading.document import build
from streams.reconciling.figures import best_figures

SEED = Path(__file__).parents[2] / "seeds" / "uacrisis-fr-1077.txt"


def reports_of(title: str, text: str, published_on: date | None = None) -> list[Report]:
    """The reports of both streams, in order."""
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title=title, text=text, published_on=published_on
    )
    document = build(bulletin)
    return [claim.report for claim in [*personnel.extract(document, Trace()), *diplomacy.extract(document, Trace())]]


def only(reports: list[Report], kind: str) -> Report:
    """The one report of a kind."""
    (found,) = [report for report in reports if report.kind == kind]
    return found


def figures(report: Report) -> dict[tuple[str, str | None, str | None, str], tuple[float, float, float]]:
    """value, low and high by measure, of, side and scope."""
    return {
        (each.measure, each.of, each.side, each.scope): (each.value, each.low, each.high)
        for each in best_figures(("", statement) for statement in report.statements)
    }


@pytest.fixture(scope="module")
def seed() -> list[Report]:
    """The reports of the first seed."""
    title, _, text = SEED.read_text(encoding="utf-8").partition("\n")
    return reports_of(title, text)


def test_seed_tells_the_transfer(seed: list[Report]) -> None:
    transfer = only(seed, "transfer")
    assert transfer.status == "announced"
    assert transfer.decided_on == date(2025, 1, 11)
    assert figures(transfer)[("transferred", None, "UA", "event")] == (50_000, 50_000, 50_000)
    assert figures(transfer)[("share", None, "UA", "event")] == (20, 20, 20)
    assert Actor(name="Oleksandr Syrsky", role="commander", country="UA") in transfer.actors
    assert {"Ukrainska Pravda", "New York Times"} <= set(transfer.sources)


def test_seed_tells_the_visit(seed: list[Report]) -> None:
    visit = only(seed, "visit")
    assert visit.status == "announced"
    assert (visit.expected_from, visit.expected_until) == (date(2025, 2, 11), date(2025, 2, 20))
    assert visit.place is not None
    assert visit.place.country == "UA"
    assert Actor(name="Keith Kellogg", role="envoy", country="US") in visit.actors
    assert "Radio NV" in visit.sources


def test_seed_tells_the_summit(seed: list[Report]) -> None:
    summit = only(seed, "summit")
    assert summit.status == "announced"
    assert {"Donald Trump", "J.D. Vance"} <= {actor.name for actor in summit.actors if actor.role == "participant"}


def test_seed_tells_nothing_else(seed: list[Report]) -> None:
    assert sorted(report.kind for report in seed) == ["summit", "transfer", "visit"]


EXCHANGE = """L’Ukraine et la Russie ont échangé 85 captifs chacune. Des obus sont tombés sur Nikopol.

Deuxième échange du mois : 85 captifs rentrent de chaque côté

L’opération a eu lieu mercredi 12 mars, a dit le Quartier général de coordination.
Parmi les Ukrainiens libérés figurent quatre civils.

« On ne dort pas la veille d’un échange », confie une mère venue de Poltava.

Nikopol sous les obus pendant la nuit : une école touchée

Une école a perdu ses vitres, selon le maire. Personne n’a été blessé."""


def test_exchange_is_one_event_with_both_sides_and_its_day() -> None:
    reports = reports_of("Jour 1113 de résistance : 85 captifs de retour", EXCHANGE)
    exchange = only(reports, "prisoner-exchange")
    told = figures(exchange)
    assert told[("exchanged", None, "UA", "event")] == (85, 85, 85)
    assert told[("exchanged", None, "RU", "event")] == (85, 85, 85)
    assert told[("exchanged", "civilian", "UA", "event")] == (4, 4, 4)
    assert exchange.occurred_on == date(2025, 3, 12)
    assert exchange.position == 1
    assert "Quartier général de coordination" in exchange.sources


LOSSES = (
    "L’état-major ukrainien évalue les pertes russes de la journée à 1 120 hommes. Il y ajoute neuf chars, "
    "31 systèmes d’artillerie et deux lance-roquettes. Depuis le début de l’invasion, 790 000 soldats russes "
    "auraient été tués ou blessés. À Oslo, le ministre norvégien de la Défense a promis 200 millions d’euros à Kyiv."
)


def test_losses_of_a_day_and_of_the_war_stand_apart() -> None:
    reports = reports_of("", LOSSES, date(2025, 3, 11))
    told = figures(only(reports, "losses"))
    assert told[("losses", None, "RU", "event")] == (1120, 1120, 1120)
    assert told[("losses", None, "RU", "cumulative")] == (790_000, 790_000, 790_000)
    assert told[("destroyed", "tank", "RU", "event")] == (9, 9, 9)
    assert told[("destroyed", "artillery-system", "RU", "event")] == (31, 31, 31)
    assert told[("destroyed", "rocket-launcher", "RU", "event")] == (2, 2, 2)
    assert only(reports, "aid").statements[0].unit == "EUR"


BODIES = (
    "Kyiv a reçu vendredi 14 mars les dépouilles de 620 soldats. Moscou n’en a récupéré que 19. Le 20 février, les "
    "camions en transportaient déjà quatre cents. La plupart, 410, étaient tombés près de Bakhmout."
)


def test_bodies_of_two_days_are_two_events() -> None:
    reports = [report for report in reports_of("", BODIES, date(2025, 3, 15)) if report.kind == "repatriation"]
    assert [report.occurred_on for report in reports] == [date(2025, 3, 14), date(2025, 2, 20)]
    assert figures(reports[0])[("bodies-returned", None, "UA", "event")] == (620, 620, 620)
    assert figures(reports[0])[("bodies-returned", None, "RU", "event")] == (19, 19, 19)
    assert figures(reports[1])[("bodies-returned", None, "UA", "event")] == (400, 400, 400)


UNIT = (
    "La 88e brigade ukrainienne devait compter 5 200 hommes. Près de 1 300 soldats ont quitté leur poste sans "
    "autorisation avant le premier combat, et une trentaine d’autres auraient déserté pendant leur stage en Pologne."
)


def test_desertions_elsewhere_are_another_event() -> None:
    reports = [report for report in reports_of("", UNIT, date(2025, 3, 15)) if report.kind == "desertion"]
    counts = [{s.value for s in report.statements if s.measure == "deserted"} for report in reports]
    assert counts == [{1300}, {30}]
    assert figures(reports[0])[("strength", None, "UA", "event")] == (5200, 5200, 5200)


NOTHING = [
    "Le musée de Kyiv présente 120 lettres de soldats écrites en 1943. L’entrée coûte 5 euros.",
    "La récolte ukrainienne atteint 52 millions de tonnes ; les ports d’Odessa ont chargé 31 navires cette semaine.",
    "Le Dynamo Kyiv a transféré deux joueurs à Prague pour 4 millions d’euros et recruté un entraîneur danois.",
    "Quelque 3 000 militaires de neuf pays participent à un exercice en Estonie ; l’Ukraine y envoie des observateurs.",
    "Mobilisation générale chez les cheminots de Lviv : 400 d’entre eux réclament une hausse de salaire.",
    "La ligne a bougé de deux kilomètres près de Pokrovsk ; la 79e brigade tient le terril.",
    "Dans un entretien, l’écrivaine ukrainienne raconte ses dix ans d’exil à Paris.",
    "Une coalition de parents d’élèves a rencontré le maire de Dnipro au sujet de douze abris.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_other_matters_give_no_event(text: str) -> None:
    assert reports_of("", text, date(2025, 3, 15)) == []
