"""Days and times as a person writes them on a command line."""

from datetime import date, datetime, time

from streams.errors import UsageError
from streams.intake.time_key import KYIV


def day(text: str) -> date:
    """A day written as 2025-02-04; raises UsageError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day; write it as 2025-02-04") from error


def day_start_ms(text: str) -> int:
    """The start of a day in Kyiv, in milliseconds since the epoch."""
    return round(datetime.combine(day(text), time(), KYIV).timestamp() * 1000)


def time_ms(text: str) -> int:
    """A time in milliseconds since the epoch; without an offset it is this machine's."""
    try:
        return round(datetime.fromisoformat(text).astimezone().timestamp() * 1000)
    except ValueError as error:
        raise UsageError(f"{text!r} is no time; write it as 2025-02-04T10:00:00+02:00") from error
