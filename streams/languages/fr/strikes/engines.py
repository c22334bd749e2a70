"""Which weapon an "engin" or an "appareil" stands for."""

from msgspec.structs import replace

from streams.languages.fr.strikes.flown import last_named
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.heads import Head, weapon_class
from streams.languages.fr.strikes.units import Units

# How far the colon may stand behind "engins", and how far behind it what they were.
APART_WITHIN = 9


def kind_of(units: Units, figure: Found, head: Head, weapon: str | None) -> Found:
    """The figure with the weapon that an "engin" or an "appareil" stands for: the last one named, else a drone.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Six missiles ont visé le port et quatre engins ont été interceptés.")
    [('launched', 'missile', 6), ('shot-down', 'missile', 4)]
    """
    if figure.sort != "weapon" or units[head.last].subs("weapon") != frozenset(("drone-like",)):
        return figure
    if _of_both_kinds(units, head.last) or _told_apart(units, head.last):
        return replace(figure, of="air-target")
    if {"drone", "missile"} <= _classes_before(units, figure.number):
        return replace(figure, of="air-target")
    named = last_named(units, figure.number) or weapon
    return replace(figure, of=named) if named in {"missile", "bomb"} else figure


def _classes_before(units: Units, index: int) -> set[str | None]:
    """The classes of the weapons named before a number: of both the "88 engins" are that follow."""
    return {weapon_class(units[position]) for position in units.where.get("weapon", ()) if position < index}


def _of_both_kinds(units: Units, last: int) -> bool:
    """ "823 engins, dont 810 drones": some are drones, others are not."""
    if units.norm(last + 1) != "," or not units.stands("subset", last + 2, last + 2):
        return False
    counted = [position for position in units.numbers if last + 2 < position <= last + 4]
    return bool(counted) and units.stands("weapon", counted[0] + 1, counted[0] + 1)


def _told_apart(units: Units, last: int) -> bool:
    """ "103 engins abattus : 2 missiles et 101 drones": a colon opens what they were."""
    colon = next((i for i in range(last + 1, min(len(units), last + APART_WITHIN)) if units.norm(i) == ":"), None)
    if colon is None:
        return False
    behind = (i for i in units.where.get("weapon", ()) if colon < i < colon + APART_WITHIN)
    return {weapon_class(units[position]) for position in behind} >= {"drone", "missile"}
