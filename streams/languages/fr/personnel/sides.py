"""Whose soldiers a number counts: the country of the noun, of the subject, or of those who get their people back."""

from collections.abc import Sequence

from streams.languages.fr.people import Mention, people_words
from streams.languages.fr.personnel.sentence import Counted, Parsed, grammar
from streams.languages.marks import Mark

WARRING = ("UA", "RU")
OTHER_SIDE = {"UA": "RU", "RU": "UA"}
NOUN_REACH = 9
RECIPIENT_REACH = 12
RELATIVE_REACH = 6
VERSUS_REACH = 4
AGENT_REACH = 4


def both_sides(parsed: Parsed, counted: Counted) -> bool:
    """Whether a number holds for each camp: "120 prisonniers chacun", "95 pour chaque pays", "185 contre 185"."""
    for mark in parsed.tagged("each.word"):
        if mark.last < len(parsed.norms) and parsed.norms[mark.last].endswith("ant"):
            continue
        owner = _owner(parsed, mark)
        if owner is counted or _paired_with(parsed, counted, owner):
            return True
    norms, versus = parsed.norms, grammar("versus")
    repeated = counted.first > 1 and norms[counted.first - 2] == norms[counted.first]
    if repeated and norms[counted.first - 1] in versus:
        return True
    for other in parsed.counted:
        if other is counted or other.quantity.value != counted.quantity.value:
            continue
        low, high = (counted, other) if counted.first < other.first else (other, counted)
        end = low.head.last if low.head is not None and low.how == "after" else low.last
        if 0 < high.first - end <= VERSUS_REACH and norms[high.first - 1] in versus:
            return True
    return False


def _owner(parsed: Parsed, mark: Mark) -> Counted | None:
    """The number nearest to "de chaque côté", none inside "chacun des deux pays"."""
    outside = (each for each in parsed.counted if not mark.first <= each.first < mark.last)
    return min(outside, key=lambda each: min(abs(each.first - mark.first), abs(each.last - mark.last)), default=None)


def _paired_with(parsed: Parsed, counted: Counted, owner: Counted | None) -> bool:
    """Whether two counts share what follows: "270 militaires et 120 civils de chaque camp"."""
    if owner is None or counted.head is None or counted.how != "after" or owner.first <= counted.head.last:
        return False
    between = parsed.norms[counted.head.last : owner.first]
    return len(between) == 1 and between[0] in grammar("pair")


def noun_side(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """The country told by the counted noun and its complements: "militaires nord-coréens", "hommes de Moscou"."""
    norms, head = parsed.norms, counted.head
    begin = head.first if head is not None else counted.first
    reach = max(counted.last, head.last if head is not None else 0) + NOUN_REACH
    stop = next((other.first for other in parsed.counted if other.first > counted.first), len(norms))
    own = {mark.first: mark for mark in parsed.tagged("side.")}
    named = {m.first: m for m in reversed(mentions) if m.country is not None and m.kind != "person"}
    attributing, ends = grammar("attributing"), grammar("noun_end")
    for index in range(begin, min(reach, stop, len(norms))):
        if index in own:
            return own[index].has("side.")
        if norms[index] in attributing:
            return None
        mention = named.get(index)
        if mention is not None and mention.kind == "adjective":
            far = norms[index - 2] if index > 1 else ""
            before = norms[index - 1] if index else ""
            if before in grammar("ground"):
                return None
            if not (before in grammar("nominal") and far in grammar("preposition")):
                return None if far in grammar("agent") or _paired(parsed, mentions, index) else mention.country
        elif mention is not None and mention.kind in ("capital", "name") and _genitive(norms, index):
            return mention.country
        if index >= counted.last and norms[index] in ends:
            return None
    return None


def _paired(parsed: Parsed, mentions: Sequence[Mention], index: int) -> bool:
    """Whether two nations share a noun: "russes et ukrainiens"."""
    norms = parsed.norms
    return index + 2 < len(norms) and norms[index + 1] in grammar("pair") and _nation_at(mentions, index + 2)


def _nation_at(mentions: Sequence[Mention], index: int) -> bool:
    return any(mention.first == index and mention.kind == "adjective" for mention in mentions)


def army_side(parsed: Parsed, mentions: Sequence[Mention]) -> str | None:
    """The only army that a sentence names: "un contrat avec l'armée russe"."""
    army = grammar("army")
    named = {
        m.country
        for m in mentions
        if m.kind == "adjective" and m.first and parsed.norms[_army_noun(parsed.norms, m.first)] in army
    }
    if len(named) > 1:
        named &= set(WARRING)
    return named.pop() if len(named) == 1 else None


def _genitive(norms: Sequence[str], index: int) -> bool:
    """Whether a country stands behind an army: "hommes de Moscou", not "morts de Moscou"."""
    if not index or norms[index - 1] not in grammar("genitive"):
        return False
    if not grammar("coming").isdisjoint(norms[max(0, index - 3) : index]):
        return True
    return index > 1 and not grammar("army").isdisjoint(norms[max(0, index - 3) : index])


def subject_side(parsed: Parsed, mentions: Sequence[Mention], until: int) -> str | None:
    """The country that acts before token `until`: "l'armée russe a perdu", "Kyiv a récupéré", "l'ennemi"."""
    norms, ends = parsed.norms, grammar("clause_end")
    begin = 0
    for index in range(min(until, len(norms) - 1) - 1, -1, -1):
        if norms[index] in ends:
            begin = index + 1
            break
    antecedent = _antecedent(parsed, mentions, begin, until)
    if antecedent is not None:
        return antecedent
    for mark in reversed(parsed.tagged("side.")):
        if begin <= mark.first < until:
            return mark.has("side.")
    for mention in reversed(mentions):
        if mention.first < begin or mention.last > until or mention.country is None or mention.kind == "media":
            continue
        if mention.kind == "person" and mention.country not in WARRING:
            continue
        if mention.kind == "adjective" and not _acts(norms, mention):
            continue
        if mention.kind in ("capital", "name") and _led(norms, mention):
            continue
        return mention.country
    return None


def _led(norms: Sequence[str], mention: Mention) -> bool:
    """Whether a country stands behind a preposition ("à Kyiv"), not behind an army ("l'armée de Kyiv")."""
    before = norms[max(0, mention.first - 2) : mention.first]
    article = 1 if before and before[-1] in grammar("article") else 0
    lead = before[-1 - article] if len(before) > article else ""
    if lead not in grammar("preposition") and lead not in grammar("of"):
        return False
    return grammar("army").isdisjoint(norms[max(0, mention.first - 3) : mention.first])


def _antecedent(parsed: Parsed, mentions: Sequence[Mention], begin: int, until: int) -> str | None:
    """Who acts in a relative clause: "remis à la partie ukrainienne, qui en a rendu 19"."""
    norms, relative = parsed.norms, grammar("relative")
    for index in range(until - 1, max(begin, until - RELATIVE_REACH), -1):
        if norms[index] in relative:
            near = [m for m in mentions if index - 2 <= m.last <= index and m.country in WARRING]
            return near[-1].country if near else None
    return None


def _acts(norms: Sequence[str], mention: Mention) -> bool:
    """Whether an adjective stands in a subject ("l'armée russe"), not behind one ("près de l'armée russe")."""
    begin = _army_noun(norms, mention.first) + 1
    before = norms[max(0, begin - 4) : begin]
    if "," in before[:-1]:
        before = before[before.index(",") + 1 :]
    leading = grammar("preposition") | grammar("of")
    if before and before[-1] in grammar("nominal"):
        return len(before) < 2 or before[-2] not in leading
    return leading.isdisjoint(before[:-1])


def for_country(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """Whose share a number is: "1 000 corps pour l'Ukraine, 19 pour la Russie"."""
    begin = counted.head.last if counted.head is not None and counted.how == "after" else counted.last
    if begin >= len(parsed.norms) or parsed.norms[begin] not in grammar("away"):
        return None
    near = (m for m in mentions if begin < m.first <= begin + AGENT_REACH and m.kind in ("name", "capital"))
    return next((m.country for m in near if m.country in WARRING), None)


def _army_noun(norms: Sequence[str], index: int) -> int:
    """The noun that an adjective follows: of "l'armée de l'air ukrainienne" the army."""
    if index > 3 and norms[index - 1] == "air" and norms[index - 3] in grammar("of"):
        return index - 4
    return index - 3 if index > 2 and norms[index - 1] in grammar("arm") and norms[index - 2] == "de" else index - 1


def agent_side(parsed: Parsed, mentions: Sequence[Mention], predicate: Mark) -> str | None:
    """Who does what a passive tells: "récupérés par l'Ukraine"."""
    begin, norms = predicate.last, parsed.norms
    if begin >= len(norms) or norms[begin] not in grammar("agent"):
        return None
    return next((m.country for m in mentions if begin < m.first <= begin + AGENT_REACH), None)


def _told_by(between: Sequence[str]) -> bool:
    """Whether those behind a verb only say it: "sont rentrés, confirme le côté ukrainien"."""
    return any("speech.verb" in people_words().tags(norm) for norm in between)


def recipient_side(parsed: Parsed, mentions: Sequence[Mention], predicate: Mark, counted: Counted) -> str | None:
    """Who gets their people: "ont été rendus à l'Ukraine", "arrivés sur le sol ukrainien", "la route de l'Ukraine"."""
    norms, stops = parsed.norms, grammar("stop")
    for mention in mentions:
        if mention.first < predicate.first or mention.country not in WARRING or mention.kind == "person":
            continue
        between = norms[predicate.last : mention.first]
        if len(between) > RECIPIENT_REACH or not stops.isdisjoint(between) or _told_by(between):
            break
        others = (each for each in parsed.counted if each is not counted and not each.quantity.article)
        if any(predicate.last <= each.first < mention.first for each in others):
            break
        before = between[-2:] or [norms[mention.first - 1]]
        regained = parsed.norms[predicate.first].startswith(tuple(grammar("regaining")))
        if regained and len(between) == 1 and before[-1] in grammar("article"):
            return mention.country
        far = before[0] in grammar("homeward_far") and before[-1] in grammar("homeland")
        if before[-1] in grammar("homeward") or far:
            return mention.country
    return None
