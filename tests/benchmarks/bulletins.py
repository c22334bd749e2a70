"""Bulletins as newsrooms send them, made up from a seed, and the daily figures that they must lead to.

A title, a lead and one to four items over the three streams, some 850 characters on average. A strike is told by
several bulletins while its toll rises; the last word stands. No event is told more than `MOST_TELLINGS` times.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from schemas.records import Bulletin, DailyFigures
from streams.intake.bulletins import complete
from streams.reading.gazetteer_table import TABLE, gazetteer, rows
from tests.benchmarks.politics import POLITICS
from tests.generating import FIRST_DAY, MONTHS, OUTLETS, RECEIVED, WEEKDAYS

INVASION = date(2022, 2, 24)
MOST_TELLINGS = 20
TRIES = 6
STRIKE_ITEMS = 1.2
POLITICAL_ITEMS = 0.7
REGIONS = (
    "Kharkiv",
    "Dnipropetrovsk",
    "Kherson",
    "Soumy",
    "Donetsk",
    "Odessa",
    "Tchernihiv",
    "Zaporijjia",
    "Mykolaïv",
    "Poltava",
    "Vinnytsia",
    "Tcherkassy",
)
WEAPONS = (
    ("un missile balistique", "Un missile balistique a frappé", "missile"),
    ("des drones Shahed", "Des drones Shahed ont frappé", "drone"),
    ("l’artillerie", "Des tirs d’artillerie ont touché", "artillery"),
)
AFTERWARDS = (
    "Des immeubles résidentiels et une école ont été endommagés, et les secours restent sur place.",
    "Les pompiers ont éteint l’incendie dans la matinée. Une cellule de soutien a été ouverte pour les familles.",
    "Les vitres des maisons voisines ont été soufflées. L’électricité est revenue dans la soirée.",
    "Des explosions avaient été entendues un peu plus tôt dans le centre de la ville.",
)
QUARTERS = ("Obolon", "Levada")
OTHERS = (
    ("La météo", "Il pleuvra sur l’ouest du pays, et le vent faiblira dans la soirée."),
    ("Culture", "Le théâtre de la ville rouvre ses portes avec une pièce de Lessia Oukraïnka."),
)

Figures = Mapping[tuple[str, str | None], int]
Truth = dict[str, tuple[int, Figures]]
"""By `DAY/STREAM`: how many events, and the sum of each measure and side."""


@dataclass
class Strike:
    """A strike and its toll as last told."""

    day: date
    town: str
    region: str
    weapon: tuple[str, str, str]
    killed: int
    injured: int
    told: int = 0


@cache
def towns() -> tuple[tuple[str, str], ...]:
    """(town, region) of Ukraine, of one word, without namesakes, ."""
    known = gazetteer()
    found = [(row[1], row[2]) for row in rows(TABLE) if row[2] in REGIONS and row[3] == "UA" and int(row[6]) >= 4000]
    return tuple(
        (town, region)
        for town, region in found
        if town.isalpha() and town not in REGIONS and town not in QUARTERS and len(known.settlements(town)) == 1
    )


@dataclass
class Newsrooms:
    """Bulletins from `seed`: `strikes_a_day` new strikes on each day, each told `tellings` times on average."""

    seed: int
    strikes_a_day: int = 50
    tellings: float = 4.0
    first_day: date = FIRST_DAY
    _strikes: dict[date, dict[tuple[str, str], Strike]] = field(default_factory=lambda: defaultdict(dict))
    _politics: dict[tuple[int, date], Figures] = field(default_factory=dict)
    _told: Counter[tuple[int, date]] = field(default_factory=Counter)

    @property
    def a_day(self) -> float:
        """How many bulletins a day has."""
        return self.strikes_a_day * self.tellings / STRIKE_ITEMS

    def bulletins(self, count: int, start: int = 0) -> Iterator[Bulletin]:
        """`count` bulletins, in the order in which they were published; numbered from `start`."""
        for number in range(start, start + count):
            yield self._bulletin(number, random.Random(f"{self.seed}/{number}"))

    def truth(self) -> Truth:
        """What the days must come to after all bulletins made so far."""
        days: dict[str, list[Figures]] = defaultdict(list)
        for day, strikes in self._strikes.items():
            days[f"{day}/strike"] += [
                {("killed", None): each.killed, ("injured", None): each.injured} for each in strikes.values()
            ]
        for (kind, day), figures in self._politics.items():
            days[f"{day}/{POLITICS[kind].stream}"].append(figures)
        return {key: (len(events), _summed(events)) for key, events in days.items()}

    def _bulletin(self, number: int, rng: random.Random) -> Bulletin:
        at = datetime.combine(self.first_day, time(), UTC) + timedelta(days=number / self.a_day)
        first, *more = [self._strike(at.date(), rng) for _ in range(1 if rng.random() < 2 - STRIKE_ITEMS else 2)]
        # Two weapons on one town in one text would be one event told twice.
        items = [_strike_item(each, rng) for each in (first, *(each for each in more if each.town != first.town))]
        politics = self._political_item(at.date(), rng) if rng.random() < POLITICAL_ITEMS else None
        items += [politics] if politics is not None else []
        items += [rng.choice(OTHERS)] if rng.random() < 0.2 else []
        day_number = (at.date() - INVASION).days + 1
        headlines = [headline for headline, _ in items]
        lead = f"{headlines[-1]}."
        outlet = OUTLETS[number % len(OUTLETS)]
        given = {
            "bulletin_id": f"{outlet}/{self.seed}-{number}",
            "source": outlet,
            "title": f"Jour {day_number} de résistance : {headlines[0][0].lower()}{headlines[0][1:]}",
            "text": "\n\n".join([lead, *(part for item in items for part in item)]) + "\n",
            "published_at": at.isoformat(timespec="milliseconds"),
            "received_at": RECEIVED,
        }
        return complete(given)

    def _strike(self, day: date, rng: random.Random) -> Strike:
        """A strike of the day, new or told before, with its toll as it is now."""
        today = self._strikes[day]
        if not today or (len(today) < self.strikes_a_day and rng.random() < 1.2 / self.tellings):
            for _ in range(TRIES):
                (town, region), weapon = rng.choice(towns()), rng.choice(WEAPONS)
                if (town, weapon[2]) not in today:
                    break
            strike = Strike(day, town, region, weapon, rng.randint(0, 6), rng.randint(7, 40))
            strike = today.setdefault((town, weapon[2]), strike)
        else:
            strike = rng.choice(list(today.values()))
        if strike.told >= MOST_TELLINGS:
            strike = min(today.values(), key=lambda each: each.told)
        strike.told += 1
        return strike

    def _political_item(self, day: date, rng: random.Random) -> tuple[str, str] | None:
        """An item of the other two streams; None where all its events of late have been told often enough."""
        slot = rng.randrange(max(1, round(self.a_day / self.tellings)))
        kind, day = slot % len(POLITICS), day - timedelta(days=slot // len(POLITICS))
        if self._told[kind, day] >= MOST_TELLINGS:
            return None
        self._told[kind, day] += 1
        value = random.Random(f"{kind}/{day}").randint(20, 300)
        self._politics[kind, day] = POLITICS[kind].figures(value)
        return POLITICS[kind].item(value, spoken(day))


def _strike_item(strike: Strike, rng: random.Random) -> tuple[str, str]:
    if strike.told > 1 and rng.random() < 0.5:
        strike.killed += rng.randint(0, 2)
        strike.injured += rng.randint(0, 5)
    toll = f"{_people(strike.killed, 'mort')} et {_people(strike.injured, 'blessé')}"
    by, struck, _ = strike.weapon
    # A small town is known by what is said before it.
    where = f"la ville {_of(strike.town)}, dans la région {_of(strike.region)}"
    headline = f"{struck} {where} : {toll}"
    body = (
        f"Le {spoken(strike.day)}, l’armée russe a frappé {where}, avec {by}. L’attaque a fait {toll}, a déclaré le"
        f" chef de l’administration régionale. {rng.choice(AFTERWARDS)}"
    )
    return headline, body


def _people(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}"


def _of(name: str) -> str:
    return f"d’{name}" if name[0] in "AEIOUY" else f"de {name}"


def spoken(day: date) -> str:
    """The day as prose has it: "lundi 8 janvier 2024"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _summed(events: list[Figures]) -> Figures:
    sums = Counter[tuple[str, str | None]]()
    for figures in events:
        sums.update(figures)
    return dict(sums)


def wrong_days(truth: Truth, days: Mapping[str, DailyFigures]) -> list[str]:
    """What is wrong with the days counted, one line each; empty where they are what the generator says."""
    found = []
    for key in sorted(truth.keys() | {key for key, day in days.items() if day.events}):
        events, figures = truth.get(key, (0, {}))
        day = days.get(key)
        told = {} if day is None else {(each.measure, each.side): each.value for each in day.figures}
        counted = 0 if day is None else day.events
        wrong = {name: (told.get(name, 0), value) for name, value in figures.items() if told.get(name, 0) != value}
        if counted != events or wrong:
            found.append(f"{key}: {counted} events where {events} were told; {wrong}")
    return found
