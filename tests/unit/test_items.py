"""Which lines head the items of a bulletin, and which only break up one article."""

import pytest

from streams.reading.items import find_items
from streams.reading.lines import split_lines

HEADLINES = [
    "Soumy : deux morts dans un immeuble bombardé",
    "Trente pays réunis à Vienne pour parler du gaz",
    "Le blé souffre de la sécheresse dans le sud",
]
BODIES = [
    "Un drone est tombé hier sur la ville. Deux habitants sont morts, a dit le gouverneur.",
    "Les chefs de gouvernement se sont réunis mardi à Vienne. Ils ont promis du gaz.",
    "Les paysans sont inquiets. La récolte baissera de 12 %.",
]
LEAD = "Deux habitants de Soumy ont été tués. Trente pays se réunissent à Vienne. Le blé manque d’eau."


def headlines(title: str, text: str) -> list[str]:
    return [item.headline for item in find_items(text, title, split_lines(text, "fr"), "fr")]


@pytest.mark.parametrize(
    "marker", ["", "1. ", "1) ", "- ", "• ", "## ", "🔹 ", "1️⃣ ", "14h20 – ", "[14 h 20] ", "12 h 10. "]
)
@pytest.mark.parametrize(
    "title", ["Jour 900 de résistance", "Le point à 20 heures", "Guerre en Ukraine, ce qu’il faut retenir du 4 mars"]
)
def test_items_under_any_marker(title: str, marker: str) -> None:
    entries = [f"{marker}{headline}\n\n{body}" for headline, body in zip(HEADLINES, BODIES, strict=True)]
    assert headlines(title, "\n\n".join([LEAD, *entries])) == HEADLINES


def test_a_lead_that_tells_the_headlines_in_turn_makes_them_items() -> None:
    entries = [f"{headline}\n\n{body}" for headline, body in zip(HEADLINES, BODIES, strict=True)]
    assert headlines("Soumy frappée, Vienne réunie", "\n\n".join([LEAD, *entries])) == HEADLINES


@pytest.mark.parametrize(
    "title", ["Soumy frappée dans la nuit", "Jour 900 : Soumy sous les bombes", "Toujours la peur"]
)
def test_subheads_of_one_article_are_no_items(title: str) -> None:
    text = (
        "Un drone est tombé mardi sur Soumy. Deux habitants sont morts, a dit le gouverneur.\n\n"
        "Une nuit de peur\n\nLes voisins sont descendus. « On a prié », dit Olha.\n\n"
        "Des secours bien épuisés\n\nLes pompiers ont travaillé jusqu’à midi. Ils ont sorti un chat."
    )
    assert headlines(title, text) == [title]
