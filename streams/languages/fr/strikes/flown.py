"""Drones, missiles and bombs counted without their noun: it stands before, or in another sentence."""

from typing import cast

from msgspec.structs import replace

from schemas.enumerations import Measure
from streams.languages.fr.strikes.air import OUTCOMES, RATIOS, truly, weapon_ahead
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.heads import Head, weapon_class
from streams.languages.fr.strikes.people import coordinated
from streams.languages.fr.strikes.predicates import Predicate, left_predicate, right_predicate
from streams.languages.fr.strikes.shares import next_place
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

OPENING = frozenset((",", "(", "–", "—", ":"))
LAST = frozenset(("derniers", "dernières", "restants", "restantes"))
COUNTING = frozenset(("nombre", "total", "autant", "chiffre"))
COUNTED_WITHIN = 14
ANNOUNCED = frozenset(
    ("annonce", "annoncent", "revendique", "revendiquent", "compte", "recense", "dénombre", "déclare")
)
# How far a number may stand after the noun that it is apposed to.
APPOSED_WITHIN = 4
# How far the colon may stand behind "engins", and how far behind it what they were.
APART_WITHIN = 9
NOMINAL: dict[str, Measure] = {"impact": "hit", "lâcher": "launched", "largag": "launched", "lancem": "launched"}
RULE = "weapons taken up again"
CLASSES: dict[str, frozenset[str]] = {
    "drone": frozenset(("drone",)),
    "missile": frozenset(("missile", "ballistic-missile", "cruise-missile")),
    "bomb": frozenset(("bomb", "glide-bomb")),
    "air-target": frozenset(("air-target",)),
}


def weapons_again(
    units: Units,
    index: int,
    quantity: Quantity,
    found: list[Found],
    before: list[Found],
    subset: bool,
    weapon: str | None,
) -> Found | None:
    """Weapons counted without their noun: "41 ont été abattus", "en a détruit 12", "45 sur 57".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("L'ennemi a lancé 60 drones ; 41 ont été abattus.")
    [('launched', 'drone', 60), ('shot-down', 'drone', 41)]
    """
    struck = _impacts(units, index, quantity, subset)
    if struck is not None:
        return struck
    told = [figure for figure in (found or before) if figure.sort == "weapon"]
    ahead = weapon_ahead(units, index)
    named = None if told else last_named(units, index)
    known = ahead or (told[-1].of if told else named or weapon)
    if known is None:
        return None
    likewise = _likewise(units, index, quantity, told) or _on_their_way(units, index, quantity, found)
    if likewise is not None:
        return likewise
    some = _some_of_the_next(units, index, quantity, ahead, found, subset) if ahead is not None else None
    if some is not None:
        return some
    active = _first_of_two(units, left_predicate(units, index, family="air"))
    if active is not None and active.sub in OUTCOMES and index - active.index <= (3 if ahead else 2):
        sure = bool(told) or ahead is not None or not units[active.index].has("fate", "cause")
        kinds = {figure.of for figure in told if figure.measure == "launched"}
        of = ahead or ("air-target" if kinds == {"drone", "missile"} else known)
        if sure:
            return Found(RULE, "weapon", cast(Measure, active.sub), index, active.index, index, quantity, of, subset)
    if active is not None and _let_through(units, active.index) and index - active.index <= 2:
        return Found(RULE, "weapon", "hit", index, active.index, index, quantity, known, subset)
    people = named is not None or any(figure.sort == "people" for figure in found or before)
    if not told and ahead is None and people and _is_person_fate(units, index):
        return None
    follows = bool(found) and found[-1].sort == "weapon" and index - found[-1].last <= 3
    if units.norm(index - 1) == "sur" and units.norm(index) in RATIOS:
        return None
    out_of = units.norm(index - 1) == "sur" or (
        index > 0 and units.sentence.text[: units[index].start].endswith(" sur ")
    )
    if follows and out_of:
        return Found("out of so many", "weapon", "launched", index, index, index, quantity, found[-1].of)
    if units.norm(index + 1) in LAST and told and told[-1].share and ahead is None:
        return Found("last of those counted", "weapon", told[-1].measure, index, index, index + 1, quantity, known)
    outcome = right_predicate(units, index, "air", {"shot-down", "lost", "hit"} if ahead else None)
    outcome = truly(units, outcome) if outcome is not None else None
    if outcome is None or quantity.article:
        return _announced(units, index, quantity, told) or _gapped(units, index, quantity, found)
    return Found(RULE, "weapon", cast(Measure, outcome.sub), index, index, outcome.index, quantity, known, subset)


def _some_of_the_next(
    units: Units, index: int, quantity: Quantity, ahead: str, found: list[Found], subset: bool
) -> Found | None:
    """ "Touchée par deux des huit drones", "a abattu 28 drones et neuf des onze missiles": a part of what follows."""
    if units.norm(index - 1) == "par" and units.stands("strike", index - 8, index - 1):
        return Found(RULE, "weapon", "hit", index, index, index, quantity, ahead, subset)
    last = found[-1] if found else None
    if last is None or last.sort != "weapon" or last.measure not in OUTCOMES:
        return None
    if not coordinated(units, last.last, index):
        return None
    rule = "as many of the next"
    return Found(rule, "weapon", last.measure, index, last.first, index, quantity, ahead, subset)


def _likewise(units: Units, index: int, quantity: Quantity, told: list[Found]) -> Found | None:
    """ "162 drones abattus. Cinquante-sept l'ont été au-dessus de Koursk": as those told before them."""
    if not told or quantity.article or units.norm(index + 1) != "l'" or units.norm(index + 3) != "été":
        return None
    place = next_place(units, index + 3)
    shared = place is not None
    return Found(
        "as those before", "weapon", told[-1].measure, index, index, index + 3, quantity, told[-1].of, shared, shared,
        place_unit=place,
    )  # fmt: skip


def _on_their_way(units: Units, index: int, quantity: Quantity, found: list[Found]) -> Found | None:
    """ "96 drones abattus, dont 40 à Briansk et neuf qui se dirigeaient vers Moscou": those too came to the same."""
    last = found[-1] if found else None
    if last is None or not last.share or last.sort != "weapon" or units.norm(index + 1) != "qui" or quantity.article:
        return None
    place = next_place(units, index)
    if place is None:
        return None
    rule = "share of a list"
    return Found(rule, "weapon", last.measure, index, index, index, quantity, last.of, True, True, place_unit=place)


def _first_of_two(units: Units, told: Predicate | None) -> Predicate | None:
    """ "En a intercepté ou brouillé 751": stopped, whichever way."""
    if told is None or told.sub != "lost" or units.norm(told.index - 1) not in {"ou", "et"} or told.index < 2:
        return told
    before = units[told.index - 2]
    return Predicate("shot-down", told.index) if before.sub("air") == "shot-down" else told


def _let_through(units: Units, position: int) -> bool:
    """ "… mais en a laissé passer trois"."""
    return units.norm(position).startswith("laiss") and "hit" in units[position].subs("air")


def _impacts(units: Units, index: int, quantity: Quantity, subset: bool) -> Found | None:
    """ "Dix-sept impacts de drones", "63 lâchers de bombes": as many came down, or were launched."""
    measure = NOMINAL.get(units.norm(index + 1)[:6])
    if measure is None or index + 2 >= len(units) or quantity.article:
        return None
    for position in range(index + 2, min(len(units), index + 4)):
        if units[position].has("weapon"):
            kind = last_named(units, position + 1)
            return Found(RULE, "weapon", measure, index, index, position, quantity, kind, subset) if kind else None
    return None


def _is_person_fate(units: Units, index: int) -> bool:
    """Whether people, rather than the weapons of the sentence before, may be what a number without a noun counts."""
    outcome = right_predicate(units, index, "air", {"shot-down", "lost", "launched"})
    among = 3 if units.norm(index + 2) == "entre" else 0
    return outcome is None or units[outcome.index].has("fate") or outcome.index - index - among > 5


def _announced(units: Units, index: int, quantity: Quantity, told: list[Found]) -> Found | None:
    """ "… pour tout le pays, elle en annonce 83": as many more of what was counted last."""
    if not told or quantity.article or units.norm(index - 2) != "en" or units.norm(index - 1) not in ANNOUNCED:
        return None
    return Found("as many announced", "weapon", told[-1].measure, index, index - 2, index, quantity, told[-1].of)


def _gapped(units: Units, index: int, quantity: Quantity, found: list[Found]) -> Found | None:
    """ "La chasse a abattu onze Shahed, les canonniers sept autres": the verb is not said again."""
    last = found[-1] if found else None
    others = units.norm(index + 1) in {"autres", "autre", "par"}
    if last is None or last.sort != "weapon" or quantity.article or not others or index + 2 >= len(units):
        return None
    if units.norm(index + 1) == "par":
        alike = units.norm(last.last + 1) == "par" and units.norm(index - 1) in {",", "et", ";"}
        return Found(RULE, "weapon", last.measure, index, index, index, quantity, last.of) if alike else None
    ends = units[index + 2].kind == "sign" and units[index].part == units[last.number].part + 1
    return Found(RULE, "weapon", last.measure, index, index, index + 1, quantity, last.of) if ends else None


def apposed(units: Units, index: int, quantity: Quantity) -> Found | None:
    """A number set after its noun: "tous ces engins, 44 selon Moscou, ont été anéantis", "des drones, treize, abattus".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Les missiles russes, onze au total, ont été interceptés.")
    [('shot-down', 'missile', 11)]
    """
    if units.norm(index - 1) not in OPENING or quantity.article or quantity.ordinal or not units.tells("weapon"):
        return None
    kind = None
    for position in range(index - 2, max(-1, index - 2 - APPOSED_WITHIN), -1):
        if units[position].has("weapon"):
            kind = last_named(units, position + 1) or ("drone" if units[position].has("weapon.drone-like") else None)
            break
        if not units[position].has("adjective") and units[position].place is None:
            return None
    if kind is None or any(units[i].quantity is not None for i in range(max(0, position - 2), position)):
        return None
    closing = next((i for i in range(index + 1, min(len(units), index + 7)) if units[i].kind == "sign"), None)
    if closing is None:
        return None
    for after in range(closing + 1, min(len(units), closing + 6)):
        sub = units[after].sub("air")
        if sub is not None:
            return Found(
                "number after its weapon", "weapon", cast(Measure, sub), index, position, after, quantity, kind
            )
        if units[after].quantity is not None or units[after].kind == "sign":
            return None
    return None


def tallied(units: Units, index: int, quantity: Quantity) -> Found | None:
    """A number told of its weapons by a verb: "le nombre de Shahed abattus atteint 31", "jamais autant … : 540".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Le nombre de drones abattus est passé à 44.")
    [('shot-down', 'drone', 44)]
    """
    if quantity.article or quantity.ordinal or not units.stands("weapon", index - COUNTED_WITHIN, index - 1):
        return None
    for position in range(index - 1, max(-1, index - 1 - COUNTED_WITHIN), -1):
        unit = units[position]
        if unit.quantity is not None or unit.norm in {";", ".", "("}:
            return None
        if unit.norm in COUNTING and units.norm(position + 1) in {"de", "d'", "des"}:
            kind = last_named(units, index)
            subs = [sub for i in range(position + 1, index) if (sub := units[i].sub("air")) is not None]
            if kind is None or not subs:
                return None
            told = next((sub for sub in subs if sub in OUTCOMES), subs[0])
            rule, measure = "number told of weapons", cast(Measure, told)
            return Found(rule, "weapon", measure, index, position, index, quantity, kind)
    return None


def kind_of(units: Units, figure: Found, head: Head, weapon: str | None) -> Found:
    """The figure with the weapon that an "engin" or an "appareil" stands for: the last one named, else a drone.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Six missiles ont visé le port et quatre engins ont été interceptés.")
    [('launched', 'missile', 6), ('shot-down', 'missile', 4)]
    """
    if figure.sort != "weapon" or units[head.last].subs("weapon") != frozenset(("drone-like",)):
        return figure
    if _of_both_kinds(units, head.last) or _told_apart(units, head.last):
        return replace(figure, of="air-target")
    if {"drone", "missile"} <= _classes_before(units, figure.number):
        return replace(figure, of="air-target")
    named = last_named(units, figure.number) or weapon
    return replace(figure, of=named) if named in {"missile", "bomb"} else figure


def _classes_before(units: Units, index: int) -> set[str | None]:
    """The classes of the weapons named before a number: of both the "88 engins" are that follow."""
    return {weapon_class(units[position]) for position in units.where.get("weapon", ()) if position < index}


def _of_both_kinds(units: Units, last: int) -> bool:
    """ "823 engins, dont 810 drones": some are drones, others are not."""
    if units.norm(last + 1) != "," or not units.stands("subset", last + 2, last + 2):
        return False
    counted = [position for position in units.numbers if last + 2 < position <= last + 4]
    return bool(counted) and units.stands("weapon", counted[0] + 1, counted[0] + 1)


def _told_apart(units: Units, last: int) -> bool:
    """ "103 engins abattus : 2 missiles et 101 drones": a colon opens what they were."""
    colon = next((i for i in range(last + 1, min(len(units), last + APART_WITHIN)) if units.norm(i) == ":"), None)
    if colon is None:
        return False
    behind = (i for i in units.where.get("weapon", ()) if colon < i < colon + APART_WITHIN)
    return {weapon_class(units[position]) for position in behind} >= {"drone", "missile"}


def last_named(units: Units, index: int) -> str | None:
    """The class of the weapon named last before `index` in the sentence; None where there is none."""
    for position in reversed(units.where.get("weapon", ())):
        if position < index:
            subs = units[position].subs("weapon")
            for kind, classes in CLASSES.items():
                if subs & classes:
                    return kind
    return None
