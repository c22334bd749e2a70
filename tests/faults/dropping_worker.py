"""A worker whose first records are fetched in the midst of a rebalance: Faust drops them and goes back to what is
committed. python dropping_worker.py worker …"""

import sys
from typing import Any

from streams.cli import main
from streams.kafka.transport import StageConsumer

GETMANY = StageConsumer._getmany
DROPPED: set[str] = set()


async def getmany(self: StageConsumer, **wanted: Any) -> Any:
    """The real records, but that Faust finds its flow stopped when the first of a topic are there."""
    records = await GETMANY(self, **wanted)
    topics = {tp.topic for tp, found in records.items() if found}
    if topics - DROPPED:
        DROPPED.update(topics)
        self._delivered.clear()
        self.flow_active = False
        await self.perform_seek()
        self.flow_active = True
        return {}
    return records


StageConsumer._getmany = getmany  # type: ignore[method-assign]
main(sys.argv[1:])
