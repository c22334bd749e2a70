"""An explanation on a terminal: each item's text with its marks, below it what became of every number in it."""

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from schemas.enumerations import ItemStream
from schemas.records import Bulletin
from streams.explaining.explanation import DayNamed, Explanation, FigureTold, ItemRead, Passage, PassedOver
from streams.explaining.markup import HOLD, Markup, shown, wrapped
from streams.explaining.rows import (
    FIGURE_COLUMNS,
    best_text,
    day_text,
    event_text,
    figure_cells,
    in_context,
    unused_places,
)
from streams.explaining.styles import NAMES, NUMBERS, QUIET, QUOTE, STRONG, chip, edge

GUTTER = 11
WIDE = 112
MOST_ROWS = 200
INDENT = (0, 0, 0, 2)


class Screen:
    """Prints explanations to a console, each in the console's width."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = console.width

    def show(self, bulletin: Bulletin, explanation: Explanation) -> None:
        """Print a bulletin's explanation."""
        markup = Markup(bulletin.title, bulletin.text, explanation)
        self._print(_head(explanation))
        self._print(*wrapped(_legend(), self._console, self._width))
        for item in explanation.items:
            self._item(bulletin, explanation, markup, item)
        if explanation.outside:
            self._print("", Rule(Text("what speaks of no one item", QUIET), align="left", style=QUIET))
            self._passages(markup, explanation.outside)
            self._figures(explanation, 0)
            self._others(bulletin, explanation, 0)

    def _print(self, *parts: RenderableType) -> None:
        for part in parts:
            self._console.print(part)

    def _item(self, bulletin: Bulletin, explanation: Explanation, markup: Markup, read: ItemRead) -> None:
        item, style = read.item, NUMBERS[read.item.stream]
        label = Text(f" {item.position} {item.stream} ", style + Style(reverse=True))
        self._print("", Rule(label, align="left", style=edge(style)))
        self._print(Text(f"{item.stream} because: {shown(item.reason)}", QUIET))
        self._passages(markup, read.passages)
        self._figures(explanation, item.position)
        if not read.event_ids:
            self._silent(read)
        self._others(bulletin, explanation, item.position)

    def _passages(self, markup: Markup, passages: Sequence[Passage]) -> None:
        width = max(20, self._width - GUTTER)
        section, lines = "", []
        for passage in passages:
            for line in markup.passage(passage, self._console, width):
                label = passage.section if passage.section != section else ""
                section = passage.section
                lines.append(Text.assemble((f"{label:>{GUTTER - 3}} │ ", QUIET), line))
        if lines:
            self._console.print(Text("\n").join(lines), no_wrap=True, overflow="ignore", crop=False)

    def _figures(self, explanation: Explanation, position: int) -> None:
        """The events of an item, each with its figures."""
        told: dict[str, list[FigureTold]] = {}
        for each in explanation.figures:
            if each.item == position:
                told.setdefault(each.event_id, []).append(each)
        read = next((each for each in explanation.items if each.item.position == position), None)
        ids = dict.fromkeys([*(read.event_ids if read is not None else ()), *told])
        events = {event.event_id: event for event in explanation.events}
        for event_id in ids:
            event = events[event_id]
            self._print("", event_text(event))
            best = best_text(event)
            if best.plain:
                self._print(Padding(best, INDENT, expand=False))
            rows = told.get(event_id, [])
            self._rows([figure_cells(each) for each in rows[:MOST_ROWS]], len(rows))

    def _rows(self, rows: Sequence[dict[str, Text]], count: int) -> None:
        """One line for each figure in a wide terminal, else what is said of it under it."""
        if rows:
            table = _table(rows) if self._width >= WIDE else _stack(rows)
            self._print(Padding(table, INDENT, expand=False))
        self._more(count - len(rows))

    def _more(self, count: int) -> None:
        if count > 0:
            self._print(
                Padding(Text(f"… and {count:,} more; --output ndjson lists them all", QUIET), INDENT, expand=False)
            )

    def _silent(self, read: ItemRead) -> None:
        """Why no stream found an event."""
        self._print("", Text("why no event is told", STRONG))
        grid = _grid()
        for look in read.silent:
            grid.add_row(Text(look.stream, NUMBERS[_stream(look.stream)]), Text(shown(look.reason)))
        self._print(Padding(grid, INDENT, expand=False))

    def _others(self, bulletin: Bulletin, explanation: Explanation, position: int) -> None:
        """The numbers and days of an item that are no figure, and the places that no event took."""
        days = [each for each in explanation.days if each.item == position]
        letters = {each.marker for each in days}
        numbers = [each for each in explanation.passed_over if each.item == position and each.marker not in letters]
        rows: list[DayNamed | PassedOver] = [*days, *numbers]
        rows.sort(key=lambda each: (len(each.marker), each.marker))
        if rows:
            self._print("", Text("numbers and days that are no figure", STRONG))
            grid = _grid()
            for each in rows[:MOST_ROWS]:
                grid.add_row(*_other_cells(bulletin, each))
            self._print(Padding(grid, INDENT, expand=False))
            self._more(len(rows) - MOST_ROWS)
        places = unused_places(each for each in explanation.names if each.item == position)
        if places:
            self._print("", Text("places that no event took", STRONG), Padding(Text(places), INDENT, expand=False))


def _stream(name: str) -> ItemStream:
    return next((stream for stream in NUMBERS if stream == name), "other")


def _other_cells(bulletin: Bulletin, each: DayNamed | PassedOver) -> tuple[Text, Text, Text]:
    source = bulletin.title if each.section == "title" else bulletin.text
    taken = isinstance(each, DayNamed) and bool(each.event_ids)
    style = NAMES["day"] if taken else NAMES["none"]
    why = Text(day_text(each), style if taken else "") if isinstance(each, DayNamed) else Text(shown(each.reason))
    return Text(each.marker, chip(style)), in_context(source, each.start, each.end), why


def _grid() -> Table:
    return Table.grid(padding=(0, 2, 0, 0))


def _table(rows: Sequence[dict[str, Text]]) -> Table:
    """The figures of an event, one a line; nobody said, no column for it."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=QUIET, pad_edge=False)
    names = [name for name in FIGURE_COLUMNS if name != "said by" or any(cells[name].plain for cells in rows)]
    for name in names:
        if name == "mark":
            table.add_column("", justify="right", no_wrap=True)
        else:
            table.add_column(name, overflow="fold", no_wrap=name == "figure")
    for cells in rows:
        table.add_row(*(cells[name] for name in names))
    return table


def _stack(rows: Sequence[dict[str, Text]]) -> Table:
    grid = _grid()
    for cells in rows:
        told = [cells[name] for name in ("standing", "where", "rule", "said by") if cells[name].plain]
        grid.add_row(
            cells["mark"], Text("\n").join([Text("  ").join([cells["figure"], cells["words"]]), Text(" · ").join(told)])
        )
    return grid


def _head(explanation: Explanation) -> Text:
    dated = "" if explanation.day is None else f" · {explanation.day}"
    number = "" if explanation.day_number is None else f" · day {explanation.day_number} of the war"
    counts = [
        (len(explanation.items), "item", "items"),
        (len(explanation.events), "event", "events"),
        (len(explanation.figures), "statement", "statements"),
        (len(explanation.passed_over), "number that is no figure", "numbers that are no figure"),
    ]
    told = ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts)
    return Text.assemble((shown(explanation.bulletin_id), STRONG), number, dated, " · ", told)


def _legend() -> Text:
    """What each mark means, each meaning on one line with its mark; spaces stand as `HOLD` writes them."""
    examples = (
        ("5", "1", NUMBERS["strike"], "a figure"),
        ("11", "a", NAMES["none"], "no figure"),
        ("mardi", "b", NAMES["day"], "day of an event"),
        ("Izioum", "@", NAMES["@"], "place of an event"),
        ("Kellogg", "&", NAMES["&"], "who acts or speaks"),
    )
    found = Text()
    for words, marker, style, meaning in examples:
        found.append("[", edge(style)).append(words, style).append("|", edge(style)).append(marker, chip(style))
        found.append("]", edge(style)).append(f" {meaning}".translate(HOLD), QUIET).append("  ")
    return found.append("underlined", QUOTE).append(" the words of a figure".translate(HOLD), QUIET)
