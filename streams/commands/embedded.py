"""`bulletins kafka start|stop|status`: the embedded Kafka alone."""

import click

from streams.kafka.embedded import EmbeddedKafka
from streams.printing import line, output_option, table, wants_table
from streams.settings import Settings, common


@click.group()
def kafka() -> None:
    """The embedded Kafka alone: one real broker on loopback, its data kept in BULLETINS_HOME."""


@kafka.command()
@common
def start(settings: Settings) -> int:
    """Start it, or find it running; prints its bootstrap servers.

    \b
    Example:  export BULLETINS_KAFKA=$(bulletins kafka start)
    Exit codes: 0 done; 2 the machine lacks something, as said.
    """
    click.echo(EmbeddedKafka(settings.home).start(lambda text, *_: click.echo(text, err=True)))
    return 0


@kafka.command()
@common
def stop(settings: Settings) -> int:
    """Stop it; its data stays.

    \b
    Example:  bulletins kafka stop
    Exit codes: 0 stopped; 1 none was running.
    """
    stopped = EmbeddedKafka(settings.home).stop(lambda text, *_: click.echo(text, err=True))
    click.echo("stopped" if stopped else "no Kafka was running", err=True)
    return 0 if stopped else 1


@kafka.command()
@output_option
@common
def status(output: str | None, settings: Settings) -> int:
    """Whether it runs, and where.

    \b
    Example:  bulletins kafka status
    Exit codes: 0 it runs; 1 it does not.
    """
    found = EmbeddedKafka(settings.home).status()
    fields = {
        "running": found.running,
        "bootstrap": found.bootstrap,
        "pid": found.pid,
        "version": found.version,
        "data": str(found.data_dir),
    }
    if wants_table(output):
        table("embedded Kafka", ("field", "value"), fields.items())
    else:
        line(fields)
    return 0 if found.running else 1
