"""The strikes of a bulletin: each place and its toll one claim, title, lead, headline and body joined."""

import re

from streams.extraction.claims import Claim, Trace
from streams.extraction.strike_claims import claims_of
from streams.extraction.strike_items import ItemReader
from streams.languages.fr.strike_units import phrases_of
from streams.reading.document import Document, Sentence

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
EARLIER_YEAR = re.compile(
    rf"(?<!\w)(?:en|de|{MONTHS}|l['’]été|l['’]hiver)\s(?:1[5-9]\d\d|200\d|201[0-3])(?![\w,.]\d|\d|\s(?:\d|\w+s\b))"
)
OTHER_TOPIC = 2
OTHER_TOPIC_DESPITE_WEAPONS = 4
WEAPONS = frozenset(("weapon.drone", "weapon.missile", "weapon.glide-bomb", "weapon.bomb", "weapon.ballistic-missile"))
FATAL = frozenset(("victim.killed", "victim.injured", "fate.killed", "fate.injured", "cause.killed", "harm.destroyed"))


def extract(document: Document, trace: Trace) -> list[Claim]:
    """The claims of every strike that the bulletin tells, in the order of their first telling."""
    claims: list[Claim] = []
    for item in document.items:
        sentences = document.sentences_of(item.position)
        if item.position == 1:
            sentences = [*document.sentences_of(0), *sentences]
        if not _is_about_the_war(document, sentences):
            continue
        found = ItemReader(document, item.position, trace).read(sentences)
        claims.extend(claims_of(document, found))
    return claims


def _is_about_the_war(document: Document, sentences: list[Sentence]) -> bool:
    """Whether an item can tell a strike of this war: it names a belligerent, no day before 2014, no other subject."""
    topics: set[str] = set()
    belligerent = old = 0
    armed = fatal = False
    for sentence in sentences:
        for index, (_, tags) in enumerate(phrases_of(sentence)):
            if not tags:
                continue
            if "other.certain" in tags:
                return False
            if "other.topic" in tags:
                topics.add(sentence.tokens[index].norm.rstrip("s"))
            armed = armed or not tags.isdisjoint(WEAPONS)
            fatal = fatal or not tags.isdisjoint(FATAL)
            old += "scene.old_war" in tags
            belligerent += "scene.ukrainian" in tags or "scene.russian" in tags
    if len(topics) >= (OTHER_TOPIC_DESPITE_WEAPONS if armed and fatal else OTHER_TOPIC):
        return False
    if not belligerent and not any(
        mention.place.country in {"UA", "RU"} for sentence in document.sentences for mention in sentence.places
    ):
        return False
    if any(EARLIER_YEAR.search(sentence.text) for sentence in sentences):
        return False
    return not old or belligerent > old
