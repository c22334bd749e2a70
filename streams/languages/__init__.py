"""Language packs: what a language must bring for bulletins in it to be read."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from streams.languages.pack import DateMention, PlaceMention, Quantity

LANGUAGES = {"fr": "streams.languages.fr.finders"}


class LanguagePack(Protocol):
    """Finders of one language; every span counts code points of the string that was passed."""

    language: str
    version: str

    def find_quantities(self, text: str) -> Sequence[Quantity]:
        """Numbers in digits and words, in the order of the text."""

    def find_dates(self, text: str, anchor: date | None, context: date | None = None) -> Sequence[DateMention]:
        """Days and spans of days, resolved against `anchor`; "the day after" against `context` where it is given."""

    def find_places(self, text: str) -> Sequence[PlaceMention]:
        """Place names known to the gazetteer."""

    def day_number(self, title: str) -> date | None:
        """The day that a title's day number means ("Jour 1077"), else None."""

    def dated_title(self, title: str) -> date | None:
        """The day that a title says its text is of ("Bulletin du 12 mars 2025"), else None."""

    def dateline(self, text: str) -> date | None:
        """The day of a dateline ("KYIV, 13 janvier 2025 -") or of a page's "publié le", else None."""


@lru_cache(maxsize=8)
def pack_of(language: str) -> LanguagePack | None:
    """The pack of an ISO 639 code ("fr", "fr-FR"), or None where there is none."""
    module = LANGUAGES.get(language.lower().split("-")[0])
    return cast(LanguagePack, import_module(module).PACK) if module else None
