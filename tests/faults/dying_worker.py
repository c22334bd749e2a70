"""A worker that kills itself at one step of the first transaction that holds rows of one stage.

    python dying_worker.py SIGKILL STAGE MOMENT worker --name NAME …

With SIGSTOP it freezes there instead, and goes on at SIGCONT.

Moments: `processed` (nothing sent yet), `sent` (outputs with the broker, offsets not), `offsets` (both, not committed),
`committed` (before the messages are acknowledged).
"""

import os
import signal
import sys
from typing import Any

from aiokafka import AIOKafkaProducer

from streams.cli import main
from streams.kafka.outputs import Outputs
from streams.kafka.owned_partition import OwnedPartition
from streams.kafka.stages import STAGES
from streams.kafka.transactions import Place

SIGNAL, STAGE, MOMENT = signal.Signals[sys.argv[1]], sys.argv[2], sys.argv[3]
ROWS = next(stage.state_topic for stage in STAGES if stage.name == STAGE)
TRANSACT = OwnedPartition._transact


def die() -> None:
    """End this process as a crash would, or freeze it."""
    os.kill(os.getpid(), SIGNAL)


async def transact(
    self: OwnedPartition, producer: AIOKafkaProducer, outputs: Outputs, offsets: dict[str, int]
) -> dict[Place, int]:
    """The real transaction, with death in it."""
    if all(message.topic != ROWS for message in outputs.messages):
        return await TRANSACT(self, producer, outputs, offsets)
    if MOMENT == "processed":
        die()
    send_offsets, commit = producer.send_offsets_to_transaction, producer.commit_transaction

    async def dying_offsets(*arguments: Any) -> None:
        await producer.flush()
        if MOMENT == "sent":
            die()
        await send_offsets(*arguments)

    async def dying_commit() -> None:
        if MOMENT == "offsets":
            die()
        await commit()
        die()

    producer.send_offsets_to_transaction = dying_offsets
    producer.commit_transaction = dying_commit
    return await TRANSACT(self, producer, outputs, offsets)


OwnedPartition._transact = transact  # type: ignore[method-assign]
main(sys.argv[4:])
