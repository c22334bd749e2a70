"""The jars of the embedded Kafka are exactly the locked ones, and whoever cannot have them is told why."""

import hashlib
from pathlib import Path

import pytest
from jgo.maven import Artifact

from streams.errors import SetupError
from streams.kafka import embedded_jars
from streams.kafka.embedded_jars import KAFKA_VERSION, Jar, ensure_jars, locked_jars

BYTES = b"a jar"
JAR = Jar("org.example:thing:1.0", hashlib.sha256(BYTES).hexdigest())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, a lock of one jar, and no network."""
    lock = tmp_path / "test.lock"
    lock.write_text(f"# a comment\n{JAR.coordinates} sha256:{JAR.sha256}\n")
    monkeypatch.setattr(embedded_jars, "LOCK", lock)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    return tmp_path / "cache" / "bulletin-streams" / "jars"


def put(folder: Path, data: bytes) -> Path:
    path = JAR.path(folder)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


def test_a_whole_jar_is_used_without_network(cache: Path) -> None:
    path = put(cache, BYTES)
    assert ensure_jars(pytest.fail) == (path,)


@pytest.mark.parametrize("data", [None, b"", BYTES[:-1]], ids=["missing", "empty", "cut short"])
def test_without_network_a_jar_that_is_not_whole_is_an_error_with_its_remedy(cache: Path, data: bytes | None) -> None:
    if data is not None:
        put(cache, data)
    with pytest.raises(SetupError, match=r"check the network[^.]*then start again\.$"):
        ensure_jars(lambda line: None)


def test_other_bytes_than_the_locked_ones_are_refused_and_not_kept(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(artifact: Artifact) -> Path:
        return put(cache, b"something else")

    monkeypatch.setattr(Artifact, "resolve", resolve)
    with pytest.raises(SetupError, match=r"org\.example:thing:1\.0 came with other bytes"):
        ensure_jars(lambda line: None)
    assert not JAR.path(cache).exists()


def test_a_cache_that_cannot_be_written_is_an_error_with_its_remedy(cache: Path) -> None:
    cache.parent.parent.parent.mkdir(parents=True, exist_ok=True)
    cache.parent.parent.write_text("a file where the folder should be")
    with pytest.raises(SetupError, match="XDG_CACHE_HOME"):
        ensure_jars(lambda line: None)


def test_the_lock_holds_kafka_and_the_binding_of_its_log() -> None:
    coordinates = {jar.coordinates for jar in locked_jars()}
    assert f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}" in coordinates
    assert any(jar.startswith("org.apache.logging.log4j:log4j-slf4j-impl:") for jar in coordinates)
    assert all(len(jar.sha256) == 64 for jar in locked_jars())
