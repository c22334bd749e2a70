"""Who launched the weapons a sentence counts."""

from streams.languages.fr.strike_units import Units


def launcher(units: Units, number: int | None) -> str | None:
    """ISO country whose weapons they are: by the adjective beside the number, else by who launches or shoots down.

    None where nothing says it. Without a number, by who attacks in the sentence.
    """
    if number is not None:
        for position in range(number + 1, min(len(units), number + 7)):
            unit = units[position]
            if unit.kind == "sign" and unit.norm not in {"«", "»", '"'}:
                break
            side = _adjective(units.norm(position))
            if side is not None and unit.kind == "word":
                return side
        for position in range(number + 1, min(len(units), number + 9)):
            if units[position].sub("air") == "launched" and units.norm(position + 1) == "par":
                for near in range(position + 2, min(len(units), position + 5)):
                    if _nation(units, near):
                        return _nation(units, near)
    named = owner(units, number)
    if named is not None:
        return named
    for position in range(2, len(units)):
        if units[position].place is not None and {units.norm(position - 1), units.norm(position - 2)} & {
            "contre",
            "sur",
            "vers",
        }:
            aimed = _nation(units, position)
            if aimed is not None and units[position].place.place.precision == "country":  # type: ignore[union-attr]
                return "RU" if aimed == "UA" else "UA"
    acts = [(position, _nation(units, position)) for position in range(len(units)) if _nation(units, position)]
    shot_down = any(unit.sub("air") == "shot-down" for unit in units.units)
    launched = any("air.launched" in unit.tags for unit in units.units)
    if acts and (shot_down or launched):
        actor = acts[0][1]
        if shot_down and not launched:
            return "UA" if actor == "RU" else "RU"
        return actor if launched and not shot_down else None
    return None


def owner(units: Units, number: int | None = None) -> str | None:
    """The country whose adjective stands beside a weapon or a strike: "une frappe ukrainienne"; or None."""
    for position, unit in enumerate(units.units):
        if number is not None and abs(position - number) > 25:
            continue
        if unit.has("weapon", "strike.noun"):
            for near in range(position + 1, min(len(units), position + 3)):
                side = _adjective(units.norm(near))
                if side is not None and units[near].part == unit.part:
                    return side
    return None


def _adjective(norm: str) -> str | None:
    if norm in {"ukrainien", "ukrainiens", "ukrainienne", "ukrainiennes"}:
        return "UA"
    return "RU" if norm in {"russe", "russes", "ennemi", "ennemis", "ennemie", "ennemies"} else None


def _nation(units: Units, position: int) -> str | None:
    unit = units[position]
    if unit.place is not None and unit.place.place.precision == "country":
        return unit.place.place.country if unit.place.place.country in {"UA", "RU"} else None
    if unit.place is not None:
        return {"Kyiv": "UA", "Moscou": "RU"}.get(unit.place.place.canonical or "")
    return "UA" if unit.has("scene.ukrainian") else ("RU" if unit.has("scene.russian") else None)
