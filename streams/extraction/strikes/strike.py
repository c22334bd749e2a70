"""A strike under construction: its figures with the sentences that tell them, its days, its place."""

from dataclasses import dataclass, field
from datetime import date

from schemas.enumerations import DatePrecision, Scope
from schemas.records import Number, Place
from streams.languages.fr.strikes.found import Found, is_vague, value_of
from streams.languages.fr.strikes.scene import Scene
from streams.reading.document import Sentence

MOST_FIGURES = 100


@dataclass(slots=True)
class Told:
    """A figure of an event with the sentence that tells it."""

    found: Found
    scene: Scene
    scope: Scope = "event"
    side: str | None = None

    @property
    def value(self) -> Number:
        """The number as the contract takes it: a range's low end."""
        return value_of(self.found)

    @property
    def vague(self) -> bool:
        """Whether the text gives no number: "des dizaines"."""
        return is_vague(self.found)


@dataclass(slots=True)
class Day:
    """A day told of an event; `rank` -1 beside the word of the strike, 0 in the figure's own clause, 1 in its sentence,
    2 elsewhere, 3 when it was said. `until` is the last of several days.
    """

    rank: int
    day: date
    precision: DatePrecision
    distance: int = 0
    until: date | None = None


@dataclass(slots=True, eq=False)
class Strike:
    """An event under construction; `place` grows more precise as the text goes on."""

    place: Place | None
    item: int
    national: bool = False
    cumulative: bool = False
    background: bool = False
    figures: list[Told] = field(default_factory=list)
    known: dict[tuple[str, str | None], set[Number]] = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)
    weapons: set[str] = field(default_factory=set)
    more_weapons: set[str] = field(default_factory=set)
    days: list[Day] = field(default_factory=list)
    told: bool = False
    near: bool = False
    shared: bool = False
    summed: bool = False
    parent: "Strike | None" = None
    side: str | None = None
    dated: date | None = None
    period: tuple[date | None, date | None] | None = None

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences that tell of it, in order, each once."""
        unique = {scene.units.sentence.index: scene.units.sentence for scene in self.scenes}
        return [unique[index] for index in sorted(unique)]

    def best_days(self) -> list[Day]:
        """The days told of it, the surest first: in its own clause, then near it; days of reporting left out."""
        told = [day for day in self.days if day.rank < 3]
        return sorted(told, key=lambda day: (day.rank, day.distance if day.rank <= 0 else 0))

    @property
    def scope(self) -> Scope:
        """The scope of the figures told of it: of one event, or of the weeks and months that it sums up."""
        if self.cumulative:
            return "cumulative"
        return "total" if self.summed or (self.national and self.period is not None) else "event"

    @property
    def is_share(self) -> bool:
        """Whether it is a region's part of a country's count: "dont 12 dans la région de Voronej"."""
        return any(told.found.place_unit is not None or told.found.share for told in self.figures)

    def tell(self, told: Told) -> None:
        """Add a figure; past a hundred a bulletin says nothing new of one strike."""
        if len(self.figures) < MOST_FIGURES:
            self.figures.append(told)
            if not told.vague:
                self.known.setdefault((told.found.measure, told.found.of), set()).add(told.value)
