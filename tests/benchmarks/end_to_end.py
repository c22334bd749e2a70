"""One worker on one core, the broker on the other, beside the pure pipeline on that core, round by round in turn."""

from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.bulletins import Newsrooms
from tests.benchmarks.limit import Spent, limit
from tests.benchmarks.measuring import Site, fill, worked_off, workers, wrong
from tests.benchmarks.rows import Row, at_least, at_most, say

BULLETINS = 4000
SEED = 6
SHELL = "what each message takes in Faust, decoding, encoding and aiokafka: see the flame graph"


@dataclass
class Rounds:
    """What each round measured."""

    pure: list[Spent] = field(default_factory=list)
    worker: list[Spent] = field(default_factory=list)
    characters: float = 0.0

    @property
    def rate(self) -> float:
        """The worker's bulletins a second."""
        return median(each.rate for each in self.worker)


async def measured(site: Site) -> Rounds:
    """The rounds, each of the pure pipeline and of a worker over a log that was full when it began."""
    rounds = Rounds()
    count = site.of(BULLETINS, 400)
    for number in range(site.rounds):
        news = Newsrooms(SEED + number)
        rounds.pure.append(limit(news, count))
        bulletins = list(news.bulletins(count))
        rounds.characters = sum(len(each.title) + len(each.text) for each in bulletins) / count
        installation = await site.installation()
        ends = await fill(installation, iter(bulletins))
        with workers(installation) as running:
            spent = await worked_off(site, installation, running, ends)
        spent = Spent(
            spent.bulletins, spent.seconds, spent.processor_s, spent.broker_s, await wrong(installation, news)
        )
        rounds.worker.append(spent)
        pure = rounds.pure[-1]
        say(
            f"round {number + 1}: pure {pure.rate:.0f}/s {pure.each_ms:.2f} ms, "
            f"worker {spent.rate:.0f}/s {spent.each_ms:.2f} ms, broker {spent.broker_s / spent.bulletins * 1000:.2f} ms"
        )
    return rounds


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
    ]
