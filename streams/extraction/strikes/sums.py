"""What a text counts over weeks or months, as an event of its own, and the place that a share names."""

from datetime import date

from schemas.records import Place
from streams.extraction.strikes.events import UKRAINE, ItemStrikes
from streams.extraction.strikes.strike import Day, Strike
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.parts import LINE
from streams.languages.fr.strikes.places import Spot
from streams.languages.fr.strikes.scene import Scene
from streams.languages.fr.strikes.sides import launcher
from streams.languages.fr.strikes.spells import Spell, spell_of

FLOWN = frozenset(("weapon", "attack"))
# Rules by which a number takes up the weapons told last, wherever those flew.
TAKEN_UP = frozenset(("weapons taken up again", "of each in turn", "as those before"))
SPREAD = frozenset(("localités", "sites", "endroits", "lieux", "régions", "villes", "points"))
LISTING = frozenset((",", "et", "à", "en", "ainsi", "que", "près", "de"))
SEVERAL = 4
HUNDREDS = 150


def over_days(
    events: ItemStrikes,
    scene: Scene,
    group: list[Found],
    spots: list[Spot],
    side: str | None,
    anchor: date | None,
    summed: bool,
) -> Strike | None:
    """The event of what was launched, shot down or struck over weeks or months, at a place or in the country.

    None where the clause tells of one day, or of people too. `side` is whose weapons they are where the sentence does
    not say, `summed` whether it says "depuis le début de la guerre" or the like.
    """
    flown = all(figure.sort in FLOWN for figure in group)
    spell = spell_of(scene.units, scene.days, group[0].number, anchor) if flown else None
    if spell is None and summed and flown:
        spell = Spell("cumulative")
    if spell is None:
        return None
    country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
    if country is None and (launcher(scene.units, group[0].number) or side) == "RU":
        country = UKRAINE
    home = spots[0].place if len(spots) == 1 else country
    running = spell.scope == "cumulative"
    strike = events.nationwide(home, cumulative=running, period=(spell.first, spell.last))
    if spell.first is not None and not running and not strike.days:
        strike.days.append(Day(0, spell.first, "week", until=spell.last))
    return strike


def own_place(scene: Scene, unit: int | None) -> Place | None:
    """The place that a share names itself, the capital among them; None where it names none."""
    if unit is None:
        return None
    mention = scene.units[unit].place
    if mention is not None:
        return mention.place
    return next((spot.place for spot in scene.spots if spot.unit == unit), None)


def flown_everywhere(scene: Scene, figures: list[Found]) -> bool:
    """Whether weapons are counted for the country by their number or their targets: "ont frappé vingt localités"."""
    units = scene.units
    if any(spot.part in {"site", "heading"} for spot in scene.spots):
        return False
    if any(figure.sort == "weapon" and value_of(figure) >= HUNDREDS for figure in figures):
        return True
    told = {figure.number for figure in figures}
    return any(
        units.norm(number + 1) in SPREAD
        and (quantity := units[number].quantity) is not None
        and not quantity.article
        and quantity.value > SEVERAL
        for number in units.numbers
        if number not in told
    )


def without_types(strike: Strike) -> None:
    """Drop types told line by line, "– 33 missiles Kh-101 ; – 4 missiles Kalibr": neither is the count of missiles."""
    lines = [told for told in strike.figures if told.found.rule == LINE]
    if len(lines) < 2:
        return
    kinds = [(told.found.measure, told.found.of) for told in lines]
    several = {kind for kind in kinds if kinds.count(kind) > 1}
    strike.figures = [
        told for told in strike.figures if told.found.rule != LINE or (told.found.measure, told.found.of) not in several
    ]


def on_the_country(scene: Scene, group: list[Found], spots: list[Spot]) -> bool:
    """ "210 drones sur l'Ukraine, contre des sites de la région de Poltava": launched at the country told first."""
    last = group[-1].number
    country = next((spot.unit for spot in scene.spots if spot.part == "national" and spot.unit > last), None)
    return country is not None and all(spot.unit > country and spot.part == "site" for spot in spots)


def over_the_country(scene: Scene, group: list[Found], spots: list[Spot]) -> Place | None:
    """ "Cinq tués dans des frappes à Kherson, Nikopol et Soumy": the country whose places share one toll; else None."""
    toll = all(figure.sort == "people" and not figure.share and value_of(figure) > 1 for figure in group)
    settled = [spot for spot in spots if spot.place.precision == "settlement" and spot.part == "site" and not spot.near]
    if not toll or len(settled) < 2 or len(settled) != len(spots):
        return None
    apart = {spot.place.region for spot in settled}
    between = {scene.units.norm(i) for i in range(settled[0].unit + 1, settled[-1].unit)}
    if len(apart) < 2 or None in apart or not between <= LISTING | {spot.place.name.lower() for spot in settled}:
        return None
    return UKRAINE if settled[0].place.country == "UA" else None
