"""One item read sentence by sentence: which strike each sentence, place, day and weapon belongs to."""

from schemas.records import Place
from streams.extraction.strikes.belonging import mark_ground, of_the_country
from streams.extraction.strikes.binding import bind
from streams.extraction.strikes.context import (
    TOLLS,
    adds_up,
    in_cumulative_clause,
    is_gone_by,
    is_placed,
    is_toll_at_place,
    only_headed,
    own_day,
    period_of,
    tolls_alone,
    tolls_at_places,
    worth_reading,
)
from streams.extraction.strikes.days import framing_days, is_pending, later_day, take_pending, tells_when
from streams.extraction.strikes.enrichment import enrich
from streams.extraction.strikes.events import AIR, UKRAINE, ItemStrikes
from streams.extraction.strikes.item_state import ItemState
from streams.extraction.strikes.mentions import mentioned
from streams.extraction.strikes.same_event import agrees, conflicts, other_day
from streams.extraction.strikes.strike import Day, Strike, Told
from streams.extraction.strikes.sums import (
    TAKEN_UP,
    flown_everywhere,
    on_the_country,
    over_days,
    over_the_country,
    own_place,
)
from streams.extraction.strikes.topic import (
    REGIONS,
    region_meant,
    same_thing,
    take_for_city,
    take_quarters,
)
from streams.extraction.strikes.totals import summed_home
from streams.extraction.strikes.where import same_place
from streams.languages.fr.strikes.figures import figures_in
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.groups import takes_up
from streams.languages.fr.strikes.heads import weapon_class
from streams.languages.fr.strikes.parts import LINE, is_line
from streams.languages.fr.strikes.places import Spot
from streams.languages.fr.strikes.scene import Scene, scene_of
from streams.languages.fr.strikes.shares import shared_out
from streams.languages.fr.strikes.sides import holder, launcher
from streams.languages.fr.strikes.sites import refined
from streams.languages.fr.strikes.spells import beats_a_record
from streams.languages.fr.strikes.units import units_of
from streams.languages.fr.strikes.words import Wording, may_tell

LISTED, FEW, MANY = 2, 3, 9


class ItemReader(ItemState):
    """Reads the sentences of one item in order and keeps what stands: events, the places of the paragraph."""

    def read(self, wordings: list[Wording]) -> ItemStrikes:
        """The strikes that the sentences of the item tell, in the order of their first telling."""
        if self.live is None and not may_tell(wordings, TOLLS):
            self.trace.refuse(self.events.item, "no word of a strike, a weapon or a civilian in it")
            return self.events
        scenes = [scene_of(units_of(wording)) for wording in worth_reading(wordings)]
        for scene in scenes:
            scene.spots = refined(scene.units, scene.spots)
        take_for_city(self.document, scenes)
        take_quarters(scenes, self.live)
        mark_ground(scenes)
        told = any(scene.strong or scene.weapons for scene in scenes) or tolls_alone(scenes)
        self.bare = tolls_at_places(scenes)
        self.headed = sum(any(spot.part == "heading" for spot in scene.spots) for scene in scenes)
        first = next((each.sentence.paragraph for each in wordings if each.sentence.section == "body"), 0)
        self.evidence, self.headline = self.live is not None, self.live
        for scene, self.ahead in zip(scenes, [*scenes[1:], None], strict=True):
            sentence = scene.units.sentence
            opening = sentence.section != "body" or (len(self.document.items) == 1 and sentence.paragraph == first)
            self._read(scene, told and opening, opening)
        self._place_the_rest(scenes)
        return self.events

    def _read(self, scene: Scene, expected: bool, opening: bool) -> None:
        sentence = scene.units.sentence
        if sentence.paragraph != self.paragraph:
            self._open_paragraph(scene)
        figures, dropped = figures_in(scene.units, self.before, self.weapon)
        self.weapon = next(
            (kind for index in reversed(scene.weapons) if (kind := weapon_class(scene.units[index]))), self.weapon
        )
        for index, reason in dropped:
            unit = scene.units[index]
            self.trace.drop("strike figures", sentence, unit.start, unit.end, reason)
        toll = self.bare and is_toll_at_place(scene, self.hinted)
        self.evidence = self.evidence or scene.strong or expected or toll
        self.hinted = self.hinted or (bool(scene.strikes) and is_placed(scene))
        kept = [figure for figure in figures if self._belongs(scene, figure)]
        self.figures = kept
        if kept:
            touched = self._place_figures(scene, kept)
        else:
            touched = mentioned(self.events, scene, opening, self._here(), self.headed, self.topic)
        if not touched and tells_when(scene):
            touched = self.touched
        if scene.weapons and not any(figure.sort == "weapon" for figure in kept):
            self.side = launcher(scene.units, None) or self.side
        since = next((day.day for strike in self.touched for day in strike.best_days()[:1]), None)
        later = later_day(scene, since) if "plus tard" in sentence.text else None
        self.touched = touched if touched or len(scene.units) > LISTED else self.touched  # "Quand ?"
        heads = sentence.section in {"title", "headline"}
        if self.headline is None and (heads or sentence.index < LISTED):
            parts = {"site", "heading"} if heads else {"heading"}
            named = [spot.place for spot in scene.spots if spot.part in parts]
            self.headline = named[0] if len(named) == 1 else None
            if heads and len(scene.spots) == 1 and scene.spots[0].place.precision == "settlement":
                self.titled = scene.spots[0].place
        for strike in touched:
            enrich(strike, scene, touched, self.document.anchor)
            if later is not None and len(strike.scenes) == 1 and not strike.days:
                strike.days.append(later)
            for before in self.pending if len(strike.scenes) == 1 else ():
                take_pending(strike, before)
        if not touched and (opening or not self.events.strikes):
            self.events.days.extend(framing_days(scene, opening))
        if touched:
            self.pending = []
        elif is_pending(scene):
            self.pending = [*self.pending[-LISTED:], scene]
        if touched or kept or sum(spot.part == "site" for spot in scene.spots) < LISTED or not scene.strikes:
            self.topic.remember(scene)  # places merely listed as shelled are not what the next sentence speaks of
        self.before = kept or self.before
        counted = [each for each in kept if each.sort in {"weapon", "thing"} and not each.share and each.rule != LINE]
        self.counted = counted or self.counted
        self.people = [each for each in kept if each.sort == "people"] or self.people
        self.headed_by = sentence.section == "headline"

    def _open_paragraph(self, scene: Scene) -> None:
        """Forget what stood in the paragraph before, but for counts that this one shares out or takes up."""
        self.paragraph = scene.units.sentence.paragraph
        self.pending = [] if self.events.strikes else self.pending
        self.topic.open_paragraph()
        if self.headed_by:
            return
        if shared_out(scene.units) or is_line(scene.units):
            self.before = self.counted
        else:
            self.before = self.people if takes_up(scene.units) else []

    def _place_figures(self, scene: Scene, figures: list[Found]) -> list[Strike]:
        touched: list[Strike] = []
        for group, spots in bind(scene, figures):
            for strike, part in self._strikes_for(scene, group, spots):
                if len(scene.days) > 1 and not strike.days and (day := own_day(scene, part[0])) is not None:
                    strike.days.append(Day(1, day, "day"))
                for figure in part:
                    side = (launcher(scene.units, figure.number) or self._side()) if figure.sort == "weapon" else None
                    self.side = side or self.side
                    self.flown = strike if figure.sort == "weapon" else self.flown
                    strike.tell(Told(figure, scene, strike.scope, side))
                if part[0].share and touched and strike is not touched[0]:
                    strike.parent = strike.parent or touched[0]
                if strike not in touched:
                    touched.append(strike)
        return touched

    def _strikes_for(self, scene: Scene, group: list[Found], spots: list[Spot]) -> list[tuple[Strike, list[Found]]]:
        country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
        people = [figure for figure in group if figure.measure not in AIR]
        period = period_of(scene, group, self.document.anchor) if people else None
        bounded = period is not None and period[1] is not None
        if people and ((bounded and scene.was_before) or is_gone_by(scene, people, self.document.anchor)):
            main = self.events.main
            known = spots[0].place if spots else self.topic.pointed_at(scene)
            home = known or (main.place if main is not None else self._here())
            return [(self.events.earlier(home, period), group)]
        summed = in_cumulative_clause(scene, group) and (not spots or adds_up(scene, group))
        summed = summed and not beats_a_record(scene.units)
        spell = over_days(self.events, scene, group, spots, self._side(), self.document.anchor, summed)
        if spell is not None:
            return [(spell, group)]
        if (people and period is not None) or summed:
            home = spots[0].place if spots else country or UKRAINE
            return [(self.events.nationwide(home, cumulative=summed or not bounded, period=period), group)]
        own = own_place(scene, group[0].place_unit)
        if own is not None:
            return [(self.events.at(own, group), group)]
        main = self.events.main
        if (
            spots
            and main is not None
            and scene.units[spots[0].unit].segment > scene.units[group[-1].number].segment
            and main.place is not None
            and not same_place(main.place, spots[0].place)
            and not other_day(main, people, own_day(scene, group[0]))
            and agrees(main, people)
        ):
            return [(main, group)]  # the clause that follows the toll told before names another place
        over = over_the_country(scene, group, spots)
        if over is not None:
            return [(self.events.shared_out(over, summed=True), group)]
        if spots and not (group[0].measure in AIR and (len(spots) > 1 or on_the_country(scene, group, spots))):
            if people and scene.national and spots[0].place.precision == "region" and len(self.events.strikes) > 1:
                return [(self.events.whole(spots[0].place, group, None), group)]
            place, near = self.topic.meant(scene, spots[0], self.events.main.place if self.events.main else None)
            return [(self.events.at(place, group, near, own_day(scene, group[0]), self._past(scene)), group)]
        if of_the_country(scene, group):
            return [(self.events.new(None, True), group)]
        everywhere = flown_everywhere(scene, self.figures)
        flown = [each for each in group if each.measure in AIR or (everywhere and each.measure == "hit")]
        result = [(self._flown(scene, figure, country), [figure]) for figure in flown]
        people = [figure for figure in people if figure not in flown]
        if people:
            home = summed_home(scene, self.figures, group[-1], self._here())
            result.append((self.events.shared_out(home) if home else self._local(scene, people, country), people))
        return result

    def _flown(self, scene: Scene, figure: Found, country: Place | None) -> Strike:
        """The event of weapons told without a place: the country's, unless a local strike is being told."""
        main = self.events.main
        sky = region_meant(scene, figure, self.topic.place, self.headline) if country is None else None
        sky = self.topic.there(scene) if sky is None else sky
        if sky is not None:
            return self.events.at(sky, [figure])
        if figure.rule in TAKEN_UP and self.flown is not None and country is None:
            return self.flown
        here = self.topic.place
        definite = scene.units.norm(figure.number - 1) in {"les", "ces"} and country is None and not scene.national
        if definite and here is not None and here.precision == "region":
            return self.events.at(here, [figure])
        side = launcher(scene.units, figure.number) or self.side
        titled = self.headline if main is None and value_of(figure) <= FEW and not scene.national else None
        if titled is not None and titled.precision == "settlement" and titled.country != side and country is None:
            return self.events.at(titled, [figure])
        local = figure.of == "bomb" or figure.measure == "hit"
        everywhere = flown_everywhere(scene, self.figures)
        local = local and not everywhere and country is None and not scene.national
        if local and here is not None and holder(here) != side:
            return self.events.at(here, [])
        if self.air is not None and (side is None or self.air.side in {None, side}) and country is None:
            return self.air
        before = self.pending[-1] if self.pending else None
        burnt = self.topic.place if before is not None and before.harm and not before.weapons else None
        if burnt is not None and burnt.precision == "settlement" and side != holder(burnt) and not scene.national:
            return self.events.at(burnt, [figure])
        told = any(strike.national and strike.figures for strike in self.events.strikes)
        told = told or everywhere or (value_of(figure) > MANY and only_headed(self.events.strikes))
        if country is not None or scene.national or told or main is None or main.national or main.place is None:
            home = country if country is None or side is None or country.country != side else None
            self.air = self.events.nationwide(home, side=side, day=own_day(scene, figure))
            return self.air
        parted = any(each.share and each.sort == "weapon" for each in self.figures)
        theirs = holder(main.place) != side and not parted
        ours = side is None or theirs or any(each.side == side for each in main.figures)
        return main if ours else self.events.nationwide(None, side=side)

    def _local(self, scene: Scene, people: list[Found], country: Place | None) -> Strike:
        day = own_day(scene, people[0])
        again = (each for each in self.events.strikes if each.national and agrees(each, people))
        if scene.national and (told := next(again, None)) is not None:
            return told
        whole = next((each for each in self.events.strikes if each.shared), None)
        if whole is not None and scene.national and any(told.scene is scene for told in whole.figures):
            return whole
        known = self.headline or (self.events.main.place if self.events.main is not None else None)
        region = region_meant(scene, people[0], self.topic.place, known)
        if region is not None:
            return self.events.whole(region, people, day)
        pointed = self.topic.pointed_at(scene) or same_thing(scene, self.events.strikes)
        if pointed is not None:
            return self.events.at(pointed, people, day=day, past=self._past(scene))
        if country is not None:
            return self.events.nationwide(country, figures=people)
        main = self.events.main
        if main is not None and scene.units.tells("scene.spread") and conflicts(main, people):
            return self.events.nationwide(UKRAINE, figures=people)
        if self.topic.place is not None:
            return self.events.at(self.topic.place, people, day=day, past=self._past(scene))
        if main is not None and main.place is not None and other_day(main, people, day, self._past(scene)):
            return self.events.at(main.place, people, day=day, past=self._past(scene))
        titled = self.headline if main is None and any(unit.norm in REGIONS for unit in scene.units.units) else None
        if titled is not None and titled.precision == "region":
            return self.events.at(titled, people, day=day)
        if scene.national and main is not None and main.place is None:
            main.place, main.national = UKRAINE, True
        if scene.national and (main is None or main.national or conflicts(main, people)):
            return self.events.nationwide(UKRAINE)
        weak = next((spot.place for spot in scene.spots if spot.part == "weak"), None)
        if main is None and weak is not None and self.headline is None:
            return self.events.at(weak, people)
        if main is None and self._here() is None and self.headed > 1:
            return self.events.nationwide(UKRAINE)  # a sum that opens a text of several places under their headings
        return main if main is not None else self.events.new(self._here())
