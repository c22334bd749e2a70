"""What an apposition says of people: that one is told already, that all are civilians."""

from streams.languages.fr.strikes.single import DEFINITE
from streams.languages.fr.strikes.units import Units


def apposed_to_one(units: Units, index: int, last: int) -> bool:
    """ "Son mari, un mécanicien de 45 ans, a été blessé": the one named before it, told as a figure by himself."""
    one = units.norm(index - 3) in DEFINITE and units[index - 2].has("person")
    nth = index > 2 and units[index - 3].quantity is not None and units[index - 2].norm == "victime"
    if units.norm(index - 1) != "," or not (one or nth):
        return False
    closing = next((i for i in range(last + 1, min(len(units), last + 8)) if units.norm(i) == ","), None)
    return closing is not None and closing + 1 < len(units) and units[closing + 1].has("aux", "fate")


def all_civilian(units: Units, index: int) -> bool:
    """ "Sept personnes, toutes civiles, sont mortes"."""
    return units.norm(index) in {"tous", "toutes"} and units.stands("person.civilian", index + 1, index + 2)
