"""`bulletins publish` and `bulletins withdraw`: bulletins into the log."""

import asyncio
from dataclasses import asdict
from typing import Any

import click

from schemas.records import Bulletin
from streams import catalog
from streams.commands.connecting import kafka_settings
from streams.commands.reading import file_bytes, ndjson_lines
from streams.errors import RefusedInput, UsageError
from streams.intake.bulletins import FileOptions, from_file, from_json, id_survives_correction, json_object, now
from streams.intake.time_key import time_key
from streams.kafka.log import open_log
from streams.kafka.progress import wait_processed
from streams.kafka.publishing import Published, corrected, open_publisher, withdrawal
from streams.kafka.settings import KafkaSettings
from streams.kafka.views import all_dead_letters
from streams.printing import line, output_option, progress, table, wants_table
from streams.settings import Settings, common

WENT_TO_DEAD_LETTERS = 4
OUT_OF_TIME = 5

WAIT_S = 120

wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    metavar="[=SECONDS]",
    help=f"Return when every stage has committed past what was published; {WAIT_S} s unless told otherwise.",
)


class WaitCommand(click.Command):
    """A command whose `--wait` takes seconds only behind `=`, so that `--wait FILE` waits and publishes the file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give a bare `--wait` its default."""
        return super().parse_args(ctx, [f"--wait={WAIT_S}" if each == "--wait" else each for each in args])


@click.command(cls=WaitCommand)
@click.argument("files", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--ndjson", type=click.Path(allow_dash=True), help="A file of NDJSON lines, - for standard input.")
@click.option("--correct", is_flag=True, help="Replace what stands under the same id with the next version.")
@click.option("--source", help="The source; by default the file's name without its trailing number.")
@click.option("--id", "bulletin_id", help="The bulletin's id; by default SOURCE/NUMBER.")
@click.option("--published-on", help="The day it was published, as 2025-02-04.")
@click.option("--language", default="fr", show_default=True)
@wait_option
@output_option
@common
def publish(
    files: tuple[str, ...],
    ndjson: str | None,
    correct: bool,
    wait: float | None,
    output: str | None,
    settings: Settings,
    **options: Any,
) -> int:
    """Publish bulletins; prints topic, partition and offset of each once the broker has them.

    \b
    Example:  bulletins publish seeds/*.txt --wait
              bulletins publish --ndjson bulletins.ndjson
              bulletins publish --correct --id agence/12 corrected.txt
    A line of NDJSON has title or text, and may have bulletin_id, version, source, language, address, published_on,
    published_at. A correction that gives no time keeps that of the text it replaces. - is standard input.
    Exit codes: 0 done; 2 something was refused (then nothing was published) or no Kafka to talk to;
    with --wait 4 where one went to dead letters, 5 out of time.
    """
    if not files and ndjson is None:
        raise UsageError("nothing to publish: name a file, - for standard input, or --ndjson FILE")
    if len(files) > 1 and options["bulletin_id"] is not None:
        raise UsageError("one --id for several files would make each replace the last; publish them one by one")
    bulletins = [_from_file(name, FileOptions(**options), correct=correct) for name in files]
    if ndjson is not None:
        bulletins += [_from_line(number, text, correct=correct) for number, text in enumerate(ndjson_lines(ndjson), 1)]
    return asyncio.run(_publish(settings, bulletins, correct=correct, wait_s=wait, output=output))


@click.command(cls=WaitCommand)
@click.argument("bulletin_id")
@wait_option
@output_option
@common
def withdraw(bulletin_id: str, wait: float | None, output: str | None, settings: Settings) -> int:
    """Take a bulletin back: what only it told is withdrawn and leaves the day's figures.

    \b
    Example:  bulletins withdraw uacrisis-fr/1077 --wait
    Exit codes: 0 done; 2 no such bulletin, or no Kafka to talk to; with --wait 5 out of time.
    """
    return asyncio.run(_withdraw(settings, bulletin_id, wait_s=wait, output=output))


def _from_file(name: str, options: FileOptions, *, correct: bool) -> Bulletin:
    bulletin = from_file(file_bytes(name), "stdin" if name == "-" else name, options, now())
    if correct and options.bulletin_id is None and not bulletin.bulletin_id.rpartition("/")[2].isdigit():
        _warn_about_id(name)
    return bulletin


def _from_line(number: int, text: bytes, *, correct: bool) -> Bulletin:
    try:
        bulletin = from_json(text, now())
    except RefusedInput as error:
        raise RefusedInput(f"line {number}: {error}") from error
    if correct and not id_survives_correction(json_object(text)):
        _warn_about_id(f"line {number}")
    return bulletin


def _warn_about_id(what: str) -> None:
    click.echo(f"{what}: its id is made of its text, so a correction has another id; give it one with --id", err=True)


async def _publish(
    settings: Settings, bulletins: list[Bulletin], *, correct: bool, wait_s: float | None, output: str | None
) -> int:
    kafka = await kafka_settings(settings)
    published = []
    async with open_publisher(kafka) as publisher:
        for bulletin in bulletins:
            ready = await _corrected(kafka, bulletin) if correct else bulletin
            _warn_about_day(ready)
            published.append(await publisher.publish(ready))
    _show(published, output)
    return await _wait(kafka, published, wait_s)


async def _corrected(kafka: KafkaSettings, bulletin: Bulletin) -> Bulletin:
    ready, stood = await corrected(kafka, bulletin)
    if not stood:
        click.echo(f"{bulletin.bulletin_id}: nothing stood under this id, so nothing is replaced", err=True)
    return ready


def _warn_about_day(bulletin: Bulletin) -> None:
    if not bulletin.withdrawn and not time_key(bulletin).key:
        click.echo(
            f"{bulletin.bulletin_id}: nothing tells its day, so what it tells without a day counts today; "
            "give it one with --published-on",
            err=True,
        )


async def _withdraw(settings: Settings, bulletin_id: str, *, wait_s: float | None, output: str | None) -> int:
    kafka = await kafka_settings(settings)
    message = await withdrawal(kafka, bulletin_id)
    async with open_publisher(kafka) as publisher:
        published = [await publisher.publish(message)]
    _show(published, output)
    return await _wait(kafka, published, wait_s)


def _show(published: list[Published], output: str | None) -> None:
    if wants_table(output):
        columns = ("bulletin", "version", "topic", "partition", "offset")
        table("published", columns, (tuple(asdict(each).values()) for each in published))
    else:
        for each in published:
            line(asdict(each))


async def _wait(kafka: KafkaSettings, published: list[Published], wait_s: float | None) -> int:
    if wait_s is None or not published:
        return 0
    targets: dict[int, int] = {}
    for each in published:
        targets[each.partition] = max(targets.get(each.partition, 0), each.offset + 1)
    try:
        with progress("processing") as advance:
            await wait_processed(kafka, {catalog.BULLETINS: targets}, wait_s, advance)
    except TimeoutError as error:
        click.echo(f"bulletins: not processed within {wait_s:.0f} s: {error}", err=True)
        return OUT_OF_TIME
    async with open_log(kafka) as log:
        dead = {letter.origin for letter in await all_dead_letters(log)}
    lost = [each for each in published if (each.topic, each.partition, each.offset) in dead]
    for each in lost:
        click.echo(f"{each.bulletin_id} went to dead letters; see: bulletins dead-letters", err=True)
    return WENT_TO_DEAD_LETTERS if lost else 0
