"""Where an event of military personnel happened, where its sentences or the one right behind them say so."""

from collections.abc import Sequence

from schemas.enumerations import PersonnelKind
from schemas.records import Place
from streams.extraction.personnel.events import MUTUAL, ONE_SIDED, Group
from streams.extraction.personnel.telling import time_mark
from streams.languages.fr.people import people_words
from streams.languages.fr.personnel.scope import token_at
from streams.languages.fr.personnel.sentence import grammar, parse
from streams.languages.pack import PlaceMention
from streams.reading.document import Sentence

PLACED: frozenset[PersonnelKind] = frozenset(("deployment", "desertion", "captivity", "losses", "training"))
GATHERED: frozenset[PersonnelKind] = frozenset(("recruitment", "mobilisation", "transfer"))
GROUND = ("UA", "RU")
BEFORE_PLACE = 22
VENUE_REACH = 9
OPENING = 3
MOST_PLACES = 12


def place_of(group: Group, sentences: Sequence[Sentence]) -> Place | None:
    """The first place its sentences give for it, or that of "La capture a eu lieu mercredi dans la région de Koursk".

    An exchange or a hand-over has one only where the text says that it happened, or that people arrived, there.
    """
    told = group.sentences()
    return _first_place(group.kind, told) or _first_place(group.kind, told_again(group, sentences))


def told_again(group: Group, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences right behind those of an event that take it up again with when or where: "L'échange a eu lieu"."""
    indices = {sentence.index + 1 for sentence in group.sentences()}
    return [each for each in sentences if each.index in indices and _takes_up(each)]


def _takes_up(sentence: Sentence) -> bool:
    norms = sentence.norms
    if len(norms) <= OPENING or norms[0] not in grammar("taking_up"):
        return False
    arriving = tuple(grammar("arriving"))
    if grammar("happening").isdisjoint(norms) and not any(norm.startswith(arriving) for norm in norms):
        return False
    return not grammar("event_noun").isdisjoint(norms[1:OPENING])


def _first_place(kind: PersonnelKind, sentences: Sequence[Sentence]) -> Place | None:
    if kind not in PLACED | GATHERED | MUTUAL:
        return None
    for sentence in sentences:
        for mention in sentence.places[:MOST_PLACES]:
            if _stands(kind, sentence, mention):
                return mention.place
    return None


def _stands(kind: PersonnelKind, sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether a place behind "à", "dans", "près de" … is the event's; losses and captures only on this war's ground."""
    before = sentence.text[max(0, mention.start - BEFORE_PLACE) : mention.start].lower().replace("’", "'").split()[-3:]
    if not _located(before, mention.place) or not grammar("travelling").isdisjoint(before):
        return False
    if any("speech.verb" in people_words().tags(word) for word in before):
        return False
    abroad = mention.place.country not in GROUND
    if kind in MUTUAL:
        return (abroad or mention.place.precision != "country") and _venue(sentence, mention)
    if kind in ONE_SIDED:
        return not abroad and sentence.section != "title"
    if kind in GATHERED:
        finer = not abroad and mention.place.precision != "country"
        finer = finer and grammar("bearing").isdisjoint(before)
        return finer and sentence.section != "title" and grammar("decree").isdisjoint(sentence.norms)
    return True


def _venue(sentence: Sentence, mention: PlaceMention) -> bool:
    """Whether an exchange is told to happen at a place, or people to arrive there, not to have been held there."""
    parsed = parse(sentence)
    first = token_at(parsed, mention.start)
    before = sentence.norms[max(0, first - VENUE_REACH) : first]
    happening, arriving = grammar("happening"), tuple(grammar("arriving"))
    told = [i for i, norm in enumerate(before) if norm in happening or norm.startswith(arriving)]
    if not told or time_mark(parsed):
        return False
    between = before[told[-1] :]
    if not grammar("held_since").isdisjoint(between) or not grammar("stop").isdisjoint(between):
        return False
    return not any("speech.verb" in people_words().tags(norm) for norm in between)


def _located(before: Sequence[str], place: Place) -> bool:
    """Whether the words before a place lead to it: "à", "dans la", "près de"; "de la" to a region."""
    words = [word.rstrip("'") for word in before]
    if not words:
        return False
    where = grammar("where")
    led = len(words) > 1 and words[-1] in grammar("where_article") and words[-2] in where
    return words[-1] in where or led or (place.precision == "region" and words[-1] in grammar("region_article"))
