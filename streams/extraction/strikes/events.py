"""The strikes of one item while it is read: which event each place and figure belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from schemas.records import Place
from streams.extraction.strikes.same_event import agrees, conflicts, other_day
from streams.extraction.strikes.strike import Day, Strike
from streams.extraction.strikes.where import inside, same_place, same_region
from streams.languages.fr.strikes.found import Found

TOLL = frozenset(("killed", "injured", "missing", "hospitalised"))
AIR = frozenset(("launched", "shot-down", "lost"))
MANY_ATTACKS = 100
SEVERAL_ATTACKS = 10
FEW_TOLD = 2
MOST_STRIKES = 100
UKRAINE = Place(name="Ukraine", canonical="Ukraine", country="UA", precision="country")


@dataclass(slots=True)
class ItemStrikes:
    """The strikes of one item in the order of their first telling."""

    item: int
    anchor: date | None = None
    strikes: list[Strike] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)

    @property
    def main(self) -> Strike | None:
        """The first local strike, else the first."""
        local = (strike for strike in self.strikes if not strike.national and not strike.background)
        return next(local, self.strikes[0] if self.strikes else None)

    def at(
        self, place: Place, figures: list[Found], near: bool = False, day: date | None = None, past: bool = False
    ) -> Strike:
        """The strike at a place: a known one, a known one whose place this makes more precise, else a new one.

        Figures told of another day than a known strike's, and not its own, are those of a further one.
        """
        strike = self._at(place, figures, near, day, past)
        strike.near = near if strike.place is place else strike.near
        strike.background = strike.background or (past and strike is not self.strikes[0] and not strike.figures)
        return strike

    def _at(self, place: Place, figures: list[Found], near: bool, day: date | None, past: bool) -> Strike:
        local = [
            strike
            for strike in self.strikes
            if strike.place is not None and not strike.cumulative and not other_day(strike, figures, day, past)
        ]
        for strike in local:
            if strike.place is not None and same_place(strike.place, place):
                if strike.near and not near:
                    strike.place = place
                return strike
        for strike in local:
            if strike.place is None or conflicts(strike, figures):
                continue
            if (strike.near or near) and same_region(strike.place, place) and agrees(strike, figures):
                strike.place = place if strike.near and not near else strike.place
                return strike
            if strike.near and not near and not (figures and strike.figures) and same_region(strike.place, place):
                strike.place = place
                return strike
            if inside(place, strike.place) and not strike.national and not strike.is_share:
                attacks = max((told.value for told in strike.figures if told.found.sort == "attack"), default=0)
                people = attacks >= MANY_ATTACKS or any(
                    told.found.sort == "people" or told.found.measure in {"shot-down", "lost"}
                    for told in strike.figures
                )
                if (attacks >= SEVERAL_ATTACKS and not figures) or (figures and people and not agrees(strike, figures)):
                    continue
                strike.place = place
                return strike
            if inside(strike.place, place) and place.precision == "region" and (agrees(strike, figures) or not figures):
                return strike
            fresh = all(told.vague for told in strike.figures)
            same = fresh or (agrees(strike, figures) and len(local) <= FEW_TOLD)
            if strike.national and place.precision != "country" and same and strike.place.country == place.country:
                strike.place, strike.national = place, False
                return strike
        for strike in self.strikes:
            local_one = strike.place is None and not strike.cumulative and not strike.national
            told_so = not conflicts(strike, figures) and not other_day(strike, figures, day)
            if local_one and told_so and place.precision != "country":
                strike.place = place
                return strike
        return self.new(place, place.precision == "country")

    def nationwide(
        self,
        place: Place | None,
        *,
        cumulative: bool = False,
        side: str | None = None,
        day: date | None = None,
        period: tuple[date | None, date | None] | None = None,
        figures: list[Found] | None = None,
    ) -> Strike:
        """The item's event of the whole country, made where there is none yet; each side's weapons are an event apart,
        and each day's.
        """
        for strike in self.strikes:
            untold = strike.place is None and not strike.national and not strike.cumulative and not cumulative
            if untold and place is not None and figures and agrees(strike, figures):
                strike.place, strike.national = place, True
                return strike
            if (
                strike.national
                and not strike.shared
                and strike.cumulative == cumulative
                and strike.period == period
                and (side is None or strike.side in {None, side})
            ):
                best = strike.best_days()
                if day is not None and best and best[0].day != day:
                    place = place if place is not None else strike.place
                    continue
                strike.side = strike.side or side
                if strike.place is None and place is not None:
                    strike.place = place
                elif place is not None and strike.place is not None and not same_place(strike.place, place):
                    continue
                return strike
        made = self.new(place, True)
        made.cumulative, made.side, made.period = cumulative, side, period
        return made

    def whole(self, region: Place, figures: list[Found], day: date | None) -> Strike:
        """The event of a whole region beside those of its places: known by the same place and day, else a new one."""
        for strike in self.strikes:
            place = strike.place if not strike.cumulative and not other_day(strike, figures, day) else None
            only = len(self.strikes) == 1 and agrees(strike, figures)
            if place is not None and (same_place(place, region) or (only and inside(place, region))):
                return strike
        return self.new(region)

    def earlier(self, place: Place | None, period: tuple[date | None, date | None] | None) -> Strike:
        """The event of a past month at a place, told beside the news: "en avril 2023, 23 habitants y avaient péri"."""
        for strike in self.strikes:
            if strike.background and strike.period == period:
                return strike
        made = self.new(place)
        made.background, made.period = True, period
        return made

    def shared_out(self, place: Place, summed: bool = False) -> Strike:
        """An event of the country whose toll the text gives out one by one, "deux tués, l'un à …, l'autre à …", or
        leaves `summed` over the places it names: "cinq tués à Kherson, Nikopol et Soumy".
        """
        made = self.new(place, True)
        made.shared, made.summed = True, summed
        return made

    def new(self, place: Place | None, national: bool = False) -> Strike:
        """A further strike; in a text that tells of more than a hundred the last one takes the rest."""
        if len(self.strikes) >= MOST_STRIKES:
            return self.strikes[-1]
        strike = Strike(place, self.item, national, dated=self.anchor)
        self.strikes.append(strike)
        return strike

    def within(self, large: Strike) -> Iterator[Strike]:
        """The strikes at places inside that of `large`."""
        for strike in self.strikes:
            if strike is large or strike.cumulative or strike.place is None:
                continue
            if (large.place is None and large.national) or (
                large.place is not None and inside(strike.place, large.place)
            ):
                yield strike
