"""Shares of what was counted, each with its own place: lines of a list, "la plus touchée avec 92 000"."""

from msgspec.structs import replace

from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

DASHES = frozenset(("-", "–", "—", ":"))
LOCATING = frozenset(("au-dessus", "à", "au", "en", "dans", "sur", "près", "pour"))
OPENING = frozenset(("dont", "et", "•", "*", "·", "⇒", ",", *DASHES))
REGIONAL = frozenset(("la", "le", "l'", "région", "oblast", "kraï", "république", "de", "d'", "du", "celle", "celui"))
REACH = 10


def shared_out(units: Units) -> bool:
    """Whether the sentence gives a place its share, so that what was counted in another paragraph is still spoken of.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Ont été abattus 44 drones. Toula – 31 ; Riazan – 13.")
    [('shot-down', 'drone', 44), ('shot-down', 'drone', 31), ('shot-down', 'drone', 13)]
    """
    return bool(units.named) and any(_place_of(units, index) is not None for index in units.numbers)


def share_of(units: Units, index: int, quantity: Quantity, counted: list[Found]) -> Found | None:
    """The number as a place's share of the last weapons or things counted that are as many; None where it is none."""
    if quantity.article or quantity.ordinal or not counted:
        return None
    for whole in reversed(counted):
        if whole.sort in {"weapon", "thing"} and (whole.share or value_of(whole) >= quantity.value):
            place = _place_of(units, index)
            if place is None:
                return None
            rule = "share of a place"
            return Found(
                rule, whole.sort, whole.measure, index, index, index, quantity, whole.of, share=True, place_unit=place
            )
    return None


def _place_of(units: Units, index: int) -> int | None:
    """The unit of the place whose share a number without a noun is: it opens the line, ends it, or follows "avec"."""
    following = units.norm(index + 1)
    ends = index + 1 >= len(units) or units[index + 1].kind == "sign"
    if all(unit.norm in OPENING or unit.kind == "sign" for unit in units.units[:index]) and (
        following in DASHES or following in LOCATING
    ):
        return next_place(units, index)
    if not ends or index < 2:
        return None
    before = units.norm(index - 1)
    if before in DASHES and units[index - 2].place is not None and _heads(units, index - 2):
        return index - 2
    return _subject(units, index) if before == "avec" else None


def next_place(units: Units, index: int) -> int | None:
    """The unit of the place that follows a number before anything else that happened; None where none does."""
    for position in range(index + 2, min(len(units), index + REACH)):
        unit = units[position]
        if unit.place is not None or "capital" in unit.keys:
            return position
        if unit.kind == "sign" or unit.has("aux", "fate", "harm", "victim") or unit.quantity is not None:
            return None
    return None


def _heads(units: Units, place: int) -> bool:
    """Whether nothing stands before the place in its segment but words of its region."""
    for position in range(place - 1, -1, -1):
        unit = units[position]
        if unit.kind == "sign" or unit.quantity is not None:
            return True
        if unit.norm not in REGIONAL:
            return False
    return True


def _subject(units: Units, index: int) -> int | None:
    """ "Soumy arrive en tête, avec 92 000": the place told last, in this part of the sentence or the one before."""
    start = index - 2 - (units.norm(index - 2) == ",")
    for position in range(start, max(-1, index - REACH - 1), -1):
        unit = units[position]
        if unit.part != units[start].part or unit.quantity is not None:
            return None
        if unit.place is not None:
            return position if unit.place.place.precision != "country" else None
    return None


def in_brackets(units: Units, index: int) -> bool:
    return (
        units.norm(index - 1) == "("
        and index >= 2
        and units[index - 2].place is not None
        and any(units.norm(i) == ")" for i in range(index + 1, min(len(units), index + 3)))
    )


def bracketed_pair(units: Units, figure: Found) -> list[Found]:
    """ "Toula et Riazan (6 chacune)": the figure once more for each place named before the bracket."""
    if figure.rule != "number in brackets" or units.norm(figure.number + 1) not in {"chacun", "chacune"}:
        return []
    pairs = []
    position = figure.number - 3
    while position > 0 and units.norm(position) in {"et", ","} and units[position - 1].place is not None:
        pairs.append(replace(figure, place_unit=position - 1))
        position -= 2
    return pairs
