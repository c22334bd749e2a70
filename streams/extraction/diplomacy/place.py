"""Where aid, sanctions, votes and agreements were decided, where no word of the act itself tells the place."""

import re
from collections.abc import Sequence

from msgspec import structs

from schemas.enumerations import DiplomacyKind
from schemas.records import Place
from streams.extraction.diplomacy.act import Act, city, place_behind
from streams.extraction.diplomacy.groups import Group
from streams.languages.fr.diplomacy.scene import country_of
from streams.languages.fr.diplomacy.telling import apposed
from streams.reading.document import Document

DECIDED: frozenset[DiplomacyKind] = frozenset(("aid", "sanctions", "vote", "agreement", "summit", "appointment"))
MEETINGS: frozenset[DiplomacyKind] = frozenset(("visit", "talks", "summit", "agreement"))
AT_A_MEETING: frozenset[DiplomacyKind] = frozenset(("aid", "agreement"))
UNITED = frozenset((None, "EU", "UN"))
WORD = r"[^\W\d_]{2,20}"
CITY = rf"(?P<city>{WORD}(?:[ -]{WORD}){{0,2}})"
DATELINE = re.compile(rf"[ \t]*{CITY} ?(?:\([^)\n]{{1,30}}\) ?)?(?:, (?:le )?\w|[–—|-] )")


def decided_in(document: Document, group: Group, beside: Sequence[Group]) -> Place | None:
    """The town of a decision: of the meeting it was told at, of the capital that decides, or of the dateline."""
    if group.kind not in DECIDED:
        return None
    gathered = next((place for act in group.acts if (place := _gathered(act)) is not None), None)
    if gathered is not None:
        return gathered
    if group.kind in AT_A_MEETING:
        leads = _leads(group.acts)
        for other in beside:
            happened = any(each.status == "occurred" for each in other.timings)
            if other is group or other.kind not in MEETINGS or not happened:
                continue
            place = next((act.place for act in other.acts if _town(act.place)), None)
            if place is not None and not leads.isdisjoint(_leads(other.acts)):
                return place
    if group.kind in ("aid", "sanctions"):
        for act in group.acts:
            place = city(act.scene, act.actors[0][0]) if act.actors else None
            if place is not None:
                return place
    return _of_dateline(document, group) if len(document.items) == 1 else None


def _gathered(act: Act) -> Place | None:
    """Where those who decide are told to have met: "Réunis samedi à Riga, vingt et un États ont signé"."""
    for mark in act.scene.tagged("summit.gathering"):
        if apposed(act.scene, mark):
            return place_behind(act.scene, mark)
    return None


def _leads(acts: Sequence[Act]) -> set[str]:
    return {country_of(act.scene, mention) or mention.name for act in acts for mention, _ in act.actors}


def _town(place: Place | None) -> bool:
    return place is not None and place.precision in ("settlement", "site")


def _of_dateline(document: Document, group: Group) -> Place | None:
    """The town before the first line's day, where it is of the country that decides or of a union's seat."""
    match = DATELINE.match(document.bulletin.text)
    if match is None:
        return None
    found = document.pack.find_places(f"à {match['city'].title()}")
    place = next((each.place for each in found if _town(each.place)), None)
    if place is None:
        return None
    leads = {country_of(act.scene, mention) for act in group.acts for mention, _ in act.actors}
    if group.kind in ("vote", "summit") or leads <= UNITED or place.country in leads:
        return structs.replace(place, name=match["city"])
    return None
