"""Who speaks in each sentence, and whom a text names."""

import pytest

from schemas.records import Bulletin
from streams.extraction.attribution import Voices
from streams.languages.fr.people import find_mentions
from streams.reading.document import build
from streams.reading.tokens import tokenise


def speakers(text: str) -> list[str | None]:
    """The speaker of each sentence."""
    document = build(Bulletin(bulletin_id="a", source="a", received_at="", sha256="", text=text))
    voices = Voices(document)
    return [voices.speaker(sentence) for sentence in document.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trois drones sont tombés, selon le maire, Pavlo Hrytsenko.", ["Pavlo Hrytsenko"]),
        ("Le gouverneur de la région, Ivan Bondar, a annoncé deux morts.", ["Ivan Bondar"]),
        ("« On tient bon », a déclaré Ivan Bondar.", ["Ivan Bondar"]),
        ("Le pont est coupé. C’est ce qu’a déclaré Oleh Marenko, chef de la région.", ["Oleh Marenko"] * 2),
        ("Le maire a parlé de 3 blessés. « Ils vont bien », a-t-il ajouté.", ["maire"] * 2),
        ("D’après la BBC, 40 soldats sont partis.", ["BBC"]),
        ("Ivan Bondar, le gouverneur, parle d’un miracle.", ["Ivan Bondar"]),
        ("Le maire a déclaré à Suspilne que tout brûlait.", ["maire"]),
        ("Oleh Marenko a dit non. Plus tard, Marenko a précisé son refus.", ["Oleh Marenko"] * 2),
        ("L’état-major ukrainien revendique douze chars.", ["état-major ukrainien"]),
        ("Trente drones ont été signalés près du port.", [None]),
        ("Reuters cite des diplomates. D’après ces sources, le président Ivan Bondar ira à Riga.", [None, None]),
        ("Moscou ne commente pas.", [None]),
        ("La route est rouverte depuis lundi.", [None]),
    ],
)
def test_speaker(text: str, expected: list[str | None]) -> None:
    assert speakers(text) == expected


def test_quotation_over_sentences_is_of_who_speaks_behind_it() -> None:
    assert speakers("« Il n’y a plus d’eau. Il n’y a plus de pain », raconte une habitante.") == ["habitante"] * 2


def test_sources_are_all_who_are_quoted() -> None:
    text = "Selon des sources de Radio NV, il viendra. Le porte-parole, Ihor Talan, l’a confirmé à Reuters."
    document = build(Bulletin(bulletin_id="a", source="a", received_at="", sha256="", text=text))
    assert set(Voices(document).sources(document.sentences)) == {"Radio NV", "Ihor Talan", "Reuters"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "le président des États-Unis Donald Trump",
            [("président", None), ("États-Unis", "US"), ("Donald Trump", "US")],
        ),
        ("J.D. Vance et Ursula von der Leyen", [("J.D. Vance", "US"), ("Ursula von der Leyen", "EU")]),
        ("des soldats nord-coréens en Russie", [("nord-coréens", "KP"), ("Russie", "RU")]),
        ("La Suisse invite l’Ukraine", [("Suisse", "CH"), ("Ukraine", "UA")]),
        ("Tchassiv Yar tient", []),
    ],
)
def test_mentions(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(each.name, each.country) for each in find_mentions(text, tokenise(text))] == expected
