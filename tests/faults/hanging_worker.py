"""A worker whose transactions of one stage hang for ever: python hanging_worker.py STAGE LIMIT_S worker …

Those with its rows do. LIMIT_S is after how long without progress it calls itself ill. It hangs only where the folder
`hang` lies in its home, so that a supervisor's next start is well again; `hang/ing` says that it does.
"""

import asyncio
import os
import sys
from pathlib import Path

from aiokafka import AIOKafkaProducer

from streams.cli import main
from streams.kafka import health
from streams.kafka.outputs import Outputs
from streams.kafka.owned_partition import OwnedPartition
from streams.kafka.stages import STAGES
from streams.kafka.transactions import Place

STAGE = sys.argv[1]
ROWS = {stage.state_topic for stage in STAGES if stage.name == STAGE}
TRANSACT = OwnedPartition._transact
HANG = Path(os.environ["BULLETINS_HOME"]) / "hang"


async def hang(
    self: OwnedPartition, producer: AIOKafkaProducer, outputs: Outputs, offsets: dict[str, int]
) -> dict[Place, int]:
    """The real transaction, unless told to hang."""
    if HANG.exists() and any(message.topic in ROWS for message in outputs.messages):
        (HANG / "ing").touch()
        await asyncio.Event().wait()
    return await TRANSACT(self, producer, outputs, offsets)


health.ProgressWatch.__init__.__defaults__ = (float(sys.argv[2]),)
OwnedPartition._transact = hang  # type: ignore[method-assign]
main(sys.argv[3:])
