"""Where, when and with what a sentence tells a strike: its places with their part in it, days, weapons, evidence."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from schemas.enumerations import Weapon
from schemas.records import Place
from streams.languages.fr.strike_units import Unit, Units
from streams.languages.pack import DateMention
from streams.reading.gazetteer import guess_place

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
BELLIGERENTS = frozenset(("UA", "RU"))
WEAPONS: tuple[tuple[str, Weapon], ...] = (
    ("ballistic-missile", "ballistic-missile"), ("cruise-missile", "cruise-missile"), ("missile", "missile"), ("drone", "drone"),
    ("glide-bomb", "glide-bomb"), ("bomb", "bomb"), ("artillery", "artillery"), ("rocket", "rocket"), ("mine", "mine"), ("explosive", "explosive"),
)  # fmt: skip
WEAK_EVIDENCE = frozenset(
    (
        "touché",
        "touchée",
        "touchés",
        "touchées",
        "subi",
        "détruit",
        "détruite",
        "détruits",
        "détruites",
        "incendié",
        "réveillé",
        "réveillée",
        "secoué",
        "carnage",
        "drame",
        "subit",
        "essuyé",
        "soufflé",
        "tiré",
        "tragédie",
        "déluge",
        "arrivée",
        "arrivées",
        "agression",
        "impact",
        "éclats",
        "cible",
        "tire",
        "tirent",
        "vise",
        "visé",
        "visent",
        "visant",
        "projectile",
    )
)
NOUN_OR_VERB = frozenset(("frappe", "frappes", "attaque", "attaques"))
BEFORE_NOUN = frozenset(
    (
        "la",
        "une",
        "cette",
        "des",
        "les",
        "l'",
        "de",
        "d'",
        "nouvelle",
        "nouvelles",
        "leur",
        "ces",
        "double",
        "deux",
        "après",
        "première",
        "dernière",
    )
)


@dataclass(slots=True)
class Spot:
    """A place of the sentence with the part it has; `unit` is where it stands."""

    unit: int
    place: Place
    part: Part
    near: bool = False
    subject: bool = False


@dataclass(slots=True)
class Scene:
    """What a sentence tells beside its figures."""

    units: Units
    spots: list[Spot] = field(default_factory=list)
    days: list[tuple[int, DateMention, bool]] = field(default_factory=list)
    weapons: dict[int, frozenset[str]] = field(default_factory=dict)
    strikes: list[int] = field(default_factory=list)
    strong: bool = False
    national: bool = False
    soldierly: bool = False
    cumulative: bool = False
    background: bool = False
    earlier: bool = False
    hypothetical: bool = False


def scene_of(units: Units) -> Scene:
    """The scene of one sentence."""
    scene = Scene(units)
    for index, unit in enumerate(units.units):
        if unit.place is not None:
            spot = _spot(units, index, unit.place.place, scene.spots)
            if spot is not None:
                scene.spots.append(spot)
        elif unit.day is not None:
            scene.days.append((index, unit.day, _is_reporting(units, index)))
        elif unit.tags:
            _note(scene, units, index, unit)
        elif unit.capital and unit.kind == "word" and index and units.norm(index - 1) in {"à", "près"} | OF:
            guessed = guess_place(units.sentence.text, unit.start, unit.end) if len(unit.norm) > 3 else None
            if guessed is not None:
                scene.spots.append(Spot(index, guessed, "site"))
    return scene


def _note(scene: Scene, units: Units, index: int, unit: Unit) -> None:
    if unit.has("strike"):
        if not _figurative(units, index):
            scene.strikes.append(index)
            scene.strong = scene.strong or _is_strong(units, index, unit)
    subs = unit.subs("weapon") - {"drone-like"}
    if subs and not _named_only(units, index):
        scene.weapons[index] = subs
        owned = index + 1 < len(units) and units[index + 1].has("scene.russian", "scene.ukrainian")
        scene.strong = scene.strong or (owned and bool(subs & {"drone", "missile", "ballistic-missile", "glide-bomb"}))
    scene.national = scene.national or unit.has("scene.national")
    scene.cumulative = scene.cumulative or unit.has("scene.cumulative")
    scene.background = scene.background or unit.has("scene.background")
    scene.earlier = scene.earlier or unit.has("scene.earlier")
    scene.soldierly = scene.soldierly or unit.has("soldierly")
    scene.hypothetical = scene.hypothetical or unit.has("hypothesis")


def _is_strong(units: Units, index: int, unit: Unit) -> bool:
    """Whether the word alone says that a strike is told; "frappe" does as a noun, "touché" never."""
    if unit.norm in NOUN_OR_VERB:
        return (
            index == 0
            or units.norm(index - 1) in BEFORE_NOUN
            or units[index - 1].quantity is not None
            or _by_belligerent(units, index)
        )
    return unit.norm not in WEAK_EVIDENCE


def _by_belligerent(units: Units, index: int) -> bool:
    return any(
        units[i].has("scene.russian", "scene.ukrainian", "weapon")
        for i in range(max(0, index - 3), min(len(units), index + 3))
    )


def _figurative(units: Units, index: int) -> bool:
    """ "Frappe aussi les raffineries" of a strike of workers, "tirs cadrés", "visé par une enquête"."""
    return units.norm(index + 1) in {"cadrés", "sanctions"} or units.norm(index - 1) in {"sanctions"}


def _named_only(units: Units, index: int) -> bool:
    """A weapon that is only spoken of: delivered, asked for, made, trained with."""
    before = [units.norm(i) for i in range(max(0, index - 5), index)]
    return any(
        word
        in {
            "livraison",
            "livrer",
            "livraisons",
            "pilotes",
            "école",
            "munitions",
            "intercepteurs",
            "achat",
            "production",
            "bataillon",
            "opérateurs",
            "plaide",
            "désamorcé",
            "exposé",
            "expose",
            "fournir",
            "batteries",
            "stocks",
            "usine",
            "fabrication",
            "contre-attaque",
            "convoi",
        }
        for word in before
    )


def _is_reporting(units: Units, index: int) -> bool:
    """Whether the day is that of a saying: "a indiqué mardi le porte-parole"."""
    return any(
        units[i].has("scene.said") and units[i].part == units[index].part for i in range(max(0, index - 3), index)
    ) or (
        any(
            units[i].has("scene.said") and units[i].part == units[index].part
            for i in range(index + 1, min(len(units), index + 4))
        )
        and units.norm(index - 1) not in {"dans", "la"}
    )


def _spot(units: Units, index: int, place: Place, earlier: list[Spot]) -> Spot | None:
    """The part a place has in a strike, None where it is an office's, a speaker's or the attacker's."""
    if place.country not in BELLIGERENTS and place.country is not None:
        return None
    before, at = units.norm(index - 1), index - 1
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
    if (
        (before in OF
        and _is_range_end(units, index + 1))
        or (before in {"à", "a"}
        and index >= 3
        and units[index - 2].place is not None
        and units.norm(index - 3) in OF)
    ):
        return None
    country = place.precision == "country"
    if _after_words(units, at, "scene.origin", 2) or before == "depuis" or units.norm(at) == "selon":
        return None
    if before in OF:
        return _genitive(units, index, at, place, country)
    if before in PREPOSITIONS:
        if _government(units, index, place) or any(units[i].has("scene.care") for i in range(max(0, at - 2), at)):
            return None
        return Spot(index, place, "national" if country else "site")
    if units.norm(index + 1) == ":" and (
        index < 2 or units[index - 1].kind == "sign" or (units[index].capital and steps == 0 and before in {"", ".", ":"})
    ):
        if country:
            return Spot(index, place, "national")
        return Spot(index, place, "heading", near=place.precision == "settlement" and place.canonical == place.region)
    if units[at].has("scene.site_before", "strike.verb") and at >= 0:
        return Spot(index, place, "national" if country else "site")
    if not country and _suffers(units, index):
        return Spot(index, place, "site", subject=True)
    if country or place.canonical in CAPITALS:
        return None
    return Spot(index, place, "weak")


def _is_range_end(units: Units, position: int) -> bool:
    """ "De Tchernihiv à Odessa" names no place that was hit."""
    return (
        units.norm(position) in {"à", "a", "jusqu'à"}
        and position + 1 < len(units)
        and units[position + 1].place is not None
    )


def _after_words(units: Units, at: int, tag: str, reach: int) -> bool:
    return any(units[i].has(tag) for i in range(max(0, at - reach), at + 1))


def _genitive(units: Units, index: int, at: int, place: Place, country: bool) -> Spot | None:
    position = at - 1
    steps = 0
    while position >= 0 and steps < 5:
        unit = units[position]
        if unit.kind == "sign" or unit.quantity is not None:
            break
        if unit.has("scene.origin"):
            return None
        if unit.has("scene.office"):
            return None if country or place.canonical in CAPITALS else Spot(index, place, "weak")
        if unit.has("scene.of_site", "strike.noun", "thing"):
            if country:
                return Spot(index, place, "national")
            return Spot(
                index,
                place,
                "site",
                near=unit.norm in {"près", "loin", "autour", "environs", "alentours", "abords", "côté", "direction"},
            )
        position, steps = position - 1, steps + 1
    return None if country else Spot(index, place, "weak")


def _government(units: Units, index: int, place: Place) -> bool:
    """ "À Kiev, l'état-major confirme": a capital where somebody speaks, not where it struck."""
    if place.canonical not in CAPITALS and place.precision != "country":
        return False
    near = units.units[max(0, index - 4) : index + 6]
    spoken = any(unit.has("scene.office", "scene.said") for unit in near)
    return spoken and not any(
        unit.has("fate", "victim", "strike.verb") and unit.part == units[index].part for unit in near
    )


def _suffers(units: Units, index: int) -> bool:
    """Whether the place is the subject of what befell it: "Kherson a été bombardée", "Soumy frappée", "Odessa a enduré"."""
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


def weapons_among(subs: frozenset[str]) -> list[Weapon]:
    """The contract's weapons of lexicon classes, the most specific alone: a ballistic missile is no further missile."""
    found = [weapon for sub, weapon in WEAPONS if sub in subs]
    if "ballistic-missile" in found or "cruise-missile" in found:
        found = [weapon for weapon in found if weapon != "missile"]
    return [weapon for weapon in found if weapon != "bomb"] if "glide-bomb" in found else found


def single_day(mention: DateMention) -> date | None:
    """The one day a mention means, None for weeks and months."""
    return mention.first if mention.precision in {"day", "night"} and mention.first == mention.last else None
