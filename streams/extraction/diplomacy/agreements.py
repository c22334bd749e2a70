"""Agreements that a sentence tells: signed, reached or left, by states, unions and their leaders."""

from datetime import timedelta

from schemas.records import Place
from streams.extraction.diplomacy.act import (
    Act,
    FigureTold,
    amounts_in,
    countries_in,
    participants,
    place_ahead,
    place_behind,
    signed_in,
)
from streams.extraction.diplomacy.elliptic import deed
from streams.languages.fr.diplomacy.scene import Scene, country_of, governed, is_actor, subjects
from streams.languages.fr.diplomacy.telling import told_marks
from streams.languages.marks import Mark

FARTHEST_BACK = 6
FARTHEST_PASSIVE = 24
LEAVING_PHRASE = 3
PRONOUN_REACH = 5
LEFT_REACH = 3
FARTHEST_DAY = 3
NEWS_DAYS = timedelta(days=7)


def agreement(scene: Scene) -> Act | None:
    """Signed, or left: "les deux pays ont paraphé le texte", "le Kremlin est sorti de l'accord".

    >>> from streams.extraction.phrase import stated
    >>> stated('Kyiv et Oslo ont signé un accord sur les drones.')
    ['agreement']
    """
    nouns = scene.tagged("agreement.noun")
    alone = next(iter(scene.tagged("agreement.alone")), None)
    leaving = scene.tagged("agreement.leave")
    if not nouns and alone is None and not leaving:
        return None
    sides = [
        m
        for m in scene.mentions
        if is_actor(m) and (not governed(scene, m) or scene.has_word("partner", m.first - 2, m.first))
    ]
    countries = {country_of(scene, m) or m.name for m in sides}
    countries |= {"pair"} if scene.tagged("talks.pair") else set()
    for mark in leaving:
        left = any(m.kind == "organisation" and 0 < m.first - mark.last <= LEFT_REACH for m in scene.mentions)
        states = any(m.kind in ("name", "capital") for m in subjects(scene, mark))
        named = mark if mark.last - mark.first >= LEAVING_PHRASE or (left and states) else None
        noun = next((each for each in nouns if 0 < each.first - mark.last <= 8), named)
        leavers = [m for m in subjects(scene, mark) if m.kind != "office" or country_of(scene, m) is not None]
        if noun is not None and scene.has_word("without", mark.last, noun.first):
            continue
        if noun is not None and leavers and not scene.has_word("past", mark.first - 3, mark.first):
            return Act(scene, "agreement", mark, "an agreement left", participants(leavers[-1:]), withdrawn=True)
    signed = _signatories(scene)
    done = deed(scene, "agreement") or (alone if len(countries) >= 2 else None)
    if done is not None and countries:
        place = place_behind(scene, done, anywhere=True)
        told = (*signed, *amounts_in(scene))
        return Act(scene, "agreement", done, "an agreement concluded", participants(sides), place, told)
    for mark in told_marks(scene, "agreement"):
        if mark.has("agreement.noun") is not None:
            continue
        passive = scene.has_word("being", mark.first - 3, mark.first)
        taken_up = scene.has_word("restrictive", mark.first - FARTHEST_PASSIVE, mark.first)
        back = FARTHEST_PASSIVE if passive or taken_up else FARTHEST_BACK
        noun = next((each for each in nouns if -back <= each.first - mark.last <= 12), None)
        weak = noun is not None and scene.has_word("weak_agreement", noun.first, noun.last)
        weak = weak and not _with_a_country(scene, mark)
        known = {country_of(scene, m) or (m.name if m.kind == "organisation" else None) for m in sides} - {None}
        if noun is None or not (countries or signed) or (weak and not signed and len(known) < 2):
            continue
        if not (signed or passive or scene.prominent or _signing(scene, mark)):
            continue
        figures = (*signed, *amounts_in(scene))
        return Act(
            scene, "agreement", mark, "an agreement concluded", participants(sides), _signed_in(scene, mark), figures
        )
    lately = _signed_lately(scene) if len(countries) > 1 else None
    if lately is None:
        return None
    return Act(scene, "agreement", lately, "an agreement concluded", participants(sides), _signed_in(scene, lately))


def _signed_in(scene: Scene, mark: Mark) -> Place | None:
    return place_behind(scene, mark) or place_ahead(scene, mark)


def _signed_lately(scene: Scene) -> Mark | None:
    """The participle of an agreement told with the day of its signing: "le protocole signé lundi par Kyiv et Oslo"."""
    anchor, starts = scene.sentence.document.anchor, {noun.last for noun in scene.tagged("agreement.noun")}
    for mark in scene.tagged("agreement.participle"):
        if mark.first not in starts and mark.first - 1 not in starts:
            continue
        end = scene.tokens[min(mark.last + FARTHEST_DAY, len(scene.tokens)) - 1].end
        for day in scene.sentence.dates:
            near = scene.tokens[mark.last - 1].end < day.start <= end and day.precision == "day"
            if near and day.first is not None and anchor is not None and abs(anchor - day.first) <= NEWS_DAYS:
                return mark
    return None


def _signing(scene: Scene, mark: Mark) -> bool:
    """Whether a side stands before the verb in its clause, or behind "avec", "entre" or "par"."""
    led = [m for m in scene.mentions if is_actor(m) and scene.has_word("partner", m.first - 2, m.first)]
    named = any(scene.has_word(key, mark.first - PRONOUN_REACH, mark.first) for key in ("pronoun", "anybody"))
    return len(led) > 1 or (bool(led) and named) or bool(subjects(scene, mark))


def _with_a_country(scene: Scene, mark: Mark) -> bool:
    """Whether a country, its capital or its leader stands behind "avec", not just an office of its own."""
    return any(
        mark.first <= m.first <= mark.last + 9
        and scene.has_word("with", m.first - 2, m.first)
        and (m.country is not None or m.kind == "organisation")
        for m in scene.mentions
    )


def _signatories(scene: Scene) -> tuple[FigureTold, ...]:
    if next(iter(scene.tagged("countries.sign")), None) is None:
        return ()
    counted = tuple(FigureTold("signatories", each.quantity, each.start, each.end) for each in countries_in(scene))
    return (signed_in(scene) or counted) if counted else ()
