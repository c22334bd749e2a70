"""Equipment of a general staff's list of losses: "12 chars et 45 systèmes d'artillerie s'ajoutent", "Chars : 40"."""

from collections.abc import Sequence
from itertools import pairwise

from schemas.enumerations import Measure, Scope
from streams.extraction.personnel_fact import Fact
from streams.languages.fr.personnel import Counted, Parsed, grammar
from streams.languages.fr.personnel_predicates import head_class
from streams.languages.fr.personnel_scope import scope_of
from streams.languages.fr.personnel_sides import WARRING, noun_side

FEWEST_KINDS = 3
GROUND = frozenset(("tank", "armoured-vehicle", "artillery-system", "rocket-launcher"))
REACH = 3


def equipment_facts(parsed_sentences: Sequence[Parsed], facts: Sequence[Fact]) -> list[Fact]:
    """The equipment of an item that tells soldiers' losses or lists three kinds; no targets of a strike.

    The side is that of the losses, else of those whose losses such lists count: RU. A scope runs on from line to line.
    """
    losses = [fact for fact in facts if fact.kind == "losses"]
    entries = [
        (parsed, counted, counted.head.has("equipment.") or "")
        for parsed in parsed_sentences
        for counted in parsed.counted
        if counted.head is not None and counted.head.has("equipment.") is not None and not counted.quantity.article
    ]
    rows = [
        (parsed, counted, "")
        for parsed in parsed_sentences
        for counted in parsed.counted
        if counted.how == "label" and head_class(counted) in ("soldier", "out")
    ]
    entries = [(parsed, counted, of) for parsed, counted, of in entries if not _flying(parsed, counted, losses)]
    kinds = {of for _, _, of in entries}
    listed = len(kinds) >= FEWEST_KINDS and kinds & GROUND
    if not listed and not (losses and kinds & GROUND):
        return []
    if listed and not losses:
        entries = [*rows, *entries]
    side = next((fact.side for fact in losses if fact.side in WARRING), None)
    found: list[Fact] = []
    growing = [parsed for parsed in parsed_sentences if _growths(parsed)]
    growth = {id(counted): before for parsed in parsed_sentences for before, counted in _growths(parsed)}
    scope = None
    for parsed, counted, of in entries:
        cues = {scope_of(parsed, other) for other in parsed.counted}
        cue = scope_of(parsed, counted) or ("event" if cues == {None, "event"} else None)
        scope = cue if cue is not None else (scope if scope is not None else _losses_scope(losses, parsed))
        own = side if side is not None else (noun_side(parsed, counted, []) or "RU")
        grown = [each for each in parsed.counted if growth.get(id(each)) is counted]
        stated: Scope | None = "cumulative" if any(parsed is each for each in growing) else scope
        measure: Measure = "destroyed" if of else "losses"
        found.append(Fact(parsed, counted, measure, "losses", "equipment lost", of or None, own, stated, None))
        found.extend(
            Fact(parsed, each, measure, "losses", "equipment lost since", of or None, own, "event", None)
            for each in grown
        )
    return found


def _growths(parsed: Parsed) -> list[tuple[Counted, Counted]]:
    """Each number in "7 600 chars (+ 12)" with the one it adds to."""
    return [
        (before, counted)
        for before, counted in pairwise(parsed.counted)
        if counted.head is None
        and counted.quantity.value
        and counted.first
        and parsed.tokens[counted.first - 1].norm in grammar("growth")
    ]


def _losses_scope(losses: Sequence[Fact], parsed: Parsed) -> Scope | None:
    before = [fact for fact in losses if fact.sentence.index <= parsed.sentence.index]
    return before[-1].scope if before else None


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
