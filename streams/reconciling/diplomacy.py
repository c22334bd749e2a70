"""Identity of diplomatic events: who goes to or meets whom, and when.

Block: kind family, the lead actor's country and the host's (of a call, the other country's). On one day two reports
join where they share an actor or a figure; one that names nobody joins the day's only event. Without a day they join
by decision, announced window, or names within a week. Known mistakes: two meetings of the same two countries on one
day, both without names, are one event; a report that names one side only stands in another block.
"""

from collections.abc import Sequence
from datetime import date

from schemas.internal import Report
from schemas.records import Actor
from streams.reconciling.dated import Cluster, join
from streams.reconciling.told import Told, share_an_actor

FAMILIES = {"visit": "meeting", "talks": "meeting", "summit": "meeting"}
LEADING = ("envoy", "official", "participant", "host", "commander", "attacker", "target")
HOME = "UA"
NOBODY = "?"


def block(report: Report, reported_on: date) -> str:
    """The block a report belongs to: `diplomacy|meeting|US|UA`, with `?` where a country is not told."""
    family = FAMILIES.get(report.kind, report.kind)
    acting = sorted((actor for actor in report.actors if actor.country is not None), key=_leading)
    lead = acting[0].country if acting else NOBODY
    hosts = [actor.country for actor in acting if actor.role == "host"]
    if report.place is not None and report.place.country is not None:
        hosts.insert(0, report.place.country)
    if family == "call":
        hosts = [actor.country for actor in acting if actor.country != lead]
    return f"diplomacy|{family}|{lead}|{hosts[0] if hosts else NOBODY}"


def _leading(actor: Actor) -> tuple[int, bool, str]:
    """By role; between equals the foreign country, so that the order of the words does not decide."""
    country = actor.country if actor.country is not None else NOBODY
    return LEADING.index(actor.role), country == HOME, country


def clusters(members: Sequence[Told]) -> list[Cluster]:
    """The events of one block as (identity, reports)."""
    return join(members, _by_actors)


def _by_actors(day: list[Told]) -> list[list[Told]]:
    """The events of one day: those who share an actor or a figure together, whatever the order."""
    groups: list[list[Told]] = []
    for told in (told for told in day if told.actor_names):
        homes = [group for group in groups if any(_same(told, other) for other in group)]
        groups = [group for group in groups if not any(group is home for home in homes)]
        groups.append([*(each for home in homes for each in home), told])
    named, nameless = list(groups), list[list[Told]]()
    for told in (told for told in day if not told.actor_names):
        agreeing = [group for group in (*named, *nameless) if any(told.figure_keys & o.figure_keys for o in group)]
        fitting = agreeing or (named if len(named) == 1 else nameless)
        home = next((group for group in fitting if not _tells_already(told, group)), None)
        if home is None:
            nameless.append([told])
        else:
            home.append(told)
    return named + nameless


def _same(mine: Told, other: Told) -> bool:
    return share_an_actor(mine, other) or bool(mine.figure_keys & other.figure_keys)


def _tells_already(told: Told, group: Sequence[Told]) -> bool:
    return any(other.bulletin_id == told.bulletin_id for other in group)
