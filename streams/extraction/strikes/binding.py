"""Which place of its sentence each figure belongs to."""

from streams.extraction.strikes.context import own_day
from streams.extraction.strikes.where import inside
from streams.languages.fr.strikes.found import Found
from streams.languages.fr.strikes.places import Spot
from streams.languages.fr.strikes.scene import Scene

ADJACENT = 16


def bind(scene: Scene, figures: list[Found]) -> list[tuple[list[Found], list[Spot]]]:
    """Groups of figures with the places they stand by: none where the sentence names none for them, several for a list.

    Figures with no place between them form a group. A group takes the place that follows in its clause, else the last
    one before it; a place that holds another as its region gives way to it.
    """
    fine = [spot for spot in scene.spots if spot.part in {"site", "heading"} or (spot.part == "weak" and spot.unit < 2)]
    groups = _groups(scene, figures, fine)
    bound: list[tuple[list[Found], list[Spot]]] = []
    shared: set[int] = set()
    for position, group in enumerate(groups):
        limit = groups[position + 1][0].number if position + 1 < len(groups) else len(scene.units)
        before = [spot for spot in fine if spot.unit < group[0].first and spot.unit not in shared]
        after = _after(scene, group, fine, limit)
        if group[0].share:
            shared.update(spot.unit for spot in after)
        within = [spot for spot in fine if group[0].first <= spot.unit <= group[-1].last]
        if (
            len(group) > 1
            and after
            and before
            and before[-1].part != "heading"
            and _clause_initial(scene, before[-1], group[0])
            and not inside(after[0].place, before[-1].place)
        ):
            bound.append((group[:-1], _coordinated(scene, before)))
            bound.append((group[-1:], after))
            continue
        bound.append((group, _choose(scene, group, before, within, after)))
    only = {spot.place.canonical for spot in scene.spots if spot.part in {"site", "heading"}}
    parted = any(figure.place_unit is not None for figure in figures)
    if len(only) == 1 and not parted and not any(spots for _, spots in bound):
        # The toll may stand before the clause that says where: one tells of the other.
        site = next(spot for spot in scene.spots if spot.part in {"site", "heading"})
        return [(group, [site]) for group, _ in bound]
    return bound


def _groups(scene: Scene, figures: list[Found], fine: list[Spot]) -> list[list[Found]]:
    groups: list[list[Found]] = []
    national = [spot.unit for spot in scene.spots if spot.part == "national"]
    for figure in figures:
        last = groups[-1][-1] if groups else None
        own = figure.share or figure.place_unit is not None
        apart = (
            last is None
            or own
            or last.share
            or last.place_unit is not None
            or any(last.number < spot.unit < figure.number for spot in fine)
            or _told_of_another_day(scene, last, figure)
            or (figure.subset and any(last.number < unit < figure.number for unit in national))
            or (last.sort == "attack" and figure.sort == "people" and _heads(fine, last))
        )
        if apart:
            groups.append([figure])
        else:
            groups[-1].append(figure)
    return groups


def _heads(fine: list[Spot], figure: Found) -> bool:
    """ "Zaporijjia : 512 frappes, une femme tuée à Polohy": the count is of the place that heads the line."""
    return any(spot.part == "heading" and spot.unit < figure.number for spot in fine)


def _told_of_another_day(scene: Scene, last: Found, figure: Found) -> bool:
    """ "La première, le 10 mars, avait tué onze personnes ; la seconde, vendredi, en a blessé trois"."""
    if len(scene.days) < 2 or scene.units[last.number].segment == scene.units[figure.number].segment:
        return False
    days = [own_day(scene, last), own_day(scene, figure)]
    return None not in days and days[0] != days[1]


def _after(scene: Scene, group: list[Found], fine: list[Spot], limit: int) -> list[Spot]:
    last = group[-1]
    segment = scene.units[last.number].segment
    if last.place_unit is not None:
        return []
    following = [
        spot
        for spot in fine
        if last.number < spot.unit < limit
        and spot.part == "site"
        and scene.units[spot.unit].segment == segment
        and (spot.unit - last.last <= ADJACENT or spot.subject)
    ]
    for spot in following:
        if sum(inside(other.place, spot.place) and not other.near for other in following) > 1:
            return [
                spot
            ]  # "dans la région de Soumy, où Hloukhiv et Bilopillia ont été visées": the toll is the region's
    return _merged([spot for spot in following if not spot.subject and spot.unit - last.last <= ADJACENT])


def _merged(spots: list[Spot]) -> list[Spot]:
    """The places of a list, regions that only explain the settlement before or after them left out."""
    settled = [spot for spot in spots if not any(inside(other.place, spot.place) for other in spots)]
    if not settled:
        return []
    kept = [settled[0]]
    for spot in settled[1:]:
        if spot.unit - kept[-1].unit <= 3:
            kept.append(spot)
    return kept


def _clause_initial(scene: Scene, spot: Spot, figure: Found) -> bool:
    return scene.units[spot.unit].segment == scene.units[figure.number].segment and figure.first - spot.unit <= 4


def _coordinated(scene: Scene, before: list[Spot]) -> list[Spot]:
    last = before[-1]
    heading = next((spot for spot in before if spot.part == "heading" and spot.place.precision == "region"), None)
    if heading is not None and len(before) > 2 and before[-1].unit - before[-2].unit <= 2:
        return [heading]
    for spot in before[:-1]:
        if inside(last.place, spot.place):
            continue
        if inside(spot.place, last.place) and last.unit - spot.unit <= 10:
            return [spot]
    return [last]


def _choose(scene: Scene, group: list[Found], before: list[Spot], within: list[Spot], after: list[Spot]) -> list[Spot]:
    if within:
        return _merged(within)
    if before and before[0].part == "heading" and before[0].place.precision == "region":
        last = group[-1].last
        if scene.units.stands("scene.national", last + 1, last + 2):
            return [before[0]]  # "Région de Donetsk : trois tués à Lyman, un à Siversk ; onze blessés au total"
    if after and before and _subject_of(scene, before[-1], group, after[0]):
        return [before[-1]]
    if after and before and _counted_by(scene, before[-1]) and not inside(after[0].place, before[-1].place):
        return [before[-1]]
    if after:
        if len(after) > 1 and before and before[-1].part == "heading" and before[-1].place.precision == "region":
            return [before[-1]]
        return after
    return _coordinated(scene, before) if before else []


def _counted_by(scene: Scene, spot: Spot) -> bool:
    """ "Le bilan de l'attaque contre Ternopil est monté à neuf morts": the place of the strike that a count is of."""
    units = scene.units
    return units.stands("strike", spot.unit - 5, spot.unit - 1) and any(
        unit.norm in {"bilan", "nombre"} for unit in units.units[max(0, spot.unit - 10) : spot.unit]
    )


def _subject_of(scene: Scene, spot: Spot, group: list[Found], after: Spot) -> bool:
    """ "Riazan vient en tête avec 31 drones abattus, devant Toula": the figure stands in the clause of its subject."""
    part = scene.units[group[-1].number].part
    return (
        scene.units[spot.unit].part == part
        and scene.units[after.unit].part != part
        and not inside(after.place, spot.place)
    )
