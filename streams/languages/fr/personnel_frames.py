"""Which measure a number of soldiers, prisoners, bodies or equipment states: the rules, by name.

The verb or noun nearest to the counted noun decides ("ont été tués", "la capture de"), where nouns of bodies and
prisoners go before it. Each rule's docstring shows one phrase.
"""

from collections.abc import Callable

from schemas.enumerations import Measure, PersonnelKind
from streams.languages.fr.personnel import Counted, Parsed, grammar
from streams.languages.fr.personnel_armies import SOLDIERS, executed, grown, listed, of_an_army, owned
from streams.languages.fr.personnel_predicates import Near, Told, first_of, head_class, main_verb_first, predicates
from streams.languages.fr.personnel_sides import both_sides
from streams.languages.marks import Mark

FARTHEST_BARE = 8
FARTHEST_ONE = 5
FARTHEST_PART = 5
PARTS = "a part of those counted before"
PEOPLE = SOLDIERS | {"prisoner", "person", "civilian", "woman", "own", "child"}
MEN = SOLDIERS | {"person", "own", "woman"}
OF = {"officer": "officer", "general": "general", "woman": "woman", "civilian": "civilian", "child": "child"}
Rule = Callable[[Parsed, Counted, str | None, Near], Told | None]


def told(parsed: Parsed, counted: Counted) -> Told | None:
    """The first rule's answer for a number, or None where it states nothing of the stream."""
    if counted.other or (counted.quantity.article and counted.head is None):
        return None
    near = main_verb_first(parsed, predicates(parsed, counted))
    head = head_class(counted)
    for rule in RULES:
        answer = rule(parsed, counted, head, near)
        if answer is not None:
            return answer
    return None


def bodies(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Bodies handed over: "40 dépouilles ont été remises", "12 soldats tués au front ont été rendus à leur pays".

    >>> from streams.extraction.phrase import stated
    >>> stated("Les dépouilles de 40 soldats ont été remises à l'Ukraine.")
    ['repatriation: bodies-returned UA 40']
    """
    moved = first_of(near, "give", "receive")
    if head == "body":
        if counted.quantity.article:
            return None
        moved = first_of(near, "give", "receive", "deliver") or first_of(near, "transfer", "deploy", "back", within=8)
        counted_of = parsed.tokens[counted.last : counted.last + 6]
        soldiers = any(
            mark.has("noun.") == "soldier" and mark.first < counted.last + 4 and mark.last > counted.first
            for mark in parsed.marks
        )
        if moved is not None or (soldiers and counted_of):
            return Told("bodies-returned", "repatriation", "bodies handed over", predicate=moved)
        return None
    fallen = first_of(near, "killed", within=6)
    fallen_noun = head == "killed" and counted.quantity.value >= 1
    handed = first_of(near, "give") if head in SOLDIERS | {"person", "own"} and fallen is not None else None
    if handed is not None and fallen is not None and (handed.first > fallen.first or not handed.first):
        return Told("bodies-returned", "repatriation", "fallen soldiers handed over", predicate=handed)
    revised = moved is not None and set(grammar("revising")) & {t.norm for t in parsed.tokens[moved.last :][:1]}
    if fallen_noun and moved is not None and not revised and first_of(near, "receive", within=12) is not None:
        return Told("bodies-returned", "repatriation", "the dead recovered", predicate=moved)
    return None


def exchanged(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Prisoners exchanged or freed: "90 prisonniers ont recouvré la liberté", "échangé 90 soldats chacun".

    >>> from streams.extraction.phrase import stated
    >>> stated('Kyiv et Moscou ont échangé 85 prisonniers chacun.')
    ['prisoner-exchange: exchanged UA 85, exchanged RU 85']
    """
    swap = first_of(near, "exchanged", "freed")
    if head is None and swap is not None and swap.has("pred.") == "exchanged" and both_sides(parsed, counted):
        return Told("exchanged", "prisoner-exchange", "as many on each side", None, swap)
    if (
        head != "prisoner"
        and swap is not None
        and swap.first > counted.last
        and parsed.tokens[swap.first - 1].norm in grammar("nominal")
        and not parsed.tokens[swap.first].norm.endswith(tuple(grammar("infinitive_ending")))
    ):
        swap = None
    if head == "prisoner":
        swap = swap or first_of(near, "give", "receive", "transfer")
        best = near[0][1] if near else None
        if swap is None or best in ("captured", "killed"):
            return None
    elif head in PEOPLE:
        best = near[0][1] if near else None
        if near and "pred.receive" in near[0][2].tags and near[0][2].first < counted.first:
            best = "receive"
        if swap is None and best == "receive" and head in SOLDIERS | {"person", "own"}:
            swap = _home_again(parsed, near)
        if swap is None and best == "give" and head in SOLDIERS:
            swap = _handed_over(parsed, counted, near)
        if swap is None or best not in ("exchanged", "freed", "give", "receive", "captured"):
            return None
    elif head is not None or swap is None or near[0][1] not in ("exchanged", "freed") or near[0][0] > FARTHEST_BARE:
        return None
    moved = next((mark for cost, name, mark in near if name in ("receive", "give") and cost <= near[0][0]), None)
    return Told("exchanged", "prisoner-exchange", "prisoners exchanged", OF.get(head or ""), moved or swap)


def _home_again(parsed: Parsed, near: Near) -> Mark | None:
    """The verb of "Kyiv a récupéré 189 personnes": people, where no exchange is named."""
    mark = first_of(near, "receive", within=4)
    return mark if mark is not None and parsed.tokens[mark.first].norm.startswith(tuple(grammar("home_verb"))) else None


def _handed_over(parsed: Parsed, counted: Counted, near: Near) -> Mark | None:
    """The verb of "90 militaires ont été rendus à Moscou"."""
    mark = first_of(near, "give", within=6)
    if (
        mark is None
        or mark.first < counted.last
        or not parsed.tokens[mark.first].norm.startswith(tuple(grammar("handed_verb")))
    ):
        return None
    return mark if mark.last < len(parsed.tokens) and parsed.tokens[mark.last].norm in grammar("handed_to") else None


def casualties(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Killed, wounded or lost soldiers: "300 soldats ont péri", "a perdu 300 hommes", "300 morts ou blessés".

    >>> from streams.extraction.phrase import stated
    >>> stated('Quelque 300 soldats russes ont péri en une journée.')
    ['losses: killed soldier RU 300 about']
    """
    if head not in SOLDIERS | {"person", "own", "killed", "injured", "missing", "out", None} or not near:
        return None
    if counted.quantity.unit is not None:
        return None
    cost, name, mark = near[0]
    if name not in ("killed", "injured", "out", "lose", "missing"):
        return None
    if counted.quantity.article and (mark.first < counted.last or cost > FARTHEST_ONE):
        return None
    if head is None and cost > FARTHEST_BARE:
        return None
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
    return Told("losses", "losses", "put out of action", _rank(head), mark)


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
    for twin in parsed.marks:
        if twin.has("pred.") != other:
            continue
        low, high = (mark, twin) if mark.first < twin.first else (twin, mark)
        between = [token.norm for token in parsed.tokens[low.last : high.first]]
        if all(word in grammar("casualty_link") for word in between) and len(between) <= 3:
            return True
    return False


def captured(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Soldiers taken: "la capture de deux militaires", "huit soldats faits prisonniers".

    >>> from streams.extraction.phrase import stated
    >>> stated('Huit soldats russes ont été faits prisonniers près de Soumy.')
    ['captivity: captured RU 8']
    """
    taking = {token.norm for token in parsed.tokens[max(0, counted.first - 3) : counted.first]}
    named = counted.head is not None and parsed.tokens[counted.head.first].norm.startswith(tuple(grammar("captive")))
    if head == "prisoner" and named and grammar("taking") & taking:
        return Told("captured", "captivity", "prisoners taken")
    if head not in PEOPLE | {None} or not near or near[0][1] != "captured":
        return None
    if head is None and near[0][0] > FARTHEST_BARE:
        return None
    return Told("captured", "captivity", "soldiers captured", OF.get(head or ""), near[0][2])


def deserted(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
    """Desertions: "700 soldats ont déserté", "700 cas de désertion", "20 % de l'effectif a pris la fuite".

    >>> from streams.extraction.phrase import stated
    >>> stated('Près de 700 soldats ukrainiens ont déserté.')
    ['desertion: deserted UA 700 about']
    """
    mark = first_of(near, "desert")
    if head in ("desertion", "desert"):
        return Told("deserted", "desertion", "cases of desertion", None, counted.head)
    if mark is None:
        return None
    if counted.quantity.unit == "percent":
        return Told("share", "desertion", "share of a unit that deserted", None, mark)
    if counted.quantity.unit is not None or head not in SOLDIERS | {"person", None}:
        return None
    between = parsed.tokens[counted.last : mark.first] if mark.first > counted.last else []
    rivals = [other for other in parsed.counted if other is not counted and counted.last <= other.first < mark.first]
    if rivals or (head is None and len(between) > 16):
        return None
    if near[0][1] not in ("desert", "strong", "deploy", "give") and near[0][0] < 4:
        return None
    return Told("deserted", "desertion", "soldiers who deserted", None, mark)


def _willing(parsed: Parsed, noun: Mark) -> bool:
    """Whether those who are enrolled come of their own will: "l'armée enrôle 30 000 volontaires"."""
    return parsed.tokens[noun.first].norm.startswith(tuple(grammar("willing")))


def _simple(name: str, measure: Measure, kind: PersonnelKind, rule: str, heads: frozenset[str] = MEN) -> Rule:
    def apply(parsed: Parsed, counted: Counted, head: str | None, near: Near) -> Told | None:
        if not near or f"pred.{name}" not in near[0][2].tags or counted.quantity.unit is not None:
            return None
        if (head is not None and head not in heads) or (counted.quantity.article and near[0][0] > FARTHEST_ONE):
            return None
        if name == "mobilise" and counted.head is not None and _willing(parsed, counted.head):
            return Told("recruited", "recruitment", "volunteers enlisted", OF.get(head or ""), near[0][2])
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
    deserted,
    _simple("transfer", "transferred", "transfer", "soldiers transferred"),
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
