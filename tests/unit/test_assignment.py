"""What a worker makes of an assignment."""

import asyncio
from pathlib import Path
from unittest.mock import AsyncMock, Mock

import pytest
from faust.types import TP

from streams.errors import StateError
from streams.kafka import app
from streams.kafka.app import StreamsWorker
from streams.kafka.settings import KafkaSettings
from streams.metrics import Metrics


async def test_topics_whose_numbers_came_apart_end_a_worker_before_it_takes_any(tmp_path: Path) -> None:
    worker = StreamsWorker(KafkaSettings("127.0.0.1:1", state_dir=tmp_path), Metrics())
    await worker._on_assigned(None, {TP("bulletins", 0), TP("bulletins", 1), TP("reports", 0)})
    assert isinstance(worker.failed.exception(), StateError)
    assert not worker._partitions
    assert not worker.ready


async def test_a_partition_whose_id_is_not_taken_is_given_up_in_a_rebalance_before_anybody_else_gets_it(
    tmp_path: Path,
) -> None:
    worker = StreamsWorker(KafkaSettings("127.0.0.1:1", state_dir=tmp_path), Metrics())
    homes = {number: AsyncMock(is_claimed=number == 0, is_open=False, release=Mock()) for number in (0, 1)}
    worker._partitions.update(homes)
    worker._tasks.update({number: [asyncio.create_task(asyncio.sleep(0))] for number in homes})
    await worker._on_revoked()
    assert list(worker._partitions) == [0]
    homes[1].close.assert_awaited_once()
    homes[0].close.assert_not_awaited()


async def test_a_partition_whose_outputs_a_rebalance_cut_off_begins_anew_even_where_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "REVOKE_FLUSH_S", 0.05)
    worker = StreamsWorker(KafkaSettings("127.0.0.1:1", state_dir=tmp_path), Metrics())
    done, cut = (AsyncMock(is_claimed=True, is_open=True, release=Mock()) for _ in range(2))

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cut.is_open = False

    cut.publish = hang
    worker._partitions.update({0: done, 1: cut})
    worker._tasks.update({number: [asyncio.create_task(asyncio.sleep(0))] for number in (0, 1)})
    await worker._on_revoked()
    assert list(worker._partitions) == [0]
    cut.close.assert_awaited_once()


async def test_what_waits_is_what_is_not_committed_of_bulletins_and_rereads_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = StreamsWorker(KafkaSettings("127.0.0.1:1", state_dir=tmp_path), Metrics())
    assert worker._waiting() == 0
    standing = {("bulletins", 0): (90, 100), ("bulletins", 1): (-1, 5), ("rereads", 0): (7, 9), ("reports", 0): (0, 99)}
    monkeypatch.setattr(worker, "standing", lambda: standing | {("rereads", 1): (4, 3)})
    assert worker._waiting() == 10 + 5 + 2
