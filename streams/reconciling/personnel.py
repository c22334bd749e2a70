"""Identity of military-personnel events: a kind between the same countries on one day is one event.

Block: kind and countries. An exchange of prisoners or of bodies always has both armies, though a report may count one
side only. Reports without a day join by decision, announced window, or equal figures and names within a week. Known
mistakes: two exchanges on one day are one event; an undated retelling after more than a week opens a new one.
"""

from collections.abc import Sequence
from datetime import date

from schemas.internal import Report
from streams.reconciling.dated import Cluster, join
from streams.reconciling.told import Told

BOTH_SIDES = ("prisoner-exchange", "repatriation")


def block(report: Report, reported_on: date) -> str:
    """The block a report belongs to: `military-personnel|transfer|UA`, with `?` where no country is told."""
    if report.kind in BOTH_SIDES:
        return f"military-personnel|{report.kind}|RU-UA"
    countries = {statement.side for statement in report.statements if statement.side is not None}
    if not countries:
        countries = {actor.country for actor in report.actors if actor.country is not None}
    if not countries and report.place is not None and report.place.country is not None:
        countries = {report.place.country}
    return f"military-personnel|{report.kind}|{'-'.join(sorted(countries)) if countries else '?'}"


def clusters(members: Sequence[Told]) -> list[Cluster]:
    """The events of one block as (identity, reports); every two reports of one explicit day are one event."""
    return join(members, lambda group: [group])
