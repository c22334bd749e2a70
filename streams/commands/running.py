"""`bulletins up`, `worker` and `serve`: the long-running commands."""

import asyncio
import fcntl
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from streams.commands.connecting import kafka_settings
from streams.errors import SetupError
from streams.extraction.reader import read
from streams.intake.bulletins import from_json, now
from streams.kafka.broker_view import BrokerView
from streams.kafka.embedded import EmbeddedKafka
from streams.kafka.settings import KafkaSettings
from streams.kafka.state_folder import state_folder
from streams.kafka.supervising import Supervisor, free_port
from streams.kafka.topics import ensure_topics
from streams.kafka.worker import WorkerProcess
from streams.printing import PassingBar
from streams.settings import Settings, common, host_and_port, http_option

log = logging.getLogger(__name__)

ANY_PORT = "127.0.0.1:0"
LOOK_AT_KAFKA_S = 2.0
WORTH_A_BAR_ROWS = 1000
"""Fewer, such as the markers at a changelog's end, are loaded before anybody could look."""


@click.command()
@click.option("--name", help="A name of its own in the group: a worker that comes back under it takes over at once.")
@click.option("--http", default=ANY_PORT, help="HOST:PORT of its own /metrics, /healthz, /readyz; by default any port.")
@click.option("--supervised", is_flag=True, hidden=True, help="Stop, as at SIGTERM, when standard input ends.")
@common
def worker(name: str | None, http: str, supervised: bool, settings: Settings) -> int:
    """Run one worker of the group: as many as wanted, on as many machines as wanted.

    \b
    Example:  bulletins worker --http 127.0.0.1:8178
    Exit codes: 0 stopped by a signal; 1 it failed (start it again: it goes on from what is committed);
    2 no Kafka to talk to, or topics missing or other than recorded.
    """
    logging.getLogger("streams").setLevel(logging.INFO)
    asyncio.run(_worker(settings, name, http, supervised=supervised))
    return 0


@click.command()
@http_option
@common
def serve(http: str, settings: Settings) -> int:
    """Serve /metrics, /healthz and /readyz of what the broker tells, on BULLETINS_HTTP.

    \b
    Example:  bulletins serve --http 127.0.0.1:8177
    Exit codes: 0 stopped by a signal; 2 no Kafka to talk to, or the port is taken.
    """
    asyncio.run(_serve(settings, http))
    return 0


@click.command()
@http_option
@common
def up(http: str, settings: Settings) -> int:
    """Embedded Kafka (unless BULLETINS_KAFKA), topics, one worker, the server: supervised, until interrupted.

    \b
    Example:  bulletins up
    Exit codes: 0 stopped by a signal; 2 the machine lacks something, as said.
    """
    logging.getLogger("streams").setLevel(logging.INFO)
    asyncio.run(_up(settings, http))
    return 0


async def _worker(settings: Settings, name: str | None, http: str, *, supervised: bool) -> None:
    # A lexicon that cannot be read must stop the worker here, not turn every bulletin into a dead letter.
    read(from_json(b'{"title": "Une frappe sur Izioum a fait un mort"}', now()))
    kafka = await kafka_settings(settings, instance_id=name)
    with state_folder(settings.home, kafka.group, name) as folder:
        await WorkerProcess(replace(kafka, state_dir=folder), _loading_bar()).run(
            host_and_port(http), supervised=supervised
        )


def _loading_bar() -> PassingBar | None:
    """A bar for the state that a worker loads, where somebody looks on."""
    return PassingBar("loading state", WORTH_A_BAR_ROWS) if sys.stderr.isatty() else None


async def _serve(settings: Settings, http: str) -> None:
    view = BrokerView(await kafka_settings(settings))
    await view.start(*host_and_port(http))
    await until_signalled()
    await view.stop()


async def _up(settings: Settings, http: str) -> None:
    async with everything(settings, http) as kafka:
        click.echo(f"up: Kafka at {kafka.bootstrap}, http://{http}/metrics, worker's log in {settings.home}/worker.log")
        click.echo("publish with: bulletins publish FILE; Ctrl-C stops everything")
        await until_signalled()
        click.echo("stopping")


@asynccontextmanager
async def everything(settings: Settings, http: str) -> AsyncIterator[KafkaSettings]:
    """Kafka, topics, a supervised worker and the server; stopped at the end, Kafka only if it was started here."""
    host, port = host_and_port(http)
    if free_port(port) != port:
        raise SetupError(f"{http} is taken; choose another with BULLETINS_HTTP or --http")
    with only_one(settings.home):
        async with _kafka(settings) as bootstrap:
            report = await ensure_topics(bootstrap, settings.prefix)
            for each in report.differing:
                told = f"{each.setting} is {each.found}, not {each.expected}"
                click.echo(f"topic {each.topic}: {told}; left as it is", err=True)
            kafka = KafkaSettings(bootstrap, settings.prefix, report.partitions, settings.session_timeout_s)
            view = BrokerView(kafka)
            await view.start(host, port)
            supervisor = _supervisor(settings, kafka, port)
            bar = _loading_bar()
            tasks = [asyncio.create_task(supervisor.run())]
            if bar is not None:
                tasks.append(asyncio.create_task(supervisor.show_loading(bar)))
            try:
                yield kafka
            finally:
                for task in tasks:
                    await _cancelled(task)
                await view.stop()


@asynccontextmanager
async def _kafka(settings: Settings) -> AsyncIterator[str]:
    """Bootstrap servers: those given, else the embedded Kafka's, kept alive and, if it was started here, stopped."""
    if settings.kafka is not None:
        yield settings.kafka
        return
    embedded = EmbeddedKafka(settings.home)
    found = embedded.status().running
    bootstrap = await asyncio.to_thread(embedded.start)
    keeping = asyncio.create_task(_keep(embedded))
    try:
        yield bootstrap
    finally:
        await _cancelled(keeping)
        if found:
            click.echo("Kafka ran before and goes on; stop it with: bulletins kafka stop", err=True)
        else:
            await asyncio.to_thread(embedded.stop)


async def _keep(embedded: EmbeddedKafka) -> None:
    """Start the embedded Kafka again whenever it has ended."""
    while True:
        await asyncio.sleep(LOOK_AT_KAFKA_S)
        status = await asyncio.to_thread(embedded.status)
        if not (status.running or status.starting):
            log.error("Kafka has ended; starting it again on its data")
            try:
                await asyncio.to_thread(embedded.start)
            except SetupError as error:
                log.error("Kafka does not start: %s", error)


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _supervisor(settings: Settings, kafka: KafkaSettings, server_port: int) -> Supervisor:
    arguments = ["--kafka", kafka.bootstrap, "--prefix", settings.prefix, "--name", f"up-{settings.home.absolute()}"]
    arguments += ["--home", str(settings.home), "--session-timeout", str(settings.session_timeout_s)]
    return Supervisor(
        arguments, dict(os.environ), port=(server_port + 1) % 65536, log_file=settings.home / "worker.log"
    )


@contextmanager
def only_one(home: Path) -> Iterator[IO[str]]:
    """Hold the home for one `up`; raises SetupError where another holds it."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "up.lock").open("w", encoding="utf-8")
    except OSError as error:
        raise SetupError(f"{home}: {error.strerror}; set BULLETINS_HOME to a folder that can be written") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SetupError(f"another `bulletins up` runs in {home}; stop it, or set BULLETINS_HOME") from error
        yield lock


async def until_signalled() -> None:
    """Return at SIGINT or SIGTERM."""
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await stopping.wait()
