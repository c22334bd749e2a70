"""People told at a further place under the verb before: "une femme a été tuée à Koupiansk et un fermier à Esman"."""

from msgspec.structs import replace

from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.units import Units

JOINS = frozenset((",", "et", ";", "ou"))
AT = frozenset(("à", "dans", "en", "près"))
REACH = 6
MOST_NUMBERS = 200
TOLLS = frozenset(("killed", "injured"))


def gapped(units: Units, found: list[Found]) -> list[Found]:
    """The figures with those whose verb is left out, each with the fate of the one before it; in order.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Un homme a été blessé à Koupiansk et deux femmes à Vovtchansk.")
    [('injured', None, 1), ('injured', 'woman', 2)]
    """
    if len(units.named) < 2 or not found:
        return found
    taken = {figure.number for figure in found}
    made = list(found)
    for index in units.numbers[:MOST_NUMBERS]:
        quantity = units[index].quantity
        if quantity is None or index in taken or quantity.ordinal:
            continue
        person = index + 1 + (units.norm(index + 1) in {"autre", "autres", "jeune", "jeunes"})
        another = units.norm(index + 1) in {"autre", "autres"} and units.norm(person) in AT
        if person >= len(units) or not (units[person].has("person") or another):
            continue
        before = [figure for figure in made if figure.number < index]
        last = max(before, key=lambda figure: figure.number, default=None)
        if last is None or last.sort != "people" or last.measure not in TOLLS or not _stands_alone(units, index, last):
            continue
        of = units[person].sub("person")
        made.append(
            replace(
                last,
                rule="people at a further place",
                number=index,
                first=index,
                last=person - another,
                quantity=1 if quantity.article else quantity,
                of=of if of in {"child", "woman", "man", "civilian"} else None,
                subset=False,
                share=False,
                place_unit=None,
            )
        )
    return made if len(made) == len(found) else sorted(made, key=lambda figure: figure.number)


def _stands_alone(units: Units, index: int, last: Found) -> bool:
    """Whether a number opens a member of a list that has its own place and no verb, after one told at a place."""
    start = index - 1
    while start > last.number and units.norm(start) not in JOINS:
        start -= 1
    stop = index + 1
    while stop < len(units) and units.norm(stop) not in JOINS | {".", ":"}:
        stop += 1
    if units.norm(start) == "," and units[start - 1].place is not None and start - 2 > last.number:
        start -= 2  # "à Droujkivka, deux ouvriers"
    own = [position for position in range(start, stop) if units[position].place is not None]
    told = any(units[position].place is not None for position in range(last.first, start)) or (
        last.number > 0 and any(units[position].place is not None for position in range(0, last.number))
    )
    verbless = not any(units[position].has("aux", "fate", "cause", "victim") for position in range(start, stop))
    placed = [
        p for p in own if units.norm(p - 1) in AT or (units.norm(p - 1) in {"de", "d'"} and units.norm(p - 2) == "près")
    ]
    return start > last.number and bool(placed) and told and verbless and stop - index <= 2 * REACH
