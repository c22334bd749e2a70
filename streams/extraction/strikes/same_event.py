"""Whether figures told are those of a strike told before: by their values, and by their day."""

from collections.abc import Iterable
from datetime import date

from streams.extraction.strikes.strike import Strike
from streams.languages.fr.strikes.found import Found, is_vague, value_of

DAYS_APART = 2
LONG_AGO = 14


def conflicts(strike: Strike, figures: Iterable[Found]) -> bool:
    """Whether a figure contradicts what is told of the strike already."""
    known = strike.known
    for figure in figures:
        said = known.get((figure.measure, figure.of))
        if said is None and figure.of in {"civilian", None}:
            said = known.get((figure.measure, None if figure.of is not None else "civilian"))
        if said is not None and not is_vague(figure) and value_of(figure) not in said:
            return True
    return False


def agrees(strike: Strike, figures: Iterable[Found]) -> bool:
    """Whether a figure is told of the strike already, with the same value."""
    known = strike.known
    told = list(figures)
    return any(
        value_of(figure) in known.get((figure.measure, of), ())
        for figure in [each for each in told if not each.subset] or told
        for of in {figure.of, None, "civilian" if figure.of is None else None}
    )


def other_day(strike: Strike, figures: list[Found], day: date | None, past: bool = False) -> bool:
    """Whether figures told of `day`, or of times past, cannot be this strike's, which was on another day."""
    if past and day is None and figures and strike.figures and not agrees(strike, figures):
        return not strike.background and conflicts(strike, figures)
    known = [each.day for each in strike.best_days() if each.rank <= 1]
    if day is not None and known and figures and all(abs((each - day).days) > LONG_AGO for each in known):
        return True
    if day is None or not figures or not (strike.figures or strike.told) or agrees(strike, figures):
        return False
    if not known:
        gone = (strike.dated - day).days if strike.dated is not None else 0
        if past and gone >= DAYS_APART and strike.figures:
            return True
        return (gone > DAYS_APART and conflicts(strike, figures)) or (gone > LONG_AGO and not strike.figures)
    if past and day not in known:
        return True
    if conflicts(strike, figures) and all(each.precision == "day" for each in strike.best_days() if each.rank <= 1):
        return day not in known
    return all(abs((each - day).days) >= DAYS_APART for each in known)
