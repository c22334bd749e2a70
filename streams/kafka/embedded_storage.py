"""The folder of an embedded Kafka: its data, its settings as the broker reads them, its logs, lock and ports."""

import contextlib
import fcntl
import os
import shutil
import socket
import string
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import IO

from streams.errors import SetupError

FREE_BYTES_MIN = 1_000_000_000
TAIL_LINES = 15
POLL_S = 0.05
TEMPLATE = "embedded-kafka.properties"

Progress = Callable[[str], None]


class Folder:
    """Paths under `BULLETINS_HOME/kafka`; the broker runs in `root`, so that a home may be moved and have any name."""

    def __init__(self, home: Path) -> None:
        self.root = home.resolve() / "kafka"
        self.data = self.root / "data"
        self.new_data = self.root / "data.new"
        self.logs = self.root / "logs"
        self.console = self.logs / "console.log"
        self.state = self.root / "state.json"
        self.lock = self.root / "lock"
        self.settings = self.root / "server.properties"
        self.classes = self.root / "classes.aot"

    def prepare(self) -> None:
        """Makes the folders and checks that there is room; raises SetupError where there is not."""
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
            self.lock.touch()
            free = shutil.disk_usage(self.root).free
        except OSError as error:
            raise SetupError(
                f"The embedded Kafka cannot write to {self.root} ({error.strerror}): "
                "give write permission there, or set BULLETINS_HOME to another folder."
            ) from error
        if free < FREE_BYTES_MIN:
            raise SetupError(
                f"Only {free // 1_000_000} MB are free where {self.root} lies and the embedded Kafka wants "
                f"{FREE_BYTES_MIN // 1_000_000}: free some, or set BULLETINS_HOME to a folder on another disk."
            )

    @contextlib.contextmanager
    def locked(self, seconds: float, progress: Progress) -> Iterator[None]:
        """Holds the home against other starts and stops; waits up to `seconds` for them, then raises SetupError."""
        deadline = time.monotonic() + seconds
        with self.lock.open("r+") as file:
            if not _try_lock(file, fcntl.LOCK_EX):
                progress("waiting for another start or stop in the same home")
                while not _try_lock(file, fcntl.LOCK_EX):
                    if time.monotonic() > deadline:
                        raise SetupError(
                            f"Another process has been starting or stopping the Kafka of {self.root} for "
                            f"{seconds:.0f} s: wait for it or end it (`fuser {self.lock}` names it), then try again."
                        )
                    time.sleep(POLL_S)
            yield

    def is_locked(self) -> bool:
        """Whether some process is starting or stopping this home's Kafka now."""
        try:
            with self.lock.open("r+") as file:
                return not _try_lock(file, fcntl.LOCK_SH)
        except OSError:
            return False

    def write_settings(self, port: int, controller_port: int, data: Path) -> None:
        """Fills the template of `deploy/` with what is known only at the start."""
        values = {"port": port, "controller_port": controller_port, "data": data.name}
        self.settings.write_text(string.Template(_template()).substitute(values), encoding="ascii")

    def cluster_id(self) -> str:
        """The identity of the cluster whose data lie here, from Kafka's own file."""
        lines = (self.data / "meta.properties").read_text(encoding="ascii").splitlines()
        return next(line.removeprefix("cluster.id=") for line in lines if line.startswith("cluster.id="))

    def tail(self) -> str:
        """The last lines that Java wrote, or where it had nothing to say the broker, for an error message."""
        for path in (self.console, self.logs / "broker.log"):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
            if lines:
                return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])
        return "    (it wrote nothing)"


def _template() -> str:
    """The text of `deploy/embedded-kafka.properties`: from the wheel, else from the checkout of an editable install."""
    packaged = files("streams.kafka") / TEMPLATE
    path = packaged if packaged.is_file() else Path(__file__).parents[2] / "deploy" / TEMPLATE
    return path.read_text(encoding="ascii")


def free_ports(wanted: int | None, former: int | None) -> tuple[int, int]:
    """Two ports free on loopback, the broker's and its controller's: the wanted one, else the former one, else any.

    Raises SetupError where the wanted one is taken.
    """
    with socket.socket() as first, socket.socket() as second:
        if wanted is not None and not _bind(first, wanted):
            raise SetupError(
                f"Port {wanted} is taken or not allowed: end what listens there, choose another port, or give none."
            )
        # Clients that outlive a restart look for the broker where it was.
        if wanted is None and not (former is not None and _bind(first, former)):
            _bind(first, 0)
        _bind(second, 0)
        return first.getsockname()[1], second.getsockname()[1]


def _bind(probe: socket.socket, port: int) -> bool:
    # As Java's server sockets do: a port that only lingers after its last connection is free.
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except (OSError, OverflowError):
        return False
    return True


def environment() -> dict[str, str]:
    """The environment for Java: without what other Java programs' users put there, and able to read any file name."""
    foreign = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "LC_ALL": "C.UTF-8"}


def _try_lock(file: IO[str], kind: int) -> bool:
    try:
        # The system lets go of it when its holder dies, however that happens.
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
