"""Which items can tell a strike of this war, and which of the strikes found in them are its own."""

import re

from schemas.records import Place
from streams.extraction.strikes.events import UKRAINE, ItemStrikes
from streams.extraction.strikes.strike import Strike
from streams.languages.fr.strikes.words import FATAL, HEAVY, WEAPONS, Wording
from streams.reading.document import Document

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
DEEDS = "bombardements?|combats?|guerre|bataille|massacres?|famine|siège|pogroms?|victimes|rafles?|attentats?|morts"
MADE = (
    "date", "construit", "construite", "bâti", "bâtie", "né", "née", "fondé", "fondée", "ouvert", "ouverte", "inauguré",
    "inaugurée", "créé", "créée",
)  # fmt: skip
ANY_YEAR = re.compile(r"(?:1[5-9]|20[01])\d\d")
EARLIER_YEAR = re.compile(
    rf"(?<!\w)(?:{''.join(f'(?<!{word} )' for word in MADE)}en|{DEEDS} de|{MONTHS}|l['’]été|l['’]hiver)"
    rf"(?:\sde)?\s(?:1[5-9]\d\d|200\d|201[0-3])(?![\w,.]\d|\d|\s(?:\d|\w+s\b))"
)
OFFICES = frozenset(
    (
        "chancelier", "chancelière", "ministre", "ministère", "gouvernement", "président", "présidente", "diplomatie",
        "ambassade", "ambassadeur", "chancellerie", "parlement", "députés", "premier", "chef", "cheffe", "défense",
    )
)  # fmt: skip
OTHER_TOPIC = 2
OTHER_TOPIC_DESPITE_WEAPONS = 4
BELLIGERENTS = frozenset(("UA", "RU"))
OF_THIS_WAR = frozenset(("weapon.drone", "weapon.missile", "weapon.ballistic-missile", "weapon.cruise-missile"))
OURS = frozenset(("scene.ukrainian", "scene.russian"))


def war_told_from(wordings: list[Wording], placed: int | None) -> int | None:
    """The index of the first sentence that names a belligerent of this war; None where the item tells another thing.

    `placed` is the first sentence with a place of its country. What is told before it is this war's only if it has a
    weapon of war: a gunfight in Marseille is none, though a later sentence says that the gun came from Ukraine.
    """
    topics: set[str] = set()
    belligerent = old = 0
    armed = heavy = fatal = accident = modern = False
    first: int | None = None
    for wording in wordings:
        for index in wording.subjects:
            tags = wording.tags(index)
            if "other.certain" in tags and not (heavy and placed is not None and placed < wording.sentence.index):
                return None  # told after a weapon of this war it is the news of another place, in the page's margin
            if "other.topic" in tags:
                topics.add(wording.sentence.tokens[index].norm.rstrip("s"))
            accident = accident or "other.accident" in tags
            armed = armed or not tags.isdisjoint(WEAPONS)
            modern = modern or (placed is not None and not tags.isdisjoint(OF_THIS_WAR))
            heavy = heavy or not tags.isdisjoint(HEAVY)
            fatal = fatal or not tags.isdisjoint(FATAL)
            old += "scene.old_war" in tags and not _is_office(wording, index)
            if not tags.isdisjoint(OURS):
                belligerent += 1
                first = wording.sentence.index if first is None else first
        if accident and not heavy:
            return None  # a weapon told after the accident is one that somebody rules out
    if len(topics) >= (OTHER_TOPIC_DESPITE_WEAPONS if armed and fatal else OTHER_TOPIC):
        return None
    if old and belligerent <= old:
        return None
    if old and _opens_elsewhere(wordings, placed):
        return None
    for wording in wordings:
        text = wording.sentence.text
        if modern and not wording.core:
            continue  # "Le bâtiment avait servi d'hôpital en 1943": what a drone or missile has struck
        if ANY_YEAR.search(text) is not None and EARLIER_YEAR.search(text) is not None:
            return None
    return min((index for index in (first, placed) if index is not None), default=None)


def _opens_elsewhere(wordings: list[Wording], placed: int | None) -> bool:
    """ "Soudan : 60 morts dans une frappe": the first sentence tells another war, and names nobody of this one."""
    first = wordings[0]
    tags = {tag for index in first.subjects for tag in first.tags(index)}
    told = "scene.old_war" in tags and tags.isdisjoint(OURS)
    return (
        told
        and (placed is None or placed > first.sentence.index)
        and not any(_is_office(first, index) for index in first.subjects)
    )


def _is_office(wording: Wording, index: int) -> bool:
    """ "Le chancelier allemand a condamné": a government of today."""
    return any(token.norm in OFFICES for token in wording.sentence.tokens[max(0, index - 3) : index])


def first_placed(document: Document) -> int | None:
    """The index of the first sentence that names a place of a belligerent's country; None where none does."""
    for sentence in document.sentences:
        if any(mention.place.country in BELLIGERENTS for mention in sentence.places):
            return sentence.index
    return None


def of_this_war(found: ItemStrikes, strike: Strike, named: int) -> bool:
    """Whether a strike is this war's: by its place, by a weapon, or as told once a belligerent had been named."""
    if _is_ours(strike.place) and strike.place is not UKRAINE:
        return True
    if not strike.figures and strike.place is not None and strike.place.country is None and strike.place.region is None:
        return False  # a name that no gazetteer knows, nothing told of it
    others = (other.place for other in found.strikes if other.place is not UKRAINE)
    if strike.parent is not None or any(_is_ours(place) for place in others):
        return True
    sentences = strike.sentences
    told = not sentences or sentences[-1].index >= named
    if strike.figures and all(each.found.measure == "attacks" for each in strike.figures):
        return told and any(scene.units.tells("scene.russian", "scene.ukrainian") for scene in strike.scenes)
    return told or bool(strike.weapons)


def _is_ours(place: Place | None) -> bool:
    return place is not None and place.country in BELLIGERENTS
