"""The publisher killed and started again over a folder of files: each is in the log, and once in the events."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from streams import catalog
from streams.intake.bulletins import FileOptions, from_file, now
from streams.kafka.log import open_log
from streams.kafka.progress import wait_processed
from tests.faults.campaigns import PATIENCE_S, Outcome, Scale, campaign
from tests.generating import Generator


async def test_a_publisher_killed_over_and_over_publishes_every_file(
    kafka: str, prefix: str, home: Path, tmp_path: Path, scale: Scale, report: Callable[[Outcome], None]
) -> None:
    rng = scale.rng("publisher")
    files = []
    (tmp_path / "files").mkdir()
    for number, bulletin in enumerate(Generator(scale.seed, disorder=False).bulletins(scale.of(2000, 60))):
        files.append(tmp_path / "files" / f"agence-{number}.txt")
        files[-1].write_text(f"{bulletin.title}\n", encoding="utf-8")
    async with campaign("publisher", scale, kafka, prefix, home, report) as running:
        installation = running.installation
        command = [sys.executable, "-m", "streams.cli", "publish", "--published-on", "2024-03-01", *map(str, files)]
        for _ in range(scale.of(20, 2)):
            publisher = await asyncio.create_subprocess_exec(
                *command, env=installation.environment({}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            try:
                await asyncio.wait_for(publisher.wait(), rng.uniform(0.3, 0.9))
            except TimeoutError:
                publisher.kill()
                await publisher.wait()
                running.outcome.kills += 1
        done = installation.command(*command[3:])
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        async with open_log(installation.settings) as log:
            span = await log.whole(catalog.BULLETINS)
            held = [message async for message in log.scan(catalog.BULLETINS, span)]
        wanted = {from_file(file.read_bytes(), file.name, FileOptions(), now()).bulletin_id.encode() for file in files}
        assert {message.key for message in held} == wanted
        with installation.worker():
            await wait_processed(installation.settings, {catalog.BULLETINS: span.ends}, PATIENCE_S)
            await running.settle()
