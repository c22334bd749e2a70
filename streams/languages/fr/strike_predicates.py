"""The verb or participle that says what befell what a number counts."""

from collections.abc import Container
from dataclasses import dataclass

from streams.languages.fr.strike_human import is_human
from streams.languages.fr.strike_units import Units

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
INSERTED = frozenset(
    ("outre", "comme", "hormis", "selon", "sans", "tous", "toutes", "âgés", "âgées", "âgé", "âgée", "pour")
)
PARTITIVE = frozenset(("des", "de", "d'", "les"))
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
    segment = units[last].segment
    numbers = 0
    position = last + 1
    while position < len(units) and position <= last + REACH:
        unit = units[position]
        if unit.segment != segment and unit.norm not in {"(", ")"}:
            return _apposed(units, position, family)
        if unit.norm == "," and position == last + 1 and family == "fate":
            closing = _closing_comma(units, position, segment)
            if closing is not None:
                position = closing + 1
                continue
        if unit.quantity is not None and units.norm(position - 1) in {"non", "pas"}:
            position += 1
            continue
        nominal = unit.quantity is not None and position + 1 < len(units) and units[position + 1].has("victim")
        if nominal and unit.quantity is not None and unit.quantity.article and family == "fate":
            return None
        thing = unit.quantity is not None and unit.quantity.article and not _has_noun(units, position, "person")
        if unit.quantity is not None and not unit.quantity.ordinal and not thing:
            if not _joins(units, position) or (
                units.norm(position - 1) in {"et", ","} and not _has_noun(units, position)
            ):
                return None
            numbers += 1
            if numbers > 3:
                return None
        elif (unit.has("subset") or unit.norm in INSERTED) and units.norm(position - 1) == ",":
            closing = _closing_comma(units, position, segment)
            if closing is None and unit.norm not in INSERTED:
                return None
            position = position if closing is None else closing
        elif unit.has("victim") and units[position - 1].quantity is not None and units.norm(position - 2) in PARTITIVE:
            pass
        elif (
            unit.has("subset")
            or unit.norm in SUBORDINATE
            or (unit.has("victim") and numbers and units[position - 1].quantity is not None)
        ):
            return None
        elif unit.has(family):
            sub = _sub(units, position, family)
            if family == "air" and "hit" in unit.subs("air") and _active_with_object(units, position):
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


def _apposed(units: Units, position: int, family: str) -> Predicate | None:
    """A participle in the singular right after a semicolon: "un passant a sauté sur une mine ; blessé, il …"."""
    if units.norm(position) != ";" or position + 1 >= len(units) or family != "fate":
        return None
    following = units[position + 1]
    sub = _sub(units, position + 1, family) if following.has("fate") and following.norm.endswith(("é", "ée")) else None
    return Predicate(sub, position + 1) if sub is not None else None


def _closing_comma(units: Units, position: int, segment: int) -> int | None:
    """The comma that closes ", dont cinq enfants," before the verb; None where the insertion ends the clause."""
    for other in range(position + 1, min(len(units), position + 12)):
        unit = units[other]
        if unit.segment != segment or (unit.has("fate", "victim") and units.norm(position) not in INSERTED):
            return None
        following = units[other + 1] if other + 1 < len(units) else None
        if unit.norm != "," or following is None:
            continue
        if following.has("aux", "fate") or following.norm in {"y", "se", "s'", "n'", "ne"}:
            return other
    return None


def _joins(units: Units, position: int) -> bool:
    """Whether the number is coordinated with what stands before: "six enfants et huit adultes ont été tués"."""
    return units.norm(position - 1) in {"et", ",", "à", "de", "sur", "du", "d'", "des", "les"}


def _has_noun(units: Units, position: int, *families: str) -> bool:
    """Whether a noun follows the number, so that it can share a predicate with the one before."""
    near = units.units[position + 1 : position + 4]
    wanted = families if families else ("person", "thing", "weapon")
    return any(unit.has(*wanted) for unit in near) or ("thing" not in families and any(map(is_human, near)))


def _sub(units: Units, position: int, family: str) -> str | None:
    subs = units[position].subs(family)
    if len(subs) <= 1:
        return next(iter(subs), None)
    for preferred in (
        "without-power",
        "shot-down",
        "rescued",
        "killed",
        "hospitalised",
        "destroyed",
        "lost",
        "injured",
        "launched",
    ):
        if preferred in subs:
            return preferred
    return min(subs)


def _active_with_object(units: Units, position: int) -> bool:
    """Whether the participle is an active verb: "avoir" without "été" before it and an object after it."""
    aux = [units.norm(i) for i in range(max(0, position - 3), position)]
    if (
        not any(a in {"a", "ont", "avait", "avaient", "aurait", "auraient", "ayant", "avoir"} for a in aux)
        or "été" in aux
    ):
        return False
    following = units[position + 1] if position + 1 < len(units) else None
    return (
        units[position].norm.endswith(PARTICIPLE_ENDINGS)
        and units[position].has("participle", "cause", "harm", "air", "pull")
        and following is not None
        and (
            following.quantity is not None
            or following.norm in {"le", "la", "les", "l'", "des", "un", "une", "plus", "au", "près", "plusieurs", "du"}
        )
    )


def left_predicate(
    units: Units, index: int, only: Container[str] | None = None, family: str = "cause"
) -> Predicate | None:
    """The nearest active verb before the number at `index` in its clause whose object it is.

    A participle counts as active only after "avoir"; a number that lies between is passed where it is coordinated.
    """
    segment = units[index].segment
    position = index - 1
    while position >= 0 and position >= index - LEFT_REACH:
        unit = units[position]
        if unit.segment != segment and unit.norm not in {"(", ")"}:
            return None
        if unit.norm in {"qui", "que", "dont", "où", "quand", "lorsque", "tandis", "alors"} and family != "air":
            return None
        if unit.has("subset"):
            return None
        if unit.has("victim") and family == "cause" and not unit.has("cause") and position < index - 1:
            return None
        if unit.has("fate") and not (unit.has("cause") and _is_active(units, position)):
            return None
        if unit.has(family):
            sub = _sub(units, position, family)
            if sub is not None and (only is None or sub in only) and _is_active(units, position):
                return Predicate(sub, position)
            if family != "air" or unit.norm not in {"lancés", "tirés"}:
                return None
        position -= 1
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
    before = [units.norm(i) for i in range(max(0, position - reach), position)]
    if units[position].has("participle") or (norm.endswith(("é", "i", "u", "it")) and units[position].has("pull")):
        return "été" not in before and any(
            word in {"a", "ont", "avait", "avaient", "aurait", "auraient", "ayant", "avoir", "eu"} for word in before
        )
    return not (norm.endswith(("és", "ées", "ée", "us", "ues", "is", "ies", "ts", "tes")) and norm not in {"blessent"})
