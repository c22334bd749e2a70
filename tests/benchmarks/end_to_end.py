"""One worker on one core, the broker on the other, beside the pure pipeline and peers on that core, in turn.

Peers get the same bulletins, the same pure functions and the same topics, and must come to the same days.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import median

from tests.benchmarks import cores
from tests.benchmarks.bulletins import Newsrooms
from tests.benchmarks.limit import Spent, limit
from tests.benchmarks.measuring import Site, fill, worked_off, workers, wrong
from tests.benchmarks.peers import QUIX, STREAMS, command_of
from tests.benchmarks.rows import Row, at_least, at_most, say, skipped
from tests.installation import Installation, Worker

BULLETINS = 4000
WARMING = 1000
SEED = 6
SHELL = "what each message takes in Faust, decoding, encoding and aiokafka: see the flame graph"


@dataclass
class Rounds:
    """What each round measured; `why` the peers were left out that are missing."""

    pure: list[Spent] = field(default_factory=list)
    worker: list[Spent] = field(default_factory=list)
    peers: dict[str, list[Spent]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    characters: float = 0.0

    @property
    def rate(self) -> float:
        """The worker's bulletins a second."""
        return median(each.rate for each in self.worker)


@contextmanager
def _peer(name: str, installation: Installation) -> Iterator[list[Worker]]:
    """A peer as a process on the core of the work."""
    command = command_of(name, installation)
    installation.home.mkdir(parents=True, exist_ok=True)
    log = installation.home / "peer.log"
    with log.open("wb") as output, cores.on(cores.WORK):
        process = subprocess.Popen(command, env=installation.environment({}), stdout=output, stderr=output)
    worker = Worker(process, log)
    try:
        yield [worker]
    finally:
        worker.stop()


async def _round(site: Site, news: Newsrooms, count: int, peer: str | None = None) -> Spent:
    """Our worker, or a peer, over a log that is full when it begins."""
    installation = await site.installation()
    ends = await fill(installation, news.bulletins(count))
    with workers(installation) if peer is None else _peer(peer, installation) as running:
        spent = await worked_off(site, installation, running, ends, markers=peer == STREAMS)
    return spent if peer == STREAMS else replace(spent, wrong=await wrong(installation, news))


async def measured(site: Site, peers: tuple[str, ...] = ()) -> Rounds:
    """The rounds, each of the pure pipeline, of our worker and of peers."""
    rounds = Rounds(peers={name: [] for name in peers})
    count = site.of(BULLETINS, 400)
    # The broker's Java compiles what it does often; whoever comes first would pay for it.
    await _round(site, Newsrooms(SEED - 1), site.of(WARMING, 200))
    for number in range(site.rounds):
        rounds.pure.append(limit(Newsrooms(SEED + number), count))
        pure = rounds.pure[-1]
        say(f"round {number + 1}: pure pipeline {pure.rate:.0f}/s {pure.each_ms:.2f} ms")
        contenders = (None, *(name for name in peers if name not in rounds.why))
        turn = number % len(contenders)
        for name in (*contenders[turn:], *contenders[:turn]):
            try:
                spent = await _round(site, Newsrooms(SEED + number), count, name)
            except (subprocess.CalledProcessError, OSError, AssertionError) as error:
                if name is None:
                    raise
                rounds.why[name] = str(error)[:200]
                say(f"{name}: {error}")
                continue
            (rounds.worker if name is None else rounds.peers[name]).append(spent)
            say(f"round {number + 1}: {_told('worker' if name is None else name, spent)}")
    made = list(Newsrooms(SEED).bulletins(200))
    rounds.characters = sum(len(each.title) + len(each.text) for each in made) / len(made)
    return rounds


def _told(name: str, spent: Spent) -> str:
    return (
        f"{name} {spent.rate:.0f}/s {spent.each_ms:.2f} ms, broker {spent.broker_s / spent.bulletins * 1000:.2f} ms, "
        f"{spent.wrong} days wrong"
    )


def _peer_rows(rounds: Rounds, name: str) -> list[Row]:
    beside = f"worker beside {name} (bulletins a second)"
    if name == STREAMS:
        beside = f"the worker's shell beside {name} (processor time)"
    target = 1.0 if name == QUIX else None
    spent = rounds.peers[name]
    if len(spent) < len(rounds.worker):
        return [skipped(beside, "times", "" if target is None else f">= {target:g}", rounds.why.get(name, ""))]
    if name == STREAMS:
        trios = zip(rounds.worker, rounds.pure, spent, strict=True)
        shell = round(median((ours.each_ms - pure.each_ms) / theirs.each_ms for ours, pure, theirs in trios), 2)
        took = round(median(each.each_ms for each in spent), 2)
        return [Row(f"{name}, processor time", took, "ms/bulletin"), Row(beside, shell, "times")]
    ratio = round(median(ours.rate / theirs.rate for ours, theirs in zip(rounds.worker, spent, strict=True)), 2)
    wrong_days = sum(each.wrong for each in spent)
    return [
        Row(f"{name} end to end", round(median(each.rate for each in spent)), "bulletins/s"),
        Row(f"{name}, processor time", round(median(each.each_ms for each in spent), 2), "ms/bulletin"),
        Row(f"{name}: days counted otherwise than generated", wrong_days, "days"),
        Row(beside, ratio, "times") if target is None else at_least(beside, ratio, "times", target, SHELL),
    ]


def table(rounds: Rounds) -> list[Row]:
    """The rows of it."""
    pure, worker = rounds.pure, rounds.worker
    pairs = list(zip(pure, worker, strict=True))
    wrong_days = sum(each.wrong for each in (*pure, *worker))
    return [
        Row("length of a generated bulletin (mean)", round(rounds.characters), "characters"),
        Row("pure pipeline on one core", round(median(each.rate for each in pure)), "bulletins/s"),
        Row("pure pipeline, processor time", round(median(each.each_ms for each in pure), 2), "ms/bulletin"),
        Row("one worker end to end, broker on the other core", round(rounds.rate), "bulletins/s"),
        Row("one worker, processor time", round(median(each.each_ms for each in worker), 2), "ms/bulletin"),
        Row(
            "broker, processor time",
            round(median(each.broker_s / each.bulletins * 1000 for each in worker), 2),
            "ms/bulletin",
        ),
        at_least(
            "worker beside the pure pipeline (bulletins a second)",
            round(median(ours.rate / limit.rate for limit, ours in pairs), 2),
            "times",
            0.75,
            SHELL,
        ),
        at_most(
            "the shell's share of the worker's processor time",
            round(median(1 - limit.each_ms / ours.each_ms for limit, ours in pairs), 2),
            "",
            0.25,
            SHELL,
        ),
        at_most("days counted otherwise than generated", wrong_days, "days", 0, "a fault: see the lines above"),
        *(row for name in rounds.peers for row in _peer_rows(rounds, name)),
    ]
