"""Acts of diplomacy told without the verb of their kind: a headline's visit, a guest received, a call without a phone.

Each rule looks at one scene and gives the act it tells, or None; `diplomacy_acts` tries them behind its own.
"""

from streams.extraction.diplomacy.act import Act, city, place_behind
from streams.languages.fr.diplomacy.scene import Scene, country_of, grammar, is_actor, parties, subjects
from streams.languages.fr.diplomacy.telling import looks_back, told_marks
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark

JOURNEY = "a visit abroad"
HEADLINE = "a visit abroad in a headline"
RECEIVED = "a guest received abroad"
FARTHEST_PLACE = 6
FARTHEST_ARTICLE = 4
MOST_DAYS = 12
FARTHEST_ATTENDED = 8
FARTHEST_OBJECT = 3
FARTHEST_NOUN = 8
FARTHEST_AGENT = 6


def elliptic_visit(scene: Scene) -> Act | None:
    """A headline that only names who is where: "Le premier ministre tchèque à Kyiv".

    >>> from streams.extraction.phrase import stated
    >>> stated("La visite est la deuxième depuis 2022.", title="Le premier ministre tchèque à Kyiv")
    ['visit']
    """
    if not scene.prominent or scene.tagged("talks.noun"):
        return None
    for mention in scene.mentions:
        if mention.kind not in ("person", "office") or not is_actor(mention):
            continue
        home = country_of(scene, mention)
        for place in scene.sentence.places:
            index = next((i for i, token in enumerate(scene.tokens) if token.start >= place.start), 0)
            between = scene.tokens[mention.last : index - 1]
            led = index > mention.last and scene.tokens[index - 1].norm in grammar("at") | {"en"}
            if not led or len(between) > FARTHEST_PLACE or place.place.country in (None, home):
                continue
            known = {i for m in scene.mentions for i in range(m.first, m.last)}
            plain = all(
                i in known or token.capital or token.norm in grammar("between_visit")
                for i, token in enumerate(between, mention.last)
            )
            if plain and home is not None:
                mark = Mark(mention.first, index, frozenset(("visit.finite",)))
                return Act(scene, "visit", mark, HEADLINE, ((mention, "participant"),), place.place)
    return None


def present_abroad(scene: Scene) -> Act | None:
    """Somebody who is somewhere on a day: "la présidente de la Commission était samedi à Kyiv".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le Premier ministre tchèque était samedi à Kyiv.")
    ['visit']
    """
    if not scene.sentence.dates or not scene.sentence.places:
        return None
    days = [(day.start, day.end) for day in scene.sentence.dates[:MOST_DAYS]]
    for index, token in enumerate(scene.tokens):
        if token.norm not in grammar("copula"):
            continue
        last = index + 1
        while last < len(scene.tokens) and any(low <= scene.tokens[last].start < high for low, high in days):
            last += 1
        if last == index + 1 or last + 1 >= len(scene.tokens) or scene.words[last] not in grammar("towards"):
            continue
        end = scene.tokens[last].end
        place = next((p.place for p in scene.sentence.places if 0 <= p.start - end <= FARTHEST_ARTICLE), None)
        mark = Mark(index, index + 1, frozenset(("visit.finite",)))
        visitor = next((m for m in reversed(subjects(scene, mark)) if m.kind in ("person", "office")), None)
        if place is None or visitor is None or place.country in (None, country_of(scene, visitor)):
            continue
        return Act(scene, "visit", mark, JOURNEY, ((visitor, "participant"),), place)
    return None


def received(scene: Scene) -> Act | None:
    """A guest received abroad by nobody named: "le président ukrainien a été reçu lundi à Rome".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le président ukrainien a été reçu lundi à Rome.")
    ['visit']
    """
    people = parties(scene)
    for mark in told_marks(scene, "talks"):
        being = mark.first == 0 or scene.has_word("being", mark.first - 3, mark.first)
        host = next(iter(reversed(subjects(scene, mark))), None)
        if host is not None and len(people) == 1 and scene.words[mark.first].startswith(tuple(grammar("receiving"))):
            where, home = city(scene, host), country_of(scene, people[0])
            if where is not None and home not in (None, where.country):
                return Act(scene, "visit", mark, RECEIVED, ((people[0], "participant"),), where)
        passive = scene.has_word("hosting", mark.first, mark.last)
        if not passive or not being or len(people) != 1:
            continue
        place = place_behind(scene, mark)
        home = country_of(scene, people[0])
        if place is not None and place.country is not None and place.country != home and home is not None:
            return Act(scene, "visit", mark, RECEIVED, ((people[0], "participant"),), place)
    return None


def rung(scene: Scene) -> Mark | None:
    """The verb of "Emmanuel Macron a appelé Vladimir Poutine": somebody called, and not called upon.

    >>> from streams.extraction.phrase import stated
    >>> stated("Emmanuel Macron a appelé Vladimir Poutine dimanche.")
    ['call']
    """
    for mark in scene.tagged("call.spoken"):
        if not scene.has_word("calling", mark.first, mark.last):
            continue
        called = _object(scene, mark)
        callers = [m for m in parties(scene) if m.last <= mark.first]
        if called is None or not callers or _called_upon(scene, called):
            continue
        return mark
    for index, token in enumerate(scene.tokens[:-2]):
        if token.norm in grammar("ring") and index and _in_a_call(scene, index):
            return Mark(index, index + 1, frozenset(("call.noun",)))
        if token.norm in grammar("ring") and scene.has_word("between", index + 1, index + 3):
            mark = Mark(index, index + 1, frozenset(("call.noun",)))
            people = parties(scene)
            plural = any(m.name.lower().split()[0].endswith("s") for m in people)
            if (len(people) > 1 or plural) and not any(m.first == index for m in scene.tagged("call.noun")):
                return mark
    return None


def _in_a_call(scene: Scene, index: int) -> bool:
    """Whether an "appel" is what two people had: "lors d'un appel de trente minutes", not "un appel à la trêve"."""
    held = looks_back(scene, Mark(index, index + 1, frozenset())) or scene.has_word("within", index - 2, index)
    called_upon = bool({"à", "au", "aux"} & set(scene.norms(index + 1, index + 2)))
    return held and not called_upon and len(parties(scene)) > 1


def _object(scene: Scene, mark: Mark) -> Mention | None:
    people = [m for m in parties(scene) if 0 <= m.first - mark.last <= FARTHEST_OBJECT]
    named = people[0] if people else None
    return named if (named is not None and named.kind == "person") or (named and named.office == "leader") else None


def _called_upon(scene: Scene, called: Mention) -> bool:
    """Whether an infinitive or a noun follows: "a appelé Moscou à cesser le feu"."""
    following = scene.norms(called.last, called.last + 3)
    place = any(p.start >= scene.tokens[called.last - 1].end for p in scene.sentence.places)
    return bool(set(following[:2]) & {"à", "au"}) and not place


def deed(scene: Scene, kind: str) -> Mark | None:
    """The noun of an act done: "la signature d'un accord", "l'adoption par les Vingt-Sept d'un train de sanctions"."""
    nouns = scene.tagged(f"{kind}.noun")
    for mark in scene.tagged(f"{kind}.deed"):
        near = any(0 <= each.first - mark.last <= 2 * FARTHEST_NOUN for each in nouns)
        agent = "par" in scene.norms(mark.last, mark.last + FARTHEST_AGENT)
        attended = any(0 <= mark.first - each.last <= FARTHEST_ATTENDED for each in scene.tagged("summit.meeting"))
        if near and (scene.prominent or agent or attended or mark.first <= 1 or looks_back(scene, mark)):
            return mark
    return None


def assent(scene: Scene, kind: str) -> Mark | None:
    """What assents to a text of the kind: "les ambassadeurs ont donné leur accord à un paquet de sanctions"."""
    nouns = scene.tagged(f"{kind}.noun")
    for mark in scene.tagged("sanctions.assent"):
        given = any(word.startswith(tuple(grammar("giving"))) for word in scene.norms(mark.first - 4, mark.first))
        denied = scene.has_word("negation", mark.first - 6, mark.first)
        if given and not denied and any(0 <= each.first - mark.last <= FARTHEST_NOUN for each in nouns):
            return mark
    return None
