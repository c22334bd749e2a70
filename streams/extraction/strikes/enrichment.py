"""What a sentence adds to the strikes it tells of: weapons, days, whether it is told as background."""

from datetime import date

from schemas.enumerations import StrikeKind
from streams.extraction.strikes.context import anchors, long_ago
from streams.extraction.strikes.days import add_days, is_nearest
from streams.extraction.strikes.strike import Strike
from streams.languages.fr.strikes.scene import Scene, single_day

MOST_SCENES = 200
KINDS: dict[str, StrikeKind] = {
    "ballistic-missile": "missile",
    "cruise-missile": "missile",
    "missile": "missile",
    "drone": "drone",
    "glide-bomb": "glide-bomb",
    "artillery": "artillery",
    "rocket": "artillery",
    "mine": "explosion",
    "explosive": "explosion",
}
FLYING = {"missile": "missile", "drone": "drone"}


def enrich(strike: Strike, scene: Scene, touched: list[Strike], anchor: date | None) -> None:
    """Add what a sentence tells of a strike beside its figures: its weapons and days; `touched` are all it tells of."""
    alone = len(touched) == 1
    if len(strike.scenes) < MOST_SCENES:
        strike.scenes.append(scene)
    dated = any(single_day(mention) is not None for _, mention, _reporting in scene.days)
    strike.background = strike.background or (
        (scene.earlier or long_ago(scene, anchor)) and len(strike.scenes) == 1 and not dated
    )
    segments = {scene.units[told.found.number].segment for told in strike.figures if told.scene is scene}
    first = (
        bool(segments)
        or scene.units.sentence.section != "body"
        or any(spot.place is strike.place for spot in scene.spots)
    )
    numbers = [told.found.number for told in strike.figures if told.scene is scene]
    for index, subs in scene.weapons.items():
        active = scene.strikes or numbers or any(unit.has("air") for unit in scene.units.units)
        if (alone and active) or _shares(scene, index, touched) or is_nearest(scene, index, strike, touched):
            (strike.weapons if first else strike.more_weapons).update(subs)
    if alone and not strike.weapons and (scene.engine or "debris" in scene.units.where):
        strike.more_weapons.add("engine")
    add_days(strike, scene, touched, anchor)


def fallen(strikes: list[Strike]) -> None:
    """Give a strike told only by debris or by an "engin" the one kind of weapon that the text's other strikes tell."""
    kinds = {KINDS[weapon] for strike in strikes for weapon in strike.weapons | strike.more_weapons if weapon in KINDS}
    for strike in strikes:
        if "engine" in strike.more_weapons and not {weapon for weapon in strike.weapons if weapon in KINDS}:
            strike.more_weapons.update(FLYING[kind] for kind in kinds if len(kinds) == 1 and kind in FLYING)


def _shares(scene: Scene, index: int, touched: list[Strike]) -> bool:
    """Whether a sentence's one weapon stands after all its figures, in one segment: it struck every place told."""
    told = [span for each in touched for span in anchors(scene, each)]
    segment = scene.units[index].segment
    return len(scene.weapons) == 1 and all(
        last < index and scene.units[first].segment == segment for first, last in told
    )
