"""Whether a count is of one event or runs since the start of the war, by the words around the number."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.enumerations import Scope
from streams.languages.fr.people import people_words
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.marks import Mark
from streams.languages.pack import DateMention

FORWARD_REACH = 9
RANK_REACH = 30
SPAN_REACH = 8
LINK_REACH = 3
SPAN_OPENING_REACH = 4
OPENING_CLAUSES = frozenset(("scope.forward", "pred.out", "pred.lose", "total.word", "pred.killed", "pred.injured"))
YEAR_DIGITS = 4
DESCRIBED = frozenset(("pred.train", "pred.mobilise", "pred.recruit"))
HOMEWARD = frozenset(("pred.exchanged", "pred.freed", "pred.back", "pred.give", "pred.receive"))
SAYING_REACH = 8
RATE_REACH = 4
HELD_REACH = 3
TAKEN_REACH = 6


def scope_of(parsed: Parsed, counted: Counted) -> Scope | None:
    """`cumulative` or `event` where a cue says so for this number, the whole sentence or its list, else None."""
    if _a_rate(parsed, counted):
        return "event"
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


def _a_rate(parsed: Parsed, counted: Counted) -> bool:
    """ "1 200 pertes par jour en moyenne": so many in each period, however long it has gone on."""
    last = counted.head.last if counted.head is not None and counted.how == "after" else counted.last
    behind = parsed.norms[last : last + RATE_REACH]
    return any(norm in grammar("each_day") and unit in grammar("rate_unit") for norm, unit in pairwise(behind))


def _of_the_list(parsed: Parsed, counted: Counted) -> Scope | None:
    """The window behind the last number of a list: "200 tués et 400 blessés cette semaine"."""
    for scope, owner in _owned_cues(parsed):
        behind = scope == "event" and owner is not None and owner.first > counted.first and not owner.part
        if behind and owner is not None:
            between = parsed.norms[counted.last : owner.first]
            if grammar("list_break").isdisjoint(between):
                return "event"
    return None


def _owned_cues(parsed: Parsed) -> Sequence[tuple[Scope, Counted | None]]:
    """Each cue of a sentence with the number it belongs to, None where it holds for all; found once."""
    if parsed.cues is None:
        parsed.cues = tuple((scope, _owner(parsed, position, forward)) for scope, position, forward in _cues(parsed))
    return parsed.cues


def _cues(parsed: Parsed) -> Iterator[tuple[Scope, int, bool]]:
    norms, since_words = parsed.norms, grammar("since")
    for mark in parsed.tagged("scope."):
        name = mark.has("scope.")
        if name == "forward":
            if norms[mark.last : mark.last + 1] != ["sur"] and not _a_sum(norms, mark):
                yield "cumulative", mark.first, True
        elif name == "cumulative" and not _cut_off(parsed, mark) and not _otherwise(parsed, mark):
            yield "cumulative", mark.first, False
        elif name == "window" and _bounds(norms, mark):
            yield "event", mark.first, False
    periods, opening = grammar("event_period") | grammar("long_period"), grammar("period_opening")
    for index, norm in enumerate(norms):
        if norm.isdigit() and _whole_year(parsed, index):
            yield "cumulative", index, False
        if norm in periods:
            before = norms[max(0, index - 4) : index]
            if not opening.isdisjoint(before) and since_words.isdisjoint(before):
                yield _period(parsed, index), index, False
    if parsed.tells(HOMEWARD):
        yield from (("cumulative", index, False) for index in _swaps(parsed))
    span = _months(norms)
    if span is not None:
        yield "cumulative", span[0], False
    for mention in parsed.sentence.dates:
        position = token_at(parsed, mention.start)
        if span is None and is_window(parsed, mention, position):
            yield "event", position, False


def _bounds(norms: Sequence[str], mark: Mark) -> bool:
    """Whether words of a window are none of "depuis 24 heures", "auxquels s'ajoutent"."""
    before = norms[max(0, mark.first - 2) : mark.first]
    return grammar("since").isdisjoint(before) and grammar("added_to").isdisjoint(before[-1:])


def _swaps(parsed: Parsed) -> Iterator[int]:
    """The numbers of "libérées en 58 échanges", "au fil d'une trentaine d'opérations": counts of all of them."""
    for quantity in parsed.sentence.quantities:
        index = token_at(parsed, quantity.end)
        if quantity.value > 1 and not grammar("many_swaps").isdisjoint(parsed.norms[index : index + 2]):
            yield index


def _a_sum(norms: Sequence[str], mark: Mark) -> bool:
    """ "Un total de 207 personnes ont été libérées": the sum of this event, not "pour un total de"."""
    before = norms[max(0, mark.first - 2) : mark.first]
    return "total" in norms[mark.first : mark.last] and before[-1:] == ["un"] and before[0] not in grammar("summing")


def _whole_year(parsed: Parsed, index: int) -> bool:
    """ "En 2024", "durant l'année 2023": a count of all of it."""
    norms = parsed.norms
    if len(norms[index]) != YEAR_DIGITS or not norms[index].startswith(("19", "20")) or not index:
        return False
    if norms[index - 1] in grammar("of") and index > 1 and norms[index - 2] in grammar("year_whole"):
        return True
    described = any(mark.last == index - 1 for mark in parsed.tagged("pred.captured"))
    if parsed.tells(HOMEWARD) and not grammar("held_since").isdisjoint(norms[max(0, index - TAKEN_REACH) : index]):
        return False
    return norms[index - 1] in grammar("in_year") and not described


def _months(norms: Sequence[str]) -> tuple[int, int] | None:
    """The tokens of "de janvier à la fin de mai", "entre mars et octobre", "en mai et juin": no window."""
    months, before = grammar("month_name"), grammar("span_opening")
    first = next((i for i, norm in enumerate(norms) if norm in months), None)
    if first is None:
        return None
    link = norms[first + 1 : first + 1 + LINK_REACH]
    ahead = next((i for i, norm in enumerate(link) if norm in months), None)
    if ahead and grammar("month_link").issuperset(link[:ahead]):
        return first, first + 1 + ahead
    opened = norms[max(0, first - SPAN_OPENING_REACH) : first]
    if before.isdisjoint(opened):
        return None
    for index in range(first + 1, min(len(norms), first + SPAN_REACH)):
        if norms[index] in months:
            if "fin" in opened and "début" in norms[first:index]:
                return None
            opening = first - 1
            return (opening, index) if not grammar("span_link").isdisjoint(norms[first:index]) else None
    return None


def _otherwise(parsed: Parsed, mark: Mark) -> bool:
    """Whether "depuis" and the like measure something else than the count: a record, a course, a few days."""
    return _superlative(parsed, mark) or _of_a_course(parsed, mark) or _of_days(parsed, mark) or _held(parsed, mark)


def _held(parsed: Parsed, mark: Mark) -> bool:
    """ "Qui tenaient jusqu'ici les abords", "rendus après avoir été détenus depuis 2022": how long they were there."""
    before = parsed.norms[mark.first - 1] if mark.first else ""
    if before in grammar("holding_ground"):
        return True
    if not parsed.tells(HOMEWARD):
        return False
    heads = {each.head.last for each in parsed.counted if each.head is not None}
    held = grammar("held_since")
    near = range(max(0, mark.first - HELD_REACH), mark.first)
    participle = any(parsed.norms[index] in held and index + 1 not in heads for index in near)
    return participle or (before == "captivité" and parsed.norms[mark.first - 2] == "en")


def _of_days(parsed: Parsed, mark: Mark) -> bool:
    """ "Depuis vendredi", "depuis lundi": some days are a window."""
    if parsed.norms[mark.first] not in grammar("since"):
        return False
    return mark.last < len(parsed.norms) and parsed.norms[mark.last] in grammar("weekday")


def _of_a_course(parsed: Parsed, mark: Mark) -> bool:
    """ "Les 2 000 recrues instruites depuis juin ont regagné leur pays": how long the course ran."""
    if parsed.norms[mark.first] not in grammar("since"):
        return False
    described = (m for m in parsed.tagged("pred.") if m.last == mark.first and not m.tags.isdisjoint(DESCRIBED))
    taught = next(described, None)
    if taught is None or not parsed.norms[taught.last - 1].endswith(tuple(grammar("taught_ending"))):
        return False
    auxiliaries = grammar("auxiliary")
    return auxiliaries.isdisjoint(parsed.norms[max(0, taught.first - 2) : taught.first]) and not auxiliaries.isdisjoint(
        parsed.norms[mark.last :]
    )


def _cut_off(parsed: Parsed, mark: Mark) -> bool:
    """Whether nothing follows "depuis": the text has lost its words."""
    if mark.last >= len(parsed.tokens):
        return True
    return parsed.norms[mark.first] in grammar("since") and not parsed.norms[mark.last][0].isalnum()


def _superlative(parsed: Parsed, mark: Mark) -> bool:
    """Whether "depuis" measures a record, not a count: "le plus grand échange depuis un an : 90 hommes"."""
    if parsed.norms[mark.first] not in grammar("since"):
        return False
    begin = max([each.last for each in parsed.counted if each.last <= mark.first and not each.quantity.article] or [0])
    offset = parsed.tokens[mark.first].start
    if any(q.ordinal and 0 <= offset - q.end <= RANK_REACH for q in parsed.sentence.quantities):
        return True
    return not grammar("superlative").isdisjoint(parsed.norms[max(begin, mark.first - 6) : mark.first])


def _period(parsed: Parsed, index: int) -> Scope:
    """A span of days is a window ("en deux semaines"), one of months or years runs on, "en un mois" aside."""
    norm = parsed.norms[index]
    single = norm in grammar("month") and index > 0 and parsed.norms[index - 1] in grammar("one")
    return "event" if single or norm in grammar("event_period") else "cumulative"


def is_window(parsed: Parsed, mention: DateMention, position: int) -> bool:
    """Whether a date bounds what is counted: a day, not "depuis lundi" and not the day of a saying ("a dit lundi")."""
    if mention.precision not in ("day", "night", "week", "month", "month-part"):
        return False
    return not since(parsed, position) and not _said_then(parsed, position)


def since(parsed: Parsed, position: int) -> bool:
    """Whether "depuis" stands before the words at a token."""
    return not grammar("since").isdisjoint(parsed.norms[max(0, position - 2) : position + 1])


def _said_then(parsed: Parsed, position: int) -> bool:
    words, said = people_words(), grammar("said_when")
    around = parsed.norms[max(0, position - 3) : position]
    if _in_a_source(parsed.norms, position):
        return True
    stated = (each.first for each in parsed.counted if each.first > position + 1 and not each.quantity.article)
    number = next(stated, position)
    if number - position <= SAYING_REACH and any(
        norm in grammar("said_before") or "speech.verb" in words.tags(norm) for norm in parsed.norms[position:number]
    ):
        return True
    return any(norm in said or "speech.verb" in words.tags(norm) for norm in around)


def _in_a_source(norms: Sequence[str], position: int) -> bool:
    """ "D'après les députés qui ont écouté mercredi l'état-major, 600 soldats …": the day of what was heard."""
    if norms[0] not in grammar("attributing_first") or not position:
        return False
    end = next((i for i, norm in enumerate(norms) if norm == ","), len(norms))
    return position < end < len(norms) - 1


def token_at(parsed: Parsed, offset: int) -> int:
    """The first token that ends behind `offset` in its sentence; the number of tokens where none does."""
    return bisect_right(parsed.tokens, offset, key=lambda token: token.end)


def _owner(parsed: Parsed, position: int, forward: bool) -> Counted | None:
    """The number a cue belongs to: the one before it, the next behind a break, None (all) where none stands before."""
    counts = [each for each in parsed.counted if each.head is not None or not (each.quantity.article or each.other)]
    before = [each for each in counts if each.first < position]
    behind = [each for each in counts if each.first >= position]
    broken = position > 0 and parsed.norms[position - 1] in grammar("break")
    if behind and (forward or (broken and behind[0].first - position <= FORWARD_REACH)):
        return behind[0]
    if behind and before and _of_a_new_clause(parsed, before[-1].last, position):
        return behind[0]
    return before[-1] if before else None


def _of_a_new_clause(parsed: Parsed, low: int, position: int) -> bool:
    """ "A perdu 1 100 hommes en un jour, ce qui porte ses pertes depuis février à …": a clause with its own verb."""
    opening = next((i for i in range(low, position) if parsed.norms[i] in grammar("break")), None)
    return opening is not None and any(
        opening < mark.first < position and not mark.tags.isdisjoint(OPENING_CLAUSES) for mark in parsed.marks
    )
