"""People killed, injured, missing, hospitalised, rescued, evacuated: by a noun that says it or by a verb."""

from typing import cast

from msgspec.structs import replace

from schemas.enumerations import Measure
from streams.languages.fr.strikes.apposed import all_civilian, apposed_to_one
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.groups import group_named, some_of_those
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.human import said_of_people
from streams.languages.fr.strikes.inverted import death_of, fronted, inverted
from streams.languages.fr.strikes.predicates import Predicate, finite, left_predicate, right_predicate
from streams.languages.fr.strikes.pulled import pulled, under_age
from streams.languages.fr.strikes.together import beside, object_companions
from streams.languages.fr.strikes.units import Units
from streams.languages.fr.strikes.victims import KEPT_SINGLE, is_body, is_dead_body, single_of
from streams.languages.pack import Quantity

FATES = frozenset(("killed", "injured", "missing", "rescued", "evacuated", "hospitalised", "detained"))
BY_A_VERB = frozenset(("people and their fate", "verb and its victims", "as many elsewhere", "one person and his fate"))
# "Une famille de quatre personnes a été décimée": of those whose number "de" gives.
WHOLE = frozenset(("décimée", "décimées", "anéantie"))
LOCATING = frozenset(("à", "au", "aux", "en", "dans", "près", "chez", "vers"))
REACH = 8
# "Un père de trois enfants": who the others are is said of him.
PARENTS = frozenset(("man", "woman", "any", "couple"))


def doubled(quantity: Quantity) -> Quantity:
    """The people of so many couples."""
    return replace(quantity, value=quantity.value * 2, low=quantity.low * 2, high=quantity.high * 2, article=False)


def _later_death(units: Units, last: int, right: Predicate | None) -> Predicate | None:
    """ "Un enfant blessé lundi a succombé": the finite verb after the participle says what befell him in the end."""
    if right is not None and right.sub == "missing" and not units.stands("aux", last + 1, right.index):
        # "Trois personnes coincées sous les décombres ont été dégagées"
        out = right_predicate(units, right.index, "fate", {"rescued", "killed"})
        return out if out is not None and units.stands("aux", right.index + 1, out.index) else right
    if right is None or right.sub != "injured":
        return right
    if units.stands("severity", right.index, right.index + 2):
        # "Admis dans un état grave à l'hôpital"
        kept = right_predicate(units, right.index, "fate", {"hospitalised"})
        if kept is not None and kept.index - right.index <= 3:
            return kept
    later = right_predicate(units, right.index, "fate", {"killed"})
    if finite(units, right.index) and not (later is not None and _of_the_same(units, right.index, later.index)):
        return right
    numbers = later is not None and any(_counts(units, i) for i in units.numbers if right.index < i < later.index)
    return later if later is not None and not numbers and finite(units, later.index) else right


def _of_the_same(units: Units, first: int, later: int) -> bool:
    """Whether the later verb is said of the same person: "a sauté sur une mine, il est mort sur place"."""
    return any(units.norm(i) in {"il", "elle"} and units.norm(i - 1) in {",", "et", ";"} for i in range(first, later))


def _counts(units: Units, number: int) -> bool:
    quantity = units[number].quantity
    return quantity is not None and not quantity.article and quantity.unit is None


def _came_himself(units: Units, last: int, right: Predicate) -> bool:
    """ "S'est présenté aux urgences": who comes to be seen is not kept in hospital."""
    near = range(last + 1, right.index)
    return right.sub == "hospitalised" and any(units.norm(i).startswith(("signalé", "présenté")) for i in near)


def _some_of(units: Units, index: int, some: Quantity, head: Head) -> Found | None:
    """ "Quatre des six membres de l'équipage ont péri": the first number is what the verb counts."""
    fate = _later_death(units, head.last, right_predicate(units, head.last, "fate"))
    if fate is None or some.ordinal:
        return None
    measure, rule = cast(Measure, fate.sub), "some of so many"
    return Found(rule, "people", measure, index - 2, index - 2, fate.index, some, None if some.article else head.of)


def _either(units: Units, fate: int) -> bool:
    """ "Tués ou blessés": how many of each nobody tells."""
    return units.norm(fate + 1) == "ou" and fate + 2 < len(units) and units[fate + 2].has("fate")


def unknown_people(
    units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool
) -> Found | None:
    """People by a noun that the lexicon lacks, where a verb that only people suffer governs it.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("L'obus a tué deux tailleurs de pierre et trois bijoutiers ont été hospitalisés.")
    [('killed', None, 2), ('hospitalised', None, 3)]
    """
    if head.family != "none" or (quantity.article and not subset):
        return None
    if units.stands("not_human", index + 1, head.last):
        return None
    left = left_predicate(units, index)
    if left is not None and index - left.index <= 2 and said_of_people(units, left.index):
        return Found(
            "verb and its victims",
            "people",
            cast(Measure, left.sub),
            index,
            left.index,
            head.last,
            quantity,
            None,
            subset,
        )
    if units.norm(index - 1) in {"de", "d'"}:
        return None
    right = right_predicate(units, head.last, "fate", {"killed", "hospitalised", "injured"})
    own = right is not None and right.index - head.last <= 4 and finite(units, right.index)
    beside = right is not None and right.index == head.last + 1 and units[right.index].norm.endswith("s")
    if right is not None and (own or beside) and said_of_people(units, right.index):
        return Found(
            "people and their fate",
            "people",
            cast(Measure, right.sub),
            index,
            index,
            right.index,
            quantity,
            None,
            subset,
        )
    return None


def _what_they_are(units: Units, quantity: Quantity, head: Head, subset: bool) -> str | None:
    """What the contract counts the people as, by their noun, their age or an apposition; None for everyone."""
    if head.sub == "couple":
        return None
    of = head.of if subset or not single_of(quantity) or head.of in KEPT_SINGLE else None
    if of is None and (subset or quantity.value > 1) and under_age(units, head.last):
        return "child"
    if of is None and units.norm(head.last + 1) == "," and all_civilian(units, head.last + 2):
        return "civilian"
    return of


def people(units: Units, index: int, quantity: Quantity, head: Head, last: Found | None, subset: bool) -> Found | None:
    """People counted by what they are; a verb or participle says what befell them.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Deux femmes ont péri, un homme de 53 ans a été blessé et le tir a aussi tué trois adolescents.")
    [('killed', 'woman', 2), ('injured', None, 1), ('killed', 'child', 3)]
    """
    if head.family != "person":
        return None
    if not head.sure and units.stands("not_human", index + 1, head.last - 1):
        return None
    if units.norm(index - 1) in {"de", "d'"} and index >= 2 and units[index - 2].sub("person") in PARENTS:
        return None
    if quantity.article and apposed_to_one(units, index, head.last):
        return None
    of = _what_they_are(units, quantity, head, subset)
    if head.sub == "couple":
        quantity = doubled(quantity)
    brought = pulled(units, index, head.last)
    if brought is not None:
        return Found("people pulled out", "people", brought[0], index, brought[1], brought[2], quantity, of, subset)
    if units.norm(index - 1) == "des" and index >= 2 and (some := units[index - 2].quantity) is not None:
        return _some_of(units, index, some, head)
    behind = inverted(units, index) or death_of(units, index)
    if behind is not None and (head.sure or said_of_people(units, behind.index)):
        rule, measure = "verb and its subject", cast(Measure, behind.sub)
        return Found(rule, "people", measure, index, behind.index, head.last, quantity, of, subset)
    right = right_predicate(units, head.last, "fate")
    if right is not None and units.norm(right.index) in WHOLE and units.norm(index - 1) not in {"de", "d'", "soit"}:
        return None
    if right is not None and not head.sure and not said_of_people(units, right.index):
        return None
    left = left_predicate(units, index)
    group = group_named(units, index) if subset else None
    if group is not None and of is None:
        return None
    if group is not None and (right is None or right.index - head.last > 3):
        return Found("part of the victims", "people", group, index, index, head.last, quantity, of, True)
    if subset and last is not None and (right is None or right.index - head.last > 3):
        return Found("part of the figure before", "people", last.measure, index, index, head.last, quantity, of, True)
    if units.norm(index - 1) in {"de", "d'"} and index >= 2 and is_body(units[index - 2]):
        if head.of == "soldier" or not is_dead_body(units, index, head.last):
            return None
        verb = next((i for i in units.where.get("aux", ()) if i > head.last), head.last)
        counted = beside(units, head.last, verb, quantity) if verb > head.last else quantity
        return Found("bodies", "people", "killed", index, index - 2, head.last, counted, of, subset)
    part = some_of_those(units, index, quantity, head, last, right, of or head.of)
    if part is not None:
        return part
    right = _later_death(units, head.last, right)
    before = fronted(units, index) if right is None or right.sub == "hospitalised" else None
    if before is not None:
        measure, rule = cast(Measure, before.sub), "participle and its person"
        return Found(rule, "people", measure, index, before.index, head.last, quantity, of, subset)
    if right is not None and (_either(units, right.index) or _came_himself(units, head.last, right)):
        return None
    if right is not None and quantity.article and right.sub == "evacuated" and not finite(units, right.index):
        # "Raconte une patiente évacuée vers Dnipro": who tells it.
        return None
    apart = right is None or right.index - head.last > 2 or units.norm(right.index - 1) == "et"
    governed = left is not None and index - left.index <= 2 and apart
    if right is not None and not governed and (left is None or right.index - head.last <= index - left.index + 6):
        counted = beside(units, head.last, right.index, quantity)
        of = of if counted is quantity or of in KEPT_SINGLE else None
        return Found(
            "people and their fate", "people", cast(Measure, right.sub), index, index, right.index, counted, of, subset
        )
    return _without_right_verb(units, index, quantity, head, of, left, last, subset)


def _without_right_verb(
    units: Units,
    index: int,
    quantity: Quantity,
    head: Head,
    of: str | None,
    left: Predicate | None,
    last: Found | None,
    subset: bool,
) -> Found | None:
    """People whom no verb after them governs: "soit", the verb before them, or the people they are coordinated with."""
    part = head.of if of is None else of
    if part is not None and last is not None and _listed_after(units, index, last):
        return Found("one of a list", "people", last.measure, index, index, head.last, quantity, part, True)
    if last is not None and _elsewhere(units, index, head, last):
        measure, rule = last.measure, "as many elsewhere"
        return Found(rule, "people", measure, index, index, head.last, quantity, of, False, True)
    told = _told_before(units, index) if units.norm(index - 1) == "soit" else None
    if told is not None:
        return Found("people in other words", "people", told, index, index, head.last, quantity, of, subset)
    if left is not None and not head.sure and not said_of_people(units, left.index):
        return None
    if left is not None and left.sub in FATES:
        counted, end = object_companions(units, head.last, quantity)
        of = None if counted is not quantity and of == "soldier" and quantity.article else of
        measure = cast(Measure, left.sub)
        return Found("verb and its victims", "people", measure, index, left.index, end, counted, of, subset)
    if (
        last is not None
        and (head.sure or last.rule == "verb and its subject")
        and last.sort == "people"
        and last.number < index
        and coordinated(units, last.last, index)
    ):
        of = head.of if last.subset else of
        return Found("coordinated people", "people", last.measure, index, index, head.last, quantity, of, last.subset)
    return None


def _elsewhere(units: Units, index: int, head: Head, last: Found) -> bool:
    """ "Une femme a été blessée à Vovtchansk, deux hommes à Koupiansk": the verb of the clause before, left out."""
    if last.rule not in BY_A_VERB or last.number >= index or units.norm(index - 1) not in {",", "et", ";"}:
        return False
    between = any(units[i].place is not None for i in range(last.number, index))
    silent = units.norm(head.last + 1) in LOCATING and not units.stands("fate", last.last + 1, index)
    near = units.units[head.last + 1 : head.last + 5]
    return between and silent and index - last.last <= REACH and any(unit.place is not None for unit in near)


def _listed_after(units: Units, index: int, last: Found) -> bool:
    """Whether the number stands in a list that a colon opens after a toll: "trois morts : deux femmes et un enfant"."""
    if last.sort != "people" or last.number >= index:
        return False
    opened = value_of(last) > 1 and units.norm(last.last + 1) in {":", "("}
    between = units.units[last.last + 1 : index]
    return (opened or last.rule == "one of a list") and not any(
        unit.has("fate", "cause", "aux", "victim") or unit.norm in {".", ";"} for unit in between
    )


def _told_before(units: Units, index: int) -> Measure | None:
    """ "Cinq immeubles ont été évacués, soit 340 personnes": the fate told last before "soit"."""
    for position in range(index - 1, max(-1, index - 10), -1):
        sub = units[position].sub("fate")
        if sub is not None:
            return cast(Measure, sub)
    return None


def coordinated(units: Units, last: int, index: int) -> bool:
    """Whether only "et", a comma, "ainsi que" stand between."""
    between = [u.norm for u in units.units[last + 1 : index]]
    joining = {",", "et", "ainsi", "que", "puis", "de", "d'", "des"}
    return 0 < len(between) <= 3 and between not in (["de"], ["d'"], ["des"]) and joining.issuperset(between)
