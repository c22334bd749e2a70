"""`bulletins verify`, `topics`, `lag` and `doctor`: what exists, how far behind, whether it is right."""

import asyncio
import shutil
from dataclasses import asdict

import click

from streams.commands.connecting import bootstrap_of, kafka_settings
from streams.errors import BulletinStreamsError
from streams.kafka.log import open_log
from streams.kafka.losses import find_losses, pass_over
from streams.kafka.progress import LagRow, open_stand
from streams.kafka.topic_states import TopicState, describe_topics
from streams.kafka.topics import ensure_topics
from streams.kafka.verifying import Verdict
from streams.kafka.verifying import verify as verify_topics
from streams.kafka.views import open_dead_letters
from streams.printing import line, output_option, progress, table, wants_table
from streams.settings import Settings, common

NO_KAFKA = 2
OUT_OF_TIME = 5
LEAST_FREE_BYTES = 1024**3


@click.command()
@click.option(
    "--timeout", "timeout_s", type=float, default=600.0, show_default=True, help="Seconds to wait for workers."
)
@output_option
@common
def verify(timeout_s: float, output: str | None, settings: Settings) -> int:
    """Recompute everything from the `bulletins` log and compare it with the topics.

    What is recomputed lies below BULLETINS_HOME until the end: as much as the state of all workers.

    \b
    Example:  bulletins verify
    Exit codes: 0 equal; 1 unexplained differences, or no room on the disk; 2 no Kafka to talk to; 3 only such as
    another version of the reading explains (run: bulletins replay); 5 out of time (no worker is running).
    """
    try:
        verdict = asyncio.run(_verify(settings, timeout_s))
    except TimeoutError as error:
        click.echo(f"bulletins: {error}", err=True)
        return OUT_OF_TIME
    if wants_table(output):
        columns = ("what", "key", "verdict", "fields", "explained by another version")
        table("differences", columns, (tuple(asdict(each).values()) for each in verdict.differences), empty="none")
    else:
        for each in verdict.differences:
            line(asdict(each))
    remedy = {1: "report it, with the log", 3: "run: bulletins replay"}.get(verdict.exit_code, "equal")
    counts = f"{verdict.bulletins} bulletins, {verdict.events} events, {verdict.days} days"
    click.echo(f"{counts}: {len(verdict.differences)} differences; {remedy}", err=True)
    return verdict.exit_code


@click.command()
@click.option("--create", is_flag=True, help="Create what is missing; what exists is never changed.")
@output_option
@common
def topics(create: bool, output: str | None, settings: Settings) -> int:
    """Every topic of this installation: partitions, records, settings, and what differs.

    \b
    Example:  bulletins topics
    Exit codes: 0 all as recorded; 1 some are missing or differ; 2 no Kafka to talk to.
    """
    states = asyncio.run(_topics(settings, create=create))
    if wants_table(output):
        columns = ("topic", "partitions", "records", "cleanup", "differs")
        table("topics", columns, ((s.name, s.partitions, s.records, s.cleanup, _differs(s)) for s in states))
    else:
        for state in states:
            line(asdict(state))
    return 1 if any(state.partitions == 0 or state.differing for state in states) else 0


@click.command()
@output_option
@common
def lag(output: str | None, settings: Settings) -> int:
    """How far behind the stages are: committed offset against the end of each input partition.

    \b
    Example:  bulletins lag
    Exit codes: 0 nothing to do; 1 there is lag; 2 no Kafka to talk to.
    """
    rows = asyncio.run(_lag(settings))
    if wants_table(output):
        columns = ("group", "topic", "partition", "committed", "end", "lag")
        table("lag", columns, ((*asdict(row).values(), row.lag_records) for row in rows))
    else:
        for row in rows:
            line(asdict(row) | {"lag_records": row.lag_records})
    return 1 if any(row.lag_records for row in rows) else 0


@click.command()
@click.option("--mend", is_flag=True, help="Pass over bulletins that were deleted from the log before they were read.")
@common
def doctor(mend: bool, settings: Settings) -> int:
    """What is wrong, and how to mend it.

    With --mend the stages go on where a partition of `bulletins` begins now; publish again what was deleted unread.

    \b
    Example:  bulletins doctor
    Exit codes: 0 nothing is wrong; 1 something is; 2 no Kafka to talk to.
    """
    if mend:
        asyncio.run(_mend(settings))
    complaints, answers = asyncio.run(_complaints(settings))
    for complaint in complaints:
        click.echo(complaint)
    if not complaints:
        click.echo("nothing is wrong")
    return (1 if complaints else 0) if answers else NO_KAFKA


async def _mend(settings: Settings) -> None:
    kafka = await kafka_settings(settings)
    passed = [each for each in await find_losses(kafka) if each.can_be_passed]
    await pass_over(kafka, passed)
    for each in passed:
        gap = f"offsets {each.position} to {each.start - 1}"
        click.echo(f"passed over {gap} of {each.topic} partition {each.partition}; workers may be started", err=True)


def _differs(state: TopicState) -> str:
    if state.partitions == 0:
        return "missing"
    return ", ".join(f"{each.setting} is {each.found}, not {each.expected}" for each in state.differing)


async def _verify(settings: Settings, timeout_s: float) -> Verdict:
    kafka = await kafka_settings(settings)
    with progress("computing again") as advance:
        return await verify_topics(kafka, timeout_s, advance)


async def _topics(settings: Settings, *, create: bool) -> tuple[TopicState, ...]:
    bootstrap = await bootstrap_of(settings)
    if create:
        await ensure_topics(bootstrap, settings.prefix)
    return await describe_topics(bootstrap, settings.prefix)


async def _lag(settings: Settings) -> list[LagRow]:
    async with open_stand(await kafka_settings(settings)) as stand:
        return await stand.lag()


async def _complaints(settings: Settings) -> tuple[list[str], bool]:
    """What is wrong, and whether a Kafka with this installation's topics answers."""
    found = []
    free_bytes = shutil.disk_usage(settings.home if settings.home.exists() else ".").free
    if free_bytes < LEAST_FREE_BYTES:
        found.append(f"only {free_bytes // 1024**2} MiB free for {settings.home}: make room, or move BULLETINS_HOME")
    try:
        kafka = await kafka_settings(settings)
    except BulletinStreamsError as error:
        return [*found, str(error)], False
    for state in await describe_topics(kafka.bootstrap, settings.prefix):
        found += [
            f"topic {state.name}: {each.setting} is {each.found}, not {each.expected}: set it back"
            for each in state.differing
        ]
    async with open_stand(kafka) as stand:
        behind = sum(row.lag_records for row in await stand.lag())
    found += [str(each) for each in await find_losses(kafka)]
    if behind:
        found.append(f"the stages are {behind} records behind: see bulletins lag, and whether a worker is running")
    async with open_log(kafka) as log:
        letters = await open_dead_letters(log)
    if letters:
        found.append(
            f"{len(letters)} dead letters: see bulletins dead-letters; mend the cause, then bulletins retry; "
            "what is junk for ever: bulletins dead-letters --dismiss P:N"
        )
    return found, True
