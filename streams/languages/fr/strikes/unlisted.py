"""Villages that no gazetteer lists, known by the region that is told beside them."""

from schemas.records import Place
from streams.languages.fr.strikes.units import Units


def village_of_heading(units: Units, index: int) -> Place | None:
    """ "Région de Soumy : Velyka Pyssarivka visée par des drones": an unknown village of the region that heads it."""
    mention = units[index - 2].place if index > 1 and units.norm(index - 1) == ":" else None
    end = index
    while end < len(units) and units[end].capital and units[end].kind == "word" and not units[end].tags:
        end += 1
    if mention is None or mention.place.precision != "region" or end in {index, len(units)}:
        return None
    if not units[end].has("strike.verb"):
        return None
    name = units.sentence.text[units[index].start : units[end - 1].end]
    return Place(name=name, canonical=name, region=mention.place.region, country=mention.place.country)


def region_behind(units: Units, index: int) -> Place | None:
    """The region that follows an unknown name: "a visé Nove, dans la région de Kharkiv"; None where none does."""
    if units.norm(index + 1) != ",":
        return None
    position = index + 2
    while units.norm(position) in {"dans", "la", "l'"}:
        position += 1
    mention = units[position].place if position < len(units) else None
    return mention.place if mention is not None and mention.place.precision == "region" else None
