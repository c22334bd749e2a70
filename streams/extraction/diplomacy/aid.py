"""Aid that a sentence tells: money or arms that a state, a union or a fund gives Ukraine, takes back or holds up.

`aid(scene)` gives one act, or one for each giver where the sentence lists several with their sums.
"""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from streams.extraction.diplomacy.act import (
    MOST_PLACES,
    Act,
    FigureTold,
    amounts_in,
    countries_in,
    participants,
    town_behind,
)
from streams.languages.fr.diplomacy.scene import Scene, country_of, governed, grammar, is_actor, subjects
from streams.languages.fr.diplomacy.telling import told_marks
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark

FARTHEST_NOUN = 8
NEXT_WORD = 3
QUI_REACH = 2
GIVER_REACH = 4
VOICED_REACH = 4
PRONOUN_REACH = 5
FARTHEST_BENEFICIARY = 5
FARTHEST_OWNER = 4
LEAST_WITHOUT_GIVER = 1_000_000
LEAST_OF_PRIVATE = 100_000
HOME_MONEY = ("UAH", "RUB", "BYN")
BELLIGERENTS = (None, "UA", "RU", "KP", "BY", "IR")


def aid(scene: Scene) -> tuple[Act, ...]:
    """Money or arms given: "Oslo débloque 300 millions d'euros pour l'Ukraine".

    >>> from streams.extraction.phrase import stated
    >>> stated("Oslo débloque 300 millions d'euros pour l'Ukraine.")
    ['aid: amount EUR 300000000']
    """
    amounts = amounts_in(scene)
    nouns: Sequence[Mark] = [
        noun for noun in scene.tagged("aid.noun") if not (_of_words(scene, noun) or _of_sanctions(scene, noun))
    ]
    if scene.tagged("aid.transfer") and scene.tagged("aid.goods"):
        nouns = [*nouns, *scene.tagged("aid.transfer")]
    goods = bool(nouns) or bool(scene.tagged("aid.goods"))
    act = _given(scene, amounts, nouns, goods) or _taken(scene, amounts) or _framed(scene, amounts, nouns)
    act = act or _arrived(scene) or _got(scene)
    return () if act is None else _by_giver(scene, act, amounts)


def _taken(scene: Scene, amounts: tuple[FigureTold, ...]) -> Act | None:
    """A sum that Ukraine gets: "Kyiv a reçu 1,7 milliard de dollars de la Banque mondiale"."""
    for mark in scene.tagged("aid.receive") if amounts else ():
        receives = any(m.country == "UA" for m in subjects(scene, mark))
        giver = next(
            (m for m in scene.mentions if m.first > mark.last and _may_give(scene, m) and _from(scene, m)), None
        )
        if receives and giver is not None:
            return Act(scene, "aid", mark, "aid received", participants([giver]), None, amounts)
    return None


def _arrived(scene: Scene) -> Act | None:
    """Things given that have come: "les premiers chars allemands sont arrivés en Ukraine"."""
    for mark in scene.tagged("aid.arrive"):
        goods = [each for each in scene.tagged("aid.goods") if each.last <= mark.first]
        if not goods or scene.has_word("negation", mark.first - 3, mark.first):
            continue
        end = scene.tokens[mark.last - 1].end
        there = any(place.place.country == "UA" and place.start >= end for place in scene.sentence.places)
        there = there or any(m.country == "UA" and m.start >= end for m in scene.mentions)
        near = [m for m in scene.mentions if goods[-1].first - GIVER_REACH <= m.first <= mark.first]
        giver = next((m for m in near if m.kind in ("adjective", "name", "capital") and _may_give(scene, m)), None)
        if there and giver is not None and "RU" not in {m.country for m in near}:
            return Act(scene, "aid", mark, "aid that has come", participants([giver]))
    return None


def _got(scene: Scene) -> Act | None:
    """Foreign things that Ukraine has got: "l'armée ukrainienne a reçu ses premiers chars américains"."""
    for mark in scene.tagged("aid.receive"):
        goods = [each for each in scene.tagged("aid.goods") if 0 <= each.first - mark.last <= GIVER_REACH]
        home = any(m.country == "UA" and m.last <= mark.first for m in scene.mentions)
        if not goods or not home or scene.has_word("negation", mark.first - 3, mark.first):
            continue
        near = (m for m in scene.mentions if 0 <= m.first - goods[-1].last <= 1 and m.kind == "adjective")
        giver = next((m for m in near if _may_give(scene, m)), None)
        if giver is not None:
            return Act(scene, "aid", mark, "aid that has come", participants([giver]))
    return None


def _from(scene: Scene, mention: Mention) -> bool:
    return mention.kind != "adjective" and scene.has_word("source", mention.first - 2, mention.first)


def _of_words(scene: Scene, noun: Mark) -> bool:
    """Whether support is only voiced: "une résolution de soutien"."""
    return scene.has_word("voiced", noun.first - VOICED_REACH, noun.first)


def _of_sanctions(scene: Scene, noun: Mark) -> bool:
    """Whether a package is one of sanctions: "Sanctions : Bruxelles adopte un 18e paquet"."""
    return "sanctions.noun" in noun.tags and scene.has_word("sanctions_word", 0, len(scene.words))


def _given(scene: Scene, amounts: tuple[FigureTold, ...], nouns: Sequence[Mark], goods: bool) -> Act | None:
    """An act of giving told by its verb, with who gives."""
    if not nouns and amounts and _traded(scene):
        return None
    things = goods or bool(amounts)
    if not things and not _beneficiary(scene):
        return None
    for mark in told_marks(scene, "aid"):
        if mark.has("aid.noun") is not None and mark.has("aid.finite") is None:
            continue
        if scene.norms(mark.first - 1, mark.first) == ["qui"] and not _follows_actor(scene, mark):
            continue
        if not amounts and scene.words[mark.first].startswith(tuple(grammar("paying"))):
            continue
        weak = "aid.weak" in mark.tags
        handed = weak and goods and _counted(scene, mark, beyond=True) and _beneficiary(scene)
        added = scene.words[mark.first] == "y" and "aid.noun" in scene.around
        for_ukraine = bool(amounts) and (goods or added or _beneficiary(scene))
        if (weak and not nouns and not for_ukraine and not handed) or (not things and not _counted(scene, mark)):
            continue
        givers = _givers(scene, mark, nouns)
        if givers:
            where = town_behind(scene, mark)
            return Act(scene, "aid", mark, "aid given", ((givers[0], "participant"),), where, amounts)
        many = tuple(each for each in countries_in(scene) if each.end <= scene.tokens[mark.first].start)
        if many and things and (amounts or scene.tagged("aid.goods") or _beneficiary(scene)):
            return Act(scene, "aid", mark, "aid given by many", (), None, (*amounts, *many))
        if _private(scene, mark, amounts):
            return Act(scene, "aid", mark, "aid of a private giver", (), None, amounts)
    return None


def _private(scene: Scene, mark: Mark, amounts: tuple[FigureTold, ...]) -> bool:
    """Whether a foundation, a firm or a town abroad gives much: "la fondation a versé deux millions aux hôpitaux"."""
    large = any(each.quantity.value >= LEAST_OF_PRIVATE and each.quantity.unit not in HOME_MONEY for each in amounts)
    givers = [each for each in scene.tagged("aid.private") if each.last <= mark.first]
    for_ukraine = any("aid.noun" in each.tags for each in givers) or _beneficiary(scene)
    if not (large or _counted(scene, mark, beyond=True)) or not for_ukraine:
        return False
    return bool(givers) and not any(
        m.country in ("UA", "RU") and 0 <= m.first - givers[-1].last <= 1 for m in scene.mentions
    )


def _follows_actor(scene: Scene, mark: Mark) -> bool:
    """Whether "qui" stands for somebody who may give: "les Pays-Bas, qui livrent"."""
    return any(mark.first - QUI_REACH <= m.last < mark.first for m in scene.mentions if is_actor(m))


def _framed(scene: Scene, amounts: tuple[FigureTold, ...], nouns: Sequence[Mark]) -> Act | None:
    """A sum and its noun or whom it is for: "dans ses valises, 300 millions d'euros d'aide militaire".

    >>> from streams.extraction.phrase import stated
    >>> stated("Le ministre danois arrive à Kyiv avec 300 millions d'euros d'aide militaire.")
    ['visit', 'aid: amount EUR 300000000']
    """
    if not amounts or not (nouns or scene.tagged("aid.")) or scene.tagged("grammar.proposing"):
        return None
    mark = next((noun for noun in nouns if _plain(scene, amounts, noun)), None)
    givers = _givers(scene, mark or scene.tagged("aid.")[0], nouns)
    large = any(f.quantity.value >= LEAST_WITHOUT_GIVER and f.quantity.unit not in HOME_MONEY for f in amounts)
    decided = bool(givers) or "vote.body" in scene.keys
    if mark is None and decided and _beneficiary(scene) and not _traded(scene):
        mark = next(iter(nouns), scene.tagged("aid.")[0])
        if scene.has_word("negation", mark.first - 3, mark.first) or scene.has_word(
            "without", mark.first - 3, mark.last
        ):
            return None
    if mark is None or not (decided or large):
        return None
    return Act(scene, "aid", mark, "a sum of aid", participants(givers[:1]), town_behind(scene, mark), amounts)


def _plain(scene: Scene, amounts: tuple[FigureTold, ...], noun: Mark) -> bool:
    """Whether a noun of aid stands beside a sum and is not denied."""
    if scene.has_word("without", noun.first - 3, noun.first):
        return False
    return any(_beside(scene, amount, noun) for amount in amounts)


def _beside(scene: Scene, amount: FigureTold, noun: Mark) -> bool:
    """Whether only small words stand between a sum and a noun of aid."""
    first = next((i for i, token in enumerate(scene.tokens) if token.end > amount.start), 0)
    last = next((i for i, token in enumerate(scene.tokens) if token.start >= amount.end), len(scene.tokens))
    between = scene.norms(last, noun.first) if noun.first >= last else scene.norms(noun.last, first)
    return len(between) <= FARTHEST_NOUN and all(
        norm in grammar("linking") or any(norm in m.name.lower() for m in scene.mentions) for norm in between
    )


def _may_give(scene: Scene, mention: Mention) -> bool:
    if mention.office == "assembly" and mention.name.lower() not in grammar("home_assembly"):
        return True
    return mention.kind == "organisation" or country_of(scene, mention) not in BELLIGERENTS


def _givers(scene: Scene, mark: Mark, nouns: Sequence[Mark]) -> list[Mention]:
    """Who gives: the subject, else who stands behind "par", or whose aid it is ("un prêt grec", "l'aide de l'UE")."""
    acting = subjects(scene, mark)
    found = [m for m in acting if _may_give(scene, m)]
    if found:
        return found
    named = scene.has_word("pronoun", mark.first - PRONOUN_REACH, mark.first)
    if named and not acting and scene.pronoun is not None and _may_give(scene, scene.pronoun):
        return [scene.pronoun]
    spending = any(m.kind in ("capital", "name") and m.country == "UA" for m in acting)
    return [m for m in scene.mentions if _may_give(scene, m) and _owns(scene, m, nouns, by=not spending)]


def _owns(scene: Scene, mention: Mention, nouns: Sequence[Mark], *, by: bool) -> bool:
    before = scene.norms(mention.first - 2, mention.first)
    if "par" in before:
        return by and mention.kind != "adjective"
    for noun in nouns:
        apart = mention.first - noun.last
        if 0 <= apart <= FARTHEST_OWNER and all(
            norm in grammar("linking") for norm in scene.norms(noun.last, mention.first)
        ):
            return mention.kind == "adjective" or bool({"de", "du", "des", "d'", "l'", "la"} & set(before))
    return False


def _beneficiary(scene: Scene) -> bool:
    """Whether something is for Ukraine: "à l'Ukraine", "au profit de Kyiv", "destiné à l'armée ukrainienne"."""
    if scene.tagged("visit.") and any(place.place.country == "UA" for place in scene.sentence.places):
        return True
    if any(
        m.country == "UA" and scene.has_word("beneficiary", m.first - FARTHEST_BENEFICIARY, m.first)
        for m in scene.mentions
    ):
        return True
    for place in scene.sentence.places[:MOST_PLACES] if scene.tagged("aid.") else ():
        if place.place.country == "UA":
            first = bisect_left(scene.tokens, place.start, key=lambda token: token.start)
            if scene.has_word("destined", first - FARTHEST_BENEFICIARY, first):
                return True
    return False


def _counted(scene: Scene, mark: Mark, *, beyond: bool = False) -> bool:
    """Whether a number of things stands right behind a strong verb: "livrera quatorze MiG-29".

    `beyond`: anywhere behind it.
    """
    if not beyond and ("aid.weak" in mark.tags or scene.words[mark.first].startswith(tuple(grammar("sending")))):
        return False
    end = scene.tokens[mark.last - 1].end
    reach = len(scene.sentence.text) if beyond else NEXT_WORD
    return any(
        0 < each.start - end <= reach and not each.ordinal and not each.article and each.value > 1
        for each in scene.sentence.quantities
    )


def _traded(scene: Scene) -> bool:
    trade = tuple(grammar("trade"))
    return any(norm.startswith(trade) for norm in scene.words)


def _by_giver(scene: Scene, act: Act, amounts: tuple[FigureTold, ...]) -> tuple[Act, ...]:
    """One act for each giver where a sentence lists several with a sum each: "Berlin 500 millions, Paris 300"."""
    if len(amounts) < 2:
        return (act,)
    donors = [
        m
        for m in scene.mentions
        if m.kind != "adjective" and is_actor(m) and not governed(scene, m) and _may_give(scene, m)
    ]
    shares: list[tuple[Mention, tuple[FigureTold, ...]]] = []
    for index, donor in enumerate(donors):
        until = donors[index + 1].start if index + 1 < len(donors) else len(scene.sentence.text)
        own = tuple(each for each in amounts if donor.end <= each.start < until)
        if own:
            shares.append((donor, own))
    countries = {country_of(scene, donor) or donor.name for donor, _ in shares}
    if len(countries) < len(shares) or len(shares) < 2:
        return (act,)
    return tuple(replace(act, actors=((donor, "participant"),), figures=own) for donor, own in shares)
