"""What the sentences around a strike say of it: which are worth reading, whose place and day stands where."""

from datetime import date

from streams.extraction.strikes.strike import Strike
from streams.languages.fr.strikes.afterwards import reaches
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.groups import THEM
from streams.languages.fr.strikes.places import Spot
from streams.languages.fr.strikes.scene import Scene, single_day
from streams.languages.fr.strikes.units import Units
from streams.languages.fr.strikes.words import Wording

TOLLS = 3
LONGEST_LINE = 14


WEEK = 7
WORST = frozenset(("plus", "pire", "première", "meurtrière", "meurtrier", "violente"))
AFTERMATH = frozenset(("missing", "rescued", "hospitalised"))
SPANS = frozenset((("de", "à"), ("de", "au"), ("du", "au"), ("du", "à"), ("entre", "et")))


LATE_PERIOD = 14
# "Un soir d'avril" is one day of the month.
ONE_DAY = frozenset(("soir", "jour", "matin", "nuit", "après-midi", "matinée", "soirée", "journée", "dimanche"))
GENERAL = frozenset(("violence", "violences", "hostilités"))
COUNTING = 12
STILL = frozenset(("encore", "toujours", "alors"))
WAS = frozenset(("était", "étaient", "avait"))
COUNTED = frozenset(
    (
        "comptait", "comptaient", "dénombrait", "dénombraient", "recensait", "recensaient", "parlait", "parlaient",
        "annonçait", "annonçaient", "évoquait", "évoquaient", "déplorait", "déploraient", "chiffrait",
    )
)  # fmt: skip
FORMER = frozenset(("précédent", "précédente", "auparavant", "plus"))
ONE_STRIKE = frozenset(("une", "un", "la", "cette", "l'", "même", "seule", "unique", "cet"))


SHELLED_REGIONS = frozenset(("Belgorod", "Briansk", "Koursk"))
APART = frozenset(("après", "avant", "selon", "si", "puisque", "tandis", "mais"))


def struck(scene: Scene, spot: Spot) -> bool:
    """Whether a word of a strike stands in the place's clause, no subordinate clause between them."""
    if spot.part == "heading":
        return True
    for position in [*scene.strikes, *scene.weapons]:
        low, high = sorted((position, spot.unit))
        same = scene.units[position].segment == scene.units[spot.unit].segment and high - low <= 16
        between = {scene.units.norm(i) for i in range(low + 1, high)} & APART if same else APART
        if not between or (between == {"après"} and position > spot.unit and scene.harm):
            return True  # "le dépôt de Feodossia brûle après une attaque"
    return False


def anchors(scene: Scene, strike: Strike) -> list[tuple[int, int]]:
    """Where a strike stands in a sentence: the spans of its figures, and its place."""
    spans = [(told.found.first, told.found.last) for told in strike.figures if told.scene is scene]
    return spans + [(spot.unit, spot.unit) for spot in scene.spots if spot.place is strike.place]


def opens_span(scene: Scene, index: int) -> bool:
    """ "De lundi matin à mardi matin" counts on the day it ends."""
    units = scene.units
    return (
        (units.norm(index - 1), units.norm(index + 1)) in SPANS
        and index + 2 < len(units)
        and units[index + 2].day is not None
    )


def own_day(scene: Scene, figure: Found) -> date | None:
    """The day that a figure's clause tells; None where it tells none, or how long afterwards people are looked for."""
    if not scene.days or figure.measure in AFTERMATH or counted_then(scene, figure):
        return None
    segment = scene.units[figure.number].segment
    told = next((day for clause, day in scene.own_days if clause == segment), None)
    every = {day for _, day in scene.own_days} if told is None else {told}
    return next(iter(every)) if len(every) == 1 else None


def counted_then(scene: Scene, figure: Found) -> bool:
    """ "Samedi, on en était encore à onze morts": the day of a count, not that of what it counts."""
    if figure.revision == "former":
        return True
    units = scene.units
    norms = [units.norm(position) for position in range(max(0, figure.number - COUNTING), figure.number)]
    before = set(norms)
    return reaches(norms) or bool(before & COUNTED) or bool(before & STILL and before & WAS)


def period_of(scene: Scene, group: list[Found], anchor: date | None) -> tuple[date | None, date | None] | None:
    """The weeks or months whose toll a clause tells: "en août", "depuis le 24 février"; None where it tells a day."""
    words = scene.units
    nouns = (i for i in words.where.get("strike.noun", ()) if i and words.norm(i) not in GENERAL)
    if not scene.days or any(words.norm(i - 1) in ONE_STRIKE for i in nouns):
        return None
    number = group[0].number
    segment = words[number].segment
    for index, mention, _reporting in scene.days:
        if words[index].segment != segment or index > number + LATE_PERIOD or words.norm(index - 2) in ONE_DAY:
            continue
        first, last = mention.first, mention.last
        since = any(words.norm(i) in {"depuis", "dès"} for i in (index - 1, index - 2)) or words.norm(index).startswith(
            "depuis"
        )
        long_since = since and first is not None and anchor is not None and (anchor - first).days > WEEK
        if long_since or (first is not None and last is not None and (last - first).days > WEEK):
            return (first, None) if long_since else (first, last)
    return None


def in_cumulative_clause(scene: Scene, group: list[Found]) -> bool:
    units = scene.units
    segment = units[group[0].number].segment
    return any(units[position].segment == segment for position in units.where.get("scene.cumulative", ()))


def only_headed(strikes: list[Strike]) -> bool:
    """Whether only a title has told the tolls of several places: what flew is then counted for the country."""
    told = [each.scene.units.sentence.section for strike in strikes for each in strike.figures]
    return len(strikes) > 1 and bool(told) and "body" not in told


def adds_up(scene: Scene, group: list[Found]) -> bool:
    """Whether "depuis le début de l'année" sums up what befell a figure's place; "la pire frappe depuis" does not."""
    units = scene.units
    part = {units[group[0].number].part, units[group[0].number].part - 1}
    told = any(units[position].part in part for position in units.where.get("scene.cumulative", ()))
    single = any(units.norm(position - 1) in ONE_STRIKE for position in units.where.get("strike.noun", ()))
    return told and not single and not any(unit.norm in WORST for unit in units.units)


def worth_reading(wordings: list[Wording]) -> list[Wording]:
    """The sentences of the paragraphs in which a word of the strike lexicon stands; headlines and leads always."""
    if not wordings:
        return []
    telling = {wordings[0].sentence.paragraph}
    for wording in wordings:
        counted = wording.core or _is_line_of_a_list(wording) or _takes_up(wording)
        if counted or wording.sentence.section != "body":
            telling.add(wording.sentence.paragraph)
    return [wording for wording in wordings if wording.sentence.paragraph in telling]


def _is_line_of_a_list(wording: Wording) -> bool:
    """ "- 26 au-dessus de la région de Briansk ;": a short line with a number may share out what was counted above."""
    tokens = wording.sentence.tokens
    return len(tokens) <= LONGEST_LINE and any(token.norm[0].isdigit() for token in tokens)


def _takes_up(wording: Wording) -> bool:
    """ "Trois mineurs se trouvent parmi eux": people of a paragraph before."""
    norms = wording.sentence.norms
    return "parmi" in norms and not THEM.isdisjoint(norms)


def tolls_alone(scenes: list[Scene]) -> bool:
    """Whether tolls stand without a word of their cause, as in a morning's count of a night: three of them at least."""
    if any(scene.soldierly for scene in scenes):
        return False
    return sum(count_tolls(scene.units) for scene in scenes) >= TOLLS and any(
        unit.norm in {"nuit", "bilan", "journée"} for scene in scenes for unit in scene.units.units
    )


def tolls_at_places(scenes: list[Scene]) -> bool:
    """Whether tolls told of places alone can be a strike's: the item speaks of no other cause, army or subject."""
    return not any(
        scene.soldierly or scene.hypothetical or scene.units.tells("other.cause", "other.certain", "other.accident")
        for scene in scenes
    )


def is_toll_at_place(scene: Scene, hinted: bool) -> bool:
    """ "Un homme a été tué à Siversk": dead or wounded at a place of the war, told with it or, if `hinted`, before."""
    placed = hinted or is_placed(scene)
    return placed and scene.units.tells("victim.killed", "victim.injured", "fate.killed", "fate.injured")


def is_placed(scene: Scene) -> bool:
    """Whether a sentence names a settlement or region of Ukraine, or one of Russia that is shelled every day."""
    return any(
        spot.part in {"site", "heading"}
        and spot.place.precision != "country"
        and (spot.place.country == "UA" or spot.place.region in SHELLED_REGIONS)
        for spot in scene.spots
    )


def count_tolls(units: Units) -> int:
    """How many words of a sentence name dead or wounded."""
    return sum(units[position].sub("victim") in {"killed", "injured"} for position in units.where.get("victim", ()))


def names_soldiers(scene: Scene) -> bool:
    """Whether a noun of the sentence names soldiers."""
    units = scene.units
    return any(units[position].sub("person") == "soldier" for position in units.where.get("person.soldier", ()))


def long_ago(scene: Scene, anchor: date | None) -> bool:
    """Whether the sentence dates what it tells by a week that is over, or a month that ended a week before."""
    return anchor is not None and any(
        mention.last is not None
        and single_day(mention) is None
        and ((anchor - mention.last).days > WEEK or (mention.precision == "week" and mention.last < anchor))
        for _, mention, _reporting in scene.days
    )


def tells_earlier(scene: Scene, anchor: date | None) -> bool:
    """Whether a sentence tells of times past: "déjà", "l'an dernier"; a "précédent bilan" is one of the same strike."""
    units = scene.units
    another = scene.was_before and any(
        units.norm(index - 1) in {"une", "un"} for index in units.where.get("strike.noun", ())
    )
    return (
        another
        or long_ago(scene, anchor)
        or any(units.norm(index) not in FORMER for index in units.where.get("scene.earlier", ()))
    )


def is_gone_by(scene: Scene, people: list[Found], anchor: date | None) -> bool:
    """Whether a toll is that of an earlier strike, told in the pluperfect with "déjà", "l'an dernier", a past month."""
    dated = any(single_day(day) is not None for _, day, _reporting in scene.days)
    if dated or any(figure.revision for figure in people):
        return False
    told = any(scene.units.norm(index) not in FORMER for index in scene.units.where.get("scene.earlier", ()))
    return (told or long_ago(scene, anchor)) and scene.was_before
