"""Floors under the measures of each set: data that a command raises and does not lower without a reason."""

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from tests.accuracy.scoring import COUNTS, MEASURES

FLOORS = Path(__file__).with_name("floors.toml")
HEAD = """\
# Written by `make floors`: what each set must reach, rates rounded down to three decimals. The counts
# (items_extra, spurious_on_other, quotes_wrong, quotes_missing) are ceilings.
"""
Standing = Literal["new", "holds", "can be raised", "BELOW"]


@dataclass(frozen=True)
class Floor:
    """What a measure must reach; one that was lowered says from where and why until it is back there."""

    value: Fraction
    was: Fraction | None = None
    because: str = ""


@dataclass(frozen=True)
class Row:
    """A measure, the floor under it and where it stands now."""

    measure: str
    floor: Floor | None
    now: Fraction

    @property
    def standing(self) -> Standing:
        """Whether the measure has a floor, is above, at or below it."""
        if self.floor is None:
            return "new"
        if worth(self.measure, self.now) < worth(self.measure, self.floor.value):
            return "BELOW"
        reached = worth(self.measure, rounded(self.measure, self.now))
        return "can be raised" if reached > worth(self.measure, self.floor.value) else "holds"


def worth(measure: str, value: Fraction) -> Fraction:
    """The value such that more is better: of a count of what ought not to be, fewer is better."""
    return -value if measure in COUNTS else value


def rounded(measure: str, value: Fraction) -> Fraction:
    """A rate rounded down to three decimals, a count as it is."""
    return value if measure in COUNTS else Fraction(int(value * 1000), 1000)


def shown(measure: str, value: Fraction) -> str:
    """A value as it stands in a table and in the file; a rate is rounded down."""
    return str(value) if measure in COUNTS else f"{float(rounded(measure, value)):.3f}"


def rows(floors: Mapping[str, Floor], now: Mapping[str, Fraction]) -> list[Row]:
    """Every measure of a set beside its floor."""
    return [Row(measure, floors.get(measure), value) for measure, value in now.items()]


def moved(standing: Collection[Row], lower: Collection[str] = (), because: str = "") -> dict[str, Floor]:
    """The floors at what is reached now; those in `lower` may fall, for the reason given, no other does."""
    return {row.measure: _moved(row, because if row.measure in lower else "") for row in standing}


def _moved(row: Row, because: str) -> Floor:
    reached = rounded(row.measure, row.now)
    if row.floor is None:
        return Floor(reached)
    if row.standing == "BELOW":
        if not because:
            return row.floor
        reasons = [row.floor.because, because] if row.floor.because else [because]
        return Floor(reached, row.floor.value if row.floor.was is None else row.floor.was, "; ".join(reasons))
    if row.floor.was is None or worth(row.measure, reached) >= worth(row.measure, row.floor.was):
        return Floor(reached)
    return Floor(reached, row.floor.was, row.floor.because)


def table(name: str, standing: Collection[Row], parts: Mapping[str, Mapping[str, Fraction]] | None = None) -> str:
    """A set's measures with their floors, what is reached now and, in columns of their own, in `parts` of the set."""
    parts = parts or {}
    head = f"{name:18}{'floor':>8}{'now':>8}" + "".join(f"{part:>16}" for part in parts)
    return "\n".join([head, *_lines(standing, parts)])


def _lines(standing: Collection[Row], parts: Mapping[str, Mapping[str, Fraction]]) -> Iterator[str]:
    for row in standing:
        floor = shown(row.measure, row.floor.value) if row.floor is not None else "-"
        line = f"{row.measure:18}{floor:>8}{shown(row.measure, row.now):>8}"
        line += "".join(f"{shown(row.measure, values[row.measure]):>16}" for values in parts.values())
        reason = ""
        if row.floor is not None and row.floor.was is not None:
            reason = f"  (was {shown(row.measure, row.floor.was)}: {row.floor.because})"
        yield line + (f"  {row.standing}" if row.standing != "holds" else "") + reason


def read_floors(text: str) -> dict[str, dict[str, Floor]]:
    """The floors of each set; raises ValueError for a measure that the score does not have."""
    floors = tomllib.loads(text, parse_float=Fraction)
    for name, own in floors.items():
        if strange := sorted(own.keys() - set(MEASURES)):
            raise ValueError(f"floors of {name} under {strange}, which no score has; take them out of {FLOORS.name}")
    return {name: {measure: _floor(given) for measure, given in own.items()} for name, own in floors.items()}


def _floor(given: Fraction | int | dict[str, Fraction | int | str]) -> Floor:
    if not isinstance(given, dict):
        return Floor(Fraction(given))
    return Floor(Fraction(given["floor"]), Fraction(given["was"]), str(given["because"]))


def written(floors: Mapping[str, Mapping[str, Floor]]) -> str:
    """The same as the text of the file: sets by name, measures in the order of the score."""
    blocks = []
    for name in sorted(floors):
        own = floors[name]
        lines = [f"{measure} = {_written(measure, own[measure])}" for measure in MEASURES if measure in own]
        blocks.append("\n".join([f"[{name}]", *lines]) + "\n")
    return "\n".join([HEAD, *blocks])


def _written(measure: str, floor: Floor) -> str:
    value = shown(measure, floor.value)
    if floor.was is None:
        return value
    because = json.dumps(floor.because, ensure_ascii=False)
    return f"{{ floor = {value}, was = {shown(measure, floor.was)}, because = {because} }}"
