"""A replay that is killed goes on where it was: each record is asked for once, and what differs is revised."""

import asyncio
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from streams import catalog
from streams.errors import SetupError
from streams.kafka import asking
from streams.kafka.bookmark import Bookmark, open_bookmark
from streams.kafka.log import Span, open_log
from streams.kafka.outputs import Output
from streams.kafka.progress import open_stand
from streams.kafka.replaying import replay
from tests.installation import ROOT, WITHIN_S, Installation, bulletin
from tests.texts import strike

TOWNS = (("Izioum", "Kharkiv"), ("Nikopol", "Dnipropetrovsk"), ("Beryslav", "Kherson"), ("Konotop", "Soumy"))
DYING = str(ROOT / "tests" / "faults" / "dying_replay.py")
GOING_ON = b"going on where a replay was interrupted"


def unknown(number: int) -> tuple[str, str]:
    """A strike whose deaths are told by a word that only a lexicon of the test's own knows."""
    title, text = strike(*TOWNS[number % 4], f"{'lundi 3' if number % 2 else 'mardi 4'} mars", 2 + number, 40)
    return title.replace("morts", "trucidés"), text.replace("morts", "trucidés")


LOG = [bulletin(f"essai/{number}", *unknown(number), published_on="2025-03-04") for number in range(23)]


@pytest.fixture
def words(tmp_path: Path) -> str:
    """The folder of that lexicon."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    (folder / "strike.toml").write_text('[victim]\nkilled = ["trucidés"]\n', encoding="utf-8")
    return str(folder)


@pytest.fixture
async def installation(kafka: str, prefix: str, home: Path) -> Installation:
    """An installation that has read a log without those words and stands still."""
    made = await Installation.make(kafka, prefix, home)
    with made.worker():
        await made.processed(await made.publish(*LOG))
    return made


def killed(installation: Installation, number: int, moment: str, *arguments: str, **environment: str) -> bytes:
    """What a replay says before it kills itself in its transaction of that number."""
    done = subprocess.run(
        [sys.executable, DYING, str(number), moment, "replay", *arguments],
        env=installation.environment(environment),
        capture_output=True,
        timeout=WITHIN_S,
        check=False,
    )
    assert done.returncode == -9, done.stderr
    return done.stderr


async def test_killed_again_and_again_it_asks_for_each_record_once(installation: Installation, words: str) -> None:
    before = await installation.events()
    with installation.worker(BULLETINS_LEXICONS=words):
        assert GOING_ON not in killed(installation, 3, "sent", BULLETINS_LEXICONS=words)
        assert b": 5 of 23 " in killed(installation, 3, "offsets", BULLETINS_LEXICONS=words)
        assert b": 10 of 23 " in killed(installation, 3, "committed", BULLETINS_LEXICONS=words)
        for command in ("lag", "doctor"):
            await installation.processed([])
            assert installation.command(command).returncode == 0, command
        # The last transaction but one says that all is asked for.
        assert b": 20 of 23 " in killed(installation, 3, "committed", BULLETINS_LEXICONS=words)
        last = installation.command("replay", BULLETINS_LEXICONS=words)
        assert last.returncode == 0, last.stderr
        assert GOING_ON + b": 23 of 23 " in last.stderr
        assert b"23 bulletins were read again" in last.stderr
        assert await installation.count(catalog.REREADS) == len(LOG)
        after = await installation.events()
        assert all(after[key].revision > event.revision for key, event in before.items())
        assert installation.command("verify", BULLETINS_LEXICONS=words).returncode == 0
        assert GOING_ON not in installation.command("replay", BULLETINS_LEXICONS=words).stderr
        assert await installation.count(catalog.REREADS) == 2 * len(LOG)


async def test_another_begin_or_other_code_begins_anew(installation: Installation, words: str) -> None:
    with installation.worker():
        late = ("--from-offset", "1")
        killed(installation, 3, "offsets")
        assert GOING_ON not in killed(installation, 3, "offsets", *late)
        assert GOING_ON not in killed(installation, 3, "offsets", *late, BULLETINS_LEXICONS=words)
        last = installation.command("replay", *late)
        assert last.returncode == 0, last.stderr
        assert GOING_ON not in last.stderr
        assert await installation.count(catalog.REREADS) == 3 * 5 + len(LOG) - installation.settings.partitions
        assert (await installation.verified()).differences == ()


async def test_of_two_at_a_time_the_first_ends(kafka: str, prefix: str, home: Path) -> None:
    settings = (await Installation.make(kafka, prefix, home)).settings
    span = Span({0: 0}, {0: 4})
    async with open_stand(settings) as stand, open_bookmark(settings, stand, span) as first:
        await first.ask((), {0: 1})
        async with open_bookmark(settings, stand, span) as second:
            assert (second.asked, second.left.starts) == (1, {0: 1})
            with pytest.raises(SetupError, match="another `bulletins replay` has begun"):
                await first.ask((), {0: 2})
            await second.ask((), {0: 3})


async def test_cancelled_it_goes_on_and_tells_done_and_lag(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = installation.settings
    ask = Bookmark.ask
    calls: list[int] = []
    told: list[tuple[int, int, int | None]] = []

    async def cancelling(self: Bookmark, requests: Sequence[Output], upto: Mapping[int, int]) -> None:
        await ask(self, requests, upto)
        calls.append(len(requests))
        if requests and sum(calls) == 7:
            task = asyncio.current_task()
            assert task is not None
            task.cancel()

    async def again(span: Span) -> int:
        async with open_stand(settings) as stand, open_bookmark(settings, stand, span) as bookmark:
            return await replay(settings, bookmark, WITHIN_S, lambda *shown: told.append((*shown, None)[:3]))

    monkeypatch.setattr(asking, "ASKED_AT_ONCE", 1)
    monkeypatch.setattr(Bookmark, "ask", cancelling)
    async with open_log(settings) as log:
        span = await log.whole(catalog.BULLETINS)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(again(span))
    assert await installation.count(catalog.REREADS) == 7
    with installation.worker():
        assert await again(span) == len(LOG)
    assert await installation.count(catalog.REREADS) == len(LOG)
    assert told[-1] == (len(LOG), len(LOG), 0)
    assert all(0 <= done <= whole == len(LOG) and lag is not None for done, whole, lag in told)
