"""`bulletins replay` that asks for five records at a time and kills itself in one of its transactions; the first only
says that it begins.

    python dying_replay.py NUMBER MOMENT replay …

Moments: `sent` (requests with the broker, the place not), `offsets` (both, not committed), `committed`.
"""

import os
import signal
import sys
from typing import Any

from aiokafka import AIOKafkaProducer

from streams.cli import main
from streams.kafka import asking

NUMBER, MOMENT = int(sys.argv[1]), sys.argv[2]
SEND_OFFSETS, COMMIT = AIOKafkaProducer.send_offsets_to_transaction, AIOKafkaProducer.commit_transaction
begun: list[object] = []


def die_at(moment: str) -> None:
    """End this process as a crash would, if it is its time."""
    if len(begun) == NUMBER and moment == MOMENT:
        os.kill(os.getpid(), signal.SIGKILL)


async def send_offsets(self: AIOKafkaProducer, *arguments: Any) -> None:
    """The real one, with death before it and behind it."""
    begun.append(arguments)
    die_at("sent")
    await SEND_OFFSETS(self, *arguments)
    die_at("offsets")


async def commit(self: AIOKafkaProducer) -> None:
    """The real one, with death behind it."""
    await COMMIT(self)
    die_at("committed")


AIOKafkaProducer.send_offsets_to_transaction = send_offsets
AIOKafkaProducer.commit_transaction = commit
asking.ASKED_AT_ONCE = 5
main(sys.argv[3:])
