"""What a number of weapons came to where no verb of its own says it: "la cible de 40 drones", "une attaque de 90"."""

from schemas.enumerations import Measure
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.units import Units

AIMED_BY = ("attaqu", "mené", "visé", "ciblé", "assailli", "survol", "lancé", "conduit", "approch")
NIGHTLY = frozenset(("nuit", "matinée", "soirée", "journée", "heures"))
ADJECTIVES_WITHIN = 4
MAIN_WITHIN = 16


def unsaid(units: Units, index: int, head: Head) -> Measure | None:
    """What is meant where no verb says it: "frappé par deux drones", "210 drones, dont 187 interceptés"."""
    before = units.norm(index - 1)
    if before == "par":
        if _aimed(units, index):
            return "launched"
        struck = units.stands("strike", index - 8, index - 1) or units.stands("harm", index - 8, index - 1)
        return "hit" if struck else None
    if _partly_outcome(units, head.last):
        return "launched"
    if units.norm(head.last + 1) == "sur" and number_before(units, head.last + 2):
        return None
    following = [unit.norm for unit in units.units[head.last + 1 : head.last + 4]]
    opening = index < 2 or before in {":", "de", "d'"}
    if _target_of(units, index):
        return "launched"
    if opening and ("sur" in following or "contre" in following):
        return "launched"
    heading = index < 2 or (index == 2 and before == ":")
    return "launched" if heading and _is_headline_of_a_night(units, head) else None


def _aimed(units: Units, index: int) -> bool:
    """ "Visée mercredi matin, jour de Noël, par 70 missiles": the verb before says at whom, not what they hit."""
    for position in range(index - 2, max(-1, index - MAIN_WITHIN), -1):
        unit = units[position]
        if unit.segment != units[index].segment or unit.has("subset"):
            return False
        if unit.norm.startswith(AIMED_BY):
            return True
        if unit.has("strike", "harm", "air"):
            return False
    return False


def of_an_attack(units: Units, index: int) -> bool:
    """ "Une attaque massive de 470 drones", "un raid de neuf missiles": all that it was made with."""
    if units.norm(index - 1) not in {"de", "d'"}:
        return False
    for position in range(index - 2, max(-1, index - 2 - ADJECTIVES_WITHIN), -1):
        unit = units[position]
        if unit.has("attack.count"):
            return True
        if unit.kind != "word" or unit.has("aux", "air", "weapon", "scene.site_before"):
            return False
    return False


def struck_with(units: Units, index: int) -> bool:
    """ "A frappé l'Ukraine dans la nuit de mercredi à jeudi avec 70 missiles": a strike in the segment before."""
    return any(
        position < index and units[position].segment == units[index].segment
        for position in units.where.get("strike", ())
    )


def _target_of(units: Units, index: int) -> bool:
    """ "A été la cible de quatre bombes"."""
    if index < 1 or not units.tells("strike"):
        return False
    opening = index - 2
    while opening > 0 and (units[opening].kind == "day" or units.norm(opening) in {"dans", "cette", *NIGHTLY, "la"}):
        opening -= 1
    if opening < index - 2 and units.norm(index - 1) in {"de", "d'"}:
        return units.norm(opening) == "cible"  # "la cible dans la nuit de 90 drones"
    words = units.sentence.text[units[max(0, index - 2)].start : units[index - 1].end].lower()
    return words.endswith(("cible de", "cible d'", "cible d’", "feu de", "proie à"))


def _is_headline_of_a_night(units: Units, head: Head) -> bool:
    """ "Soixante drones dans la nuit": a headline without a verb that names the time alone."""
    if units.sentence.section == "body" or units.tells("aux", "spoken_of") or len(units) > head.last + 8:
        return False
    return any(unit.norm in NIGHTLY or unit.day is not None for unit in units.units[head.last + 1 :])


def _partly_outcome(units: Units, last: int) -> bool:
    """ "210 drones en une nuit, dont 187 interceptés": what some came to says that all were launched."""
    for position in range(last + 1, min(len(units), last + 8)):
        if units[position].has("subset"):
            following = units.units[position + 1 : position + 5]
            counted = any(unit.quantity is not None for unit in following)
            return counted and any(unit.sub("air") in {"shot-down", "lost"} for unit in following)
        if units[position].has("aux", "air") or units[position].norm in {";", ":", "."}:
            return False
    return False


def on_a_country(units: Units, verb: int) -> bool:
    near = (units[position].place for position in units.named if verb < position <= verb + 3)
    return any(mention is not None and mention.place.precision == "country" for mention in near)


def number_before(units: Units, position: int) -> bool:
    near = (units[i].quantity for i in range(max(0, position - 2), position + 1))
    return any(quantity is not None and not quantity.ordinal for quantity in near)
