"""The part each place has in a strike: where it struck, a heading, the whole country, or only named."""

from typing import Literal

from msgspec import Struct

from schemas.records import Place
from streams.languages.fr.strikes.befallen import OF, endures, suffers
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


CAPITALS = frozenset(("Kyiv", "Moscou"))


NEAR = frozenset(
    (
        "près",
        "proche",
        "proches",
        "voisin",
        "voisine",
        "portes",
        "lisière",
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
CARE = frozenset(("hôpital", "hôpitaux", "clinique", "cliniques", "morgue"))
REACH = 6


class Spot(Struct, gc=False):
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
    aimed = before in {"sur", "contre", "vers"} and units.stands("air.launched", at - 2, at - 1)
    if aimed:
        return Spot(index, place, "national" if country else "site")
    if units.stands("scene.origin", at - 2, at) or before == "depuis" or units.norm(at) == "selon":
        return None
    if before in OF and any(units.norm(i) == "face" and units.norm(i - 1) == "en" for i in range(at - 4, at)):
        return None  # "à Marhanets, en face de la centrale de Zaporijjia"
    if before in OF:
        return _genitive(units, index, at, place, country)
    if before in PREPOSITIONS or (before == "a" and units[at].capital):
        if _government(units, index, place) or _cared_for(units, at):
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
    at -= at > 0 and units[at].kind == "day"  # "a frappé mardi soir Okhtyrka"
    if units[at].has("scene.site_before", "strike.verb") and at >= 0:
        return Spot(index, place, "national" if country else "site")
    if endures(units, index):
        return Spot(index, place, "national" if country else "site", subject=True)
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
    if _launched_there(units, at):
        return None
    while position >= 0 and steps < 5:
        unit = units[position]
        if unit.kind == "sign" or unit.quantity is not None:
            break
        if unit.has("scene.origin"):
            return None
        if unit.has("scene.office") and not units[position - 1].has("scene.of_site"):
            return None if country or place.canonical in CAPITALS else Spot(index, place, "weak")
        if unit.has("fate.hospitalised") or (unit.norm in CARE and not _tells_strike(units, position)):
            return None
        if unit.has("anaphor") and units.norm(position - 1) in OF and units[position - 2].has("scene.office"):
            return Spot(index, place, "weak")  # "le maire de la ville de Soumy"
        if unit.has("scene.of_site", "strike.noun", "thing", "victim", "anaphor"):
            if country and unit.has("strike.noun") and place.country == "RU":
                return None  # "l'attaque massive de la Russie"
            if country:
                return Spot(index, place, "national")
            return Spot(
                index,
                place,
                "site",
                near=any(units.norm(i) in NEAR for i in range(position, at)),
            )
        position, steps = position - 1, steps + 1
    if not country and suffers(units, index):
        return Spot(index, place, "site", subject=True)  # "la ville de Soumy a été visée"
    if not country and units.stands("strike.verb", at - 3, at - 1):
        return Spot(index, place, "site")  # "ont attaqué la ville d'Izmaïl avec des drones"
    return None if country else Spot(index, place, "weak")


def _cared_for(units: Units, at: int) -> bool:
    """ "Hospitalisées à Kharkiv et à Lviv", "évacués en couveuse vers Rivne": where people were brought to."""
    first = at - 2
    while first > 0 and (units[first + 1].place is not None or units.norm(first + 1) in {"et", ",", "à", "ou"}):
        first -= 1
    return units.stands("scene.care", first, at - 1) or (
        units.norm(at) == "vers" and units.stands("scene.care", at - REACH, at - 1)
    )


def _tells_strike(units: Units, index: int) -> bool:
    """Whether the part of the sentence says that what stands at `index` was struck: a hospital may be a target."""
    return any(
        units[position].part == units[index].part
        for family in ("strike", "weapon", "harm")
        for position in units.where.get(family, ())
    )


def _launched_there(units: Units, at: int) -> bool:
    """ "Tirés par des Tu-95 du secteur d'Engels": where bombers took off or fired from."""
    for position in range(at - 1, max(-1, at - 9), -1):
        unit = units[position]
        if unit.kind == "sign" or unit.norm in {"sur", "contre", "vers", "à"}:
            return False
        if unit.has("scene.origin"):
            return units.norm(position + 1) in {"par", "de", "d'", "du", "depuis", "des"}
    return False


def _government(units: Units, index: int, place: Place) -> bool:
    """ "À Kiev, l'état-major confirme": a capital where somebody speaks, not where it struck."""
    if place.canonical not in CAPITALS and place.precision != "country":
        return False
    near = units.units[max(0, index - REACH) : index + REACH]
    opens = index < 2 or units[index - 2].kind == "sign"
    part = units[index].part
    spoken = any(unit.has("scene.office", "scene.said") for unit in near if opens or unit.part == part) or (
        opens and any(unit.norm in SPEAKERS for unit in near)
    )
    return spoken and not any(
        unit.has("fate", "victim", "strike.verb") and unit.part == units[index].part for unit in near
    )
