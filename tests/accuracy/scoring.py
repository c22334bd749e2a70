"""What reading is worth: the contract's fields compared with annotations, figure by figure, as exact fractions.

What a person marked `optional` counts neither found nor missed; `vague` figures count on neither side.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tests.accuracy.annotated import AnnotatedText, Answer, ToldEvent, ToldFigure

STREAMS = ("strike", "military-personnel", "diplomacy")
TOLL = ("killed", "injured")
F1 = ("toll", "figures", "figures_strict", "figures_bound", "strike_places", "strike_days", "kinds")
SHARES = ("bounds", "items")
COUNTS = ("items_extra", "spurious_on_other", "quotes_wrong", "quotes_missing")
MEASURES = (*F1[:4], "bounds", "stream_macro_f1", *F1[4:], "items", *COUNTS)
LONGEST_QUOTE = 200

Key = Callable[[ToldFigure], tuple[Hashable, ...]]
Names = frozenset[str]


@dataclass(frozen=True)
class Marks:
    """What was found and wanted, what was wanted and not found, and the reverse; repeats count."""

    right: Counter[Hashable] = field(default_factory=Counter)
    missed: Counter[Hashable] = field(default_factory=Counter)
    extra: Counter[Hashable] = field(default_factory=Counter)

    def __add__(self, other: "Marks") -> "Marks":
        return Marks(self.right + other.right, self.missed + other.missed, self.extra + other.extra)

    @property
    def f1(self) -> Fraction:
        """The harmonic mean of precision and recall; 1 where nothing was wanted and nothing found."""
        twice = 2 * self.right.total()
        everything = twice + self.missed.total() + self.extra.total()
        return Fraction(twice, everything) if everything else Fraction(1)

    @property
    def share(self) -> Fraction:
        """How much of what was wanted is right; 1 where nothing was wanted."""
        wanted = self.right.total() + self.missed.total()
        return Fraction(self.right.total(), wanted) if wanted else Fraction(1)


def compared(found: Iterable[Hashable], wanted: Iterable[Hashable], optional: Iterable[Hashable] = ()) -> Marks:
    """Two multisets side by side; what is `optional` excuses as many that are found beyond what is wanted."""
    have, want = Counter(found), Counter(wanted)
    return Marks(have & want, want - have, have - want - Counter(optional))


def score(read: Iterable[tuple[AnnotatedText, Answer]]) -> dict[str, Fraction]:
    """Every measure over texts and their answers: rates from 0 to 1, and counts of what ought not to be (`COUNTS`)."""
    return rated(total(mark(text, answer) for text, answer in read))


def total(marks: Iterable[dict[str, Marks]]) -> dict[str, Marks]:
    """The marks of all texts together, by name."""
    summed: dict[str, Marks] = {}
    for each in marks:
        summed |= {name: summed.get(name, Marks()) + own for name, own in each.items()}
    return summed


def rated(marks: dict[str, Marks]) -> dict[str, Fraction]:
    """The value of every measure, in the order of `MEASURES`."""
    rates = {name: marks.get(name, Marks()).f1 for name in F1}
    rates |= {name: marks.get(name, Marks()).share for name in SHARES}
    rates |= {name: Fraction(marks.get(name, Marks()).extra.total()) for name in COUNTS}
    rates["stream_macro_f1"] = sum((marks.get(name, Marks()).f1 for name in STREAMS), Fraction()) / len(STREAMS)
    return {name: rates[name] for name in MEASURES}


def mark(text: AnnotatedText, answer: Answer) -> dict[str, Marks]:
    """The marks of one text by measure, and by stream for the three that `stream_macro_f1` is made of."""
    found, gold = answer.events, text.gold
    told = {event.stream for event in found}
    settled = set(STREAMS) - set(gold.streams_disputed)
    quiet = gold.streams == ("other",) and not gold.streams_disputed
    return {
        **{name: compared({name} & told & settled, {name} & {*gold.streams} & settled) for name in STREAMS},
        "toll": _figures(found, gold.events, loose, TOLL),
        "figures": _figures(found, gold.events, loose),
        "figures_strict": _figures(found, gold.events, strict),
        "figures_bound": _bound(found, gold.events),
        "bounds": _bounds(found, gold.events),
        "strike_places": _places(found, gold.events),
        "strike_days": _days(text, found),
        "kinds": _kinds(found, gold.events),
        "spurious_on_other": Marks(extra=Counter([tuple(sorted(told))] if quiet and told else [])),
        **_items(text, answer),
        **_quotes(text, answer),
    }


def loose(figure: ToldFigure) -> tuple[Hashable, ...]:
    """What is counted, in which unit, how much."""
    return figure.measure, figure.unit, figure.value


def identity(figure: ToldFigure) -> tuple[Hashable, ...]:
    """The same, and of whom, on which side, in which scope."""
    return (*loose(figure), figure.of, figure.side, figure.scope)


def strict(figure: ToldFigure) -> tuple[Hashable, ...]:
    """The same, and how exactly it is told."""
    return (*identity(figure), figure.qualifier)


def bounded(figure: ToldFigure) -> tuple[Hashable, ...]:
    """A figure's identity with its low and high."""
    return (*identity(figure), figure.low, figure.high)


KEYS: dict[str, Key] = {
    "toll": loose,
    "figures": loose,
    "figures_strict": strict,
    "figures_bound": loose,
    "bounds": bounded,
}


def _keys(events: Iterable[ToldEvent], key: Key, *, optional: bool = False) -> list[tuple[Hashable, ...]]:
    figures = (figure for event in events for figure in event.figures if figure.optional == optional)
    return [key(figure) for figure in figures if figure.qualifier != "vague" and figure.value is not None]


def _figures(
    found: Sequence[ToldEvent], wanted: Sequence[ToldEvent], key: Key, measures: tuple[str, ...] | None = None
) -> Marks:
    sides = _keys(found, key), _keys(wanted, key), _keys(wanted, key, optional=True)
    return compared(*([told for told in side if measures is None or told[0] in measures] for side in sides))


def pairs(found: Sequence[ToldEvent], wanted: Sequence[ToldEvent]) -> Iterator[tuple[ToldEvent, ToldEvent]]:
    """Found and annotated events of one stream, one to one: the likeliest pair first, of equals the earliest.

    A common place weighs most, then the number of common figures, then the same kind.
    """

    def unlikeness(mine: ToldEvent, theirs: ToldEvent) -> tuple[bool, int, bool]:
        return not (names(mine) & names(theirs)), -_common(mine, theirs).total(), mine.kind != theirs.kind

    mine_left, theirs_left = dict(enumerate(found)), dict(enumerate(wanted))
    candidates = [
        (unlikeness(mine, theirs), i, j)
        for i, mine in mine_left.items()
        for j, theirs in theirs_left.items()
        if mine.stream == theirs.stream
    ]
    for _, i, j in sorted(candidates):
        if i in mine_left and j in theirs_left:
            yield mine_left.pop(i), theirs_left.pop(j)


def _common(mine: ToldEvent, theirs: ToldEvent) -> Counter[Hashable]:
    return compared(_keys([mine], loose), _keys([theirs], loose)).right


def _bound(found: Sequence[ToldEvent], wanted: Sequence[ToldEvent]) -> Marks:
    anywhere = _figures(found, wanted, loose)
    on_its_event = sum((_common(*pair) for pair in pairs(found, wanted)), Counter[Hashable]())
    astray = anywhere.right - on_its_event
    return Marks(on_its_event, anywhere.missed + astray, anywhere.extra + astray)


def _bounds(found: Sequence[ToldEvent], wanted: Sequence[ToldEvent]) -> Marks:
    marks = Marks()
    for mine, theirs in pairs(found, wanted):
        twins: dict[tuple[Hashable, ...], ToldFigure] = {}
        for figure in mine.figures:
            twins.setdefault(identity(figure), figure)
        for figure in theirs.figures:
            twin = twins.get(identity(figure))
            if twin is not None and not figure.optional and figure.qualifier != "vague":
                marks += compared([bounded(twin)], [bounded(figure)])
    return marks


def folded(name: str) -> str:
    """A name without accents, capitals, hyphens and straight apostrophes, its words one space apart."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(plain.replace("-", " ").replace("'", " ").split())


def names(event: ToldEvent) -> Names:
    """The spellings that an event's place is known by."""
    return frozenset(folded(name) for name in (event.place, *event.place_also) if name)


def _matched(found: Iterable[Names], wanted: Iterable[Names]) -> tuple[list[tuple[Names, Names]], list[Names]]:
    left, met = list(found), []
    for spellings in wanted:
        hit = next((other for other in left if other & spellings), None)
        if hit is not None:
            left.remove(hit)
            met.append((hit, spellings))
    return met, left


def _places(found: Sequence[ToldEvent], wanted: Sequence[ToldEvent]) -> Marks:
    strikes = [event for event in wanted if event.stream == "strike" and names(event)]
    have = [names(event) for event in found if event.stream == "strike" and names(event)]
    want = [names(event) for event in strikes if not event.place_optional]
    excused, unexcused = _matched(have, [names(event) for event in strikes if event.place_optional])
    met, left = _matched(have, want)
    left.sort(key=lambda spellings: spellings not in unexcused)
    right = Counter[Hashable](spellings for _, spellings in met)
    return Marks(right, Counter[Hashable](want) - right, Counter(left[: max(0, len(left) - len(excused))]))


def _days(text: AnnotatedText, found: Sequence[ToldEvent]) -> Marks:
    have, want = (
        {event.day for event in side if event.stream == "strike" and event.day} - {*text.gold.strike_days_disputed}
        for side in (found, text.gold.events)
    )
    return compared(have, want) if want else Marks()


def _kinds(found: Sequence[ToldEvent], wanted: Sequence[ToldEvent]) -> Marks:
    sure, unsure = (
        {(event.stream, event.kind) for event in wanted if event.event_optional == optional}
        for optional in (False, True)
    )
    return compared({(event.stream, event.kind) for event in found}, sure, unsure)


def _items(text: AnnotatedText, answer: Answer) -> dict[str, Marks]:
    routed = [(folded(item.headline), item.stream) for item in answer.items]
    wanted = [(folded(item.headline), item.stream) for item in text.gold.items]
    first = {headline: stream for headline, stream in reversed(routed) if headline}
    marks = Marks()
    for headline, stream in wanted:
        hit = [(headline, first[headline])] if headline in first else []
        marks += compared(hit, [(headline, stream)])
    headlines = {headline for headline, _ in wanted}
    judged = headlines and not text.gold.items_disputed
    extra = Counter[Hashable](each for each in routed if judged and each[0] not in headlines)
    return {"items": marks, "items_extra": Marks(extra=extra)}


def _quotes(text: AnnotatedText, answer: Answer) -> dict[str, Marks]:
    wrong, missing = Counter[Hashable](), Counter[Hashable]()
    for event in answer.given:
        for said in event.statements:
            source = text.bulletin.title if said.section == "title" else text.bulletin.text
            exact = said.quote == source[said.start : said.end] and 0 < len(said.quote) <= LONGEST_QUOTE
            if said.bulletin_id == text.bulletin.bulletin_id and not exact:
                wrong[said.quote] += 1
        quoted = {said.measure for said in event.statements}
        missing.update((figure.measure, figure.value) for figure in event.figures if figure.measure not in quoted)
    return {"quotes_wrong": Marks(extra=wrong), "quotes_missing": Marks(extra=missing)}
