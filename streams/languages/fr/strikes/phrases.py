"""Single phrases read for strikes: what doctests and the corpus of phrases call."""

from datetime import date

from schemas.records import Bulletin, Number
from streams.languages.fr.strikes.figures import figures_in
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.units import units_of
from streams.languages.fr.strikes.words import wording_of
from streams.languages.pack import Quantity
from streams.reading.document import build


def figures(phrase: str, anchor: date | None = None) -> list[tuple[str, str | None, Number]]:
    """(measure, of, value) of each figure that the strike rules find in one phrase, in order, without any event."""
    bulletin = Bulletin(
        bulletin_id="phrase",
        source="phrase",
        received_at="2025-01-01T00:00:00Z",
        sha256="",
        text=phrase,
        published_on=anchor,
    )
    found: list[tuple[str, str | None, Number]] = []
    before: list[Found] = []
    for sentence in build(bulletin).sentences:
        before = figures_in(units_of(wording_of(sentence)), before)[0]
        for figure in before:
            quantity = figure.quantity
            found.append((figure.measure, figure.of, quantity.value if isinstance(quantity, Quantity) else quantity))
    return found
