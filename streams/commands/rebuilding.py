"""`bulletins rebuild`: everything computed again in a second generation, compared, put in the live one's place."""

import asyncio
import os
from contextlib import suppress
from dataclasses import asdict

import click

from streams.commands.connecting import bootstrap_of
from streams.comparing import Difference, compare, counted, standing
from streams.errors import TopicMismatch, UsageError
from streams.kafka import generation
from streams.kafka.installation import read_record
from streams.kafka.log import open_log
from streams.kafka.promoting import promote as promote_generation
from streams.kafka.settings import KafkaSettings
from streams.kafka.supervising import Supervisor
from streams.kafka.topic_list import INSTALLATION, TopicNames
from streams.kafka.topic_states import describe_topics
from streams.kafka.views import all_days, all_events
from streams.printing import Advance, line, output_option, progress, table, wants_table
from streams.settings import Settings, common

DIFFERENT = 1
OUT_OF_TIME = 5


@click.command()
@click.option("--compare", "wish", flag_value="compare", help="Only say how the second generation differs.")
@click.option("--promote", "wish", flag_value="promote", help="Put it in the place of the live one, then drop it.")
@click.option("--drop", "wish", flag_value="drop", help="Throw it away.")
@click.option("--partitions", type=click.IntRange(1), help="Another number of partitions; never fewer than now.")
@click.option(
    "--timeout", "timeout_s", type=float, default=24 * 3600.0, show_default=True, help="Seconds to wait for it."
)
@output_option
@common
def rebuild(settings: Settings, wish: str | None, partitions: int | None, timeout_s: float, output: str | None) -> int:
    """Compute everything again from the log of bulletins, in a second generation beside the live one.

    Without a flag it is made, or brought up to the log's end, and compared. The live topics change only with --promote,
    which gives them as next revisions what differs; live workers end then, and go on when they are started again.
    It helps where today's rules count otherwise, where topics are lost, and to have more partitions.

    \b
    Example:  bulletins rebuild
              bulletins rebuild --promote
    Exit codes: 0 done, or no difference; 1 it differs; 2 usage, or no Kafka to talk to; 5 out of time.
    """
    try:
        return asyncio.run(_rebuild(settings, wish, partitions, timeout_s, output))
    except TimeoutError as error:
        click.echo(f"bulletins: {error}; run it again: it goes on where it is", err=True)
        return OUT_OF_TIME


async def _rebuild(
    settings: Settings, wish: str | None, partitions: int | None, timeout_s: float, output: str | None
) -> int:
    live = await _live(settings)
    if wish == "drop":
        click.echo(f"{await generation.drop(live)} topics of the second generation are deleted", err=True)
        return 0
    if wish == "compare":
        return await _compare(live, await generation.find(live), output)
    with progress("computing again") as advance:
        second = await _make(settings, live, partitions, timeout_s, advance)
    if wish is None:
        return await _compare(live, second, output)
    with progress("promoting") as advance:
        promoted = await promote_generation(live, second, advance)
    await generation.drop(live)
    told = f"{promoted.events} events, {promoted.days} days and {promoted.items} items differed and were said"
    click.echo(f"{told}; workers that ended may be started again", err=True)
    return 0


async def _live(settings: Settings) -> KafkaSettings:
    """The live installation, whatever is wrong with its topics."""
    bootstrap = await bootstrap_of(settings)
    recorded = await read_record(bootstrap, TopicNames(settings.prefix))
    if recorded is None:
        raise TopicMismatch("there is nothing to rebuild; make an installation first: bulletins topics --create")
    states = await describe_topics(bootstrap, settings.prefix)
    return KafkaSettings(
        bootstrap,
        settings.prefix,
        recorded.partitions,
        settings.session_timeout_s,
        state_dir=settings.home,
        counts={state.name: state.partitions for state in states},
    )


async def _make(
    settings: Settings, live: KafkaSettings, partitions: int | None, timeout_s: float, advance: Advance
) -> KafkaSettings:
    """The second generation at the end of the log; a worker of its own makes it."""
    most = max(count for name, count in live.counts.items() if name != INSTALLATION)
    if partitions is not None and partitions < most:
        raise UsageError(f"there are {most} partitions already; Kafka cannot take any away: ask for {most} or more")
    second = await generation.begin(live, most if partitions is None else partitions)
    arguments = ["--kafka", live.bootstrap, "--prefix", second.prefix, "--name", "rebuild"]
    arguments += ["--home", str(settings.home), "--session-timeout", str(settings.session_timeout_s)]
    settings.home.mkdir(parents=True, exist_ok=True)
    working = asyncio.create_task(
        Supervisor(arguments, dict(os.environ), port=0, log_file=settings.home / "rebuild.log").run()
    )
    try:
        await generation.fill(live, second, advance)
        await generation.processed(second, timeout_s, advance)
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    return second


async def _compare(live: KafkaSettings, second: KafkaSettings, output: str | None) -> int:
    """Print what differs; the live state is the one that is expected."""
    differences: list[Difference] = []
    async with open_log(live) as log, open_log(second) as copies:
        differences += compare("event", standing(await all_events(log)), standing(await all_events(copies)))
        differences += compare("day", counted(await all_days(log)), counted(await all_days(copies)))
    if wants_table(output):
        columns = ("what", "key", "in the second generation", "fields", "explained")
        table("differences", columns, (tuple(asdict(each).values()) for each in differences), empty="none")
    else:
        for each in differences:
            line(asdict(each))
    remedy = "take it over with: bulletins rebuild --promote; throw it away with: bulletins rebuild --drop"
    click.echo(f"{len(differences)} differences; {remedy}", err=True)
    return DIFFERENT if differences else 0
