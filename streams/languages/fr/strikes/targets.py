"""What was hit, as written: "bâtiment administratif", "immeubles résidentiels"."""

from collections.abc import Iterable

from streams.languages.fr.strikes.heads import OPEN, STOPS
from streams.languages.fr.strikes.units import Units

LONGEST = 8
ADJECTIVE_ENDINGS = (
    "if",
    "ifs",
    "ive",
    "ives",
    "iel",
    "iels",
    "ielle",
    "ielles",
    "aire",
    "aires",
    "al",
    "aux",
    "ale",
    "ales",
    "ique",
    "iques",
    "eux",
    "euse",
    "ier",
    "iers",
)
NOT_HIT = frozenset(("household", "rocket-launcher", "air-defence-system", "tank"))


def targets_in(scenes: Iterable[Units]) -> tuple[str, ...]:
    """The things that sentences with a word of a strike or of harm name, in the order of the text, each once."""
    found: dict[str, None] = {}
    for units in scenes:
        if not units.tells("strike", "harm"):
            continue
        for index in units.where.get("thing", ()):
            unit = units[index]
            if unit.sub("thing") not in NOT_HIT and len(found) < LONGEST:
                last = _phrase_end(units, index)
                found.setdefault(units.sentence.text[unit.start : units[last].end])
    return tuple(found)


def _phrase_end(units: Units, index: int) -> int:
    """The last adjective after a noun."""
    last = index
    for position in range(index + 1, min(len(units), index + 3)):
        unit = units[position]
        adjective = unit.norm.endswith(ADJECTIVE_ENDINGS)
        if unit.kind != "word" or unit.norm in STOPS | OPEN or not adjective:
            break
        last = position
    return last
