"""The meetings and words of diplomacy that a sentence tells: visits, calls, talks, summits, statements.

Each rule looks at one scene and gives the act it tells, with its actors and figures, or None.
"""

from schemas.enumerations import Role
from streams.extraction.diplomacy_act import Act, amounts_in, countries_in, participants, place_behind, place_described
from streams.extraction.diplomacy_elliptic import elliptic_visit, received, rung
from streams.languages.fr.diplomacy import (
    Scene,
    country_of,
    governed,
    grammar,
    is_actor,
    meets_between,
    parties,
    subjects,
    told_marks,
)
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark

SUBJECT_OPENING = 3


def visit(scene: Scene) -> Act | None:
    """A politician or envoy goes somewhere abroad: "le ministre danois est arrivé à Kyiv".

    >>> from streams.extraction.phrase import stated
    >>> stated('Le ministre danois des Affaires étrangères est arrivé à Kyiv.')
    ['visit']
    """
    for mark in told_marks(scene, "visit"):
        actors = [m for m in subjects(scene, mark) if m.kind in ("person", "office")]
        if mark.first == 0 and not actors:
            actors = [
                m
                for m in scene.mentions
                if is_actor(m) and m.kind in ("person", "office") and m.first - mark.last <= 10
            ]
        if not actors and mark.has("visit.noun") is not None:
            actors = [
                m
                for m in scene.mentions
                if is_actor(m) and m.kind in ("person", "office") and 0 <= m.first - mark.last <= 3
            ]
        if not actors:
            continue
        if mark.last - mark.first == 2 and grammar("at") & set(scene.norms(mark.last - 1, mark.last)):
            place = next(
                (p.place for p in scene.sentence.places if abs(p.start - scene.tokens[mark.last - 1].end) <= 2), None
            )
            if mark.first - actors[-1].last > 2:
                continue
        else:
            place = place_behind(scene, mark) or place_described(scene, mark)
        visitor = actors[-1] if actors[-1].kind == "person" else _holder(scene, actors[-1])
        home = country_of(scene, visitor) or country_of(scene, actors[-1])
        if place is None or (place.country is not None and place.country == home):
            continue
        role: Role = "envoy" if any(m.office == "envoy" for m in actors) else "participant"
        return Act(scene, "visit", mark, "a visit abroad", ((visitor, role),), place)
    return elliptic_visit(scene) or received(scene)


def _holder(scene: Scene, office: Mention) -> Mention:
    """The person who holds an office and is named beside it, else the office."""
    for mention in scene.mentions:
        if mention.kind == "person" and 0 <= mention.first - office.last <= 6:
            return mention
    return office


def call(scene: Scene) -> Act | None:
    """Two sides on the telephone: "les deux présidents se sont entretenus par téléphone".

    >>> from streams.extraction.phrase import stated
    >>> stated('Le président finlandais a téléphoné à Volodymyr Zelensky.')
    ['call']
    """
    wire = next(iter(scene.tagged("call.wire")), None)
    mark = next(told_marks(scene, "call"), None) or rung(scene)
    if mark is None and wire is not None:
        mark = next(told_marks(scene, "talks"), None) or next(iter(scene.tagged("call.spoken")), None)
    people = parties(scene)
    if mark is None and wire is not None and len(people) > 1:
        mark = wire
    if mark is None and (len(people) >= 2 or any(m.name.lower().split()[0].endswith("s") for m in people)):
        mark = next(iter(scene.tagged("call.noun")), None)
    if mark is None or not people:
        return None
    return Act(scene, "call", mark, "a telephone call", participants(people))


def talks(scene: Scene) -> Act | None:
    """Two sides meet: "le président a été reçu par son homologue", "les délégations se sont vues".

    >>> from streams.extraction.phrase import stated
    >>> stated('Le président ukrainien a été reçu à Prague par son homologue tchèque.')
    ['talks']
    """
    if next(iter(scene.tagged("call.wire")), None) is not None:
        return None
    people = parties(scene)
    capitals = [m for m in scene.mentions if m.kind in ("capital", "name") and not governed(scene, m)]
    for mark in told_marks(scene, "talks"):
        if scene.tagged("summit.noun") and "summit.meeting" in mark.tags:
            continue
        if "summit.gathering" in mark.tags and countries_in(scene):
            continue
        ministers = any(m.office == "minister" for m in scene.mentions)
        if scene.tagged("summit.leaders") and "summit.gathering" in mark.tags and not ministers:
            continue
        noun = mark.has("talks.noun") is not None and mark.has("talks.finite") is None
        many = any(m.kind == "office" and m.name.lower().split()[0].endswith("s") for m in people)
        homologue = any(m.name.lower() in grammar("homologue") for m in people)
        joint = grammar("with") & set(scene.norms(mark.first - 4, mark.last + 14))
        nations = {m.country for m in scene.mentions if m.kind == "adjective" and m.country not in (None, "EU")}
        sides = max(len({m.name for m in people}), len(nations) if noun and meets_between(scene, mark) else 0)
        council = any(m.kind == "organisation" for m in scene.mentions if m.last <= mark.first) and grammar(
            "council"
        ) & set(scene.norms(mark.first, mark.last))
        if not (
            sides >= 2
            or many
            or homologue
            or council
            or (noun and len(capitals) >= 2)
            or (not noun and len({m.country for m in subjects(scene, mark) if m.kind in ("capital", "name")}) > 1)
            or (joint and people and capitals)
        ):
            paired = next(iter(scene.tagged("talks.pair")), None) is not None or any(
                m.country in ("UA", "RU") for m in (scene.mentions if mark.first <= SUBJECT_OPENING else capitals)
            )
            if not (noun and paired and (mark.first <= SUBJECT_OPENING or scene.prominent)):
                continue
        return Act(
            scene,
            "talks",
            mark,
            "talks between two sides",
            participants(people),
            place_behind(scene, mark, anywhere=True),
        )
    return None


def summit(scene: Scene) -> Act | None:
    """Many meet: "92 pays se réunissent", "participer à la Conférence de Munich", "le sommet s'est ouvert".

    >>> from streams.extraction.phrase import stated
    >>> stated("Quarante et un pays se réunissent à Rome pour la reconstruction de l'Ukraine.")
    ['summit: countries 41']
    """
    ended = tuple(grammar("past_ending"))
    meetings = sorted(scene.tagged("summit.meeting"), key=lambda m: scene.tokens[m.last - 1].norm.endswith(ended))
    meeting = meetings[0] if meetings else None
    figures = countries_in(scene)
    noun = next((mark for mark in scene.tagged("summit.noun") if not _press(scene, mark)), None)
    many = figures or (scene.tagged("summit.leaders") and not any(m.office == "minister" for m in scene.mentions))
    if noun is None and not (many and any(scene.tagged("summit.gathering"))):
        return None
    if noun is not None and meeting is None and not (figures or scene.prominent or scene.tagged("summit.leaders")):
        return None
    if (
        noun is not None
        and grammar("bare_summit") & set(scene.norms(noun.first, noun.last))
        and noun.last - noun.first == 1
        and not (figures or _named(scene, noun))
    ):
        return None
    mark = meeting or noun
    if mark is None or grammar("past") & set(scene.norms(mark.first - 3, mark.first)):
        return None
    persons = [m for m in parties(scene) if m.kind == "person"]
    place = place_behind(scene, noun or mark, anywhere=True)
    told = (*figures, *amounts_in(scene))
    return Act(scene, "summit", mark, "a summit or conference", participants(persons), place, told)


def _press(scene: Scene, mark: Mark) -> bool:
    return bool(grammar("press") & set(scene.norms(mark.last, mark.last + 2)))


def _named(scene: Scene, mark: Mark) -> bool:
    following = scene.norms(mark.last, mark.last + 4)
    return bool(grammar("named_summit") & set(following)) or any(
        token.capital for token in scene.tokens[mark.last : mark.last + 4]
    )


def statement(scene: Scene) -> Act | None:
    """A foreign condemnation, or a stand on talks: "Berlin a dénoncé la frappe", "Moscou rejette la trêve".

    >>> from streams.extraction.phrase import stated
    >>> stated('Lisbonne a dénoncé la frappe russe.')
    ['unspecified', 'statement']
    """
    for mark in scene.tagged("statement.condemn"):
        actor = _foreign(scene, mark)
        if actor is not None:
            return Act(
                scene,
                "statement",
                mark,
                "a foreign condemnation",
                ((actor, "official"),),
                place_behind(scene, mark, anywhere=True),
            )
        if any(ally.last <= mark.first for ally in scene.tagged("statement.ally")):
            return Act(scene, "statement", mark, "a foreign condemnation")
    for mark in scene.tagged("statement.position"):
        matter = next((m for m in scene.tagged("statement.matter") if 0 <= m.first - mark.last <= 16), None)
        actors = [m for m in subjects(scene, mark) if country_of(scene, m) not in (None, "UA")]
        if (
            matter is not None
            and actors
            and mark.first - actors[-1].last <= 4
            and not scene.sentence.is_quoted(scene.tokens[mark.first].start)
        ):
            return Act(scene, "statement", mark, "a stand on truce or talks", ((actors[-1], "official"),))
    return None


def _foreign(scene: Scene, mark: Mark) -> Mention | None:
    """Who condemns: before the verb or right behind it, and neither Ukrainian nor Russian."""
    quoted = scene.sentence.is_quoted(scene.tokens[mark.first].start)
    outside = [m for m in scene.mentions if quoted and is_actor(m) and not scene.sentence.is_quoted(m.start)]
    near = (
        subjects(scene, mark)[-2:]
        + outside
        + [m for m in scene.mentions if 0 <= m.first - mark.last <= 3 and is_actor(m)]
    )
    for mention in near:
        country = country_of(scene, mention)
        if mention.kind == "organisation" or (country is not None and country not in ("UA", "RU")):
            return mention
        if (
            country is None
            and mention.office == "leader"
            and mention.name.lower().startswith(tuple(grammar("head_of_government")))
        ):
            return mention
    return None
