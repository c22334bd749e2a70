"""The embedded Kafka: a real single-node Apache Kafka on loopback, its data under `BULLETINS_HOME/kafka`.

It outlives the process that started it, until `stop`; any process finds it through its home. All calls block: inside an
event loop, go through `asyncio.to_thread`.
"""

import asyncio
import logging
import shutil
import signal
import socket
import time
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

import msgspec
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.errors import SetupError
from streams.kafka import embedded_process as process
from streams.kafka.embedded_jars import KAFKA_VERSION, ensure_jars
from streams.kafka.embedded_process import Broker, Phase
from streams.kafka.embedded_storage import POLL_S, Folder, Progress, free_ports

# After a kill -9 with gigabytes of data the broker reads its logs back first.
READY_S = 120.0
# An orderly end takes less than a second, and some more where it writes the class cache.
STOP_S = 60.0
FIND_S = 60.0
REQUEST_MS = 5000
PORT_TRIES = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Status:
    """What there is in a home; `running` is true from the first answered request until `stop` begins."""

    running: bool
    starting: bool
    bootstrap: str | None
    pid: int | None
    version: str | None
    data_dir: Path


class EmbeddedKafka:
    """The embedded Kafka of one home; `port` is the former one if it can be had, else any, unless it is given."""

    def __init__(self, home: Path, port: int | None = None) -> None:
        self._folder = Folder(home)
        self._port = port

    def start(self, progress: Progress = log.info) -> str:
        """Bootstrap servers of a Kafka that answers; one that runs in this home already is used.

        Of two starts in the same home one does it and the other waits. Raises SetupError where the machine lacks
        something; nothing is left running then.
        """
        self._folder.prepare()
        with self._folder.locked(READY_S, progress):
            running = self._running(progress) or self._launch(progress)
            self._record(running, "ready")
        return running.bootstrap

    def stop(self, progress: Progress = log.info) -> bool:
        """Ends the Kafka of this home, whoever started it, and tells whether there was one; its data stay."""
        if not self._folder.lock.exists():
            return False
        with self._folder.locked(READY_S, progress):
            pid = process.find(self._folder)
            if pid is None:
                return False
            self._end(pid, progress)
            return True

    def kill(self) -> None:
        """Ends the Kafka of this home as a crash would: kill -9, and nothing tidied up. For tests of faults."""
        pid = process.find(self._folder)
        if pid is not None:
            process.send(self._folder, pid, signal.SIGKILL)
            process.wait_for_end(self._folder, pid, STOP_S)

    def status(self) -> Status:
        """What there is in this home now, without asking it."""
        broker = self._alive()
        running = broker is not None and broker.phase == "ready"
        # While the jars are being downloaded there is no process yet, only the lock.
        starting = broker.phase == "starting" if broker is not None else self._folder.is_locked()
        return Status(
            running=running,
            starting=starting,
            bootstrap=broker.bootstrap if broker is not None and running else None,
            pid=broker.pid if broker is not None else None,
            version=broker.version if broker is not None else None,
            data_dir=self._folder.data,
        )

    def _alive(self) -> Broker | None:
        """The broker of this home as recorded, if its process lives."""
        broker = process.recorded(self._folder)
        return broker if broker is not None and process.is_alive(self._folder, broker.pid) else None

    def _record(self, broker: Broker, phase: Phase) -> None:
        process.record(self._folder, msgspec.structs.replace(broker, phase=phase))

    def _running(self, progress: Progress) -> Broker | None:
        """The broker that runs here already, whatever became of its starter; None where there is none to be used."""
        broker = self._alive()
        if broker is not None and broker.phase != "stopping":
            if self._port not in (None, broker.port):
                raise SetupError(
                    f"The embedded Kafka of {self._folder.root} runs on port {broker.port}, not {self._port}: "
                    "stop it first (`bulletins kafka stop`), or leave the port out."
                )
            if self._wait_until_ready(broker, progress):
                return broker
        # Half stopped, or started by somebody killed before writing it down: of no use, and it holds the data.
        stray = process.find(self._folder)
        if stray is not None:
            self._end(stray, progress)
        return None

    def _launch(self, progress: Progress) -> Broker:
        """A new broker that answers, on other ports where somebody took the chosen ones first."""
        jars = ensure_jars(progress)
        self._format(jars, progress)
        for _ in range(PORT_TRIES):
            broker = self._spawn(jars, progress)
            try:
                if self._wait_until_ready(broker, progress):
                    return broker
            except BaseException:
                # Interrupted or out of time: what has half started would only be in the way.
                self._end(broker.pid, progress)
                raise
            reason = self._folder.tail()
            if "Address already in use" not in reason:
                break
        raise SetupError(
            f"Kafka ended while it started. Its last words:\n{reason}\n"
            f"Mend what they say and start again; the whole log is in {self._folder.logs}."
        )

    def _format(self, jars: tuple[Path, ...], progress: Progress) -> None:
        """Lays out the data of a new home, whole or not at all."""
        if self._folder.data.exists():
            return
        progress("laying out Kafka's data")
        shutil.rmtree(self._folder.new_data, ignore_errors=True)
        self._folder.write_settings(*free_ports(None, None), self._folder.new_data)
        cluster_id = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        process.format_storage(self._folder, jars, cluster_id)
        self._folder.new_data.rename(self._folder.data)

    def _spawn(self, jars: tuple[Path, ...], progress: Progress) -> Broker:
        former = process.recorded(self._folder)
        port, controller_port = free_ports(self._port, former.port if former is not None else None)
        self._folder.write_settings(port, controller_port, self._folder.data)
        progress(f"starting Kafka {KAFKA_VERSION} on 127.0.0.1:{port}")
        broker = Broker(
            pid=process.spawn(self._folder, jars),
            phase="starting",
            port=port,
            controller_port=controller_port,
            version=KAFKA_VERSION,
            started_at=time.time(),
        )
        process.record(self._folder, broker)
        return broker

    def _wait_until_ready(self, broker: Broker, progress: Progress) -> bool:
        """True once the broker answers a metadata request, False where its process ends first.

        Raises SetupError after `READY_S`.
        """
        began = time.monotonic()
        told = began
        while process.is_alive(self._folder, broker.pid):
            if _listens(broker.port) and asyncio.run(_answers(broker.bootstrap, self._folder.cluster_id())):
                return True
            now = time.monotonic()
            if now > began + READY_S:
                raise SetupError(
                    f"Kafka did not answer within {READY_S:.0f} s. Its last words:\n{self._folder.tail()}\n"
                    "End what else keeps the machine busy, or `bulletins kafka stop`, and start again."
                )
            if now > told + 5:
                told = now
                progress(f"waiting for Kafka to answer ({now - began:.0f} s)")
            time.sleep(POLL_S)
        return False

    def _end(self, pid: int, progress: Progress) -> None:
        """Ends the process, orderly if it can within `STOP_S`, and keeps the class cache that it may have written."""
        broker = process.recorded(self._folder)
        if broker is not None:
            self._record(broker, "stopping")
        process.send(self._folder, pid, signal.SIGTERM)
        if not process.wait_for_end(self._folder, pid, 2):
            progress("waiting for Kafka to end (after a first start Java saves its classes, once, to start faster)")
        if process.wait_for_end(self._folder, pid, STOP_S):
            process.keep_class_cache(self._folder)
        else:
            progress(f"Kafka has not ended within {STOP_S:.0f} s: killing it")
            process.send(self._folder, pid, signal.SIGKILL)
            process.wait_for_end(self._folder, pid, STOP_S)
        if broker is not None:
            self._record(broker, "stopped")


def find(home: Path, wait_s: float = FIND_S) -> str | None:
    """Bootstrap servers of the Kafka that runs in this home, or of the one starting there once it is ready.

    Null at once where there is none, or where it has not come up within `wait_s` seconds.
    """
    kafka = EmbeddedKafka(home)
    deadline = time.monotonic() + wait_s
    while True:
        status = kafka.status()
        if status.running or not status.starting or time.monotonic() > deadline:
            return status.bootstrap
        time.sleep(POLL_S)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


async def _answers(bootstrap: str, cluster_id: str) -> bool:
    """Whether the Kafka at this address is this cluster: another's may have taken the port."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=REQUEST_MS)
    try:
        await admin.start()
        cluster = await admin.describe_cluster()
    except (KafkaError, OSError, TimeoutError):
        return False
    finally:
        await admin.close()
    return bool(cluster["brokers"]) and cluster["cluster_id"] == cluster_id
