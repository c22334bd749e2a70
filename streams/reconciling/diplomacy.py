"""Identity of diplomatic events: who goes to or meets whom, and when.

Block: kind family, the lead actor's country and the host's. On one day two reports join where they share an actor or a
figure, or where one of them names none; without a day by decision, announced window, or names within a week. Known
mistakes: two meetings of the same two countries on one day, both without names, are one event.
"""

from collections.abc import Sequence
from datetime import date

from schemas.internal import Report
from streams.reconciling.dated import Cluster, join
from streams.reconciling.told import Told

FAMILIES = {"visit": "meeting", "talks": "meeting", "summit": "meeting"}
LEADING = ("envoy", "official", "participant", "host", "commander", "attacker", "target")


def block(report: Report, reported_on: date) -> str:
    """The block a report belongs to: `diplomacy|meeting|US|UA`, with `?` where a country is not told."""
    family = FAMILIES.get(report.kind, report.kind)
    ranked = sorted(
        (actor for actor in report.actors if actor.country is not None), key=lambda actor: LEADING.index(actor.role)
    )
    lead = ranked[0].country if ranked else "?"
    hosts = [actor.country for actor in report.actors if actor.role == "host" and actor.country is not None]
    if report.place is not None and report.place.country is not None:
        hosts.insert(0, report.place.country)
    return f"diplomacy|{family}|{lead}|{hosts[0] if hosts else '?'}"


def clusters(members: Sequence[Told]) -> list[Cluster]:
    """The events of one block as (identity, reports)."""
    return join(members, _same)


def _same(mine: Told, other: Told) -> bool:
    names, others = mine.actor_names(), other.actor_names()
    if not names or not others:
        return mine.bulletin_id != other.bulletin_id
    return bool(names & others or mine.figure_keys() & other.figure_keys())
