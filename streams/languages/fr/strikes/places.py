"""The part each place has in a strike: where it struck, a heading, the whole country, or only named."""

from dataclasses import dataclass
from typing import Literal

from schemas.records import Place
from streams.languages.fr.strikes.units import Units

Part = Literal["site", "heading", "national", "weak"]


PREPOSITIONS = frozenset(("à", "au", "aux", "en", "dans", "sur", "contre", "devant", "vers"))


DETERMINERS = frozenset(
    (
        "la",
        "le",
        "les",
        "l'",
        "toute",
        "tout",
        "une",
        "un",
        "sa",
        "son",
        "grande",
        "cette",
        "région",
        "ville",
        "plein",
        "pleine",
    )
)


OF = frozenset(("de", "d'", "du", "des"))


CAPITALS = frozenset(("Kyiv", "Moscou"))


NEAR = frozenset(
    (
        "près",
        "loin",
        "autour",
        "environs",
        "alentours",
        "abords",
        "côté",
        "direction",
        "district",
        "raïon",
        "canton",
        "secteur",
        "axe",
        "banlieue",
        "périphérie",
        "faubourg",
        "faubourgs",
    )
)


SPEAKERS = frozenset(
    (
        "source",
        "sources",
        "revendique",
        "revendiquent",
        "revendiqué",
        "dément",
        "réclame",
        "dénonce",
        "accuse",
        "promet",
        "reconnaît",
        "répond",
        "services",
        "sbu",
        "gur",
        "on",
        "assure",
    )
)


BELLIGERENTS = frozenset(("UA", "RU"))


@dataclass(slots=True)
class Spot:
    """A place of the sentence with the part it has; `unit` is where it stands."""

    unit: int
    place: Place
    part: Part
    near: bool = False
    subject: bool = False


def spot_at(units: Units, index: int, place: Place, earlier: list[Spot]) -> Spot | None:
    """The part a place has in a strike, None where it is an office's, a speaker's or the attacker's."""
    if place.country not in BELLIGERENTS and place.country is not None:
        return None
    before, at = units.norm(index - 1), index - 1
    if index and units[index - 1].has("thing", "establishment"):
        return None
    steps = 0
    while before in DETERMINERS and steps < 3:
        at, steps = at - 1, steps + 1
        before = units.norm(at)
    if earlier and before in {"et", ",", "ou", "ni"} and earlier[-1].unit >= at - 3:
        previous = units.norm(earlier[-1].unit + 1)
        if previous in {"et", ",", "ou", "ni"} and earlier[-1].unit == at - 1:
            return Spot(index, place, earlier[-1].part)
    if before in OF and earlier and earlier[-1].unit >= at - 2 and units.norm(at - 1) in {",", "et", "ou"}:
        return Spot(index, place, earlier[-1].part)
    from_to = before in {"à", "a", "au", "jusqu'à"} and at >= 2 and units[at - 1].place is not None
    if (before in OF and _is_range_end(units, index + 1)) or (from_to and units.norm(at - 2) in OF):
        return None
    country = place.precision == "country"
    if units.stands("scene.origin", at - 2, at) or before == "depuis" or units.norm(at) == "selon":
        return None
    if before in OF and any(units.norm(i) == "face" and units.norm(i - 1) == "en" for i in range(at - 4, at)):
        return None  # "à Marhanets, en face de la centrale de Zaporijjia"
    if before in OF:
        return _genitive(units, index, at, place, country)
    if before in PREPOSITIONS or (before == "a" and units[at].capital):
        if _government(units, index, place) or units.stands("scene.care", at - 2, at - 1):
            return None
        return Spot(index, place, "national" if country else "site")
    if units.norm(index + 1) == ":" and (
        index < 2
        or units[index - 1].kind == "sign"
        or (units[index].capital and steps == 0 and before in {"", ".", ":"})
    ):
        if country:
            return Spot(index, place, "national")
        return Spot(index, place, "heading", near=place.precision == "settlement" and place.canonical == place.region)
    if _opens_note(units, index) or (not country and _opens_line(units, index)):
        return Spot(index, place, "national" if country else "heading")
    if units.norm(index + 1) == "," and units.norm(index + 2) == "où" and not country:
        return Spot(index, place, "site")  # "et Pavlohrad, où deux personnes ont été blessées"
    if units[at].has("scene.site_before", "strike.verb") and at >= 0:
        return Spot(index, place, "national" if country else "site")
    if not country and suffers(units, index):
        return Spot(index, place, "site", subject=True)
    if country and any(units.norm(i) == "été" for i in range(index + 1, index + 4)) and suffers(units, index):
        return Spot(index, place, "national")
    if country or place.canonical in CAPITALS:
        return None
    return Spot(index, place, "weak")


def _opens_note(units: Units, index: int) -> bool:
    """ "Okhtyrka, mardi soir", "Soumy. Trois morts": a place that opens the text with signs alone before it."""
    if units.sentence.index > 1 or any(unit.kind != "sign" for unit in units.units[:index]):
        return False
    return index > 0 and units.norm(index + 1) in {",", ".", ":", "-", "–", "—", "|"}


def _opens_line(units: Units, index: int) -> bool:
    """ "Mejova - une bombe guidée est tombée", "Mejova.": a place alone, or one with a dash set apart behind it."""
    if any(unit.kind != "sign" for unit in units.units[:index]):
        return False
    if units.norm(index + 1) == "." and index + 2 == len(units):
        return True
    if units.norm(index + 1) not in {"-", "–", "—"}:
        return False
    dash, text = units[index + 1], units.sentence.text
    return text[dash.start - 1 : dash.start].isspace() and text[dash.end : dash.end + 1].isspace()


def _is_range_end(units: Units, position: int) -> bool:
    """ "De Soumy à Kherson" names no place that was hit."""
    following = units.units[position + 1 : position + 3]
    return units.norm(position) in {"à", "a", "au", "jusqu'à"} and any(unit.place is not None for unit in following)


def _genitive(units: Units, index: int, at: int, place: Place, country: bool) -> Spot | None:
    position = at - 1
    steps = 0
    while position >= 0 and steps < 5:
        unit = units[position]
        if unit.kind == "sign" or unit.quantity is not None:
            break
        if unit.has("scene.origin"):
            return None
        if unit.has("scene.office") and not units[position - 1].has("scene.of_site"):
            return None if country or place.canonical in CAPITALS else Spot(index, place, "weak")
        if unit.has("scene.of_site", "strike.noun", "thing"):
            if country:
                return Spot(index, place, "national")
            return Spot(
                index,
                place,
                "site",
                near=unit.norm in NEAR,
            )
        position, steps = position - 1, steps + 1
    return None if country else Spot(index, place, "weak")


def _government(units: Units, index: int, place: Place) -> bool:
    """ "À Kiev, l'état-major confirme": a capital where somebody speaks, not where it struck."""
    if place.canonical not in CAPITALS and place.precision != "country":
        return False
    near = units.units[max(0, index - 4) : index + 6]
    opens = index < 2 or units[index - 2].kind == "sign"
    part = units[index].part
    spoken = any(unit.has("scene.office", "scene.said") for unit in near if opens or unit.part == part) or (
        opens and any(unit.norm in SPEAKERS for unit in near)
    )
    return spoken and not any(
        unit.has("fate", "victim", "strike.verb") and unit.part == units[index].part for unit in near
    )


def suffers(units: Units, index: int) -> bool:
    """Whether the place is the subject of what befell it: "Kherson a été bombardée", "Odessa a enduré"."""
    segment = units[index].segment
    for position in range(index + 1, min(len(units), index + 16)):
        unit = units[position]
        if unit.segment != segment:
            return False
        if unit.place is not None and units.norm(position - 1) not in {",", "et", "de", "dans"} | OF:
            return False
        if unit.has("strike.verb"):
            return unit.norm.endswith(("é", "ée", "és", "ées", "i", "t")) and not _object_follows(units, position)
        if unit.has("scene.said"):
            return False
    return False


def _object_follows(units: Units, position: int) -> bool:
    before = {units.norm(i) for i in range(max(0, position - 3), position)}
    active = bool(before & {"a", "ont", "avait"}) and "été" not in before
    following = units[position + 1] if position + 1 < len(units) else None
    suffered = units.norm(position) in {"enduré", "essuyé", "subi", "essuient", "subit"}
    return (
        active
        and not suffered
        and following is not None
        and (following.norm in {"la", "le", "les", "un", "une", "des", "l'"} or following.place is not None)
    )
