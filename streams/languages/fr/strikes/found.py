"""What a rule of strikes finds: one number with what it counts."""

from typing import Literal

from msgspec import Struct

from schemas.enumerations import Measure
from schemas.records import Number
from streams.languages.pack import Quantity

Sort = Literal["people", "weapon", "thing", "attack"]


class Found(Struct):
    """A figure: `first` to `last` are the units of its words, `number` the unit of its number.

    `subset`: part of the figure before it ("dont deux enfants"); `share`: an element of a distribution ("l'une à …").
    `who` are the single persons counted, by sex and by what they are, where nothing but their sum counts them.
    """

    rule: str
    sort: Sort
    measure: Measure
    number: int
    first: int
    last: int
    quantity: Quantity | Number
    of: str | None = None
    subset: bool = False
    share: bool = False
    revision: str | None = None
    place_unit: int | None = None
    who: frozenset[tuple[str, str | None]] | None = None


def value_of(figure: Found) -> Number:
    """The figure's number; a range's is its low end."""
    return figure.quantity.value if isinstance(figure.quantity, Quantity) else figure.quantity


def is_vague(figure: Found) -> bool:
    """Whether the text gives no number: "des dizaines"."""
    return isinstance(figure.quantity, Quantity) and figure.quantity.qualifier == "vague"
