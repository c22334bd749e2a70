"""`bulletins days` and `bulletins event`: the daily figures, and one event whole, for people."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import click

from schemas.codec import plain
from schemas.records import DailyFigures, DayFigure, Event, Figure
from streams.commands import moments
from streams.commands.connecting import kafka_settings
from streams.errors import UsageError
from streams.printing import line, output_option, table, wants_table
from streams.settings import Settings, common

DAY_COLUMNS = ("day", "stream", "events", "kinds", "places", "figures", "expected", "stated totals", "cumulative")


@click.command()
@click.argument("day", required=False)
@output_option
@common
def days(day: str | None, output: str | None, settings: Settings) -> int:
    """The figures of each day and stream, or of one DAY.

    \b
    Example:  bulletins days 2025-02-04
    Exit codes: 0 done; 1 no figures for that day; 2 usage, or no Kafka to talk to.
    """
    wanted = None if day is None else moments.day(day)
    rows = [each for each in asyncio.run(_days(settings)) if wanted is None or each.day == wanted]
    if wants_table(output):
        table("daily figures", DAY_COLUMNS, (day_row(each) for each in rows if each.event_ids))
    else:
        for each in rows:
            line(plain(each))
    return 0 if rows or wanted is None else 1


@click.command()
@click.argument("event_id")
@output_option
@common
def event(event_id: str, output: str | None, settings: Settings) -> int:
    """One event whole, by its id or the beginning of it.

    Its figures, statements in time order with their words, reports, and the revisions still held.

    \b
    Example:  bulletins event 3f0c1b2a…
    Exit codes: 0 done; 1 no such event; 2 no Kafka to talk to.
    """
    found = asyncio.run(_revisions(settings, event_id))
    if not found:
        click.echo(f"no event {event_id}; ids stand in: bulletins tail strikes --from-beginning", err=True)
        return 1
    ids = sorted({each.event_id for _, each in found})
    if len(ids) > 1:
        raise UsageError(f"{event_id} is the beginning of {len(ids)} ids: {', '.join(ids[:5])}; write more of it")
    latest = max((each for _, each in found), key=lambda each: each.revision)
    if wants_table(output):
        show_event(latest, [_revision(where, each) for where, each in found])
    else:
        line(plain(latest) | {"revisions": [{"message": where, "revision": each.revision} for where, each in found]})
    return 0


def _revision(where: str, each: Event) -> str:
    figures = figures_text(each.figures).replace("\n", ", ")
    return f"{each.revision} ({where}): {each.status}{', ' if figures else ''}{figures}"


def show_event(each: Event, revisions: Sequence[str]) -> None:
    """Print one event as tables."""
    table(each.summary, ("field", "value"), [*_facts(each), *(("revision held", text) for text in revisions)])
    table("figures", ("measure", "value", "low", "high", "how"), [_figure_cells(figure) for figure in each.figures])
    said = [
        (figure_name(one), one.value, one.qualifier, one.section, f"“{one.quote}”", one.attributed_to, one.bulletin_id)
        for one in each.statements
    ]
    table("statements", ("measure", "value", "how", "section", "words", "said by", "bulletin"), said)


def _facts(each: Event) -> list[tuple[str, object]]:
    place = each.place
    where = (
        None if place is None else f"{place.canonical or place.name} ({place.region or '?'}, {place.country or '?'})"
    )
    facts: list[tuple[str, object]] = [
        ("event", each.event_id),
        ("stream, kind", f"{each.stream}, {each.kind}"),
        ("status", each.status if each.merged_into is None else f"{each.status}, merged into {each.merged_into}"),
        ("day", each.day),
        ("occurred", each.occurred_on),
        ("expected", None if each.expected_from is None else f"{each.expected_from} to {each.expected_until}"),
        ("decided on", each.decided_on),
        ("reported on", each.reported_on),
        ("place", where),
        ("actors", ", ".join(f"{actor.name} ({actor.role})" for actor in each.actors)),
        ("weapons", ", ".join(each.weapons)),
        ("targets", ", ".join(each.targets)),
        ("sources", ", ".join(each.sources)),
        ("reports", ", ".join(f"{ref.item_id} @{ref.partition}/{ref.offset}" for ref in each.reports)),
        ("read by", each.extractor),
    ]
    return [(name, value) for name, value in facts if value not in (None, "")]


def event_rows(events: Iterable[Event]) -> list[tuple[object, ...]]:
    """One row for each event: stream, kind, day, place or actors, status, figures."""
    return [(each.stream, each.kind, each.day, where(each), each.status, figures_text(each.figures)) for each in events]


def where(each: Event) -> str:
    """The place of an event, else its actors."""
    if each.place is not None:
        return f"{each.place.canonical or each.place.name}, {each.place.country or '?'}"
    return ", ".join(actor.name for actor in each.actors[:3])


def figures_text(figures: Iterable[Figure]) -> str:
    """Figures in one cell, one a line."""
    return "\n".join(f"{figure_name(figure)} {_value(figure)}{_scope(figure)}" for figure in figures)


def day_row(figures: DailyFigures) -> tuple[object, ...]:
    """One row of the table of days."""
    return (
        figures.day,
        figures.stream,
        figures.events,
        _counts(figures.kinds),
        _counts(figures.places),
        _day_figures(figures.figures),
        _expected(figures),
        _day_figures(figures.stated_totals),
        _day_figures(figures.cumulative),
    )


def _expected(figures: DailyFigures) -> str:
    expected = figures.expected
    return "\n".join(part for part in (_counts(expected.kinds), _day_figures(expected.figures)) if part)


def _counts(counts: dict[str, int]) -> str:
    return "\n".join(f"{name} {count}" for name, count in counts.items())


def _day_figures(figures: Iterable[DayFigure]) -> str:
    return "\n".join(f"{figure_name(figure)} {_value(figure)}" for figure in figures)


def _figure_cells(figure: Figure) -> tuple[object, ...]:
    return figure_name(figure), figure.value, figure.low, figure.high, f"{figure.qualifier}{_scope(figure)}"


def figure_name(figure: Any) -> str:
    """Measure, what is counted, side and unit in one phrase."""
    side = None if figure.side is None else f"({figure.side})"
    parts = [figure.measure, figure.of, side, figure.unit]
    return " ".join(part for part in parts if part)


def _value(figure: Figure | DayFigure) -> str:
    if figure.low == figure.high == figure.value:
        return f"{figure.value:,}"
    return f"{figure.value:,} ({figure.low:,}–{figure.high:,})"


def _scope(figure: Figure) -> str:
    return "" if figure.scope == "event" else f" ({figure.scope})"


async def _days(settings: Settings) -> list[DailyFigures]:
    from streams.kafka.log import open_log
    from streams.kafka.views import all_days

    async with open_log(await kafka_settings(settings)) as log:
        found = await all_days(log)
    return [found[key] for key in sorted(found)]


async def _revisions(settings: Settings, event_id: str) -> list[tuple[str, Event]]:
    from streams.kafka.log import open_log
    from streams.kafka.views import revisions_of

    async with open_log(await kafka_settings(settings)) as log:
        found = await revisions_of(log, event_id)
    return [(f"{message.topic}/{message.partition}/{message.offset}", each) for message, each in found]
