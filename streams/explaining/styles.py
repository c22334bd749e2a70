"""The colours of `explain`, of the terminal's own palette: one for each stream; no meaning hangs on them alone."""

from rich.style import Style

from schemas.enumerations import ItemStream
from streams.explaining.explanation import Standing

COLOURS: dict[ItemStream, str] = {
    "strike": "red",
    "military-personnel": "yellow",
    "diplomacy": "blue",
    "other": "bright_black",
}
NUMBERS = {stream: Style(color=colour, bold=True) for stream, colour in COLOURS.items()}
NAMES = {
    "day": Style(color="magenta"),
    "none": Style(color="bright_black"),
    "@": Style(color="cyan"),
    "&": Style(color="green"),
}
STANDINGS: dict[Standing, Style] = {
    "best": Style(color="green", bold=True),
    "same": Style(),
    "dropped": Style(color="yellow"),
}
QUOTE = Style(underline=True)
QUIET = Style(dim=True)
STRONG = Style(bold=True)


def chip(style: Style) -> Style:
    """A marker: the colour of its words, reversed."""
    return style + Style(reverse=True)


def edge(style: Style) -> Style:
    """The brackets around marked words."""
    return Style(color=style.color)
