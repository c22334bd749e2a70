"""Every form of a French verb from its infinitive."""

import pytest

from streams.languages.fr.conjugation import conjugated_vocabulary, forms_of


@pytest.mark.parametrize(
    ("verb", "finite", "participle"),
    [
        ("annoncer", "annonçait", "annoncées"),
        ("engager", "engageait", "engagés"),
        ("céder", "cède", "cédée"),
        ("lever", "lèvera", "levés"),
        ("appeler", "appelle", "appelé"),
        ("envoyer", "enverra", "envoyées"),
        ("recevoir", "reçoivent", "reçus"),
        ("remettre", "remettra", "remises"),
        ("conclure", "conclura", "conclue"),
        ("accueillir", "accueillera", "accueillis"),
        ("faire escale", "fera escale", "fait escale"),
        ("s' entretenir", "s' entretiendra", "entretenus"),
        ("se rendre", "se sont rendus", "rendue"),
    ],
)
def test_forms_of_a_verb(verb: str, finite: str, participle: str) -> None:
    forms = forms_of(verb)
    assert finite in forms.finite
    assert participle in forms.participle


def test_a_form_that_is_another_word_first_tells_nothing() -> None:
    assert "président" not in forms_of("présider").finite
    assert "détenus" not in forms_of("détenir").participle


def test_a_verb_without_object_does_not_agree() -> None:
    assert forms_of("discuter").participle == ("discuté",)


def test_a_lexicon_is_compiled_once() -> None:
    assert conjugated_vocabulary("diplomacy") is conjugated_vocabulary("diplomacy")
    assert "talks.finite" in conjugated_vocabulary("diplomacy").tags("rencontrera")
