"""A live page about one strike: its entries are tellings of one event, whichever of them names its place and day."""

import re

from schemas.records import Place
from streams.extraction.strikes.context import count_tolls
from streams.extraction.strikes.events import ItemStrikes
from streams.extraction.strikes.strike import Day, Strike
from streams.extraction.strikes.where import same_place
from streams.languages.fr.strikes.scene import scene_of
from streams.languages.fr.strikes.units import Units, units_of
from streams.languages.fr.strikes.words import wording_of
from streams.reading.document import Document

ENTRIES = 2
APART = 3
LIVE = re.compile(r"(?<!\w)(?:en direct|direct|live|fil info|minute par minute)(?!\w)", re.IGNORECASE)
STAMP = re.compile(r"\d{1,2}\s?[h:.]\s?\d{0,2}", re.IGNORECASE)
TOLD = frozenset(("bilan", "victimes", "lendemain", "après"))


def live_place(document: Document) -> Place | None:
    """The place of the one strike that a live page's title tells; its entries go on with it. None of any other text."""
    if len(document.items) < ENTRIES or not _is_live(document):
        return None
    for sentence in document.sentences:
        if sentence.section != "title":
            break
        units = units_of(wording_of(sentence))
        named = [spot.place for spot in scene_of(units).spots if spot.part in {"site", "heading"}]
        if len(named) == 1 and _tells_one(units):
            return named[0]
    return None


def _is_live(document: Document) -> bool:
    if LIVE.search(document.bulletin.title) is not None:
        return True
    text = document.bulletin.text
    stamped = sum(STAMP.search(text, item.start, item.headline_start) is not None for item in document.items)
    return stamped >= ENTRIES


def _tells_one(units: Units) -> bool:
    """Whether a title tells a toll, or speaks of one strike and what came after it."""
    tolls = count_tolls(units)
    spoken = any(unit.norm in TOLD for unit in units.units)
    announced = units.tells("strike", "harm") and LIVE.search(units.sentence.text) is not None
    return tolls > 0 or spoken or announced or units.tells("strike.noun")


def agree_on_day(found: list[ItemStrikes], place: Place) -> None:
    """Give the entries of a live page that tell its strike without a day that of the entry which dates it best."""
    told = [strike for item in found for strike in item.strikes if _is_at(strike, place)]
    days = [(day.rank, -position, day) for position, strike in enumerate(told) for day in strike.best_days()[:1]]
    if not days:
        return
    best = min(days, key=lambda each: each[:2])[2]
    for strike in told:
        own = [day for day in strike.best_days() if day.rank < 0 or abs((day.day - best.day).days) > APART]
        if not own:
            strike.days = [Day(best.rank, best.day, best.precision)]
    weapons = {weapon for strike in told for weapon in strike.weapons}
    for strike in told:
        if not strike.weapons:
            strike.weapons.update(weapons)


def _is_at(strike: Strike, place: Place) -> bool:
    if strike.cumulative or strike.background or strike.national:
        return False
    return strike.place is None or same_place(strike.place, place)
