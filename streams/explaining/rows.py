"""The words of each row that `explain` prints: an event, a figure, a day, a number in its context."""

from collections.abc import Iterable

from rich.text import Text

from schemas.records import Event, Figure, Number, Place, Statement
from streams.explaining.explanation import DayNamed, FigureTold, Named
from streams.explaining.markup import shown
from streams.explaining.styles import NUMBERS, QUIET, STANDINGS, STRONG, chip

FIGURE_COLUMNS = ("mark", "figure", "words", "where", "rule", "said by", "standing")
AROUND = 24
MOST_WORDS = 56
SHORT_ID = 6


def event_text(event: Event) -> Text:
    """Stream, kind, place, day and status of an event, with the beginning of its id."""
    parts = [_where(event.place), _when(event), event.status]
    found = Text.assemble(("▸ ", NUMBERS[event.stream]), (f"{event.stream}, {event.kind}", NUMBERS[event.stream]))
    found.append("".join(f" · {shown(part)}" for part in parts if part), STRONG)
    return found.append(f"  {event.event_id[:SHORT_ID]}", QUIET)


def best_text(event: Event) -> Text:
    """The event's best figures and its actors in one line; empty where it has neither."""
    parts = [", ".join(figure_text(each) + _span(each) for each in event.figures)]
    parts.append(", ".join(f"{actor.name} ({actor.role})" for actor in event.actors))
    return Text(shown(" · ".join(part for part in parts if part)))


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    name = place.name if place.canonical is None else place.canonical
    return ", ".join(dict.fromkeys(part for part in (name, place.region, place.country) if part))


def _when(event: Event) -> str:
    if event.occurred_on is not None:
        until = "" if event.occurred_until is None else f" to {event.occurred_until}"
        return f"{event.occurred_on}{until}"
    if event.expected_from is not None:
        until = "" if event.expected_until in {None, event.expected_from} else f" to {event.expected_until}"
        return f"expected {event.expected_from}{until}"
    return f"no day told, counts on {event.day}"


def figure_text(figure: Figure | Statement) -> str:
    """Measure, of, side, value with its qualifier, unit and scope: "shot-down drone (UA) at least 40"."""
    side = None if figure.side is None else f"({figure.side})"
    scope = None if figure.scope == "event" else f"({figure.scope})"
    parts = [figure.measure, figure.of, side, _value(figure), figure.unit, scope]
    return " ".join(part for part in parts if part)


def _value(figure: Figure | Statement) -> str:
    if figure.qualifier == "range" and isinstance(figure, Statement):
        return f"{_number(figure.low)}–{_number(figure.high)}"
    if figure.qualifier == "exact":
        return _number(figure.value)
    if figure.qualifier in {"vague", "range"}:
        return f"{_number(figure.value)} ({figure.qualifier})"
    return f"{figure.qualifier.replace('-', ' ')} {_number(figure.value)}"


def _number(value: Number) -> str:
    return f"{value:,}"


def _span(figure: Figure) -> str:
    return "" if figure.low == figure.high else f" ({_number(figure.low)}–{_number(figure.high)} told)"


def figure_cells(each: FigureTold) -> dict[str, Text]:
    """The cells of a figure's row by the names of `FIGURE_COLUMNS`."""
    statement = each.statement
    return {
        "mark": Text(each.marker, chip(NUMBERS[each.stream])),
        "figure": Text(figure_text(statement), STRONG if each.standing == "best" else ""),
        "words": Text(f"“{_elided(shown(statement.quote))}”"),
        "where": Text(each.section),
        "rule": Text("(no rule noted)" if each.rule is None else shown(each.rule)),
        "said by": Text("" if statement.attributed_to is None else shown(statement.attributed_to)),
        "standing": Text(_standing(each), STANDINGS[each.standing]),
    }


def _elided(words: str) -> str:
    """Words without their middle where they are long; the text above shows them whole."""
    if len(words) <= MOST_WORDS:
        return words
    head, tail = words[: MOST_WORDS // 2], words[-MOST_WORDS // 2 :]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"


def _standing(each: FigureTold) -> str:
    if each.standing == "best":
        return "stands"
    because = f": {each.because}" if each.because else ""
    return f"{'same as' if each.standing == 'same' else 'dropped for'} {each.instead}{because}"


def day_text(day: DayNamed) -> str:
    """A day as it was resolved and what it is to the events of its item."""
    if day.first is None:
        return day.meaning
    until = "" if day.last in {None, day.first} else f" to {day.last}"
    return f"{day.first}{until}, {day.meaning}"


def in_context(source: str, start: int, end: int) -> Text:
    """Words with a few of those around them, on one line."""
    before, after = source[max(0, start - AROUND) : start], source[end : end + AROUND]
    before = before.rpartition("\n")[2]
    after = after.partition("\n")[0]
    if len(before) == AROUND and " " in before:
        before = f"…{before.partition(' ')[2]}"
    if len(after) == AROUND and " " in after:
        after = f"{after.rpartition(' ')[0]}…"
    return Text.assemble((shown(before).lstrip(), QUIET), (shown(source[start:end]), STRONG), (shown(after), QUIET))


def unused_places(names: Iterable[Named]) -> str:
    """The places that no event took, each once, as the gazetteer resolves them."""
    found = {
        shown(f"{each.quote} ({', '.join(part for part in (each.place.region, each.place.country) if part)})")
        for each in names
        if each.place is not None and not each.event_ids
    }
    return ", ".join(sorted(found))
