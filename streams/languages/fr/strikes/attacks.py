"""Strikes counted as such: "neuf frappes", "41 fois", "503 coups"."""

from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

DEALT = frozenset(("porté", "asséné", "effectué", "infligé", "port", "donné"))


def attacks(units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool) -> Found | None:
    """A count of strikes; "45 attaques de drones" at one place are attacks.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("L'ennemi a mené une quarantaine de frappes sur la commune et ouvert le feu à sept reprises.")
    [('attacks', None, 40), ('attacks', None, 7)]
    """
    if head.family != "attack" or quantity.article:
        return None
    if head.sub == "times" and not (
        _struck(units, index)
        or (
            _in_clause(units, index, "strike")
            and _in_clause(units, index, "weapon", "scene.russian", "scene.ukrainian")
        )
    ):
        return None
    if head.sub == "blow" and not _dealt(units, index, head.last):
        return None
    if units.stands("figurative", head.last + 1, head.last + 3) or _held_off(units, head.last):
        return None
    if last is not None and last.sort == "attack" and last.number < index and _parted(units, last, index):
        return None
    return Found("count of attacks", "attack", "attacks", index, index, head.last, quantity, None, subset)


def _parted(units: Units, last: Found, index: int) -> bool:
    """ "388 frappes : 210 attaques de drones, …": by weapon, what stands after the colon is no count of its own."""
    placed = any(units[position].place is not None for position in units.named if position > index)
    return not placed and any(units.norm(position) == ":" for position in range(last.last, index))


def _held_off(units: Units, last: int) -> bool:
    """ "Vingt attaques sur la ligne de front ont été repoussées": ground troops', unless drones flew them."""
    for position in range(last + 1, min(len(units), last + 12)):
        unit = units[position]
        if unit.kind == "sign" or unit.has("weapon"):
            return False
        if unit.norm.startswith("repouss"):
            return True
    return False


def _struck(units: Units, index: int) -> bool:
    """ "A été pilonné trois fois": the verb right before, where it says strikes alone."""
    for position in units.where.get("strike.verb", ()):
        if index - 3 <= position < index and not units[position].has("weak", "figurative"):
            return units[position].part == units[index].part
    return False


def _dealt(units: Units, index: int, last: int) -> bool:
    """ "Ont porté 503 coups", "175 coups sur le bourg"; not of the pen or of the bell."""
    before = {unit.norm.rstrip("es") for unit in units.units[max(0, index - 4) : index]}
    return units.norm(last + 1) in {"sur", "contre"} or not before.isdisjoint(DEALT)


def _in_clause(units: Units, index: int, *families: str) -> bool:
    """Whether a word of these families stands between the same strong signs, or the same commas, as `index`."""
    part, segment = units[index].part, units[index].segment
    near = (units[position] for family in families for position in units.where.get(family, ()))
    return any(unit.part == part or unit.segment == segment for unit in near)
