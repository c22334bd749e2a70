"""People told beside others under one verb: "le guide et sa femme sont morts", "tuant le chauffeur et un client"."""

import re
from operator import attrgetter

from msgspec.structs import replace

from schemas.records import Number
from streams.languages.fr.strikes.found import Found, is_vague, value_of
from streams.languages.fr.strikes.heads import head_of
from streams.languages.fr.strikes.human import is_human
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import Quantity

REACH = 14
WORD = re.compile(r"\w+")
PREPOSITIONS = frozenset(("à", "de", "d'"))
JOINING = frozenset(("et", ","))
PREPOSITIONS_OF_PLACE = frozenset(("à", "en", "dans", "près", "au", "aux"))
HOSPITALS = frozenset(("hôpital", "hôpitaux", "clinique", "état", "soins", "réanimation"))
DEFINITE = frozenset(("le", "la", "l'", "son", "sa", "leur", "notre", "votre", "mon", "ma"))
PAIRS = frozenset(("époux", "parents", "grands-parents", "jumeaux", "jumelles", "conjoints"))
SEVERAL = frozenset(("les", "ses", "leurs", "des", "nos", "mes", "ces"))
PLURAL_AUX = frozenset(
    ("ont", "sont", "étaient", "avaient", "auraient", "seraient", "furent", "seront", "auront", "soient", "eurent")
)
SINGULAR_AUX = frozenset(("a", "est", "était", "avait", "aurait", "serait", "fut", "sera", "aura", "soit", "eut"))
PLURAL_PARTICIPLES = ("és", "ées", "ts", "tes", "us", "ues")
PLURAL_VERBS = frozenset(
    ("meurent", "périssent", "succombent", "décèdent", "souffrent", "manquent", "moururent", "périrent")
)
CHILDREN = frozenset(("fils", "fille", "petit-fils", "petite-fille", "frère", "sœur", "neveu", "nièce"))
ENDS_OBJECT = frozenset(
    (
        "dans",
        "à",
        "au",
        "aux",
        "près",
        "de",
        "du",
        "d'",
        "des",
        "en",
        "sur",
        "lors",
        "et",
        "qui",
        "alors",
        "par",
        "après",
    )
)
BEHIND = "people and their fate"
BEFORE = frozenset(
    ("bodies", "verb and its one victim", "verb and its victims", "verb and its subject", "coordinated people")
)
# Soldiers and civilians keep their own figure where a part is named; they are not told again beside a sum.
WHOLE = frozenset(("civilian", "soldier"))


def is_plural(units: Units, predicate: int) -> bool:
    """Whether the verb at `predicate` has several subjects: "sont morts", "ont péri", "blessés"."""
    for position in range(predicate, max(-1, predicate - 5), -1):
        if units.norm(position) in PLURAL_AUX:
            return True
        if units.norm(position) in SINGULAR_AUX:
            return False
    words = WORD.findall(units.sentence.text[units[predicate].start : units[predicate].end].lower())
    if len(words) > 1 and not PLURAL_AUX.isdisjoint(words):
        return True
    if len(words) == 1:
        return words[0].endswith("s") or words[0] in PLURAL_VERBS
    return words[-1].endswith(PLURAL_PARTICIPLES) or any(w.endswith("ent") and not w.endswith("ment") for w in words)


def companions(units: Units, last: int, end: int) -> int | None:
    """How many single persons stand between `last` and the verb at `end`: "… et sa femme", ", le guide et son fils".

    It stops at people with a number of their own; None where somebody's number is not told: "et ses fils".
    """
    count = 0
    for position in range(last + 1, min(end - 1, last + REACH)):
        if units[position].quantity is not None and is_joined(units, position):
            break
        if units.norm(position) not in JOINING:
            continue
        article = position + 1 + (units.norm(position + 1) in PREPOSITIONS)
        following = units.norm(article)
        if _is_name(units, article):
            # "Le maire, Ivan Lys, et son chauffeur": the name is the mayor's.
            count += units.norm(position) == "et" or units[last].capital
            continue
        person = noun_at(units, article + 1, end) if following in DEFINITE or following in SEVERAL else None
        if person is None:
            continue
        if following in SEVERAL and units.norm(person) in PAIRS:
            count += 2
            continue
        if following in SEVERAL and units[article + 1].quantity is None:
            return None
        count += following in DEFINITE
    return count


def noun_at(units: Units, first: int, end: int) -> int | None:
    """The human noun at `first` or behind an adjective."""
    for position in range(first, min(end, first + 2, len(units))):
        unit = units[position]
        if unit.quantity is not None or "adjective" in unit.keys:
            continue
        return position if is_human(unit) else None
    return None


def _is_name(units: Units, first: int) -> bool:
    """Whether a first name and a family name stand here: "… et Petro Bondar"."""
    pair = units.units[first : first + 2]
    return len(pair) == 2 and all(unit.capital and unit.kind == "word" and not unit.tags for unit in pair)


def is_joined(units: Units, number: int) -> bool:
    """Whether a number goes on with a list of people: "… et trois", "…, deux", "et ses deux"."""
    position = number - 1
    position -= units.norm(position) in SEVERAL
    position -= units.norm(position) in PREPOSITIONS
    return units.norm(position) in JOINING


def beside(units: Units, last: int, predicate: int, quantity: Quantity) -> Quantity | Number:
    """The people with those told beside them: "trois cousins et leur tante ont été tués" are four."""
    if quantity.qualifier != "exact" or not is_plural(units, predicate):
        return quantity
    if quantity.value > 1 and (units.norm(last + 1) == "," or _set_off(units, last, predicate)):
        return quantity
    count = companions(units, last, predicate)
    return quantity.value + count if count else quantity


def _set_off(units: Units, last: int, predicate: int) -> bool:
    """Whether a comma closes an apposition before the verb: "les deux agents, le père et le fils, ont péri"."""
    if units[last].sub("person") == "couple":
        return False
    verb = predicate
    while verb > 0 and units[verb - 1].has("aux"):
        verb -= 1
    return units.norm(verb - 1) == ","


def object_companions(units: Units, last: int, quantity: Quantity | Number) -> tuple[Quantity | Number, int]:
    """(the people with those told after them, the last one's unit): "a blessé une mère et son fils" are two."""
    count, reached, position = 0, last, last + 1
    if units.norm(position) in {"de", "du", "d'"}:
        position = next((i for i in range(position, position + 5) if units.norm(i) in JOINING), position)
    while units.norm(position) in JOINING:
        article = position + 1 + (units.norm(position + 1) in PREPOSITIONS)
        if units.norm(article) not in DEFINITE:
            break
        person = noun_at(units, article + 1, len(units))
        if person is None or not _ends(units, person + 1):
            break
        count, reached, closed = count + 1, person, units.norm(position) == "et"
        position = person + 1
        if closed:
            if isinstance(quantity, Quantity):
                return (quantity.value + count, reached) if quantity.qualifier == "exact" else (quantity, last)
            return quantity + count, reached
    return quantity, last


def _ends(units: Units, position: int) -> bool:
    """Whether nothing after a noun makes it the subject of a further verb."""
    if position >= len(units):
        return True
    unit = units[position]
    if unit.norm == ",":
        return not (position + 1 < len(units) and units[position + 1].capital)
    return unit.kind in {"sign", "day", "place"} or unit.norm in ENDS_OBJECT


def added(one: Found, other: Found) -> Found:
    """The first figure with the second's people or weapons in it."""
    total = value_of(one) + value_of(other)
    quantity = (
        replace(one.quantity, value=total, low=total, high=total) if isinstance(one.quantity, Quantity) else total
    )
    return replace(one, quantity=quantity, last=other.last)


def under_one_verb(units: Units, found: list[Found]) -> list[Found]:
    """The figures with those of people who share a verb added up, the groups beside their sum.

    An apposition that says who they are is no further toll: "trois personnes, un couple et leur fils, ont péri".
    """
    merged: list[Found] = []
    run: list[Found] = []
    for figure in found:
        if run and _shares_verb(units, run[-1], figure):
            run.append(figure)
            continue
        merged.extend(_whole(units, run))
        run = [figure]
    merged.extend(_whole(units, run))
    merged = _without_breakdown(units, merged)
    merged = [replace(each, subset=False, share=True) if _is_elsewhere(units, each) else each for each in merged]
    return [figure for figure in merged if not _says_nothing(figure)]


def _without_breakdown(units: Units, merged: list[Found]) -> list[Found]:
    """ "Trois civils, deux femmes et un homme, sont morts": what a comma adds says who the civilians are."""
    for position, figure in enumerate(merged[1:], start=1):
        one = merged[position - 1]
        same = one.of in WHOLE and figure.of is None and one.measure == figure.measure and one.sort == "people"
        if same and value_of(one) == value_of(figure) and units.norm(figure.number - 1) == "," and not figure.subset:
            parts = (replace(part, subset=True) for part in merged[position + 1 :])
            return [*merged[:position], *parts]
    return merged


def _says_nothing(figure: Found) -> bool:
    """Whether a figure is a part of a toll that the contract has no name for: "onze tués, dont deux retraités"."""
    return figure.subset and figure.of is None and figure.rule in {"part of the figure before", "coordinated people"}


def _is_elsewhere(units: Units, figure: Found) -> bool:
    """ "Huit tués, dont quatre à Kharkiv et un à Soumy": a part with a place of its own is the toll of that place."""
    if not _says_nothing(figure) or units.norm(figure.last + 1) not in PREPOSITIONS_OF_PLACE:
        return False
    behind = units.units[figure.last + 1 : figure.last + 6]
    place = next((unit for unit in behind if unit.place is not None), None)
    if place is None or place.place is None or place.place.place.precision == "country":
        return False
    told = behind[: behind.index(place)]
    return not any(unit.kind == "sign" or unit.norm in HOSPITALS or unit.has("fate", "severity") for unit in told)


def _whole(units: Units, run: list[Found]) -> list[Found]:
    if len(run) < 2:
        return run
    first, rest = run[0], run[1:]
    parts = [part for part in run if part.of is not None and part.of not in WHOLE]
    told = value_of(first)
    apposed = units.norm(rest[0].number - 1) == "," and first.of is None and told > 1
    if apposed and (_is_closed(units, run) or units.norm(first.number + 1) == "personnes"):
        named = [replace(part, of=_who(units, part)) for part in rest if part.of is None]
        parts = [part for part in (*parts, *named) if part.of is not None]
        return [first, *(replace(part, subset=True) for part in sorted(parts, key=attrgetter("number")))]
    whole = replace(first, of=None)
    for figure in rest:
        whole = added(whole, figure)
    return [whole, *parts]


def _who(units: Units, figure: Found) -> str | None:
    """What a single person of an apposition is: "trois personnes, deux patients et une infirmière, …"."""
    head = head_of(units, figure.number) if units[figure.number].quantity is not None else None
    return None if head is None or head.family != "person" else head.of


def _is_closed(units: Units, run: list[Found]) -> bool:
    """Whether a comma before the verb closes what says who they are; behind the verb, whether the numbers agree."""
    if run[0].rule == BEHIND:
        first_aux = next((i for i in units.where.get("aux", ()) if i > run[-1].number), run[0].last)
        return units.norm(min(first_aux, run[0].last) - 1) == ","
    return sum(value_of(figure) for figure in run[1:]) == value_of(run[0])


def _shares_verb(units: Units, one: Found, other: Found) -> bool:
    if one.sort != "people" or other.sort != "people" or one.subset or other.subset or one.measure != other.measure:
        return False
    if one.of == "civilian" or is_vague(one) or is_vague(other) or not is_joined(units, other.number):
        return False
    if _at_places_of_their_own(units, one, other):
        return False
    if one.rule == other.rule == BEHIND:
        return one.last == other.last or (other.number == one.last + 2 and not _told_whole(units, one))
    listed = one.first == other.first or (other.rule == "coordinated people" and other.first == other.number)
    return one.rule in BEFORE and other.rule in BEFORE and listed and other.number - one.last <= 6


def _at_places_of_their_own(units: Units, one: Found, other: Found) -> bool:
    """ "Un homme à Koupiansk et deux femmes à Vovtchansk": a place behind each makes two tolls, not their sum."""
    between = any(unit.place is not None for unit in units.units[one.number : other.number])
    return between and any(unit.place is not None for unit in units.units[other.number : other.number + REACH])


def _told_whole(units: Units, figure: Found) -> bool:
    """Whether a clause with a verb of its own tells the figure: "deux hommes ont été blessés et une femme blessée"."""
    return units.stands("aux", figure.number, figure.last)
