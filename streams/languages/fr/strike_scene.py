"""Where, when and with what a sentence tells a strike: its places with their part in it, days, weapons, evidence."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import get_args

from msgspec import structs

from schemas.enumerations import Weapon
from schemas.records import Place
from streams.languages.fr.strike_places import OF, Spot, spot_at
from streams.languages.fr.strike_units import Unit, Units
from streams.languages.lexicon import NO_TAGS
from streams.languages.pack import DateMention
from streams.reading.gazetteer import find_places, guess_place

WEAPONS: tuple[Weapon, ...] = get_args(Weapon)


NOUN_OR_VERB = frozenset(("frappe", "frappes", "attaque", "attaques"))


SITED = frozenset(("", "dans", "à", "sur", "contre", ".", ":", ";", "visé", "frappé"))
REPORTED = frozenset(
    ("serait", "seraient", "aurait", "auraient", "paraît", "tirait", "tiraient", "entrait", "disparaît")
)
ARTICLES = frozenset(("le", "un", "les", "des", "l'", "premier", "second", "deuxième", "troisième", "la", "une"))
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
        "seule",
        "même",
        "chaque",
        "toute",
        "grande",
        "vaste",
        "récente",
        "violente",
        "meurtrière",
        "seconde",
        "deuxième",
        "troisième",
        "pareille",
        "telle",
        "importante",
    )
)


@dataclass(slots=True)
class Scene:
    """What a sentence tells beside its figures."""

    units: Units
    spots: list[Spot] = field(default_factory=list)
    days: list[tuple[int, DateMention, bool]] = field(default_factory=list)
    weapons: dict[int, frozenset[str]] = field(default_factory=dict)
    strikes: list[int] = field(default_factory=list)
    strong: bool = False
    harm: bool = False
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
            spot = spot_at(units, index, unit.place.place, scene.spots)
            if spot is not None:
                scene.spots.append(spot)
        elif unit.day is not None:
            scene.days.append((index, unit.day, _is_reporting(units, index)))
        elif unit.norm.endswith(("rait", "raient")) and unit.norm not in REPORTED:
            scene.hypothetical = True
        elif unit.tags:
            _note(scene, units, index, unit)
            if "capital" in unit.keys and units.norm(index - 1) in SITED:
                scene.spots.append(Spot(index, _capital(units.sentence.text[unit.start : unit.end]), "site"))
        elif unit.capital and unit.kind == "word" and index and units.norm(index - 1) in {"à", "près"} | OF:
            spoken = any(units[i].has("scene.said") for i in range(max(0, index - 4), index))
            guessed = (
                guess_place(units.sentence.text, unit.start, unit.end) if len(unit.norm) > 3 and not spoken else None
            )
            if guessed is not None:
                scene.spots.append(Spot(index, guessed, "site"))
    return scene


@lru_cache(maxsize=4)
def _capital(words: str) -> Place:
    """The capital of the country struck, named as written: "la capitale"."""
    return structs.replace(find_places("à Kyiv")[0].place, name=words)


def _note(scene: Scene, units: Units, index: int, unit: Unit) -> None:
    keys = unit.keys
    if "strike" in keys and not _figurative(units, index):
        scene.strikes.append(index)
        scene.strong = scene.strong or _is_strong(units, index, unit)
    subs = unit.subs("weapon") - {"drone-like"} if "weapon" in keys else NO_TAGS
    if subs and not _named_only(units, index):
        scene.weapons[index] = subs
        owned = index + 1 < len(units) and units[index + 1].has("scene.russian", "scene.ukrainian")
        scene.strong = scene.strong or (owned and bool(subs & {"drone", "missile", "ballistic-missile", "glide-bomb"}))
    scene.strong = scene.strong or (bool(subs) and _weapon_acts(units, index))
    scene.harm = scene.harm or "harm" in keys
    scene.national = scene.national or "scene.national" in keys
    scene.cumulative = scene.cumulative or "scene.cumulative" in keys
    scene.background = scene.background or "scene.background" in keys
    scene.earlier = scene.earlier or "scene.earlier" in keys
    scene.soldierly = scene.soldierly or "soldierly" in keys
    scene.hypothetical = scene.hypothetical or "hypothesis" in keys


def _weapon_acts(units: Units, index: int) -> bool:
    """ "Un drone a coupé un câble": a weapon that did something, whatever the verb, was used."""
    if units.norm(index - 1) not in ARTICLES and units[index - 1].quantity is None:
        return False
    for position in range(index + 1, min(len(units), index + 5)):
        unit = units[position]
        if unit.kind != "word" or unit.has("spoken_of", "negation"):
            return False
        if unit.norm in {"a", "ont", "avait", "avaient", "est", "sont", "s'", "se"}:
            following = units.units[position + 1 : position + 4]
            acted = following and following[0].norm.endswith(
                ("é", "és", "i", "is", "u", "us", "t", "ts", "est", "sont")
            )
            return bool(acted) and not any(each.has("spoken_of", "negation") for each in following)
        if unit.norm in {"qui", "que", "dont", "et"}:
            return False
    return False


def _is_strong(units: Units, index: int, unit: Unit) -> bool:
    """Whether the word alone says that a strike is told; "frappe" does as a noun, "touché" never."""
    if unit.norm in NOUN_OR_VERB:
        return (
            index == 0
            or units.norm(index - 1) in BEFORE_NOUN
            or units[index - 1].quantity is not None
            or _by_belligerent(units, index)
        )
    return not unit.has("weak")


def _by_belligerent(units: Units, index: int) -> bool:
    return any(
        units[i].has("scene.russian", "scene.ukrainian", "weapon")
        for i in range(max(0, index - 3), min(len(units), index + 3))
    )


def _figurative(units: Units, index: int) -> bool:
    """ "Frappe aussi les raffineries" of a strike of workers, "tirs cadrés", "visé par une enquête"."""
    near = units.units[max(0, index - 3) : index] + units.units[index + 1 : index + 5]
    segment = units[index].segment
    return any(unit.has("figurative") and unit.segment == segment for unit in near)


def _named_only(units: Units, index: int) -> bool:
    """A weapon that is only spoken of: delivered, asked for, made, trained with."""
    return any(unit.has("spoken_of") for unit in units.units[max(0, index - 5) : index]) or any(
        unit.has("playful") for unit in units.units[index + 1 : index + 3]
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


def weapons_among(subs: frozenset[str]) -> list[Weapon]:
    """The contract's weapons of lexicon classes, the most specific alone: a ballistic missile is no further missile."""
    found = [weapon for weapon in WEAPONS if weapon in subs]
    if "ballistic-missile" in found or "cruise-missile" in found:
        found = [weapon for weapon in found if weapon != "missile"]
    return [weapon for weapon in found if weapon != "bomb"] if "glide-bomb" in found else found


def single_day(mention: DateMention) -> date | None:
    """The one day a mention means, None for weeks and months."""
    return mention.first if mention.precision in {"day", "night"} and mention.first == mention.last else None
