"""`bulletins demo`: the whole product once over the seeds, with what it made of them, for `make demo`."""

import asyncio
from pathlib import Path

import click

from schemas.records import Event
from streams import catalog
from streams.commands.figures import DAY_COLUMNS, day_row, figures_text, where
from streams.commands.running import everything
from streams.errors import UsageError
from streams.intake.bulletins import FileOptions, from_file, now
from streams.kafka.log import open_log
from streams.kafka.progress import wait_processed
from streams.kafka.publishing import open_publisher
from streams.kafka.settings import KafkaSettings
from streams.kafka.views import all_days, all_events
from streams.printing import progress, table
from streams.settings import Settings, common, http_option

PROCESSED_WITHIN_S = 120.0


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@http_option
@common
def demo(files: tuple[str, ...], http: str, settings: Settings) -> int:
    """Start everything, publish the files, show the three streams and the daily figures, stop everything.

    \b
    Example:  bulletins demo seeds/*.txt
    Exit codes: 0 done; 2 the machine lacks something, as said.
    """
    if not files:
        raise UsageError("nothing to show: name the bulletins, as in: bulletins demo seeds/*.txt")
    asyncio.run(_demo(settings, http, files))
    return 0


async def _demo(settings: Settings, http: str, files: tuple[str, ...]) -> None:
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
    click.echo(
        "\nTo look further: make up, then in another terminal\n"
        "  .venv/bin/bulletins days                      the daily figures\n"
        "  .venv/bin/bulletins tail strikes --from-beginning   the stream as programs see it\n"
        "  .venv/bin/bulletins event ID                  one event, with the words each figure comes from\n"
        "  .venv/bin/bulletins publish FILE --wait       a bulletin of your own"
    )


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
    return "\n".join(dict.fromkeys(f"“{statement.quote}”" for statement in event.statements))
