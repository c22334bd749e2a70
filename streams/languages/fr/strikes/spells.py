"""The weeks and months over which a clause counts weapons and strikes: "en une semaine", "au mois d'avril"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schemas.enumerations import Scope
from streams.languages.fr.strikes.units import Units
from streams.languages.pack import DateMention

LENGTHS = {
    "jour": 1, "jours": 1, "nuit": 1, "nuits": 1, "semaine": 7, "semaines": 7, "mois": 30, "trimestre": 90,
    "semestre": 180, "an": 365, "ans": 365, "année": 365, "années": 365, "hiver": 90, "été": 90, "automne": 90,
    "printemps": 90, "hebdomadaire": 7, "mensuel": 30,
}  # fmt: skip
NUMBERS = {
    word: value
    for value, words in enumerate(
        ("un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"), start=1
    )
    for word in words.split()
} | {"quinze": 15, "vingt": 20, "trente": 30, "cent": 100}
LEADING = frozenset(
    ("en", "ces", "des", "durant", "pendant", "les", "sur", "dans", "l'espace", "dernières", "derniers")
)
GONE = frozenset(("écoulé", "écoulée", "écoulés", "écoulées", "passé", "passée", "dernier", "dernière"))
COURSE = frozenset(("cours", "durant", "pendant", "dans", "sur", "en"))
SINCE = frozenset(("depuis", "dès"))
# What is "the most since January" is counted on one day.
RECORDS = frozenset(
    (
        "record", "pire", "première", "jamais", "deuxième", "troisième", "quatrième", "cinquième", "après", "précédent",
        "mois-ci", "tard", "avant", "inédite", "inédit", "premier", "second", "seconde",
    )
)  # fmt: skip
SUPERLATIVES = frozenset(("la", "le", "les", "sa", "ses", "son", "leur", "leurs"))
EACH = frozenset(("par", "chaque", "il"))
LONGEST_TOTAL = 27
FEWEST_DAYS = 2
REACH = 26


@dataclass(slots=True)
class Spell:
    """Some days whose sum a number is: `total`, or `cumulative` of months; `first` and `last` where the text dates
    them.
    """

    scope: Scope
    first: date | None = None
    last: date | None = None


def spell_of(
    units: Units, days: Sequence[tuple[int, DateMention, bool]], number: int, anchor: date | None
) -> Spell | None:
    """The spell that the clause of a number counts over; None where it tells of one day or night."""
    for index, mention, reporting in days:
        if not _one_clause(units, number, index) or reporting or abs(index - number) > REACH or is_record(units, index):
            continue
        since = units.norm(index).startswith("depuis") or not SINCE.isdisjoint(
            (units.norm(index - 1), units.norm(index - 2))
        )
        first, last = mention.first, anchor if since else mention.last
        if first is None or last is None or mention.precision == "night":
            continue
        length = (last - first).days + 1
        nightly = "nuit" in {units.norm(position) for position in range(max(0, index - 4), index)}
        if length > FEWEST_DAYS + nightly:
            return Spell(_scope(length), first, None if since else last)
    length = _told_length(units, number)
    return Spell(_scope(length)) if length > 1 else None


def beats_a_record(units: Units) -> bool:
    """Whether "depuis le début de l'année" and the like measure a record: "son plus grand raid depuis janvier"."""
    running = units.where.get("scene.cumulative", ())
    return bool(running) and all(is_record(units, position) for position in running)


def _one_clause(units: Units, number: int, index: int) -> bool:
    """Whether a day stands in a number's segment, or behind the colon that presents it: "40 drones : voilà …"."""
    apart = units[index].segment - units[number].segment
    return apart == 0 or (apart == 1 and any(units.norm(i) == ":" for i in range(number, index)))


def _scope(days: int) -> Scope:
    return "total" if days <= LONGEST_TOTAL else "cumulative"


def _told_length(units: Units, number: int) -> int:
    """The days of "en une semaine", "ces sept derniers jours", "au cours du mois écoulé"; 0 where none are told."""
    segment = units[number].segment
    for position in range(max(0, number - REACH), min(len(units), number + REACH)):
        days = LENGTHS.get(units.norm(position))
        if days is None or units[position].segment != segment or position == number + 1:
            continue
        counted = position - 1 - (units.norm(position - 1) in {"derniers", "dernières"})
        many = _number(units.norm(counted))
        if many and units.norm(counted - 1) in LEADING and not is_record(units, counted):
            return days * many
        if many:
            continue
        gone = units.norm(position + 1) in GONE and days > 1 and not is_record(units, position)
        if gone and not COURSE.isdisjoint(units.norm(i) for i in range(max(0, position - 3), position)):
            return days
    return 0


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else NUMBERS.get(word, 0)


def is_record(units: Units, index: int) -> bool:
    """Whether the spell measures a record, a rank or a rate: "la plus massive en deux mois", "une semaine après"."""
    part = units[index].part
    opening = index
    while opening > 0 and units[opening - 1].part == part:
        opening -= 1
    norms = [units.norm(position) for position in range(opening, min(len(units), index + 4))]
    if not RECORDS.isdisjoint(norms) or units.norm(index - 1) in EACH:
        return True
    return any(
        norm == "plus" and norms[place - 1] in SUPERLATIVES and norms[place + 1 : place + 2] != ["de"]
        for place, norm in enumerate(norms)
        if place
    )
