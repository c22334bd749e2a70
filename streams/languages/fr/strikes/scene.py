"""Where, when and with what a sentence tells a strike: its places with their part in it, days, weapons, evidence."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import get_args

from msgspec import structs

from schemas.enumerations import Weapon
from schemas.records import Place
from streams.languages.fr.strikes.afterwards import is_afterwards, was_before
from streams.languages.fr.strikes.befallen import OF, suffers
from streams.languages.fr.strikes.places import Spot, spot_at
from streams.languages.fr.strikes.units import Unit, Units
from streams.languages.fr.strikes.unlisted import region_behind, village_of_heading
from streams.languages.openings import NO_TAGS
from streams.languages.pack import DateMention
from streams.reading.gazetteer import find_places, guess_place

WEAPONS: tuple[Weapon, ...] = get_args(Weapon)


NOUN_OR_VERB = frozenset(("frappe", "frappes", "attaque", "attaques"))


# How villages of the region end, where a line is headed by a name that no gazetteer has.
SLAVIC = re.compile(r"(?:[iïyo]vka|[oe]v[aeo]|[nslt]ka|[iïy][nv]e|s[ky]e|[iy]ntsi|ivtsi|[yi]chi|hrad|horod|[ïi]v|pil)$")
LINE_OPENS = 3
UNNAMED = frozenset(("drone-like", "air-target"))
SHELLS = frozenset(("artillery", "rocket", "bomb", "glide-bomb"))
SITED = frozenset(("", "dans", "à", "sur", "contre", ".", ":", ";", "visé", "frappé"))
GUESSED_AFTER = OF | {"à", "près"}
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
    """What a sentence tells beside its figures; `own_days` are days of what happened, each with its clause's number."""

    units: Units
    spots: list[Spot] = field(default_factory=list)
    days: list[tuple[int, DateMention, bool]] = field(default_factory=list)
    own_days: list[tuple[int, date]] = field(default_factory=list)
    weapons: dict[int, frozenset[str]] = field(default_factory=dict)
    strikes: list[int] = field(default_factory=list)
    engine: bool = False
    strong: bool = False
    harm: bool = False
    national: bool = False
    soldierly: bool = False
    cumulative: bool = False
    background: bool = False
    earlier: bool = False
    was_before: bool = False
    hypothetical: bool = False
    ground: bool = False


def scene_of(units: Units) -> Scene:
    """The scene of one sentence."""
    scene = Scene(units, hypothetical=bool(units.supposing))
    where = units.where
    telling = {*units.named, *where.get("strike", ()), *where.get("weapon", ()), *where.get("capital", ())}
    for index in sorted(telling.difference(units.supposing)):
        unit = units.units[index]
        if unit.place is not None:
            spot = spot_at(units, index, unit.place.place, scene.spots)
            if spot is not None:
                scene.spots.append(spot)
        elif unit.day is not None:
            _note_day(scene, units, index, unit.day)
        elif unit.tags:
            _note(scene, units, index, unit)
            if "capital" in unit.keys and _is_struck(units, index):
                words = units.sentence.text[unit.start : unit.end]
                scene.spots.append(Spot(index, _capital(words, _of_russia(units, index)), "site"))
        elif len(unit.norm) > 3 and (region := region_behind(units, index)) is not None:
            name = units.sentence.text[unit.start : unit.end]
            village = Place(name=name, canonical=name, region=region.region, country=region.country)
            scene.spots.append(Spot(index, village, "site"))
        elif (visited := village_of_heading(units, index)) is not None:
            scene.spots.append(Spot(index, visited, "site", subject=True))
        elif index < LINE_OPENS and SLAVIC.search(unit.norm) is not None and _heads_line(units, index):
            written = units.sentence.text[unit.start : unit.end]
            scene.spots.append(Spot(index, Place(name=written, canonical=written), "heading"))
        elif index and len(unit.norm) > 3 and units.norm(index - 1) in GUESSED_AFTER:
            spoken = units.stands("scene.said", index - 4, index - 1)
            guessed = guess_place(units.sentence.text, unit.start, unit.end) if not spoken else None
            if guessed is not None:
                scene.spots.append(Spot(index, guessed, "site"))
    scene.harm = _told(units, "harm")
    scene.national = _told(units, "scene.national") or _over_regions(units)
    scene.cumulative = _told(units, "scene.cumulative")
    scene.background = _told(units, "scene.background")
    scene.earlier = _told(units, "scene.earlier")
    scene.was_before = was_before(units)
    scene.soldierly = _told(units, "soldierly")
    scene.hypothetical = scene.hypothetical or "hypothesis" in where
    return scene


def _note_day(scene: Scene, units: Units, index: int, mention: DateMention) -> None:
    reporting = _is_reporting(units, index)
    scene.days.append((index, mention, reporting))
    day = single_day(mention)
    if day is not None and not reporting and not is_afterwards(units, index):
        scene.own_days.append((units[index].segment, day))


def _heads_line(units: Units, index: int) -> bool:
    """ "Mejova.", "Olhivka : deux blessés": an unknown village that heads its line, as known ones do."""
    if any(unit.kind != "sign" for unit in units.units[:index]):
        return False
    return units.norm(index + 1) == ":" or (units.norm(index + 1) == "." and index + 2 == len(units))


def _over_regions(units: Units) -> bool:
    """ "Dans trois régions": more than one, counted."""
    return any(units.norm(number + 1) == "régions" and units[number].norm != "une" for number in units.numbers)


def _is_struck(units: Units, index: int) -> bool:
    """ "Une salve sur la capitale", "La capitale a été visée"."""
    over = units.norm(index - 1) in SITED or units.norm(index - 2) == "au-dessus"
    aimed = over or (index > 0 and units[index - 1].has("strike.verb"))
    return aimed or suffers(units, index)


def _told(units: Units, mark: str) -> bool:
    """Whether a word of the sentence has a tag or family and is no verb in the conditional."""
    positions = units.where.get(mark)
    return positions is not None and (not units.supposing or not set(positions).issubset(units.supposing))


@lru_cache(maxsize=8)
def _capital(words: str, russian: bool) -> Place:
    """The capital of the country struck, named as written: "la capitale"."""
    return structs.replace(find_places("à Moscou" if russian else "à Kyiv")[0].place, name=words)


def _of_russia(units: Units, index: int) -> bool:
    """ "La capitale russe", or one spoken of beside the mayor of Moscow."""
    named = (units[position].place for position in units.named if position < index)
    return units.norm(index + 1) == "russe" or any(
        mention is not None and mention.place.canonical == "Moscou" for mention in named
    )


def _note(scene: Scene, units: Units, index: int, unit: Unit) -> None:
    keys = unit.keys
    if "strike" in keys and not _figurative(units, index):
        scene.strikes.append(index)
        scene.strong = scene.strong or _is_strong(units, index, unit)
    subs = unit.subs("weapon") - UNNAMED if "weapon" in keys else NO_TAGS
    if subs and not _named_only(units, index):
        scene.weapons[index] = subs
        owned = index + 1 < len(units) and units[index + 1].has("scene.russian", "scene.ukrainian")
        scene.strong = scene.strong or (owned and bool(subs & {"drone", "missile", "ballistic-missile", "glide-bomb"}))
    scene.strong = scene.strong or (bool(subs) and _weapon_acts(units, index))
    acts = "weapon.drone-like" in keys and not subs
    scene.engine = scene.engine or (acts and (_weapon_acts(units, index) or units.stands("air.hit", index - 3, index)))


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
    low, high = index - 3, index + 2
    return (
        units.stands("weapon", low, high)
        or units.stands("scene.russian", low, high)
        or units.stands("scene.ukrainian", low, high)
    )


def _figurative(units: Units, index: int) -> bool:
    """ "Frappe aussi les raffineries" of a strike of workers, "tirs cadrés", "désamorcé un missile tombé"."""
    if "figurative" in units[index].keys:
        return True
    if units.norm(index).startswith("retenti") and units.stands("siren", index - 5, index - 1):
        return True
    if "weapon" in units[index].keys and units.stands("spoken_of", index - 3, index - 1):
        return True
    for position in units.where.get("figurative", ()):
        near = index - 3 <= position <= index + 4 and position != index
        if near and units[position].segment == units[index].segment:
            return True
    return False


def _named_only(units: Units, index: int) -> bool:
    """A weapon that is only spoken of: delivered, asked for, made, trained with."""
    if units.stands("playful", index + 1, index + 2) or (
        index and units[index - 1].has("thing.rocket-launcher", "thing.air-defence-system")
    ):
        return True
    spoken = [position for position in units.where.get("spoken_of", ()) if index - 5 <= position < index]
    return bool(spoken) and not all(_struck_with(units, position, index) for position in spoken)


def _struck_with(units: Units, position: int, index: int) -> bool:
    """ "Le village a reçu quatorze obus": a place gets shells and bombs otherwise than an army."""
    shells = bool(units[index].subs("weapon") & SHELLS)
    near = units.units[max(0, position - 4) : position]
    return shells and units.norm(position).startswith("reçu") and any(unit.place is not None for unit in near)


def _is_reporting(units: Units, index: int) -> bool:
    """Whether the day is that of a saying: "a indiqué mardi le porte-parole"."""
    for position in units.where.get("scene.said", ()):
        near = index - 3 <= position <= index + 3 and units[position].part == units[index].part
        if near and (position < index or units.norm(index - 1) not in {"dans", "la"}):
            return True
    return False


def weapons_among(subs: frozenset[str]) -> list[Weapon]:
    """The contract's weapons of lexicon classes, the most specific alone: a ballistic missile is no further missile."""
    found = [weapon for weapon in WEAPONS if weapon in subs]
    if "ballistic-missile" in found or "cruise-missile" in found:
        found = [weapon for weapon in found if weapon != "missile"]
    return [weapon for weapon in found if weapon != "bomb"] if "glide-bomb" in found else found


def single_day(mention: DateMention) -> date | None:
    """The one day a mention means, None for weeks and months."""
    return mention.first if mention.precision in {"day", "night"} and mention.first == mention.last else None
