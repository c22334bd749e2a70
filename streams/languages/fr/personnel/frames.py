"""Which measure a number of soldiers, prisoners, bodies or equipment states: the rules, by name.

The verb or noun nearest to the counted noun decides ("ont été tués", "la capture de"), where nouns of bodies and
prisoners go before it. Each rule's docstring shows one phrase.
"""

from collections.abc import Callable

from schemas.enumerations import Measure, PersonnelKind
from streams.languages.fr.personnel.armies import SOLDIERS, contingent, executed, grown, listed, of_an_army, owned
from streams.languages.fr.personnel.captives import captured, enlisted
from streams.languages.fr.personnel.heads import grows
from streams.languages.fr.personnel.moves import hosted, moved, rejoined, signed, waves
from streams.languages.fr.personnel.predicates import (
    Near,
    Told,
    first_of,
    head_class,
    main_verb_first,
    own_verb,
    predicates,
)
from streams.languages.fr.personnel.returns import FALLEN, FARTHEST_BARE, MEN, OF, bodies, exchanged
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.marks import Mark

FARTHEST_ONE = 5
UNKNOWN_REACH = 5
CLOSE_BY = 5
TAKING_REACH = 3
CAPTIVE_REACH = 4
CONTRACT_REACH = 5
FARTHEST_PART = 5
FARTHEST_DESERTING = 16
MIXED_REACH = 3
DESERTED_RULES = ("soldiers who deserted", "cases of desertion")
PARTS = "a part of those counted before"
LOST = FALLEN | {"killed", "injured", "missing", "out", None}
STATING_HEADS = SOLDIERS | {"body", "prisoner", "own", "desertion", "desert"}
Rule = Callable[[Parsed, Counted, str | None, Near], Told | None]


def told(parsed: Parsed, counted: Counted) -> Told | None:
    """The first rule's answer for a number, or None where it states nothing of the stream."""
    if counted.quantity.article and counted.head is None:
        return None
    if counted.other:
        return _unknown_people(parsed, counted)
    near = own_verb(parsed, counted, main_verb_first(parsed, counted, predicates(parsed, counted)))
    head = head_class(counted)
    if not near and head not in STATING_HEADS:
        return None
    for rule in RULES:
        answer = rule(parsed, counted, head, near)
        if answer is not None:
            return answer
    return None


def _unknown_people(parsed: Parsed, counted: Counted) -> Told | None:
    """ "42 étudiants ont déjà signé leur contrat": whoever they are, they do what only those who enlist do."""
    nearest = next(iter(main_verb_first(parsed, counted, predicates(parsed, counted))), None)
    if nearest is None or nearest[0] > UNKNOWN_REACH or nearest[1] not in ("recruit", "mobilise"):
        return None
    mark = nearest[2]
    if mark.first < counted.last or mark.last - mark.first < 2 or parsed.norms[mark.first - 1] in grammar("nominal"):
        return None
    behind = parsed.norms[mark.last : mark.last + CONTRACT_REACH]
    if behind[:1] and behind[0] in grammar("contract_of") and grammar("army_word").isdisjoint(behind):
        return None
    if not grammar("company").isdisjoint(parsed.norms[counted.last : mark.first]):
        return None
    if nearest[1] == "mobilise":
        return Told("mobilised", "mobilisation", "people called up", None, mark)
    return Told("recruited", "recruitment", "people who enlist", None, mark)


def casualties(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Killed, wounded or lost soldiers: "300 soldats ont péri", "a perdu 300 hommes", "300 morts ou blessés".

    >>> from streams.extraction.phrase import stated
    >>> stated('Quelque 300 soldats russes ont péri en une journée.')
    ['losses: killed soldier RU 300 about']
    """
    if head not in LOST or not near or counted.quantity.unit is not None:
        return None
    cost, name, mark = near[0]
    if name not in ("killed", "injured", "out", "lose", "missing"):
        return None
    held = first_of(near, "captured", within=cost + CLOSE_BY) if name == "injured" else None
    if held is not None and mark is not counted.head:
        return None
    if head == "injured" and first_of(near, "exchanged", "freed", within=FARTHEST_BARE) is not None:
        return None
    if counted.quantity.article and (mark.first < counted.last or cost > FARTHEST_ONE):
        return None
    if head is None and cost > FARTHEST_BARE:
        return None
    if name == "missing" and not grammar("schooling").isdisjoint(parsed.norms):
        return Told("deserted", "desertion", "soldiers missing from their training", None, mark)
    if name == "killed" and not grammar("in_prison").isdisjoint(parsed.norms[mark.last : mark.last + CAPTIVE_REACH]):
        return Told("killed", "captivity", "captured soldiers who died", "soldier", mark)
    if name in ("killed", "injured", "missing"):
        mixed = _mixed(parsed, mark, name)
        if mixed:
            return Told("losses", "losses", "killed and wounded together", _rank(head), mark)
        return _casualty(name, head, mark)
    close = next(
        (each for each in near if each[1] == "killed" and each[2].first >= counted.last and each[0] <= 4), None
    )
    if close is not None:
        mixed = _mixed(parsed, close[2], "killed")
        return (
            Told("losses", "losses", "killed and wounded together", _rank(head), close[2])
            if mixed
            else _casualty("killed", head, close[2])
        )
    if head is None and name == "out" and cost > 4:
        return None
    if name == "lose" and _wounded_apart(parsed, counted):
        return _casualty("killed", head, mark)
    return Told("losses", "losses", "put out of action", _rank(head), mark)


def _wounded_apart(parsed: Parsed, counted: Counted) -> bool:
    """ "A perdu 14 hommes, 31 autres ont été blessés": those lost are the dead, where the wounded have their number."""
    hurt = [mark.first for mark in parsed.tagged("pred.injured") if mark.first > counted.last]
    behind = (each for each in parsed.counted if each.first > counted.last and not each.part)
    nearest = next((each for each in behind if not each.quantity.article), None)
    if any(mark.has("pred.") == "killed" for mark in parsed.tagged("pred.killed")):
        return False
    return bool(hurt) and nearest is not None and nearest.last <= hurt[0] <= nearest.last + FARTHEST_ONE


def _rank(head: str | None) -> str | None:
    return OF.get(head or "") if head in ("officer", "general") else None


def _casualty(name: str, head: str | None, mark: Mark) -> Told:
    of = _rank(head) or "soldier"
    if name == "killed":
        return Told("killed", "losses", "soldiers killed", of, mark)
    if name == "missing":
        return Told("missing", "losses", "soldiers missing", of, mark)
    return Told("injured", "losses", "soldiers wounded", of, mark)


def _mixed(parsed: Parsed, mark: Mark, name: str) -> bool:
    """Whether killed and wounded are counted in one: "tués ou blessés", "morts et blessés confondus"."""
    other = "injured" if name == "killed" else "killed"
    for twin in parsed.tagged(f"pred.{other}"):
        if twin.has("pred.") != other:
            continue
        low, high = (mark, twin) if mark.first < twin.first else (twin, mark)
        near = high.first - low.last <= MIXED_REACH
        if near and grammar("casualty_link").issuperset(parsed.norms[low.last : high.first]):
            return True
    return False


def deserted(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Desertions: "700 soldats ont déserté", "700 cas de désertion", "20 % de l'effectif a pris la fuite".

    >>> from streams.extraction.phrase import stated
    >>> stated('Près de 700 soldats ukrainiens ont déserté.')
    ['desertion: deserted UA 700 about']
    """
    mark = first_of(near, "desert")
    if head in ("desertion", "desert") and counted.quantity.article and _an_act(parsed, counted):
        return None
    if head in ("desertion", "desert"):
        return Told("deserted", "desertion", DESERTED_RULES[1], None, counted.head)
    if mark is None:
        return None
    if counted.quantity.unit == "percent":
        return Told("share", "desertion", "share of a unit that deserted", None, mark)
    if counted.quantity.unit is not None or head not in SOLDIERS | {"person", None}:
        return None
    if head is None and (mark.first - counted.last > FARTHEST_DESERTING or _each_time(parsed, counted)):
        return None
    others = [other for other in parsed.counted if not other.quantity.article or other.head is not None]
    if any(other is not counted and counted.last <= other.first < mark.first for other in others):
        return None
    if near[0][1] not in ("desert", "strong", "deploy", "give") and near[0][0] < 4:
        return None
    return Told("deserted", "desertion", DESERTED_RULES[0], None, mark)


def _an_act(parsed: Parsed, counted: Counted) -> bool:
    """Whether one act stands for many people: "une désertion collective", "un abandon de poste"."""
    return counted.head is not None and parsed.norms[counted.head.first].startswith(tuple(grammar("act_of_leaving")))


def _each_time(parsed: Parsed, counted: Counted) -> bool:
    """ "La juge en traite douze par matinée": so many each time of something else."""
    return parsed.norms[counted.last : counted.last + 1] != [] and parsed.norms[counted.last] in grammar("each_day")


def _willing(parsed: Parsed, noun: Mark) -> bool:
    """Whether those who are enrolled come of their own will: "l'armée enrôle 30 000 volontaires"."""
    if "contrat" in parsed.norms[noun.last : noun.last + TAKING_REACH]:
        return True
    return parsed.norms[noun.first].startswith(tuple(grammar("willing")))


def _hired(parsed: Parsed, noun: Mark, verb: Mark) -> bool:
    """Whether those enrolled owe no service: "enrôle 11 000 détenus", "200 Cubains enrôlés"."""
    if not parsed.norms[verb.first].startswith(tuple(grammar("enlisting"))):
        return False
    return noun.has("noun.") == "prisoner" or parsed.norms[noun.first] in grammar("foreigners")


def _to_learn(parsed: Parsed, verb: Mark, course: Mark) -> bool:
    """ "240 Ukrainiens arrivés lundi pour apprendre", not "envoyé 40 hommes pour former les recrues"."""
    if course.first < verb.last or parsed.norms[course.first] in grammar("transitive_course"):
        return False
    between = parsed.norms[verb.last : course.first]
    return bool(between) and not grammar("for_course").isdisjoint(between[-3:])


def _fights_for(parsed: Parsed, noun: Mark) -> bool:
    """ "Des milliers de Colombiens se battent pour Kyiv": foreigners in the ranks of a camp."""
    behind = parsed.norms[noun.last : noun.last + CAPTIVE_REACH]
    return parsed.norms[noun.first] in grammar("foreigners") and not grammar("aim").isdisjoint(behind)


def _simple(name: str, measure: Measure, kind: PersonnelKind, rule: str, heads: frozenset[str] = MEN) -> Rule:
    tag = f"pred.{name}"

    def apply(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
        if name in ("mobilise", "recruit") and head == "prisoner" and enlisted(counted, near):
            near = [each for each in near if each[1] != "captured"]
        if not near or tag not in near[0][2].tags or counted.quantity.unit is not None:
            return None
        evaluated = head == name and counted.how == "after" and near[0][2] is counted.head
        if (head is not None and head not in heads and not evaluated) or counted.quantity.article:
            return None
        if head == "trade" and parsed.norms[near[0][2].first].endswith(tuple(grammar("action_noun"))):
            return None
        course = first_of(near, "train") if name == "deploy" else None
        if course is not None and _to_learn(parsed, near[0][2], course):
            return Told("trained", "training", "soldiers come to learn", OF.get(head or ""), course)
        if name == "deploy" and head == "person" and counted.head is not None and _fights_for(parsed, counted.head):
            return Told("recruited", "recruitment", "foreigners who fight for a camp", None, near[0][2])
        if name == "strong" and counted.how == "label" and grows(parsed.norms, counted.last):
            return None
        held = parsed.norms[max(0, counted.first - TAKING_REACH) : counted.first]
        if name == "mobilise" and parsed.norms[near[0][2].first] == "sous" and not grammar("with_its").isdisjoint(held):
            return Told("strength", "strength", "soldiers an army has", None, near[0][2])
        if name == "mobilise" and counted.head is not None and _willing(parsed, counted.head):
            return Told("recruited", "recruitment", "volunteers enlisted", OF.get(head or ""), near[0][2])
        engaged = name == "deploy" and parsed.norms[near[0][2].first].startswith(tuple(grammar("engaging")))
        if engaged and counted.head is not None and _willing(parsed, counted.head):
            return Told("recruited", "recruitment", "soldiers hired", OF.get(head or ""), near[0][2])
        if name == "mobilise" and counted.head is not None and _hired(parsed, counted.head, near[0][2]):
            return Told("recruited", "recruitment", "prisoners or foreigners enlisted", OF.get(head or ""), near[0][2])
        if counted.first and parsed.norms[counted.first - 1] in grammar("agent"):
            return None
        if head is None and (near[0][0] > FARTHEST_BARE or near[0][2].first < counted.last):
            return None
        beside = near[0][2].first == counted.last or (counted.part and near[0][0] <= FARTHEST_PART)
        if head is None and name in ("deploy", "strong", "train") and not beside:
            return None
        return Told(measure, kind, rule, OF.get(head or ""), near[0][2])

    return apply


RULES: tuple[Rule, ...] = (
    bodies,
    exchanged,
    executed,
    casualties,
    captured,
    rejoined,
    deserted,
    signed,
    hosted,
    contingent,
    waves,
    moved,
    _simple("transfer", "transferred", "transfer", "soldiers transferred", SOLDIERS | {"own", "trade"}),
    _simple("mobilise", "mobilised", "mobilisation", "soldiers mobilised", MEN | {"prisoner"}),
    _simple("recruit", "recruited", "recruitment", "soldiers recruited", MEN | {"prisoner"}),
    _simple("train", "trained", "training", "soldiers trained"),
    _simple("deploy", "deployed", "deployment", "soldiers deployed"),
    _simple("strong", "strength", "strength", "strength of a unit", SOLDIERS | {"woman"}),
    of_an_army,
    owned,
    listed,
    grown,
)
