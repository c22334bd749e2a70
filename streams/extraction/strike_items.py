"""One item read sentence by sentence: which strike each sentence, place, day and weapon belongs to."""

from schemas.records import Place
from streams.extraction.claims import Trace
from streams.extraction.strike_binding import bind
from streams.extraction.strike_context import (
    in_cumulative_clause,
    live_place,
    long_ago,
    own_day,
    period_of,
    struck,
    tolls_alone,
    worth_reading,
)
from streams.extraction.strike_enrichment import enrich
from streams.extraction.strike_events import (
    AIR,
    UKRAINE,
    Day,
    ItemStrikes,
    Strike,
    Told,
    conflicts,
    inside,
    other_day,
    same_place,
)
from streams.languages.fr.strike_figures import figures_in
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_heads import weapon_class
from streams.languages.fr.strike_places import Spot
from streams.languages.fr.strike_scene import Scene, scene_of, single_day
from streams.languages.fr.strike_sides import launcher
from streams.languages.fr.strike_units import units_of
from streams.reading.document import Document, Sentence

LISTED = 2


EQUIPMENT = frozenset(("tank", "aircraft", "helicopter", "rocket-launcher", "air-defence-system"))


class ItemReader:
    """Reads the sentences of one item in order and keeps what stands: events, the places of the paragraph."""

    def __init__(self, document: Document, item: int, trace: Trace) -> None:
        self.document, self.trace = document, trace
        self.events = ItemStrikes(item, document.anchor)
        self.evidence = False
        self.before: list[Found] = []
        self.paragraph = -2
        self.topic: Place | None = None
        self.headed = 0
        self.headed_by = False
        self.side: str | None = None
        self.weapon: str | None = None
        self.headline: Place | None = None
        self.touched: list[Strike] = []
        self.figures: list[Found] = []
        self.air: Strike | None = None
        self.flown: Strike | None = None

    def read(self, sentences: list[Sentence]) -> ItemStrikes:
        scenes = [scene_of(units_of(sentence)) for sentence in worth_reading(sentences)]
        told = any(scene.strong or scene.weapons for scene in scenes) or tolls_alone(scenes)
        self.headed = sum(any(spot.part == "heading" for spot in scene.spots) for scene in scenes)
        first = next((s.paragraph for s in sentences if s.section == "body"), 0)
        live = live_place(self.document)
        self.evidence, self.headline = live is not None, live
        for scene in scenes:
            sentence = scene.units.sentence
            opening = sentence.section != "body" or (len(self.document.items) == 1 and sentence.paragraph == first)
            self._read(scene, told and opening, opening)
        return self.events

    def _read(self, scene: Scene, expected: bool, opening: bool) -> None:
        sentence = scene.units.sentence
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.topic = sentence.paragraph, None
            self.before = self.before if self.headed_by else []
        figures, dropped = figures_in(scene.units, self.before, self.weapon)
        self.weapon = next(
            (kind for index in reversed(scene.weapons) if (kind := weapon_class(scene.units[index]))), self.weapon
        )
        for index, reason in dropped:
            unit = scene.units[index]
            self.trace.drop("strike figures", sentence, unit.start, unit.end, reason)
        self.evidence = self.evidence or scene.strong or expected
        kept = [figure for figure in figures if self._belongs(scene, figure)]
        touched = self._place_figures(scene, kept)
        if not kept:
            touched = self._mention(scene, opening)
            self.side = (launcher(scene.units, None) if scene.weapons else None) or self.side
        self.touched = touched
        heads = sentence.section in {"title", "headline"}
        if self.headline is None and (heads or sentence.index < LISTED):
            parts = {"site", "heading"} if heads else {"heading"}
            named = [spot.place for spot in scene.spots if spot.part in parts]
            self.headline = named[0] if len(named) == 1 else None
        for strike in touched:
            enrich(strike, scene, touched, self.document.anchor)
        if not touched and opening:
            self._note_days(scene)
        self._remember_topic(scene)
        self.before = kept or self.before
        self.headed_by = sentence.section == "headline"

    def _belongs(self, scene: Scene, figure: Found) -> bool:
        """Whether a figure can be a strike's: the text has told one, and the sentence does not speak of troops."""
        reason = None
        if figure.sort == "weapon":
            reason = None
        elif not self.evidence and figure.of != "civilian":
            reason = "no strike has been told"
        elif (
            figure.sort == "people"
            and (scene.soldierly or figure.of == "soldier")
            and not scene.strikes
            and not scene.weapons
            and figure.measure not in {"evacuated", "rescued"}
            and (scene.soldierly or not self.events.strikes)
        ):
            reason = "speaks of troops, not of a strike"
        elif (
            figure.sort == "people"
            and scene.cumulative
            and any(unit.sub("person") == "soldier" for unit in scene.units.units)
        ) or (figure.measure == "destroyed" and figure.of in EQUIPMENT and not scene.strong):
            reason = "losses of an army"
        words = scene.units
        span = words[figure.first].start, words[figure.last].end
        if reason:
            self.trace.drop(figure.rule, words.sentence, *span, reason)
        else:
            self.trace.keep(figure.rule, words.sentence, *span, f"{figure.measure} of a strike")
        return reason is None

    def _place_figures(self, scene: Scene, figures: list[Found]) -> list[Strike]:
        touched: list[Strike] = []
        self.figures = figures
        for group, spots in bind(scene, figures):
            for strike, part in self._strikes_for(scene, group, spots):
                for figure in part:
                    side = (launcher(scene.units, figure.number) or self.side) if figure.sort == "weapon" else None
                    self.side = side or self.side
                    self.flown = strike if figure.measure in AIR else self.flown
                    strike.tell(Told(figure, scene, "cumulative" if strike.cumulative else "event", side))
                if part[0].share and touched and strike is not touched[0]:
                    strike.parent = strike.parent or touched[0]
                if strike not in touched:
                    touched.append(strike)
        return touched

    def _strikes_for(self, scene: Scene, group: list[Found], spots: list[Spot]) -> list[tuple[Strike, list[Found]]]:
        country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
        people = [figure for figure in group if figure.measure not in AIR]
        period = period_of(scene, group, self.document.anchor) if people else None
        if people and (period is not None or (not spots and in_cumulative_clause(scene, group))):
            home = spots[0].place if spots and period is not None else country or UKRAINE
            return [(self.events.nationwide(home, cumulative=True, period=period), group)]
        own = scene.units[group[0].place_unit].place if group[0].place_unit is not None else None
        if own is not None:
            return [(self.events.at(own.place, group), group)]
        if spots and not (len(spots) > 1 and group[0].measure in AIR):
            place, near = self._meant(scene, spots[0])
            return [(self.events.at(place, group, near, own_day(scene, group[0]), self._past(scene)), group)]
        result = [(self._flown(scene, figure, country), [figure]) for figure in group if figure.measure in AIR]
        if people:
            following = next((figure for figure in self.figures if figure.number > group[-1].number), None)
            distributed = following is not None and following.share and not following.subset
            result.append(
                (self.events.shared_out(UKRAINE) if distributed else self._local(scene, people, country), people)
            )
        return result

    def _past(self, scene: Scene) -> bool:
        return scene.earlier or long_ago(scene, self.document.anchor)

    def _meant(self, scene: Scene, spot: Spot) -> tuple[Place, bool]:
        """The place of a figure: of "cette bourgade de la région de Soumy" the settlement told before."""
        known = self.topic if self.topic is not None else self.events.main.place if self.events.main else None
        anaphor = spot.place.precision == "region" and any(unit.has("anaphor") for unit in scene.units.units)
        if anaphor and known is not None and inside(known, spot.place):
            return known, False
        return spot.place, spot.near

    def _flown(self, scene: Scene, figure: Found, country: Place | None) -> Strike:
        """The event of weapons told without a place: the country's, unless a local strike is being told."""
        if figure.rule == "weapons taken up again" and self.flown is not None and country is None:
            return self.flown
        main = self.events.main
        side = launcher(scene.units, figure.number) or self.side
        if self.air is not None and (side is None or self.air.side in {None, side}) and country is None:
            return self.air
        told = any(strike.national and strike.figures for strike in self.events.strikes)
        if country is not None or scene.national or told or main is None or main.national or main.place is None:
            home = country if country is None or side is None or country.country != side else None
            self.air = self.events.nationwide(home, side=side, day=own_day(scene, figure))
            return self.air
        return main if side is None or main.place.country != side else self.events.nationwide(None, side=side)

    def _local(self, scene: Scene, people: list[Found], country: Place | None) -> Strike:
        if country is not None:
            return self.events.nationwide(country, figures=people)
        day = own_day(scene, people[0])
        if self.topic is not None:
            return self.events.at(self.topic, people, day=day, past=self._past(scene))
        main = self.events.main
        if main is not None and main.place is not None and other_day(main, people, day, self._past(scene)):
            return self.events.at(main.place, people, day=day, past=self._past(scene))
        if scene.national and main is not None and main.place is None:
            main.place, main.national = UKRAINE, True
        if scene.national and (main is None or main.national or conflicts(main, people)):
            return self.events.nationwide(UKRAINE)
        weak = next((spot.place for spot in scene.spots if spot.part == "weak"), None)
        if main is None and weak is not None:
            return self.events.at(weak, people)
        return main if main is not None else self.events.new(self.headline)

    def _mention(self, scene: Scene, opening: bool) -> list[Strike]:
        """The events that a sentence without figures speaks of; a new one where it tells a strike at a place."""
        spots = [spot for spot in scene.spots if spot.part in {"site", "heading"}]
        if not scene.strikes and not scene.weapons:
            return [self.events.main] if scene.harm and self.events.main is not None and not spots else []
        unsure = scene.hypothetical or scene.background or scene.earlier
        elsewhere = bool(spots) and not self._concerns_main(spots)
        spots = [spot for spot in spots if struck(scene, spot)] if len(spots) <= LISTED else []
        armed = any(subs - {"mine", "explosive"} for subs in scene.weapons.values())
        if spots and (scene.strong or (opening and armed)):
            known = self._known(spots)
            if known:
                return known
            sentence = scene.units.sentence
            if unsure or sentence.quoted or sentence.text.isupper() or self.headed > LISTED:
                return []
            strike = self.events.at(spots[0].place, [], spots[0].near)
            strike.told = True
            return [strike]
        main = self.events.main
        if main is None and scene.strong and not unsure:
            country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
            main = self.events.nationwide(country) if country is not None else self.events.new(self.headline)
            main.told = opening and any(unit.has("scene.russian", "scene.ukrainian") for unit in scene.units.units)
        elif main is not None and main.place is None and not unsure:
            country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
            main.place, main.national = country, country is not None
        return [main] if main is not None and not (elsewhere and main.place is not None) else []

    def _concerns_main(self, spots: list[Spot]) -> bool:
        main = self.events.main
        place = main.place if main is not None else None
        return (
            place is not None
            and place.precision != "country"
            and any(
                same_place(spot.place, place) or inside(spot.place, place) or inside(place, spot.place)
                for spot in spots
            )
        )

    def _known(self, spots: list[Spot]) -> list[Strike]:
        places = [spot.place.canonical for spot in spots]
        known = [
            strike for strike in self.events.strikes if strike.place is not None and strike.place.canonical in places
        ][:1]
        closer = next((spot for spot in spots if not spot.near), None)
        if known and known[0].near and closer is not None:
            known[0].place, known[0].near = closer.place, False
        return known

    def _note_days(self, scene: Scene) -> None:
        days = [(single_day(mention), mention.precision) for _, mention, reporting in scene.days if not reporting]
        self.events.days.extend(
            Day(0, day, precision) for day, precision in days if day is not None and precision == "night"
        )

    def _remember_topic(self, scene: Scene) -> None:
        spots = [
            spot for spot in scene.spots if spot.part in {"site", "heading"} or (spot.part == "weak" and spot.unit < 2)
        ]
        if spots:
            spots = [
                spot
                for spot in spots
                if not spot.near and not any(each.near and inside(each.place, spot.place) for each in spots)
            ] or spots
            first = spots[0]
            self.topic = first.place if first.unit < 2 or first.part == "heading" else spots[-1].place
            finer = next((spot.place for spot in spots if inside(spot.place, self.topic)), None)
            self.topic = finer if finer is not None and first.part != "heading" else self.topic
