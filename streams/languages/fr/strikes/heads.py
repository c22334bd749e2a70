"""The noun that a number counts: the first noun of the strike lexicon in its noun phrase."""

from msgspec import Struct

from streams.languages.fr.strikes.human import is_human
from streams.languages.fr.strikes.units import Unit, Units

FAMILIES = ("victim", "attack", "weapon", "person", "thing")
OPEN = frozenset(("de", "d'"))
THEIRS = frozenset(("leur", "leurs"))
# fmt: off
STOPS = frozenset((
    "au-dessus", "dessus", "au-delà", "outre",
    "à", "au", "aux", "dans", "sur", "en", "par", "pour", "avec", "contre", "après", "depuis", "vers",
    "près", "dont", "parmi", "entre", "et", "ou", "mais", "qui", "que", "qu'", "il", "elle", "ils",
    "elles", "y", "se", "s'", "n'", "ne", "on", "lors", "chez", "sous", "sans", "selon", "comme",
    "lorsque", "quand", "alors", "le", "la", "les", "l'", "du", "ce", "cette", "ces", "leur", "leurs",
    "autour", "avant", "pendant", "durant", "devant", "lui", "où", "puis", "soit", "chacun", "chacune",
    "des",
))
# fmt: on
OF_SERVICE = frozenset(("de", "du", "des", "d'"))
SERVICES = {
    "police": "police",
    "gendarmerie": "police",
    "sapeurs": "rescuer",
    "sapeurs-pompiers": "rescuer",
    "secours": "rescuer",
    "feu": "rescuer",
}
QUOTATION = frozenset(("«", "»", '"', "“", "”"))
OUTCOMES = frozenset(("fate", "air", "harm"))
UNKNOWN_WORDS = 2
REACH = 8


class Head(Struct, gc=False):
    """What a number counts: `family` "victim", "person", "weapon", "attack", "thing", or "none" for another noun.

    `sub` is the family's measure or kind; `of` what is counted as the contract names it; `last` the unit it ends at.
    A noun that only its ending makes a person is not `sure`.
    """

    family: str
    sub: str
    of: str | None
    last: int
    sure: bool = True


def head_of(units: Units, index: int) -> Head | None:
    """The head of the number at `index`; None where the number stands alone ("neuf ont été tués")."""
    unknown = 0
    position = index
    for unit in units.units[index + 1 : index + 1 + REACH]:
        position += 1
        if unit.kind != "word":
            if unit.kind == "sign" and unit.norm in QUOTATION:
                continue
            break
        keys = unit.keys
        if unit.norm in THEIRS and units.norm(position - 1) in OPEN:
            continue
        if unit.norm in STOPS or "aux" in keys:
            break
        if unit.norm in OPEN:
            if unknown:
                break
            continue
        if "adjective" in keys or (not keys and unit.norm.endswith("ment")):
            continue
        head = _head_at(units, position, unit)
        if head is not None:
            return head
        if not unknown and not keys.isdisjoint(OUTCOMES):
            return None
        unknown += 1
        if unknown > UNKNOWN_WORDS:
            break
    else:
        position += 1
    return Head("none", "", None, position - 1) if unknown else None


def _head_at(units: Units, position: int, unit: Unit) -> Head | None:
    for family in FAMILIES if unit.tags else ():
        sub = unit.sub(family)
        if sub is None:
            continue
        if family == "victim":
            return Head(family, sub, _qualified(units, position), _np_end(units, position))
        if family == "person":
            sub = trade_of(units, position, unit, sub)
            return Head(family, sub, None if sub in {"any", "couple"} else sub, position)
        if family == "weapon":
            return _weapon_head(units, position) if weapon_class(unit) else None
        if family == "attack":
            return Head(family, sub, None, position)
        return Head(family, sub, sub, position)
    return Head("person", "any", None, position, sure=False) if is_human(unit) else None


def trade_of(units: Units, position: int, unit: Unit, sub: str) -> str:
    """What people are in context: "un sergent des pompiers", "soignants ou patients", "mineurs de fond"."""
    if sub == "child" and unit.norm in {"mineur", "mineurs"} and units.tells("pit"):
        return "any"
    if sub == "man" and units.norm(position - 1) in {"ses", "leurs"}:
        return "any"
    following = units.norm(position + 1)
    if following == "ou" and position + 2 < len(units) and is_human(units[position + 2]):
        return sub if units[position + 2].sub("person") == sub else "any"
    if sub == "soldier" and following in OF_SERVICE:
        for later in range(position + 2, min(len(units), position + 4)):
            service = SERVICES.get(units.norm(later)) or units[later].sub("person")
            if service in {"rescuer", "police"}:
                return service
    return sub


def _qualified(units: Units, position: int) -> str | None:
    """ "Cinq morts civils", "11 blessés civils"."""
    following = units[position + 1] if position + 1 < len(units) else None
    return "civilian" if following is not None and following.sub("person") == "civilian" else None


def _np_end(units: Units, position: int) -> int:
    following = units[position + 1] if position + 1 < len(units) else None
    return position + 1 if following is not None and following.sub("person") == "civilian" else position


def _weapon_head(units: Units, position: int) -> Head:
    """Drones, missiles, bombs; "drones et missiles" together are air targets."""
    of, last = weapon_class(units[position]), position
    tail = position + 1
    while (
        tail < len(units)
        and tail <= position + 4
        and (units[tail].has("weapon", "adjective") or units.norm(tail) in {"de", "type", "à"})
    ):
        if units[tail].has("weapon"):
            last = tail
        tail += 1
    if units.norm(last + 1) == "et" and last + 2 < len(units) and units[last + 2].has("weapon"):
        second = weapon_class(units[last + 2])
        if {of, second} == {"drone", "missile"}:
            return Head("weapon", "air-target", "air-target", last + 2)
    return Head("weapon", of or "", of, last)


def weapon_class(unit: Unit) -> str | None:
    """What the contract counts a weapon word as: `drone`, `missile` or `bomb`; None for guns and the rest."""
    subs = unit.subs("weapon")
    if "drone" in subs or "drone-like" in subs:
        return "drone"
    if subs & {"missile", "ballistic-missile", "cruise-missile"}:
        return "missile"
    if subs & {"glide-bomb", "bomb"}:
        return "bomb"
    return "air-target" if "air-target" in subs else None
