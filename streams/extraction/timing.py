"""When a sentence's event happened or is expected, and whether it happened at all."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from schemas.enumerations import Status
from streams.languages.fr.people import grammar, people_words
from streams.languages.lexicon import Vocabulary
from streams.languages.marks import marks_in
from streams.languages.pack import DateMention
from streams.reading.document import Sentence
from streams.reading.tokens import Token

PAST_GAP_DAYS = 2
LONGEST_EVENT_DAYS = 60
DAYS_OF_WEEK = 7
STATUS_BEFORE = 7
STATUS_AFTER = 3
SHORTEST_FUTURE = 6


class Timing(Struct, frozen=True):
    """The day a sentence gives its event, its status, and whether that day lies before the bulletin's news."""

    day: DateMention | None
    status: Status
    past: bool


def timing_of(sentence: Sentence, words: Vocabulary, first: int, last: int, *, bounded: bool = False) -> Timing:
    """The day nearest to the words `first` to `last`, and what the verbs around them say of the event.

    With `bounded` the day of a saying ("a déclaré lundi") is none of the event's, as for counts of losses.
    """
    tokens = sentence.tokens
    offset = tokens[first].start if first < len(tokens) else 0
    days = _days_told(sentence)
    days = [day for day in days if not _said_then(sentence, day)] or ([] if bounded else days)
    day = min(days, key=lambda each: abs(each.start - offset), default=None)
    anchor = sentence.document.anchor
    status = status_of(sentence, words, first, last)
    if day is not None and status == "announced":
        day = ahead(day, sentence)
    past = bool(day and day.first and anchor and (anchor - day.first).days > PAST_GAP_DAYS)
    return Timing(day, status, past)


def _reached(day: DateMention) -> DateMention:
    """Of months on end the last day, up to which is counted: "du 24 février 2022 au 14 mai 2025"."""
    if day.first is None or day.last is None or (day.last - day.first).days <= LONGEST_EVENT_DAYS:
        return day
    return DateMention(day.start, day.end, day.last, day.last, day.precision)


def _days_told(sentence: Sentence) -> list[DateMention]:
    """The days of a sentence that can be those of an event: none that only begins a count or dates a decree."""
    days = [_reached(day) for day in sentence.dates if day.first is not None and not _since(sentence, day)]
    if not days:
        return days
    text = sentence.text.lower()
    return [day for day in days if not _decided(text, day)]


def status_of(sentence: Sentence, words: Vocabulary, first: int, last: int) -> Status:
    """`announced` for a future or planned verb close by, `ongoing` for what goes on, else `occurred`."""
    tokens = sentence.tokens
    found: set[str] = set()
    index, finish = max(0, first - STATUS_BEFORE), min(len(tokens), last + STATUS_AFTER)
    for stop in range(first - 1, index - 1, -1):
        if tokens[stop].norm in (";", ".", ":"):
            index = stop + 1
            break
    window = tokens[index:finish]
    for mark in marks_in([token.norm for token in window], words):
        status = mark.has("status.")
        if status is not None:
            found.add(status)
    if "done" in found and "cancelled" not in found and "postponed" not in found:
        return "occurred"
    if "announced" not in found and _future(window):
        found.add("announced")
    order: tuple[Status, ...] = ("cancelled", "postponed", "announced", "ongoing")
    return next((status for status in order if status in found), "occurred")


def _future(window: Sequence[Token]) -> bool:
    """Whether a verb stands in the future: "sera", "remettront"."""
    endings = tuple(grammar("future_ending"))
    for token in window:
        if len(token.norm) >= SHORTEST_FUTURE and not token.capital and token.norm.endswith(endings):
            return True
    return False


def ahead(day: DateMention, sentence: Sentence) -> DateMention:
    """A weekday of what is still to come lies ahead ("sera reçu lundi"), where dates are read as gone by."""
    anchor = sentence.document.anchor
    named = not any(sign.isdigit() for sign in sentence.text[day.start : day.end])
    if anchor is None or day.first is None or day.last is None or not named:
        return day
    if day.precision != "day" or not 0 < (anchor - day.first).days < DAYS_OF_WEEK:
        return day
    week = timedelta(days=DAYS_OF_WEEK)
    return replace(day, first=day.first + week, last=day.last + week)


def joined_status(told: Sequence[tuple[Sentence, Status]]) -> Status:
    """The status of an event that several sentences tell: what cancels or delays it, else what its body first says.

    A headline's present tense may tell what is past or to come; the body says which.
    """
    stated = [status for _, status in told]
    called_off: tuple[Status, ...] = ("cancelled", "postponed")
    for status in called_off:
        if status in stated:
            return status
    body = [status for sentence, status in told if sentence.section == "body"]
    return (body or stated or ["occurred"])[0]


def event_day(sentences: Sequence[Sentence], words: Vocabulary) -> DateMention | None:
    """The first day of what happened, where the sentence that tells the event has none: "L'échange a eu lieu lundi"."""
    for sentence in sentences:
        if sentence.dates and status_of(sentence, words, 0, len(sentence.tokens)) == "announced":
            continue
        for day in sentence.dates:
            if day.first is not None and day.precision in ("day", "night") and not _since(sentence, day):
                return day
    return None


def _said_then(sentence: Sentence, day: DateMention) -> bool:
    """Whether a day tells when somebody spoke: "a déclaré lundi", "selon le bulletin de vendredi"."""
    position = bisect_right(sentence.tokens, day.start, key=lambda token: token.end)
    words, said = people_words(), grammar("said_with")
    around = [token.norm for token in sentence.tokens[max(0, position - 3) : position]]
    return any(norm in said or "speech.verb" in words.tags(norm) for norm in around)


def _since(sentence: Sentence, day: DateMention) -> bool:
    before = sentence.text[max(0, day.start - 12) : day.start + 8].lower()
    return any(word in before for word in grammar("since"))


def _decided(text: str, day: DateMention) -> bool:
    before = text[max(0, day.start - 16) : day.start + 3]
    return any(word in before for word in grammar("dated")) or any(
        f"{word} d" in before for word in grammar("decision")
    )


def decided_on(sentences: Sequence[Sentence]) -> date | None:
    """The date of an order or decree: "en date du 11 janvier", "un décret signé le 3 mars"; None where none is told."""
    decisions = grammar("decision")
    for sentence in sentences:
        text = sentence.text.lower()
        if not any(word in text for word in decisions):
            continue
        for day in sentence.dates:
            signed = any(word in text[max(0, day.start - 16) : day.start] for word in grammar("signed"))
            if day.first is not None and (signed or _decided(text, day)):
                return day.first
    return None
