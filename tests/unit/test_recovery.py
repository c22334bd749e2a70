"""Recovery: whatever rows there are to load, the loop stays free for the responses of brokers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from aiokafka import AIOKafkaConsumer, TopicPartition

from streams.kafka.recovery import ROWS_A_TURN, recover
from streams.kafka.store import Store
from streams.kafka.tables import StoredTables

TARGET = TopicPartition("state", 0)
ROWS = 5 * ROWS_A_TURN + 1


@dataclass
class Row:
    """A changelog row as the client gives it."""

    offset: int
    key: bytes = b"essai/1"
    value: bytes = b"{}"


class Changelog:
    """A client that has all rows at once."""

    def __init__(self) -> None:
        self._position = 0

    def assign(self, _: object) -> None:
        """As the client's."""

    def seek(self, _: object, offset: int) -> None:
        """As the client's."""
        self._position = offset

    async def position(self, _: object) -> int:
        """As the client's."""
        return self._position

    async def end_offsets(self, _: object) -> Mapping[TopicPartition, int]:
        """As the client's."""
        return {TARGET: ROWS}

    async def beginning_offsets(self, _: object) -> Mapping[TopicPartition, int]:
        """As the client's."""
        return {TARGET: 0}

    async def getmany(self, *_: object, **__: object) -> Mapping[TopicPartition, list[Row]]:
        """As the client's."""
        self._position = ROWS
        return {TARGET: [Row(offset) for offset in range(ROWS)]}


async def test_loading_many_rows_lets_others_go_on(tmp_path: Path) -> None:
    store = Store(tmp_path / "state", "essai")
    turns = 0
    loaded_at: list[int] = []

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    going_on = asyncio.create_task(others())
    rows = await recover(
        cast(AIOKafkaConsumer, Changelog()),
        TARGET,
        store,
        StoredTables(store),
        lambda *_: loaded_at.append(turns),
        lambda *_: None,
    )
    going_on.cancel()
    store.close()
    assert rows == len(loaded_at) == ROWS
    assert max(loaded_at.count(turn) for turn in set(loaded_at)) <= ROWS_A_TURN
