"""What a language pack finds in a text: numbers, days and places, each with its span.

Every span counts Unicode code points of the string that was searched, so that `text[start:end]` are the words.
"""

from datetime import date

from msgspec import Struct

from schemas.enumerations import DatePrecision, Qualifier
from schemas.records import Number, Place


class Quantity(Struct, frozen=True, gc=False):
    """A number as written, with its approximation ("au moins 12", "une trentaine", "entre 7 000 et 15 000").

    `start`/`end` span the number and the words of its approximation; `number_start`/`number_end` the bare number.
    `value` follows the contract: a range's is its low end, "des dizaines" 10 `vague`, "une trentaine" 30 `about`.
    `ordinal` marks "155e", "troisième"; `article` marks a bare "un"/"une", which counts only before a victim.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Number
    low: Number
    high: Number
    qualifier: Qualifier = "exact"
    unit: str | None = None
    ordinal: bool = False
    article: bool = False


class DateMention(Struct, frozen=True, gc=False):
    """A day or a span of days as written, resolved against the anchor; `first` is null where it cannot be resolved."""

    start: int
    end: int
    first: date | None
    last: date | None
    precision: DatePrecision


class PlaceMention(Struct, frozen=True, gc=False):
    """A place name as written and what the gazetteer makes of it in its context."""

    start: int
    end: int
    place: Place
