"""Which day of its sentence is an act's own: none of a dateline, of what is condemned, or already gone by."""

from bisect import bisect_left

from msgspec.structs import replace

from streams.extraction.diplomacy.act import Act
from streams.extraction.timing import Timing
from streams.languages.fr.diplomacy.scene import Scene, grammar
from streams.languages.pack import DateMention

LONGEST_DATELINE = 60
MOST_DAYS = 12
VERB_REACH = 3
DAYS_OF_WEEK = 7


def told_day(act: Act, timing: Timing) -> Timing:
    """The timing with the act's own day: a condemnation's beside its verb, else the nearest that is no dateline's."""
    days = act.scene.sentence.dates[:MOST_DAYS]
    if timing.day is None or (len(days) == 1 and act.kind != "statement"):
        return timing
    if act.kind == "statement":
        beside = [day for day in days if day.first is not None and _beside(act, day)]
        return replace(timing, day=beside[0] if beside else None)
    if timing.day is not days[0] and timing.day.start != days[0].start:
        return timing
    if not _dateline(act.scene, days[0]):
        return timing
    offset = act.scene.tokens[act.mark.first].start
    others = [day for day in days[1:] if day.first is not None and day.precision in ("day", "night")]
    return replace(timing, day=min(others, key=lambda day: abs(day.start - offset), default=timing.day))


def _dateline(scene: Scene, day: DateMention) -> bool:
    """Whether a day stands in the dateline: "PARIS, 29 janvier - "."""
    if scene.sentence.section == "title" or day.start > LONGEST_DATELINE:
        return False
    following = scene.sentence.text[day.end : day.end + 18].split()
    return bool(following) and (following[0] in "-–—" or (following[0].startswith("(") and following[1:2] != []))


def _beside(act: Act, day: DateMention) -> bool:
    """Whether a day stands at a condemnation's verb, or opens its sentence: "a condamné jeudi la frappe de mardi"."""
    scene = act.scene
    first = bisect_left(scene.tokens, day.start, key=lambda token: token.start)
    if first >= act.mark.last:
        return first - act.mark.last <= VERB_REACH and not scene.has_word("of", act.mark.last, first)
    return not scene.has_word("of", first - 1, first)


def lies_ahead(act: Act, timing: Timing) -> bool:
    """Whether the act's day is still to come: "le ministre arrive demain", "se retrouvent lundi à Bruxelles".

    A weekday that is not today's lies ahead of a verb of the present in the body of a text.
    """
    sentence, day = act.scene.sentence, timing.day
    anchor = sentence.document.anchor
    if anchor is None or day is None or day.first is None:
        return False
    if day.first > anchor:
        return True
    named = not any(sign.isdigit() for sign in sentence.text[day.start : day.end])
    recent = named and day.precision == "day" and 0 < (anchor - day.first).days < DAYS_OF_WEEK
    return recent and sentence.section == "body" and _in_the_present(act, day)


def _in_the_present(act: Act, day: DateMention) -> bool:
    """Whether the act's own verb stands in the present with a bare weekday right behind it."""
    scene, mark = act.scene, act.mark
    if mark.has(f"{act.kind}.finite") is None and mark.has(f"{act.kind}.meeting") is None:
        return False
    verb = scene.words[mark.last - 1]
    if not scene.has_word("weekday", mark.last, mark.last + 1) or scene.tokens[mark.last].start != day.start:
        return False
    if mark.first == 0 or scene.has_word("compound", mark.first - VERB_REACH, mark.last):
        return False
    return not verb.endswith(tuple(grammar("past_verb")))
