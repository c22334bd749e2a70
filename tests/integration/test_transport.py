"""What `streams.kafka.transport` changes in Faust's consumer, on the real Kafka."""

from pathlib import Path

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment

from schemas.codec import encode
from streams import catalog
from streams.kafka.outputs import Incoming, Outputs
from streams.kafka.progress import INPUT_TOPICS, open_stand
from streams.kafka.read_stage import ReadStage
from streams.metrics import Metrics
from streams.rows import MemoryTables
from tests.installation import ROOT, Installation, bulletin, expected, until
from tests.texts import strike

TOWNS = (("Izioum", "Kharkiv"), ("Nikopol", "Dnipropetrovsk"), ("Beryslav", "Kherson"), ("Konotop", "Soumy"))
LOG = [
    bulletin(f"essai/{number}", *strike(*TOWNS[number % 4], "lundi 3 mars", 1, 10 + number), published_on="2025-03-04")
    for number in range(12)
]


async def assigned(installation: Installation) -> list[dict[str, list[int]]]:
    """The partitions of each topic by member of the group."""
    admin = AIOKafkaAdminClient(bootstrap_servers=installation.settings.bootstrap)
    await admin.start()
    try:
        [answer] = await admin.describe_consumer_groups([installation.settings.group])
    finally:
        await admin.close()
    [(_, _, _, _, _, members)] = [group[:6] for group in answer.groups]
    found = []
    for member in members:
        parts = ConsumerProtocolMemberAssignment.decode(member[4]).assignment if member[4] else []
        found.append({installation.settings.bare(topic): sorted(numbers) for topic, numbers in parts})
    return found


async def test_equal_partition_numbers_stay_together_and_replay_finds_its_rows(
    kafka: str, prefix: str, home: Path
) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=5)

    async def both_work() -> bool:
        return [len(member) for member in await assigned(installation)] == [len(INPUT_TOPICS)] * 2

    with installation.worker("first"), installation.worker("second"):
        await installation.processed([])
        await until(both_work, "two members with partitions of every topic")
        for member in await assigned(installation):
            assert len({tuple(numbers) for numbers in member.values()}) == 1, member
        await installation.processed(await installation.publish(*LOG))
        assert installation.command("replay").returncode == 0
        assert await installation.views() == expected(LOG)


async def test_when_all_is_processed_the_lag_is_zero_past_the_markers(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home)

    async def no_lag() -> bool:
        async with open_stand(installation.settings) as stand:
            return all(row.lag_records == 0 for row in await stand.lag())

    with installation.worker():
        await installation.processed(await installation.publish(*LOG))
        await until(no_lag, "no lag", within_s=5)
        async with open_stand(installation.settings) as stand:
            assert sum(row.end for row in await stand.lag() if row.topic == "partials") > 0


async def test_what_a_rebalance_drops_is_fetched_again(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home)
    published = await installation.publish(*LOG)
    with installation.worker(program=(str(ROOT / "tests" / "faults" / "dropping_worker.py"),)):
        await installation.processed(published)
        assert await installation.views() == expected(LOG)


async def test_what_an_aborted_transaction_holds_is_read_by_no_stage(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home, partitions=1)
    never, told = LOG[:2]
    out = Outputs()
    said = Incoming(catalog.BULLETINS, 0, 10, 0, never.bulletin_id.encode(), encode(never), ())
    ReadStage(0, 1, Metrics(), MemoryTables()).process(said, out)
    async with AIOKafkaProducer(bootstrap_servers=kafka, transactional_id=f"{prefix}dead") as producer:
        await producer.begin_transaction()
        for each in out.messages:
            topic = installation.settings.topic(each.topic)
            sent = await producer.send(topic, each.value, each.key, partition=0, headers=list(each.headers))
            await sent
        await producer.abort_transaction()
    assert catalog.REPORTS in {each.topic for each in out.messages}
    with installation.worker():
        await installation.processed(await installation.publish(told))
        assert await installation.views() == expected([told])
