"""What a sentence adds to the strikes it tells of: weapons, days, whether it is told as background."""

from datetime import date

from streams.extraction.strike_context import anchors, long_ago, opens_span
from streams.extraction.strike_events import Day, Strike
from streams.languages.fr.strike_scene import Scene, single_day

MOST_SCENES = 200


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
        if (alone and active) or _shares(scene, index, touched) or _nearest(scene, index, strike, touched):
            (strike.weapons if first else strike.more_weapons).update(subs)
    several = len({single_day(mention) for _, mention, _reporting in scene.days}) > 1 and not alone
    for index, mention, reporting in scene.days:
        day = single_day(mention)
        if day is None or opens_span(scene, index) or (several and not _nearest(scene, index, strike, touched)):
            continue
        segment = scene.units[index].segment
        near = segment in segments
        told = any(scene.units[position].segment == segment for position in scene.strikes)
        owned = scene.units.norm(index - 1) in {"de", "du"}
        of_strike = owned and any(unit.has("strike.noun") for unit in scene.units.units[max(0, index - 3) : index])
        rank = (
            3
            if reporting
            else -1
            if of_strike
            else 2
            if "heures" in scene.units.norm(index)
            else (0 if owned or ((near or segments) and told) else 1 if near or segments or told else 2)
        )
        if (alone or near) and len(strike.days) < MOST_SCENES:
            distance = min((abs(position - index) for position in scene.strikes), default=0)
            strike.days.append(Day(rank, day, mention.precision, distance if told else 0))


def _nearest(scene: Scene, index: int, strike: Strike, touched: list[Strike]) -> bool:
    """Whether a weapon stands nearer to a figure of this strike than to another's, in the same segment."""
    near = [
        ((scene.units[first].part != scene.units[index].part, max(first - index, index - last, 0)), each is strike)
        for each in touched
        for first, last in anchors(scene, each)
        if scene.units[first].segment == scene.units[index].segment
    ]
    return bool(near) and min(near, key=lambda each: each[0])[1]


def _shares(scene: Scene, index: int, touched: list[Strike]) -> bool:
    """Whether a sentence's one weapon stands after all its figures, in one segment: it struck every place told."""
    told = [span for each in touched for span in anchors(scene, each)]
    segment = scene.units[index].segment
    return len(scene.weapons) == 1 and all(
        last < index and scene.units[first].segment == segment for first, last in told
    )
