"""The deeds of diplomacy that a sentence tells: agreements, aid, sanctions, votes, appointments.

Each rule looks at one scene and gives the act it tells, with its actors and figures, or None. `RULES` are all rules of
the stream, each with the families of words of which a sentence must have one.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from streams.extraction.diplomacy.act import Act, FigureTold, amounts_in, participants, town_behind
from streams.extraction.diplomacy.acts import call, journey, stations, visit
from streams.extraction.diplomacy.agreements import agreement
from streams.extraction.diplomacy.aid import aid
from streams.extraction.diplomacy.elliptic import JOURNEY, assent, deed
from streams.extraction.diplomacy.meetings import summit, talks
from streams.extraction.diplomacy.statements import statement
from streams.languages.fr.diplomacy.scene import (
    PROMINENT_KEY,
    Scene,
    clauses,
    country_of,
    grammar,
    parties,
    subjects,
)
from streams.languages.fr.diplomacy.telling import told_marks
from streams.languages.marks import Mark

MOST_ACTS = 4
VOTED_REACH = 4
NOUN_BACK = 18
BODY_REACH = 6
POST_REACH = 4
FROZEN_REACH = 4


def sanctions(scene: Scene) -> Act | None:
    """Sanctions imposed, prolonged or lifted: "Tokyo sanctionne dix entreprises".

    >>> from streams.extraction.phrase import stated
    >>> stated('Tokyo a imposé des sanctions contre dix entreprises russes.')
    ['sanctions']
    """
    nouns = [noun for noun in scene.tagged("sanctions.noun") if not _of_another_kind(scene, noun)]
    for mark in told_marks(scene, "sanctions"):
        if mark.has("sanctions.noun") is not None and mark.has("sanctions.verb") is None:
            continue
        near = (each for each in nouns if -NOUN_BACK <= each.first - mark.last <= 12 and _fits(scene, mark, each))
        if mark.has("sanctions.verb") is None and next(near, None) is None:
            continue
        actors = [m for m in subjects(scene, mark) if country_of(scene, m) != "RU"]
        if actors or (nouns and (scene.prominent or _aimed(scene, mark, nouns))):
            where, sums = town_behind(scene, mark), amounts_in(scene)
            return Act(scene, "sanctions", mark, "sanctions decided", participants(actors[:1]), where, sums)
    done = deed(scene, "sanctions") or assent(scene, "sanctions")
    if done is None:
        return None
    return Act(scene, "sanctions", done, "sanctions decided", (), town_behind(scene, done), amounts_in(scene))


def _of_another_kind(scene: Scene, noun: Mark) -> bool:
    """Whether a word that is no sanction by itself stands where nobody names Russia: "le plafond de verre"."""
    if not scene.has_word("weak_sanctions", noun.first, noun.first + 1):
        return False
    return not any(m.country in ("RU", "BY") for m in scene.mentions) and "sanctions.strong" not in scene.around


def _fits(scene: Scene, mark: Mark, noun: Mark) -> bool:
    """Whether a verb makes a sanction of its noun: assets are frozen, not announced or paid out of."""
    if not scene.has_word("asset", noun.first, noun.first + 1):
        return True
    words = (scene.words[mark.first], *scene.norms(noun.first - FROZEN_REACH, noun.first))
    return any(word.startswith(tuple(grammar("freezing"))) for word in words)


def _aimed(scene: Scene, mark: Mark, nouns: Sequence[Mark]) -> bool:
    """Whether sanctions without an author are decided: they follow the verb or its passive, and hit Russia."""
    passive = scene.has_word("being", mark.first - 3, mark.first) or scene.has_word(
        "copula", mark.first - 2, mark.first
    )
    decided = passive or any(each.first >= mark.last for each in nouns)
    if mark.last - mark.first > 1 and scene.words[mark.first].startswith(tuple(grammar("effect"))):
        return True
    if scene.words[mark.first].startswith(tuple(grammar("striking"))):
        decided = decided or any(scene.has_word("newly", noun.first - 2, noun.first) for noun in nouns)
    return decided and any(m.country == "RU" for m in scene.mentions)


def vote(scene: Scene) -> Act | None:
    """A vote of a parliament or the United Nations: "l'Assemblée générale a adopté la résolution par 93 voix".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le Parlement européen a adopté une résolution sur l'Ukraine par 402 voix.")
    ['vote: votes 402']
    """
    if scene.tagged("vote.local"):
        return None
    body = next(iter(scene.tagged("vote.body")), None)
    noun = next(iter(scene.tagged("vote.noun")), None)
    figures = _voices(scene)
    known = body is not None or "vote.body" in scene.around or bool(figures and noun)
    if not known:
        return None
    recalled = bool(figures) and not grammar("past").isdisjoint(scene.words)
    if figures:
        mark = body or noun or next(iter((*scene.tagged("vote.gained"), *scene.tagged("vote.voice"))))
        return Act(scene, "vote", mark, "a vote", (), town_behind(scene, mark), figures, recalled=recalled)
    if body is None:
        return None
    for mark in told_marks(scene, "vote"):
        if mark.has("vote.noun") is not None and mark.has("vote.finite") is None:
            continue
        decided = not scene.words[mark.first].startswith(tuple(grammar("blocking")))
        voting = decided and 0 <= mark.first - body.last <= BODY_REACH and _about_war(scene, mark)
        if noun is not None or figures or voting:
            return Act(scene, "vote", mark, "a vote", (), town_behind(scene, mark), figures)
    return None


def _about_war(scene: Scene, mark: Mark) -> bool:
    """Whether the clause of a vote names Ukraine or Russia."""
    end = next((i for i in range(mark.last, len(scene.words)) if scene.words[i] in grammar("clause_end")), None)
    stop = scene.tokens[end].start if end is not None else len(scene.sentence.text)
    named = any(m.country in ("UA", "RU") and m.start < stop for m in scene.mentions)
    return named or any(p.place.country in ("UA", "RU") and p.start < stop for p in scene.sentence.places)


def _voices(scene: Scene) -> tuple[FigureTold, ...]:
    """The votes that a text or a side got first: the counts against and the abstentions stand behind them."""
    marks = {mark.first: mark for mark in scene.tagged("vote.voice")}
    voices = any(scene.has_word("voice", mark.first, mark.last) for mark in marks.values())
    bodies = {mark.first: mark for mark in (*scene.tagged("vote.body"), *scene.tagged("countries.noun"))}
    for quantity in scene.sentence.quantities:
        if quantity.unit is not None or quantity.article or quantity.ordinal:
            continue
        index = next((i for i, token in enumerate(scene.tokens) if token.start >= quantity.end), len(scene.tokens))
        mark = marks.get(index) if voices else None
        if mark is None and index in bodies:
            voted = scene.norms(bodies[index].last, bodies[index].last + VOTED_REACH)
            told = any(word.startswith(tuple(grammar("voting"))) for word in voted) or "pour" in voted[:1]
            mark = bodies[index] if told else None
        if mark is not None:
            return (FigureTold("votes", quantity, quantity.start, scene.tokens[mark.last - 1].end),)
    return ()


def appointment(scene: Scene) -> Act | None:
    """A diplomat or minister named: "Kyiv a nommé un nouvel ambassadeur".

    >>> from streams.extraction.phrase import stated
    >>> stated('Kyiv a nommé un nouvel ambassadeur à Tokyo.')
    ['appointment']
    """
    posts = scene.tagged("appointment.post")
    for mark in told_marks(scene, "appointment"):
        said = scene.words[mark.first].startswith("rappel") and "," in scene.norms(mark.first - 2, mark.first)
        if said or scene.has_word("restrictive", mark.last, mark.last + 1):
            continue
        heading = scene.has_word("heading", mark.first, mark.last)
        post = next(iter((*posts, *(scene.tagged("appointment.body") if heading else ()))), None)
        if post is None:
            continue
        if (
            mark.has("appointment.post") is None
            and abs(mark.first - post.first) <= 12
            and (subjects(scene, mark) or scene.prominent or _named_or_sent(scene, post))
            and (mark.first < post.first or _appointed(scene, mark))
        ):
            people = [m for m in parties(scene) if m.kind == "person"]
            return Act(scene, "appointment", mark, "a diplomatic appointment", tuple((p, "official") for p in people))
    return None


def _named_or_sent(scene: Scene, post: Mark) -> bool:
    """Whether somebody is named, or a country stands behind the post: "ambassadrice d'Ukraine à Washington"."""
    return any(
        m.kind == "person" or (m.country is not None and 0 <= m.first - post.last <= POST_REACH) for m in scene.mentions
    )


def _appointed(scene: Scene, mark: Mark) -> bool:
    """Whether the post's holder is whom the verb is about: "l'ambassadeur a été limogé", not "le ministre confirme"."""
    resigned = scene.words[mark.first].startswith(tuple(grammar("resigning")))
    return resigned or scene.prominent or scene.has_word("being", mark.first - 3, mark.first)


Rule = Callable[[Scene], Act | None]


def _once(rule: Rule) -> Callable[[Scene], tuple[Act, ...]]:
    """The act of a rule, as a tuple."""

    def acts(scene: Scene) -> tuple[Act, ...]:
        act = rule(scene)
        return () if act is None else (act,)

    return acts


def _visits(scene: Scene) -> tuple[Act, ...]:
    """A visit and those told further on in the sentence: "à Oslo lundi, avant de se rendre à Riga"."""
    found: list[Act] = []
    act = visit(scene)
    while act is not None and len(found) < MOST_ACTS:
        found.append(act)
        rest = [mark for mark in act.scene.marks if mark.first >= act.mark.last]
        further = journey(replace(act.scene, marks=rest)) if rest and act.rule == JOURNEY else None
        found.extend(stations(act))
        act = None if further is None else replace(further, after=act)
    return tuple(found)


def _calls(scene: Scene) -> tuple[Act, ...]:
    """A call for each clause that tells one: "a appelé Tokyo vendredi ; il avait eu Séoul au téléphone mercredi"."""
    parts = clauses(scene)
    acts: list[Act] = []
    for part in parts if len(parts) > 1 else ():
        act = call(part) or (_called_too(part, acts[-1]) if acts else None)
        acts.extend([] if act is None else [act])
    return tuple(acts) if len(acts) > 1 else _once(call)(scene)


def _called_too(part: Scene, before: Act) -> Act | None:
    """A further call told without its verb: "lundi, avec le président sud-africain"."""
    people = parties(part)
    if not people or not part.has_word("with", people[0].first - 2, people[0].first):
        return None
    mark = Mark(people[0].first, people[0].last, frozenset(("call.noun",)))
    return Act(part, "call", mark, before.rule, (*before.actors[:1], (people[0], "participant")))


RULES: tuple[tuple[frozenset[str], Callable[[Scene], tuple[Act, ...]]], ...] = (
    (frozenset(("visit.", "talks.", PROMINENT_KEY)), _visits),
    (frozenset(("call.",)), _calls),
    (frozenset(("talks.",)), _once(talks)),
    (frozenset(("summit.",)), _once(summit)),
    (frozenset(("statement.",)), _once(statement)),
    (frozenset(("agreement.",)), _once(agreement)),
    (frozenset(("aid.",)), aid),
    (frozenset(("sanctions.",)), _once(sanctions)),
    (frozenset(("vote.",)), _once(vote)),
    (frozenset(("appointment.",)), _once(appointment)),
)
