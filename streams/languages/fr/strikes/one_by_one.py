"""Victims told one after the other, each by a sentence of his own, that the text leaves to the reader to count."""

from msgspec.structs import replace

from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.heads import head_of
from streams.languages.fr.strikes.units import Units

TOLL = frozenset(("killed", "injured"))
BY_HIMSELF = frozenset(
    ("people and their fate", "verb and its victims", "verb and its subject", "one person and his fate")
)
ONE_MORE = "one after the other"
ANYBODY = frozenset(("personne", "victime", "individu", "être"))
FEMALE = frozenset(("une", "la", "sa"))
MALE = frozenset(("un", "le", "son"))
POSSESSIVE = frozenset(("son", "sa", "leur"))
SECOND = frozenset(("second", "seconde"))
UNSURE = frozenset(("any", "civilian", None))
MOST = 6


def one_by_one(units: Units, found: list[Found], before: list[Found]) -> list[Found]:
    """The figures, each of a single person with those told as singly before him; each notes who they are.

    >>> from streams.languages.fr.strikes.phrases import figures
    >>> figures("Une couturière a été tuée sur le coup. Un livreur est mort dans l'ambulance.")
    [('killed', None, 1), ('killed', None, 2)]
    """
    told = list(before)
    for position, figure in enumerate(found):
        told.append(_one_more(units, figure, told, here=position > 0))
    return told[len(before) :]


def _one_more(units: Units, figure: Found, told: list[Found], here: bool) -> Found:
    """The figure as one more of the people told last who suffered the same; `here`: some of them in this sentence."""
    if figure.rule not in BY_HIMSELF or figure.measure not in TOLL or value_of(figure) != 1:
        return figure
    if figure.subset or figure.share or figure.of is not None:
        return figure
    who = _who(units, figure)
    if who is None:
        return figure
    figure = replace(figure, who=frozenset((who,)))
    last = next((one for one in reversed(told) if one.measure == figure.measure), None)
    if last is None or last.who is None or last.share or last.revision is not None or value_of(last) > MOST:
        return figure
    kin = here and units.norm(figure.first) in POSSESSIVE
    another = units.norm(figure.number + 1) in SECOND or all(_others(who, one) for one in last.who)
    if kin or not another or any(unit.place is not None for unit in units.units):
        return figure
    return replace(figure, rule=ONE_MORE, quantity=value_of(last) + 1, who=last.who | {who})


def _who(units: Units, figure: Found) -> tuple[str, str | None] | None:
    """(sex, what the lexicon says of the noun) of the one person told; None where the words leave his sex open."""
    quantity = units[figure.number].quantity
    if quantity is not None and not quantity.article:
        return None
    head = head_of(units, figure.number) if quantity is not None else None
    noun = figure.number if head is None else head.last
    article = figure.number if quantity is not None else figure.number - 1
    word = units.norm(article)
    if units.norm(noun) in ANYBODY or word not in FEMALE | MALE:
        return None
    return "female" if word in FEMALE else "male", units[noun].sub("person")


def _others(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Whether two persons cannot be one: by sex, or by what they are."""
    return one[0] != other[0] or (one[1] != other[1] and one[1] not in UNSURE and other[1] not in UNSURE)
