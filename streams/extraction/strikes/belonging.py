"""Whether a figure of a sentence can be a strike's at all, and if not why."""

from streams.extraction.strikes.context import names_soldiers
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.scene import Scene

TARGETED = frozenset(("aircraft", "helicopter", "rocket-launcher", "air-defence-system"))
ON_THE_GROUND = frozenset(("rocket-launcher", "air-defence-system", "tank", "armoured-vehicle", "artillery-system"))
REACH = 8
TOWARDS = frozenset(("direction", "vers"))
AIRBORNE = ("aérien", "frapp", "bombard", "pilonn", "canonn", "tir", "obus", "raid")
CLASHES = frozenset(("affrontements", "engagements", "assauts", "combats", "accrochages", "tentatives"))
FRONT = frozenset(
    (
        "secteur", "secteurs", "axe", "axes", "engagement", "engagements", "assaut", "assauts", "offensive",
        "offensives", "offensif", "offensifs", "percée", "positions", "affrontements",
    )
)  # fmt: skip
BASES = frozenset(("aérodrome", "aérodromes", "base", "bases", "tarmac", "hangar", "hangars"))
EQUIPMENT = TARGETED | ON_THE_GROUND


def tells_evidence(scene: Scene, figure: Found) -> bool:
    """Whether a figure itself says that a strike is told: weapons flown, strikes counted."""
    return figure.sort == "weapon" or (
        figure.sort == "attack" and scene.units.tells("scene.russian", "scene.ukrainian", "weapon")
    )


def why_not(scene: Scene, figure: Found, evidence: bool, told: bool) -> str | None:
    """Why a figure is none of a strike's; None where it can be one. `told`: the item has told a strike already."""
    if scene.units.tells("other.certain"):
        return "the news of another place"
    if figure.measure == "attacks" and is_assault(scene, figure.last):
        return "assaults of ground troops"
    if tells_evidence(scene, figure) or _struck_equipment(scene, figure):
        return None
    if not evidence and figure.of != "civilian":
        return "no strike has been told"
    people = figure.sort == "people"
    if (
        people
        and (scene.soldierly or figure.of == "soldier")
        and not scene.strikes
        and not scene.weapons
        and figure.measure not in {"evacuated", "rescued"}
        and (scene.soldierly or not told)
    ):
        return "speaks of troops, not of a strike"
    if (people and scene.cumulative and names_soldiers(scene)) or _army_lost(scene, figure, told):
        return "losses of an army"
    return None


def is_assault(scene: Scene, at: int) -> bool:
    """ "Dans le secteur de Lyman, l'ennemi a attaqué 17 fois vers Torske": by sectors and directions, unarmed."""
    units = scene.units
    if scene.weapons or units.tells("harm", "victim", "fate"):
        return False
    near = units.units[max(0, at - REACH) : at + 3]
    if any(unit.norm.startswith(AIRBORNE) for unit in near):
        return False
    towards = any(units.norm(position) in TOWARDS for position in range(at + 1, at + 4))
    return towards or scene.ground or any(unit.norm in FRONT for unit in units.units)


def mark_ground(scenes: list[Scene]) -> None:
    """Mark the scenes of an item that counts clashes along the front: "140 affrontements", then "12 attaques"."""
    told = any(
        number < index <= number + 2
        for scene in scenes
        for index, unit in enumerate(scene.units.units)
        if unit.norm in CLASHES
        for number in scene.units.numbers
    )
    for scene in scenes if told else ():
        scene.ground = True


def _struck_equipment(scene: Scene, figure: Found) -> bool:
    """ "Les Ukrainiens ont détruit deux S-400 en Crimée": who did it and where says that it was a strike."""
    if figure.of not in TARGETED or figure.sort != "thing" or scene.soldierly or scene.cumulative:
        return False
    at = any(spot.part == "site" for spot in scene.spots) or any(unit.norm in BASES for unit in scene.units.units)
    return at and scene.units.tells("scene.russian", "scene.ukrainian", "scene.national")


def of_the_country(scene: Scene, group: list[Found]) -> bool:
    """ "Brûlé deux lanceurs en territoire ukrainien": equipment hit somewhere in a country, not at the place told."""
    return scene.national and all(figure.of in ON_THE_GROUND for figure in group)


def _army_lost(scene: Scene, figure: Found, told: bool) -> bool:
    """Whether equipment destroyed is an army's loss in the field, not what a strike on a base or a battery hit."""
    if figure.measure != "destroyed" or figure.of not in EQUIPMENT or scene.strong:
        return False
    struck = bool(scene.weapons or told) and not (scene.soldierly or scene.cumulative)
    return not (struck and figure.of in TARGETED)
