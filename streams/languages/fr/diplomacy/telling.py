"""Whether a French sentence really tells an act of diplomacy.

A verb form counts as told when it stands in a main clause as news: finite, with an auxiliary, behind a modal verb, or
in a headline; not behind "après que", a negation, nor as a mere purpose ("pour rencontrer"); behind "avait" only where
the sentence has a number and a day or place, which makes it a past event of its own.
"""

from collections.abc import Iterator, Sequence

from streams.languages.fr.diplomacy.scene import Scene, governed, grammar, is_actor, meets_between
from streams.languages.marks import Mark

CALLED_OFF = ("cancelled", "postponed")
VERBS = frozenset(("grammar.auxiliary", "grammar.modal", "grammar.pluperfect"))
FORMS = ("finite", "participle", "infinitive", "noun")
AUXILIARY_REACH = 5
MODAL_REACH = 5
HOLDING_REACH = 12
SENTENCE_REACH = 32
CALLED_OFF_REACH = 22
TELLING_REACH = 3
OPENING = 3
RELATIVE_REACH = 4
OBJECT_REACH = 2
OFFER_REACH = 4
MOST_DAYS = 12
NEAR = 8


def told_marks(scene: Scene, kind: str) -> Iterator[Mark]:
    """The words of a kind of act that the sentence really tells."""
    for mark in scene.tagged(f"{kind}."):
        for form in FORMS:
            if f"{kind}.{form}" in mark.tags and _told(scene, mark, form):
                yield mark
                break


def _led(scene: Scene, mark: Mark) -> bool:
    """Whether a form that may be a present tense follows its subject at once: "Ottawa place", "Berlin livre"."""
    if scene.words[mark.last - 1] not in grammar("present_or_participle"):
        return False
    return any(m.last == mark.first and is_actor(m) and not governed(scene, m) for m in scene.mentions)


def _told(scene: Scene, mark: Mark, form: str) -> bool:
    before = scene.norms(mark.first - AUXILIARY_REACH, mark.first)
    if form == "noun" and looks_back(scene, mark):
        return True
    if _background(scene, mark):
        return False
    if form == "finite":
        if before and (before[-1] in grammar("determiner") or before[-1] in grammar("complement")):
            return False
        return not _negated(scene, mark, before[-2:])
    if form == "participle":
        return _compound(scene, mark, before) or _led(scene, mark)
    if form == "infinitive":
        modal = any(m.last > mark.first - MODAL_REACH and m.last <= mark.first for m in scene.tagged("grammar.modal"))
        wished = (
            not scene.sentence.dates
            and "talks.infinitive" in mark.tags
            and scene.has_word("wishing", mark.first - MODAL_REACH, mark.first)
        )
        return modal and not wished and grammar("purpose").isdisjoint(before[-2:])
    series = len(before) > 1 and before[-2] in grammar("series")
    opens = mark.first == 1 or (len(before) > 1 and before[-2] in grammar("clause_open"))
    completing = bool(before) and before[-1] in grammar("complement") and not _has_as_object(scene, mark)
    taken_up = scene.has_word("relative", mark.last, mark.last + RELATIVE_REACH) and _held(scene, mark)
    if completing and not (scene.prominent or series or opens or taken_up):
        return False
    reach = SENTENCE_REACH if mark.first <= OPENING else CALLED_OFF_REACH
    called_off = any(
        abs(each.first - mark.last) <= reach for status in CALLED_OFF for each in scene.tagged(f"status.{status}")
    )
    return scene.prominent or called_off or _held(scene, mark) or _verbless(scene, mark)


def _compound(scene: Scene, mark: Mark, before: Sequence[str]) -> bool:
    """A participle behind its auxiliary ("s'est rendu"), alone in a headline, or opening a sentence ("Arrivée à")."""
    recalled = _any_of(scene, "grammar.pluperfect", before)
    if _negated(scene, mark, before) or (recalled and not scene.recalls):
        return False
    if recalled:
        return True
    return scene.prominent or mark.first == 0 or _any_of(scene, "grammar.auxiliary", before) or apposed(scene, mark)


def apposed(scene: Scene, mark: Mark) -> bool:
    """Whether those who meet are told by a mere participle: "les délégations réunies lundi à Istanbul"."""
    if scene.words[mark.first] not in grammar("apposed") or mark.first == 0:
        return mark.first == 0
    end = scene.tokens[mark.last - 1].end
    told = [day.start for day in scene.sentence.dates[:MOST_DAYS]]
    told += [place.start for place in scene.sentence.places[:MOST_DAYS]]
    led = scene.words[mark.first - 1] == "," or any(m.last == mark.first and is_actor(m) for m in scene.mentions)
    return led and any(0 <= start - end <= NEAR for start in told)


def _negated(scene: Scene, mark: Mark, before: Sequence[str]) -> bool:
    """Whether these words deny the act; "n'a rejoint que mardi" does not."""
    if grammar("negation").isdisjoint(before):
        return False
    following = scene.norms(mark.last, mark.last + TELLING_REACH)
    only = not grammar("restrictive").isdisjoint(following) and grammar("fully_negated").isdisjoint(before)
    return not only


def _any_of(scene: Scene, tag: str, before: Sequence[str]) -> bool:
    """Whether a word of the marks with a tag is among these words."""
    return any(norm in before for mark in scene.tagged(tag) for norm in scene.norms(mark.first, mark.last))


def _held(scene: Scene, mark: Mark) -> bool:
    """Whether a noun is said to take place: "les négociations ont repris", "un entretien est prévu"."""
    for holding in scene.tagged("grammar.holding"):
        apart = holding.first - mark.last if holding.first >= mark.last else mark.first - holding.last
        offered = scene.has_word("offering", holding.first - OFFER_REACH, holding.first)
        if 0 <= apart <= HOLDING_REACH and not offered:
            before = scene.norms(holding.first - 3, holding.last)
            alone = holding.last - holding.first == 1 and before[-1].endswith(tuple(grammar("participle_ending")))
            set_apart = before[:-1][-1:] == [","]
            if not alone or set_apart or not grammar("auxiliary").isdisjoint(before[:-1]):
                return grammar("negation").isdisjoint(before) and grammar("past").isdisjoint(before)
    return False


def _verbless(scene: Scene, mark: Mark) -> bool:
    """Whether a sentence is news without a verb: "Nouvelle séance de pourparlers, mercredi, entre Kyiv et Moscou"."""
    if mark.first > OPENING or not VERBS.isdisjoint(scene.keys):
        return False
    return "visit.noun" in mark.tags or "talks.pair" in scene.keys or meets_between(scene, mark)


def _has_as_object(scene: Scene, mark: Mark) -> bool:
    """Whether a noun is what is held: "a accueilli dimanche des discussions", "la tenue de pourparlers"."""
    if any(each.last == mark.first and each.last - each.first > 1 for each in scene.tagged("grammar.holding")):
        return True
    if scene.norms(mark.first - 1, mark.first) != ["des"]:
        return False
    return any(0 <= mark.first - 1 - each.last <= OBJECT_REACH for each in scene.tagged("grammar.holding"))


def looks_back(scene: Scene, mark: Mark) -> bool:
    """Whether a noun is told as what has just been: "à l'issue d'un entretien", "au lendemain de l'adoption"."""
    if scene.words[0] == "fin" and mark.first <= OPENING:
        return True
    return any(
        0 <= mark.first - each.last <= TELLING_REACH
        and not scene.has_word("without", each.first - 2, each.first)
        and not scene.has_word("long_time", each.last, mark.first)
        and (scene.recalls or not scene.has_word("time_mark", each.first, each.last))
        for each in scene.tagged("grammar.telling")
    )


def _background(scene: Scene, mark: Mark) -> bool:
    return any(
        0 <= mark.first - each.last <= 12 and "," not in scene.norms(each.last, mark.first)
        for each in scene.tagged("grammar.background")
    )
