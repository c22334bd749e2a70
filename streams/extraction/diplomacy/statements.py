"""The words of diplomacy that a sentence tells: foreign condemnations, envoys summoned, stands on truce or talks."""

from streams.extraction.diplomacy.act import Act, place_behind
from streams.languages.fr.diplomacy.scene import Scene, country_of, grammar, is_actor, subjects
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark

SUMMON_REACH = 5
LIMIT_REACH = 6
WARNER_REACH = 3


def statement(scene: Scene) -> Act | None:
    """A foreign condemnation, or a stand on talks: "Berlin a dénoncé la frappe", "Moscou rejette la trêve".

    >>> from streams.extraction.phrase import stated
    >>> stated('Lisbonne a dénoncé la frappe russe.')
    ['unspecified', 'statement']
    """
    for mark in scene.tagged("statement.condemn"):
        if "statement.outcry" in mark.tags and not scene.sentence.is_quoted(scene.tokens[mark.first].start):
            continue
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
    for mark in scene.tagged("statement.summon"):
        actors = [m for m in subjects(scene, mark) if country_of(scene, m) not in (None, "UA", "RU")]
        if actors and any(0 < post.first - mark.last <= SUMMON_REACH for post in scene.tagged("appointment.post")):
            return Act(scene, "statement", mark, "an ambassador summoned", ((actors[-1], "official"),))
    limits = [m for m in scene.tagged("statement.delay") if scene.has_word("limit", m.last, m.last + LIMIT_REACH)]
    for mark in (*scene.tagged("statement.position"), *limits):
        matter = next((m for m in scene.tagged("statement.matter") if 0 <= m.first - mark.last <= 16), None)
        actors = [m for m in subjects(scene, mark) if country_of(scene, m) not in (None, "UA")]
        if (
            matter is not None
            and actors
            and mark.first - actors[-1].last <= 4
            and not scene.sentence.is_quoted(scene.tokens[mark.first].start)
        ):
            return Act(scene, "statement", mark, "a stand on truce or talks", ((actors[-1], "official"),))
        actor = _warns(scene, mark)
        if actor is not None:
            return Act(scene, "statement", mark, "a stand on truce or talks", ((actor, "official"),))
    return None


def _warns(scene: Scene, mark: Mark) -> Mention | None:
    """Who insists behind a quotation: "« pas de trêve sans garanties », a averti le Kremlin"."""
    start = scene.tokens[mark.first].start
    if not scene.has_word("insisting", mark.first, mark.last) or scene.sentence.is_quoted(start):
        return None
    quoted = any(scene.sentence.is_quoted(scene.tokens[m.first].start) for m in scene.tagged("statement.matter"))
    actor = next((m for m in scene.mentions if 0 <= m.first - mark.last <= WARNER_REACH and is_actor(m)), None)
    return actor if quoted and actor is not None and country_of(scene, actor) not in (None, "UA") else None


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
        union = mention.kind == "office" and any(word in mention.name.lower() for word in grammar("union_office"))
        if union or mention.kind == "organisation" or (country is not None and country not in ("UA", "RU")):
            return mention
        if (
            country is None
            and mention.office == "leader"
            and mention.name.lower().startswith(tuple(grammar("head_of_government")))
        ):
            return mention
    return None
