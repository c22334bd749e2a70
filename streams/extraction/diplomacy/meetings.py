"""Two sides or many that meet, as a sentence tells it: talks, and summits and conferences.

Each rule looks at one scene and gives the act it tells, with its actors and figures, or None.
"""

from msgspec.structs import replace

from streams.extraction.diplomacy.act import (
    Act,
    FigureTold,
    amounts_in,
    countries_in,
    participants,
    place_behind,
    place_hosting,
    signed_in,
)
from streams.languages.fr.diplomacy.scene import (
    Scene,
    country_of,
    governed,
    grammar,
    is_actor,
    meets_between,
    parties,
    subjects,
)
from streams.languages.fr.diplomacy.telling import looks_back, told_marks
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark

SUBJECT_OPENING = 5
SIDES_REACH = 10
BROUGHT_REACH = 4
COMPLETING_REACH = 6
NATION_REACH = 14
MARGIN_REACH = 4
OBJECT_REACH = 4
PRONOUN_REACH = 5
MATTER_REACH = 14


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
        receiving = scene.words[mark.first].startswith(tuple(grammar("receiving")))
        if _alone(scene, mark) or (receiving and not people):
            continue
        if "summit.gathering" in mark.tags and countries_in(scene):
            continue
        ministers = any(m.office == "minister" for m in scene.mentions)
        if scene.tagged("summit.leaders") and "summit.gathering" in mark.tags and not ministers:
            continue
        noun = mark.has("talks.noun") is not None and (
            mark.has("talks.finite") is None or scene.has_word("determiner", mark.first - 1, mark.first)
        )
        sides = [*_meant(scene, mark), *people]
        if not _two_sides(scene, mark, sides, capitals, noun=noun):
            paired = next(iter(scene.tagged("talks.pair")), None) is not None or any(
                m.country in ("UA", "RU") and (m.kind in ("name", "capital") or is_actor(m))
                for m in (scene.mentions if mark.first <= SUBJECT_OPENING else capitals)
            )
            if not (noun and paired and (mark.first <= SUBJECT_OPENING or scene.prominent)):
                continue
        place = place_hosting(scene) or place_behind(scene, mark, anywhere=True)
        return Act(scene, "talks", mark, "talks between two sides", participants(sides), place)
    return talks_ahead(scene)


def _meant(scene: Scene, mark: Mark) -> list[Mention]:
    """Whom "il" or "elle" right before the verb means: "Il s'est entretenu avec le président"."""
    who = scene.pronoun
    if who is None or who.kind not in ("person", "office") or mark.has("talks.noun") is not None:
        return []
    if not scene.has_word("pronoun", mark.first - PRONOUN_REACH, mark.first) or subjects(scene, mark):
        return []
    return [replace(who, first=mark.first, last=mark.first)]


def _alone(scene: Scene, mark: Mark) -> bool:
    """Whether a verb of meeting stands without its "se": "ont retrouvé leur foyer"."""
    word = scene.words[mark.last - 1]
    if not word.startswith(tuple(grammar("reciprocal"))) or mark.first == 0:
        return False
    if scene.has_word("mutual", mark.first - 3, mark.last) or scene.norms(mark.first - 1, mark.first) == [","]:
        return False
    return not any(m.kind == "person" and 0 <= m.first - mark.last <= OBJECT_REACH for m in scene.mentions)


def _two_sides(scene: Scene, mark: Mark, people: list[Mention], capitals: list[Mention], *, noun: bool) -> bool:
    """Whether those who meet are of two sides: two names, two countries, or somebody and his counterpart."""
    plural = [m for m in people if m.kind == "office" and m.name.lower().split()[0].endswith("s")]
    nations = _nations(scene, mark)
    if any(country_of(scene, m) in (None, "EU") or len(nations | _completing(scene, m)) > 1 for m in plural):
        return True
    if len({m.name for m in people}) > 1 or any(m.name.lower() in grammar("homologue") for m in people):
        return True
    if any(m.kind == "organisation" for m in scene.mentions if m.last <= mark.first) and scene.has_word(
        "council", mark.first, mark.last
    ):
        return True
    if noun:
        gathered = meets_between(scene, mark) or scene.has_word("council", mark.last, mark.last + BROUGHT_REACH)
        between = _between(scene, mark)
        return len(capitals) > 1 or len(between) > 1 or (gathered and len(nations | between) > 1)
    joint = scene.has_word("with", mark.first - 4, mark.last + 14)
    acting = {m.country for m in subjects(scene, mark) if m.kind in ("capital", "name", "adjective")}
    if joint and len({country_of(scene, m) for m in people[:1]} - {None} | _beside(scene, mark)) > 1:
        return True
    return len(acting) > 1 or (joint and bool(people) and bool(capitals))


def _beside(scene: Scene, mark: Mark) -> set[str | None]:
    """The countries of the offices behind "avec": "s'est entretenue avec des responsables ukrainiens"."""
    near = [m for m in scene.mentions if m.kind == "office" and 0 <= m.first - mark.last <= SIDES_REACH]
    led = [m for m in near if scene.has_word("with", m.first - 2, m.first)]
    return {country_of(scene, m) for m in led} - {None}


def _nations(scene: Scene, mark: Mark) -> set[str | None]:
    """The nations whose adjectives tell of those who meet: behind the mark, or with an office or as a people."""
    offices = {m.last for m in scene.mentions if m.kind == "office"}
    return {
        m.country
        for m in scene.mentions
        if m.kind == "adjective"
        and m.country not in (None, "EU")
        and (0 <= m.first - mark.first <= NATION_REACH or is_actor(m) or m.first in offices)
    }


def _between(scene: Scene, mark: Mark) -> set[str | None]:
    """The countries that stand behind "entre" or "avec" and a noun of meeting, or whose leaders' meeting it is."""
    of_leaders = scene.norms(mark.last, mark.last + 1) == ["des"]
    at = next((i for i in range(mark.last, len(scene.words)) if scene.words[i] in grammar("between")), len(scene.words))
    at = min(at, mark.last) if of_leaders else at
    near = [m for m in scene.mentions if 0 < m.first - at <= SIDES_REACH]
    if of_leaders and not any(m.kind == "office" for m in near):
        return set()
    return {m.country for m in near if m.country is not None}


def _completing(scene: Scene, office: Mention) -> set[str | None]:
    """The countries right behind a plural office: "des émissaires de Kyiv et de Moscou"."""
    near = [m for m in scene.mentions if 0 <= m.first - office.last <= COMPLETING_REACH]
    return {m.country for m in near if m.country is not None and m.kind != "person"}


def talks_ahead(scene: Scene) -> Act | None:
    """Talks that somebody goes to: "est arrivée à Djeddah pour des pourparlers avec les Américains".

    >>> from streams.extraction.phrase import stated
    >>> stated("Une délégation ukrainienne est arrivée à Djeddah pour des pourparlers avec les Américains.")
    ['visit', 'talks']
    """
    journeys = list(told_marks(scene, "visit"))
    for mark in scene.tagged("talks.noun") if journeys else ():
        if not scene.has_word("purpose", mark.first - 4, mark.first) or mark.first < journeys[0].last:
            continue
        countries = {m.country for m in scene.mentions if m.country is not None and not governed(scene, m)}
        if len(countries | _between(scene, mark)) > 1 or scene.tagged("talks.pair"):
            place = place_behind(scene, journeys[0])
            return Act(scene, "talks", mark, "talks that somebody goes to", participants(parties(scene)), place)
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
    nouns = [mark for mark in scene.tagged("summit.noun") if not (_press(scene, mark) or _beside_it(scene, mark))]
    noun = max(nouns, key=lambda each: each.last - each.first, default=None)
    ministers = any(m.office == "minister" for m in scene.mentions)
    many = _come_together(scene, figures) or (scene.tagged("summit.leaders") and not ministers)
    if noun is None and (not (many and scene.tagged("summit.gathering")) or _made_up_of(scene)):
        return None
    news = scene.prominent or scene.tagged("summit.leaders") or scene.tagged("status.cancelled")
    if noun is not None and meeting is None and not (figures or news or any(looks_back(scene, each) for each in nouns)):
        return None
    if (
        noun is not None
        and scene.has_word("bare_summit", noun.first, noun.last)
        and noun.last - noun.first == 1
        and not (figures or _named(scene, noun) or (many and scene.tagged("summit.gathering")))
    ):
        return None
    mark = meeting or noun or next(iter(scene.tagged("summit.gathering")), None)
    if mark is None or (scene.has_word("past", mark.first - 3, mark.first) and not scene.recalls):
        return None
    persons = [m for m in parties(scene) if m.kind == "person"]
    place = place_hosting(scene) or place_behind(scene, noun or mark, anywhere=True)
    told = (*figures, *signed_in(scene), *amounts_in(scene))
    return Act(scene, "summit", mark, "a summit or conference", participants(persons), place, told)


def _come_together(scene: Scene, figures: tuple[FigureTold, ...]) -> bool:
    """Whether it is countries that meet, or their envoys, not people of many countries."""
    for figure in figures:
        first = next((i for i, token in enumerate(scene.tokens) if token.end > figure.start), 0)
        owned = scene.norms(first - 1, first) in (["de"], ["d'"])
        if not owned or scene.has_word("sent_by", first - 8, first - 1):
            return True
    return False


def _made_up_of(scene: Scene) -> bool:
    """Whether a coalition only has so many members: "elle rassemble 15 pays", where no meeting was spoken of."""
    if scene.prominent or scene.sentence.dates or scene.sentence.places or "summit.noun" in scene.around:
        return False
    reflexive = (scene.has_word("mutual", mark.first - 1, mark.first + 1) for mark in scene.tagged("summit.gathering"))
    return scene.has_word("comprising", 0, len(scene.words)) and not any(reflexive)


def _beside_it(scene: Scene, mark: Mark) -> bool:
    """Whether others met only beside it: "se sont retrouvés en marge d'un sommet"."""
    return bool(scene.tagged("talks.")) and scene.has_word("margin", mark.first - MARGIN_REACH, mark.first)


def _press(scene: Scene, mark: Mark) -> bool:
    return scene.has_word("press", mark.last, mark.last + 2)


def _named(scene: Scene, mark: Mark) -> bool:
    following = scene.norms(mark.last, mark.last + 4)
    farther = scene.has_word("conference_matter", mark.last, mark.last + MATTER_REACH)
    return (
        farther
        or bool(grammar("named_summit") & set(following))
        or any(token.capital for token in scene.tokens[mark.last : mark.last + 4])
    )
