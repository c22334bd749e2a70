"""Records whose header names are no UTF-8, as C and Go clients can write them: read like any other."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.record.default_records import DefaultRecordBase, _DefaultRecordBatchBuilderPy

from schemas.codec import encode
from schemas.records import Bulletin
from streams import catalog
from streams.kafka.log import open_log
from streams.kafka.publishing import Published
from streams.kafka.views import all_dead_letters
from tests.installation import Installation, bulletin, expected
from tests.texts import strike

NOT_UTF8 = b"origine-\xe9t\xe9\xff"
AS_READ = NOT_UTF8.decode(errors="replace")
TOWNS = (("Izioum", "Kharkiv"), ("Nikopol", "Dnipropetrovsk"), ("Beryslav", "Kherson"), ("Konotop", "Soumy"))
LOG = [
    bulletin(f"essai/{number}", *strike(*TOWNS[number], "lundi 3 mars", 1, 10 + number), published_on="2025-03-04")
    for number in range(4)
]


class Name(str):
    """A header's name that is written as other bytes than its own."""

    def encode(self, *_: object) -> bytes:
        return NOT_UTF8


async def put(installation: Installation, records: Sequence[tuple[bytes, bytes]], codec: int) -> list[Published]:
    """Write key and value of records as one batch in which every second has such a header; where they stand."""
    builder = _DefaultRecordBatchBuilderPy(2, codec, 0, -1, -1, -1, 1_000_000)
    for number, (key, value) in enumerate(records):
        name = Name("n") if number % 2 else "n"
        builder.append(number, 1_741_000_000_000, key, value, [(name, b"1"), ("h", None)])
    topic = installation.settings.topic(catalog.BULLETINS)
    async with AIOKafkaProducer(bootstrap_servers=installation.settings.bootstrap) as producer:
        batch = producer.create_batch()
        batch.close()
        batch._builder, batch._relative_offset = builder, len(records)
        first = await (await producer.send_batch(batch, topic, partition=0))
    return [Published("", 1, topic, 0, first.offset + number) for number in range(len(records))]


@pytest.mark.parametrize("codec", [DefaultRecordBase.CODEC_NONE, DefaultRecordBase.CODEC_ZSTD])
async def test_such_records_are_read_and_what_is_unreadable_in_them_is_a_dead_letter(
    kafka: str, prefix: str, home: Path, codec: int
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    records = [as_record(each) for each in LOG]
    published = await put(installation, [*records, (b"x", b"[1]"), (b"x", b"{broken"), (b"x", b"17")], codec)
    with installation.worker():
        await installation.processed(published)
        assert await installation.views() == expected(LOG)
        for command in ("retry", "replay", "verify"):
            answer = installation.command(command)
            assert answer.returncode == 0, answer.stderr
    async with open_log(installation.settings) as log:
        letters = {each.offset: each for each in await all_dead_letters(log)}
    assert [letters[at].message.value for at in sorted(letters)] == [b"[1]", b"{broken", b"17"]
    assert letters[5].message.headers[:2] == ((AS_READ, b"1"), ("h", None))


def as_record(each: Bulletin) -> tuple[bytes, bytes]:
    """Key and value of a bulletin."""
    return each.bulletin_id.encode(), encode(each)
