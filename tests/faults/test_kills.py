"""SIGKILL between any two steps of any stage, also between the halves of a correction and of a move between days,
leaves the events and daily figures of a run without a crash."""

from pathlib import Path

import pytest

from streams import catalog
from tests.installation import ROOT, Installation, bulletin, expected
from tests.texts import strike

DYING = str(ROOT / "tests" / "faults" / "dying_worker.py")


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("processed", marks=pytest.mark.whole),
        "sent",
        pytest.param("offsets", marks=pytest.mark.whole),
        "committed",
    ],
)
@pytest.mark.parametrize("stage", catalog.STAGES)
async def test_a_worker_killed_at_any_step_loses_and_doubles_nothing(
    kafka: str, prefix: str, home: Path, stage: str, moment: str
) -> None:
    installation = await Installation.make(kafka, prefix, home)
    first = bulletin("essai/1", *strike("Tchouhouïv", "Kharkiv", "lundi 3 mars", 4, 21), published_on="2025-03-04")
    other = bulletin("essai/2", *strike("Nikopol", "Dnipropetrovsk", "lundi 3 mars", 2, 9), published_on="2025-03-04")
    moved = bulletin(
        "essai/1", *strike("Tchouhouïv", "Kharkiv", "dimanche 2 mars", 5, 24), published_on="2025-03-04", version=2
    )
    for batch in ([first, other], [moved]):
        published = await installation.publish(*batch)
        with installation.worker(program=(DYING, "SIGKILL", stage, moment)) as worker:
            assert worker.wait_for_death() == -9, worker.log.read_text()[-3000:]
        with installation.worker():
            await installation.processed(published)
    assert await installation.views() == expected([first, other, moved])
    verdict = await installation.verified()
    assert verdict.differences == ()
    days = await installation.days()
    assert days["2025-03-03/strike"].event_ids != days["2025-03-02/strike"].event_ids
    assert (days["2025-03-02/strike"].events, days["2025-03-03/strike"].events) == (1, 1)


@pytest.mark.whole
async def test_a_worker_killed_over_and_over_ends_where_one_that_lives_does(
    kafka: str, prefix: str, home: Path
) -> None:
    installation = await Installation.make(kafka, prefix, home)
    towns = (("Izioum", "Kharkiv"), ("Nikopol", "Dnipropetrovsk"), ("Beryslav", "Kherson"), ("Konotop", "Soumy"))
    log = [
        bulletin(
            f"essai/{number % 13}",
            *strike(*towns[number % 4], "lundi 3 mars", 1 + number % 5, 10 + number),
            published_on="2025-03-04",
            version=1 + number // 13,
        )
        for number in range(40)
    ]
    published = []
    for start in range(0, 40, 8):
        published += await installation.publish(*log[start : start + 8])
        with installation.worker() as worker:
            await installation.processed(published[:1])
            worker.kill()
    with installation.worker():
        await installation.processed(published)
    assert await installation.views() == expected(log)
    assert (await installation.verified()).differences == ()
