"""Identity of strikes: one place, one day and one weapon class is one event.

Block: country, region and day, which one report alone determines. A report that names only the region joins the one
settlement of that region with a compatible weapon (of several, the only one with most of its figures), else it stands
alone; a sum over several places never joins. A report without a place joins another such report only by equal figures,
or by a source or actor where no figure contradicts. Known mistakes: two attacks of one weapon on one town and day are
one event; a strike told days later without its day counts on the day of the report; where a town was hit by two
weapons, a report that names neither and no figure of theirs goes to one of them.
"""

from collections.abc import Sequence
from datetime import date

from schemas.internal import Report
from schemas.records import Place
from streams.naming import fold
from streams.reconciling.told import FigureValue, Told, shared_names

Cluster = tuple[tuple[str, ...], list[Told]]

CLASSES = {"missile": "missile", "drone": "drone", "glide-bomb": "glide-bomb", "artillery": "artillery"}
FINE = ("site", "settlement")
NOWHERE = "?"
WIDE = ""


def block(report: Report, reported_on: date) -> str:
    """The block a strike report belongs to.

    `strike|UA|Kharkiv|2025-02-04`; the region is empty for a whole country and `?` where no place is told.
    """
    day = report.occurred_on if report.occurred_on is not None else reported_on
    place = report.place
    if place is None:
        return f"strike|{NOWHERE}|{NOWHERE}|{day}"
    region = "" if place.precision == "country" else (place.region if place.region is not None else NOWHERE)
    return f"strike|{place.country if place.country is not None else NOWHERE}|{region}|{day}"


def spot(place: Place | None) -> str:
    """What is settled together: a settlement by its key, `WIDE` where no settlement is told."""
    return place_key(place) if place is not None and place.precision in FINE else WIDE


def clusters(members: Sequence[Told]) -> list[Cluster]:
    """The events of one block as (identity, reports); a pure function of the set of members, which come in order."""
    placed: dict[str, list[Told]] = {}
    regional: list[Told] = []
    nowhere: list[Told] = []
    for told in members:
        place = told.report.place
        if place is None:
            nowhere.append(told)
        elif place.precision in FINE:
            placed.setdefault(place_key(place), []).append(told)
        else:
            regional.append(told)
    found = [cluster for key, group in placed.items() for cluster in _apart(key, group)]
    return _join_regional(found, regional) + _join_nowhere(nowhere)


def _apart(key: str, group: list[Told]) -> list[Cluster]:
    """The events at a place: what an item tells without a day beside its dated strike there is an earlier one."""
    dated = {told.report.item_id for told in group if told.report.occurred_on is not None}
    before = [told for told in group if told.report.occurred_on is None and told.report.item_id in dated]
    if not before:
        return _by_class(key, group)
    earlier = [((*identity, "before"), each) for identity, each in _by_class(key, before)]
    return _by_class(key, [told for told in group if told not in before]) + earlier


def place_key(place: Place) -> str:
    """What makes two places of one region the same: the gazetteer's id, else the folded name."""
    if place.geoname_id is not None:
        return str(place.geoname_id)
    name = place.canonical if place.canonical is not None else place.name
    return fold(name) or name


def _by_class(key: str, group: list[Told]) -> list[Cluster]:
    classes = sorted({CLASSES[told.report.kind] for told in group if told.report.kind in CLASSES})
    if len(classes) <= 1 or any(told.report.kind == "combined" for told in group):
        return [((key,), group)]
    parts: dict[str, list[Told]] = {name: [] for name in classes}
    for told in group:
        if told.report.kind in CLASSES:
            parts[CLASSES[told.report.kind]].append(told)
    for told in group:
        if told.report.kind not in CLASSES:
            parts[max(classes, key=lambda name: (_shared_figures(told, parts[name]), name))].append(told)
    return [((key, name), sorted(part, key=lambda told: told.order)) for name, part in parts.items()]


def _shared_figures(told: Told, others: Sequence[Told]) -> int:
    return sum(len(told.figure_keys & other.figure_keys) for other in others)


def _join_regional(found: list[Cluster], regional: list[Told]) -> list[Cluster]:
    alone: list[Told] = []
    joined: list[Cluster] = [(identity, list(group)) for identity, group in found]
    for told in regional:
        home = None if _is_total(told) else _home(told, found)
        if home is None:
            alone.append(told)
        else:
            joined[home][1].append(told)
    joined = [(identity, sorted(group, key=lambda told: told.order)) for identity, group in joined]
    return joined + (_by_class("", alone) if alone else [])


def _home(told: Told, found: Sequence[Cluster]) -> int | None:
    """The one settlement event a regional report can mean; of several, the only one with most of its figures.

    A bulletin that tells the settlement itself means another event by the region.
    """
    fitting = [index for index, (_, group) in enumerate(found) if _weapons_agree(told, group)]
    if len(fitting) > 1:
        shared = {index: len(told.figure_keys & _figures_of(found[index][1])) for index in fitting}
        most = max(shared.values())
        fitting = [index for index in fitting if most > 0 and shared[index] == most]
    if len(fitting) != 1 or _tells_already(told, found[fitting[0]][1]):
        return None
    return fitting[0]


def _figures_of(group: Sequence[Told]) -> frozenset[FigureValue]:
    return frozenset[FigureValue]().union(*(other.figure_keys for other in group))


def _is_total(told: Told) -> bool:
    """A sum over several places is an event of its own; so is a whole country's."""
    place = told.report.place
    return (place is not None and place.precision == "country") or any(
        statement.scope == "total" for statement in told.report.statements
    )


def _tells_already(told: Told, group: Sequence[Told]) -> bool:
    return any(other.bulletin_id == told.bulletin_id for other in group)


def _weapons_agree(told: Told, group: Sequence[Told]) -> bool:
    mine = CLASSES.get(told.report.kind)
    theirs = {CLASSES[other.report.kind] for other in group if other.report.kind in CLASSES}
    return mine is None or not theirs or mine in theirs


def _join_nowhere(members: list[Told]) -> list[Cluster]:
    groups: list[list[Told]] = []
    for told in members:
        home = next((group for group in groups if _same_unplaced(told, group)), None)
        if home is None:
            groups.append([told])
        else:
            home.append(told)
    return [((NOWHERE, group[0].bulletin_id, str(group[0].ordinal)), group) for group in groups]


def _same_unplaced(told: Told, group: Sequence[Told]) -> bool:
    if _tells_already(told, group) or not _weapons_agree(told, group):
        return False
    theirs = _figures_of(group)
    if told.figure_keys & theirs:
        return True
    contradicts = {key[:4] for key in told.figure_keys} & {key[:4] for key in theirs}
    return not contradicts and any(shared_names(told, other) for other in group)
