"""One installation on the session's Kafka, driven by a test: workers as processes, bulletins in, topics read back."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from schemas.records import Bulletin, DailyFigures, Event
from streams import catalog
from streams.comparing import counted, standing
from streams.extraction.stage import Origin
from streams.intake.bulletins import complete, now
from streams.kafka.log import open_log
from streams.kafka.progress import wait_processed
from streams.kafka.publishing import Published, open_publisher
from streams.kafka.settings import KafkaSettings
from streams.kafka.topics import ensure_topics
from streams.kafka.verifying import Verdict, verify
from streams.kafka.views import all_days, all_events
from streams.pipeline import Pipeline

ROOT = Path(__file__).parent.parent
WITHIN_S = 60.0
SESSION_S = 3.0
Views = tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]


def bulletin(bulletin_id: str, title: str, text: str = "", **fields: Any) -> Bulletin:
    """A bulletin as intake makes it."""
    given = {"bulletin_id": bulletin_id, "source": "essai", "title": title, "text": text, "received_at": now()}
    return complete(given | fields)


def expected(bulletins: Sequence[Bulletin]) -> Views:
    """Standing events and counted days of the pure pipeline over bulletins in the order of their log."""
    pipeline = Pipeline()
    for offset, each in enumerate(bulletins):
        pipeline.feed(each, Origin(catalog.BULLETINS, 0, offset))
    return without_partitions(standing(pipeline.events())), counted(pipeline.days())


def without_partitions(events: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Event views without the partition of their bulletins, which the pure pipeline does not know."""
    for event in events.values():
        for report in event["reports"]:
            del report["partition"]
    return events


@dataclass(frozen=True)
class Installation:
    """An installation with a prefix of its own."""

    settings: KafkaSettings
    home: Path

    @classmethod
    async def make(cls, bootstrap: str, prefix: str, home: Path, partitions: int = 3) -> "Installation":
        """Create the topics."""
        await ensure_topics(bootstrap, prefix, partitions)
        return cls(KafkaSettings(bootstrap, prefix, partitions, session_timeout_s=SESSION_S), home)

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The environment in which commands find this installation."""
        own = {
            "BULLETINS_KAFKA": self.settings.bootstrap,
            "BULLETINS_PREFIX": self.settings.prefix,
            "BULLETINS_HOME": str(self.home),
            "BULLETINS_SESSION_TIMEOUT": str(self.settings.session_timeout_s),
            "PYTHONPATH": str(ROOT),
            "PYTHONFAULTHANDLER": "1",
        }
        return {**os.environ, **own, **more}

    def command(self, *arguments: str, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
        """Run one command line of the product to its end."""
        return subprocess.run(
            [sys.executable, "-m", "streams.cli", *arguments],
            input=stdin,
            env=self.environment(environment),
            capture_output=True,
            timeout=WITHIN_S,
            check=False,
        )

    @contextmanager
    def worker(
        self,
        name: str = "worker",
        *,
        program: Sequence[str] = ("-m", "streams.cli"),
        arguments: Sequence[str] = (),
        **environment: str,
    ) -> Iterator["Worker"]:
        """A worker process, ended (SIGKILL if need be) at the end."""
        self.home.mkdir(parents=True, exist_ok=True)
        log = self.home / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *program, "worker", "--name", name, *arguments],
                env=self.environment(environment),
                stdout=output,
                stderr=output,
            )
            worker = Worker(process, log)
            try:
                yield worker
            finally:
                worker.stop()

    async def publish(self, *bulletins: Bulletin) -> list[Published]:
        """Publish bulletins in order."""
        async with open_publisher(self.settings) as publisher:
            return [await publisher.publish(each) for each in bulletins]

    async def processed(self, published: Sequence[Published]) -> None:
        """Wait until every stage has committed past what was published."""
        targets: dict[int, int] = {}
        for each in published:
            targets[each.partition] = max(targets.get(each.partition, 0), each.offset + 1)
        await wait_processed(self.settings, {catalog.BULLETINS: targets}, WITHIN_S)

    async def events(self) -> dict[str, Event]:
        """The highest revision of every event in the topics."""
        async with open_log(self.settings) as log:
            return await all_events(log)

    async def days(self) -> dict[str, DailyFigures]:
        """The highest revision of every day's figures."""
        async with open_log(self.settings) as log:
            return await all_days(log)

    async def views(self) -> Views:
        """Standing events and counted days as the topics hold them."""
        return without_partitions(standing(await self.events())), counted(await self.days())

    async def count(self, *topics: str) -> int:
        """How many messages topics hold."""
        total = 0
        async with open_log(self.settings) as log:
            for topic in topics:
                async for _ in log.scan(topic, await log.whole(topic)):
                    total += 1
        return total

    async def verified(self) -> Verdict:
        """What `verify` says."""
        return await verify(replace(self.settings, state_dir=self.home), WITHIN_S)

    def with_partitions(self, partitions: int) -> "Installation":
        """The same once it has another number of partitions."""
        return replace(self, settings=replace(self.settings, partitions=partitions))

    def with_home(self, home: Path) -> "Installation":
        """The same with another home."""
        return replace(self, home=home)


@dataclass
class Worker:
    """A worker process."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def wait_for_death(self) -> int:
        """The exit status of a worker that ends by itself (negative: the signal that ended it)."""
        try:
            return self.process.wait(WITHIN_S)
        except subprocess.TimeoutExpired as error:
            raise AssertionError(f"the worker lives on:\n{self.log.read_text()[-3000:]}") from error

    async def until(self, condition: Any, what: str, within_s: float = WITHIN_S) -> None:
        """Wait until an async condition holds; a worker that ends before, or where it stands then, is told."""

        async def holds() -> bool:
            status = self.process.poll()
            assert status is None, f"the worker ended with {status}"
            return bool(await condition())

        try:
            await until(holds, what, within_s)
        except AssertionError as error:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGABRT)
                self.process.wait(WITHIN_S)
            raise AssertionError(f"{error}\n{self.log.read_text()[-6000:]}") from error

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(WITHIN_S)

    def stop(self) -> None:
        """End it in order, or else by force."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


async def until(condition: Any, what: str, within_s: float = WITHIN_S) -> None:
    """Wait until an async condition holds."""
    deadline = time.monotonic() + within_s
    while not await condition():
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        await asyncio.sleep(0.05)
