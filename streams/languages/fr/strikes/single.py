"""One person told without a number, or as one more of those told before."""

from typing import cast

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import trade_of
from streams.languages.fr.strikes.human import is_human, said_of_people
from streams.languages.fr.strikes.inverted import inverted
from streams.languages.fr.strikes.predicates import Predicate, finite, left_predicate, right_predicate
from streams.languages.fr.strikes.pulled import under_age
from streams.languages.fr.strikes.together import BEHIND, PAIRS, companions, is_joined, is_plural, object_companions
from streams.languages.fr.strikes.units import Units

DEFINITE = frozenset(("le", "la", "l'", "son", "sa", "leur"))
CLAUSE_BEGINS = frozenset(("", ",", "et", ";", ":", "que", "qu'", "«", "–", "-", "—"))
OF_HIM = frozenset(("de", "d'", "dans", "à", "sur", "en", "près", "par", "avec", "devant", "chez", "depuis", "sous"))
COLLECTIVE = frozenset(
    ("famille", "fratrie", "équipe", "équipage", "population", "foule", "ville", "patrouille", "groupe", "couple")
)
OF_THEM = frozenset(("eux", "elles", "entre", "blessés", "blessées"))
LIST_REACH = 9
POSSESSIVE = frozenset(("son", "sa", "leur"))
ENDEARED = frozenset(("petit", "petite", "jeune", "vieux", "vieille"))
ONE_BEFORE = frozenset(("l'", "", ",", "et", ";", "que", "qu'", ":", "«"))


def single(units: Units, index: int, before: list[Found]) -> Found | None:
    """A person told in the singular without a number: "le conducteur a été tué", "l'autre à …", "le dernier a péri".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Le vigile, âgé de 61 ans, a été tué.")
    [('killed', None, 1)]
    """
    unit = units[index]
    last = before[-1] if before else None
    if unit.has("single.other"):
        fate = right_predicate(units, index, "fate")
        if last is None or last.sort != "people":
            return None
        if fate is not None:
            rule, placed = "one of those before", fate.sub == last.measure and place_follows(units, fate.index)
            return Found(rule, "people", cast(Measure, fate.sub), index, index, fate.index, 1, None, False, placed)
        if last.share and place_follows(units, index):
            return Found("one of those before", "people", last.measure, index, index, index, 1, None, False, True)
        return None
    if begins_name(units, index):
        return _named(units, index)
    if unit.has("single.pronoun"):
        return _pronoun(units, index, last)
    if unit.has("single.they"):
        return _all_of_them(units, index, last)
    if unit.norm in PAIRS and units.norm(index - 1) in {"les", "ses", "leurs"}:
        return _pair(units, index)
    part = _part_of_those(units, index, last) if last is not None else None
    if part is not None:
        return part
    if units.norm(index - 1) not in DEFINITE or (unit.norm.endswith(("s", "x")) and not unit.has("person")):
        return None
    if unit.norm in COLLECTIVE:
        return None
    if unit.sub("person") == "soldier" and trade_of(units, index, unit, "soldier") == "soldier":
        return None
    behind = inverted(units, index - 1)
    if behind is not None and behind.sub in {"killed", "injured"} and is_human(unit):
        people, end = object_companions(units, index, 1)
        return Found("verb and its subject", "people", cast(Measure, behind.sub), index, behind.index, end, people)
    active = left_predicate(units, index - 1)
    person = unit.has("person", "single.person") or (active is not None and said_of_people(units, active.index))
    governs = active is not None and person and _right_after(units, active.index, index - 1)
    if active is not None and governs and active.sub in {"killed", "injured"}:
        rule = "verb and its one victim"
        people, end = object_companions(units, index, 1)
        return Found(rule, "people", cast(Measure, active.sub), index, active.index, end, people)
    fate = _in_the_end(units, index)
    if fate is None or fate.sub not in {"killed", "injured", "missing", "hospitalised"}:
        return None
    if (not unit.tags or fate.sub == "missing") and not said_of_people(units, fate.index):
        return None
    if is_plural(units, fate.index):
        count = companions(units, index, fate.index)
        joined = any(is_joined(units, i) for i in units.numbers if index < i < fate.index)
        last_join = any(units.norm(i) == "et" for i in range(index + 1, fate.index))
        beasts = units.norm(index - 2) == "et" and units.stands("not_human.animals", index - 6, index - 3)
        if count is None or not (beasts or (last_join and (count or joined))):
            return None
        return Found(BEHIND, "people", cast(Measure, fate.sub), index, index - 1, fate.index, count + 1)
    if fate.sub == "missing" and units.norm(fate.index) in {"sous", "coincé", "coincée", "pris", "prise", "bloqué"}:
        # "La petite était sous les gravats": where she lay, not that nobody has found her.
        return None
    if any(_another_subject(units, i, fate.index) for i in units.numbers if index < i < fate.index):
        return None
    return Found("one person and his fate", "people", cast(Measure, fate.sub), index, index - 1, fate.index, 1)


def _pair(units: Units, index: int) -> Found | None:
    """ "Les époux Bondar ont été tués", "ses parents sont morts": two."""
    active = left_predicate(units, index - 1, {"killed", "injured"})
    if active is not None and active.index == index - 2:
        return Found("verb and its victims", "people", cast(Measure, active.sub), index, active.index, index, 2)
    fate = right_predicate(units, index, "fate", {"killed", "injured"})
    if fate is None or not finite(units, fate.index) or units.norm(index + 1) in {"de", "d'", "des"}:
        return None
    if any(not is_joined(units, i) for i in units.numbers if index < i < fate.index):
        return None
    count = companions(units, index, fate.index)
    return Found(BEHIND, "people", cast(Measure, fate.sub), index, index - 1, fate.index, 2 + (count or 0))


def _part_of_those(units: Units, index: int, last: Found) -> Found | None:
    """ "Quatre blessés, dont sa fille de cinq ans", "… et le maire du village": a person among those just told."""
    unit = units[index]
    if last.sort != "people" or last.number >= index or units.norm(index - 1) not in DEFINITE:
        return None
    opened = index > 1 and units[index - 2].has("subset") and not units.stands("aux", last.last + 1, index)
    joined = last.subset and units.norm(index - 2) in {"et", ","} and index - last.last <= LIST_REACH
    sub = unit.sub("person")
    if sub is None or not (opened or joined) or units.stands("aux", last.last + 1, index):
        return None
    of = trade_of(units, index, unit, sub)
    of = "child" if of != "child" and under_age(units, index) else of
    if of in {"any", "couple"}:
        return None
    return Found("part of the figure before", "people", last.measure, index, index - 1, index, 1, of, True)


def _another_subject(units: Units, number: int, fate: int) -> bool:
    """Whether the number before the verb opens a subject of its own: not "le chauffeur d'un bus", "…, un veuf, …"."""
    if not is_joined(units, number):
        return units.norm(number - 1) not in OF_HIM
    apposed = units.norm(number - 1) == "," and any(units.norm(i) == "," for i in range(number + 1, fate))
    return not apposed or units.stands("aux", 0, number - 1)


def begins_name(units: Units, index: int) -> bool:
    """Whether a first name and a family name stand here, at the beginning of a clause."""
    unit = units[index]
    if not unit.capital or unit.tags or unit.kind != "word" or index + 2 >= len(units):
        return False
    if _first_name(units, index):
        return True
    family = units[index + 1]
    named = family.capital and family.kind == "word" and (not family.tags or _is_initial(units, index + 1))
    opens = units.norm(index - 1) in CLAUSE_BEGINS or (
        index > 0 and units[index - 1].has("cause.killed", "cause.injured")
    )
    return named and opens


def _first_name(units: Units, index: int) -> bool:
    """ "Ihor, 52 ans, …", "le petit Danylo": a first name alone, told with an age or what endears him."""
    aged = [units.norm(index + 1), units.norm(index + 3)] == [",", "ans"] and units.norm(index - 1) in CLAUSE_BEGINS
    return aged or (units.norm(index - 1) in ENDEARED and units.norm(index - 2) in DEFINITE)


def _is_initial(units: Units, index: int) -> bool:
    """ "Olena P.": the family name that the text keeps to itself."""
    return len(units.norm(index)) == 1 and units.norm(index + 1) == "."


def _named(units: Units, index: int) -> Found | None:
    """ "Ihor Bondar, 33 ans, a été tué": one named victim, with those told beside him."""
    last = index if _first_name(units, index) else index + 1
    while last + 1 < len(units) and units[last + 1].capital and units[last + 1].kind == "word":
        last += 1
    last += _is_initial(units, last)
    active = left_predicate(units, index, {"killed", "injured"})
    if active is not None and _right_after(units, active.index, index):
        people, end = object_companions(units, last, 1)
        return Found("named victim", "people", cast(Measure, active.sub), index, active.index, end, people)
    fate = right_predicate(units, last, "fate", {"killed", "injured"})
    if fate is None or not finite(units, fate.index) or not said_of_people(units, fate.index):
        return None
    verbs = [i for i in units.where.get("aux", ()) if last < i < fate.index - 2]
    if verbs or any(units.norm(i) in {"qui", "que", "dont", "où"} for i in range(last + 1, fate.index)):
        return None
    count = companions(units, last, fate.index) if is_plural(units, fate.index) else 0
    if count is None or (count == 0) == is_plural(units, fate.index):
        return None
    rule = "named victim"
    return Found(rule, "people", cast(Measure, fate.sub), index, index, fate.index, count + 1)


def _right_after(units: Units, verb: int, article: int) -> bool:
    """Whether only a day, a place or "sur le coup" stands between a verb and its object."""
    between = units.units[verb + 1 : article]
    return len(between) <= 4 and all(
        unit.kind in {"day", "place"} or unit.norm in {"sur", "le", "coup", "net", "hier", "à", "aussi", "également"}
        for unit in between
    )


def _in_the_end(units: Units, index: int) -> Predicate | None:
    """The verb that tells the person's fate: past a participle ("le secouriste blessé lundi est mort"), or without
    its auxiliary ("… a été tué et sa collègue blessée").
    """
    fate = right_predicate(units, index, "fate")
    if fate is None or finite(units, fate.index):
        return fate
    joined = units.norm(index - 2) in {"et", ","} and _told_before(units, index - 2)
    if joined and _right_behind(units, index, fate.index):
        return fate
    later = right_predicate(units, fate.index, "fate")
    numbers = later is not None and any(fate.index < i < later.index for i in units.numbers)
    if later is not None and not numbers and finite(units, later.index) and not _declined(units, fate.index, later):
        return later
    hers = units.norm(index - 1) in POSSESSIVE and units.norm(index + 1) == "," and fate.index == index + 2
    return fate if hers else None


def _declined(units: Units, first: int, later: Predicate) -> bool:
    """ "Sa passagère, blessée au bras, a refusé d'être conduite à l'hôpital": what did not come about."""
    return any(units.norm(i).startswith(("refus", "déclin")) for i in range(first, later.index))


def _right_behind(units: Units, index: int, fate: int) -> bool:
    """Whether a participle follows the person, or the one told beside: "son mari et sa sœur blessés"."""
    if fate == index + 1:
        return True
    return fate == index + 4 and units.norm(index + 1) == "et" and units.norm(index + 2) in DEFINITE


def _told_before(units: Units, index: int) -> bool:
    """Whether the clause before tells somebody's fate."""
    near = units.units[max(0, index - 14) : index]
    return any(unit.has("fate", "victim") and unit.segment == units[index].segment for unit in near)


def one_of_a_trade(units: Units, index: int, before: list[Found]) -> Found | None:
    """ "L'une des passagères a succombé": one of people whose number is not told."""
    quantity = units[index].quantity
    one = quantity is not None and quantity.article and units.norm(index - 1) in ONE_BEFORE
    if not one or units.norm(index + 1) not in {"des", "de", "d'"}:
        return None
    person = index + 2 + (units.norm(index + 2) in {"ses", "leurs", "nos", "ces", "les"})
    known = person < len(units) and (
        is_human(units[person]) or units.norm(person) in {"eux", "elles", "entre", "blessés", "blessées"}
    )
    fate = right_predicate(units, person, "fate") if known else None
    if fate is not None and not units[person].tags and not said_of_people(units, fate.index):
        return None
    if fate is None or is_plural(units, fate.index) or fate.sub not in {"killed", "injured", "missing"}:
        return None
    if before and before[-1].measure == fate.sub and units.norm(person) in {"eux", "elles", "entre"}:
        # "Trois blessés, l'un d'eux a été amputé": he is one of them still.
        return None
    return Found("one of a trade", "people", cast(Measure, fate.sub), index, index, fate.index, 1)


def _pronoun(units: Units, index: int, last: Found | None) -> Found | None:
    """ "Brûlé au visage, il a été transféré", said of the one person told before."""
    if last is None or last.sort != "people" or last.share or not _one_of(last):
        return None
    fate = right_predicate(units, index, "fate")
    if fate is None or fate.index - index > 4 or fate.sub == last.measure or not finite(units, fate.index):
        return None
    return Found("one person taken up again", "people", cast(Measure, fate.sub), index, index, fate.index, 1)


def _all_of_them(units: Units, index: int, last: Found | None) -> Found | None:
    """ "Elles sont hospitalisées", "tous ont été remontés": the people told before, in hospital or rescued."""
    if not units.tells("fate.hospitalised", "fate.rescued") or last is None or last.sort != "people" or last.share:
        return None
    fate = right_predicate(units, index, "fate")
    if fate is None or fate.index - index > 4 or last.measure in {fate.sub, "killed"}:
        return None
    if fate.sub not in {"hospitalised", "rescued"} or not finite(units, fate.index) or not is_plural(units, fate.index):
        return None
    measure, rule = cast(Measure, fate.sub), "people taken up again whole"
    return Found(rule, "people", measure, index, index, fate.index, last.quantity, last.of, last.subset)


def _one_of(figure: Found) -> bool:
    return value_of(figure) == 1


def place_follows(units: Units, index: int) -> bool:
    return any(units[i].place is not None for i in range(index + 1, min(len(units), index + 5)))
