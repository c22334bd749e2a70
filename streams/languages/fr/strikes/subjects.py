"""Fates that a verb tells by who its subject is: a hospital that admits people, a town that loses some of its own."""

from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

ADMITTING = frozenset(
    ("admis", "accueilli", "accueille", "accueillent", "accueillait", "accueillaient", "reçu", "reçoit")
)
LOSING = frozenset(("perdu", "perd", "perdent", "perdait", "perdirent", "perdit"))
TAKEN_IN = ("pris en charge", "prend en charge", "prennent en charge")
THEIRS = frozenset(("siens", "leurs", "ses", "nos", "nôtres"))
BETWEEN = frozenset(
    ("déjà", "à", "ce", "jour", "aussi", "également", "hier", "matin", "soir", "au", "total", ",", "depuis")
)
REACH = 5
SUBJECT_REACH = 9


def told_by_their_subject(units: Units, index: int, quantity: Quantity, head: Head | None) -> Found | None:
    """People whom a hospital takes in, or whom a place, a school or a family has lost of its own.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Le village a perdu neuf des siens ; la clinique a admis quatre adultes.")
    [('killed', None, 9), ('hospitalised', 'adult', 4)]
    """
    ours = units.norm(index + 1) in {"de", "des"} or units.norm(index - 2) == "avons"
    verb = _verb(units, index) if ours or units.tells("thing.hospital") else None
    if verb is None:
        return None
    if units.norm(verb) in LOSING:
        own = units.norm(index + 1) in {"de", "des"} and units.norm(index + 2) in THEIRS
        own = own or (units.norm(verb - 1) == "avons" and head is not None and head.sure)
        if (
            not own
            or units.tells("soldierly")
            or (head is not None and (head.family != "person" or head.of == "soldier"))
        ):
            return None
        end = index + 2 if head is None else head.last
        return Found("lost of their own", "people", "killed", index, verb, end, quantity)
    if head is None or head.family != "person" or not units.stands("thing.hospital", verb - SUBJECT_REACH, verb - 1):
        return None
    of = None if quantity.article else head.of
    return Found("admitted to hospital", "people", "hospitalised", index, verb, head.last, quantity, of)


def _verb(units: Units, index: int) -> int | None:
    """The active verb of taking in or losing right before the number."""
    for position in range(index - 1, max(-1, index - REACH), -1):
        unit = units[position]
        taken = unit.norm in {"pris", "prend", "prennent"} and _words(units, position).startswith(TAKEN_IN)
        if taken or unit.norm in ADMITTING or unit.norm in LOSING:
            before = {units.norm(i) for i in range(max(0, position - 4), position)}
            return None if before & {"été", "être", "sont", "est", "étaient"} else position
        if unit.kind != "day" and unit.norm not in BETWEEN:
            return None
    return None


def _words(units: Units, position: int) -> str:
    return units.sentence.text[units[position].start : units[position].end].lower()
