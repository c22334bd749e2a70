"""What place the sentences before speak of: the paragraph's, and the settlement named last."""

from collections.abc import Sequence

from schemas.records import Place
from streams.extraction.strikes.strike import Strike
from streams.extraction.strikes.where import inside
from streams.languages.fr.strikes.befallen import OF
from streams.languages.fr.strikes.districts import city_of
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.places import CAPITALS, Spot
from streams.languages.fr.strikes.scene import Scene
from streams.languages.fr.strikes.sites import region_named
from streams.languages.fr.strikes.units import Units
from streams.reading.document import Document

REGIONS = frozenset(("région", "oblast", "province"))
REGION_TAGS = frozenset(("scene.of_site",))
QUARTERS = frozenset(("quartier", "quartiers", "arrondissement", "microdistrict", "faubourg"))
REACH = 8
LATEST = 6
SITED = frozenset(("site", "heading"))


class Topic:
    """The places that a sentence without one takes up.

    `place` is where the paragraph's strikes were told, `near_by` the settlement it named last, `named` the text;
    `headed` is the settlement that heads the paragraph.
    """

    def __init__(self) -> None:
        self.place: Place | None = None
        self.named: Place | None = None
        self.near_by: Place | None = None
        self.headed: Place | None = None

    def open_paragraph(self) -> None:
        """Forget the paragraph's places."""
        self.place = self.near_by = self.headed = None

    def remember(self, scene: Scene) -> None:
        """Take note of the places of a sentence that has been read."""
        settled = [spot for spot in scene.spots if _is_settlement(spot)]
        if settled:
            sited = [spot for spot in settled if spot.part in SITED]
            self.named = self.near_by = (sited or settled)[-1].place
        spots = [spot for spot in scene.spots if spot.part in SITED or (spot.part == "weak" and spot.unit < 2)]
        if not spots:
            return
        spots = [
            spot
            for spot in spots
            if not spot.near and not any(each.near and inside(each.place, spot.place) for each in spots)
        ] or spots
        first = spots[0]
        if first.place.precision == "region" and sum(inside(spot.place, first.place) for spot in spots) > 1:
            self.place = first.place  # a region's toll shared out: what follows is the region's again
            return
        if first.part == "heading" and first.place.precision == "settlement":
            self.headed = first.place
        topic = first.place if first.unit < 2 or first.part == "heading" else spots[-1].place
        finer = next((spot.place for spot in spots if inside(spot.place, topic)), None)
        self.place = finer if finer is not None and first.part != "heading" else topic

    def pointed_at(self, scene: Scene) -> Place | None:
        """The settlement that "cette petite ville", "ce village" means; None where the sentence points at none."""
        if not _points(scene.units):
            return self.there(scene)
        return self.place if self.place is not None and self.place.precision == "settlement" else self.named

    def there(self, scene: Scene) -> Place | None:
        """ "Deux bombes y ont été larguées": the settlement told in the sentence before."""
        units = scene.units
        for index in units.where.get("aux", ()):
            if units.norm(index - 1) == "y" and units.norm(index - 2) not in {"il", "n'", "qu'il"}:
                here = self.place
                return here if here is not None and here.precision == "settlement" else self.near_by
        return None

    def meant(self, scene: Scene, spot: Spot, main: Place | None) -> tuple[Place, bool]:
        """The place of a figure: of "cette bourgade de la région de Soumy" the settlement told before."""
        if spot.place.precision != "settlement" and scene.units.stands("anaphor", spot.unit - 5, spot.unit - 1):
            village = self.pointed_at(scene) or (main if main is not None and main.precision == "settlement" else None)
            if village is not None and spot.place.precision == "region" and spot.place.country == village.country:
                return village, False
        if spot.place.precision != "settlement" and _points(scene.units):
            known = self.place if self.place is not None else main
            if known is not None and inside(known, spot.place):
                return known, False
            pointed = self.pointed_at(scene)
            if pointed is not None and (pointed.region is None or inside(pointed, spot.place)):
                return pointed, False
        return spot.place, spot.near


def _points(units: Units) -> bool:
    """Whether "ce village", "la ville" stands for a place told before; not "le village de Lyptsi"."""
    return any(
        units.norm(index + 1) not in OF or index + 2 >= len(units) or units[index + 2].place is None
        for index in units.where.get("anaphor", ())
    )


def _is_settlement(spot: Spot) -> bool:
    return spot.place.precision in {"settlement", "site"} and spot.place.canonical not in CAPITALS


def first_named(scenes: Sequence[Scene], after: int) -> Place | None:
    """The settlement, else the region, that sentences name at all, those from index `after` first; else None."""
    order = sorted(scenes, key=lambda scene: scene.units.sentence.index < after)
    named = [spot.place for scene in order for spot in scene.spots if spot.place.precision != "country"]
    local = [place for place in named if place.canonical not in CAPITALS] or named
    return next((place for place in local if place.precision != "region"), local[0] if local else None)


def region_meant(scene: Scene, figure: Found, here: Place | None, headline: Place | None) -> Place | None:
    """ "Douze drones abattus dans le ciel de la région", "la région a compté un mort": of the place told before."""
    units = scene.units
    if units.where.keys().isdisjoint(REGION_TAGS):
        return None
    known = next((spot.place for spot in scene.spots), here or headline)
    if known is None or known.region is None:
        return None
    for index in range(max(1, figure.first - REACH), min(len(units), figure.last + REACH)):
        if units.norm(index) not in REGIONS or units.norm(index - 1) not in {"la", "l'", "sa", "toute"}:
            continue
        if any(unit.place is not None for unit in units.units[index + 1 : index + 4]):
            continue
        if known.precision == "region" and units.norm(index - 1) != "sa":
            if units[index - 2].has("strike.verb") or _of_its_people(units, index - 2):
                return known
            continue
        before = index - 2 - (units.norm(index - 2) == "toute")
        sky = units.norm(before) in OF and units.norm(before - 1) in {"ciel", "dessus", "au-dessus", "ensemble"}
        opens = units[before].kind == "sign" if before >= 0 else True
        inside_it = sky or _of_its_people(units, before) or units.norm(before) in {"dans", "sur", "travers"}
        if inside_it or (opens and units.stands("aux", index, index + 2)):
            return region_named(known.region)
    return None


def _of_its_people(units: Units, before: int) -> bool:
    """ "Trois habitants de la région", "16 localités de la région"."""
    return units.norm(before) in OF and units[before - 1].has("person", "victim", "scene.of_site")


def same_thing(scene: Scene, strikes: Sequence[Strike]) -> Place | None:
    """ "Une frappe sur le même marché": the place of the strike that was told of that market; else None."""
    units = scene.units
    if "même" not in units.sentence.text:
        return None
    for index, unit in enumerate(units.units[:-1]):
        if unit.norm != "même" or units.norm(index - 1) not in {"le", "la", "ce", "cette", "du", "au"}:
            continue
        word = units.norm(index + 1)
        for strike in strikes[-LATEST:]:
            if any(each.norm == word for told in strike.scenes[:LATEST] for each in told.units.units):
                return strike.place
    return None


def take_quarters(scenes: list[Scene], known: Place | None) -> None:
    """Let a quarter stand for the town told before it: "Kharkiv … un immeuble du quartier de Nove"."""
    for scene in scenes:
        for spot in scene.spots:
            at = spot.unit - 1 - (scene.units.norm(spot.unit - 1) in OF)
            if scene.units.norm(at) in QUARTERS and spot.place.precision == "settlement":
                spot.place = known if known is not None else spot.place
            elif spot.part in SITED and _is_settlement(spot):
                known = spot.place


def take_for_city(document: Document, scenes: Sequence[Scene]) -> None:
    """Let a district stand for its city where the text names that at all."""
    districts = [(spot, city) for scene in scenes for spot in scene.spots if (city := city_of(spot.place)) is not None]
    if not districts:
        return
    named = {mention.place.canonical for sentence in document.sentences for mention in sentence.places}
    for spot, city in districts:
        if city.canonical in named:
            spot.place = city
