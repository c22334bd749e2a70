"""The French pack: its finders of numbers, days and places as one object."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from streams.languages.fr.dates import calendar, datelines
from streams.languages.fr.dates.days import day_of_war
from streams.languages.fr.numbers import numerals
from streams.languages.lexicon import read_again
from streams.languages.pack import DateMention, PlaceMention, Quantity
from streams.reading import gazetteer

# Sentences kept with what was found in them: a headline that repeats its title, a phrase that comes over and over.
REMEMBERED = 64
_quantities = read_again(lru_cache(REMEMBERED)(numerals.find_quantities))
_dates = read_again(lru_cache(REMEMBERED)(calendar.find_dates))


class FrenchPack:
    """Finders of French numbers, days and places."""

    language = "fr"
    version = "fr-rules/0.1.0"

    def find_quantities(self, text: str) -> Sequence[Quantity]:
        """See `streams.languages.fr.numbers.numerals`."""
        return _quantities(text)

    def find_dates(self, text: str, anchor: date | None, context: date | None = None) -> Sequence[DateMention]:
        """See `streams.languages.fr.dates.calendar`."""
        return _dates(text, anchor, context)

    def find_places(self, text: str) -> Sequence[PlaceMention]:
        """See `streams.reading.gazetteer`."""
        return gazetteer.find_places(text)

    def day_number(self, title: str) -> date | None:
        """See `streams.languages.fr.dates.datelines`."""
        number = datelines.day_number(title)
        return day_of_war(number) if number is not None else None

    def dated_title(self, title: str) -> date | None:
        """See `streams.languages.fr.dates.datelines`."""
        return datelines.dated_title(title)

    def dateline(self, text: str) -> date | None:
        """See `streams.languages.fr.dates.datelines`."""
        return datelines.dateline(text)


PACK = FrenchPack()
