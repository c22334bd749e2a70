"""Which part of those counted before a number states: "dont 500 officiers", "parmi les libérés, trois civils".

Each rule takes the fact before the number's place, where it needs one, and answers None where it does not hold.
"""

from schemas.enumerations import Measure
from streams.extraction.personnel.fact import LOSSES, Fact
from streams.languages.fr.personnel.frames import PARTS
from streams.languages.fr.personnel.predicates import Told, head_class, predicates
from streams.languages.fr.personnel.returns import MEN, OF
from streams.languages.fr.personnel.scope import scope_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar

FARTHEST_DOING = 5
SHARE_REACH = 7
AMONG_REACH = 6
LISTED = frozenset((*OF, "prisoner"))
CALLED = frozenset(("pred.mobilise", "army.verb"))
ENLISTED: frozenset[Measure] = frozenset(("mobilised", "recruited", "trained"))
DOING: dict[str, Measure] = {"deploy": "deployed", "train": "trained"}


def part(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "dont 500 officiers", "dont 630 en une journée", "parmi eux, trois femmes": a part of the fact before it."""
    if counted.quantity.article:
        return None
    among = _among(last, parsed, counted)
    if among is not None:
        return among
    listed = last.sentence is parsed.sentence and last.rule == PARTS and counted.head is not None
    if listed and last.measure == "captured" and counted.head is not None and not CALLED.isdisjoint(counted.head.tags):
        return Told(last.measure, last.kind, PARTS, "soldier", None, True)
    opened = counted.part or parsed.norms[0] in grammar("opening_part")
    if not opened and not (last.sentence is parsed.sentence and _is_listed(last, parsed, counted)):
        return None
    head = head_class(counted)
    of = OF.get(head or "")
    if of is not None and last.measure not in ("losses", "killed", "injured"):
        return Told(last.measure, last.kind, PARTS, of, None, True)
    if of in ("officer", "general"):
        return Told(last.measure, last.kind, PARTS, of, None, True)
    if head in ("soldier", None) and scope_of(parsed, counted) == "event" and last.measure in LOSSES:
        return Told(last.measure, last.kind, "the last day's part of a count", last.of, None, True)
    if head == "prisoner" and last.measure in LOSSES and last.sentence is parsed.sentence:
        return Told("captured", "losses", "prisoners in a list of losses", None, None, True)
    if head == "soldier" and last.measure == "strength":
        return Told("strength", last.kind, "the soldiers of a strength", "soldier", None, True)
    if head == "soldier" and last.measure == "exchanged":
        beside_women = "weak.man" in (counted.head.tags if counted.head is not None else ()) and _women_beside(parsed)
        return Told(last.measure, last.kind, PARTS, "man" if beside_women else "soldier", None, True)
    return _doing(last, parsed, counted)


def among_them(parsed: Parsed, counted: Counted) -> bool:
    """ "3 388 d'entre eux ont été tués"."""
    return "entre" in parsed.norms[counted.last : counted.last + 2]


def _among(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "320 d'entre eux étaient officiers": a part of those before by what they are."""
    behind = parsed.norms[counted.last : counted.last + AMONG_REACH]
    if counted.head is not None or grammar("being").isdisjoint(behind):
        return None
    if not among_them(parsed, counted) and not (
        behind[0] in grammar("being_verb") and _titled(parsed, counted.last + 1)
    ):
        return None
    if last.kind == "captivity":
        hurt = next((m for m in parsed.tagged("pred.injured") if 0 < m.first - counted.last <= AMONG_REACH), None)
        if hurt is not None:
            return Told("injured", last.kind, "wounded among the captured", "soldier", hurt, True)
    marks = parsed.tagged("noun.")
    noun = next((m for m in marks if 0 < m.first - counted.last <= AMONG_REACH and m.has("noun.") in OF), None)
    return Told(last.measure, last.kind, PARTS, OF[noun.has("noun.") or ""], None, True) if noun is not None else None


def _titled(parsed: Parsed, index: int) -> bool:
    """Whether a rank or a sex stands right behind a verb: "huit sont officiers"."""
    return any(mark.first == index and mark.has("noun.") in OF for mark in parsed.tagged("noun."))


def _women_beside(parsed: Parsed) -> bool:
    return any(head_class(each) == "woman" and not each.quantity.article for each in parsed.counted)


def _doing(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "Parmi ces mobilisés, 40 000 combattent déjà": what a part of those enlisted does now."""
    if last.measure not in ENLISTED or counted.other or head_class(counted) not in MEN | {None}:
        return None
    near = predicates(parsed, counted)
    doing = next((mark for cost, name, mark in near if name in DOING and cost <= FARTHEST_DOING), None)
    if doing is None or doing.first < counted.last or last.measure == "trained":
        return None
    return Told(DOING[doing.has("pred.") or ""], last.kind, "what a part of them does", None, doing, True)


def share(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "Cela représente 20 % des soldats": the share that those counted before are."""
    if last.kind in ("losses", "prisoner-exchange", "repatriation"):
        return None
    if grammar("share").isdisjoint(parsed.norms[counted.last : counted.last + SHARE_REACH]):
        return None
    return Told("share", last.kind, "share of an army", None, None)


def of_the_freed(parsed: Parsed, counted: Counted) -> Told | None:
    """ "Parmi les libérés figurent trois civils", "deux femmes font partie des prisonniers rendus"."""
    of = OF.get(head_class(counted) or "")
    if of is None or counted.quantity.article or grammar("part_of").isdisjoint(parsed.norms):
        return None
    norms, articles = parsed.norms, grammar("those")
    prisoners = {mark.last for tag in ("noun.prisoner", "noun.soldier") for mark in parsed.tagged(tag)}
    freed = any(
        mark.first in prisoners or (mark.first and norms[mark.first - 1] in articles)
        for tag in ("pred.freed", "pred.exchanged", "pred.back", "pred.give")
        for mark in parsed.tagged(tag)
        if mark.last - mark.first == 1 and norms[mark.first].endswith("s")
    )
    freed = freed or any("libérés" in norms[mark.first : mark.last] for mark in parsed.tagged("same.convoy"))
    return Told("exchanged", "prisoner-exchange", PARTS, of, None, True) if freed else None


def _is_listed(last: Fact, parsed: Parsed, counted: Counted) -> bool:
    head = head_class(counted)
    near = any(cost <= 3 for cost, _, _ in predicates(parsed, counted))
    if head == "prisoner" or (head in LISTED and not near):
        return True
    return head == "soldier" and not near and _of_a_sum(last, parsed, counted)


def _of_a_sum(last: Fact, parsed: Parsed, counted: Counted) -> bool:
    """ "142 Ukrainiens, 131 militaires et onze civils": the soldiers among those who came home."""
    apart = bool(counted.first) and parsed.norms[counted.first - 1] in grammar("part_break")
    return last.measure == "exchanged" and last.of is None and apart and counted.quantity.value < last.value
