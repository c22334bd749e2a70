"""Tolls that a text tells above those of places: whose sum they are, and whether it gives them out one by one."""

from schemas.records import Place
from streams.extraction.strikes.events import UKRAINE
from streams.extraction.strikes.where import inside
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.scene import Scene

RUSSIA = Place(name="Russie", canonical="Russie", country="RU", precision="country")
SEVERAL = 2


def summed_home(scene: Scene, figures: list[Found], last: Found, here: Place | None) -> Place | None:
    """The region or country whose toll the sentence gives out by places behind `last`; None where it gives none out.

    "Cinq morts, dont trois à Khmelnytsky et un à Lviv dans le pays": at two places, or at one where it speaks of all.
    """
    shares = [each for each in figures if each.number > last.number and each.share and not each.subset]
    part = next((each for each in figures if each.number > last.number), None)
    if part is not None and part.sort == last.sort == "thing" and part.place_unit is not None:
        # "520 000 foyers, dont 310 000 dans la seule région de Khmelnytsky"
        site = _site_behind(scene, part)
        return RUSSIA if site is not None and site.country == "RU" else UKRAINE
    if not shares or shares[0].measure != last.measure:
        return None
    sites = [site for share in shares if (site := _site_behind(scene, share)) is not None]
    following = next(each for each in figures if each.number > last.number)
    if len(sites) < SEVERAL and not scene.national and following.subset:
        return None
    if not sites:
        return UKRAINE if following.share else None
    if len(sites) < SEVERAL and not scene.national and following is not shares[0]:
        return None
    if here is not None and here.precision == "region" and all(inside(site, here) for site in sites):
        return here
    return RUSSIA if all(site.country == "RU" for site in sites) else UKRAINE


def _site_behind(scene: Scene, share: Found) -> Place | None:
    spots = (spot for spot in scene.spots if spot.part == "site" and spot.unit > share.number)
    return next((spot.place for spot in spots), None)
