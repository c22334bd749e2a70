"""The kind of a strike and the classes of its weapons."""

from msgspec.structs import replace

from schemas.enumerations import StrikeKind
from streams.extraction.strikes.enrichment import KINDS
from streams.extraction.strikes.strike import Strike

EXPLOSIONS = ("explosion", "détonation", "déflagration")
MANY = 10
GENERIC = frozenset(("drone-like",))


def weapons_of(strike: Strike) -> frozenset[str]:
    """The lexicon classes of its weapons; of a strike told only by counts of weapons, those counted."""
    told = frozenset(strike.weapons or strike.more_weapons)
    if not told and strike.parent is not None and strike.parent is not strike:
        told = frozenset(strike.parent.weapons)
    counted = {
        KINDS.get("glide-bomb" if figure.found.of == "bomb" else figure.found.of or "")
        for figure in strike.figures
        if figure.found.sort == "weapon"
    } - {None}
    if counted and (not told or all(figure.found.sort == "weapon" for figure in strike.figures)):
        fitting = frozenset(weapon for weapon in told if KINDS.get(weapon) in counted)
        missing = counted - {KINDS[weapon] for weapon in fitting}
        return fitting | {kind for kind in missing if kind is not None}
    return told


def name_both_kinds(strike: Strike) -> None:
    """Make "705 engins" air targets where the text tells so many drones and missiles together."""
    for told in strike.figures:
        found = told.found
        generic = told.scene.units[found.last].subs("weapon") == GENERIC if found.sort == "weapon" else False
        if not generic or found.of != "drone":
            continue
        counted = {
            each.found.of: each.value
            for each in strike.figures
            if each is not told and each.found.measure == found.measure and each.found.of in {"drone", "missile"}
        }
        if len(counted) > 1 and sum(counted.values()) == told.value:
            told.found = replace(found, of="air-target")


def kind_of(strike: Strike) -> StrikeKind:
    """The kind its weapons tell, `combined` for several; `explosion` where nobody says that it was a strike."""
    kinds = {KINDS[weapon] for weapon in weapons_of(strike) if weapon in KINDS}
    if any(told.found.of == "bomb" for told in strike.figures):
        kinds.add("glide-bomb")
    if len(kinds) > 1:
        kinds.discard("explosion")
    if len(kinds) > 1:
        return "combined"
    if not kinds and strike.scenes and _is_explosion(strike):
        return "explosion"
    return next(iter(kinds), "unspecified")


def _is_explosion(strike: Strike) -> bool:
    """Whether an explosion is told and nobody says that it was a strike; "88 explosions" are a day's impacts."""
    told = [
        (scene.units[index], scene.units[index - 1] if index else None)
        for scene in strike.scenes
        for index in scene.strikes
    ]
    nouns = [unit for unit, _ in told if unit.has("strike.noun")]
    many = any(
        before is not None and before.quantity is not None and before.quantity.value >= MANY for _, before in told
    )
    if many or not nouns or any(unit.has("strike.verb") and not unit.has("weak") for unit, _ in told):
        return False
    return all(unit.norm.startswith(EXPLOSIONS) for unit in nouns)
