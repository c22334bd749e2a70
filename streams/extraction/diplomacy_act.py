"""A diplomatic act as one sentence tells it, with the figures and places that the rules of every kind share."""

from dataclasses import dataclass

from schemas.enumerations import DiplomacyKind, Measure, Role
from schemas.records import Place
from streams.languages.fr.diplomacy import Scene, grammar
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark
from streams.languages.pack import Quantity

FEWEST_COUNTRIES = 3


@dataclass(slots=True)
class FigureTold:
    """A diplomatic figure: measure, number, and the span of its words within the sentence."""

    measure: Measure
    quantity: Quantity
    start: int
    end: int
    of: str | None = None


@dataclass(slots=True)
class Act:
    """What one sentence tells of one kind of act; `mark` are the words that tell it."""

    scene: Scene
    kind: DiplomacyKind
    mark: Mark
    rule: str
    actors: tuple[tuple[Mention, Role], ...] = ()
    place: Place | None = None
    figures: tuple[FigureTold, ...] = ()
    withdrawn: bool = False


def participants(people: list[Mention]) -> tuple[tuple[Mention, Role], ...]:
    return tuple((person, "participant") for person in people)


def place_behind(scene: Scene, mark: Mark, *, anywhere: bool = False) -> Place | None:
    """The place behind "à", "en" or "dans" next after the mark, or anywhere in the sentence where asked for."""
    offset = scene.tokens[min(mark.last, len(scene.tokens)) - 1].end
    for mention in sorted(scene.sentence.places, key=lambda each: (each.start < offset, abs(each.start - offset))):
        before = scene.sentence.text[max(0, mention.start - 8) : mention.start].lower().replace("’", "'").split()
        near = 0 <= mention.start - offset <= 60
        led = bool(before) and before[-1] in grammar("towards") | grammar("place_article")
        led = led or 0 <= mention.start - offset <= 2 or before[-2:-1] == ["près"]
        if led and (near or anywhere):
            return mention.place
    return None


def place_described(scene: Scene, mark: Mark) -> Place | None:
    """The land that "dans la capitale ukrainienne" or "sur le sol polonais" names without its name."""
    for mention in scene.mentions:
        before = scene.norms(mention.first - 1, mention.first)
        if mention.kind == "adjective" and mention.first >= mark.last and before and before[-1] in grammar("land"):
            name = scene.sentence.text[scene.tokens[mention.first - 1].start : mention.end]
            return Place(name=name, country=mention.country, precision="country")
    return None


def countries_in(scene: Scene) -> tuple[FigureTold, ...]:
    found = []
    nouns = {mark.first: mark for mark in scene.tagged("countries.noun")}
    for quantity in scene.sentence.quantities:
        if quantity.article or quantity.ordinal or quantity.value < FEWEST_COUNTRIES or quantity.unit is not None:
            continue
        index = next((i for i, token in enumerate(scene.tokens) if token.start >= quantity.end), len(scene.tokens))
        mark = nouns.get(index) or (
            nouns.get(index + 1) if grammar("before_country") & set(scene.norms(index, index + 1)) else None
        )
        if mark is not None:
            found.append(FigureTold("countries", quantity, quantity.start, scene.tokens[mark.last - 1].end))
    return tuple(found)


def amounts_in(scene: Scene) -> tuple[FigureTold, ...]:
    return tuple(
        FigureTold("amount", quantity, quantity.start, quantity.end)
        for quantity in scene.sentence.quantities
        if quantity.unit is not None and quantity.unit != "percent" and quantity.value >= 1000
    )
