"""Who launched the weapons a sentence counts."""

from schemas.records import Place
from streams.languages.fr.strikes.units import Units

ADJECTIVES = {
    **dict.fromkeys(("ukrainien", "ukrainiens", "ukrainienne", "ukrainiennes"), "UA"),
    **dict.fromkeys(("russe", "russes", "ennemi", "ennemis", "ennemie", "ennemies"), "RU"),
}
AIMED = frozenset(("contre", "sur", "vers", "visant", "au-dessus", "atteint", "visé", "frappé"))
# Past these an adjective belongs to what was struck or to who shot them down, no more to the weapon.
BEYOND = AIMED | {"par", "dans", "au", "aux", "à", "depuis", "près", "abattus", "interceptés", "détruits"}
FROM = frozenset(
    ("depuis", "partis", "partie", "parties", "parti", "tirés", "tiré", "lancés", "décollé", "venus", "venue")
)
LEADING = frozenset(
    ("la", "le", "l'", "région", "de", "d'", "du", "des", "territoire", "base", "aérodrome", "ville", "mer")
)
CAPITALS = {"Kyiv": "UA", "Moscou": "RU"}
OTHER = {"UA": "RU", "RU": "UA"}
HELD_BY_RUSSIA = "Crimée"
# Regions of Ukraine that both sides hold parts of: from there either may have launched.
CONTESTED = frozenset(("Donetsk", "Louhansk", "Zaporijjia", "Kherson"))
NO_ACTOR = frozenset(("selon", "d'après", "d'", "de", "en", "dans", "à", "sur", "contre", "vers"))
# "Kiev sous un déluge de drones": whom they fell upon.
UNDER = frozenset(("sous", "visé", "visée", "victime", "cible", "face", "touché", "touchée"))
PASSIVE = frozenset(("été", "sont", "tous", "toutes", "seraient", "étaient"))
QUOTATION = frozenset(("«", "»", '"'))
FAR = 25
NEAR = 9
ACTING_WITHIN = 12


def holder(place: Place) -> str | None:
    """ISO country whose forces hold a place, so that the other side strikes it; None outside both countries."""
    if place.country == "UA" and HELD_BY_RUSSIA in (place.region, place.canonical):
        return "RU"
    return place.country if place.country in OTHER else None


def launcher(units: Units, number: int | None) -> str | None:
    """ISO country whose weapons they are: by the adjective beside the number, else by who launches or shoots down.

    None where nothing says it. Without a number, by who attacks in the sentence.
    """
    if number is not None:
        for unit in units.units[number + 1 : number + 7]:
            if (unit.kind == "sign" and unit.norm not in QUOTATION) or unit.norm in BEYOND:
                break
            if unit.kind == "word" and unit.norm in ADJECTIVES:
                return ADJECTIVES[unit.norm]
        made = _made(units, number + 1, number + 7)
        if made is not None:
            return made
        told = _launched_by(units, number) or _launched_from(units, number) or _done_by(units, number)
        if told is not None:
            return told
    told = owner(units, number) or _aiming(units, number) or _acting(units) or _over(units, number)
    return told or (_made(units, 0, len(units)) if number is None else None)


def _made(units: Units, first: int, end: int) -> str | None:
    """ "Quatre missiles Storm Shadow": the side that alone flies such, by the weapons named in one segment."""
    for position in units.where.get("maker", ()):
        struck = position and units[position - 1].has("thing")  # "deux lanceurs Himars ont brûlé"
        if first <= position < end and not struck and units[position].segment == units[first].segment:
            return "UA" if units[position].has("maker.ukrainian") else "RU"
    return None


def _launched_by(units: Units, number: int) -> str | None:
    """ "Lancés par la Russie": the nation named as who launched them."""
    for position in units.where.get("air.launched", ()):
        launched = abs(position - number) < NEAR and units[position].sub("air") == "launched"
        if launched and units.norm(position + 1) == "par":
            for near in range(position + 2, min(len(units), position + 5)):
                nation = _nation(units, near)
                if nation is not None:
                    return nation
    return None


def _launched_from(units: Units, number: int) -> str | None:
    """ "44 drones partis de la région de Soumy", "lancés depuis Koursk": the side that holds where they came from."""
    for position in units.named:
        mention = units[position].place
        if mention is None or not number < position <= number + FAR:
            continue
        opening = position - 1
        while opening > number and units.norm(opening) in LEADING:
            opening -= 1
        unit = units[opening]
        words = units.sentence.text[unit.start : unit.end]
        left = unit.norm in FROM and units.norm(opening + 1) in {"de", "d'", "du", "des", "depuis"}
        if left or unit.norm == "depuis" or (unit.norm in FROM and words.endswith((" depuis", " de"))):
            side = holder(mention.place)
            held = not CONTESTED.intersection((mention.place.region, mention.place.canonical))
            return side if side != "UA" or held else None
    return None


def _done_by(units: Units, number: int) -> str | None:
    """By the nation before the verb that the number hangs on: who launched them, or who shot the other's down."""
    segment = units[number].segment
    near = [
        position
        for position in units.where.get("air", ())
        if units[position].segment == segment and abs(position - number) <= ACTING_WITHIN
    ]
    if not near:
        return None
    verb = min(near, key=lambda position: abs(position - number))
    struck = units[verb].has("air.hit") and not _destroys(units, verb)
    if struck or not units[verb].has("air.launched", "air.shot-down"):
        return None
    if any(units.norm(i) in PASSIVE for i in range(max(0, verb - 3), verb)):
        return None
    # Of weapons told before their verb the subject stands between them: "neuf drones que Kyiv a lancés".
    opening = number if verb > number and units[verb].sub("air") == "launched" else max(-1, verb - ACTING_WITHIN)
    for position in range(verb - 1, opening, -1):
        if units[position].segment != segment:
            return None
        nation = _nation(units, position)
        near_by = max(0, position - 5, number + 1 if number < position else 0)
        if nation is None or any(units.norm(i) in AIMED for i in range(near_by, position)):
            continue
        if position and units[position - 1].has("weapon"):
            return nation
        if any(units.norm(i) == "par" for i in range(max(0, position - 3), position)):
            return None
        return OTHER[nation] if units[verb].has("air.shot-down") else nation
    return None


def _destroys(units: Units, position: int) -> bool:
    """ "Détruit" is said of weapons in the air, though it is of what weapons hit as well."""
    return units.norm(position).startswith("détrui")


def _aiming(units: Units, number: int | None) -> str | None:
    """The other country than that which the sentence says they were aimed at or flew over: "contre l'Ukraine"."""
    for position in units.named:
        mention = units[position].place
        if mention is None or position < 2:
            continue
        country = mention.place.precision == "country"
        if not country and (number is None or units[position].segment != units[number].segment):
            continue
        reach = 2 if country else 5
        if any(_aims(units, i) for i in range(max(0, position - reach), position)):
            aimed = _nation(units, position) if country else holder(mention.place)
            if aimed is not None:
                return OTHER[aimed]
    return None


def _aims(units: Units, position: int) -> bool:
    """Whether the word, or the last of a phrase, says at what: "sur", "tirés sur"."""
    unit = units[position]
    return unit.norm in AIMED or units.sentence.text[unit.start : unit.end].rpartition(" ")[2].lower() in AIMED


def _over(units: Units, number: int | None) -> str | None:
    """By the places of the sentence, where one side holds them all: there the other's weapons come down."""
    if number is None or any(unit.norm in FROM for unit in units.units):
        return None
    places = [
        mention.place
        for position in units.named
        if (mention := units[position].place) is not None and units.norm(position - 1) != "par"
    ]
    holders = {side for place in places if place.precision != "country" and (side := holder(place)) is not None}
    return OTHER[holders.pop()] if len(holders) == 1 else None


def _acting(units: Units) -> str | None:
    """The first nation that the sentence names, or the other one, by whether it tells of launching or shooting down."""
    launched = "air.launched" in units.where
    shot_down = any(
        units[position].sub("air") == "shot-down" or _destroys(units, position)
        for position in units.where.get("air.shot-down", ())
    )
    if launched == shot_down:
        return None
    for position in range(len(units)):
        suffers = units.norm(position - 1) in NO_ACTOR or units.norm(position + 1) in UNDER
        actor = None if suffers else _nation(units, position)
        if actor is not None and position and units[position - 1].has("thing.aircraft", "thing.helicopter"):
            return actor if shot_down else OTHER[actor]  # "deux avions russes": they owned what was shot down
        if actor is not None:
            return OTHER[actor] if shot_down else actor
    return None


def owner(units: Units, number: int | None = None) -> str | None:
    """The country whose adjective stands beside a weapon or a strike: "une frappe ukrainienne"; or None."""
    for position in sorted({*units.where.get("weapon", ()), *units.where.get("strike.noun", ())}):
        if number is not None and abs(position - number) > FAR:
            continue
        for near in units.units[position + 1 : position + 3]:
            if near.norm in ADJECTIVES and near.part == units[position].part:
                return ADJECTIVES[near.norm]
    return None


def _nation(units: Units, position: int) -> str | None:
    unit = units[position]
    if unit.place is not None:
        place = unit.place.place
        if place.precision == "country":
            return place.country if place.country in OTHER else None
        return CAPITALS.get(place.canonical or "")
    if not unit.keys:
        return None
    return "UA" if "scene.ukrainian" in unit.keys else ("RU" if "scene.russian" in unit.keys else None)
