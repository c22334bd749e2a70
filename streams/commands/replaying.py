"""`bulletins replay`, `dead-letters` and `retry`: bulletins of the log read again with today's code."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

import click

from streams import catalog
from streams.commands import moments
from streams.commands.connecting import kafka_settings
from streams.commands.tailing import offsets_of
from streams.kafka.bookmark import open_bookmark
from streams.kafka.dead_letters import DISMISSED, closed
from streams.kafka.log import Log, Span, open_log
from streams.kafka.progress import open_stand
from streams.kafka.publishing import open_publisher
from streams.kafka.replaying import changes
from streams.kafka.replaying import replay as replay_span
from streams.kafka.replaying import retry as retry_letters
from streams.kafka.views import DeadLetter, all_dead_letters
from streams.printing import Advance, line, output_option, progress, table, wants_table
from streams.settings import Settings, common

OUT_OF_TIME = 5
TIMEOUT_S = 3600.0


@click.command()
@click.option("--from-offset", multiple=True, metavar="N|P:N", help="From an offset of every partition, or of one.")
@click.option("--from-time", metavar="TIME", help="From a record's time.")
@click.option("--from-day", metavar="DAY", help="From the first record of a day (00:00 Europe/Kyiv).")
@click.option("--to-offset", multiple=True, metavar="N|P:N", help="Up to, not including, an offset.")
@click.option("--to-time", metavar="TIME", help="Up to, not including, a record's time.")
@click.option("--to-day", metavar="DAY", help="Up to, not including, the first record of a day.")
@click.option("--dry-run", is_flag=True, help="Only print which bulletins today's code reads otherwise.")
@output_option
@common
def replay(settings: Settings, dry_run: bool, output: str | None, **span: Any) -> int:
    """Read bulletins again with today's code, workers running; what differs appears as revisions.

    Interrupted or killed, it goes on where it was when it is run again with the same begin; with another begin, or
    after the code has changed, it begins anew. Of two that run at a time the first ends.

    \b
    Example:  bulletins replay --from-offset 0 --dry-run
              bulletins replay --from-day 2025-02-01
    Exit codes: 0 done; 2 usage, or no Kafka to talk to; 5 out of time (no worker is running).
    """
    return asyncio.run(_replay(settings, dry_run=dry_run, output=output, **span))


@click.command("dead-letters")
@click.option("--all", "every", is_flag=True, help="Also those that are mended or dismissed.")
@click.option(
    "--dismiss",
    "junk",
    multiple=True,
    metavar="[TOPIC:]P:N|all",
    help="Say that a letter is junk for ever: an offset of `bulletins` or of another topic, or every open one.",
)
@output_option
@common
def dead_letters(every: bool, junk: tuple[str, ...], output: str | None, settings: Settings) -> int:
    """What could not be processed: where it came from, why, and how it begins.

    A letter is open until its bulletin could be read after all (mended: bulletins retry) or is dismissed as junk. A
    dismissed letter stays in the topic; it is one more message with the header error.dismissed, and no complaint of
    doctor any more. Dismiss a letter of an internal topic only when it has been reported.

    \b
    Example:  bulletins dead-letters
              bulletins dead-letters --dismiss 3:17 --dismiss 4:2
    Exit codes: 0 done; 1 there is no such letter to dismiss; 2 usage, or no Kafka to talk to.
    """
    if junk:
        return asyncio.run(_dismiss(settings, frozenset(junk)))
    letters = [each for each in asyncio.run(_letters(settings)) if every or each.state == "open"]
    if wants_table(output):
        columns = ("came from", "stage", "error", "what is wrong", "begins", "state")
        table("dead letters", columns, (_cells(each) for each in letters), empty="none")
    else:
        for each in letters:
            line(_fields(each))
    return 0


@click.command()
@click.option("--offset", "offsets", multiple=True, metavar="P:N", help="Only these offsets of `bulletins`.")
@common
def retry(offsets: tuple[str, ...], settings: Settings) -> int:
    """Read the bulletins behind open dead letters again, after their cause is mended.

    \b
    Example:  bulletins retry
              bulletins retry --offset 3:17
    Exit codes: 0 done; 1 nothing to retry; 2 no Kafka to talk to; 5 out of time (no worker is running).
    """
    return asyncio.run(_retry(settings, offsets))


async def _replay(settings: Settings, *, dry_run: bool, output: str | None, **span: Any) -> int:
    kafka = await kafka_settings(settings)
    async with open_log(kafka) as log:
        chosen = await _span(log, **span)
    if dry_run:
        found = [asdict(each) async for each in changes(kafka, chosen)]
        if wants_table(output):
            columns = ("bulletin", "partition", "offset", "items", "reports", "read by", "now read by")
            table("would change", columns, (tuple(each.values()) for each in found), empty="nothing")
        else:
            for each in found:
                line(each)
        return 0
    async with open_stand(kafka) as stand, open_bookmark(kafka, stand, chosen) as bookmark:
        if bookmark.asked:
            told = f"{bookmark.asked} of {chosen.total} are asked for already"
            click.echo(f"going on where a replay was interrupted: {told}", err=True)
        return await _read_again(lambda advance: replay_span(kafka, bookmark, TIMEOUT_S, advance))


async def _span(log: Log, **span: Any) -> Span:
    whole = await log.whole(catalog.BULLETINS)
    bounds = {}
    for side, default in (("from", whole.starts), ("to", whole.ends)):
        if span[f"{side}_offset"]:
            bounds[side] = offsets_of(span[f"{side}_offset"], whole)
        elif span[f"{side}_time"] is not None:
            bounds[side] = await log.since(catalog.BULLETINS, moments.time_ms(span[f"{side}_time"]), whole.ends)
        elif span[f"{side}_day"] is not None:
            bounds[side] = await log.since(catalog.BULLETINS, moments.day_start_ms(span[f"{side}_day"]), whole.ends)
        else:
            bounds[side] = default
    return Span(bounds["from"], bounds["to"])


async def _letters(settings: Settings) -> list[DeadLetter]:
    async with open_log(await kafka_settings(settings)) as log:
        return await all_dead_letters(log)


async def _dismiss(settings: Settings, junk: frozenset[str]) -> int:
    kafka = await kafka_settings(settings)
    chosen = [
        each for each in await _letters(settings) if each.state == "open" and ("all" in junk or _names(each) & junk)
    ]
    async with open_publisher(kafka) as publisher:
        for each in chosen:
            await publisher.send(closed(each.message, DISMISSED))
    click.echo(f"{len(chosen)} dead letters are dismissed; see: bulletins dead-letters --all", err=True)
    unknown = junk.difference({"all"}, *map(_names, chosen))
    if unknown:
        click.echo(f"no open letter: {', '.join(sorted(unknown))}; see: bulletins dead-letters", err=True)
    return 1 if unknown or not chosen else 0


def _names(letter: DeadLetter) -> set[str]:
    """What a letter may be called on the command line."""
    place = f"{letter.partition}:{letter.offset}"
    return {f"{letter.topic}:{place}"} | ({place} if letter.topic == catalog.BULLETINS else set())


def _cells(letter: DeadLetter) -> tuple[object, ...]:
    begins = (letter.message.value or b"").decode(errors="replace")[:60]
    return (
        f"{letter.topic}/{letter.partition}/{letter.offset}",
        letter.stage,
        letter.error_class,
        letter.error_message,
        begins,
        letter.state,
    )


def _fields(letter: DeadLetter) -> dict[str, Any]:
    return {
        "topic": letter.topic,
        "partition": letter.partition,
        "offset": letter.offset,
        "stage": letter.stage,
        "class": letter.error_class,
        "message": letter.error_message,
        "at": letter.at,
        "state": letter.state,
        "key": None if letter.message.key is None else letter.message.key.decode(errors="replace"),
        "value": (letter.message.value or b"").decode(errors="replace"),
    }


async def _retry(settings: Settings, offsets: tuple[str, ...]) -> int:
    kafka = await kafka_settings(settings)
    letters = [each for each in await _letters(settings) if each.topic == catalog.BULLETINS]
    if offsets:
        letters = [each for each in letters if f"{each.partition}:{each.offset}" in offsets]
    else:
        letters = [each for each in letters if each.state == "open"]
    if not letters:
        click.echo("nothing to retry; see: bulletins dead-letters", err=True)
        return 1
    return await _read_again(lambda advance: retry_letters(kafka, letters, TIMEOUT_S, advance))


async def _read_again(ask: Callable[[Advance], Awaitable[int]]) -> int:
    try:
        with progress("reading again") as advance:
            asked = await ask(advance)
    except TimeoutError as error:
        click.echo(f"bulletins: {error}", err=True)
        return OUT_OF_TIME
    click.echo(f"{asked} bulletins were read again; what still cannot be read is a dead letter again", err=True)
    return 0
