"""Subjects behind their verb: "ont péri trois habitants", "y sont morts deux pompiers", "la mort d'un gardien"."""

from streams.languages.fr.strikes.predicates import Predicate
from streams.languages.fr.strikes.units import Units

BEING = frozenset(("été", "sont", "furent", "étaient", "seraient", "est", "fut", "serait"))
AUXILIARIES = BEING | {"ont", "avaient", "auraient", "a", "soient"}
OPENING = frozenset(
    ("y", "en", "où", "et", "ainsi", "que", "qu'", "notamment", "également", "aussi", "là", "ici", "dont")
)
ADVERBS = frozenset(
    ("sur", "place", "hier", "à", "ce", "matin", "soir", "également", "aussi", "ainsi", "notamment", "au", "moins")
)
BETWEEN = frozenset(("à", "au", "dans", "hier", "soir", "matin", "la", "l'"))
DEATHS = frozenset(("mort", "décès"))


def inverted(units: Units, index: int) -> Predicate | None:
    """The verb whose subject the people at `index` are, where it stands right before them and opens its clause."""
    position = index - 1
    while position > 0 and index - position <= 4 and _adverbial(units, position):
        position -= 1
    if position < 0 or not units[position].has("fate"):
        return None
    sub = units[position].sub("fate")
    first = position - 1
    passive = False
    while first >= 0 and units.norm(first) in AUXILIARIES | ADVERBS:
        passive = passive or units.norm(first) in BEING
        first -= 1
    alone = first == position - 1 and units.norm(position) not in AUXILIARIES
    if alone or (units[position].has("cause") and not passive):
        return None
    opens = position == index - 1 or _opens(units, first, position)
    return Predicate(sub, position) if sub is not None and opens else None


def _adverbial(units: Units, position: int) -> bool:
    unit = units[position]
    return not unit.has("fate") and (unit.norm in ADVERBS or unit.kind in {"day", "place"})


def _opens(units: Units, before: int, verb: int) -> bool:
    """Whether nothing before the verb may be its subject."""
    segment = units[verb].segment
    while before >= 0 and units.norm(before) in OPENING:
        before -= 1
    if before < 0 or units[before].segment != segment or units[before].kind in {"day", "place", "sign"}:
        return not any(
            units[i].quantity is not None or units[i].has("person", "victim")
            for i in range(max(0, before - 3), before)
            if units[i].segment == segment and units[i].part == units[verb].part
        )
    return False


def death_of(units: Units, index: int) -> Predicate | None:
    """ "La mort, mercredi, d'une lycéenne": the death whose victims the number at `index` counts."""
    if units.norm(index - 1) not in {"de", "d'"}:
        return None
    for position in range(index - 2, max(0, index - 7), -1):
        unit = units[position]
        if unit.norm in DEATHS and units.norm(position - 1) in {"la", "le", "leur", "cette", "ce"}:
            return Predicate("killed", position)
        if unit.kind not in {"day", "sign", "place"} and unit.norm not in BETWEEN:
            return None
    return None


def fronted(units: Units, index: int) -> Predicate | None:
    """ "Tuée par un obus devant chez elle, une femme de 63 ans …": the participle that opens the sentence."""
    unit = units.units[0]
    if index < 3 or units.norm(index - 1) != "," or not unit.has("fate") or unit.segment != units[index].segment:
        return None
    sub = unit.sub("fate")
    own = unit.norm.endswith(("é", "ée", "és", "ées")) and not units.stands("person", 1, index - 1)
    return Predicate(sub, 0) if own and sub is not None and not units.stands("aux", 1, index - 1) else None
