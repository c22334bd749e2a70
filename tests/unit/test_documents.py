"""A bulletin taken apart: items, sentences, exact spans, linear time."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Bulletin
from streams.errors import RefusedInput
from streams.languages.pack import DateMention, PlaceMention, Quantity
from streams.reading.document import Document, build
from streams.reading.sentences import quotations, split_sentences
from streams.reading.tokens import tokenise

PIECES = st.sampled_from(
    [
        "Jour 12 de résistance",
        "Deux morts à Izioum.",
        "« Rien ne va plus »",
        "17:52",
        "• Région de Soumy : trois blessés.",
        "Lire aussi : autre chose",
        "M. Tkatch l’a dit…",
        "\n",
        "\n\n",
        " ",
        "\u202f000",
        "« ",
        '"',
        "1) Un titre sans point mais assez long",
        "Œ\u0301İ",
        "—",
    ]
)


def bulletin(title: str, text: str, published_on: date | None = date(2025, 3, 4)) -> Bulletin:
    return Bulletin(
        bulletin_id="essai",
        source="essai",
        received_at="2025-03-04T12:00:00Z",
        sha256="",
        title=title,
        text=text,
        published_on=published_on,
    )


def headlines(document: Document) -> list[str]:
    return [item.headline for item in document.items]


@given(st.lists(PIECES, max_size=30), st.lists(PIECES, max_size=6))
def test_every_span_gives_its_own_words(text: Sequence[str], title: Sequence[str]) -> None:
    document = build(bulletin("".join(title), "".join(text)))
    for sentence in document.sentences:
        source = document.source(sentence.section)
        assert source[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip() == sentence.text != ""
        for token in sentence.tokens:
            assert 0 <= token.start < token.end <= len(sentence.text)
            assert len(token.norm) in {1, token.end - token.start}
        found: list[Quantity | DateMention | PlaceMention] = [*sentence.quantities, *sentence.dates, *sentence.places]
        assert all(0 <= mention.start < mention.end <= len(sentence.text) for mention in found)
    for item in document.items:
        assert 0 <= item.start <= item.end <= len(document.bulletin.text)
        if item.headline_end > item.headline_start:
            assert document.bulletin.text[item.headline_start : item.headline_end] == item.headline


@given(st.text(alphabet='aé.!?…»« \n\u202f"()M1A', max_size=200))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    spans = split_sentences(text, 0, len(text))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    left = [text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)]
    assert "".join(left).strip() == ""


def test_a_bulletin_has_the_items_its_headlines_name() -> None:
    document = build(
        bulletin(
            "Jour 500 de résistance : un marché touché à Sloviansk",
            "Un obus est tombé sur un marché de Sloviansk : 3 morts. Le parlement débat de la conscription.\n\n"
            "Sloviansk : un obus tombe sur le marché, 2 morts\n\nLundi matin, un obus a touché le marché.\n\n"
            "Le gouverneur s’est rendu sur place :\n\n« Tout a brûlé », a-t-il dit.\n\n"
            "Conscription : le parlement débat de l’âge minimal\n\nLe débat durera deux jours.\n",
            None,
        )
    )
    assert headlines(document) == [
        "Sloviansk : un obus tombe sur le marché, 2 morts",
        "Conscription : le parlement débat de l’âge minimal",
    ]
    assert [len(item.lead) for item in document.items] == [1, 1]
    assert document.anchor == date(2023, 7, 8)
    assert {sentence.item for sentence in document.sentences if sentence.section == "title"} == {1}


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("17:52\n\nUn pont rouvre à Kherson", "Un pont rouvre à Kherson"),
        ("13 h 40 - Un pont rouvre à Kherson", "Un pont rouvre à Kherson"),
        ("[08:05] Un pont rouvre à Kherson", "Un pont rouvre à Kherson"),
    ],
)
def test_a_live_page_has_an_item_for_each_time_stamp(line: str, headline: str) -> None:
    text = f"{line}\n\nLes bus circulent.\n\n09:10\n\nLe préfet parle à la presse\n\nIl est satisfait."
    assert headlines(build(bulletin("En direct", text))) == [headline, "Le préfet parle à la presse"]


@pytest.mark.parametrize("marker", ["1. ", "2) ", "• ", "## ", "– "])
def test_a_headline_loses_its_list_marker(marker: str) -> None:
    text = (
        "Les bus de Soumy roulent de nouveau. Les écoles de Poltava rouvrent lundi.\n\n"
        f"{marker}Les bus de Soumy roulent de nouveau depuis mardi\n\nIls sont bleus.\n\n"
        f"{marker}Les écoles de Poltava rouvrent lundi matin\n\nIl y en a douze."
    )
    assert headlines(build(bulletin("Bulletin du soir", text))) == [
        "Les bus de Soumy roulent de nouveau depuis mardi",
        "Les écoles de Poltava rouvrent lundi matin",
    ]


def test_an_article_with_subheads_is_one_item_named_by_its_title() -> None:
    text = "Une frappe a touché Nikopol mardi.\nColère et deuil\nOn balaie le verre.\nEt maintenant ?\nOn attend."
    assert headlines(build(bulletin("Frappe à Nikopol", text))) == ["Frappe à Nikopol"]


def test_page_furniture_is_not_read() -> None:
    text = (
        "Accueil > Monde\nUn drone est tombé sur un champ.\nLire aussi : 40 morts ailleurs\n"
        "Les plus lus\n1 Douze blessés dans un car\nCrédit photo : agence"
    )
    assert [sentence.text for sentence in build(bulletin("", text)).sentences] == ["Un drone est tombé sur un champ."]


def test_a_quotation_marks_the_sentences_in_it() -> None:
    document = build(bulletin("", "« Deux morts. Trois blessés », dit-il. Fin."))
    assert [sentence.quoted for sentence in document.sentences] == [True, True, False]
    assert quotations("« a » b « c", 0, 11) == [(0, 5), (8, 11)]


def test_elided_words_stand_apart_and_capitals_are_known() -> None:
    tokens = tokenise("L’État d’Izioum, aujourd’hui : dix-sept")
    assert [token.norm for token in tokens] == ["l'", "état", "d'", "izioum", ",", "aujourd'hui", ":", "dix-sept"]
    assert [token.capital for token in tokens][:4] == [True, True, False, True]


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "« " * 100_000, "mot " * 50_000, "." * 200_000, '"' * 200_000, "Une ligne\n" * 20_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = perf_counter()
    list(range(2_000_000))
    calibration = perf_counter() - began
    began = perf_counter()
    build(bulletin("", text))
    assert perf_counter() - began < max(60 * calibration, 2.0)


def test_more_headlines_than_a_bulletin_has_are_refused() -> None:
    stamps = "".join(f"{number % 24:02}:{number % 60:02} Kharkiv\n" for number in range(1001))
    with pytest.raises(RefusedInput, match="1,001 headlines make more than 1,000 items; split the bulletin"):
        build(bulletin("", stamps))
