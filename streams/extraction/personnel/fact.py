"""A figure of soldiers, prisoners, bodies or equipment as one sentence states it."""

from dataclasses import dataclass

from schemas.enumerations import Measure, PersonnelKind, Scope
from streams.extraction.timing import Timing
from streams.languages.fr.personnel.sentence import Counted, Parsed
from streams.languages.marks import Mark
from streams.reading.document import Sentence

LOSSES: frozenset[Measure] = frozenset(("killed", "injured", "losses", "missing"))
BELLIGERENTS = frozenset(("UA", "RU", "KP", "BY"))
LONGEST_WORDS = 160


@dataclass(slots=True)
class Fact:
    """One number of one sentence; `scope` is None where no cue tells it, `side` None where nothing does."""

    parsed: Parsed
    counted: Counted
    measure: Measure
    kind: PersonnelKind
    rule: str
    of: str | None
    side: str | None
    scope: Scope | None
    predicate: Mark | None
    timing: Timing | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence that states it."""
        return self.parsed.sentence

    @property
    def value(self) -> float:
        """The number."""
        return self.counted.quantity.value

    def words(self) -> tuple[int, int]:
        """The span of the number, its noun and its verb within the sentence, where they stand close together."""
        tokens, counted = self.parsed.tokens, self.counted
        first, last = counted.first, max(counted.last, counted.first + 1)
        marks = [mark for mark in (counted.head, self.predicate) if mark is not None]
        for mark in marks:
            low, high = min(first, mark.first), max(last, mark.last)
            if tokens[high - 1].end - tokens[low].start <= LONGEST_WORDS:
                first, last = low, high
        start = min(tokens[first].start, counted.quantity.start)
        return start, max(tokens[last - 1].end, counted.quantity.end)
