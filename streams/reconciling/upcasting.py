"""State rows that earlier versions wrote, as today's rows."""

from msgspec import Struct

from schemas.internal import BulletinReports
from streams.reconciling.rows import EventRow, Telling


class FirstBlockRow(Struct, kw_only=True):
    """A whole block in one row, as the first version kept it; `as_of` is the highest offset that it holds."""

    told_by: dict[str, BulletinReports] = {}
    events: dict[str, EventRow] = {}
    as_of: int = -1


def of_first_version(row: FirstBlockRow) -> tuple[list[Telling], list[EventRow]]:
    """The rows of a block in which the first version kept all of it."""
    tellings = [Telling(claims=claims, as_of=row.as_of) for claims in row.told_by.values()]
    return tellings, list(row.events.values())
