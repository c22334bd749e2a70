"""The visits and calls that a sentence tells.

Each rule looks at one scene and gives the act it tells, with its actors and figures, or None.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from schemas.enumerations import Role, Status
from schemas.records import Place
from streams.extraction.diplomacy.act import (
    Act,
    participants,
    place_ahead,
    place_behind,
    place_described,
    place_named,
)
from streams.extraction.diplomacy.elliptic import JOURNEY, elliptic_visit, present_abroad, received, rung
from streams.languages.fr.diplomacy.scene import (
    Scene,
    country_of,
    explains,
    governed,
    grammar,
    is_actor,
    parties,
    subjects,
)
from streams.languages.fr.diplomacy.telling import told_marks
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark

OPENING_REACH = 10
NOUN_REACH = 3
LINE_REACH = 8
DENIED_REACH = 4
MOST_PLACES = 12
STATION_REACH = 4
DENIAL_REACH = 3
OFFICE_TAIL = 6
BELLIGERENTS = frozenset(("UA", "RU"))
OWNER_REACH = 8
HOST_REACH = 12
PRONOUN_REACH = 5
CALLED_OFF = frozenset(("status.cancelled", "status.postponed"))


def visit(scene: Scene) -> Act | None:
    """A politician or envoy goes somewhere abroad: "le ministre danois est arrivé à Kyiv".

    >>> from streams.extraction.phrase import stated
    >>> stated('Le ministre danois des Affaires étrangères est arrivé à Kyiv.')
    ['visit']
    """
    return journey(scene) or present_abroad(scene) or elliptic_visit(scene) or received(scene)


def journey(scene: Scene) -> Act | None:
    """A visit told by its verb or noun, with who goes and where to."""
    for mark in (*told_marks(scene, "visit"), *_given_up(scene)):
        actors = _travellers(scene, mark)
        if not actors:
            continue
        if mark.last - mark.first == 2 and scene.has_word("at", mark.last - 1, mark.last):
            end = scene.tokens[mark.last - 1].end
            place = next((p.place for p in scene.sentence.places if abs(p.start - end) <= 2), None)
            if mark.first - actors[-1].last > (OFFICE_TAIL if actors[-1].kind == "office" else 2):
                continue
        else:
            named = mark.has("visit.noun") is not None
            place = place_behind(scene, mark, anywhere=named) or place_named(scene, mark)
            place = place or place_described(scene, mark) or _left_behind(scene, mark)
        if mark.has("visit.infinitive") is not None and scene.has_word("before_going", mark.first - 2, mark.first):
            actors = actors[:1]
        visitor = actors[-1] if actors[-1].kind == "person" else _holder(scene, actors[-1])
        home = country_of(scene, visitor) or country_of(scene, actors[-1]) or _of_office(scene, visitor, actors)
        place = place or (place_ahead(scene, mark) if home is not None else None)
        if place is None or (place.country is not None and place.country == home):
            continue
        if scene.has_word("hosting", mark.first, mark.last) and _hosted(scene, mark):
            continue
        if home is None and place.country in BELLIGERENTS and _of_the_land(scene, visitor):
            continue
        role: Role = "envoy" if any(m.office == "envoy" for m in actors) else "participant"
        status: Status | None = "cancelled" if _denied(scene, mark) else None
        visitor = visitor if visitor.country is not None else replace(visitor, country=home)
        return Act(scene, "visit", mark, JOURNEY, ((visitor, role),), place, status=status)
    return None


def _of_office(scene: Scene, visitor: Mention, actors: Sequence[Mention]) -> str | None:
    """The country of the office right before its holder: "la présidente slovène Natasa Pirc Musar"."""
    near = (m for m in actors if m.kind == "office" and 0 <= visitor.first - m.last <= OFFICE_TAIL)
    return next((country for country in (country_of(scene, m) for m in near) if country is not None), None)


def _hosted(scene: Scene, mark: Mark) -> bool:
    """Whether those who receive a guest stand behind "par", so that they meet: "reçu à Pékin par le ministre"."""
    near = [m for m in scene.mentions if 0 <= m.first - mark.last <= HOST_REACH and is_actor(m)]
    return any(scene.has_word("agent", m.first - 3, m.first) for m in near)


def _of_the_land(scene: Scene, visitor: Mention) -> bool:
    """Whether an office without its country is of the land it travels in: "le ministre a visité un pont à Kherson"."""
    name = visitor.name.lower()
    if visitor.kind != "office" or not name.startswith(tuple(grammar("of_the_land"))) or "commission" in name:
        return False
    if scene.has_word("outsiders", visitor.last, visitor.last + 1):
        return False
    near = (m for m in scene.mentions if 0 <= m.first - visitor.last <= OFFICE_TAIL)
    return not any(m.kind == "organisation" for m in near) and not scene.prominent


def _left_behind(scene: Scene, mark: Mark) -> Place | None:
    """Where somebody is back from: "est rentrée vendredi de Kharkiv"."""
    if not scene.words[mark.first].startswith(tuple(grammar("returning"))):
        return None
    end = scene.tokens[mark.last - 1].end
    for mention in scene.sentence.places:
        before = scene.sentence.text[max(0, mention.start - 3) : mention.start].lower()
        if mention.start > end and before.endswith(("de ", "d'", "d’")):
            return mention.place
    return None


def stations(act: Act) -> list[Act]:
    """The further stations of a journey: "jeudi à Bratislava puis vendredi à Vienne"."""
    scene, found = act.scene, [act]
    home = act.actors[0][0].country
    for mention in scene.sentence.places[:MOST_PLACES]:
        first = next((i for i, token in enumerate(scene.tokens) if token.start >= mention.start), 0)
        last = found[-1].mark.last
        between = [word for word in scene.norms(last, first) if not _dated(scene, word)]
        known = mention.place.country in (None, home) or first <= last or found[-1].place is None
        if known or len(between) > STATION_REACH or not {"puis", "et", "ensuite"} & set(between):
            if found[-1].place == mention.place:
                found[-1] = replace(found[-1], mark=replace(found[-1].mark, last=first + 1))
            continue
        if between[-1:] and between[-1] in grammar("towards") and set(between) <= grammar("between_stations"):
            mark = Mark(first, first + 1, act.mark.tags)
            found.append(replace(act, mark=mark, place=mention.place, after=found[0]))
    return found[1:]


def _dated(scene: Scene, word: str) -> bool:
    return any(word in scene.sentence.text[day.start : day.end].lower().split() for day in scene.sentence.dates)


def _denied(scene: Scene, mark: Mark) -> bool:
    return scene.has_word("fully_negated", mark.last, mark.last + DENIAL_REACH) and scene.has_word(
        "negation", mark.first - 2, mark.last
    )


def _given_up(scene: Scene) -> list[Mark]:
    """Journeys denied that had been expected: "n'ira finalement pas au Maroc, où il était attendu"."""
    expected = not CALLED_OFF.isdisjoint(scene.around) or not grammar("expected").isdisjoint(scene.words)
    return [mark for mark in scene.tagged("visit.finite") if _denied(scene, mark)] if expected else []


def _travellers(scene: Scene, mark: Mark) -> list[Mention]:
    """Persons and leading offices before the mark in its clause, else right behind its noun or first word."""
    actors = [m for m in subjects(scene, mark) if m.kind in ("person", "office")]
    actors = actors or _lawmakers(scene, mark)
    if actors:
        return actors
    if scene.pronoun is not None and scene.pronoun.kind in ("person", "office") and _pronoun_goes(scene, mark):
        return [replace(scene.pronoun, first=mark.first, last=mark.first)]
    if mark.first > 0 and mark.has("visit.noun") is None:
        return []
    if scene.has_word("own", mark.first - 1, mark.first):
        near = [m for m in parties(scene) if 0 <= m.first - mark.last <= HOST_REACH]
        return near[:1] or ([scene.pronoun] if scene.pronoun is not None and scene.pronoun.kind == "person" else [])
    reach = OPENING_REACH if mark.first == 0 else NOUN_REACH
    people = [m for m in scene.mentions if is_actor(m) and m.kind in ("person", "office")]
    if mark.first > 0:
        owners = [m for m in people if {"de", "du", "des", "d'"} & set(scene.norms(m.first - 2, m.first))]
        owner = next((m for m in owners if 0 <= m.first - mark.last <= OWNER_REACH), None)
        if owner is not None:
            return [owner]
    return [m for m in people if 0 <= m.first - mark.last <= reach]


def _lawmakers(scene: Scene, mark: Mark) -> list[Mention]:
    """Members of a foreign parliament who go: "trois sénateurs américains sont arrivés à Kyiv"."""
    found = [m for m in scene.mentions if m.office == "official" and 0 < mark.first - m.last <= OPENING_REACH]
    found = [m for m in found if m.name.lower().startswith(tuple(grammar("lawmaker")))]
    return [m for m in found if country_of(scene, m) not in (None, "UA", "RU")]


def _pronoun_goes(scene: Scene, mark: Mark) -> bool:
    """Whether "il" or "elle" is who goes: before the verb, or behind a participle that opens the sentence."""
    if mark.first == 0:
        return scene.has_word("pronoun", mark.last, mark.last + OPENING_REACH)
    return scene.has_word("pronoun", mark.first - PRONOUN_REACH, mark.first)


def _holder(scene: Scene, office: Mention) -> Mention:
    """The person who holds an office and is named beside it, else the office."""
    for mention in scene.mentions:
        if mention.kind == "person" and 0 <= mention.first - office.last <= 6:
            return mention
        if explains(scene, mention, office):
            return mention
    return office


def call(scene: Scene) -> Act | None:
    """Two sides on the telephone: "les deux présidents se sont entretenus par téléphone".

    >>> from streams.extraction.phrase import stated
    >>> stated('Le président finlandais a téléphoné à Volodymyr Zelensky.')
    ['call']
    """
    wire = next(iter(scene.tagged("call.wire")), None)
    mark = next((m for m in told_marks(scene, "call") if not _called_alone(scene, m)), None) or rung(scene)
    if mark is None and wire is not None:
        mark = next(told_marks(scene, "talks"), None) or next(iter(scene.tagged("call.spoken")), None)
    people = parties(scene)
    if mark is not None and not people and mark.has("call.noun") is not None:
        people = [m for m in scene.mentions if m.kind in ("capital", "name") and not governed(scene, m)]
        people = people if len(people) > 1 else []
    if mark is None and wire is not None and people:
        spoken = scene.has_word("on_the_line", wire.first - LINE_REACH, wire.first)
        mark = wire if len(people) > 1 or (spoken and scene.has_word("line", wire.first, wire.last)) else None
    if mark is None and (len(people) >= 2 or any(m.name.lower().split()[0].endswith("s") for m in people)):
        mark = next(iter(scene.tagged("call.noun")), None)
    both = mark is not None and any(
        word == "deux" and scene.has_word("both", i + 1, i + 2) for i, word in enumerate(scene.words[: mark.first])
    )
    if mark is None or not (people or both) or scene.has_word("denying", mark.first - DENIED_REACH, mark.first):
        return None
    return Act(scene, "call", mark, "a telephone call", participants(people))


def _called_alone(scene: Scene, mark: Mark) -> bool:
    """Whether "appeler" stands without "se", so that its object decides: "a appelé dimanche à une trêve"."""
    plain = mark.last - mark.first == 1 and scene.has_word("calling", mark.first, mark.last)
    return plain and not scene.has_word("mutual", mark.first - 3, mark.first)
