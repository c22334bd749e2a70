"""Tolls counted on: "un cinquième mort", "ils sont désormais six", "cela fait donc neuf"."""

import re
from typing import cast

from msgspec.structs import replace

from schemas.enumerations import Measure
from schemas.records import Number
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import Head
from streams.languages.fr.strikes.predicates import finite, left_predicate, right_predicate
from streams.languages.fr.strikes.revisions import ADVERBS, TOLLS, changed_to, toll_stands
from streams.languages.fr.strikes.single import place_follows
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

TOLL = frozenset(("killed", "injured", "missing", "hospitalised"))
ONE = frozenset(("un", "une", "le", "la", "et", ","))
PERIOD = frozenset(("depuis", "mois", "semaine", "année", "an", "ans", "semaines", "jours", "guerre"))
VOICE = 7
BY_A_VERB = frozenset(
    ("people and their fate", "verb and its victims", "verb and its subject", "people taken up again")
)
LATER = re.compile(r"succomb|hôpital|clinique|réanimation|ambulance|blessures|depuis|ensuite|lendemain|plus tard")
ARTICLES = frozenset(("le", "la", "l'", "les", "son", "sa", "ses"))
ENDING = frozenset(("après", "dans", "à", "pour", "au", "en", "et"))
ARE = frozenset(("sont", "étaient", "seraient"))
THEY = frozenset(("ils", "elles"))
FORMERLY = frozenset(("étaient",))
MAKES = frozenset(("fait", "fera", "faisait", "font"))
COUNTS = frozenset(("compte", "comptent", "dénombre", "dénombrent", "recense", "recensent", "annonce", "annoncent"))
IT = frozenset(("ça", "cela", "qui"))
NOW = frozenset(("désormais", "maintenant", "aujourd'hui", "donc", "au", "en", "ce", "à", "selon", "d'après", "hier"))


def ordinal(units: Units, index: int, quantity: Quantity, head: Head | None, before: list[Found]) -> Found | None:
    """ "Un cinquième mort" brings the toll to five; "un troisième à Engels" is one more of those told by place.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Deux ouvriers ont péri ; un troisième a succombé à l'aube.")
    [('killed', None, 2), ('killed', None, 3)]
    >>> figures("Deux soldats ont péri à Toula, un troisième à Engels.")
    [('killed', 'soldier', 2), ('killed', 'soldier', 1)]
    """
    if units.norm(index).endswith("s"):
        return None
    died = right_predicate(units, head.last, "fate", {"killed"}) if head is not None and head.sub == "injured" else None
    if died is not None and finite(units, died.index):
        value = _reached(units, index, quantity, "killed", before)
        return Found("one more person", "people", "killed", index, index, died.index, value)
    if head is not None and head.family == "victim":
        return _nth_victim(units, index, quantity, head, before)
    if head is not None and head.family == "person":
        fate = right_predicate(units, head.last, "fate")
        if fate is not None and fate.sub == "injured" and not finite(units, fate.index):
            later = right_predicate(units, fate.index, "fate", {"killed"})
            fate = later if later is not None and finite(units, later.index) else fate
        left = left_predicate(units, index - (units.norm(index - 1) in {"un", "une"}))
        chosen = left if left is not None and index - left.index <= 2 else fate
        if chosen is None or chosen.sub not in TOLL:
            return None
        first, end = min(index, chosen.index), max(head.last, chosen.index)
        told = [one for one in before if one.measure == chosen.sub and value_of(one) == quantity.value - 1]
        alone: Number = quantity.value if told and not told[-1].share else 1
        reached = alone if head.of is not None else _reached(units, index, quantity, chosen.sub, before)
        rule = "one more person"
        return Found(rule, "people", cast(Measure, chosen.sub), index, first, end, reached)
    if head is not None and head.family != "none":
        return None
    return _one_more(units, index, quantity, before)


def _nth_victim(units: Units, index: int, quantity: Quantity, head: Head, before: list[Found]) -> Found | None:
    """The toll reached with a dead, a wounded or a body more."""
    if head.sub == "body" and not _brought_out(units, head.last):
        return None
    measure = "killed" if head.sub in {"body", "victim"} else head.sub
    if head.sub == "victim":
        fate = right_predicate(units, head.last, "fate")
        # "Retrouvé une quatrième victime sous les gravats": where she lay is no fate of hers.
        if fate is not None and fate.sub in TOLL:
            lay = fate.sub == "missing" and not units.stands("aux", head.last + 1, fate.index)
            measure = measure if lay else fate.sub
    following = units.units[head.last + 1 : head.last + 5]
    if measure not in TOLL or any(not PERIOD.isdisjoint(unit.norm.replace("l'", "").split()) for unit in following):
        return None
    if _by_place(units, index, measure, before):
        rule = "one more of those before"
        return Found(rule, "people", cast(Measure, measure), index, index, head.last, 1, share=True)
    value = _reached(units, index, quantity, measure, before, sure=True)
    revised = any(each.measure == measure and each.revision == "update" and value_of(each) < value for each in before)
    revision = "update" if revised else None
    return Found("toll counted on", "people", cast(Measure, measure), index, index, head.last, value, revision=revision)


def _reached(
    units: Units, index: int, quantity: Quantity, measure: str, before: list[Found], sure: bool = False
) -> Number:
    """The toll that the nth brings, where those before suffered the same; else one."""
    fewer = [figure for figure in before if figure.sort == "people" and value_of(figure) == quantity.value - 1]
    if fewer:
        return quantity.value if any(figure.measure == measure for figure in fewer) else 1
    if sure:
        return quantity.value
    told = [value_of(figure) for figure in before if figure.measure == measure and figure.of is None]
    if measure == "killed":
        return quantity.value if quantity.value > 1 and (not told or max(told) <= quantity.value) else 1
    return 1


def _by_place(units: Units, index: int, measure: str, before: list[Found]) -> bool:
    last = before[-1] if before else None
    return last is not None and last.measure == measure and last.share and place_follows(units, index)


def _one_more(units: Units, index: int, quantity: Quantity, before: list[Found]) -> Found | None:
    """The next of the people told before, by a fate or a place of his own."""
    last = before[-1] if before else None
    if last is None or last.sort != "people":
        return None
    of = "soldier" if last.of == "soldier" else None
    fate = right_predicate(units, index, "fate")
    if fate is not None:
        value: Number = 1
        alone = not last.share and not _placed(units, index, fate.index)
        if alone and fate.sub == last.measure and value_of(last) == quantity.value - 1 and last.of in {None, of}:
            value = quantity.value
        measure, rule = cast(Measure, fate.sub), "one more of those before"
        shared = value == 1 and fate.sub == last.measure
        return Found(rule, "people", measure, index, index, fate.index, value, of, False, shared)
    active = left_predicate(units, index)
    if active is not None and index - active.index <= 2 and active.sub in TOLL:
        measure, rule = cast(Measure, active.sub), "one more of those before"
        return Found(rule, "people", measure, index, active.index, index, 1, of, False, True)
    if place_follows(units, index) and units.norm(index - 1) in ONE:
        return Found("one more of those before", "people", last.measure, index, index, index, 1, of, False, True)
    return None


def _placed(units: Units, index: int, fate: int) -> bool:
    """Whether the person has a place of his own in the sentence, as those before him have theirs."""
    segment = units[index].segment
    return any(
        units[i].place is not None and units[i].segment == segment for i in range(fate, min(len(units), fate + 9))
    )


def _brought_out(units: Units, last: int) -> bool:
    return any(units.stands(family, last + 1, last + 6) for family in ("pull", "body_found", "alive", "fate.rescued"))


def recounted(units: Units, index: int, quantity: Quantity, head: Head | None, before: list[Found]) -> Found | None:
    """The toll told before, counted again: "ils sont désormais six", "cela fait donc neuf", "Quatre, donc".

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Deux autres habitants sont morts depuis, cela fait donc cinq.")
    [('killed', None, 2), ('killed', None, 5)]
    """
    if head is not None or quantity.article or quantity.ordinal:
        return None
    if units.norm(index - 1) in {"mais", "bien"}:
        return _instead(units, index, quantity, 14)
    if [units.norm(i) for i in range(index - 3, index)] == ["y", "en", "a"]:
        return _instead(units, index, quantity, 16)
    told = [f for f in before if f.sort == "people" and f.measure in TOLL and not f.subset]
    if told and _by_another_voice(units, index, told[-1]):
        measure, rule = told[-1].measure, "toll of another source"
        return Found(rule, "people", measure, index, index, index, quantity, told[-1].of)
    if told and (_toll_moves(units, index) or (_closed(units, index + 1) and toll_stands(units, index, told[-1]))):
        measure, rule = told[-1].measure, "toll counted again"
        return Found(rule, "people", measure, index, index, index, quantity, None, revision="update")
    if not told or not _closed(units, index + 1):
        return None
    verb = index - 1
    while verb > 0 and units.norm(verb) in ADVERBS:
        verb -= 1
    revision: str | None = None
    if units.norm(verb) in ARE and units.norm(verb - 1) in THEY:
        risen = any(f.measure == told[-1].measure and value_of(f) < quantity.value for f in told)
        revision = "former" if units.norm(verb) in FORMERLY and not risen else "update"
    elif _counted_by(units, verb) or (before[-1].sort == "people" and _then(units, index)):
        revision = "update"
    elif not _in_all(units, index) and not _by_another(units, index, before[-1]):
        return None
    last = told[-1]
    if revision != "former" and any(f.measure == last.measure and value_of(f) > quantity.value for f in told):
        return None
    return Found("toll counted again", "people", last.measure, index, index, index, quantity, None, revision=revision)


def counted_on(units: Units, figure: Found, before: list[Found]) -> Found:
    """The toll with those who died later of their wounds, where the text leaves the sum to the reader.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Le tir a tué trois passants ; deux autres sont morts à l'hôpital.")
    [('killed', None, 3), ('killed', None, 5)]
    """
    others = figure.measure == "killed" and units.norm(figure.number + 1) in {"autre", "autres"} and not figure.subset
    told = next((f for f in reversed(before) if f.measure == "killed"), None) if others else None
    if told is None or told.rule not in BY_A_VERB or told.subset or told.share or told.of not in {None, figure.of}:
        return figure
    if figure.rule == "one of those before" and value_of(told) == 1:
        return figure
    segment = units[figure.number].segment
    following = [unit for unit in units.units[figure.number :] if unit.segment == segment]
    words = units.sentence.text[following[0].start : following[-1].end]
    if not LATER.search(words) or any(unit.place is not None for unit in following):
        return figure
    value, rule = value_of(told) + value_of(figure), "deaths counted on"
    return replace(figure, rule=rule, quantity=value, of=told.of, share=False, revision="update")


def _instead(units: Units, index: int, quantity: Quantity, reach: int) -> Found | None:
    """ "N'a pas fait trente morts mais trois": the number put right of the noun denied."""
    if not _closed(units, index + 1):
        return None
    for position in range(index - 2, max(0, index - reach), -1):
        sub = units[position].sub("victim")
        if sub in TOLL and units[position - 1].quantity is not None:
            return Found("toll put right", "people", cast(Measure, sub), index, index, index, quantity)
    return None


def _closed(units: Units, position: int) -> bool:
    """Whether nothing that a number counts or suffers follows it."""
    if position >= len(units) or units[position].kind in {"sign", "day"}:
        return True
    if units[position].has("scene.update"):
        return True
    return units.norm(position) in NOW and not (
        units.norm(position) == "à" and units.norm(position + 1) not in {"présent", "l'", "ce"}
    )


def _then(units: Units, index: int) -> bool:
    """ "Six morts, puis neuf"."""
    return units.norm(index - 1 - (units.norm(index - 1) in {"de", "à"})) == "puis"


def _by_another(units: Units, index: int, last: Found) -> bool:
    """ "Huit morts selon le gouverneur, dix selon le maire"."""
    return last.sort == "people" and units.norm(index - 1) in {",", ";", "et"} and units.norm(index + 1) == "selon"


def _by_another_voice(units: Units, index: int, last: Found) -> bool:
    """ "Le gouverneur parle de six morts, la police de sept": the verb of speaking left out with the noun."""
    if index - last.last > VOICE or last.number >= index or not units.tells("scene.said"):
        return False
    if units[last.number].segment != units[index].segment and units.norm(last.last + 1) != ";":
        return False
    between = units.units[last.last + 1 : index]
    joined = len(between) > 1 and between[0].norm in {",", ";", "et", "quand", "contre"}
    following = units.units[index + 1].norm if index + 1 < len(units) else "."
    closed = following in ENDING or (index + 1 < len(units) and units[index + 1].kind in {"sign", "day"})
    silent = not any(u.quantity is not None or u.has("aux", "fate", "victim") for u in between)
    said = any(last.first - VOICE <= i < last.number for i in units.where["scene.said"])
    voice = between[1].norm in ARTICLES or between[1].capital if joined else False
    return joined and closed and silent and said and voice


def _toll_moves(units: Units, index: int) -> bool:
    """ "Le bilan, d'abord fixé à neuf morts, a été ramené vendredi à huit": the toll itself goes up or down."""
    if not changed_to(units, index):
        return False
    return any(units.norm(i) in TOLLS for i in range(index))


def _counted_by(units: Units, verb: int) -> bool:
    """ "Il en compte désormais 52", "cela fait donc neuf"."""
    told, subject = units.norm(verb), units.norm(verb - 1)
    return (told in COUNTS and subject == "en") or (told in MAKES and subject in IT)


def _in_all(units: Units, index: int) -> bool:
    """ "Quatre, donc", "…, soit 28 au total"."""
    if [units.norm(index - 2), units.norm(index - 1)] == ["total", "de"] and units.norm(index - 4) == "soit":
        return True
    position = index + 1 + (units.norm(index + 1) == ",")
    if position >= len(units) or not (index == 0 or units.norm(index - 1) == "soit"):
        return False
    words = units.sentence.text[units[position].start :].lower()
    return words.startswith(("donc", "au total", "en tout", "en total"))
