"""The kind of a strike and the classes of its weapons."""

from schemas.enumerations import StrikeKind
from streams.extraction.strikes.enrichment import KINDS
from streams.extraction.strikes.events import Strike

EXPLOSIONS = ("explosion", "détonation", "déflagration")
MANY = 10


def weapons_of(strike: Strike) -> frozenset[str]:
    """The lexicon classes of its weapons; of a strike told only by counts of weapons, those counted."""
    told = frozenset(strike.weapons or strike.more_weapons)
    if not told and strike.parent is not None and strike.parent is not strike:
        told = frozenset(strike.parent.weapons)
    counted = {KINDS.get(figure.found.of or "") for figure in strike.figures if figure.found.sort == "weapon"} - {None}
    if counted and (not told or all(figure.found.sort == "weapon" for figure in strike.figures)):
        fitting = frozenset(weapon for weapon in told if KINDS.get(weapon) in counted)
        missing = counted - {KINDS[weapon] for weapon in fitting}
        return fitting | {kind for kind in missing if kind is not None}
    return told


def kind_of(strike: Strike) -> StrikeKind:
    """The kind its weapons tell, `combined` for several; `explosion` where nobody says that it was a strike."""
    kinds = {KINDS[weapon] for weapon in weapons_of(strike) if weapon in KINDS}
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
