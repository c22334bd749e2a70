"""A worker whose every transaction of one stage hangs for ever: python hanging_worker.py STAGE LIMIT_S worker …

LIMIT_S is after how long without progress it calls itself ill. It hangs only where the file `hang` lies in its home, so
that a supervisor's next start is well again.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from streams.cli import main
from streams.kafka import health
from streams.kafka.stage_partition import StagePartition

STAGE = sys.argv[1]
TRANSACT = StagePartition._transact
HANG = Path(os.environ["BULLETINS_HOME"]) / "hang"


async def hang(self: StagePartition, *arguments: Any) -> int | None:
    """The real transaction, unless told to hang."""
    if self.stage.name == STAGE and HANG.exists():
        await asyncio.Event().wait()
    return await TRANSACT(self, *arguments)


health.ProgressWatch.__init__.__defaults__ = (float(sys.argv[2]),)
StagePartition._transact = hang  # type: ignore[method-assign]
main(sys.argv[3:])
