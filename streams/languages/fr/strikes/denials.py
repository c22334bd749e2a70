"""Figures that their own clause denies, corrects, asks or only fears."""

from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.pulled import NOT_GROWN
from streams.languages.fr.strikes.units import Units

RETELLING = frozenset(("nombre", "chiffre", "bilan", "information", "nouvelle", "rumeur", "c'"))
DENYING = frozenset(("pas", "plus", "jamais", "pu", "point", "guère"))


def denied(units: Units, figure: Found) -> bool:
    """Whether the figure's own clause denies it, corrects it, asks for it or only fears it."""
    if figure.rule == NOT_GROWN:
        return False
    unit = units[figure.number]
    for position in units.where.get("hypothesis", ()):
        feared = position <= figure.last and units[position].segment == unit.segment
        if feared and (position >= figure.first - 6 or units.norm(position + 1) in {"que", "qu'", "de"}):
            return True
    for position in units.where.get("denial", ()):
        if units[position].segment == unit.segment and (
            units[position].norm != "contrairement" or units[position].part == unit.part
        ):
            return True
        if _retold(units, position, figure):
            return True
    for position in range(max(0, figure.number - 2), figure.number):
        other = units[position]
        definite = other.norm == "ni" and units.norm(position + 1) in {"les", "ses", "leurs"}
        of_all = other.norm in {"aucun", "aucune"} and units.norm(position + 1) == "des"
        definite = definite or (of_all and figure.sort != "people")
        if "negation" in other.keys and other.part == unit.part and not definite:
            return True
    return _verb_denied(units, figure) or units.units[-1].norm == "?"


def _retold(units: Units, denial: int, figure: Found) -> bool:
    """ "Trois cents morts : le nombre a fait le tour des réseaux": what follows says it of the figure before."""
    segment = units[denial].segment
    if segment != units[figure.number].segment + 1:
        return False
    opening = next(position for position, unit in enumerate(units.units) if unit.segment == segment)
    return any(units.norm(position) in RETELLING for position in range(opening, opening + 4))


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
    for position in range(max(0, low - 5), high):
        unit = units.units[position]
        if unit.norm not in {"n'", "ne"} or unit.tags or unit.segment != segment:
            continue
        if position < low - 3 and any(units.norm(i) == "," for i in range(position, low)):
            continue
        near = units.units[position + 1 : position + 5]
        after = [following.norm for following in near if not following.has("cause.killed")]
        restricted = "que" in after or "qu'" in after
        if DENYING.intersection(after) and not restricted and _same_verb(units, position, high):
            return True
    return False


def _same_verb(units: Units, position: int, last: int) -> bool:
    """Whether no further verb is coordinated behind the one denied: "ne se sont pas présentés et n'ont pas été …"."""
    return not any(
        units.norm(other) == "et" and units.norm(other + 1) in {"n'", "ne", "ont", "a", "sont", "est"}
        for other in range(position + 1, last)
    )
