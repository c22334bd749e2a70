"""Which statement of an event is its best figure, and why each of the others is not."""

from schemas.records import Event, Statement
from streams.explaining.explanation import Standing
from streams.reconciling.figures import REVISION_RANK, SECTION_RANK, FigureKey, best_of, key_of

Verdict = tuple[Standing, str, Statement]


def verdicts(event: Event) -> dict[Statement, Verdict]:
    """For each statement of an event told by one bulletin: (standing, why it does not stand, the one that does)."""
    groups: dict[FigureKey, list[Statement]] = {}
    for statement in event.statements:
        groups.setdefault(key_of(statement), []).append(statement)
    found: dict[Statement, Verdict] = {}
    for group in groups.values():
        best = best_of([("", statement) for statement in group])[1]
        found.update({statement: (*_against(statement, best), best) for statement in group})
    return found


def _against(statement: Statement, best: Statement) -> tuple[Standing, str]:
    if statement == best:
        return "best", ""
    if statement.value == best.value:
        return "same", "" if statement.qualifier == best.qualifier else f"said as {statement.qualifier}"
    if statement.revision == "former":
        return "dropped", "a former toll, as its own text says"
    if REVISION_RANK[statement.revision] < REVISION_RANK[best.revision]:
        return "dropped", "revised: the other says that it replaces it"
    if SECTION_RANK[statement.section] < SECTION_RANK[best.section]:
        return "dropped", f"a {best.section} ranks above a {statement.section}"
    return "dropped", "of two in one rank the higher stands"
