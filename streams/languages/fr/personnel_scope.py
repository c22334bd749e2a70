"""Whether a count is of one event or runs since the start of the war, by the words around the number."""

from collections.abc import Iterator, Sequence

from schemas.enumerations import Scope
from streams.languages.fr.people import people_words
from streams.languages.fr.personnel import Counted, Parsed, grammar
from streams.languages.marks import Mark
from streams.languages.pack import DateMention

FORWARD_REACH = 9
RANK_REACH = 30


def scope_of(parsed: Parsed, counted: Counted) -> Scope | None:
    """`cumulative` or `event` where a cue says so for this number, the whole sentence or its list, else None."""
    own: Scope | None = None
    shared: Scope | None = None
    for scope, owner in _owned_cues(parsed):
        if owner is counted and own != "cumulative":
            own = scope
        elif owner is None and shared != "cumulative":
            shared = scope
    if own is None and shared is None:
        return _of_the_list(parsed, counted)
    return own if own is not None else shared


def _of_the_list(parsed: Parsed, counted: Counted) -> Scope | None:
    """The window behind the last number of a list: "200 tués et 400 blessés cette semaine"."""
    for scope, owner in _owned_cues(parsed):
        if scope == "event" and owner is not None and owner.first > counted.first and not owner.part:
            between = {token.norm for token in parsed.tokens[counted.last : owner.first]}
            if not between & grammar("list_break"):
                return "event"
    return None


def _owned_cues(parsed: Parsed) -> Sequence[tuple[Scope, Counted | None]]:
    """Each cue of a sentence with the number it belongs to, None where it holds for all; found once."""
    if parsed.cues is None:
        parsed.cues = tuple((scope, _owner(parsed, position, forward)) for scope, position, forward in _cues(parsed))
    return parsed.cues


def _cues(parsed: Parsed) -> Iterator[tuple[Scope, int, bool]]:
    tokens, since_words = parsed.tokens, grammar("since")
    for mark in parsed.marks:
        name = mark.has("scope.")
        if name == "forward":
            yield "cumulative", mark.first, True
        elif name == "cumulative" and not _cut_off(parsed, mark) and not _superlative(parsed, mark):
            yield "cumulative", mark.first, False
        elif name == "window" and not since_words & {
            token.norm for token in tokens[max(0, mark.first - 2) : mark.first]
        }:
            yield "event", mark.first, False
    periods = grammar("event_period") | grammar("long_period")
    for index, token in enumerate(tokens):
        if token.norm in periods:
            before = {each.norm for each in tokens[max(0, index - 4) : index]}
            if before & grammar("period_opening") and not before & since_words:
                yield _period(parsed, index), index, False
    for mention in parsed.sentence.dates:
        position = _token_at(parsed, mention.start)
        if is_window(parsed, mention, position):
            yield "event", position, False


def _cut_off(parsed: Parsed, mark: Mark) -> bool:
    """Whether nothing follows "depuis": the text has lost its words."""
    if mark.last >= len(parsed.tokens):
        return True
    return parsed.tokens[mark.first].norm in grammar("since") and not parsed.tokens[mark.last].norm[0].isalnum()


def _superlative(parsed: Parsed, mark: Mark) -> bool:
    """Whether "depuis" measures a record, not a count: "le plus grand échange depuis un an : 90 hommes"."""
    tokens = parsed.tokens
    if tokens[mark.first].norm not in grammar("since"):
        return False
    begin = max([each.last for each in parsed.counted if each.last <= mark.first and not each.quantity.article] or [0])
    offset = tokens[mark.first].start
    ranked = any(q.ordinal and 0 <= offset - q.end <= RANK_REACH for q in parsed.sentence.quantities)
    return ranked or bool(
        {token.norm for token in tokens[max(begin, mark.first - 6) : mark.first]} & grammar("superlative")
    )


def _period(parsed: Parsed, index: int) -> Scope:
    """A span of days is a window ("en deux semaines"), one of months or years runs on, "en un mois" aside."""
    norm = parsed.tokens[index].norm
    single = norm in grammar("month") and index > 0 and parsed.tokens[index - 1].norm in grammar("one")
    return "event" if single or norm in grammar("event_period") else "cumulative"


def is_window(parsed: Parsed, mention: DateMention, position: int) -> bool:
    """Whether a date bounds what is counted: a day, not "depuis lundi" and not the day of a saying ("a dit lundi")."""
    if mention.precision not in ("day", "night", "week", "month", "month-part"):
        return False
    return not since(parsed, position) and not _said_then(parsed, position)


def since(parsed: Parsed, position: int) -> bool:
    """Whether "depuis" stands before the words at a token."""
    return any(token.norm in grammar("since") for token in parsed.tokens[max(0, position - 2) : position + 1])


def _said_then(parsed: Parsed, position: int) -> bool:
    words = people_words()
    around: Sequence[str] = [token.norm for token in parsed.tokens[max(0, position - 3) : position]]
    return any("speech.verb" in words.tags(norm) or norm in grammar("said_when") for norm in around)


def _token_at(parsed: Parsed, offset: int) -> int:
    return next((i for i, token in enumerate(parsed.tokens) if token.end > offset), len(parsed.tokens))


def _owner(parsed: Parsed, position: int, forward: bool) -> Counted | None:
    """The number a cue belongs to: the one before it, the next behind a break, None (all) where none stands before."""
    counts = [each for each in parsed.counted if each.head is not None or not each.quantity.article]
    before = [each for each in counts if each.first < position]
    behind = [each for each in counts if each.first >= position]
    broken = position > 0 and parsed.tokens[position - 1].norm in grammar("break")
    if behind and (forward or (broken and behind[0].first - position <= FORWARD_REACH)):
        return behind[0]
    return before[-1] if before else None
