"""Acts of diplomacy told without the verb of their kind: a headline's visit, a guest received, a call without a phone.

Each rule looks at one scene and gives the act it tells, or None; `diplomacy_acts` tries them behind its own.
"""

from streams.extraction.diplomacy_act import Act, FigureTold, amounts_in, place_behind
from streams.languages.fr.diplomacy import Scene, country_of, grammar, is_actor, looks_back, parties, told_marks
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark

HEADLINE = "a visit abroad in a headline"
FARTHEST_PLACE = 6
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


def received(scene: Scene) -> Act | None:
    """A guest received abroad by nobody named: "le président ukrainien a été reçu lundi à Rome".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le président ukrainien a été reçu lundi à Rome.")
    ['visit']
    """
    people = parties(scene)
    for mark in told_marks(scene, "talks"):
        being = mark.first == 0 or grammar("being") & set(scene.norms(mark.first - 3, mark.first))
        passive = grammar("hosting") & set(scene.norms(mark.first, mark.last))
        if not passive or not being or len(people) != 1:
            continue
        place = place_behind(scene, mark)
        home = country_of(scene, people[0])
        if place is not None and place.country is not None and place.country != home and home is not None:
            return Act(scene, "visit", mark, "a guest received abroad", ((people[0], "participant"),), place)
    return None


def rung(scene: Scene) -> Mark | None:
    """The verb of "Emmanuel Macron a appelé Vladimir Poutine": somebody called, and not called upon.

    >>> from streams.extraction.phrase import stated
    >>> stated("Emmanuel Macron a appelé Vladimir Poutine dimanche.")
    ['call']
    """
    for mark in scene.tagged("call.spoken"):
        if not grammar("calling") & set(scene.norms(mark.first, mark.last)):
            continue
        called = _object(scene, mark)
        callers = [m for m in parties(scene) if m.last <= mark.first]
        if called is None or not callers or _called_upon(scene, called):
            continue
        return mark
    for index, token in enumerate(scene.tokens[:-2]):
        if token.norm in grammar("ring") and grammar("with") & set(scene.norms(index + 1, index + 3)):
            mark = Mark(index, index + 1, frozenset(("call.noun",)))
            if len(parties(scene)) > 1 and not any(m.first == index for m in scene.tagged("call.noun")):
                return mark
    return None


def _object(scene: Scene, mark: Mark) -> Mention | None:
    people = [m for m in parties(scene) if 0 <= m.first - mark.last <= FARTHEST_OBJECT]
    named = people[0] if people else None
    return named if (named is not None and named.kind == "person") or (named and named.office == "leader") else None


def _called_upon(scene: Scene, called: Mention) -> bool:
    """Whether an infinitive or a noun follows: "a appelé Moscou à cesser le feu"."""
    following = scene.norms(called.last, called.last + 3)
    place = any(p.start >= scene.tokens[called.last - 1].end for p in scene.sentence.places)
    return bool(set(following[:2]) & {"à", "au"}) and not place


def aid_in_a_noun(scene: Scene) -> Act | None:
    """A sum right beside its noun: "dans ses valises, 300 millions d'euros d'aide militaire".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le ministre danois arrive à Kyiv avec 300 millions d'euros d'aide militaire.")
    ['visit', 'aid: amount EUR 300000000']
    """
    amounts = amounts_in(scene)
    nouns = scene.tagged("aid.noun")
    if not amounts or not nouns or scene.tagged("grammar.proposing"):
        return None
    for amount in amounts:
        noun = next((each for each in nouns if _beside(scene, amount, each)), None)
        if noun is not None and not grammar("without") & set(scene.norms(noun.first - 3, noun.first)):
            return Act(scene, "aid", noun, "a sum of aid", (), None, amounts)
    return None


def _beside(scene: Scene, amount: FigureTold, noun: Mark) -> bool:
    """Whether only small words stand between a sum and a noun of aid."""
    first = next((i for i, token in enumerate(scene.tokens) if token.end > amount.start), 0)
    last = next((i for i, token in enumerate(scene.tokens) if token.start >= amount.end), len(scene.tokens))
    between = scene.norms(last, noun.first) if noun.first >= last else scene.norms(noun.last, first)
    return len(between) <= FARTHEST_NOUN and all(
        norm in grammar("linking") or any(norm in m.name.lower() for m in scene.mentions) or norm[0].isupper()
        for norm in between
    )


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
