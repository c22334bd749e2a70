"""Short texts of the project's own: which diplomatic events they tell, with status, day and figures."""

from datetime import date

import pytest

from schemas.internal import Report
from schemas.records import Bulletin
from streams.extraction.claims import Trace
from streams.extraction.diplomacy import extracting as diplomacy
from streams.reading.document import build
from streams.reconciling.figures import best_figures

MONDAY = date(2025, 3, 10)


def reports_of(title: str, text: str) -> list[Report]:
    """The diplomatic reports of a text published on a Monday."""
    bulletin = Bulletin(
        bulletin_id="b", source="b", received_at="", sha256="", title=title, text=text, published_on=MONDAY
    )
    return [claim.report for claim in diplomacy.extract(build(bulletin), Trace())]


def told(report: Report) -> tuple[str, str, set[tuple[str, str | None, float, str]]]:
    """Kind, status and figures of a report."""
    figures = best_figures(("", statement) for statement in report.statements)
    return report.kind, report.status, {(each.measure, each.unit, each.value, each.scope) for each in figures}


def test_sum_in_the_next_sentence_belongs_to_the_agreement() -> None:
    (report,) = reports_of(
        "Le Luxembourg et l'Ukraine signent",
        "Le Grand-Duché et l'Ukraine ont signé vendredi un accord. Il prévoit 80 millions d'euros par an.",
    )
    assert told(report) == ("agreement", "occurred", {("amount", "EUR", 80_000_000, "event")})
    assert report.occurred_on == date(2025, 3, 7)


def test_what_has_been_given_so_far_is_cumulative() -> None:
    (report,) = reports_of(
        "Madrid",
        "L'Espagne enverra un milliard d'euros d'armes à Kyiv cette année. Au total, son aide militaire atteint 3,2"
        " milliards d'euros depuis le début de la guerre.",
    )
    assert told(report)[2] == {
        ("amount", "EUR", 1_000_000_000, "event"),
        ("amount", "EUR", 3_200_000_000, "cumulative"),
    }


def test_pronoun_gives_what_the_visitor_promised() -> None:
    kinds = {
        told(report)[0]: told(report)[2]
        for report in reports_of(
            "Kyiv",
            "Le chef de la diplomatie portugaise a passé la journée de dimanche à Kyiv. Il y a promis 50 millions"
            " d'euros pour les chaudières des écoles.",
        )
    }
    assert kinds == {"visit": set(), "aid": {("amount", "EUR", 50_000_000, "event")}}


def test_signatories_and_countries_belong_to_the_summit() -> None:
    (report,) = reports_of(
        "Zagreb",
        "Ils étaient venus de quarante-six pays. La conférence de Zagreb sur l'Ukraine s'est achevée mardi :"
        " trente-neuf d'entre eux ont signé la déclaration finale.",
    )
    assert told(report)[0] == "summit"
    assert told(report)[2] == {("countries", None, 46, "event"), ("signatories", None, 39, "event")}


def test_votes_stand_beside_the_body_named_before() -> None:
    (report,) = reports_of(
        "L'ONU vote",
        "L'Assemblée générale était réunie lundi. Par 91 voix contre 8 et 60 abstentions, elle a demandé le retour des"
        " enfants ukrainiens déportés.",
    )
    assert told(report) == ("vote", "occurred", {("votes", None, 91, "event")})


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Volodymyr Zelensky est attendu jeudi à Bratislava puis vendredi à Vienne.", ["visit", "visit"]),
        (
            "Dimanche, Volodymyr Zelensky a parlé au téléphone avec le Premier ministre indien ; lundi, avec le"
            " président sud-africain.",
            ["call", "call"],
        ),
        (
            "Oslo contribuera à hauteur de 900 millions de couronnes norvégiennes à l'achat de munitions pour Kyiv,"
            " Helsinki de 200 millions d'euros.",
            ["aid", "aid"],
        ),
        (
            "Le Trésor américain a sanctionné vendredi 22 intermédiaires qui fournissaient la Russie. Le même jour,"
            " Ottawa inscrivait 109 personnes sur sa liste noire.",
            ["sanctions", "sanctions"],
        ),
    ],
)
def test_each_place_side_and_giver_is_an_event(text: str, kinds: list[str]) -> None:
    assert [report.kind for report in reports_of("", text)] == kinds


def test_delay_gives_the_new_day() -> None:
    (report,) = reports_of(
        "", "Prévue jeudi, la rencontre entre Roustem Oumerov et Vladimir Medinski a été repoussée au 19 mars."
    )
    assert (report.status, report.expected_from) == ("postponed", date(2025, 3, 19))


def test_journey_denied_that_had_been_expected_is_cancelled() -> None:
    (report,) = reports_of("", "Sergueï Lavrov n'ira finalement pas au Maroc, où il était attendu le 22 mars.")
    assert (report.kind, report.status) == ("visit", "cancelled")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Marseille : le congrès des dentistes",
            "Deux mille praticiens de trente pays, dont l'Ukraine, se sont réunis samedi. Ils ont adopté par 812 voix"
            " une charte sur le fluor.",
        ),
        (
            "Une école de Kyiv à Reims",
            "Le lycée Colbert et le lycée 17 de Kyiv ont signé lundi un jumelage. La région finance le voyage à hauteur"
            " de 12 000 euros. Le recteur a visité les classes.",
        ),
        (
            "Football",
            "L'équipe d'Ukraine a été reçue lundi par le maire de Bruges. Le match contre la Belgique, sommet de la"
            " poule, a été reporté à mardi.",
        ),
        (
            "Conseil des ministres",
            "Le gouvernement italien a approuvé lundi un budget de 37 milliards d'euros. L'inflation, nourrie par la"
            " guerre en Ukraine, recule.",
        ),
        (
            "Grève",
            "Les camionneurs polonais ont suspendu le blocus de la frontière ukrainienne après une rencontre avec le"
            " ministre des Transports à Varsovie.",
        ),
        (
            "Natation",
            "La Fédération internationale a voté, par 23 voix contre 4, le retour des nageurs russes.",
        ),
        ("Vin", "La Moldavie a livré 40 000 bouteilles à l'Ukraine, un marché de 3 millions d'euros."),
    ],
)
def test_what_no_state_does_about_the_war_is_no_diplomacy(title: str, text: str) -> None:
    assert reports_of(title, text) == []


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("", "Oslo débloque 90 millions d'euros pour l'Ukraine.", "Oslo"),
        ("", "OSLO, 10 mars - Le gouvernement norvégien a annoncé 90 millions d'euros pour l'Ukraine.", "OSLO"),
        ("", "Les Vingt-Sept ont adopté lundi à Bruxelles de nouvelles sanctions contre la Russie.", "Bruxelles"),
        ("", "Lundi, à Vilnius, les ministres lituanien et ukrainien ont signé un protocole d'accord.", "Vilnius"),
        ("", "Genève a accueilli lundi des discussions entre émissaires russes et ukrainiens.", "Genève"),
        ("", "La Norvège donne 90 millions d'euros à l'Ukraine.", None),
        ("", "KYIV, 10 mars - La Norvège a donné 90 millions d'euros à l'Ukraine.", None),
    ],
)
def test_a_decision_stands_where_the_text_says_or_whose_capital_decides(title: str, text: str, place: str) -> None:
    (report,) = reports_of(title, text)
    assert (report.place.name if report.place is not None else None) == place


def test_aid_brought_on_a_visit_is_given_there() -> None:
    text = "Le ministre danois de la Défense est arrivé lundi à Kyiv. Il y a annoncé 40 millions d'euros d'aide."
    visit, aid = reports_of("", text)
    assert (visit.kind, aid.kind) == ("visit", "aid")
    assert visit.place is not None and aid.place == visit.place


def test_what_was_cancelled_never_occurred_on_a_day() -> None:
    (report,) = reports_of("", "La ministre finlandaise a annulé son déplacement à Kyiv prévu jeudi.")
    assert (report.status, report.occurred_on) == ("cancelled", None)
    assert report.expected_from == date(2025, 3, 13)


@pytest.mark.parametrize(
    "text",
    [
        "Le Letton Andris Kalns est arrivé lundi à Kyiv.",
        "Andris Kalns, le ministre letton de la Défense, est arrivé lundi à Kyiv.",
    ],
)
def test_an_unknown_name_is_known_by_its_nation_or_its_office(text: str) -> None:
    (report,) = reports_of("", text)
    assert [(actor.name, actor.country) for actor in report.actors] == [("Andris Kalns", "LV")]


def test_condemnation_has_the_day_beside_its_verb_not_that_of_the_strike() -> None:
    (report,) = reports_of("Oslo", "La Norvège a condamné samedi la frappe russe de jeudi sur une école de Soumy.")
    assert (report.kind, report.occurred_on) == ("statement", date(2025, 3, 8))


def test_weekday_behind_a_verb_of_the_present_lies_ahead() -> None:
    (report,) = reports_of(
        "Anvers", "Les ministres de la Défense de l'Otan se retrouvent vendredi à Anvers avec leur homologue ukrainien."
    )
    assert (report.status, report.expected_from) == ("announced", date(2025, 3, 14))


def test_dateline_gives_no_day_where_the_sentence_has_one() -> None:
    (report,) = reports_of(
        "", "PARIS, 9 mars - Coup de fil, samedi soir, entre le président français et Volodymyr Zelensky."
    )
    assert (report.kind, report.occurred_on) == ("call", date(2025, 3, 8))


def test_further_round_elsewhere_is_an_event_of_its_own() -> None:
    first, further = reports_of(
        "Genève",
        "Les délégations russe et ukrainienne se sont séparées jeudi soir à Genève sans accord. Une quatrième session"
        " est prévue à Doha avant la fin du mois.",
    )
    assert (first.status, further.status) == ("occurred", "announced")
    assert further.place is not None
    assert further.place.name == "Doha"


def test_stop_on_the_way_is_part_of_the_visit() -> None:
    (report,) = reports_of(
        "Kyiv",
        "La présidente slovène Natasa Pirc Musar s'est rendue jeudi à Kyiv. Elle s'est arrêtée à Irpine, près du pont.",
    )
    assert report.kind == "visit"


def test_those_who_meet_to_decide_hold_no_summit_beside() -> None:
    (report,) = reports_of(
        "Riga", "Réunis samedi à Riga, dix-neuf États ont signé une déclaration sur le retour des enfants d'Ukraine."
    )
    assert report.kind == "agreement"
    assert report.place is not None
    assert report.place.name == "Riga"


def test_sum_of_all_givers_is_a_total() -> None:
    reports = reports_of(
        "Ramstein",
        "Les alliés de Kyiv ont promis vendredi 5 milliards d'euros d'aide militaire. L'Allemagne fournira"
        " 2 milliards d'euros. Le Danemark apportera 600 millions d'euros à l'Ukraine. La Norvège consacrera"
        " 900 millions d'euros aux drones ukrainiens.",
    )
    scopes = {value: scope for report in reports for _, _, value, scope in told(report)[2]}
    assert scopes[5_000_000_000] == "total"
    assert {scopes[600_000_000], scopes[900_000_000]} == {"event"}
