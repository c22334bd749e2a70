"""Figures that follow an act in a sentence of their own: "Kyiv y consacrera deux milliards", "63 pays y étaient"."""

from collections.abc import Iterable, Sequence

from schemas.enumerations import DiplomacyKind
from streams.extraction.diplomacy.act import (
    Act,
    FigureTold,
    amounts_in,
    countries_in,
    participants,
    place_behind,
    signed_in,
)
from streams.extraction.diplomacy.groups import Group, join, when
from streams.languages.fr.diplomacy.scene import Scene, country_of, grammar
from streams.languages.fr.diplomacy.telling import told_marks
from streams.languages.marks import Mark

MOST_APART = 2
PARTITIVE_REACH = 4
FOLLOWED: frozenset[DiplomacyKind] = frozenset(("agreement", "aid", "summit"))
MEETINGS: frozenset[DiplomacyKind] = frozenset(("visit", "talks", "call"))
NEEDED = frozenset(("grammar.financing", "aid.noun", "countries.noun", "countries.sign"))
RULE_SUM, RULE_COUNT, RULE_TALKS = "a sum told of it", "a count told of it", "further talks"
OPENING = 5
MOST_BETWEEN = 4
TOGETHER: frozenset[DiplomacyKind] = frozenset(("talks", "summit", "call"))


def follow_up(scene: Scene, groups: list[Group]) -> None:
    """Add to the acts just before what this sentence tells of them: sums, countries, signatures."""
    told = [act for group in groups for act in group.acts[-MOST_APART:]]
    near = [act for act in told if 0 < scene.sentence.index - act.scene.sentence.index <= MOST_APART]
    if not near:
        return
    own = [act for act in told if act.scene is scene]
    near.sort(key=lambda act: act.scene.sentence.index)
    if not any(act.figures for act in own):
        _sums(scene, near, groups)
    if not NEEDED.isdisjoint(scene.keys):
        _counts(scene, near, groups)


def further_talks(scene: Scene, groups: list[Group]) -> None:
    """Talks of the sides told before: "Une quatrième session est prévue à Doha"."""
    acts = [act for group in groups if group.kind in TOGETHER for act in group.acts[-MOST_APART:]]
    if not acts or "talks.noun" not in scene.keys or any(act.scene is scene for act in acts):
        return
    met = max(acts, key=lambda act: act.scene.sentence.index)
    far = scene.sentence.index - met.scene.sentence.index > MOST_BETWEEN
    nouns = [each for each in told_marks(scene, "talks") if each.first <= OPENING and "talks.noun" in each.tags]
    if met.kind == "talks" and nouns and not far:
        mark = nouns[0]
        act = Act(scene, "talks", mark, RULE_TALKS, met.actors, place_behind(scene, mark, anywhere=True))
        mine, theirs = when(act), when(met)
        fixed = act.place is not None or (mine.day is not None and mine.day.precision == "day")
        another = scene.has_word("another", mark.first - 2, mark.last) and mine.status != theirs.status
        if fixed or not another:
            join(groups, act, further=another)


def _sums(scene: Scene, near: list[Act], groups: list[Group]) -> None:
    named = (*scene.tagged("grammar.financing"), *scene.tagged("aid.noun"))
    amounts = amounts_in(scene)
    summed = tuple(each for each in amounts if each.scope == "cumulative")
    if not amounts or "grammar.proposing" in scene.keys or not (named or summed) or _of_a_programme(scene, amounts):
        return
    act = next((each for each in reversed(near) if each.kind in FOLLOWED), None)
    if act is not None and (named or act.kind == "aid"):
        _attach(groups, act, scene, RULE_SUM, amounts)
        return
    met = next((each for each in reversed(near) if each.kind in MEETINGS), None)
    if met is not None and scene.tagged("aid.noun"):
        givers = [m for m, _ in met.actors if country_of(met.scene, m) not in (None, "UA", "RU")]
        mark = scene.tagged("aid.noun")[0]
        join(groups, Act(scene, "aid", mark, RULE_SUM, participants(givers[:1]), None, amounts))


def _of_a_programme(scene: Scene, amounts: Sequence[FigureTold]) -> bool:
    """ "C'est la huitième tranche d'un programme de 15,5 milliards": the whole, of which a part was told."""
    first = next((i for i, token in enumerate(scene.tokens) if token.end > amounts[0].start), 0)
    part = next((i for i in range(first) if scene.words[i] in grammar("part_of_sum")), first)
    return len(amounts) == 1 and scene.has_word("programme", part, first)


def _counts(scene: Scene, near: list[Act], groups: list[Group]) -> None:
    summit = next((each for each in reversed(near) if each.kind in ("summit", "agreement")), None)
    signed = signed_in(scene)
    if summit is not None and signed:
        _attach(groups, summit, scene, RULE_COUNT, signed)
        return
    countries = countries_in(scene)
    if not countries:
        return
    joined = scene.tagged("countries.joined") or scene.has_word("comprising", 0, len(scene.words))
    act = next((each for each in reversed(near) if each.kind == "summit" or (each.kind == "aid" and joined)), None)
    if act is not None and not any(f.measure == "countries" for each in _group(groups, act).acts for f in each.figures):
        _attach(groups, act, scene, RULE_COUNT, countries)


def _group(groups: list[Group], act: Act) -> Group:
    return next(group for group in groups if any(each is act for each in group.acts))


def _attach(groups: list[Group], act: Act, scene: Scene, rule: str, figures: tuple[FigureTold, ...]) -> None:
    mark = next(iter((*scene.tagged("grammar.financing"), *scene.tagged("aid.noun"))), Mark(0, 1, frozenset()))
    _group(groups, act).add(Act(scene, act.kind, mark, rule, (), None, figures))


def title_sums(scenes: Iterable[Scene], groups: list[Group]) -> None:
    """A headline's sum belongs to the one act that its item tells without one: "À Gdansk, onze milliards"."""
    wanting = [group for group in groups if group.kind in FOLLOWED]
    if len(wanting) != 1 or any(f.measure == "amount" for act in wanting[0].acts for f in act.figures):
        return
    for scene in scenes:
        amounts = amounts_in(scene) if scene.prominent else ()
        if amounts and not any(scene.tagged("grammar.proposing")):
            wanting[0].add(Act(scene, wanting[0].kind, Mark(0, 1, frozenset()), RULE_SUM, (), None, amounts))
            return


def counts_before(scenes: Sequence[Scene], groups: list[Group]) -> None:
    """The countries that come to a summit, told right before it: "Ils étaient venus de quarante-six pays"."""
    for group in groups:
        if group.kind != "summit" or any(f.measure == "countries" for act in group.acts for f in act.figures):
            continue
        first = min(act.scene.sentence.index for act in group.acts)
        for scene in scenes:
            if 0 < first - scene.sentence.index <= MOST_APART and "countries.noun" in scene.keys:
                countries = countries_in(scene)
                if countries:
                    _attach(groups, group.acts[0], scene, RULE_COUNT, countries)
                    break


def stands_in(scene: Scene, before: Scene | None) -> Scene | None:
    """A sentence whose "celle" or "celui" stands for the summit named just before it, with that noun in its place."""
    if before is None or "summit.meeting" not in scene.keys or "summit.noun" in scene.keys:
        return None
    if "summit.noun" not in before.keys:
        return None
    first = next((i for i, norm in enumerate(scene.words[:PARTITIVE_REACH]) if norm in grammar("standing_in")), None)
    if first is None or not (scene.sentence.dates or scene.sentence.places):
        return None
    noun = Mark(first, first + 1, frozenset(("summit.noun",)))
    return Scene(
        scene.sentence,
        sorted([*scene.marks, noun], key=lambda mark: mark.first),
        scene.mentions,
        scene.keys | {"summit.noun", "summit."},
        scene.pronoun,
        scene.around,
    )
