"""`bulletins demo`: the whole product once over the seeds, with what it made of them, for `make demo`."""

import asyncio
from pathlib import Path

import click

from schemas.records import Event
from streams import catalog
from streams.commands.figures import DAY_COLUMNS, day_row, figures_text, where
from streams.commands.running import everything, until_signalled
from streams.errors import UsageError
from streams.intake.bulletins import FileOptions, from_file, now
from streams.kafka.log import open_log
from streams.kafka.progress import wait_processed
from streams.kafka.publishing import open_publisher
from streams.kafka.settings import KafkaSettings
from streams.kafka.views import all_days, all_events
from streams.printing import progress, table
from streams.reconciling.figures import key_of
from streams.settings import Settings, common, http_option

PROCESSED_WITHIN_S = 120.0
FURTHER = """
To look further, with everything up (make up), in another terminal:
  .venv/bin/bulletins days                            the daily figures
  .venv/bin/bulletins tail strikes --from-beginning   the stream as programs see it
  .venv/bin/bulletins event ID                        one event, with the words each figure comes from
  .venv/bin/bulletins explain seeds/uacrisis-fr-1077.txt   the text with its figures marked
  .venv/bin/bulletins publish FILE --wait             a bulletin of your own"""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option("--stay", is_flag=True, help="Do not stop at the end, but stay up until interrupted.")
@http_option
@common
def demo(files: tuple[str, ...], stay: bool, http: str, settings: Settings) -> int:
    """Start everything, publish the files, show the three streams and the daily figures, stop everything.

    \b
    Example:  bulletins demo seeds/*.txt
    Exit codes: 0 done; 2 the machine lacks something, as said.
    """
    if not files:
        raise UsageError("nothing to show: name the bulletins, as in: bulletins demo seeds/*.txt")
    asyncio.run(_demo(settings, http, files, stay=stay))
    return 0


async def _demo(settings: Settings, http: str, files: tuple[str, ...], *, stay: bool) -> None:
    click.echo("starting Kafka, topics, a worker and the server …", err=True)
    async with everything(settings, http) as kafka:
        targets: dict[int, int] = {}
        async with open_publisher(kafka) as publisher:
            for name in files:
                data = await asyncio.to_thread(Path(name).read_bytes)
                published = await publisher.publish(from_file(data, name, FileOptions(), now()))
                targets[published.partition] = max(targets.get(published.partition, 0), published.offset + 1)
        with progress("processing") as advance:
            await wait_processed(kafka, {catalog.BULLETINS: targets}, PROCESSED_WITHIN_S, advance)
        await _show(kafka)
        click.echo(FURTHER)
        if stay:
            click.echo(f"up: http://{http}/metrics; Ctrl-C stops everything", err=True)
            await until_signalled()


async def _show(kafka: KafkaSettings) -> None:
    async with open_log(kafka) as log:
        events, days = await all_events(log), await all_days(log)
    for stream in catalog.EVENT_STREAMS:
        rows = [
            (each.event_id[:8], each.kind, each.status, each.day, where(each), figures_text(each.figures), _words(each))
            for each in sorted(events.values(), key=lambda each: (each.day, each.event_id))
            if each.stream == stream.name and each.status != "withdrawn"
        ]
        table(stream.topic, ("event", "kind", "status", "day", "where / who", "figures", "words"), rows)
    table("daily figures", DAY_COLUMNS, (day_row(days[key]) for key in sorted(days) if days[key].event_ids))


def _words(event: Event) -> str:
    """The first words behind each figure's best, lowest and highest value; the headline where there is no figure."""
    first: dict[tuple[object, ...], str] = {}
    for statement in event.statements:
        first.setdefault((*key_of(statement), statement.value), f"“{statement.quote}”")
    wanted = [(*key_of(figure), value) for figure in event.figures for value in (figure.value, figure.low, figure.high)]
    quotes = dict.fromkeys(first[key] for key in wanted if key in first)
    return "\n".join(quotes) if quotes else event.summary
