"""What the consumer keeps of messages that are done with."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from faust.types import TP

from streams.kafka.app import StreamsWorker
from streams.kafka.settings import KafkaSettings
from streams.metrics import Metrics

READ = TP("bulletins", 0)


class Message(SimpleNamespace):
    """As much of Faust's message as acknowledging needs."""

    __hash__ = object.__hash__


async def test_nothing_is_kept_of_what_is_acknowledged_whatever_markers_lie_between(tmp_path: Path) -> None:
    settings = KafkaSettings("127.0.0.1:1", state_dir=tmp_path)
    app = StreamsWorker(settings, Metrics()).app
    consumer: Any = app._new_consumer()
    app.topics.acks_enabled_for = lambda _: True
    before = _held(consumer)
    for offset in range(0, 6000, 6):
        message = Message(topic=READ.topic, tp=READ, offset=offset, acked=False)
        consumer.track_message(message)
        await consumer._add_gap(READ, offset + 1, offset + 5)
        assert consumer.ack(message)
        assert not consumer.ack(message)
    await consumer.commit()
    assert not consumer.unacked
    assert _held(consumer) < before + 100


def _held(consumer: Any) -> int:
    """How many things the consumer's collections hold, nested ones too."""
    kinds = (dict, list, set)
    own = [each for each in vars(consumer).values() if isinstance(each, kinds)]
    nested = [each for held in own if isinstance(held, dict) for each in held.values() if hasattr(each, "__len__")]
    return sum(map(len, own)) + sum(map(len, nested))
