"""What a figure of people tells besides: the children of a couple, the hospital that all the wounded are in."""

from msgspec.structs import replace

from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import head_of
from streams.languages.fr.strikes.pulled import under_age
from streams.languages.fr.strikes.together import BEHIND, DEFINITE, REACH, noun_at
from streams.languages.fr.strikes.units import Units

CHILDREN = frozenset(("fils", "fille", "petit-fils", "petite-fille", "frère", "sœur", "neveu", "nièce"))


def told_apart(units: Units, figure: Found) -> list[Found]:
    """What a figure tells besides: the child of a couple or a parent, the hospital that all the wounded are in."""
    if figure.sort != "people" or figure.subset:
        return []
    if figure.rule == BEHIND:
        return _group_within(units, figure) or _their_child(units, figure)
    return _all_in_hospital(units, figure) if figure.rule == "victim noun" and figure.measure == "injured" else []


def _group_within(units: Units, figure: Found) -> list[Found]:
    """ "Dix-neuf enfants et leur éducatrice": the children among the twenty."""
    own = units[figure.number].quantity
    if own is None or own.article or own.value == value_of(figure) or figure.of is not None:
        return []
    head = head_of(units, figure.number)
    if head is None or head.of is None or head.family != "person" or head.sub == "couple":
        return []
    return [replace(figure, rule="group within", quantity=own, of=head.of, subset=True)]


def _their_child(units: Units, figure: Found) -> list[Found]:
    """ "Un couple et leur fille de six ans ont péri": one child among them."""
    for position in range(figure.number + 1, min(figure.last - 2, figure.number + REACH)):
        if units.norm(position) != "et" or units.norm(position + 1) not in DEFINITE:
            continue
        person = noun_at(units, position + 2, figure.last)
        if person is None:
            return []
        young = units[person].sub("person") == "child" or units[person].norm in CHILDREN
        if young and (units[person].sub("person") == "child" or under_age(units, person)):
            rule = "their child"
            return [replace(figure, rule=rule, number=person, first=person, quantity=1, of="child", subset=True)]
        return []
    return []


def _all_in_hospital(units: Units, figure: Found) -> list[Found]:
    """ "Cinq blessés, tous conduits à l'hôpital": an apposition counts the wounded in hospital too."""
    if units.norm(figure.last + 1) != "," or units.norm(figure.last + 2) not in {"tous", "toutes"}:
        return []
    for position in range(figure.last + 3, min(len(units), figure.last + 8)):
        unit = units[position]
        if unit.has("aux") or unit.kind == "sign":
            return []
        if "hospitalised" in unit.subs("fate"):
            return [replace(figure, rule="all in hospital", measure="hospitalised", last=position)]
    return []
