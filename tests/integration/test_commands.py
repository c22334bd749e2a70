"""The long-running commands as people use them: `demo` to its end, `up` with a worker that dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from streams.kafka.embedded import EmbeddedKafka
from streams.kafka.supervising import free_port
from tests.installation import ROOT, WITHIN_S, until

SEED = ROOT / "seeds" / "uacrisis-fr-1077.txt"


def environment(home: Path) -> dict[str, str]:
    """An environment without a Kafka, where commands start their own in `home`."""
    own = {"BULLETINS_HOME": str(home), "BULLETINS_HTTP": f"127.0.0.1:{free_port()}", "PYTHONPATH": str(ROOT)}
    # pytest-xdist tells its processes a width, which would make tables narrow.
    others = {name for name in os.environ if name.startswith("BULLETINS_") or name == "COLUMNS"}
    return {**{name: value for name, value in os.environ.items() if name not in others}, **own}


def bulletins(given: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    command = [sys.executable, "-m", "streams.cli", *arguments]
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=2 * WITHIN_S, check=False)


@contextmanager
def up(given: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """`bulletins up`, interrupted at the end as a person would."""
    process = subprocess.Popen([sys.executable, "-m", "streams.cli", "up"], env=given, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            bulletins(given, "kafka", "stop")


def test_demo_shows_the_seed_and_stops_everything(home: Path) -> None:
    given = environment(home)
    answer = bulletins(given, "demo", str(SEED))
    assert answer.returncode == 0, answer.stderr
    for words in ("Izioum", "transfer", "visit", "“55 blessés”", "daily figures", "bulletins event ID"):
        assert words in answer.stdout, answer.stdout
    assert bulletins(given, "kafka", "status").returncode == 1
    assert [each for each in psutil.process_iter(["environ"]) if mine(each, home)] == []


def mine(process: psutil.Process, home: Path) -> bool:
    """Whether a living process belongs to a home."""
    return process.pid != os.getpid() and (process.info["environ"] or {}).get("BULLETINS_HOME") == str(home)


async def test_up_restarts_a_worker_or_a_kafka_that_dies_and_nothing_is_lost(home: Path) -> None:
    given = environment(home)
    with up(given) as process:

        async def published() -> bool:
            return bulletins(given, "publish", str(SEED), "--wait").returncode == 0

        await until(published, "the first publication")
        [worker] = [each for each in psutil.Process(process.pid).children() if "worker" in each.cmdline()]
        worker.kill()
        assert bulletins(given, "withdraw", "uacrisis-fr/1077", "--wait").returncode == 0
        assert bulletins(given, "verify").returncode == 0
        EmbeddedKafka(home).kill()
        await until(published, "a publication through the Kafka that came back")
        assert bulletins(given, "verify").returncode == 0
        second = bulletins(given | {"BULLETINS_HTTP": f"127.0.0.1:{free_port()}"}, "up")
        assert second.returncode == 2
        assert "another `bulletins up` runs" in second.stderr


@pytest.mark.parametrize("arguments", [("days",), ("publish", str(SEED)), ("worker",), ("verify",), ("lag",)])
def test_without_kafka_a_command_says_what_to_do(home: Path, arguments: tuple[str, ...]) -> None:
    answer = bulletins(environment(home), *arguments)
    assert answer.returncode == 2
    assert f"no Kafka is running: `bulletins up` (looked in {home})" in answer.stderr


def test_a_taken_port_is_told_with_its_remedy(home: Path, kafka: str) -> None:
    given = environment(home) | {"BULLETINS_KAFKA": kafka, "BULLETINS_PREFIX": f"{home.parent.name}.".replace("_", "-")}
    given["BULLETINS_HTTP"] = kafka
    answer = bulletins(given, "demo", str(SEED))
    assert answer.returncode == 2
    assert "choose another with BULLETINS_HTTP" in answer.stderr
