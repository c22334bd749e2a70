"""What stands between people and their verb: ages, participles, "dont cinq enfants", set off by commas."""

from streams.languages.fr.strikes.units import Units

INSERTED = frozenset(
    ("outre", "comme", "hormis", "selon", "sans", "tous", "toutes", "âgés", "âgées", "âgé", "âgée", "pour")
)
DESCRIBING = ("é", "ée", "és", "ées", "us", "ue", "ues", "is", "ise", "ises", "its", "ite", "ites")
NOT_DESCRIBING = frozenset(("depuis", "jamais", "permis", "toujours"))


def set_off(units: Units, last: int, comma: int) -> int | None:
    """The comma that closes what the one at `comma` opens behind people; None where it opens nothing of theirs."""
    described = comma == last + 2 and "adjective" in units.units[last + 1].keys
    described = described or _describes(units.norm(comma + 1))
    aged = last + 3 <= comma <= last + 5 and _gives_age(units, last, comma)
    if comma == last + 1 or described or aged:
        return closing_comma(units, comma, units[last].segment)
    return None


def _describes(word: str) -> bool:
    """Whether a word behind a comma says more of the people: "…, descendus à la cave, ont péri"."""
    return word == "qui" or (len(word) > 4 and word.endswith(DESCRIBING) and word not in NOT_DESCRIBING)


def _gives_age(units: Units, last: int, comma: int) -> bool:
    """Whether an age alone stands before the comma: "un électricien de 45 ans, monté sur un pylône, a été tué"."""
    words = [units.norm(i) for i in range(last + 1, comma)]
    return words[-1] in {"ans", "mois"} and words[0] in {"de", "d'", "âgé", "âgée", "âgés", "âgées"}


def closing_comma(units: Units, position: int, segment: int) -> int | None:
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
