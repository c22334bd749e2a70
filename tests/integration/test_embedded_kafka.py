"""The embedded Kafka starts, stops, is found and comes back with its data, whatever happened to it before."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from streams.errors import SetupError
from streams.kafka import embedded, embedded_process, embedded_storage
from streams.kafka.embedded import EmbeddedKafka, find
from streams.kafka.embedded_storage import Folder

TOPIC = "kept"


@pytest.fixture
def broker(home: Path):
    """The embedded Kafka of a home of its own, gone after the test whatever it did."""
    kafka = EmbeddedKafka(home)
    yield kafka
    kafka.kill()


async def write(bootstrap: str, *values: bytes) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all") as producer:
        for value in values:
            await producer.send_and_wait(TOPIC, value)


async def read(bootstrap: str) -> list[bytes]:
    where = TopicPartition(TOPIC, 0)
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest") as consumer:
        consumer.assign([where])
        end = (await consumer.end_offsets([where]))[where]
        return [(await consumer.getone()).value for _ in range(end)]


def write_state(home: Path, pid: int) -> None:
    folder = Folder(home)
    folder.prepare()
    state = embedded_process.Broker(pid, "ready", port=9, controller_port=10, version="4.1.2", started_at=0)
    embedded_process.record(folder, state)


def test_it_comes_back_with_its_data_and_on_its_port_after_a_stop(broker: EmbeddedKafka, home: Path) -> None:
    bootstrap = broker.start()
    asyncio.run(write(bootstrap, b"one", b"two"))
    assert broker.stop()
    assert not broker.stop()
    assert not broker.status().running

    assert broker.start() == bootstrap
    assert asyncio.run(read(bootstrap)) == [b"one", b"two"]


def test_it_comes_back_with_its_data_after_kill_9(broker: EmbeddedKafka, home: Path) -> None:
    bootstrap = broker.start()
    asyncio.run(write(bootstrap, b"confirmed"))
    broker.kill()
    assert not broker.status().running
    assert find(home) is None

    assert asyncio.run(read(broker.start())) == [b"confirmed"]


def test_of_two_starts_one_waits_and_uses_what_the_other_started(broker: EmbeddedKafka, home: Path) -> None:
    assert find(home) is None
    said: list[str] = []
    with ThreadPoolExecutor() as pool:
        starts = [pool.submit(EmbeddedKafka(home).start, said.append) for _ in range(2)]
        while not broker.status().starting:
            assert not any(start.done() for start in starts)
        found = find(home)
        assert {start.result() for start in starts} == {found}
    assert sum(line.startswith("starting Kafka") for line in said) == 1

    status = broker.status()
    assert (status.running, status.starting, status.bootstrap) == (True, False, found)
    assert status.data_dir == home / "kafka" / "data"
    with pytest.raises(SetupError, match="stop it first"):
        EmbeddedKafka(home, port=1).start()


def test_without_java_or_anything_else_on_the_path_it_starts_and_outlives_its_starter(
    broker: EmbeddedKafka, home: Path
) -> None:
    starter = (
        "import sys; from pathlib import Path; from streams.kafka.embedded import EmbeddedKafka; "
        "EmbeddedKafka(Path(sys.argv[1])).start()"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("JAVA", "JDK", "PATH"))}
    subprocess.run([sys.executable, "-c", starter, str(home)], env={**bare, "PATH": ""}, check=True)

    status = broker.status()
    assert status.running
    assert status.pid is not None
    assert os.getsid(status.pid) == status.pid, "a terminal's end or Ctrl-C would reach it"
    assert find(home) == status.bootstrap
    assert broker.stop()
    assert not psutil.pid_exists(status.pid)


def test_a_broker_whose_starter_died_before_writing_it_down_is_replaced(broker: EmbeddedKafka, home: Path) -> None:
    asyncio.run(write(broker.start(), b"before"))
    stray = broker.status().pid
    Folder(home).state.unlink()

    assert asyncio.run(read(broker.start())) == [b"before"]
    assert stray != broker.status().pid
    assert not psutil.pid_exists(stray)


def test_an_interrupted_start_leaves_nothing_running(
    broker: EmbeddedKafka, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(bootstrap: str, cluster_id: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(embedded, "_answers", interrupted)
    with pytest.raises(KeyboardInterrupt):
        broker.start()
    assert broker.status().pid is None
    assert embedded_process.find(Folder(home)) is None


def test_a_home_may_have_any_name_and_a_garbled_state(tmp_path: Path) -> None:
    home = tmp_path / "été, à Kyïv"
    Folder(home).prepare()
    Folder(home).state.write_text('{"pid": 1')
    kafka = EmbeddedKafka(home)
    try:
        assert find(home) is None
        bootstrap = kafka.start()
        assert find(tmp_path / "." / home.name) == bootstrap
    finally:
        kafka.kill()


@pytest.mark.parametrize("pid", [os.getpid(), 2**22 + 1], ids=["used again", "gone"])
def test_a_stale_process_number_is_nobody(home: Path, pid: int) -> None:
    write_state(home, pid)
    status = EmbeddedKafka(home).status()
    assert (status.running, status.starting, status.pid) == (False, False, None)
    assert find(home) is None
    assert not EmbeddedKafka(home).stop()


def test_java_that_fails_is_quoted(broker: EmbeddedKafka, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_process, "JVM_FLAGS", ("-XX:+NoSuchFlag",))
    with pytest.raises(SetupError, match=r"(?s)NoSuchFlag.*start again"):
        broker.start()
    assert not broker.status().running


def test_a_taken_port_is_named(kafka: str, home: Path) -> None:
    taken = int(kafka.rpartition(":")[2])
    with pytest.raises(SetupError, match=rf"Port {taken} is taken.*choose another port"):
        EmbeddedKafka(home, port=taken).start()


def test_a_port_that_was_taken_just_before_java_bound_it_is_replaced(
    kafka: str, broker: EmbeddedKafka, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = int(kafka.rpartition(":")[2])
    for_format, for_real = (embedded_storage.free_ports(None, None) for _ in range(2))
    ports = iter([for_format, (taken, for_real[1]), for_real])
    monkeypatch.setattr(embedded, "free_ports", lambda wanted, former: next(ports))
    assert broker.start() == f"127.0.0.1:{for_real[0]}"


def test_a_full_disk_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_storage, "FREE_BYTES_MIN", 2**63)
    with pytest.raises(SetupError, match=r"MB are free.*BULLETINS_HOME"):
        EmbeddedKafka(home).start()


def test_a_home_that_cannot_be_written_is_named(home: Path) -> None:
    home.write_text("a file where the folder should be")
    with pytest.raises(SetupError, match=r"cannot write.*BULLETINS_HOME"):
        EmbeddedKafka(home).start()


def test_a_start_that_never_ends_is_not_waited_for_for_ever(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "READY_S", 0.1)
    folder = Folder(home)
    folder.prepare()
    with folder.locked(1, pytest.fail), pytest.raises(SetupError, match="try again"):
        EmbeddedKafka(home).start()
