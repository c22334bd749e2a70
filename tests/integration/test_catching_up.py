"""A worker that catches up on a long log tells the first events long before it has read the last bulletin."""

from pathlib import Path

from streams import catalog
from streams.kafka.progress import open_stand
from tests.faults.test_poison import write
from tests.generating import Generator
from tests.installation import Installation, until

COUNT = 6000


async def test_the_stages_share_a_worker_while_it_catches_up(kafka: str, prefix: str, home: Path) -> None:
    installation = await Installation.make(kafka, prefix, home)
    await write(installation, list(Generator(1, disorder=False).bulletins(COUNT)))

    async def first_days_are_told() -> bool:
        return await installation.count(catalog.DAILY_FIGURES) > 0

    with installation.worker():
        await until(first_days_are_told, "the first days are told")
        async with open_stand(installation.settings) as stand:
            assert sum((await stand.committed(catalog.BULLETINS)).values()) < COUNT / 2
