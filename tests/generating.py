"""Bulletins made up from a seed, with what they tell known: strikes told by several outlets with tolls that change,
exchanges of prisoners, visits; repeats, corrections and withdrawals among them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from schemas.records import Bulletin
from streams.intake.bulletins import complete

TOWNS = (
    ("Izioum", "Kharkiv"),
    ("Tchouhouïv", "Kharkiv"),
    ("Nikopol", "Dnipropetrovsk"),
    ("Pavlohrad", "Dnipropetrovsk"),
    ("Beryslav", "Kherson"),
    ("Konotop", "Soumy"),
    ("Chostka", "Soumy"),
    ("Kramatorsk", "Donetsk"),
    ("Sloviansk", "Donetsk"),
    ("Izmaïl", "Odessa"),
    ("Nijyn", "Tchernihiv"),
    ("Orikhiv", "Zaporijjia"),
)
OUTLETS = ("agence", "radio", "quotidien", "depeche", "canal")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEAPONS = (
    ("Un missile balistique a frappé", "missile"),
    ("Un drone a frappé", "drone"),
    ("Des tirs d’artillerie ont touché", "artillery"),
)
VISITORS = ("Emmanuel Macron", "Keir Starmer", "Friedrich Merz", "Donald Tusk")
FIRST_DAY = date(2024, 1, 8)
RECEIVED = "2026-01-01T00:00:00.000+00:00"


@dataclass
class Truth:
    """What was told last of each strike: (town, day) to (killed, injured)."""

    tolls: dict[tuple[str, date], tuple[int, int]] = field(default_factory=dict)


@dataclass
class Generator:
    """Bulletins from `seed`; `days` is how many days their events are spread over, in the order of the log.

    They end before `RECEIVED`: a bulletin that came before it was published tells no day.
    """

    seed: int
    days: int = 60
    disorder: bool = True
    truth: Truth = field(default_factory=Truth)

    def __post_init__(self) -> None:
        assert FIRST_DAY + timedelta(days=self.days + 1) < date.fromisoformat(RECEIVED[:10])

    def bulletins(self, count: int) -> Iterator[Bulletin]:
        """`count` bulletins; without `disorder` no repeats, corrections or withdrawals."""
        rng = random.Random(self.seed)
        told: list[Bulletin] = []
        for number in range(count):
            chance = rng.random() if self.disorder and told else 1.0
            if chance < 0.03:
                yield rng.choice(told)
                continue
            day = FIRST_DAY + timedelta(days=number * self.days // count)
            if chance < 0.10:
                place = rng.randrange(len(told))
                former = told[place]
                made = (
                    self._made(former.bulletin_id, former.version + 1, withdrawn=True)
                    if chance < 0.04
                    else self._told(rng, former.bulletin_id, day, former.version + 1)
                )
                told[place] = made
            else:
                made = self._told(rng, f"{rng.choice(OUTLETS)}/{self.seed}-{number}", day, 1)
                told.append(made)
            yield made

    def _told(self, rng: random.Random, bulletin_id: str, day: date, version: int) -> Bulletin:
        kind = rng.random()
        published = day + timedelta(days=rng.choice((0, 0, 0, 1, 1, 2)))
        spoken = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
        if kind < 0.75:
            town, region = rng.choice(TOWNS)
            weapon, _ = rng.choice(WEAPONS)
            killed, injured = rng.randint(1, 9), rng.randint(10, 60)
            self.truth.tolls[town, day] = (killed, injured)
            title = f"{weapon} {town}, dans la région de {region}, {spoken} : {killed} morts et {injured} blessés"
        elif kind < 0.9:
            title = f"La Russie et l’Ukraine ont échangé {rng.randint(20, 300)} prisonniers chacune {spoken}"
        else:
            title = f"{rng.choice(VISITORS)} s’est rendu à Kyiv {spoken} pour y rencontrer Volodymyr Zelensky"
        return self._made(bulletin_id, version, title=title, published_on=str(published))

    def _made(self, bulletin_id: str, version: int, **fields: object) -> Bulletin:
        source = bulletin_id.partition("/")[0]
        given = {"bulletin_id": bulletin_id, "source": source, "version": version, "received_at": RECEIVED}
        return complete(given | fields)
