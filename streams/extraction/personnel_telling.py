"""Events of military personnel that a sentence tells without a figure: an exchange under way, a unit broken up."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.enumerations import PersonnelKind
from streams.languages.fr.personnel import Parsed, grammar
from streams.languages.fr.personnel_scope import since
from streams.languages.marks import Mark
from streams.languages.pack import DateMention
from streams.reading.document import Sentence

AUXILIARY_REACH = 4
POST_REACH = 10


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
        names = {tag[5:] for mark in parsed.marks for tag in mark.tags if tag.startswith("pred.")}
        nouns = {tag[5:] for mark in parsed.marks for tag in mark.tags if tag.startswith("noun.")}
        if not names and not parsed.tagged("appoint.verb"):
            continue
        day = _day(parsed)
        telling = _appointment(parsed, day) or (
            _exchange(parsed, names, nouns, day) or _unit(parsed, names, nouns, day) or _captives(parsed, names, nouns)
        )
        if telling is not None:
            found.append(telling)
    return found


def _day(parsed: Parsed) -> DateMention | None:
    for day in parsed.sentence.dates:
        position = next((i for i, token in enumerate(parsed.tokens) if token.end > day.start), 0)
        if day.precision in ("day", "night") and not since(parsed, position):
            return day
    return None


def _exchange(parsed: Parsed, names: set[str], nouns: set[str], day: DateMention | None) -> Telling | None:
    """ "Les deux camps ont échangé hier des dizaines de captifs": dated, or said to go on, of prisoners."""
    held = "prisoner" in nouns or any("réciproque" in token.norm for token in parsed.tokens)
    running = bool(parsed.tagged("status.ongoing")) and bool(parsed.tagged("scope.window"))
    called_off = parsed.tagged("status.postponed") or parsed.tagged("status.cancelled")
    if "exchanged" in names and called_off and (held or nouns & {"soldier", "officer"} or "injured" in names):
        return Telling(parsed, "prisoner-exchange", day, "an exchange of prisoners called off")
    if "exchanged" in names and held and (day is not None or running) and not parsed.tagged("status.announced"):
        return Telling(parsed, "prisoner-exchange", day, "an exchange of prisoners with its day")
    return None


def _appointment(parsed: Parsed, day: DateMention | None) -> Telling | None:
    """ "Le général a été nommé commandant en chef": a post of the army filled or emptied."""
    for mark in parsed.tagged("appoint.verb"):
        before = {token.norm for token in parsed.tokens[max(0, mark.first - AUXILIARY_REACH) : mark.first]}
        participle = parsed.tokens[mark.first].norm.endswith(tuple(grammar("participle_ending")))
        prominent = parsed.sentence.section in ("title", "lead", "headline")
        told = prominent or before & grammar("appointing") or not (participle or _nominal(parsed, mark))
        posts = [post for post in parsed.tagged("appoint.post") if abs(post.first - mark.first) <= POST_REACH]
        if told and posts:
            return Telling(parsed, "appointment", day, "a post of the army filled or emptied")
    return None


def _nominal(parsed: Parsed, mark: Mark) -> bool:
    """Whether an article, a preposition or a negation stands right before a word, so that it is no verb told."""
    return bool(mark.first) and parsed.tokens[mark.first - 1].norm in grammar("not_finite")


def _unit(parsed: Parsed, names: set[str], nouns: set[str], day: DateMention | None) -> Telling | None:
    """ "Ses bataillons ont été répartis entre d'autres formations"; "les soldats ont abandonné le secteur jeudi"."""
    split = (
        [mark for mark in parsed.tagged("pred.transfer") if mark.last - mark.first > 1] if "transfer" in names else []
    )
    norms = {token.norm for token in parsed.tokens} if split else set()
    if norms & grammar("unit") and norms & grammar("passive"):
        return Telling(parsed, "transfer", day, "a unit divided among others")
    if "desert" in names and "soldier" in nouns and day is not None:
        return Telling(parsed, "desertion", day, "soldiers who left their posts on a day")
    return None


def _captives(parsed: Parsed, names: set[str], nouns: set[str]) -> Telling | None:
    """ "Plusieurs captifs n'ont pas survécu": the fate of captured soldiers."""
    if "prisoner" in nouns and any(
        mark.has("pred.") == "killed" and mark.last - mark.first > 1 for mark in parsed.marks
    ):
        return Telling(parsed, "captivity", None, "captured soldiers who died")
    return None
