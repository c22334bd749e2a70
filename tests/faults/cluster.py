"""A Kafka cluster of the test's own on loopback, of the embedded Kafka's parts: brokers that are killed one by one.

Every broker is a controller as well. A second listener, DIRECT, is for the brokers among themselves and for what a test
measures; clients of the first stay behind whatever the advertised port leads to.
"""

import asyncio
import signal
import socket
import time
import uuid
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.kafka import embedded_process as process
from streams.kafka.embedded_jars import ensure_jars
from streams.kafka.embedded_storage import Folder

HEAP = "256m"
READY_S = 120.0
END_S = 30.0
POLL_S = 0.1
LISTENERS = ("PLAINTEXT", "DIRECT", "CONTROLLER")


@dataclass(frozen=True)
class Node:
    """One broker: its folder, and the port of each listener."""

    number: int
    folder: Folder
    ports: dict[str, int]
    advertised: int


class Cluster:
    """`brokers` nodes; with more than one, every topic has as many replicas and stands while two of them are in sync.

    `advertised` is the port that the one broker tells its clients instead of its own.
    """

    def __init__(self, home: Path, brokers: int = 1, advertised: int | None = None) -> None:
        self._jars = ensure_jars(lambda _: None)
        taken = free_ports(len(LISTENERS) * brokers)
        self.nodes = []
        for number in range(1, brokers + 1):
            ports = dict(zip(LISTENERS, (taken.pop() for _ in LISTENERS), strict=True))
            folder = Folder(home / f"broker-{number}")
            self.nodes.append(Node(number, folder, ports, ports["PLAINTEXT"] if advertised is None else advertised))
        self._pids: dict[int, int] = {}

    @property
    def bootstrap(self) -> str:
        """What clients are given."""
        return ",".join(f"127.0.0.1:{node.advertised}" for node in self.nodes)

    @property
    def direct(self) -> str:
        """Past whatever lies before the advertised ports."""
        return ",".join(f"127.0.0.1:{node.ports['DIRECT']}" for node in self.nodes)

    def start(self) -> None:
        """Lay out the data and start every broker; returns when all are in the cluster."""
        cluster_id = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda node: self._lay_out(node, cluster_id), self.nodes))
        for node in self.nodes:
            self.revive(node.number)
        self.wait()

    def revive(self, number: int) -> None:
        """Start one broker on the data it has; returns at once."""
        node = self.nodes[number - 1]
        self._pids[number] = process.spawn(node.folder, self._jars, HEAP)

    def wait(self) -> None:
        """Return when every broker answers, knows all others, and every replica is in sync."""
        deadline = time.monotonic() + READY_S
        while not asyncio.run(self._complete()):
            for number, pid in self._pids.items():
                folder = self.nodes[number - 1].folder
                assert process.is_alive(folder, pid), f"broker {number} has ended:\n{folder.tail()}"
            assert time.monotonic() < deadline, f"not complete within {READY_S} s"
            time.sleep(POLL_S)

    def kill(self, number: int) -> None:
        """SIGKILL."""
        node = self.nodes[number - 1]
        pid = self._pids.pop(number)
        process.send(node.folder, pid, signal.SIGKILL)
        assert process.wait_for_end(node.folder, pid, END_S)

    def stop(self) -> None:
        """End what runs, without ceremony."""
        for number in list(self._pids):
            self.kill(number)

    def _lay_out(self, node: Node, cluster_id: str) -> None:
        node.folder.prepare()
        node.folder.write_settings(node.ports["PLAINTEXT"], node.ports["CONTROLLER"], node.folder.data)
        # Of two lines for one setting the broker takes the later.
        with node.folder.settings.open("a", encoding="ascii") as settings:
            settings.writelines(f"{name}={value}\n" for name, value in self._settings(node).items())
        process.format_storage(node.folder, self._jars, cluster_id)

    def _settings(self, node: Node) -> dict[str, object]:
        count = len(self.nodes)
        voters = ",".join(f"{each.number}@127.0.0.1:{each.ports['CONTROLLER']}" for each in self.nodes)
        advertised = {"PLAINTEXT": node.advertised, "DIRECT": node.ports["DIRECT"]}
        settings: dict[str, object] = {
            "node.id": node.number,
            "listeners": _addresses(node.ports),
            "advertised.listeners": _addresses(advertised),
            "inter.broker.listener.name": "DIRECT",
            "listener.security.protocol.map": ",".join(f"{name}:PLAINTEXT" for name in LISTENERS),
            "controller.quorum.voters": voters,
            "default.replication.factor": count,
            "min.insync.replicas": min(count, 2),
        }
        for kept in ("offsets.topic", "transaction.state.log", "share.coordinator.state.topic"):
            settings[f"{kept}.replication.factor"] = count
            # Kafka has a setting of this kind for the transactions only; the others take the general one.
            settings[f"{kept}.min.isr"] = min(count, 2)
        del settings["offsets.topic.min.isr"]
        return settings

    async def _complete(self) -> bool:
        """Whether each broker by itself sees all of them and no replica behind."""
        for node in self.nodes:
            # aiokafka tells of every refused connection, as an error.
            if not _listens(node.ports["DIRECT"]):
                return False
            admin = AIOKafkaAdminClient(bootstrap_servers=f"127.0.0.1:{node.ports['DIRECT']}", request_timeout_ms=5000)
            try:
                await admin.start()
                seen = await admin.describe_cluster()
                topics = await admin.describe_topics()
            except (KafkaError, OSError, TimeoutError):
                return False
            finally:
                await admin.close()
            behind = any(len(part["isr"]) < len(part["replicas"]) for topic in topics for part in topic["partitions"])
            if behind or len(seen["brokers"]) != len(self.nodes):
                return False
        return True


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _addresses(ports: dict[str, int]) -> str:
    return ",".join(f"{name}://127.0.0.1:{port}" for name, port in ports.items())


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
