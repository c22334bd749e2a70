"""Whether a place is the subject of what befell it: "Kherson a été bombardée", "L'Ukraine a essuyé 210 drones"."""

from streams.languages.fr.strikes.units import Units

OF = frozenset(("de", "d'", "du", "des"))
ENDURED = frozenset(("essuyé", "essuie", "enduré", "endure", "subi", "subit", "encaissé", "encaisse"))
SAW = frozenset(("venir", "passer", "arriver", "fondre", "déferler", "tomber", "entrer"))
REACH = 6


def endures(units: Units, index: int) -> bool:
    """ "L'Ukraine a essuyé 210 drones", "Okhtyrka a vu passer", "Sloviansk a perdu six des siens"."""
    if not units.stands("aux", index + 1, index + 1):
        return units.norm(index + 1) in ENDURED
    verb = index + 2
    while units.norm(verb) in {"encore", "aussi", "de", "nouveau", "ainsi", "également", "déjà", "elle", "seule"}:
        verb += 1
    if units.norm(verb) == "vu":
        return units.norm(verb + 1) in SAW
    if units.norm(verb) == "reçu":
        return units.stands("weapon", verb + 1, verb + REACH)
    if units.norm(verb).startswith("perdu"):
        following = {units.norm(position) for position in range(verb + 1, verb + REACH)}
        return bool(following & {"siens", "habitants", "enfants", "concitoyens"}) or units.norm(verb) == "perdu la vie"
    return units.norm(verb) in ENDURED


def suffers(units: Units, index: int) -> bool:
    """Whether the place is the subject of what befell it: "Kherson a été bombardée", "Odessa a enduré"."""
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
