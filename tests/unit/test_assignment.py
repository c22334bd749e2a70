"""What a worker makes of an assignment."""

from pathlib import Path

from faust.types import TP

from streams.errors import StateError
from streams.kafka.app import StreamsWorker
from streams.kafka.settings import KafkaSettings
from streams.metrics import Metrics


async def test_topics_whose_numbers_came_apart_end_a_worker_before_it_takes_any(tmp_path: Path) -> None:
    worker = StreamsWorker(KafkaSettings("127.0.0.1:1", state_dir=tmp_path), Metrics())
    await worker._on_assigned(None, {TP("bulletins", 0), TP("bulletins", 1), TP("reports", 0)})
    assert isinstance(worker.failed.exception(), StateError)
    assert not worker._partitions
    assert not worker.ready
