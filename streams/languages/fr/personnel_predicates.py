"""The verbs and nouns that may govern a number of soldiers, prisoners or bodies, cheapest first."""

from dataclasses import dataclass

from schemas.enumerations import Measure, PersonnelKind
from streams.languages.fr.personnel import Counted, Parsed, grammar
from streams.languages.marks import Mark

COMMA_COST = 2
SEMICOLON_COST = 60
NUMBER_COST = 7
BEFORE_COST = 2
FARTHEST = 32
DESCRIBING = frozenset(("train", "recruit", "mobilise", "deploy", "transfer"))
PARTICIPLES = ("é", "és", "ée", "ées", "is", "us")
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
    begin = counted.first if counted.how in ("after", "none") or counted.head is None else counted.head.first
    finish = counted.head.last if counted.head is not None and counted.how == "after" else counted.last
    found = []
    others = {id(other.head) for other in parsed.counted if other is not counted and other.head is not None}
    for mark in parsed.marks:
        if mark.first > finish + FARTHEST or mark.last < begin - FARTHEST:
            continue
        if grammar("left_out") & {token.norm for token in parsed.tokens[max(0, mark.first - 2) : mark.first]}:
            continue
        for tag in mark.tags:
            if not tag.startswith("pred.") or id(mark) in others:
                continue
            name = tag[5:]
            after = mark.first >= finish
            if not after and mark.last > begin:
                if mark is counted.head:
                    found.append((0, name, mark))
                elif counted.head is not None and counted.how == "label" and mark.first >= counted.head.last:
                    found.append((mark.first - counted.head.last, name, mark))
                continue
            between = parsed.tokens[finish : mark.first] if after else parsed.tokens[mark.last : begin]
            cost = len(between) + WEAK.get(name, 0) + (0 if after or name in ACTIVE else BEFORE_COST)
            cost += sum(COMMA_COST for token in between if token.norm == ",")
            cost += sum(SEMICOLON_COST for token in between if token.norm == ";")
            low, high = (finish, mark.first) if after else (mark.last, begin)
            cost += sum(NUMBER_COST for other in parsed.counted if other is not counted and low <= other.first < high)
            if cost <= FARTHEST:
                found.append((cost, name, mark))
    return sorted(found, key=lambda each: (each[0], each[1]))


def main_verb_first(parsed: Parsed, near: Near) -> Near:
    """A bare participle that only describes goes behind the verb told: "40 soldats formés en France ont déserté"."""
    if len(near) < 2 or near[0][1] not in DESCRIBING or _has_auxiliary(parsed, near[0][2]):
        return near
    described = near[0][2].last
    main = next((each for each in near[1:] if _has_auxiliary(parsed, each[2]) and each[2].first > described), None)
    if main is not None and any(described <= other.first < main[2].first for other in parsed.counted):
        return near
    first = near[0][2].first
    relative = bool(first) and parsed.tokens[first - 1].norm in grammar("relative")
    if main is None or not (relative or parsed.tokens[first].norm.endswith(PARTICIPLES)):
        return near
    return [main, *(each for each in near if each is not main)]


def _has_auxiliary(parsed: Parsed, mark: Mark) -> bool:
    return bool(grammar("auxiliary") & {token.norm for token in parsed.tokens[max(0, mark.first - 2) : mark.first]})


def first_of(near: Near, *names: str, within: int = FARTHEST) -> Mark | None:
    """The cheapest mark of one of these classes that costs `within` at most, or None."""
    return next((mark for cost, name, mark in near if name in names and cost <= within), None)
