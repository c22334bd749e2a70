"""What many tests share: one embedded Kafka for the whole session, a prefix and a home for each test."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.kafka.embedded import EmbeddedKafka


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Bootstrap servers of a Kafka that all tests share; each keeps to topics and groups with its own `prefix`."""
    broker = EmbeddedKafka(tmp_path_factory.mktemp("kafka"))
    try:
        yield broker.start()
    finally:
        broker.stop()


@pytest.fixture
def prefix() -> str:
    """A prefix that no other test has."""
    return f"test-{uuid.uuid4().hex[:12]}-"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A `BULLETINS_HOME` of the test's own; not made yet."""
    return tmp_path / "home"
