"""Numbers whose noun stands before them: "le nombre de blessés est de 19", "Abattus : 40", "les morts sont neuf"."""

from dataclasses import dataclass

from streams.languages.fr.strikes.units import Units

REACH = 12
LINKING = frozenset(
    ("sont", "étaient", "seraient", "est", "atteint", "atteignent", "désormais", "maintenant", "nombre")
)


@dataclass(slots=True)
class Label:
    """The noun or participle before a number: its lexicon family, the measure it gives, and where it stands."""

    family: str
    sub: str
    index: int


def label_of(units: Units, index: int) -> Label | None:
    """What the words before the number at `index` say that it counts; None where they say nothing."""
    return (
        _heading(units, index)
        or _subject(units, index)
        or _named(units, index)
        or _named_after(units, index)
        or _numbering(units, index)
    )


def _numbering(units: Units, index: int) -> Label | None:
    """ "Les personnes tuées, au nombre de neuf, …": the number apposed to those whom it counts."""
    if index < 5 or [units.norm(i) for i in range(index - 4, index)] != [",", "au", "nombre", "de"]:
        return None
    for position in range(index - 5, max(-1, index - 9), -1):
        sub = units[position].sub("victim") or units[position].sub("fate")
        if sub is not None:
            return Label("victim", sub, position) if units.norm(position).endswith("s") else None
    return None


def _heading(units: Units, index: int) -> Label | None:
    """ "Morts : 5", "Abattus cette nuit : 40"."""
    noun = units[index - 2].sub("victim") if index >= 2 and units.norm(index - 1) == "," else None
    summed = index > 2 and units.norm(index - 3) == "des" and units.norm(index + 1) in {"au", "en"}
    summed = summed and units.stands("scene.national", index + 1, index + 1)
    if noun in {"killed", "injured", "missing"} and (index == 2 or summed or units[index - 3].kind == "sign"):
        return Label("victim", noun, index - 2)
    if units.norm(index - 1) not in {":", "—", "–", "-"}:
        return None
    opening = index - 2
    while opening >= 0 and units[opening].segment == units[index - 2].segment and units[opening].kind != "sign":
        opening -= 1
    first = opening + 1
    if (
        first > index - 2
        or index - first > REACH
        or any(u.quantity is not None for u in units.units[first : index - 1])
    ):
        return None
    for position in (first, first + 1):
        unit = units[position]
        for family in ("victim", "air", "harm"):
            sub = unit.sub(family)
            if sub is not None and sub not in {"body", "victim", "launched"}:
                return Label(family, sub, position)
    return None


def _subject(units: Units, index: int) -> Label | None:
    """ "Les disparus sont au nombre de six", "les morts sont désormais neuf"."""
    if not units.stands("victim", index - 6, index - 1):
        return None
    linked = False
    for position in range(index - 1, max(-1, index - 7), -1):
        unit = units[position]
        if unit.quantity is not None or unit.kind == "sign":
            return None
        sub = unit.sub("victim")
        if sub is not None:
            plural = unit.norm.endswith("s") and units.norm(position - 1) in {"les", "des"}
            return Label("victim", sub, position) if linked and plural and sub not in {"body", "victim"} else None
        linked = linked or unit.norm in LINKING
        if unit.kind == "word" and not unit.tags and unit.norm not in LINKING | {"au", "de", "d'", "à", "plus"}:
            return None
    return None


def _named(units: Units, index: int) -> Label | None:
    """ "Le nombre des tués, en revanche, reste de neuf": back from the verb to the noun, past words in commas."""
    if not units.stands("cause", index - REACH, index - 1):
        return None
    position = index - 1
    for _ in range(REACH):
        if position < 0:
            return None
        unit = units[position]
        between = unit.quantity is not None and units.norm(position - 1) not in {"de", "d'"}
        if between and not _between_commas(units, position + 1):
            return None
        if unit.kind == "sign" and unit.norm not in {":", "«", '"'} and not _between_commas(units, position):
            return None
        sub = unit.sub("cause")
        if sub is not None and unit.norm in {"le", "nombre", "celui", "du", "ce"}:
            return Label("victim", sub, position)
        position -= 1
    return None


def _named_after(units: Units, index: int) -> Label | None:
    """ "Porte à cinq le nombre de victimes": the noun right behind its number."""
    if index + 1 >= len(units) or units.norm(index + 1) != "le" or units.norm(index - 1) not in {"à", "de"}:
        return None
    sub = units[index + 1].sub("cause")
    return Label("victim", sub, index) if sub in {"killed", "injured", "missing"} else None


def _between_commas(units: Units, position: int) -> bool:
    if units.norm(position) != ",":
        return False
    near = range(max(0, position - 4), min(len(units), position + 5))
    return any(units.norm(i) == "," and i != position for i in near)
