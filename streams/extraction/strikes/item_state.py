"""What is known of an item while its sentences are read: its places, sides, weapons, what has been told so far."""

from schemas.records import Place
from streams.extraction.claims import Trace
from streams.extraction.strikes.belonging import tells_evidence, tells_what_was_struck, why_not
from streams.extraction.strikes.context import tells_earlier
from streams.extraction.strikes.events import ItemStrikes
from streams.extraction.strikes.strike import Strike
from streams.extraction.strikes.topic import Topic, first_named
from streams.languages.fr.strikes.found import Found, value_of
from streams.languages.fr.strikes.scene import Scene
from streams.languages.fr.strikes.sides import OTHER, holder
from streams.reading.document import Document


class ItemState:
    """The state that sentences of an item hand on to the next ones."""

    def __init__(self, document: Document, item: int, trace: Trace, live: Place | None) -> None:
        self.document, self.trace, self.live = document, trace, live
        self.events = ItemStrikes(item, document.anchor)
        self.evidence = False
        self.before: list[Found] = []
        self.paragraph = -2
        self.topic = Topic()
        self.headed = 0
        self.headed_by = False
        self.side: str | None = None
        self.weapon: str | None = None
        self.headline: Place | None = None
        self.touched: list[Strike] = []
        self.figures: list[Found] = []
        self.counted: list[Found] = []
        self.people: list[Found] = []
        self.air: Strike | None = None
        self.flown: Strike | None = None
        self.pending: list[Scene] = []
        self.ahead: Scene | None = None
        self.titled: Place | None = None
        self.bare = self.hinted = False

    def _place_the_rest(self, scenes: list[Scene]) -> None:
        """A toll told without its place is that of the settlement, else the region, which its text names at all."""
        for strike in self.events.strikes:
            people = any(told.found.sort == "people" for told in strike.figures)
            if strike.place is None and people and not strike.national and not strike.cumulative:
                strike.place = first_named(scenes, strike.sentences[0].index if strike.sentences else 0)

    def _belongs(self, scene: Scene, figure: Found) -> bool:
        """Whether a figure can be a strike's: the text has told one, and the sentence does not speak of troops."""
        ahead = self.ahead is not None and figure.sort == "people" and tells_what_was_struck(self.ahead)
        reason = why_not(scene, figure, self.evidence or ahead, ahead or bool(self.events.strikes))
        if reason is None and tells_evidence(scene, figure):
            self.evidence = self.evidence or figure.sort == "attack"
        words, number = scene.units, scene.units[figure.number]
        if reason:
            self.trace.drop(figure.rule, words.sentence, number.start, number.end, reason)
        else:
            self.trace.keep(figure.rule, words.sentence, number.start, number.end, figure.measure, value_of(figure))
        return reason is None

    def _side(self) -> str | None:
        """Whose weapons they are where the sentence does not say: those told before, else theirs who strike the title's
        place.
        """
        held = holder(self.headline) if self.headline is not None else None
        return self.side or (OTHER[held] if held is not None else None)

    def _here(self) -> Place | None:
        known = (self.topic.place, self.headline, self.topic.near_by, self.titled)
        return next((place for place in known if place is not None), None)

    def _past(self, scene: Scene) -> bool:
        if any(figure.revision is not None for figure in self.figures):
            return False  # "qui avait d'abord fait état de 14 tués"
        return tells_earlier(scene, self.document.anchor) or (bool(scene.days) and scene.was_before)
