"""Which events that a text's sentences tell stand as events of their own, and which only go with another."""

from collections.abc import Sequence

from schemas.enumerations import DiplomacyKind
from streams.extraction.attribution import Voices
from streams.extraction.diplomacy.act import Act
from streams.extraction.diplomacy.elliptic import HEADLINE, RECEIVED
from streams.extraction.diplomacy.follow import RULE_TALKS
from streams.extraction.diplomacy.groups import Group
from streams.languages.fr.diplomacy.scene import governed, grammar
from streams.languages.fr.diplomacy.telling import apposed
from streams.reading.document import Document, Sentence
from streams.reading.items import ItemText

TOLD_ELSE: frozenset[DiplomacyKind] = frozenset(("talks", "call", "visit", "summit", "vote"))
OF_ANY_LAND: frozenset[DiplomacyKind] = frozenset(("talks", "call", "visit"))
FEW_COUNTRIES = 5
WARRING = frozenset(("UA", "RU"))
DECIDED: frozenset[DiplomacyKind] = frozenset(("aid", "sanctions", "agreement", "vote", "appointment"))


def stands(group: Group, groups: Sequence[Group], document: Document, item: ItemText, voices: Voices) -> bool:
    """A stand on talks is no event beside what it speaks of; aid counts where Ukraine gets it."""
    kinds = {each.kind for each in groups}
    if group.kind in OF_ANY_LAND and not _of_this_war(group, document, item, voices):
        return False
    if group.kind == "statement":
        return _states(group, groups, kinds)
    if group.kind == "summit":
        return _gathers(group, groups, kinds)
    if group.kind == "agreement":
        return "vote" not in kinds or not _is_the_vote(group, groups)
    if group.kind == "vote":
        return not all(_home_law(act) for act in group.acts)
    if group.kind == "talks":
        return _talk(group, groups, kinds)
    if group.kind == "visit":
        return _goes(group, groups)
    if group.kind == "call":
        return not _sentences(group) <= _told_by(groups, frozenset(("summit",)))
    if group.kind == "aid":
        if _names_ukraine(document.sentences_of(item.position), voices):
            return True
        named = any(act.scene.tagged("aid.noun") or _for_nobody_else(act) for act in group.acts)
        return len(document.items) > 1 and named and _names_ukraine(document.sentences, voices)
    return True


def _of_this_war(group: Group, document: Document, item: ItemText, voices: Voices) -> bool:
    """Whether the war is named where a meeting is told, right behind, or above; not just somewhere in the text."""
    if all(act.rule == RULE_TALKS for act in group.acts):
        return True
    told = _sentences(group)
    near = told | {index + 1 for index in told}
    for position, sentence in enumerate(document.sentences_of(item.position)):
        if (position == 0 or sentence.section != "body" or sentence.index in near) and _names_war(sentence, voices):
            return True
    return len(document.items) > 1


def _states(group: Group, groups: Sequence[Group], kinds: set[DiplomacyKind]) -> bool:
    if _sentences(group) <= _told_by(groups, frozenset(("vote",))):
        return False
    if not all(act.rule.startswith("a stand") for act in group.acts):
        return True
    others = {act.scene.sentence.index for each in groups if each is not group for act in each.acts}
    return not kinds & TOLD_ELSE and not _sentences(group) <= others


def _gathers(group: Group, groups: Sequence[Group], kinds: set[DiplomacyKind]) -> bool:
    """Whether a summit is told as such, not as a mere "réunis à Riga" of those who decide something."""
    if "vote" in kinds and any(act.scene.tagged("vote.body") for act in group.acts):
        return False
    if _few(group) and _sentences(group) <= _told_by(groups, frozenset(("talks",))):
        return False
    decided = _told_by(groups, DECIDED)
    return not all(_only_met(act, decided) and not _summit_named(act) for act in group.acts)


def _summit_named(act: Act) -> bool:
    """Whether a summit is named in the act's sentence, not just the council that met."""
    return any(not act.scene.has_word("institution", each.first, each.last) for each in act.scene.tagged("summit.noun"))


def _talk(group: Group, groups: Sequence[Group], kinds: set[DiplomacyKind]) -> bool:
    """Whether talks are more than the summit or call told beside them, or a mere "réunis" of those who decide."""
    if "summit" in kinds and all("talks.noun" in act.mark.tags for act in group.acts):
        return False
    gathered = _told_by([each for each in groups if not _few(each)], frozenset(("summit",)))
    if gathered and all(act.scene.prominent or act.scene.sentence.index in gathered for act in group.acts):
        return False
    called = _told_by(groups, frozenset(("call",)))
    if called and all(act.scene.sentence.section != "body" or act.scene.sentence.index in called for act in group.acts):
        return False
    envoys = any(m.office == "envoy" for act in group.acts for m in act.scene.mentions)
    decided = _told_by(groups, DECIDED)
    return envoys or not all(_only_met(act, decided) for act in group.acts)


def _only_met(act: Act, decided: set[int]) -> bool:
    """Whether a mere participle tells where those met who decide: "réunis à Riga, vingt États ont signé"."""
    if not apposed(act.scene, act.mark):
        return False
    first = act.mark.first
    aside = first > 0 and act.scene.words[first - 1] == ","
    return act.scene.sentence.index in decided or (aside and bool(decided))


def _few(group: Group) -> bool:
    """Whether only a few countries meet, which is talks rather than a summit: "les conseillers de quatre pays"."""
    counts = [figure.quantity.value for act in group.acts for figure in act.figures if figure.measure == "countries"]
    named = any(act.scene.tagged("summit.noun") for act in group.acts)
    return bool(counts) and max(counts) <= FEW_COUNTRIES and not named


def _is_the_vote(group: Group, groups: Sequence[Group]) -> bool:
    """Whether an agreement is only what a parliament voted on: "le Sénat a ratifié l'accord par 61 voix"."""
    voted = _told_by(groups, frozenset(("vote",)))
    verbs = tuple(grammar("parliamentary"))
    return all(
        (act.scene.sentence.index in voted or act.scene.prominent)
        and act.scene.tagged("vote.body")
        and act.scene.words[act.mark.first].startswith(verbs)
        for act in group.acts
    )


def _home_law(act: Act) -> bool:
    """Whether Ukraine's or Russia's parliament makes a law for its own army, of which the soldiers' stream tells."""
    army = tuple(grammar("of_the_army"))
    own = any(m.office == "assembly" and m.name.lower() in grammar("home_assembly") for m in act.scene.mentions)
    return own and not act.figures and any(word.startswith(army) for word in act.scene.words)


def _goes(group: Group, groups: Sequence[Group]) -> bool:
    summits = _told_by(groups, frozenset(("summit",)))
    if all(act.scene.sentence.index in summits and _in_numbers(act) for act in group.acts):
        return False
    if all(act.rule == RECEIVED for act in group.acts) and any(each.kind == "talks" for each in groups):
        return False
    if all(act.rule == HEADLINE for act in group.acts):
        rivals = [act for each in groups if each.kind in ("talks", "summit") for act in each.acts]
        there = {act.place.name for act in group.acts if act.place is not None}
        return not any(act.scene.prominent or (act.place is not None and act.place.name in there) for act in rivals)
    return True


def _for_nobody_else(act: Act) -> bool:
    """Whether things are given to no other country than Ukraine: not "livrera des chars à la Lituanie"."""
    if not act.scene.tagged("aid.goods"):
        return False
    behind = [m for m in act.scene.mentions if m.first >= act.mark.last and m.kind in ("name", "capital")]
    return not any(
        m.country != "UA" and governed(act.scene, m) and act.scene.has_word("receiver", m.first - 2, m.first)
        for m in behind
    )


def _sentences(group: Group) -> set[int]:
    return {act.scene.sentence.index for act in group.acts}


def _told_by(groups: Sequence[Group], kinds: frozenset[DiplomacyKind]) -> set[int]:
    """The sentences that tell events of some kinds."""
    return {act.scene.sentence.index for each in groups if each.kind in kinds for act in each.acts}


def _in_numbers(act: Act) -> bool:
    """Whether those who go are many and unnamed: "une centaine de délégations étaient à Rome"."""
    return all(mention.kind == "office" and mention.name.split()[0].lower().endswith("s") for mention, _ in act.actors)


def _names_war(sentence: Sentence, voices: Voices) -> bool:
    """Whether a sentence names one of the two at war, or what belongs to their war."""
    named = any(mention.country in WARRING for mention in voices.mentions(sentence))
    named = named or any("war.word" in mark.tags for mark in voices.marks(sentence))
    return named or any(place.place.country in WARRING for place in sentence.places)


def _names_ukraine(sentences: Sequence[Sentence], voices: Voices) -> bool:
    named = any(mention.country == "UA" for sentence in sentences for mention in voices.mentions(sentence))
    return named or any(place.place.country == "UA" for sentence in sentences for place in sentence.places)


def only_announced_above(groups: Sequence[tuple[ItemText, Group]]) -> list[tuple[ItemText, Group]]:
    """Without what only a title or lead tells of an item while another item tells it in its own words."""
    own = {(_family(group), item.position) for item, group in groups if not _above(group)}
    return [
        (item, group)
        for item, group in groups
        if not _above(group) or not any(kind == _family(group) and at != item.position for kind, at in own)
    ]


def _family(group: Group) -> str:
    return "talks" if group.kind == "call" else group.kind


def _above(group: Group) -> bool:
    return all(act.scene.sentence.section in ("title", "lead") for act in group.acts)
