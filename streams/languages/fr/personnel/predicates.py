"""The verbs and nouns that may govern a number of soldiers, prisoners or bodies, cheapest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.enumerations import Measure, PersonnelKind
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.marks import Mark

COMMA_COST = 2
SEMICOLON_COST = 60
NUMBER_COST = 7
BEFORE_COST = 2
FARTHEST = 32
DENIED_REACH = 3
COMPLEMENT_REACH = 3
APART = frozenset(("apart.home", "apart.unit", "apart.leave", "apart.taught", "apart.signed"))
DESCRIBING = frozenset(("train", "recruit", "mobilise", "deploy", "transfer"))
HOMECOMING = frozenset(("freed", "back", "give"))
PARTICIPLES = ("é", "és", "ée", "ées", "is", "us", "it", "its", "ite", "ites", "u", "ue", "ues")
WEAK = {"deploy": 3, "strong": 6, "give": 0, "receive": 2, "transfer": 2, "freed": 0, "lose": 1, "out": 1}
ACTIVE = frozenset(
    ("lose", "receive", "captured", "mobilise", "recruit", "exchanged", "give", "freed", "out", "strong", "deploy")
)
Near = list[tuple[int, str, Mark]]


@dataclass(frozen=True, slots=True)
class Told:
    """What a number states, and the rule that says so; `inherits` takes the side of the fact before it."""

    measure: Measure
    kind: PersonnelKind
    rule: str
    of: str | None = None
    predicate: Mark | None = None
    inherits: bool = False


def head_class(counted: Counted) -> str | None:
    """The class of the counted noun ("soldier", "body", …), None where the number stands alone."""
    if counted.head is None:
        return None
    return (
        counted.head.has("noun.")
        or counted.head.has("pred.")
        or ("equipment" if counted.head.has("equipment.") else None)
    )


def predicates(parsed: Parsed, counted: Counted) -> Near:
    """(cost, class, mark) of the verbs and nouns that may govern a number, cheapest first; found once."""
    if counted.near is None:
        counted.near = _predicates(parsed, counted)
    return counted.near


def _predicates(parsed: Parsed, counted: Counted) -> Near:
    candidates = parsed.tagged("pred.")
    if not candidates:
        return []
    others_told = (other for other in parsed.counted if other.head is not None or not other.quantity.article)
    head, numbers = counted.head, [other.first for other in others_told if other is not counted]
    begin = counted.first if head is None or counted.how in ("after", "none") else head.first
    finish = head.last if head is not None and counted.how == "after" else counted.last
    others = {id(other.head) for other in parsed.counted if other is not counted and other.head is not None}
    left_out = grammar("left_out")
    objects = {other.first for other in parsed.counted if other is not counted and not other.other}
    found: Near = []
    for mark in candidates:
        if mark.first > finish + FARTHEST or mark.last < begin - FARTHEST or id(mark) in others:
            continue
        if not left_out.isdisjoint(parsed.norms[max(0, mark.first - 2) : mark.first]) or _denied(parsed, mark):
            continue
        if "pred.receive" in mark.tags and _revises(parsed, mark, numbers, counted.first):
            continue
        after = mark.first >= finish
        if after and mark.last in objects and mark.first and parsed.norms[mark.first - 1] in grammar("pair_or_comma"):
            continue
        if after or mark.last <= begin:
            low, high = (finish, mark.first) if after else (mark.last, begin)
            governed = not after and high - low == 1 and parsed.norms[low] in grammar("linking_of")
            cost = _distance(parsed, numbers, low, high)
            weighed = [(cost + (0 if governed else _weight(name, after)), name, mark) for name in _classes(mark.tags)]
            found.extend(each for each in weighed if each[0] <= FARTHEST)
        elif mark is head:
            found.extend((0, name, mark) for name in _classes(mark.tags))
        elif head is not None and counted.how == "label" and mark.first >= head.last:
            found.extend((mark.first - head.last, name, mark) for name in _classes(mark.tags))
    return sorted(found, key=lambda each: (each[0], each[1]))


def _denied(parsed: Parsed, mark: Mark) -> bool:
    """Whether a verb is denied: "n'enverra pas ses 500 soldats", "n'a jamais envoyé"."""
    norms, deny = parsed.norms, grammar("denying")
    before = norms[max(0, mark.first - DENIED_REACH) : mark.first]
    if grammar("denial").isdisjoint(before):
        return False
    return not deny.isdisjoint(before) or (mark.last < len(norms) and norms[mark.last] in deny)


def _revises(parsed: Parsed, mark: Mark, numbers: Sequence[int], own: int) -> bool:
    """Whether a verb changes a toll: "le bilan a été ramené de sept à cinq morts", "ramène à neuf les tués"."""
    norms = parsed.norms
    if not norms[mark.first].startswith(tuple(grammar("toll_verb"))) or mark.last >= len(norms):
        return False
    return norms[mark.last] in grammar("revising") and (mark.last + 1 == own or mark.last + 1 in numbers)


@lru_cache(maxsize=4096)
def _classes(tags: frozenset[str]) -> tuple[str, ...]:
    """The classes of verbs and nouns that govern a number: "killed" of "pred.killed"."""
    return tuple(tag[5:] for tag in tags if tag.startswith("pred."))


def _weight(name: str, after: bool) -> int:
    return WEAK.get(name, 0) + (0 if after or name in ACTIVE else BEFORE_COST)


def _distance(parsed: Parsed, numbers: Sequence[int], low: int, high: int) -> int:
    """What the words between a number and a verb cost: each one, commas, semicolons and other numbers more."""
    between = parsed.norms[low:high]
    cost = len(between) + COMMA_COST * between.count(",") + SEMICOLON_COST * between.count(";")
    for first in numbers:
        if low <= first < high:
            cost += NUMBER_COST
    return cost


def main_verb_first(parsed: Parsed, counted: Counted, near: Near) -> Near:
    """A bare participle that only describes goes behind the verb told: "40 soldats formés en France ont déserté"."""
    if len(near) < 2 or near[0][1] not in DESCRIBING or _has_auxiliary(parsed, near[0][2]):
        return near
    if counted.part and near[0][2].first == counted.last:
        return near
    described = near[0][2].last
    main = next((each for each in near[1:] if _has_auxiliary(parsed, each[2]) and each[2].first > described), None)
    if main is not None and any(described <= other.first < main[2].first for other in parsed.counted):
        return near
    first = near[0][2].first
    relative = bool(first) and parsed.norms[first - 1] in grammar("relative") | grammar("engaged_in")
    if main is None or (near[0][1] == "train" and main[1] in HOMECOMING):
        return near
    if not (relative or parsed.norms[first].endswith(PARTICIPLES)):
        return near
    return [main, *[each for each in near if each is not main]]


def own_verb(parsed: Parsed, counted: Counted, near: Near) -> Near:
    """None of the words ahead of a number whose own verb is another: "la levée …, 400 personnes ont été jugées"."""
    head = counted.head
    if head is not None and "weak.soldier" in head.tags:
        near = [each for each in near if not _of_its_own_subject(parsed, each[2], counted)]
    begin = head.last if head is not None and counted.how == "after" else counted.last
    norms, auxiliaries, index = parsed.norms, grammar("auxiliary"), begin
    while index < len(norms) and (norms[index] in auxiliaries or (index > begin and norms[index] in grammar("adverb"))):
        index += 1
    if index == begin or index >= len(norms) or not norms[index].endswith(PARTICIPLES):
        return near
    if any(mark.first <= index < mark.last and not mark.tags <= APART for mark in parsed.marks):
        return near
    return [
        each
        for each in near
        if each[2].first >= counted.first or each[2] is head or _complemented(parsed, each[2], counted.first)
    ]


def _complemented(parsed: Parsed, mark: Mark, first: int) -> bool:
    """Whether a number is the complement of a noun ahead: "la mobilisation partielle de 9 000 hommes a été décidée"."""
    between = [norm for norm in parsed.norms[mark.last : first] if norm not in grammar("approximation_only")]
    return 0 < len(between) <= COMPLEMENT_REACH and between[-1] in grammar("of") and "," not in between


def _of_its_own_subject(parsed: Parsed, mark: Mark, counted: Counted) -> bool:
    """Whether a passive ahead of a number has its subject already: "les stocks ont été transférés : 40 hommes"."""
    return mark.last <= counted.first and mark.first > 1 and parsed.norms[mark.first - 1] in grammar("been")


def _has_auxiliary(parsed: Parsed, mark: Mark) -> bool:
    return not grammar("auxiliary").isdisjoint(parsed.norms[max(0, mark.first - 2) : mark.last - 1])


def first_of(near: Near, *names: str, within: int = FARTHEST) -> Mark | None:
    """The cheapest mark of one of these classes that costs `within` at most, or None."""
    return next((mark for cost, name, mark in near if name in names and cost <= within), None)
