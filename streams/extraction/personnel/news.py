"""Which sentences and numbers can state a figure of military personnel at all, by a look at their words.

Most sentences of a strike's report end here. `explain` reads them all the same and finds nothing more in them.
"""

from collections.abc import Sequence

from streams.extraction.personnel.owner import admits
from streams.languages.fr.people import Mention
from streams.languages.fr.personnel.predicates import Told, head_class
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import army_side

FRACTION_REACH = 4
NO_NEWS = frozenset(("no.hypothesis", "no.sport", "no.fiction"))
FALLEN = frozenset(("pred.killed", "pred.injured", "pred.missing", "pred.out"))
ARMED = frozenset(("noun.prisoner", "noun.desertion", "noun.officer", "side.KP", "surrender.word"))
STATING_VERBS = frozenset(
    (
        "pred.back",
        "pred.captured",
        "pred.deliver",
        "pred.deploy",
        "pred.desert",
        "pred.exchanged",
        "pred.executed",
        "pred.freed",
        "pred.give",
        "pred.lose",
        "pred.mobilise",
        "pred.receive",
        "pred.recruit",
        "pred.strong",
        "pred.train",
        "pred.transfer",
    )
)
STATING = STATING_VERBS | {
    "noun.soldier",
    "noun.officer",
    "noun.general",
    "noun.own",
    "noun.body",
    "noun.prisoner",
    "noun.desertion",
    "noun.case",
}


def may_state(parsed: Parsed, mentions: Sequence[Mention]) -> bool:
    """Whether a number of a sentence can be a fact by the sentence's own words.

    Dead and wounded alone are soldiers only where the sentence speaks of an army, persons only beside a country.
    """
    if parsed.tells(STATING):
        return True
    if not parsed.tells(FALLEN):
        return False
    if "noun.person" in parsed.keys and (mentions or "side." in parsed.keys):
        return True
    return speaks_of_an_army(parsed, mentions)


def speaks_of_an_army(parsed: Parsed, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence has a word of the army, or somebody in it admits the losses of the one army it names."""
    if not grammar("military").isdisjoint(parsed.norms):
        return True
    return army_side(parsed, mentions) is not None and admits(parsed)


def surely_soldiers(counted: Counted) -> bool:
    """Whether the counted noun is of an army by itself: "soldats", not "élèves", "hommes" or "personnes"."""
    head = counted.head
    if head is None or "weak.soldier" in head.tags:
        return False
    return head_class(counted) in ("soldier", "officer", "general", "prisoner", "body", "desertion", "desert")


def men(counted: Counted) -> bool:
    """Whether the counted are men, volunteers or those called up, who are soldiers where a warring country acts."""
    head = counted.head
    return head is not None and head_class(counted) == "soldier" and "weak.man" in head.tags


def enlists(answer: Told) -> bool:
    """Whether a verb takes people into an army and nowhere else."""
    predicate = answer.predicate
    return predicate is not None and "army.verb" in predicate.tags


def shows_an_army(parsed: Parsed) -> bool:
    """Whether a sentence has a word that only an army has: "armée", "front", "réservistes", "tranchée"."""
    if not grammar("army_word").isdisjoint(parsed.norms) or parsed.tells(ARMED):
        return True
    return any("weak.soldier" not in mark.tags for mark in parsed.tagged("noun.soldier"))


def swaps_prisoners(parsed: Parsed) -> bool:
    """Whether a sentence tells of an exchange of prisoners."""
    return "swap.word" in parsed.keys or ("pred.exchanged" in parsed.keys and "noun.prisoner" in parsed.keys)


def is_news(parsed: Parsed) -> bool:
    """Whether a sentence tells what is: no match, no play, nothing only supposed."""
    return not parsed.tells(NO_NEWS) and not only_supposed(parsed)


def countable(counted: Counted) -> bool:
    """Whether a number can count people: whole, or a share."""
    return counted.quantity.unit == "percent" or counted.quantity.value == int(counted.quantity.value)


def negated(parsed: Parsed, counted: Counted) -> bool:
    """Whether a number is denied ("pas 300") or only the whole of a fraction ("la moitié de ses 12 000 hommes")."""
    before = parsed.norms[max(0, counted.first - FRACTION_REACH) : counted.first]
    if not before or counted.whole:
        return counted.whole
    aimed = next((i for i, norm in enumerate(before) if norm in grammar("target")), None)
    if aimed is not None and grammar("clause_break").isdisjoint(before[aimed:]):
        return True
    if before[-1] in grammar("negation") or not grammar("fraction").isdisjoint(before):
        return True
    if before[-1] in grammar("ratio"):
        return any(0 < counted.first - other.last <= FRACTION_REACH for other in parsed.counted)
    ranged = counted.head is None and counted.quantity.qualifier == "range"
    return ranged and parsed.sentence.is_quoted(counted.quantity.start)


def only_supposed(parsed: Parsed) -> bool:
    """Whether a sentence only supposes: "si Moscou mobilisait 500 000 hommes, il lui faudrait …"."""
    norms, conditions, open_words = parsed.norms, grammar("condition"), grammar("not_condition")
    if conditions.isdisjoint(norms):
        return False
    if not any(norm in conditions and not (i and norms[i - 1] in open_words) for i, norm in enumerate(norms)):
        return False
    endings = tuple(grammar("conditional_ending"))
    return any(norm.endswith(endings) for norm in norms)
