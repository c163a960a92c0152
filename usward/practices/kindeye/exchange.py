"""When it may be time again: after four months by the calendar. Pure."""

from calendar import monthrange
from datetime import date

MONTHS = 4  # as in the trial that this follows


def time_again(last: date) -> date:
    """The day four months later; the last of its month where it has no such day."""
    years, month = divmod(last.month - 1 + MONTHS, 12)
    year, month = last.year + years, month + 1
    return date(year, month, min(last.day, monthrange(year, month)[1]))
