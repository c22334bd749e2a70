"""Equipment that an army has lost, told without its soldiers: "a perdu 15 avions depuis janvier"."""

from collections.abc import Sequence
from itertools import islice

from streams.extraction.attribution import Voices
from streams.extraction.personnel.fact import Fact
from streams.extraction.personnel.news import is_news, negated
from streams.languages.fr.people import Mention
from streams.languages.fr.personnel.scope import scope_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import OTHER_SIDE, WARRING, agent_side, noun_side, subject_side
from streams.languages.marks import Mark

LAND = frozenset(("tank", "armoured-vehicle", "artillery-system", "rocket-launcher", "air-defence-system"))
CRAFT = frozenset(("aircraft", "helicopter", "ship", "submarine", "vehicle"))
FLOWN = frozenset(("drone", "missile"))
KEYS = frozenset(f"equipment.{kind}" for kind in LAND | CRAFT)
VERBS = frozenset(("pred.lose", "pred.out", "wreck.verb"))
LOST = frozenset(("pred.lose", "pred.out"))
REACH = 14
MOST_ENTRIES = 60
BREAKS = frozenset((";", ":", ".", "qui", "que", "dont", "mais", "alors", "tandis"))


def machines_lost(parsed_sentences: Sequence[Parsed], voices: Voices) -> list[Fact]:
    """The equipment that sentences say an army of this war has lost, none of it hit at a place that is told.

    An army loses its own; of what is destroyed, the noun, else who destroyed it tells the owner.
    """
    found: list[Fact] = []
    for parsed in parsed_sentences:
        if not (parsed.tells(KEYS) and parsed.tells(VERBS)) or not is_news(parsed):
            continue
        mentions = voices.mentions(parsed.sentence)
        entries = [each for each in parsed.counted if _kind(each) is not None and each.how != "label"]
        if {_kind(each) for each in entries} <= FLOWN:
            continue
        verb, side = None, None
        for counted in islice(entries, MOST_ENTRIES):
            own = _verb(parsed, counted)
            if own is not None and own is not verb:
                verb, side = own, _owner(parsed, counted, own, mentions)
            if verb is None or side is None or negated(parsed, counted) or counted.quantity.article:
                continue
            scope = scope_of(parsed, counted)
            if verb.tags.isdisjoint(LOST) and (scope is None or (scope == "event" and _at_a_place(parsed))):
                continue
            found.append(
                Fact(parsed, counted, "destroyed", "losses", "machines lost", _kind(counted), side, scope, None)
            )
    return found


def _kind(counted: Counted) -> str | None:
    return counted.head.has("equipment.") if counted.head is not None else None


def _verb(parsed: Parsed, counted: Counted) -> Mark | None:
    """The verb of loss or destruction nearest to a number in its clause."""
    finish = counted.head.last if counted.head is not None else counted.last
    near: list[tuple[int, Mark]] = []
    for mark in parsed.marks:
        if mark.tags.isdisjoint(VERBS):
            continue
        low, high = (mark.last, counted.first) if mark.last <= counted.first else (finish, mark.first)
        if high - low <= REACH and BREAKS.isdisjoint(parsed.norms[low:high]):
            near.append((high - low, mark))
    return min(near, key=lambda each: each[0], default=(0, None))[1]


def _owner(parsed: Parsed, counted: Counted, verb: Mark, mentions: Sequence[Mention]) -> str | None:
    """Whose equipment it is; None where nothing says that an army of this war owned it."""
    norms = parsed.norms
    passive = "été" in norms[max(0, verb.first - 3) : verb.first] or verb.first >= counted.last
    named = noun_side(parsed, counted, mentions) or _shared(parsed, counted, mentions)
    if named in WARRING:
        return named
    if not passive:
        acting = subject_side(parsed, mentions, verb.first)
        if acting not in WARRING:
            return None
        return acting if "pred.lose" in verb.tags or _of_its_losses(parsed, verb) else OTHER_SIDE[acting]
    acting = agent_side(parsed, mentions, verb)
    return OTHER_SIDE[acting] if acting in WARRING else None


def _of_its_losses(parsed: Parsed, verb: Mark) -> bool:
    """ "L'armée russe, dont les pertes s'élèvent à neuf chars": the noun of loss, not a verb that destroys."""
    return parsed.norms[verb.first] in grammar("loss_owner")


def _shared(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """ "41 chars et 63 canons russes": the nation behind the last of a list."""
    last = next((each for each in reversed(parsed.counted) if _kind(each) is not None), None)
    if last is None or last is counted or last.first < counted.first:
        return None
    between = parsed.norms[counted.last : last.first]
    return noun_side(parsed, last, mentions) if len(between) <= REACH and BREAKS.isdisjoint(between) else None


def _at_a_place(parsed: Parsed) -> bool:
    """Whether a town or a base is told where a strike may have destroyed it."""
    return any(mention.place.precision in ("settlement", "site") for mention in parsed.sentence.places)
