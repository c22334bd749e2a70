"""Equipment of a general staff's list of losses: "12 chars et 45 systèmes d'artillerie s'ajoutent", "Chars : 40"."""

from collections.abc import Sequence
from itertools import islice, pairwise

from schemas.enumerations import Measure, Scope
from streams.extraction.personnel.fact import Fact
from streams.extraction.personnel.machines import VERBS
from streams.languages.fr.personnel.predicates import head_class
from streams.languages.fr.personnel.scope import scope_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import WARRING, noun_side

FEWEST_KINDS = 3
MOST_ENTRIES = 400
FEW = 300
GROUND = frozenset(("tank", "armoured-vehicle", "artillery-system", "rocket-launcher"))
GROUND_TAGS = frozenset(f"equipment.{kind}" for kind in GROUND)
GONE = VERBS | {"pred.killed"}
ROWS = frozenset(("noun.soldier", "pred.out"))
Entry = tuple[Parsed, Counted, str]


def equipment_facts(parsed_sentences: Sequence[Parsed], facts: Sequence[Fact]) -> list[Fact]:
    """The equipment of an item that tells soldiers' losses or lists three kinds; no targets of a strike.

    The side is that of the losses, else of those whose losses such lists count: RU. A scope runs on from line to line.
    """
    if not any(parsed.tells(GROUND_TAGS) for parsed in parsed_sentences):
        return []
    losses = [fact for fact in facts if fact.kind == "losses"]
    entries = _entries(parsed_sentences, losses)
    kinds = {of for _, _, of in entries}
    growing = any(_growths(parsed) for parsed, _, _ in entries)
    listed = (len(kinds) >= FEWEST_KINDS or growing) and not GROUND.isdisjoint(kinds) and _as_lost(parsed_sentences)
    if not listed and (not losses or GROUND.isdisjoint(kinds)):
        return []
    if listed and not losses:
        entries = [*_rows(parsed_sentences), *entries]
    side = next((fact.side for fact in losses if fact.side in WARRING), None)
    growths = {id(parsed): _growths(parsed) for parsed, _, _ in entries}
    running = any(pairs for pairs in growths.values())
    found: list[Fact] = []
    scope = None
    for parsed, counted, of in entries:
        cue = scope_of(parsed, counted)
        if cue is None and {scope_of(parsed, other) for other in parsed.counted} == {None, "event"}:
            cue = "event"
        scope = cue if cue is not None else (scope if scope is not None else _losses_scope(losses, parsed, counted))
        beside = (fact.side for fact in losses if fact.sentence is parsed.sentence and fact.side in WARRING)
        own = next(beside, side) or noun_side(parsed, counted, []) or "RU"
        growth = growths[id(parsed)]
        stated: Scope | None = "cumulative" if growth or (running and cue is None) else scope
        measure: Measure = "destroyed" if of else "losses"
        found.append(Fact(parsed, counted, measure, "losses", "equipment lost", of or None, own, stated, None))
        found.extend(
            Fact(parsed, each, measure, "losses", "equipment lost since", of or None, own, "event", None)
            for before, each in growth
            if before is counted and each.quantity.value
        )
    return found


def _as_lost(parsed_sentences: Sequence[Parsed]) -> bool:
    """Whether rows or a word of loss tell that equipment is gone: "300 chars et 200 canons" may be asked for too."""
    return any(
        parsed.tells(GONE) or any(counted.how == "label" for counted in parsed.counted) for parsed in parsed_sentences
    )


def _entries(parsed_sentences: Sequence[Parsed], losses: Sequence[Fact]) -> list[Entry]:
    """The first numbers of equipment, those in the air aside."""
    named = (
        (parsed, counted, counted.head.has("equipment.") or "")
        for parsed in parsed_sentences
        if "equipment." in parsed.keys and not _asked_for(parsed)
        for counted in parsed.counted
        if counted.head is not None and counted.head.has("equipment.") is not None and not counted.quantity.article
        if not _flying(parsed, counted, losses)
    )
    return list(islice(named, MOST_ENTRIES))


def _asked_for(parsed: Parsed) -> bool:
    """ "Il réclame 300 lance-roquettes", "30 chars ont été livrés": wanted or given, none of them lost."""
    wanting = tuple(grammar("wanting") | grammar("supplied"))
    return not parsed.tells(GONE) and any(norm.startswith(wanting) for norm in parsed.norms)


def _rows(parsed_sentences: Sequence[Parsed]) -> list[Entry]:
    """The soldiers of a list: "Effectifs : 940", "Personnel : 940 hommes"."""
    return [
        (parsed, counted, "")
        for parsed in parsed_sentences
        if parsed.tells(ROWS)
        for counted in parsed.counted
        if head_class(counted) in ("soldier", "out") and (counted.how == "label" or _labelled(parsed, counted))
    ]


def _labelled(parsed: Parsed, counted: Counted) -> bool:
    """Whether a row's own label of soldiers stands before a number and its noun."""
    opening = parsed.marks[0]
    if opening.first > 1 or opening.last >= counted.first or opening.tags.isdisjoint(ROWS):
        return False
    return parsed.norms[opening.last] in grammar("dash") | grammar("presented")


def _growths(parsed: Parsed) -> list[tuple[Counted, Counted]]:
    """Each number in "7 600 chars (+ 12)" with the one it adds to."""
    return [
        (before, counted)
        for before, counted in pairwise(parsed.counted)
        if counted.head is None and counted.first and _adds(parsed, counted)
    ]


def _adds(parsed: Parsed, counted: Counted) -> bool:
    """ "(+ 12)", "soit neuf de plus qu'hier"."""
    behind = parsed.norms[counted.last : counted.last + 2]
    return parsed.norms[counted.first - 1] in grammar("growth") or behind == ["de", "plus"]


def _losses_scope(losses: Sequence[Fact], parsed: Parsed, counted: Counted) -> Scope | None:
    """The scope of the soldiers' losses; where those of a day stand beside their total, few are of the day."""
    before = [fact for fact in losses if fact.sentence.index <= parsed.sentence.index]
    if not before:
        return None
    if {"event", "cumulative"} <= {fact.scope for fact in before} and counted.quantity.value < FEW:
        return "event"
    return before[-1].scope


def _flying(parsed: Parsed, counted: Counted, losses: Sequence[Fact]) -> bool:
    """Whether drones or missiles were launched or shot down rather than listed beside tanks."""
    of = counted.head.has("equipment.") if counted.head is not None else None
    if of not in ("drone", "missile", "aircraft"):
        return False
    return (
        not any(
            other.head is not None
            and other.head.has("equipment.") in GROUND | {"helicopter", "ship", "air-defence-system"}
            for other in parsed.counted
        )
        and counted.how != "label"
    )
