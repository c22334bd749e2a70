"""Tolls that the text itself revises, and sums that it leaves to the reader."""

from typing import cast

from msgspec.structs import replace

from schemas.enumerations import Measure
from streams.languages.fr.strikes.found import Found, is_vague, value_of
from streams.languages.fr.strikes.heads import Head, head_of
from streams.languages.fr.strikes.labels import label_of
from streams.languages.fr.strikes.together import added, under_one_verb
from streams.languages.fr.strikes.units import Unit, Units
from streams.languages.pack import Quantity

RAISING = frozenset(("porte", "portant", "élève", "élevant", "amène", "amenant", "portent"))
LIST_GAP = 9
# Units from the last of one group to the number of the next, "et" alone between them.
AT_ONCE = 2
TOLLS = frozenset(("bilan", "nombre", "chiffre", "total", "décompte"))
ADVERBS = frozenset(("donc", "désormais", "maintenant", "présent", "à", "aujourd'hui", "ainsi", "déjà", "alors"))
STANDS = frozenset(
    ("est", "était", "atteint", "atteignait", "atteindrait", "dépasse", "dépassait", "serait", "reste", "établit")
)
STANDS_AT = frozenset(("de", "d'", "à", "établi", "passé", "monté", "s'", "en", "est", "était"))
KIN = frozenset(
    ("mari", "femme", "épouse", "époux", "père", "mère", "fils", "fille", "frère", "sœur", "compagnon", "compagne")
)
FORMER = frozenset(("contre", "de", "d'", "à"))


def former_figure(units: Units, index: int, quantity: Quantity, head: Head | None, found: list[Found]) -> Found | None:
    """A figure that the text says has been replaced.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("La frappe a fait 52 morts, contre 51 annoncés auparavant.")
    [('killed', None, 52), ('killed', None, 51)]
    >>> figures("Le nombre de blessés a été porté de 38 à 55 après la frappe.")
    [('injured', None, 38), ('injured', None, 55)]
    """
    before = units.norm(index - 1)
    if before not in FORMER:
        return None
    told = next(
        (
            f
            for f in reversed(found)
            if not f.subset and (head is None or head.family != "victim" or f.measure == head.sub)
        ),
        None,
    )
    if (
        before == "contre"
        and told is not None
        and told.sort == "people"
        and (head is None or head.family == "victim" or units[head.last].has("scene.former"))
    ):
        same = units[told.number].segment == units[index].segment
        return (
            replace(
                told, rule="former toll", number=index, first=index, last=index, quantity=quantity, revision="former"
            )
            if same
            else None
        )
    if (before in {"de", "d'"} and units.norm(index + 1) == "à") or (
        head is not None and units.norm(head.last + 1) == "à"
    ):
        after = (index if head is None else head.last) + 2
        if before in {"de", "d'"} and after < len(units) and units[after].quantity is not None and _rises(units, index):
            return _from_to(units, index, after, quantity)
    if (
        before == "à"
        and found
        and found[-1].rule == "toll before its rise"
        and head is None
        and index - found[-1].last == 2
    ):
        return replace(
            found[-1],
            rule="toll after its rise",
            number=index,
            first=index,
            last=index,
            quantity=quantity,
            revision="update",
        )
    return None


def _rises(units: Units, index: int) -> bool:
    reach = 13 if units.norm(index - 2) == "et" else 6
    return units.stands("scene.change", index - reach, index - 1)


def _from_to(units: Units, index: int, after: int, quantity: Quantity) -> Found | None:
    """ "Passé de 4 à 6 morts", "de 4 morts à 6": the noun stands at either number or before both."""
    label = label_of(units, index) or label_of(units, after)
    head = head_of(units, after) or head_of(units, index)
    if label is not None and label.family == "victim":
        measure, of = label.sub, None
    elif head is not None and head.family == "victim" and head.sub in {"killed", "injured", "missing"}:
        measure, of = head.sub, head.of
    else:
        return None
    return Found(
        "toll before its rise", "people", cast(Measure, measure), index, index, index, quantity, of, revision="former"
    )


def revised(units: Units, found: list[Found]) -> list[Found]:
    """The figures with their place in the text's own history: "former", "update" or neither."""
    where = units.where
    positions = sorted({*where.get("scene.former", ()), *where.get("scene.update", ())})
    marked = [(position, units[position]) for position in positions]
    if (
        not marked
        and not units.tells("scene.change")
        and not any(figure.rule == "toll before its rise" for figure in found)
    ):
        return found
    told = [
        replace(figure, revision=_revision(units, figure, found, marked)) if figure.revision is None else figure
        for figure in found
    ]
    newer = [figure for figure in told if figure.revision == "update" and figure.sort == "people"]
    return [figure for figure in told if not any(_explains(units, figure, new) for new in newer)]


def _explains(units: Units, figure: Found, new: Found) -> bool:
    """ "Porté à neuf, deux blessés ayant succombé", "un corps …, ce qui porte à six": these deaths are in the toll."""
    if figure is new or figure.measure != new.measure or figure.subset or figure.revision == "former":
        return False
    before = figure.number < new.number
    between = range(figure.last, new.number) if before else range(figure.number, min(len(units), figure.last + 4))
    words = RAISING if before else {"ayant", "étant"}
    body = units[figure.last].norm == "corps"
    return value_of(figure) < value_of(new) and (body or any(units.norm(i) in words for i in between))


def _ends_in_to(units: Units, position: int) -> bool:
    return units.sentence.text[units[position].start : units[position].end].endswith(" à")


def changed_to(units: Units, index: int) -> bool:
    """Whether a toll is said to reach the number now: "ramené jeudi à onze", "est monté dans la soirée à neuf"."""
    if index and units[index - 1].has("scene.update", "scene.change") and _ends_in_to(units, index - 1):
        return True
    if units.norm(index - 1) != "à":
        return False
    for position in range(index - 2, max(-1, index - 6), -1):
        if units[position].has("scene.change"):
            return True
        if units[position].kind not in {"day", "sign"} and units[position].has("fate", "cause", "aux"):
            return False
    return False


def toll_stands(units: Units, index: int, last: Found) -> bool:
    """ "Le bilan, longtemps arrêté à trois morts, est désormais de quatre": where the toll told stands in the end."""
    if last.number >= index or units[last.number].quantity is not last.quantity:
        return False
    verb = index - 1
    while verb > last.number and (units.norm(verb) in STANDS_AT | ADVERBS or units[verb].has("scene.update")):
        verb -= 1
    stands = units.norm(verb) in STANDS or units.norm(verb + 1) in STANDS or units.norm(verb + 2) in STANDS
    return stands and any(units.norm(i) in TOLLS for i in range(last.number))


def _revision(units: Units, figure: Found, found: list[Found], marked: list[tuple[int, Unit]]) -> str | None:
    if figure.sort != "people":
        return None
    if any(
        other.rule == "toll before its rise" and other.measure == figure.measure and other.number < figure.number
        for other in found
    ):
        return "update"
    number = units[figure.number]
    if changed_to(units, figure.number):
        return "update"
    for position, unit in marked:
        if unit.part == number.part and unit.has("scene.former"):
            return "former"
        if unit.segment == number.segment and position < figure.number and unit.has("scene.update"):
            return "update"
    return None


def summed(units: Units, found: list[Found]) -> list[Found]:
    """Figures that only together are the text's figure: a list of types of missiles, a woman and two men killed.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("L'ennemi a lancé 4 missiles balistiques, 7 missiles de croisière et 88 drones.")
    [('launched', 'missile', 11), ('launched', 'drone', 88)]
    >>> figures("Une femme et deux hommes ont été tués.")
    [('killed', None, 3), ('killed', 'man', 2)]
    """
    if len(found) < 2:
        return found
    found = _without_their_sum(found)
    merged: list[Found] = []
    for figure in under_one_verb(units, found):
        last = next(
            (other for other in reversed(merged) if other.measure == figure.measure and other.of == figure.of), None
        )
        if last is not None and figure.sort == last.sort == "weapon" and _listed(units, last, figure):
            merged[merged.index(last)] = added(last, figure)
            continue
        if merged and (
            _another_one(merged[-1], figure)
            or _his_kin(units, merged[-1], figure)
            or _alike_in_a_group(units, merged[-1], figure)
        ):
            merged[-1] = added(merged[-1], figure)
            continue
        merged.append(figure)
    return merged


def _without_their_sum(found: list[Found]) -> list[Found]:
    """ "Trois ouvriers ont sauté sur une mine : deux sont morts, le troisième est blessé": struck, not all wounded."""
    first, rest = found[0], [figure for figure in found[1:] if figure.sort == "people" and not figure.subset]
    fates = {figure.measure for figure in rest}
    if first.measure != "injured" or first.subset or value_of(first) < 2 or fates != {"killed", "injured"}:
        return found
    told = sum(value_of(figure) for figure in rest) == value_of(first) and rest[0].number > first.last
    return found[1:] if told else found


def _another_one(one: Found, other: Found) -> bool:
    """ "Un garçon est mort, un autre est décédé à l'hôpital": two."""
    return (
        other.rule == "one of those before"
        and one.sort == "people"
        and one.measure == other.measure
        and value_of(one) == 1
        and not one.share
        and not one.subset
        and one.of is None
    )


def _alike_in_a_group(units: Units, one: Found, other: Found) -> bool:
    """ "Dont deux bébés et une fillette": three children."""
    same = one.subset and other.subset and one.measure == other.measure and one.of == other.of is not None
    opens = units[one.number - 1].has("subset") if one.number else False
    return same and opens and units.norm(other.number - 1) == "et" and other.number - one.last == AT_ONCE


def _his_kin(units: Units, one: Found, other: Found) -> bool:
    """ "Un homme a été tué, son frère est mort à l'hôpital": two, where neither clause has a place of its own."""
    his = units.norm(other.first) in {"son", "sa", "leur"} or units.norm(other.number) in KIN
    kin = other.rule == "one person and his fate" and his
    same = one.sort == "people" and one.measure == other.measure and value_of(one) == 1 and one.of is None
    apart = any(units[i].place is not None for i in range(one.first, min(len(units), other.last + 4)))
    return kin and same and not (one.share or one.subset or apart) and one.number < other.number


def _with_its_preposition(units: Units, other: Found) -> bool:
    """ "De 36 missiles balistiques et de 12 missiles de croisière"."""
    return units.norm(other.number - 1) in {"de", "d'"} and units.norm(other.number - 2) in {",", "et"}


def _listed(units: Units, one: Found, other: Found) -> bool:
    """Whether two counts stand in one list under one verb, neither a part of the other."""
    if units[one.number].segment != units[other.number].segment or other.subset or one.of is None:
        return False
    if other.number - one.number > 2 * LIST_GAP or one.rule != other.rule or one.rule != "weapons and their fate":
        return False
    return (
        (units.norm(other.number - 1) in {",", "et", "que"} or _with_its_preposition(units, other))
        and not (is_vague(one) or is_vague(other))
        and not any(one.last < position < other.number for position in units.named if units[position].place)
        and (one.first == other.first or one.last == other.last)
    )
