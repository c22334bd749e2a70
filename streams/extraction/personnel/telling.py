"""Events of military personnel that a sentence tells without a figure: an exchange under way, a unit broken up."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.enumerations import PersonnelKind
from streams.languages.fr.personnel.moves import from_place_to_place
from streams.languages.fr.personnel.scope import since, token_at
from streams.languages.fr.personnel.sentence import Parsed, grammar
from streams.languages.marks import Mark
from streams.languages.pack import DateMention
from streams.reading.document import Sentence

AUXILIARY_REACH = 4
POST_REACH = 14
LEADING_REACH = 7
UNIT_REACH = 7
MARK_REACH = 4
TELLING = frozenset(
    ("pred.exchanged", "pred.transfer", "pred.leave", "pred.desert", "pred.killed", "appoint.verb", "appoint.lead")
)
HELD = frozenset(("noun.prisoner", "swap.word"))
CALLED_OFF = frozenset(("status.postponed", "status.cancelled"))
EXCHANGED = frozenset(("noun.soldier", "noun.officer", "pred.injured"))


@dataclass(slots=True)
class Telling:
    """A sentence that tells an event of this kind without counting anybody."""

    parsed: Parsed
    kind: PersonnelKind
    day: DateMention | None
    rule: str

    @property
    def sentence(self) -> Sentence:
        """The sentence that tells it."""
        return self.parsed.sentence


def told_without_figures(parsed_sentences: Sequence[Parsed]) -> list[Telling]:
    """The tellings of an item, in order."""
    found = []
    for parsed in parsed_sentences:
        if parsed.tells(TELLING):
            telling = _appointment(parsed) or _exchange(parsed) or _unit(parsed) or _captives(parsed)
            if telling is not None:
                found.append(telling)
    return found


def _day(parsed: Parsed) -> DateMention | None:
    for day in parsed.sentence.dates:
        if day.precision in ("day", "night") and not since(parsed, token_at(parsed, day.start)):
            return day
    return None


def _exchange(parsed: Parsed) -> Telling | None:
    """ "Les deux camps ont échangé hier des dizaines de captifs": dated, or said to go on, of prisoners."""
    if "pred.exchanged" not in parsed.keys:
        return None
    if time_mark(parsed):
        return None
    held = parsed.tells(HELD) or any("réciproque" in norm for norm in parsed.norms)
    if parsed.tells(CALLED_OFF) and (held or parsed.tells(EXCHANGED)):
        return Telling(parsed, "prisoner-exchange", _day(parsed), "an exchange of prisoners called off")
    if not held or "status.announced" in parsed.keys:
        return None
    day = _day(parsed)
    if day is None and not ("status.ongoing" in parsed.keys and "scope.window" in parsed.keys):
        return None
    return Telling(parsed, "prisoner-exchange", day, "an exchange of prisoners with its day")


def time_mark(parsed: Parsed) -> bool:
    """Whether every exchange only says when something else was: "au lendemain de l'échange de prisonniers"."""
    swaps = parsed.tagged("pred.exchanged") or parsed.tagged("swap.word")
    return bool(swaps) and all(
        not grammar("time_mark").isdisjoint(parsed.norms[max(0, mark.first - MARK_REACH) : mark.first])
        for mark in swaps
    )


def _appointment(parsed: Parsed) -> Telling | None:
    """ "Le général a été nommé commandant en chef": a post of the army filled or emptied."""
    posts = parsed.tagged("appoint.post")
    if not posts:
        return None
    if _put_at_the_head(parsed, posts):
        return Telling(parsed, "appointment", _day(parsed), "a post of the army filled or emptied")
    for mark in parsed.tagged("appoint.verb"):
        before = parsed.norms[max(0, mark.first - AUXILIARY_REACH) : mark.first]
        participle = parsed.norms[mark.first].endswith(tuple(grammar("participle_ending")))
        told = parsed.sentence.section in ("title", "lead", "headline") or not grammar("appointing").isdisjoint(before)
        told = told or not (participle or _nominal(parsed, mark))
        if told and any(abs(post.first - mark.first) <= POST_REACH for post in posts):
            return Telling(parsed, "appointment", _day(parsed), "a post of the army filled or emptied")
    return None


def _put_at_the_head(parsed: Parsed, posts: Sequence[Mark]) -> bool:
    """ "A été placé mercredi à la tête des forces terrestres", "cède sa place à la tête de la flotte"."""
    norms, verbs = parsed.norms, tuple(grammar("placing"))
    for lead in parsed.tagged("appoint.lead"):
        own = parsed.norms[lead.first] in grammar("own_post")
        near = any(0 <= post.first - lead.last <= LEADING_REACH or (own and post.last <= lead.first) for post in posts)
        if near and any(norm.startswith(verbs) for norm in norms[max(0, lead.first - LEADING_REACH) : lead.first]):
            return True
    return False


def _nominal(parsed: Parsed, mark: Mark) -> bool:
    """Whether an article, a preposition or a negation stands right before a word, so that it is no verb told."""
    return bool(mark.first) and parsed.norms[mark.first - 1] in grammar("not_finite")


def _unit(parsed: Parsed) -> Telling | None:
    """ "Ses bataillons ont été répartis entre d'autres formations"; "les soldats ont abandonné le secteur jeudi"."""
    split = any(mark.last - mark.first > 1 for mark in parsed.tagged("pred.transfer"))
    if split and not grammar("unit").isdisjoint(parsed.norms) and not grammar("passive").isdisjoint(parsed.norms):
        return Telling(parsed, "transfer", _day(parsed), "a unit divided among others")
    if _moved_unit(parsed):
        return Telling(parsed, "transfer", _day(parsed), "a unit moved to another front")
    if "pred.desert" in parsed.keys and "noun.soldier" in parsed.keys:
        day = _day(parsed)
        if day is not None:
            return Telling(parsed, "desertion", day, "soldiers who left their posts on a day")
    return None


def _moved_unit(parsed: Parsed) -> bool:
    """ "Le transfert de trois brigades vers Soumy", "deux régiments ont été redéployés de Kherson vers Pokrovsk"."""
    norms, units, toward = parsed.norms, grammar("moved_unit"), grammar("toward")
    if not grammar("rescuing").isdisjoint(norms) or toward.isdisjoint(norms) or units.isdisjoint(norms):
        return False
    for mark in parsed.tagged("pred.transfer"):
        low, high = max(0, mark.first - UNIT_REACH), mark.last + UNIT_REACH
        if not units.isdisjoint(norms[low:high]) and not toward.isdisjoint(norms[mark.last : high + UNIT_REACH]):
            return True
    return any(
        not units.isdisjoint(norms[max(0, mark.first - UNIT_REACH) : mark.first]) and from_place_to_place(parsed, mark)
        for mark in parsed.tagged("pred.leave")
    )


def _of_captives(parsed: Parsed, mark: Mark) -> bool:
    """Whether those who died are no fallen: "n'ont pas survécu", not "tombés au combat", "tués au front"."""
    return mark.last - mark.first > 1 and grammar("battle").isdisjoint(parsed.norms[mark.first : mark.last])


def _captives(parsed: Parsed) -> Telling | None:
    """ "Plusieurs captifs n'ont pas survécu": the fate of captured soldiers."""
    if "noun.prisoner" not in parsed.keys:
        return None
    if "noun.body" in parsed.keys:
        return None
    if any(mark.has("pred.") == "killed" and _of_captives(parsed, mark) for mark in parsed.tagged("pred.killed")):
        return Telling(parsed, "captivity", None, "captured soldiers who died")
    return None
