"""Figures that their own clause denies, corrects, asks or only fears."""

from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_units import Units

DENYING = frozenset(("pas", "plus", "jamais", "pu", "point", "guère"))


def denied(units: Units, figure: Found) -> bool:
    """Whether the figure's own clause denies it, corrects it, asks for it or only fears it."""
    unit = units[figure.number]
    for position, other in enumerate(units.units):
        if other.segment != unit.segment:
            continue
        feared = other.has("hypothesis") and position <= figure.last
        if feared and (position >= figure.first - 6 or units.norm(position + 1) in {"que", "qu'", "de"}):
            return True
        if other.has("denial"):
            return True
        near = position < figure.number and figure.number - position <= 2
        definite = other.norm == "ni" and units.norm(position + 1) in {"les", "ses", "leurs"}
        if other.part == unit.part and other.has("negation") and near and not definite:
            return True
    return _verb_denied(units, figure) or units.norm(len(units) - 1) == "?"


def corrected(units: Units, index: int) -> bool:
    """ "Neuf, et non dix": the second number is what it is not."""
    before = units.norm(index - 1)
    if before == "non":
        return True
    return before == "pas" and units.norm(index - 2) in {"et", ",", "mais", "("}


def _verb_denied(units: Units, figure: Found) -> bool:
    """ "N'ont pas tué", "n'ont pu être hissés": "ne" before the verb that gives the figure, "pas" or "pu" after."""
    low, high = min(figure.first, figure.number), max(figure.last, figure.number)
    segment = units[figure.number].segment
    for position in range(max(0, low - 3), high):
        if units.norm(position) not in {"n'", "ne"} or units[position].tags or units[position].segment != segment:
            continue
        after = [units.norm(i) for i in range(position + 1, min(len(units), position + 5))]
        if DENYING.intersection(after) and "que" not in after and "qu'" not in after:
            return True
    return False
