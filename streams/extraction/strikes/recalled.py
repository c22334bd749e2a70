"""Strikes that only say when something else was: "trois jours après la frappe de Kharkiv, les écoles ont rouvert"."""

from streams.extraction.strikes.strike import Strike
from streams.languages.fr.strikes.scene import Scene

MARK_REACH = 4
MARKS = frozenset(("après", "lendemain", "surlendemain", "depuis", "avant", "veille"))


def is_time_mark(strike: Strike) -> bool:
    """Whether a strike has no figure of its own and the body names it as another event's time alone."""
    return not strike.figures and bool(strike.scenes) and all(_marks_time(scene) for scene in strike.scenes)


def _marks_time(scene: Scene) -> bool:
    if scene.units.sentence.section != "body" or scene.harm or not scene.strikes:
        return False
    return all(
        any(scene.units.norm(index) in MARKS for index in range(max(0, position - MARK_REACH), position))
        for position in scene.strikes
    )
