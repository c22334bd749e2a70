"""The deeds of diplomacy that a sentence tells: agreements, aid, sanctions, votes, appointments.

Each rule looks at one scene and gives the act it tells, with its actors and figures, or None. `RULES` are all rules of
the stream by kind.
"""

from collections.abc import Callable

from schemas.enumerations import DiplomacyKind
from streams.extraction.diplomacy_act import Act, FigureTold, amounts_in, countries_in, participants, place_behind
from streams.extraction.diplomacy_acts import call, statement, summit, talks, visit
from streams.extraction.diplomacy_elliptic import aid_in_a_noun, deed
from streams.languages.fr.diplomacy import (
    Scene,
    country_of,
    governed,
    grammar,
    is_actor,
    parties,
    subjects,
    told_marks,
)
from streams.languages.marks import Mark

FARTHEST_BACK = 6
FARTHEST_PASSIVE = 24


def agreement(scene: Scene) -> Act | None:
    """Signed, or left: "les deux pays ont paraphé le texte", "le Kremlin est sorti de l'accord".

    >>> from streams.extraction.phrase import stated
    >>> stated('Kyiv et Oslo ont signé un accord sur les drones.')
    ['agreement']
    """
    nouns = scene.tagged("agreement.noun")
    alone = next(iter(scene.tagged("agreement.alone")), None)
    if not nouns and alone is None:
        return None
    sides = [
        m
        for m in scene.mentions
        if is_actor(m) and (not governed(scene, m) or grammar("partner") & set(scene.norms(m.first - 2, m.first)))
    ]
    countries = {country_of(scene, m) or m.name for m in sides}
    for mark in scene.tagged("agreement.leave"):
        noun = next((each for each in nouns if 0 < each.first - mark.last <= 8), None)
        if (
            noun is not None
            and subjects(scene, mark)
            and not grammar("past") & set(scene.norms(mark.first - 3, mark.first))
        ):
            return Act(
                scene, "agreement", mark, "an agreement left", participants(subjects(scene, mark)[-1:]), withdrawn=True
            )
    signed = _signatories(scene)
    done = deed(scene, "agreement") or (alone if len(countries) >= 2 else None)
    if done is not None and countries:
        place = place_behind(scene, done, anywhere=True)
        told = (*signed, *amounts_in(scene))
        return Act(scene, "agreement", done, "an agreement concluded", participants(sides), place, told)
    for mark in told_marks(scene, "agreement"):
        if mark.has("agreement.noun") is not None:
            continue
        passive = grammar("being") & set(scene.norms(mark.first - 3, mark.first))
        back = FARTHEST_PASSIVE if passive else FARTHEST_BACK
        noun = next((each for each in nouns if -back <= each.first - mark.last <= 12), None)
        weak = noun is not None and bool(grammar("weak_agreement") & set(scene.norms(noun.first, noun.last)))
        weak = weak and not _with_a_country(scene, mark)
        known = {country_of(scene, m) or (m.name if m.kind == "organisation" else None) for m in sides} - {None}
        if noun is None or not (countries or signed) or (weak and not signed and len(known) < 2):
            continue
        figures = (*signed, *amounts_in(scene))
        return Act(
            scene, "agreement", mark, "an agreement concluded", participants(sides), place_behind(scene, mark), figures
        )
    return None


def _with_a_country(scene: Scene, mark: Mark) -> bool:
    """Whether a country, its capital or its leader stands behind "avec", not just an office of its own."""
    return any(
        mark.first <= m.first <= mark.last + 9
        and grammar("with") & set(scene.norms(m.first - 2, m.first))
        and (m.country is not None or m.kind == "organisation")
        for m in scene.mentions
    )


def _signatories(scene: Scene) -> tuple[FigureTold, ...]:
    if next(iter(scene.tagged("countries.sign")), None) is None:
        return ()
    return tuple(FigureTold("signatories", each.quantity, each.start, each.end) for each in countries_in(scene))


def aid(scene: Scene) -> Act | None:
    """Money or arms given: "Oslo débloque 300 millions d'euros pour l'Ukraine".

    >>> from streams.extraction.phrase import stated
    >>> stated("Oslo débloque 300 millions d'euros pour l'Ukraine.")
    ['aid: amount EUR 300000000']
    """
    amounts = amounts_in(scene)
    nouns = list(scene.tagged("aid.noun"))
    goods = [*nouns, *scene.tagged("aid.goods")]
    if not goods and not amounts:
        return None
    for mark in told_marks(scene, "aid"):
        if mark.has("aid.noun") is not None and mark.has("aid.finite") is None:
            continue
        if "aid.weak" in mark.tags and not nouns and not amounts:
            continue
        givers = [
            m
            for m in subjects(scene, mark)
            if country_of(scene, m) not in (None, "UA", "RU") or m.kind == "organisation"
        ]
        if givers:
            place = place_behind(scene, mark, anywhere=True)
            announced_in = place if place is not None and place.country not in ("UA", "RU") else None
            return Act(scene, "aid", mark, "aid given", ((givers[0], "participant"),), announced_in, amounts)
    return aid_in_a_noun(scene)


def sanctions(scene: Scene) -> Act | None:
    """Sanctions imposed, prolonged or lifted: "Tokyo sanctionne dix entreprises".

    >>> from streams.extraction.phrase import stated
    >>> stated('Tokyo a imposé des sanctions contre dix entreprises russes.')
    ['sanctions']
    """
    nouns = list(scene.tagged("sanctions.noun"))
    for mark in told_marks(scene, "sanctions"):
        if mark.has("sanctions.noun") is not None and mark.has("sanctions.verb") is None:
            continue
        if mark.has("sanctions.verb") is None and not any(-12 <= each.first - mark.last <= 12 for each in nouns):
            continue
        actors = [m for m in subjects(scene, mark) if country_of(scene, m) != "RU"]
        if actors or (nouns and scene.prominent):
            return Act(scene, "sanctions", mark, "sanctions decided", participants(actors[:1]), None, amounts_in(scene))
    done = deed(scene, "sanctions")
    return None if done is None else Act(scene, "sanctions", done, "sanctions decided", (), None, amounts_in(scene))


def vote(scene: Scene) -> Act | None:
    """A vote of a parliament or the United Nations: "l'Assemblée générale a adopté la résolution par 93 voix".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le Parlement européen a adopté une résolution sur l'Ukraine par 402 voix.")
    ['vote: votes 402']
    """
    body = next(iter(scene.tagged("vote.body")), None)
    noun = next(iter(scene.tagged("vote.noun")), None)
    figures = _voices(scene)
    if body is None and not figures:
        return None
    if figures and body is not None:
        return Act(scene, "vote", body, "a vote", (), None, figures)
    for mark in told_marks(scene, "vote"):
        if mark.has("vote.noun") is not None and mark.has("vote.finite") is None:
            continue
        voting = (
            scene.tokens[mark.first].norm.startswith(tuple(grammar("voting")))
            and body is not None
            and body.first < mark.first
        )
        if noun is not None or figures or voting:
            return Act(scene, "vote", mark, "a vote", (), None, figures)
    return None


def _voices(scene: Scene) -> tuple[FigureTold, ...]:
    found: list[FigureTold] = []
    voices = any(grammar("voice") & set(scene.norms(m.first, m.last)) for m in scene.tagged("vote.voice"))
    for quantity in scene.sentence.quantities:
        index = next((i for i, token in enumerate(scene.tokens) if token.start >= quantity.end), len(scene.tokens))
        mark = next((m for m in scene.tagged("vote.voice") if m.first == index), None)
        if voices and mark is not None and quantity.unit is None and not quantity.article:
            if found:
                break
            found.append(FigureTold("votes", quantity, quantity.start, scene.tokens[mark.last - 1].end))
    return tuple(found)


def appointment(scene: Scene) -> Act | None:
    """A diplomat or minister named: "Kyiv a nommé un nouvel ambassadeur".

    >>> from streams.extraction.phrase import stated
    >>> stated('Kyiv a nommé un nouvel ambassadeur à Tokyo.')
    ['appointment']
    """
    posts = scene.tagged("appointment.post")
    for mark in told_marks(scene, "appointment"):
        heading = bool(grammar("heading") & set(scene.norms(mark.first, mark.last)))
        post = next(iter((*posts, *(scene.tagged("appointment.body") if heading else ()))), None)
        if post is None:
            continue
        if (
            mark.has("appointment.post") is None
            and abs(mark.first - post.first) <= 12
            and (subjects(scene, mark) or scene.prominent or any(m.kind == "person" for m in scene.mentions))
            and (mark.first < post.first or _appointed(scene, mark))
        ):
            people = [m for m in parties(scene) if m.kind == "person"]
            return Act(scene, "appointment", mark, "a diplomatic appointment", tuple((p, "official") for p in people))
    return None


def _appointed(scene: Scene, mark: Mark) -> bool:
    """Whether the post's holder is whom the verb is about: "l'ambassadeur a été limogé", not "le ministre confirme"."""
    return scene.prominent or bool(grammar("being") & set(scene.norms(mark.first - 3, mark.first)))


TRIGGERS: dict[DiplomacyKind, frozenset[str]] = {"visit": frozenset(("talks", "prominent"))}
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
