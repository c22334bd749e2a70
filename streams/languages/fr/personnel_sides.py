"""Whose soldiers a number counts: the country of the noun, of the subject, or of those who get their people back."""

from collections.abc import Sequence

from streams.languages.fr.people import Mention
from streams.languages.fr.personnel import Counted, Parsed, grammar
from streams.languages.marks import Mark
from streams.reading.tokens import Token

WARRING = ("UA", "RU")
OTHER_SIDE = {"UA": "RU", "RU": "UA"}
NOUN_REACH = 9
RECIPIENT_REACH = 12
RELATIVE_REACH = 6


def both_sides(parsed: Parsed, counted: Counted) -> bool:
    """Whether a number holds for each camp: "120 prisonniers chacun", "95 pour chaque pays", "185 contre 185"."""
    for mark in parsed.tagged("each.word"):
        owner = min(parsed.counted, key=lambda each: min(abs(each.first - mark.first), abs(each.last - mark.last)))
        if owner is counted:
            return True
    tokens = parsed.tokens
    repeated = counted.first > 1 and tokens[counted.first - 2].norm == tokens[counted.first].norm
    if repeated and tokens[counted.first - 1].norm in grammar("versus"):
        return True
    for other in parsed.counted:
        if other is counted or other.quantity.value != counted.quantity.value:
            continue
        low, high = (counted, other) if counted.first < other.first else (other, counted)
        end = low.head.last if low.head is not None and low.how == "after" else low.last
        between = [token.norm for token in tokens[min(end, high.first) : high.first]]
        if between and between[-1] in grammar("versus") and len(between) <= 4:
            return True
    return False


def noun_side(parsed: Parsed, counted: Counted, mentions: Sequence[Mention]) -> str | None:
    """The country told by the counted noun and its complements: "militaires nord-coréens", "hommes de Moscou"."""
    tokens = parsed.tokens
    begin = counted.head.first if counted.head is not None else counted.first
    reach = max(counted.last, counted.head.last if counted.head is not None else 0) + NOUN_REACH
    stop = next((other.first for other in parsed.counted if other.first > counted.first), len(tokens))
    for index in range(begin, min(reach, stop, len(tokens))):
        for mark in parsed.marks:
            side = mark.has("side.") if mark.first == index else None
            if side is not None:
                return side
        mention = next((m for m in mentions if m.first == index and m.country is not None and m.kind != "person"), None)
        if tokens[index].norm in grammar("attributing"):
            return None
        if mention is not None:
            before = tokens[index - 1].norm if index else ""
            if mention.kind == "adjective" and before in grammar("ground"):
                return None
            far = tokens[index - 2].norm if index > 1 else ""
            if mention.kind == "adjective" and not (before in grammar("nominal") and far in grammar("preposition")):
                paired = (
                    index + 2 < len(tokens)
                    and tokens[index + 1].norm in grammar("pair")
                    and _nation_at(mentions, index + 2)
                )
                return None if far in grammar("agent") or paired else mention.country
            genitive = before in grammar("genitive") and _genitive(tokens[max(0, index - 3) : index])
            if mention.kind in ("capital", "name") and genitive:
                return mention.country
        if index >= counted.last and (tokens[index].norm in grammar("noun_end")):
            return None
    return None


def _nation_at(mentions: Sequence[Mention], index: int) -> bool:
    return any(mention.first == index and mention.kind == "adjective" for mention in mentions)


def army_side(parsed: Parsed, mentions: Sequence[Mention]) -> str | None:
    """The only army that a sentence names: "un contrat avec l'armée russe"."""
    named = {
        m.country
        for m in mentions
        if m.kind == "adjective" and m.first and parsed.tokens[m.first - 1].norm in grammar("army")
    }
    return named.pop() if len(named) == 1 else None


def _genitive(before: Sequence[Token]) -> bool:
    return len(before) > 1 and any(token.norm in grammar("army") for token in before)


def subject_side(parsed: Parsed, mentions: Sequence[Mention], until: int) -> str | None:
    """The country that acts before token `until`: "l'armée russe a perdu", "Kyiv a récupéré", "l'ennemi"."""
    tokens = parsed.tokens
    begin = 0
    for index in range(min(until, len(tokens) - 1) - 1, -1, -1):
        if tokens[index].norm in grammar("clause_end"):
            begin = index + 1
            break
    antecedent = _antecedent(parsed, mentions, begin, until)
    if antecedent is not None:
        return antecedent
    for mark in reversed(parsed.marks):
        if begin <= mark.first < until and mark.has("side.") is not None:
            return mark.has("side.")
    for mention in reversed(mentions):
        if mention.first < begin or mention.last > until or mention.country is None or mention.kind == "media":
            continue
        if mention.kind == "person" and mention.country not in WARRING:
            continue
        if mention.kind == "adjective" and not _acts(tokens, mention):
            continue
        before = [token.norm for token in tokens[max(0, mention.first - 2) : mention.first]]
        if mention.kind in ("capital", "name"):
            army = any(token.norm in grammar("army") for token in tokens[max(0, mention.first - 3) : mention.first])
            article = 1 if before and before[-1] in grammar("article") else 0
            lead = before[-1 - article] if len(before) > article else ""
            if lead in grammar("preposition") | grammar("of") and not army:
                continue
        return mention.country
    return None


def _antecedent(parsed: Parsed, mentions: Sequence[Mention], begin: int, until: int) -> str | None:
    """Who acts in a relative clause: "remis à la partie ukrainienne, qui en a rendu 19"."""
    tokens = parsed.tokens
    for index in range(until - 1, max(begin, until - RELATIVE_REACH), -1):
        if tokens[index].norm in grammar("relative"):
            near = [m for m in mentions if index - 2 <= m.last <= index and m.country in WARRING]
            return near[-1].country if near else None
    return None


def _acts(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether an adjective stands in a subject ("l'armée russe"), not behind one ("près de l'armée russe")."""
    norms = [token.norm for token in tokens[max(0, mention.first - 4) : mention.first]]
    if norms and norms[-1] in grammar("nominal"):
        return len(norms) < 2 or norms[-2] not in grammar("preposition") | grammar("of")
    return not any(norm in grammar("preposition") | grammar("of") for norm in norms[:-1])


def agent_side(parsed: Parsed, mentions: Sequence[Mention], predicate: Mark) -> str | None:
    """Who does what a passive tells: "récupérés par l'Ukraine"."""
    for mention in mentions:
        between = [token.norm for token in parsed.tokens[predicate.last : mention.first]]
        if mention.first >= predicate.last and between[:1] and between[0] in grammar("agent") and len(between) <= 4:
            return mention.country
    return None


def recipient_side(parsed: Parsed, mentions: Sequence[Mention], predicate: Mark) -> str | None:
    """Who gets their people: "ont été rendus à l'Ukraine", "arrivés sur le sol ukrainien", "la route de l'Ukraine"."""
    tokens = parsed.tokens
    for mention in mentions:
        if mention.first < predicate.first or mention.country not in WARRING or mention.kind == "person":
            continue
        between = [token.norm for token in tokens[predicate.last : mention.first]]
        if any(token in grammar("stop") for token in between) or len(between) > RECIPIENT_REACH:
            break
        before = between[-2:] or [tokens[mention.first - 1].norm]
        far = before[0] in grammar("homeward_far") and before[-1] in grammar("homeland")
        if before[-1] in grammar("homeward") or far:
            return mention.country
    return None
