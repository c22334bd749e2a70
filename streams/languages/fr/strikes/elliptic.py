"""Numbers without a noun of their own: they take up the figure before them."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.flown import apposed, tallied, weapons_again
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.labels import Label, label_of
from streams.languages.fr.strikes.predicates import Predicate, finite, left_predicate, right_predicate
from streams.languages.fr.strikes.pulled import NOT_GROWN, not_grown
from streams.languages.fr.strikes.shares import in_brackets, next_place, share_of
from streams.languages.fr.strikes.single import place_follows
from streams.languages.fr.strikes.things import things_again
from streams.languages.fr.strikes.together import is_plural
from streams.languages.fr.strikes.turns import in_turn
from streams.languages.fr.strikes.units import Units
from streams.languages.fr.strikes.victims import INHERITED
from streams.languages.pack import Quantity

LISTING = frozenset((":", ",", "et", "(", ";", "dont"))
UNCOUNTED = frozenset(("les", "des", "ses", "leurs", "aux", "ces"))
OF_THEM = frozenset(("d'", "entre", "eux", "elles"))
LOCATING = frozenset(("à", "au", "aux", "en", "dans", "sur", "près", "chez", "vers", "dessus", "au-dessus", "autour"))


def elliptic(
    units: Units,
    index: int,
    quantity: Quantity,
    found: list[Found],
    before: list[Found],
    subset: bool,
    weapon: str | None = None,
) -> Found | None:
    """A number without a noun takes its noun from the figure before it, its verb from its own clause.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Six civils ont péri et neuf ont été blessés.")
    [('killed', 'civilian', 6), ('injured', 'civilian', 9)]
    """
    paired = in_turn(units, index, quantity, found, before)
    if paired is not None:
        return paired
    last = found[-1] if found else (before[-1] if before else None)
    shared = share_of(units, index, quantity, found or before)
    if shared is not None:
        return shared
    label = label_of(units, index) if not quantity.article else None
    if label is not None:
        return _labelled(units, index, quantity, label, last, weapon)
    whole = next((figure for figure in reversed(found or before) if not figure.subset), last)
    if in_brackets(units, index) and last is not None and found and last.sort in {"weapon", "people", "thing"}:
        rule = "number in brackets"
        return Found(rule, last.sort, last.measure, index, index, index, quantity, last.of, place_unit=index - 2)
    flown = (
        apposed(units, index, quantity)
        or tallied(units, index, quantity)
        or weapons_again(units, index, quantity, found, before, subset, weapon)
    )
    if flown is not None:
        return flown
    return (
        things_again(units, index, quantity, last, subset)
        or _people_again(units, index, quantity, last if subset else whole, subset)
        or _part(units, index, quantity, last, found, subset)
    )


def _labelled(
    units: Units, index: int, quantity: Quantity, label: Label, last: Found | None, weapon: str | None
) -> Found | None:
    """A number after its noun: people by "blessés", weapons by "abattus", things by "détruites" of those before."""
    rule, first = "noun before its number", label.index
    if label.family == "victim":
        civil = any(units.norm(i).startswith("civil") for i in range(first + 1, index)) or _says_civil(units, first)
        of = "civilian" if civil else None
        return Found(rule, "people", cast(Measure, label.sub), index, first, index, quantity, of)
    if label.family == "air" and (weapon is not None or (last is not None and last.sort == "weapon")):
        of = last.of if last is not None and last.sort == "weapon" else weapon
        return Found(rule, "weapon", cast(Measure, label.sub), index, first, index, quantity, of)
    if label.family == "harm" and last is not None and last.sort == "thing":
        return Found(rule, "thing", cast(Measure, label.sub), index, first, index, quantity, last.of)
    return None


def _says_civil(units: Units, label: int) -> bool:
    """Whether the phrase before the number speaks of civilians: "le nombre de victimes civiles"."""
    return " civil" in units.sentence.text[units[label].start : units[label].end]


def _people_again(units: Units, index: int, quantity: Quantity, last: Found | None, subset: bool) -> Found | None:
    """People counted without their noun: "neuf ont été blessés", "en a blessé sept", "un autre est mort".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("L'obus a tué deux femmes et en a blessé sept.")
    [('killed', 'woman', 2), ('injured', None, 7)]
    """
    if units.norm(index - 1) == "sur" and index >= 3 and _counted_before(units, index - 2):
        return None  # "six réservoirs sur neuf ont brûlé"
    if index >= 2 and units.norm(index - 1) in {"de", "d'"} and units[index - 2].sub("victim") == "body":
        found = last is not None and last.sort == "people"
        return Found("bodies", "people", "killed", index, index - 2, index, quantity) if found else None
    some = units.norm(index + 1) == "des" and index + 3 < len(units) and units[index + 2].quantity is not None
    if some and units[index + 3].has("victim"):
        told = right_predicate(units, index + 3, "fate")
        if told is None or not units.stands("aux", index + 4, told.index):
            return None
        measure = cast(Measure, told.sub)
        return Found("some of the victims told", "people", measure, index, index, told.index, quantity)
    fate = _in_the_end(units, index, right_predicate(units, index, "fate"))
    if fate is not None and (
        known_grave(units, fate.index, last) or _wounded_still(units, index, quantity, fate, last)
    ):
        return None
    if subset and _only_graver(units, index, fate.sub if fate is not None else None, last):
        return None
    known = last is not None and last.sort == "people"
    if fate is not None and quantity.article:
        one_of_them = units.norm(index - 1) == "l'" and not is_plural(units, fate.index)
        if known and (units.norm(index + 1) == "autre" or one_of_them):
            rule, measure = "one of those before", cast(Measure, fate.sub)
            placed = not one_of_them or place_follows(units, fate.index)
            return Found(rule, "people", measure, index, index, fate.index, 1, share=placed)
        return None
    among = units.norm(index + 1) == "d'" and units.norm(index + 2) == "entre"
    near = fate is not None and fate.index - index <= (6 if among else 4)
    if fate is not None and (known or near) and not _brought_down(units, index, fate):
        of = last.of if last is not None and last.of in INHERITED and not last.subset and not among else None
        of = _of_whom(units, index) if of is None and subset else of
        rule = "people taken up again"
        return Found(rule, "people", cast(Measure, fate.sub), index, index, fate.index, quantity, of, subset)
    left = left_predicate(units, index)
    one_more = units.norm(index + 1) == "autre" and left is not None and units.norm(left.index - 2) == "en"
    if left is None or index - left.index > 4 or (quantity.article and not (known and one_more)):
        return None
    rule = "verb and its victims"
    taken_up = known and units.norm(left.index - 1) in {"en", "a", "ont"}
    of = last.of if last is not None and taken_up and last.of in INHERITED else None
    return Found(rule, "people", cast(Measure, left.sub), index, left.index, index, quantity, of, subset)


def _counted_before(units: Units, position: int) -> bool:
    return any(units[i].quantity is not None for i in range(max(0, position - 2), position + 1))


def _of_whom(units: Units, index: int) -> str | None:
    """ "Les sauveteurs, dont trois ont été blessés": what those are whom nobody has counted."""
    dont = next((i for i in range(index - 1, max(0, index - 5), -1) if units[i].has("subset")), 0)
    for position in range(dont - 1, max(-1, dont - 4), -1):
        sub = units[position].sub("person")
        if sub is not None:
            return sub if sub not in {"any", "couple"} and units.norm(position - 1) in UNCOUNTED else None
    return None


def _brought_down(units: Units, index: int, fate: Predicate) -> bool:
    """ "Huit d'entre eux ont été abattus, dit le maire, qui ne déplore aucun blessé": the verb is said of weapons."""
    downed = [i for i in units.where.get("air", ()) if index < i < fate.index and not units[i].has("fate", "strike")]
    return any(units.stands("aux", index + 1, i) for i in downed)


def _in_the_end(units: Units, index: int, fate: Predicate | None) -> Predicate | None:
    """ "Deux des blessés sont morts": the verb of the clause, not the participle that names the group."""
    if fate is None or fate.index - index > 3 or units.norm(fate.index - 1) not in {"des", "les", "ces", "ses"}:
        return fate
    later = right_predicate(units, fate.index, "fate")
    if later is not None and finite(units, later.index):
        return later
    verb = next((i for i in units.where.get("aux", ()) if i > fate.index), None)
    told = verb is not None and place_follows(units, verb) and not units.stands("severity", verb, verb + 6)
    return fate if told else None


def _wounded_still(units: Units, index: int, quantity: Quantity, fate: Predicate, last: Found | None) -> bool:
    """ "Douze blessés ; deux ont été amputés": fewer of those wounded, with no place of their own."""
    if last is None or last.sort != "people" or last.measure != "injured" or fate.sub != "injured":
        return False
    fewer = quantity.value < value_of(last) and units.norm(index + 1) not in {"autre", "autres"}
    return fewer and not last.share and not place_follows(units, index) and not place_follows(units, fate.index)


def known_grave(units: Units, fate: int, last: Found | None) -> bool:
    """ "Cinq blessés sont hospitalisés ; deux sont dans un état critique": how badly off some of those before are."""
    cared_for = last is not None and last.sort == "people" and last.measure in {"injured", "hospitalised"}
    return cared_for and units.stands("severity", fate, fate + 2) and not units[fate].has("fate.killed")


def _only_graver(units: Units, index: int, fate: str | None, last: Found | None) -> bool:
    """ "Sept blessés, dont trois graves": how badly off some are is no figure of its own."""
    graver = units.stands("severity", index + 1, index + 4)
    return graver or (last is not None and fate == last.measure and last.of is None and last.sort == "people")


def _part(
    units: Units, index: int, quantity: Quantity, last: Found | None, found: list[Found], subset: bool
) -> Found | None:
    """A part of the figure before it, told with its own place or with what they are.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Le tir a fait huit morts. Trois des victimes sont des enfants.")
    [('killed', None, 8), ('killed', 'child', 3)]
    """
    if last is None:
        return None
    if subset and found and (place_follows(units, index) or next_place(units, index) is not None):
        rule = "part of the figure before"
        place = next_place(units, index) if last.sort != "people" else None
        return Found(
            rule, last.sort, last.measure, index, index, index, quantity, last.of, True, True, place_unit=place
        )
    # A list of places goes on past what it tells besides: "quinze à Toula, où un retraité a été blessé, huit à Riazan".
    listed = next((figure for figure in reversed(found) if figure.rule == "share of a list"), last)
    if (
        found
        and listed.sort in {"weapon", "people"}
        and not quantity.article
        and _listed_by_place(units, index, listed)
    ):
        rule = "share of a list"
        return Found(rule, listed.sort, listed.measure, index, index, index, quantity, listed.of, False, True)
    young = not_grown(units, index)
    if young is not None and last.sort == "people":
        return Found(NOT_GROWN, "people", last.measure, index, index, young, quantity, "child", True)
    group = _victims_who_are(units, index)
    if group is not None:
        told = next((sub for i in (index + 2, index + 3) if (sub := _named_group(units, i)) is not None), last.measure)
        return Found("some of the victims", "people", told, index, index, group[0], quantity, group[1], True)
    if last.sort in {"people", "thing", "weapon"} and not quantity.article and _elsewhere(units, index, last):
        return Found("as many elsewhere", last.sort, last.measure, index, index, index, quantity, last.of, False, True)
    if found and _share_of_one(units, index):
        return Found("one of those before", last.sort, last.measure, index, index, index, 1, last.of, False, True)
    return None


def _named_group(units: Units, index: int) -> Measure | None:
    """The measure of the group that "trois des blessés" names."""
    sub = units[index].sub("victim") if index < len(units) else None
    return cast(Measure, sub) if sub in {"killed", "injured", "missing"} else None


def _listed_by_place(units: Units, index: int, last: Found) -> bool:
    """ "… 60 drones : 35 sur Briansk, 15 en Crimée et dix près de Toula": each number with its own place."""
    if index + 1 >= len(units) or not any(units.norm(i) in LISTING for i in (index - 1, index - 2)):
        return False
    going_on = last.rule == "share of a list" or (last.share and last.sort == "weapon")
    opened = going_on or any(units.norm(i) in {":", "("} for i in range(last.last, index))
    last_of_them = units.norm(index + 1) in {"derniers", "dernières", "autres", "restants", "restantes"}
    rest = units.norm(index - 2) in {"reste", "solde"} and units.norm(index + 1) == ","  # "le reste, onze, en mer"
    located = units.norm(index + 1 + (last_of_them or rest)) in LOCATING
    return opened and located and any(unit.place is not None for unit in units.units[index + 1 : index + 9])


def _victims_who_are(units: Units, index: int) -> tuple[int, str] | None:
    """ "Trois des victimes sont des enfants", "deux sont médecins": (last unit, what they are)."""
    verb = index + 1
    while verb <= index + 3 and units.norm(verb) in OF_THEM:
        verb += 1
    if units.norm(verb) in {"sont", "étaient", "est", "était", "seraient"}:
        for position in range(verb + 1, min(len(units), verb + 4)):
            what = units[position].sub("person")
            if what is not None:
                return (position, what) if what != "any" else None
        return None
    relative = units.norm(index + 1) in {"desquels", "desquelles"}
    if not relative and (
        units.norm(index + 1) not in {"des", "de"}
        or not any(units[i].has("victim") for i in range(index + 2, min(len(units), index + 4)))
    ):
        return None
    for position in range(index + 2, min(len(units), index + 8)):
        of = units[position].sub("person")
        if of is not None and of != "any":
            return position, of
        if units[position].kind == "sign":
            return None
    return None


def _elsewhere(units: Units, index: int, last: Found) -> bool:
    """ "… et quatre dans la région de Kiev": the same fate at a further place."""
    others = units.norm(index + 1) in {"autres", "autre"}
    if units.norm(index - 1) not in {"et", ",", ";", "puis"} or units.norm(index + 1 + others) not in LOCATING:
        return False
    return last.number < index and index - last.last <= 12 and next_place(units, index) is not None


def _share_of_one(units: Units, index: int) -> bool:
    """ "L'une à …, l'autre à …", "une à Siversk, …": an article that takes one of those counted before."""
    quantity = units[index].quantity
    return (
        quantity is not None
        and quantity.article
        and units.norm(index + 1) in {"à", "dans", "près", "du", "en", "au"}
        and place_follows(units, index)
    )
