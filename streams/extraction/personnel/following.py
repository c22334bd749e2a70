"""What a number states by the fact told before it: parts, growth, another side's count, those with them.

Each rule takes the fact before the number's place and answers None where it does not hold.
"""

from collections.abc import Sequence

from schemas.enumerations import Measure, PersonnelKind
from streams.extraction.personnel.fact import LOSSES, Fact
from streams.extraction.personnel.homeward import gapped
from streams.extraction.personnel.parts import ENLISTED
from streams.languages.fr.people import Mention
from streams.languages.fr.personnel.frames import PARTS
from streams.languages.fr.personnel.predicates import Told, first_of, head_class, own_verb, predicates
from streams.languages.fr.personnel.returns import MEN, OF
from streams.languages.fr.personnel.scope import scope_of
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.fr.personnel.sides import both_sides, for_country
from streams.languages.marks import Mark
from streams.languages.pack import DateMention

FARTHEST_BACK = 6
FARTHEST_HOME = 20
FARTHEST_DOING = 5
FATE_REACH = 8
HOLDING_REACH = 4
COURSE_REACH = 6
BODY_REACH = 8
OTHER_WAY_REACH = 4
DAY_REACH = 4
MONTH_REACH = 5
GIVEN_REACH = 10
HANDED = frozenset(("receive", "give", "freed", "deliver"))
MORE = ("de", "plus")
BACK = frozenset(("pred.back", "pred.rejoin"))
GROWTH_RULE = "the growth of a total"
ANOTHERS_RULE = "another's count of the same"
ANOTHER_DAY_RULE = "the same of another day"
RUNNING_RULE = "the total of a daily count"
OPPOSITE = "as told of the other side"
ECHOED = LOSSES | {"deployed", "deserted"}
SUMMED: frozenset[Measure] = frozenset(
    ("deserted", "captured", "recruited", "mobilised", "trained", "exchanged", "bodies-returned")
)
DONE_TO_THEM: dict[str, tuple[Measure, PersonnelKind]] = {
    "train": ("trained", "training"),
    "recruit": ("recruited", "recruitment"),
    "mobilise": ("mobilised", "mobilisation"),
    "captured": ("captured", "captivity"),
    "deploy": ("deployed", "deployment"),
    "transfer": ("transferred", "transfer"),
    "lose": ("losses", "losses"),
    "receive": ("trained", "training"),
}
COUNTED_BY_YEAR = ENLISTED | {"deserted"}
DOING: dict[str, Measure] = {"deploy": "deployed", "train": "trained"}


def following(last: Fact, parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> Told | None:
    """What a number states that no verb or noun of its own explains."""
    return (
        _same_fate(last, parsed, counted)
        or _opposite(last, parsed, counted)
        or _again(last, parsed, counted, mentions)
        or _of_them(last, parsed, counted)
        or _joined(last, parsed, counted)
        or _contained(last, parsed, counted)
    )


def growth(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "500 080 soldats (+ 1 210)", "soit 1 210 de plus": the last day's growth of the count before it."""
    more = tuple(parsed.norms[counted.last : counted.last + 2]) == MORE
    if counted.head is not None or not counted.first:
        return None
    if not more and parsed.norms[counted.first - 1] not in grammar("growth"):
        return None
    before = [each for each in parsed.counted if each.first < counted.first]
    if not before or last.counted is not before[-1] or last.measure not in LOSSES:
        return None
    last.scope = "cumulative"
    return Told(last.measure, last.kind, GROWTH_RULE, last.of, None, True)


def next_course(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "Le prochain groupe, fort de 210 hommes": the size of another course, where trained soldiers were told."""
    if last.measure != "trained" or head_class(counted) not in MEN or counted.part:
        return None
    ahead = parsed.norms[max(0, counted.first - COURSE_REACH) : counted.first]
    if grammar("course_group").isdisjoint(ahead):
        return None
    rule = "a course by its size" if grammar("next").isdisjoint(ahead) else ANOTHERS_RULE
    return Told("trained", "training", rule, None, None, True)


def _again(last: Fact, parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> Told | None:
    """A bare number that repeats the frame before it: "la Russie en a récupéré 27", "Séoul s'en tient à 1 100"."""
    returned = last.kind == "repatriation" and head_class(counted) == "own"
    if (counted.head is not None and not returned) or counted.other or counted.quantity.article or counted.part:
        return None
    if last.measure in LOSSES and last.sentence is parsed.sentence and own_day(parsed, counted) is not None:
        return Told(last.measure, last.kind, ANOTHER_DAY_RULE, last.of, None, True)
    near = own_verb(parsed, counted, predicates(parsed, counted))
    if last.measure in ("bodies-returned", "exchanged"):
        if last.sentence is parsed.sentence and _own_month(parsed, counted):
            return Told(last.measure, last.kind, ANOTHER_DAY_RULE, last.of, None, True)
        named = gapped(counted, mentions) or for_country(parsed, counted, mentions)
        if last.sentence is parsed.sentence and named is not None:
            return Told(last.measure, last.kind, "the same, told of another side or day", None, None)
        moved = next((mark for cost, name, mark in near if name in HANDED and cost <= BODY_REACH), None)
        if moved is not None:
            return Told(last.measure, last.kind, "the same, told of another side or day", None, moved)
        if both_sides(parsed, counted) and last.measure == "exchanged":
            return Told(last.measure, last.kind, "as many on each side", None, None)
        return None
    behind = parsed.norms[counted.last : counted.last + 2]
    if last.measure == "deserted" and first_of(near, "back", "rejoin", within=FARTHEST_BACK) is not None:
        return Told("returned", "desertion", "those who came back", None, near[0][2], True)
    if last.measure == "deployed" and not grammar("there").isdisjoint(behind):
        return Told(last.measure, last.kind, "those who are there already", None, None, True)
    before = parsed.norms[max(0, counted.first - 4) : counted.first]
    own = [cost for cost, _, _ in near if cost <= 5]
    echoed = bool(before) and before[-1] in grammar("echo") and not grammar("echo_verb").isdisjoint(before)
    if echoed and not own and last.measure in ECHOED:
        return Told(last.measure, last.kind, "another count of the same", last.of, None, True)
    had = not grammar("had").isdisjoint(before) and not grammar("of_them").isdisjoint(before)
    if last.measure in COUNTED_BY_YEAR and not own and (had or not grammar("claiming").isdisjoint(before)):
        return Told(last.measure, last.kind, ANOTHERS_RULE, last.of, None, True)
    if not grammar("target").isdisjoint(parsed.norms):
        return None
    running = last.measure in LOSSES | SUMMED and scope_of(parsed, counted) == "cumulative"
    if running and (not own or counted.quantity.value > last.value):
        return Told(last.measure, last.kind, RUNNING_RULE, last.of, None, True)
    return None


def _own_month(parsed: Parsed, counted: Counted) -> bool:
    """Whether a day or a month stands right behind a number: "6 057 corps en juin, 1 000 en juillet"."""
    end = parsed.tokens[counted.last - 1].end
    return any(0 <= day.start - end <= MONTH_REACH for day in parsed.sentence.dates if day.first is not None)


def compared(parsed: Parsed, counted: Counted, last: Fact) -> bool:
    """ "410 contrats en mai, contre 290 en avril", "auxquels s'ajoutent 18 000 autres": no other telling of a count."""
    if last.sentence is not parsed.sentence or not counted.first:
        return False
    added = any(
        mark.last == counted.first and parsed.norms[mark.first - 1] in grammar("added_to") for mark in parsed.marks
    )
    if added or counted.head is not None:
        return added
    return parsed.norms[counted.first - 1] in grammar("against")


def own_day(parsed: Parsed, counted: Counted, verb: Mark | None = None) -> DateMention | None:
    """The day right behind a number, its noun or its verb: "1 240 hommes lundi et 1 080 mardi", "déployés dimanche"."""
    days = [day for day in parsed.sentence.dates if day.precision in ("day", "night") and day.first is not None]
    if not days:
        return None
    last = counted.head.last if counted.head is not None and counted.how == "after" else counted.last
    ends = [parsed.tokens[each - 1].end for each in (last, *([verb.last] if verb is not None else []))]
    return next((day for end in ends for day in days if 0 <= day.start - end <= DAY_REACH), None)


def _same_fate(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "102 autres ont subi le même sort": what the count before it stated."""
    fate = next((m for m in parsed.tagged("same.fate") if 0 <= m.first - counted.last <= FATE_REACH), None)
    if fate is None or head_class(counted) not in MEN | {"prisoner", None} or counted.other:
        return None
    came_back = last.measure == "deserted" and parsed.tells(BACK)
    measure: Measure = "returned" if came_back else last.measure
    return Told(measure, last.kind, "the same fate", last.of, fate, True)


def _opposite(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "contre 62 Ukrainiens", "90 dans un sens, 85 dans l'autre": those who went the other way."""
    if last.measure not in ("exchanged", "bodies-returned") or last.sentence is not parsed.sentence:
        return None
    if counted.other or counted.part or counted.quantity.article or last.side is None:
        return None
    head = head_class(counted)
    against = bool(counted.first) and parsed.norms[counted.first - 1] in grammar("against")
    behind = parsed.norms[counted.last : counted.last + OTHER_WAY_REACH]
    returning = head is None and "autre" in behind and not grammar("other_way").isdisjoint(behind)
    if returning or (against and head in MEN | {"prisoner", "body", None}):
        return Told(last.measure, last.kind, OPPOSITE, None, None, True)
    return None


def back(parsed: Parsed, counted: Counted) -> Told | None:
    """People who are back, where an exchange is told: "189 Ukrainiens sont rentrés"."""
    if head_class(counted) not in MEN or counted.part:
        return None
    home = first_of(predicates(parsed, counted), "back", within=FARTHEST_HOME)
    return Told("exchanged", "prisoner-exchange", "prisoners who are back", None, home) if home is not None else None


def _of_them(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "Les Norvégiens en ont formé 3 500": another's count of those told before, by a verb of its own."""
    if counted.head is not None or counted.other or counted.part or counted.quantity.article:
        return None
    near = predicates(parsed, counted)
    if not near or near[0][0] > FARTHEST_DOING or near[0][1] not in DONE_TO_THEM:
        return None
    mark = near[0][2]
    pronoun = not grammar("of_them").isdisjoint(parsed.norms[max(0, mark.first - HOLDING_REACH) : mark.first])
    hosting = near[0][1] == "receive"
    if hosting and (last.measure != "trained" or not parsed.norms[mark.first].startswith(tuple(grammar("hosting")))):
        return None
    measure, kind = DONE_TO_THEM[near[0][1]]
    if not pronoun or mark.last > counted.first:
        return None
    same = measure == last.measure
    return Told(measure, kind, ANOTHERS_RULE if same else "those told before", None, mark, kind != "losses")


def _joined(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "Neuf civils étaient du voyage": those who came home with the prisoners; "43 morts ont été transmis"."""
    head = head_class(counted)
    if head == "killed" and last.measure == "bodies-returned":
        moved = first_of(predicates(parsed, counted), "give", "receive", "back", within=BODY_REACH)
        return Told(last.measure, last.kind, "the dead handed over", None, moved) if moved is not None else None
    of = OF.get(head or "")
    if last.measure != "exchanged" or of is None:
        return None
    convoy = any(mark.first >= counted.last for mark in parsed.tagged("same.convoy"))
    if counted.quantity.article:
        return Told(last.measure, last.kind, PARTS, of, None, True) if convoy and head == "civilian" else None
    if both_sides(parsed, counted):
        return Told(last.measure, last.kind, "as many on each side", of, None)
    given = first_of(predicates(parsed, counted), "give", within=GIVEN_REACH)
    if not convoy and given is None and back(parsed, counted) is None:
        return None
    return Told(last.measure, last.kind, PARTS, of, None, True)


def _contained(last: Fact, parsed: Parsed, counted: Counted) -> Told | None:
    """ "La liste compte 5 890 officiers": a part of those counted before, as their list tells it."""
    of = OF.get(head_class(counted) or "")
    if of is None or counted.quantity.article or last.measure not in LOSSES | SUMMED:
        return None
    before = parsed.norms[max(0, counted.first - HOLDING_REACH) : counted.first]
    if grammar("holding").isdisjoint(before):
        return None
    return Told(last.measure, last.kind, PARTS, of, None, True)
