"""The diplomatic acts that a sentence tells: visits, talks, calls, summits, statements, agreements, aid, sanctions, votes.

Each rule looks at one scene and gives the act it tells, with its actors and figures, or None.
"""

from collections.abc import Callable
from dataclasses import dataclass

from schemas.enumerations import DiplomacyKind, Measure, Role
from schemas.records import Place
from streams.languages.fr.diplomacy import (
    Scene,
    country_of,
    governed,
    is_actor,
    parties,
    subjects,
    told_marks,
)
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark
from streams.languages.pack import Quantity

DESTINATION_REACH = 9
FIGURE_REACH = 5
FEWEST_COUNTRIES = 3
SUBJECT_OPENING = 3
PAST_ENDINGS = ("é", "ée", "és", "ées", "u", "ue", "us")
SUMMIT_WORDS = frozenset(("paix", "européen", "extraordinaire", "international", "virtuel", "tripartite", "bilatéral", "entre", "ministériel"))
PRESS = frozenset(("presse",))
TOWARDS = frozenset(("à", "en", "au", "aux", "dans", "vers", "par", "depuis", "pour"))


@dataclass(slots=True)
class FigureTold:
    """A diplomatic figure: measure, number, and the span of its words within the sentence."""

    measure: Measure
    quantity: Quantity
    start: int
    end: int
    of: str | None = None


@dataclass(slots=True)
class Act:
    """What one sentence tells of one kind of act; `mark` are the words that tell it."""

    scene: Scene
    kind: DiplomacyKind
    mark: Mark
    rule: str
    actors: tuple[tuple[Mention, Role], ...] = ()
    place: Place | None = None
    figures: tuple[FigureTold, ...] = ()
    withdrawn: bool = False


def place_behind(scene: Scene, mark: Mark, *, anywhere: bool = False) -> Place | None:
    """The place behind "à", "en" or "dans" next after the mark, or anywhere in the sentence where asked for."""
    offset = scene.tokens[min(mark.last, len(scene.tokens)) - 1].end
    for mention in sorted(scene.sentence.places, key=lambda each: (each.start < offset, abs(each.start - offset))):
        before = scene.sentence.text[max(0, mention.start - 8) : mention.start].lower().replace("’", "'").split()
        near = 0 <= mention.start - offset <= 60
        led = bool(before) and before[-1] in TOWARDS | {"l'", "la", "le", "au-dessus"}
        if led and (near or anywhere):
            return mention.place
    return None


def visit(scene: Scene) -> Act | None:
    """A politician or envoy goes somewhere abroad: "le ministre danois est arrivé à Kyiv"."""
    for mark in told_marks(scene, "visit"):
        actors = [m for m in subjects(scene, mark) if m.kind in ("person", "office")]
        if mark.first == 0 and not actors:
            actors = [m for m in scene.mentions if is_actor(m) and m.kind in ("person", "office") and m.first - mark.last <= 10]
        if not actors and mark.has("visit.noun") is not None:
            actors = [m for m in scene.mentions if is_actor(m) and m.kind in ("person", "office") and 0 <= m.first - mark.last <= 3]
        if not actors:
            continue
        if mark.last - mark.first == 2 and scene.norms(mark.last - 1, mark.last) == ["à"]:
            place = next((p.place for p in scene.sentence.places if abs(p.start - scene.tokens[mark.last - 1].end) <= 2), None)
            if mark.first - actors[-1].last > 2:
                continue
        else:
            place = place_behind(scene, mark)
        visitor = actors[-1] if actors[-1].kind == "person" else _holder(scene, actors[-1])
        home = country_of(scene, visitor) or country_of(scene, actors[-1])
        if place is None or (place.country is not None and place.country == home):
            continue
        role: Role = "envoy" if any(m.office == "envoy" for m in actors) else "participant"
        return Act(scene, "visit", mark, "a visit abroad", ((visitor, role),), place)
    return None


def _holder(scene: Scene, office: Mention) -> Mention:
    """The person who holds an office and is named beside it, else the office."""
    for mention in scene.mentions:
        if mention.kind == "person" and 0 <= mention.first - office.last <= 6:
            return mention
    return office


def call(scene: Scene) -> Act | None:
    """Two sides on the telephone: "les deux présidents se sont entretenus par téléphone"."""
    wire = next(iter(scene.tagged("call.wire")), None)
    mark = next(told_marks(scene, "call"), None)
    if mark is None and wire is not None:
        mark = next(told_marks(scene, "talks"), None) or next(iter(scene.tagged("call.spoken")), None)
    people = parties(scene)
    if mark is None or not people:
        return None
    return Act(scene, "call", mark, "a telephone call", _participants(people))


def talks(scene: Scene) -> Act | None:
    """Two sides meet: "le président a été reçu par son homologue", "les délégations se sont vues"."""
    if next(iter(scene.tagged("call.wire")), None) is not None:
        return None
    people = parties(scene)
    capitals = [m for m in scene.mentions if m.kind in ("capital", "name") and not governed(scene, m)]
    for mark in told_marks(scene, "talks"):
        noun = mark.has("talks.noun") is not None and mark.has("talks.finite") is None
        many = any(m.office == "envoy" and m.name.lower().endswith("s") for m in people)
        homologue = any("homologue" in m.name.lower() for m in people)
        joint = "avec" in scene.norms(mark.first - 4, mark.last + 14)
        sides = len({m.name for m in people})
        council = any(m.kind == "organisation" for m in scene.mentions if m.last <= mark.first) and "réuni" in scene.norms(mark.first, mark.last)
        if not (sides >= 2 or many or homologue or council or (noun and len(capitals) >= 2) or (joint and people and capitals)):
            paired = next(iter(scene.tagged("talks.pair")), None) is not None or any(m.country in ("UA", "RU") for m in capitals)
            if not (noun and paired and (mark.first <= SUBJECT_OPENING or scene.prominent)):
                continue
        return Act(scene, "talks", mark, "talks between two sides", _participants(people), place_behind(scene, mark, anywhere=True))
    return None


def _participants(people: list[Mention]) -> tuple[tuple[Mention, Role], ...]:
    return tuple((person, "participant") for person in people)


def summit(scene: Scene) -> Act | None:
    """Many meet: "92 pays se réunissent", "participer à la Conférence de Munich", "le sommet s'est ouvert"."""
    meetings = sorted(scene.tagged("summit.meeting"), key=lambda m: scene.tokens[m.last - 1].norm.endswith(PAST_ENDINGS))
    meeting = meetings[0] if meetings else None
    figures = _countries(scene)
    noun = next((mark for mark in scene.tagged("summit.noun") if not _press(scene, mark)), None)
    if noun is None and not (figures and meeting is not None):
        return None
    if noun is not None and meeting is None and not (figures or scene.prominent):
        return None
    if noun is not None and scene.norms(noun.first, noun.last) in (["conférence"], ["sommet"]) and not (figures or _named(scene, noun)):
        return None
    mark = meeting or noun
    if mark is None or {"avait", "avaient"} & set(scene.norms(mark.first - 3, mark.first)):
        return None
    persons = [m for m in parties(scene) if m.kind == "person"]
    place = place_behind(scene, noun or mark, anywhere=True)
    return Act(scene, "summit", mark, "a summit or conference", _participants(persons), place, figures)


def _press(scene: Scene, mark: Mark) -> bool:
    return bool(PRESS & set(scene.norms(mark.last, mark.last + 2)))


def _named(scene: Scene, mark: Mark) -> bool:
    following = scene.norms(mark.last, mark.last + 4)
    return bool(SUMMIT_WORDS & set(following)) or any(token.capital for token in scene.tokens[mark.last : mark.last + 4])


def _countries(scene: Scene) -> tuple[FigureTold, ...]:
    found = []
    nouns = {mark.first: mark for mark in scene.tagged("countries.noun")}
    for quantity in scene.sentence.quantities:
        if quantity.article or quantity.ordinal or quantity.value < FEWEST_COUNTRIES or quantity.unit is not None:
            continue
        index = next((i for i, token in enumerate(scene.tokens) if token.start >= quantity.end), len(scene.tokens))
        mark = nouns.get(index) or (nouns.get(index + 1) if scene.norms(index, index + 1) in (["de"], ["autres"], ["d'"]) else None)
        if mark is not None:
            found.append(FigureTold("countries", quantity, quantity.start, scene.tokens[mark.last - 1].end))
    return tuple(found)


def statement(scene: Scene) -> Act | None:
    """A foreign condemnation, or a stand on truce and talks: "Berlin a dénoncé la frappe", "Moscou rejette la trêve"."""
    for mark in scene.tagged("statement.condemn"):
        actor = _foreign(scene, mark)
        if actor is not None:
            return Act(scene, "statement", mark, "a foreign condemnation", ((actor, "official"),), place_behind(scene, mark, anywhere=True))
        if any(ally.last <= mark.first for ally in scene.tagged("statement.ally")):
            return Act(scene, "statement", mark, "a foreign condemnation")
    for mark in scene.tagged("statement.position"):
        matter = next((m for m in scene.tagged("statement.matter") if 0 <= m.first - mark.last <= 16), None)
        actors = [m for m in subjects(scene, mark) if country_of(scene, m) not in (None, "UA")]
        if matter is not None and actors and mark.first - actors[-1].last <= 4 and not scene.sentence.is_quoted(scene.tokens[mark.first].start):
            return Act(scene, "statement", mark, "a stand on truce or talks", ((actors[-1], "official"),))
    return None


def _foreign(scene: Scene, mark: Mark) -> Mention | None:
    """Who condemns: before the verb or right behind it, and neither Ukrainian nor Russian."""
    near = subjects(scene, mark)[-2:] + [m for m in scene.mentions if 0 <= m.first - mark.last <= 3 and is_actor(m)]
    for mention in near:
        country = country_of(scene, mention)
        if mention.kind == "organisation" or (country is not None and country not in ("UA", "RU")):
            return mention
        if country is None and mention.office == "leader" and mention.name.lower().startswith("chanceli"):
            return mention
    return None


def agreement(scene: Scene) -> Act | None:
    """Signed, or left: "les deux pays ont paraphé le texte", "le Kremlin est sorti de l'accord"."""
    nouns = [mark for mark in scene.tagged("agreement.noun")]
    if not nouns:
        return None
    sides = [
        m
        for m in scene.mentions
        if is_actor(m) and (not governed(scene, m) or {"avec", "entre", "par"} & set(scene.norms(m.first - 2, m.first)))
    ]
    countries = {country_of(scene, m) or m.name for m in sides}
    for mark in scene.tagged("agreement.leave"):
        noun = next((each for each in nouns if 0 < each.first - mark.last <= 8), None)
        if noun is not None and subjects(scene, mark) and "avait" not in scene.norms(mark.first - 3, mark.first):
            return Act(scene, "agreement", mark, "an agreement left", _participants(subjects(scene, mark)[-1:]), withdrawn=True)
    signed = _signatories(scene)
    for mark in told_marks(scene, "agreement"):
        if mark.has("agreement.noun") is not None:
            continue
        noun = next((each for each in nouns if -6 <= each.first - mark.last <= 12), None)
        weak = noun is not None and scene.norms(noun.first, noun.last)[0] in ("contrat", "texte", "document", "communiqué", "convention")
        weak = weak and "avec" not in scene.norms(mark.first - 1, mark.last + 8)
        if noun is None or not (countries or signed) or (weak and not signed and len(countries) < 2):
            continue
        figures = (*signed, *_amounts(scene))
        return Act(scene, "agreement", mark, "an agreement concluded", _participants(sides), place_behind(scene, mark), figures)
    return None


def _signatories(scene: Scene) -> tuple[FigureTold, ...]:
    if next(iter(scene.tagged("countries.sign")), None) is None:
        return ()
    return tuple(FigureTold("signatories", each.quantity, each.start, each.end) for each in _countries(scene))


def aid(scene: Scene) -> Act | None:
    """Money or arms given: "Oslo débloque 300 millions d'euros pour l'Ukraine"."""
    amounts = _amounts(scene)
    nouns = list(scene.tagged("aid.noun"))
    goods = [*nouns, *scene.tagged("aid.goods")]
    if not goods and not amounts:
        return None
    for mark in told_marks(scene, "aid"):
        if mark.has("aid.noun") is not None and mark.has("aid.finite") is None:
            continue
        if "aid.weak" in mark.tags and not nouns and not amounts:
            continue
        givers = [m for m in subjects(scene, mark) if country_of(scene, m) not in (None, "UA", "RU") or m.kind == "organisation"]
        if givers:
            return Act(scene, "aid", mark, "aid given", ((givers[0], "participant"),), place_behind(scene, mark, anywhere=True), amounts)
    return None


def _amounts(scene: Scene) -> tuple[FigureTold, ...]:
    return tuple(
        FigureTold("amount", quantity, quantity.start, quantity.end)
        for quantity in scene.sentence.quantities
        if quantity.unit is not None and quantity.unit != "percent" and quantity.value >= 1000
    )


def sanctions(scene: Scene) -> Act | None:
    """Sanctions imposed, prolonged or lifted: "Tokyo sanctionne dix entreprises"."""
    nouns = list(scene.tagged("sanctions.noun"))
    for mark in told_marks(scene, "sanctions"):
        if mark.has("sanctions.noun") is not None and mark.has("sanctions.verb") is None:
            continue
        if mark.has("sanctions.verb") is None and not any(-12 <= each.first - mark.last <= 12 for each in nouns):
            continue
        actors = [m for m in subjects(scene, mark) if country_of(scene, m) != "RU"]
        if actors or (nouns and scene.prominent):
            return Act(scene, "sanctions", mark, "sanctions decided", _participants(actors[:1]), None, _amounts(scene))
    return None


def vote(scene: Scene) -> Act | None:
    """A vote of a parliament or the United Nations: "l'Assemblée générale a adopté la résolution par 93 voix"."""
    body = next(iter(scene.tagged("vote.body")), None)
    noun = next(iter(scene.tagged("vote.noun")), None)
    figures = _voices(scene)
    if body is None and not figures:
        return None
    for mark in told_marks(scene, "vote"):
        if mark.has("vote.noun") is not None and mark.has("vote.finite") is None:
            continue
        voting = scene.tokens[mark.first].norm.startswith("vot") and body is not None and body.first < mark.first
        if noun is not None or figures or voting:
            return Act(scene, "vote", mark, "a vote", (), None, figures)
    return None


def _voices(scene: Scene) -> tuple[FigureTold, ...]:
    found = []
    voices = any(scene.norms(m.first, m.last) in (["voix"], ["abstentions"], ["suffrages"]) for m in scene.tagged("vote.voice"))
    for quantity in scene.sentence.quantities:
        index = next((i for i, token in enumerate(scene.tokens) if token.start >= quantity.end), len(scene.tokens))
        mark = next((m for m in scene.tagged("vote.voice") if m.first == index), None)
        if voices and mark is not None and quantity.unit is None and not quantity.article:
            if found:
                break
            found.append(FigureTold("votes", quantity, quantity.start, scene.tokens[mark.last - 1].end))
    return tuple(found)


def appointment(scene: Scene) -> Act | None:
    """A diplomat or minister named: "Kyiv a nommé un nouvel ambassadeur"."""
    post = next(iter(scene.tagged("appointment.post")), None)
    if post is None:
        return None
    for mark in told_marks(scene, "appointment"):
        if mark.has("appointment.post") is None and abs(mark.first - post.first) <= 12 and (subjects(scene, mark) or scene.prominent):
            people = [m for m in parties(scene) if m.kind == "person"]
            return Act(scene, "appointment", mark, "a diplomatic appointment", tuple((p, "official") for p in people))
    return None


RULES: dict[DiplomacyKind, Callable[[Scene], Act | None]] = {
    "visit": visit,
    "call": call,
    "talks": talks,
    "summit": summit,
    "statement": statement,
    "agreement": agreement,
    "aid": aid,
    "sanctions": sanctions,
    "vote": vote,
    "appointment": appointment,
}
