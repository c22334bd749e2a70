"""The places of a sentence beside each other: a hospital or a dateline is no place of a strike."""

from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from schemas.records import Place
from streams.languages.fr.strikes.befallen import OF
from streams.languages.fr.strikes.places import CAPITALS, Spot
from streams.languages.fr.strikes.units import Units
from streams.reading.gazetteer import find_places

HOSPITALS = frozenset(
    ("hôpital", "hôpitaux", "clinique", "cliniques", "urgences", "hospitalier", "morgue", "dispensaire", "réanimation")
)
INTO = frozenset(("à", "au", "aux", "dans", "vers", "en", "de", "d'", "depuis"))
ARTICLES = frozenset(("l'", "la", "le", "les", "un", "une", "des", "deux", "plusieurs", "centre", "service"))
TAKEN = frozenset(
    (
        "admis", "admise", "admises", "conduit", "conduits", "conduite", "conduites", "opéré", "opérée", "opérés",
        "transféré", "transférée", "transférés", "emmené", "emmenée", "emmenés", "évacuée", "évacuées", "relogés",
        "enterré", "enterrée", "enterrés", "inhumé", "inhumée", "inhumés", "obsèques",
    )
)  # fmt: skip
SIDES = frozenset(("ouest", "est", "nord", "sud", "nord-est", "nord-ouest", "sud-est", "sud-ouest", "large"))
SETTLEMENTS = frozenset(
    ("localités", "communes", "villages", "agglomérations", "hameaux", "villes", "bourgs", "bourgades", "communautés")
)
DASHES = frozenset(("-", "–", "—", "("))
EXPLAINED = 5
LISTED = 3
DATELINE = 9


def refined(units: Units, spots: list[Spot]) -> list[Spot]:
    """The spots of a sentence that may be places of a strike, with the part that their company tells.

    "À l'hôpital de Kharkiv" drops Kharkiv; "les rues de Merefa, dans la région de Kharkiv" makes Merefa a site;
    "Bilopillia et 21 autres localités" stands for the region of Bilopillia.
    """
    kept: list[Spot] = []
    for spot in spots:
        if _is_care(units, spot):
            continue
        listed = _with_others(units, spot)
        kept.append(listed if listed is not None else spot)
    if len(kept) < 2:
        return kept
    kept = _without_explanations(units, kept)
    first = kept[0]
    if _is_dateline(units, first) and any(spot.part == "site" for spot in kept[1:]):
        kept = kept[1:]
    for spot, following in list(pairwise(kept)):
        if _is_in_country(units, spot, following):
            spot.part = "site"
            kept.remove(following)
            continue
        explained = following.part == "site" and following.unit - spot.unit <= EXPLAINED
        if explained and _is_namesake(units, spot, following):
            region = following.place
            spot.place = Place(
                name=spot.place.name, canonical=spot.place.name, region=region.region, country=region.country
            )
            spot.part = "site"
        elif spot.part == "weak" and explained and following.place.precision == "region":
            same = spot.place.region is None or spot.place.region == following.place.region
            if same and not units.stands("scene.office", spot.unit - EXPLAINED, spot.unit - 1):
                spot.part = "site"
    return kept


def _is_namesake(units: Units, spot: Spot, region: Spot) -> bool:
    """ "Le village de Mourom, dans la région de Belgorod": another place than the town of that name known elsewhere."""
    return (
        spot.place.precision == "settlement"
        and region.place.precision == "region"
        and spot.place.region not in {None, region.place.region}
        and units.norm(spot.unit + 1) == ","
        and units.norm(spot.unit + 2) == "dans"
        and spot.place.canonical not in CAPITALS
    )


def _is_in_country(units: Units, spot: Spot, country: Spot) -> bool:
    """ "L'aérodrome d'Engels, en Russie, a été visé": the country only says where the town is."""
    return (
        country.part == "national"
        and spot.part in {"site", "weak"}
        and country.unit - spot.unit <= LISTED
        and units.norm(spot.unit + 1) in {",", "("}
        and country.place.country == spot.place.country
        and not (spot.part == "weak" and units.stands("scene.office", spot.unit - EXPLAINED, spot.unit - 1))
    )


def _is_care(units: Units, spot: Spot) -> bool:
    """ "Décédé à l'hôpital de Kharkiv": where the wounded are cared for, not where it struck."""
    index = spot.unit - 1
    if units.norm(index) in {"à", "vers"}:
        treated = units[index - 1].has("scene.care", "fate.hospitalised") or units.norm(index - 1) in TAKEN
        return index > 0 and treated
    if units.norm(index) not in OF:
        return False
    index -= 1
    if units.norm(index) in {"central", "régional", "militaire", "régionale"}:
        index -= 1
    if index >= 0 and units[index].has("fate.hospitalised", "scene.care"):
        return True
    if units.norm(index) not in HOSPITALS:
        return False
    index -= 1
    while units.norm(index) in ARTICLES:
        index -= 1
    return units.norm(index) in INTO and not units.stands("strike", index - 3, index - 1)


def _without_explanations(units: Units, spots: list[Spot]) -> list[Spot]:
    """The spots without those that only say where another is; that one is a site then."""
    kept: list[Spot] = []
    for spot in spots:
        before = kept[-1] if kept else None
        if before is not None and before.near and units.norm(before.unit + 1) == ":" and spot.unit - before.unit <= 3:
            kept[-1] = replace(spot, part="heading")
        elif before is not None and units.norm(before.unit - 1) == "entre" and spot.unit - before.unit <= 3:
            continue  # "sur la route entre Nikopol et Marhanets"
        elif before is not None and not before.near and (_explains(units, spot) or _is_beside(units, before, spot)):
            if not units.stands("scene.office", before.unit - EXPLAINED, before.unit - 1):
                before.part = "site" if before.part == "weak" else before.part
        else:
            kept.append(spot)
    return kept


def _is_beside(units: Units, before: Spot, spot: Spot) -> bool:
    """ "Chevtchenkove, près de Koupiansk": the larger town that a village is near to."""
    near = spot.near and units.norm(spot.unit - 2) in {"près", "loin", "proche"} and units.norm(spot.unit - 1) in OF
    return near and spot.unit - before.unit <= EXPLAINED and units.norm(before.unit + 1) in {",", "("}


def _explains(units: Units, spot: Spot) -> bool:
    """ "Jytomyr, à l'ouest de Kyiv", "dans le district de Polohy": a place that only says where another one is."""
    index = spot.unit - 1
    if units.norm(index) not in OF:
        return False
    index -= 1
    if units.norm(index) in SIDES:
        return units.norm(index - 1) in {"au", "l'"} and units.norm(index - 2) in {"à", ",", "kilomètres", "km"}
    return units.norm(index) in {"district", "raïon", "canton"}


def _with_others(units: Units, spot: Spot) -> Spot | None:
    """ "Kherson et 34 localités": the region, where several places of it are told together."""
    number = spot.unit + 2
    if spot.place.precision != "settlement" or number + 1 >= len(units) or units.norm(spot.unit + 1) not in {"et", ","}:
        return None
    if units[number].quantity is None and units.norm(number) not in {"des", "plusieurs", "quelques", "d'"}:
        return None
    named = units.norm(number + 1)
    named = units.norm(number + 2) if named in {"autres", "autre"} else named
    region = region_named(spot.place.region) if named in SETTLEMENTS and spot.place.region is not None else None
    return None if region is None else replace(spot, place=region, part="site", near=False)


@lru_cache(maxsize=128)
def region_named(name: str) -> Place | None:
    """The region of the gazetteer with this French name, None where it has none."""
    found = find_places(f"dans la région de {name}")
    return found[0].place if found and found[0].place.precision == "region" else None


def _is_dateline(units: Units, spot: Spot) -> bool:
    """ "DNIPRO (Ukraine), 3 mars - Un drone": where an agency's correspondent writes."""
    if spot.unit > 1 or not units.sentence.text[units[spot.unit].start : units[spot.unit].end].isupper():
        return False
    return any(units.norm(index) in DASHES for index in range(spot.unit + 1, min(len(units), spot.unit + DATELINE)))
