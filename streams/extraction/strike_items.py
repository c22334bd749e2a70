"""One item read sentence by sentence: which strike each sentence, place, day and weapon belongs to."""

from datetime import date

from schemas.records import Place
from streams.extraction.claims import Trace
from streams.extraction.strike_binding import bind
from streams.extraction.strike_events import AIR, UKRAINE, Day, ItemStrikes, Strike, Told, conflicts, inside
from streams.languages.fr.strike_figures import figures_in
from streams.languages.fr.strike_found import Found
from streams.languages.fr.strike_predicates import SUBORDINATE
from streams.languages.fr.strike_scene import Scene, Spot, scene_of, single_day
from streams.languages.fr.strike_sides import launcher
from streams.languages.fr.strike_units import strike_words, units_of
from streams.reading.document import Document, Sentence

CORE = frozenset(("strike", "weapon", "fate", "victim", "harm", "attack", "cause"))
EQUIPMENT = frozenset(("tank", "aircraft", "helicopter", "rocket-launcher", "air-defence-system"))


class ItemReader:
    """Reads the sentences of one item in order and keeps what stands: events, the places of the paragraph."""

    def __init__(self, document: Document, item: int, trace: Trace) -> None:
        self.document, self.trace = document, trace
        self.events = ItemStrikes(item)
        self.evidence = False
        self.before: list[Found] = []
        self.paragraph = -2
        self.topic: Place | None = None
        self.headed = 0
        self.headed_by = False
        self.side: str | None = None
        self.air: Strike | None = None

    def read(self, sentences: list[Sentence]) -> ItemStrikes:
        scenes = [scene_of(units_of(sentence)) for sentence in _worth_reading(sentences)]
        told = any(scene.strong or scene.weapons for scene in scenes)
        self.headed = sum(any(spot.part == "heading" for spot in scene.spots) for scene in scenes)
        first = next((s.paragraph for s in sentences if s.section == "body"), 0)
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
        figures, dropped = figures_in(scene.units, self.before)
        for index, reason in dropped:
            unit = scene.units[index]
            self.trace.drop("strike figures", sentence, unit.start, unit.end, reason)
        self.evidence = self.evidence or scene.strong or expected
        kept = [figure for figure in figures if self._belongs(scene, figure)]
        touched = self._place_figures(scene, kept)
        if not kept:
            touched = self._mention(scene, opening)
            self.side = (launcher(scene.units, None) if scene.weapons else None) or self.side
        for strike in touched:
            self._enrich(strike, scene, alone=len(touched) == 1)
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
        elif not self.evidence:
            reason = "no strike has been told"
        elif (
            figure.sort == "people"
            and (scene.soldierly or figure.of == "soldier")
            and not scene.strikes
            and not scene.weapons
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
        for group, spots in bind(scene, figures):
            for strike, part in self._strikes_for(scene, group, spots):
                for figure in part:
                    side = (launcher(scene.units, figure.number) or self.side) if figure.sort == "weapon" else None
                    self.side = side or self.side
                    strike.figures.append(Told(figure, scene, "cumulative" if strike.cumulative else "event", side))
                if part[0].share and touched and strike is not touched[0]:
                    strike.parent = strike.parent or touched[0]
                if strike not in touched:
                    touched.append(strike)
        return touched

    def _strikes_for(self, scene: Scene, group: list[Found], spots: list[Spot]) -> list[tuple[Strike, list[Found]]]:
        country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
        people = [figure for figure in group if figure.measure not in AIR]
        if people and not spots and _in_cumulative_clause(scene, group):
            return [(self.events.nationwide(country or UKRAINE, cumulative=True), group)]
        own = scene.units[group[0].place_unit].place if group[0].place_unit is not None else None
        if own is not None:
            return [(self.events.at(own.place, group), group)]
        if spots and not (len(spots) > 1 and group[0].measure in AIR):
            return [(self.events.at(spots[0].place, group, spots[0].near), group)]
        result = [(self._flown(scene, figure, country), [figure]) for figure in group if figure.measure in AIR]
        if people:
            distributed = any(figure.share for figure in self._following(scene, group))
            result.append(
                (self.events.shared_out(UKRAINE) if distributed else self._local(scene, people, country), people)
            )
        return result

    def _following(self, scene: Scene, group: list[Found]) -> list[Found]:
        """The figures that take up this group one by one: "deux tués, l'un à …, l'autre à …"."""
        figures, _ = figures_in(scene.units, self.before)
        return [figure for figure in figures if figure.number > group[-1].number][:1]

    def _flown(self, scene: Scene, figure: Found, country: Place | None) -> Strike:
        """The event of weapons told without a place: the country's, unless a local strike is being told."""
        main = self.events.main
        side = launcher(scene.units, figure.number) or self.side
        if self.air is not None and (side is None or self.air.side in {None, side}) and country is None:
            return self.air
        if country is not None or scene.national or main is None or main.national or main.place is None:
            home = country if country is None or side is None or country.country != side else None
            self.air = self.events.nationwide(home, side=side, day=_own_day(scene, figure))
            return self.air
        return main if side is None or main.place.country != side else self.events.nationwide(None, side=side)

    def _local(self, scene: Scene, people: list[Found], country: Place | None) -> Strike:
        if country is not None:
            return self.events.nationwide(country)
        if self.topic is not None:
            return self.events.at(self.topic, people)
        main = self.events.main
        if scene.national and main is not None and main.place is None:
            main.place, main.national = UKRAINE, True
        if scene.national and (main is None or main.national or conflicts(main, people)):
            return self.events.nationwide(UKRAINE)
        weak = next((spot.place for spot in scene.spots if spot.part == "weak"), None)
        if main is None and weak is not None:
            return self.events.at(weak, people)
        return main if main is not None else self.events.new(None)

    def _mention(self, scene: Scene, opening: bool) -> list[Strike]:
        """The events that a sentence without figures speaks of; a new one where it tells a strike at a place."""
        spots = [spot for spot in scene.spots if spot.part in {"site", "heading"}]
        if not scene.strikes and not scene.weapons:
            return []
        unsure = scene.hypothetical or scene.background or scene.earlier
        spots = [spot for spot in spots if _struck(scene, spot)] if spots else []
        if spots and scene.strong:
            known = self._known(spots)
            if known:
                return known
            if unsure or scene.units.sentence.quoted or self.headed > 2 or len(spots) > 2:
                return []
            strike = self.events.at(spots[0].place, [], spots[0].near)
            strike.told = True
            return [strike]
        main = self.events.main
        if main is None and scene.strong and not unsure:
            country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
            main = self.events.nationwide(country) if country is not None else self.events.new(None)
            main.told = opening and any(unit.has("scene.russian", "scene.ukrainian") for unit in scene.units.units)
        elif main is not None and main.place is None and not unsure:
            country = next((spot.place for spot in scene.spots if spot.part == "national"), None)
            main.place, main.national = country, country is not None
        return [main] if main is not None else []

    def _known(self, spots: list[Spot]) -> list[Strike]:
        places = [spot.place.canonical for spot in spots]
        known = [
            strike for strike in self.events.strikes if strike.place is not None and strike.place.canonical in places
        ][:1]
        closer = next((spot for spot in spots if not spot.near), None)
        if known and known[0].near and closer is not None:
            known[0].place, known[0].near = closer.place, False
        return known

    def _enrich(self, strike: Strike, scene: Scene, alone: bool) -> None:
        strike.scenes.append(scene)
        dated = any(single_day(mention) is not None for _, mention, _reporting in scene.days)
        strike.background = strike.background or (scene.earlier and len(strike.scenes) == 1 and not dated)
        segments = {scene.units[told.found.number].segment for told in strike.figures if told.scene is scene}
        first = (
            bool(segments)
            or scene.units.sentence.section != "body"
            or any(spot.place is strike.place for spot in scene.spots)
        )
        numbers = [told.found.number for told in strike.figures if told.scene is scene]
        for index, subs in scene.weapons.items():
            struck = scene.strikes or numbers or any(unit.has("air") for unit in scene.units.units)
            if (alone and struck) or self._nearest(scene, index, strike):
                (strike.weapons if first else strike.more_weapons).update(subs)
        several = len({single_day(mention) for _, mention, _reporting in scene.days}) > 1 and not alone
        for index, mention, reporting in scene.days:
            day = single_day(mention)
            if day is None or _opens_span(scene, index) or (several and not self._nearest(scene, index, strike)):
                continue
            segment = scene.units[index].segment
            near = segment in segments
            struck = any(scene.units[position].segment == segment for position in scene.strikes)
            owned = scene.units.norm(index - 1) in {"de", "du"}
            rank = (
                3
                if reporting
                else (0 if owned or ((near or segments) and struck) else 1 if near or segments or struck else 2)
            )
            if alone or near:
                distance = min((abs(position - index) for position in scene.strikes), default=0)
                strike.days.append(Day(rank, day, mention.precision, distance if struck else 0))

    def _nearest(self, scene: Scene, index: int, strike: Strike) -> bool:
        """Whether a weapon stands nearer to a figure of this strike than to another's, in the same segment."""
        near = [
            ((scene.units[first].part != scene.units[index].part, max(first - index, index - last, 0)), each is strike)
            for each in self.events.strikes
            for first, last in _anchors(scene, each)
            if scene.units[first].segment == scene.units[index].segment
        ]
        return bool(near) and min(near, key=lambda each: each[0])[1]

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
            first = spots[0]
            self.topic = first.place if first.unit < 2 or first.part == "heading" else spots[-1].place
            finer = next((spot.place for spot in spots if inside(spot.place, self.topic)), None)
            self.topic = finer if finer is not None and first.part != "heading" else self.topic


def _anchors(scene: Scene, strike: Strike) -> list[tuple[int, int]]:
    """Where a strike stands in a sentence: the spans of its figures, and its place."""
    spans = [(told.found.first, told.found.last) for told in strike.figures if told.scene is scene]
    return spans + [(spot.unit, spot.unit) for spot in scene.spots if spot.place is strike.place]


def _opens_span(scene: Scene, index: int) -> bool:
    """ "De lundi matin à mardi matin" counts on the day it ends."""
    units = scene.units
    return (
        units.norm(index - 1) in {"de", "du"}
        and units.norm(index + 1) in {"à", "au"}
        and index + 2 < len(units)
        and units[index + 2].day is not None
    )


def _own_day(scene: Scene, figure: Found) -> date | None:
    segment = scene.units[figure.number].segment
    days = [
        single_day(mention)
        for index, mention, reporting in scene.days
        if not reporting and scene.units[index].segment == segment
    ]
    return next((day for day in days if day is not None), None)


def _struck(scene: Scene, spot: Spot) -> bool:
    """Whether a word of a strike stands in the place's clause, no subordinate clause between them."""
    if spot.part == "heading":
        return True
    for position in [*scene.strikes, *scene.weapons]:
        low, high = sorted((position, spot.unit))
        same = scene.units[position].segment == scene.units[spot.unit].segment and high - low <= 16
        if same and not any(
            scene.units.norm(i) in SUBORDINATE and scene.units.norm(i) not in {"pour"} for i in range(low + 1, high)
        ):
            return True
    return False


def _worth_reading(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences of the paragraphs in which a word of the strike lexicon stands; headlines and leads always."""
    words = strike_words()
    telling = {
        sentence.paragraph
        for sentence in sentences
        if sentence.section != "body" or sentence.paragraph == sentences[0].paragraph
    }
    for sentence in sentences:
        if sentence.paragraph not in telling and any(
            not CORE.isdisjoint(words.families(token.norm)) for token in sentence.tokens
        ):
            telling.add(sentence.paragraph)
    return [sentence for sentence in sentences if sentence.paragraph in telling]


def _in_cumulative_clause(scene: Scene, group: list[Found]) -> bool:
    segment = scene.units[group[0].number].segment
    return any(unit.has("scene.cumulative") and unit.segment == segment for unit in scene.units.units)
