"""The strikes that a sentence without figures speaks of: a known one, or a new one at a place."""

import re

from schemas.records import Place
from streams.extraction.strikes.belonging import is_assault
from streams.extraction.strikes.context import struck
from streams.extraction.strikes.events import ItemStrikes
from streams.extraction.strikes.strike import Strike
from streams.extraction.strikes.topic import Topic
from streams.extraction.strikes.where import inside, same_place
from streams.languages.fr.strikes.places import Spot
from streams.languages.fr.strikes.scene import Scene

LISTED = 2
SITED = frozenset(("site", "heading"))
ONTO = frozenset(("sur", "contre", "à", "au", "dans", "vers", "visent", "frappent", "touchent"))
REACH = 5
OF_A_YEAR = re.compile(
    r"(?:frappe|attaque|bombardement|raid|tir|explosion|salve)s?\s(?:[^\W\d_]+\s){0,2}?(?:de\s|d['’]|du\s|en\s)"
    r"(?:l['’](?:été|hiver|automne|année)\s|printemps\s|[^\W\d_]{3,9}\s)?(?P<year>20\d\d)(?!\d)"
)
ABLE = frozenset(("peut", "peuvent", "pouvait", "pouvaient", "capable", "capables", "permet", "permettent"))


def mentioned(
    events: ItemStrikes, scene: Scene, opening: bool, here: Place | None, headed: int, topic: Topic
) -> list[Strike]:
    """The events of a sentence without figures; `headed` counts the sentences of the item that a place heads.

    `here` is the place that a strike told without its own is at, `topic` what "ce village" stands for.

    A new event is made only of fresh news: not of what is supposed, quoted, told as background or of an earlier day.
    """
    spots = [spot for spot in scene.spots if spot.part in SITED]
    if not scene.strikes and not scene.weapons:
        return [events.main] if scene.harm and events.main is not None and not spots else []
    if scene.strikes and all(is_assault(scene, position) for position in scene.strikes):
        return []
    unsure = scene.hypothetical or scene.background or scene.earlier or _is_ability(scene)
    unsure = unsure or _of_another_year(scene, events)
    elsewhere = bool(spots) and not _concerns(events.main, spots)
    spots = [spot for spot in spots if struck(scene, spot)] if len(spots) <= LISTED else []
    if events.main is not None and any(_is_quarter(scene, spot) for spot in spots):
        spots, elsewhere = [], False
    hit = (
        bool(events.strikes)
        and not scene.units.tells("negation")
        and any(scene.units[position].has("strike.verb") for position in scene.strikes)
        and all(spot.place.precision == "settlement" for spot in spots)
    )
    if spots and (scene.strong or hit or _is_headed(scene, spots) or (opening and _is_armed_at(scene, spots))):
        known = _known(events, spots)
        if known:
            return known
        sentence = scene.units.sentence
        if unsure or sentence.quoted or sentence.text.isupper() or headed > LISTED:
            return []
        listed = [spot for spot in spots if not spot.near and spot.place.precision == "settlement"]
        told = events.main is not None and bool(events.main.figures)
        if len(listed) > 1 and listed[1].unit - listed[0].unit <= LISTED and (told or not opening):
            return []  # places merely listed as shelled
        main = events.main
        place, near = topic.meant(scene, _aimed_at(scene, spots), main.place if main is not None else None)
        strike = events.at(place, [], near)
        strike.told = True
        other = listed[1] if len(listed) > 1 and listed[1].unit - listed[0].unit <= LISTED else None
        if other is None or strike.place is not listed[0].place:
            return [strike]
        further = events.at(other.place, [])
        further.told = True
        return [strike, further]
    main = events.main
    if main is None and scene.strong and not unsure:
        country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
        local = here is not None and country is not None and here.precision == "settlement" and inside(here, country)
        main = events.nationwide(country) if country is not None and not local else events.new(here)
        main.told = opening and scene.units.tells("scene.russian", "scene.ukrainian")
    elif main is not None and main.place is None and not unsure:
        country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
        main.place, main.national = country, country is not None
    if main is None or (elsewhere and main.place is not None):
        return []
    if topic.headed is None or main.place is None or same_place(main.place, topic.headed):
        return [main]
    # Under a place's own heading "Six bombes larguées sur le centre" tells of it, or of the toll that follows.
    return [strike for strike in events.strikes if strike.place is not None and same_place(strike.place, topic.headed)]


def _is_quarter(scene: Scene, spot: Spot) -> bool:
    """ "Les tirs ont touché le quartier de Nove": a part of the town whose strike is being told."""
    index = spot.unit - 1 - (scene.units.norm(spot.unit - 1) in {"de", "d'", "du"})
    return scene.units.norm(index) in {"quartier", "quartiers", "arrondissement", "microdistrict"}


def _of_another_year(scene: Scene, events: ItemStrikes) -> bool:
    """ "Une exposition sur les frappes de 2022": the strikes of a year gone by are no news."""
    if events.anchor is None or "20" not in scene.units.sentence.text:
        return False
    told = OF_A_YEAR.search(scene.units.sentence.text)
    return told is not None and int(told["year"]) < events.anchor.year


def _is_ability(scene: Scene) -> bool:
    """ "Ce drone peut emporter deux bombes": what a weapon can do tells no strike."""
    return any(unit.norm in ABLE for unit in scene.units.units)


def _is_headed(scene: Scene, spots: list[Spot]) -> bool:
    """ "Mejova : une bombe guidée", "Une bombe guidée sur Mejova": a weapon and its place, without a verb."""
    units = scene.units
    return bool(scene.weapons) and any(
        spot.part == "heading"
        or (units.norm(spot.unit - 1) in {"sur", "contre"} and spot.unit - 2 in scene.weapons)
        or (units.norm(spot.unit - 1) in {"sur", "contre"} and spot.unit - 3 in scene.weapons)
        for spot in spots
    )


def _is_armed_at(scene: Scene, spots: list[Spot]) -> bool:
    """Whether a weapon is used at a place: "Drones sur Kharkiv", or a word of harm in its clause."""
    units = scene.units
    weapons = [index for index, subs in scene.weapons.items() if subs - {"mine", "explosive"}]
    if not weapons:
        return False
    if scene.strikes or scene.harm or units.tells("air", "fate", "victim"):
        return True
    return any(
        index < spot.unit <= index + REACH and units.norm(spot.unit - 1) in ONTO | {"de", "d'", "la", "les", "l'"}
        for index in weapons
        for spot in spots
    )


def _aimed_at(scene: Scene, spots: list[Spot]) -> Spot:
    """Of several places the one that the strike is aimed at: "depuis l'axe de Soumy, des tirs sur Krolevets"."""
    exact = [spot for spot in spots if not spot.near] or spots
    exact = [spot for spot in exact if not any(inside(each.place, spot.place) for each in exact)] or exact
    for spot in exact:
        if scene.units.norm(spot.unit - 1) in {"sur", "contre"} or scene.units[spot.unit - 1].has("strike.verb"):
            return spot
    return exact[0]


def _concerns(main: Strike | None, spots: list[Spot]) -> bool:
    place = main.place if main is not None else None
    return (
        place is not None
        and place.precision != "country"
        and any(
            same_place(spot.place, place) or inside(spot.place, place) or inside(place, spot.place) for spot in spots
        )
    )


def _known(events: ItemStrikes, spots: list[Spot]) -> list[Strike]:
    places = [spot.place.canonical for spot in spots]
    known = [strike for strike in events.strikes if strike.place is not None and strike.place.canonical in places][:1]
    closer = next((spot for spot in spots if not spot.near), None)
    if known and known[0].near and closer is not None:
        known[0].place, known[0].near = closer.place, False
    return known
