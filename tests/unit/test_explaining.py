"""What `explain` says of a bulletin: every number accounted for, with its rule, its standing, or why it is none."""

from pathlib import Path
from typing import Any

import pytest

from schemas.records import Bulletin
from streams.explaining.assembling import explanation_of, only
from streams.explaining.explanation import Explanation
from streams.explaining.markers import lettered
from streams.extraction.reader import read
from streams.intake.bulletins import FileOptions, complete, from_file

RECEIVED = "2025-03-06T12:00:00+00:00"
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def bulletin(title: str, text: str, **fields: Any) -> Bulletin:
    return complete({"title": title, "text": text, "received_at": RECEIVED, "published_on": "2025-03-05"} | fields)


def misquoted(told: Bulletin, explanation: Explanation) -> list[str]:
    """The quotes that are not the words at their span."""
    spans = [
        *explanation.figures,
        *(each.statement for each in explanation.figures),
        *explanation.passed_over,
        *explanation.days,
        *explanation.names,
    ]
    return [
        each.quote
        for each in spans
        if (told.title if each.section == "title" else told.text)[each.start : each.end] != each.quote
    ]


REVISED = bulletin(
    "Frappe russe sur Kharkiv : 7 morts",
    "Un missile russe a frappé Kharkiv mardi 4 mars, faisant 4 morts, selon le maire, Ihor Terekhov. "
    "Des dizaines de blessés sont soignés. La 92e brigade est sur place depuis 3 heures, à 25 km du front. "
    "Parmi les morts, un homme de 53 ans. Le bilan est passé de 4 à 7 morts.",
)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_number_of_a_seed_is_a_figure_or_has_a_reason_and_every_quote_its_words(path: Path) -> None:
    told = from_file(path.read_bytes(), path.name, FileOptions(), RECEIVED)
    explanation = explanation_of(told)
    assert misquoted(told, explanation) == []
    assert all(each.reason for each in explanation.passed_over)
    assert all(each.rule for each in explanation.figures)
    taken = {(each.section == "title", each.start) for each in explanation.figures}
    assert not taken & {(each.section == "title", each.start) for each in explanation.passed_over}


def test_the_statements_of_the_events_are_the_figures_told() -> None:
    explanation = explanation_of(REVISED)
    told = [(event.event_id, statement) for event in explanation.events for statement in event.statements]
    assert sorted(map(repr, told)) == sorted(repr((each.event_id, each.statement)) for each in explanation.figures)


def test_of_several_statements_one_stands_and_the_others_say_for_which_and_why() -> None:
    figures = explanation_of(REVISED).figures
    killed = [each for each in figures if each.statement.measure == "killed" and each.statement.of is None]
    best = [each for each in killed if each.standing == "best"]
    assert [each.statement.value for each in best] == [7]
    others = [each for each in killed if each.standing != "best"]
    assert others
    assert {each.instead for each in others} == {best[0].marker}
    assert {each.standing for each in others if each.statement.value == 4} == {"dropped"}
    assert all(each.because for each in others if each.standing == "dropped")


def test_numbers_that_count_nothing_say_what_they_are() -> None:
    reasons = {each.quote: each.reason for each in explanation_of(REVISED).passed_over}
    assert reasons["53"] == "an age or a number of years"
    assert reasons["25"] == "a size, a distance or a weight"
    assert reasons["3"] == "a duration"


def test_a_day_is_resolved_and_says_what_the_event_took_it_for() -> None:
    day = next(each for each in explanation_of(REVISED).days if each.quote.startswith("mardi"))
    assert (str(day.first), day.meaning) == ("2025-03-04", "the day it happened")
    assert day.event_ids


def test_a_number_within_a_day_has_the_days_letter() -> None:
    explanation = explanation_of(REVISED)
    day = next(each for each in explanation.days if each.quote.startswith("mardi"))
    number = next(each for each in explanation.passed_over if day.start <= each.start < day.end)
    assert number.marker == day.marker


def test_an_item_that_tells_no_event_says_why_for_each_stream() -> None:
    explanation = explanation_of(bulletin("Le musée de Lviv rouvre", "Quarante peintres y montrent 120 toiles."))
    [item] = explanation.items
    assert item.item.stream == "other"
    assert [each.stream for each in item.silent] == ["strike", "military-personnel", "diplomacy"]
    assert all(each.reason for each in item.silent)
    assert [each.quote for each in explanation.passed_over] == ["Quarante", "120"]


def test_a_bulletin_in_an_unknown_language_and_one_withdrawn_are_told_without_figures() -> None:
    unknown = explanation_of(bulletin("Hyökkäys", "5 kuollutta", language="fi"))
    assert "no language pack" in unknown.items[0].item.reason
    assert not explanation_of(bulletin("Frappe", "5 morts", withdrawn=True, bulletin_id="a/1")).items


def test_the_war_day_in_a_title_is_no_figure() -> None:
    explanation = explanation_of(bulletin("Jour 1077 de la guerre", "Une frappe russe a tué 3 civils à Soumy."))
    assert [each.reason for each in explanation.passed_over if each.quote == "1077"] == [
        "the day of the war, which dates the bulletin"
    ]


def test_one_item_alone_has_only_its_own_figures() -> None:
    told = from_file(SEEDS[0].read_bytes(), SEEDS[0].name, FileOptions(), RECEIVED)
    whole = explanation_of(told)
    part = only(whole, (2,))
    assert [each.item.position for each in part.items] == [2]
    assert part.figures == tuple(each for each in whole.figures if each.item == 2)
    assert only(whole, ()) is whole


def test_without_explain_nothing_is_collected() -> None:
    reading = read(REVISED)
    assert (reading.findings, reading.refusals) == ((), ())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_what_is_read_does_not_hang_on_whether_it_is_explained(path: Path) -> None:
    told = from_file(path.read_bytes(), path.name, FileOptions(), RECEIVED)
    plain, explained = read(told), read(told, explain=True)
    assert (plain.items, plain.reports) == (explained.items, explained.reports)


def test_letters_go_on_after_z() -> None:
    letters = [lettered(count) for count in range(800)]
    assert len(set(letters)) == 800
    assert letters[25:28] == ["z", "aa", "ab"]
