"""The verb or participle that says what befell what a number counts."""

from collections.abc import Container
from dataclasses import dataclass

from streams.languages.fr.strikes.human import is_human
from streams.languages.fr.strikes.insertions import INSERTED, closing_comma, set_off
from streams.languages.fr.strikes.units import Units

REACH = 26
LEFT_REACH = 14
SUBORDINATE = frozenset(
    (
        "quand",
        "lorsque",
        "lorsqu'",
        "alors",
        "tandis",
        "après",
        "avant",
        "où",
        "puisque",
        "car",
        "pendant",
        "selon",
        "si",
        "mais",
        "pour",
        "afin",
    )
)
PARTITIVE = frozenset(("des", "de", "d'", "les"))
RELATIVE = frozenset(("qui", "que", "dont", "où", "quand", "lorsque", "tandis", "alors"))
HAVING = frozenset(
    (
        "a", "ont", "avons", "avez", "avait", "avaient", "aurait", "auraient", "ayant", "avoir", "aura", "auront",
        "eut", "eurent",
    )
)  # fmt: skip
# Of the measures that one word may give, the one that it gives where nothing else decides.
SURER = ("without-power", "shot-down", "rescued", "killed", "hospitalised", "destroyed", "lost", "injured", "launched")
# Of weapons that do it themselves: "trois missiles ont détruit le poste", "ont touché".
DOWNED = frozenset(("shot-down", "hit"))
POSSESSIVE = frozenset(("son", "sa", "ses", "leur", "leurs"))
OBJECTS = POSSESSIVE | {"le", "la", "les", "l'", "des", "un", "une", "plus", "au", "près", "plusieurs", "du"}
HEDGES = frozenset(("plus", "au", "près"))
DEFINITE = frozenset(("le", "la", "les"))
NONE_OF_THEM = frozenset(("aucun", "aucune", "pas", "nul", "nulle"))
ENDED = frozenset(("périt", "décède", "meurt", "succombe", "mourut", "périrent", "moururent"))
FINITE = ENDED | {"souffre", "souffrent", "trouve", "trouvent", "perd", "perdent"}
INVERTED_BETWEEN = frozenset(("au", "total", "en", "tout", "quelque", "ainsi", "pas", "moins", "de"))
PARTICIPLE_ENDINGS = ("é", "i", "u", "is", "it", "rt", "nt")


@dataclass(slots=True)
class Predicate:
    """A verb at `index`; `sub` is the measure it gives."""

    sub: str
    index: int


def right_predicate(units: Units, last: int, family: str, only: Container[str] | None = None) -> Predicate | None:
    """The first word of `family` after unit `last` that the same clause governs, passing coordinated numbers.

    It stops at a strong sign, at a subordinate clause, at a number that has its own predicate before it, and at an
    active verb with an object of its own ("qui a tué").
    """
    if not units.stands(family, last + 1, last + REACH + 1):
        return None
    segment = units[last].segment
    numbers = 0
    position = last + 1
    while position < len(units) and position <= last + REACH:
        unit = units.units[position]
        keys = unit.keys
        if unit.segment != segment and unit.norm not in {"(", ")"}:
            return _apposed(units, position, family)
        closing = set_off(units, last, position) if unit.norm == "," else None
        if closing is not None and not (family == "harm" and units.stands(family, position + 1, closing)):
            position = closing + 1
            continue
        if unit.quantity is not None and units.norm(position - 1) in {"non", "pas"}:
            position += 1
            continue
        quantity = unit.quantity
        article = quantity is not None and quantity.article
        if article and family == "fate" and position + 1 < len(units) and units[position + 1].has("victim"):
            return None
        thing = article and not _has_noun(units, position, "person")
        if quantity is not None and not quantity.ordinal and not thing:
            if not _joins(units, position) or (
                units.norm(position - 1) in {"et", ","} and not _has_noun(units, position)
            ):
                return None
            numbers += 1
            if numbers > 3:
                return None
        elif ("subset" in keys or unit.norm in INSERTED) and units.norm(position - 1) == ",":
            if unit.norm == "dont" and (own := _of_their_own(units, position, family)) is not None:
                return own
            closing = closing_comma(units, position, segment)
            if closing is None and family == "air":
                closing = _going_on(units, position)
            if closing is None and (unit.norm not in INSERTED or unit.norm == "selon"):
                return None
            position = position if closing is None else closing
        elif "victim" in keys and units[position - 1].quantity is not None and units.norm(position - 2) in PARTITIVE:
            pass
        elif unit.norm == "dont" and (own := _of_their_own(units, position, family)) is not None:
            return own
        elif (
            "subset" in keys
            or unit.norm in SUBORDINATE
            or ("victim" in keys and numbers and units[position - 1].quantity is not None)
        ):
            return None
        elif family in keys:
            sub = _sub(units, position, family)
            if family == "air" and sub in DOWNED and _active_with_object(units, position):
                sub = "hit"
            agent = sub in {"launched", "hit"}
            if (
                sub is not None
                and (only is None or sub in only)
                and (agent or not _active_with_object(units, position))
            ):
                return Predicate(sub, position)
        position += 1
    return None


def _of_their_own(units: Units, dont: int, family: str) -> Predicate | None:
    """ "Dont le cœur n'a pas tenu", "dont aucun n'a survécu", "dont les corps ont été retrouvés": their own fate."""
    if family != "fate":
        return None
    first = dont + 1 + (units.norm(dont + 1) in DEFINITE)
    if first >= len(units):
        return None
    if units.norm(first) in NONE_OF_THEM | {"cœur"} and units[first].has("fate"):
        return Predicate("killed", first)
    found = units[first].sub("victim") == "body" and units.stands("body_found", first + 1, first + 5)
    return Predicate("killed", first) if found and first > dont + 1 else None


def _apposed(units: Units, position: int, family: str) -> Predicate | None:
    """A participle in the singular right after a semicolon: "un passant a sauté sur une mine ; blessé, il …"."""
    if units.norm(position) != ";" or position + 1 >= len(units) or family != "fate":
        return None
    following = units[position + 1]
    sub = _sub(units, position + 1, family) if following.has("fate") and following.norm.endswith(("é", "ée")) else None
    return Predicate(sub, position + 1) if sub is not None else None


def _going_on(units: Units, position: int) -> int | None:
    """The comma before "et 7 missiles" in "300 drones, dont 200 Shahed, et 7 missiles ont visé …"."""
    for other in range(position + 1, min(len(units) - 2, position + 8)):
        if units[other].has("air", "aux") or units[other].kind == "place":
            return None
        if units.norm(other) == "," and units.norm(other + 1) == "et":
            return other if units[other + 2].quantity is not None else None
    return None


def _joins(units: Units, position: int) -> bool:
    """Whether the number is coordinated with what stands before: "six enfants et huit adultes ont été tués"."""
    return units.norm(position - 1) in {"et", ",", "à", "de", "sur", "du", "d'", "des", "les", "ses", "leurs"}


def _has_noun(units: Units, position: int, *families: str) -> bool:
    """Whether a noun follows the number, so that it can share a predicate with the one before."""
    wanted = families if families else ("person", "thing", "weapon")
    if "thing" in wanted and position + 1 < len(units) and not families:
        following = units[position + 1]
        if following.kind == "word" and not following.tags and following.norm.endswith(("s", "x")):
            return True  # "quatre maisons, deux remises et une ligne ont été endommagées"
    for unit in units.units[position + 1 : position + 4]:
        if not unit.keys.isdisjoint(wanted) or ("thing" not in families and is_human(unit)):
            return True
    return False


def _sub(units: Units, position: int, family: str) -> str | None:
    subs = units[position].subs(family)
    if len(subs) <= 1:
        return next(iter(subs), None)
    for preferred in SURER:
        if preferred in subs:
            return preferred
    return min(subs)


def _active_with_object(units: Units, position: int) -> bool:
    """Whether the participle is an active verb: "avoir" without "été" before it and an object after it."""
    reach = 14 if units.norm(position - 1) in {"et", ",", "puis"} else 3
    before = {unit.norm for unit in units.units[max(0, position - reach) : position]}
    if "été" in before or before.isdisjoint(HAVING):
        return False
    following = units[position + 1] if position + 1 < len(units) else None
    return (
        units[position].norm.endswith(PARTICIPLE_ENDINGS)
        and units[position].has("participle", "cause", "harm", "air", "pull")
        and following is not None
        and (following.quantity is not None or following.norm in OBJECTS)
        and (following.norm not in HEDGES or _counted_soon(units, position + 2))
    )


def _counted_soon(units: Units, position: int) -> bool:
    """ "Ont détruit près de trente …", not "ont déraillé près de Djankoï"."""
    return any(unit.quantity is not None for unit in units.units[position : position + 2])


def left_predicate(
    units: Units, index: int, only: Container[str] | None = None, family: str = "cause"
) -> Predicate | None:
    """The nearest active verb before the number at `index` in its clause whose object it is.

    A participle counts as active only after "avoir"; a number that lies between is passed where it is coordinated.
    """
    if not units.stands(family, index - LEFT_REACH, index - 1):
        return None
    segment = units[index].segment
    for position in range(index - 1, max(-1, index - LEFT_REACH - 1), -1):
        unit = units.units[position]
        keys = unit.keys
        if unit.segment != segment and unit.norm not in {"(", ")"}:
            return None
        if unit.norm in RELATIVE and family != "air":
            return None
        if not keys:
            continue
        if "subset" in keys:
            return None
        if "victim" in keys and family == "cause" and "cause" not in keys and position < index - 1:
            return None
        if "fate" in keys and not ("cause" in keys and _is_active(units, position)):
            return None
        if family in keys:
            sub = _sub(units, position, family)
            if sub is not None and (only is None or sub in only) and _is_active(units, position):
                return Predicate(sub, position)
            if family != "air" or unit.norm not in {"lancés", "tirés"}:
                return None
    return None


def inverted(units: Units, index: int, family: str) -> Predicate | None:
    """ "Ont été mis à terre 12 drones": a passive right before what it is said of."""
    for position in range(index - 1, max(-1, index - 4), -1):
        sub = _sub(units, position, family) if family in units[position].keys else None
        if sub is not None:
            passive = any(units.norm(i) == "été" for i in range(max(0, position - 3), position))
            return Predicate(sub, position) if passive and units[position].norm not in {"se", "s'"} else None
        if units[position].norm not in INVERTED_BETWEEN:
            return None
    return None


def _is_active(units: Units, position: int) -> bool:
    norm = units[position].norm
    words = units.sentence.text[units[position].start : units[position].end]
    if words.endswith((" de", " d'", " d’", " des")):
        return True
    if norm in {"se", "s'", "n'", "ne", "est", "sont", "y"}:
        return False
    if (
        units[position].has("cause", "harm")
        and not units[position].has("fate")
        and units[position].end - units[position].start > len(norm)
    ):
        # A phrase of several words is listed as what it is.
        return True
    reach = 14 if units.norm(position - 1) in {"et", ",", "puis"} else 4
    before = {unit.norm for unit in units.units[max(0, position - reach) : position]}
    if units[position].has("participle") or (norm.endswith(("é", "i", "u", "it")) and units[position].has("pull")):
        return "été" not in before and ("eu" in before or not before.isdisjoint(HAVING))
    if norm in {"mis", "pris"}:
        return "été" not in before and not before.isdisjoint(HAVING)
    return not (norm.endswith(("és", "ées", "ée", "us", "ues", "is", "ies", "ts", "tes")) and norm not in {"blessent"})


def finite(units: Units, index: int) -> bool:
    """Whether a form of "être" or "avoir" stands before the participle, so that a clause tells it."""
    words = units.sentence.text[units[index].start : units[index].end].lower()
    if len(words) > len(units[index].norm) and not words.endswith(("é", "ée", "és", "ées")):
        return True
    return units.stands("aux", index - 4, index - 1) or units[index].norm in FINITE
