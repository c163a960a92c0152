"""When a plan comes round: once, or by a rule, at a time on the clocks of one zone. Pure.

A rule is a recurrence rule of RFC 5545, so that a page, a feed and whoever subscribes to it count the same days.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from dateutil.rrule import rrulestr

ONCE, WEEK, FORTNIGHT, MONTH, LAST, YEAR = "once", "week", "fortnight", "month", "last", "year"
EVERY = (ONCE, WEEK, FORTNIGHT, MONTH, LAST, YEAR)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LATEST = date(2200, 1, 1)  # beyond it nobody plans, and nothing is counted


class When(msgspec.Struct, frozen=True):
    """The hours of a plan.

    `day` is the first; `at` the time on the clocks of `zone` (an IANA name), whatever these do in spring and autumn;
    `minutes` how long it takes. `every` says how it comes round: MONTH is the same weekday of the same week of a month (of
    the last, where a month has no fifth), LAST the last such weekday of a month. `until` is the last day on which it may be.
    """

    day: date
    at: time
    minutes: int
    zone: str
    every: str = ONCE
    until: date | None = None


class Occurrence(NamedTuple):
    """One time that a plan comes round: its day by the rule, which it keeps as a name when it is moved; its place in the
    row, from nought; and its two instants, in UTC."""

    day: date
    number: int
    start: datetime
    end: datetime


def rrule(when: When) -> str:
    """The rule as RFC 5545 writes it; "" for what is once."""
    day, weekday = when.day, WEEKDAYS[when.day.weekday()]
    week = (day.day - 1) // 7 + 1
    return {
        ONCE: "",
        WEEK: "FREQ=WEEKLY",
        FORTNIGHT: "FREQ=WEEKLY;INTERVAL=2",
        MONTH: f"FREQ=MONTHLY;BYDAY={week if week < 5 else -1}{weekday}",
        LAST: f"FREQ=MONTHLY;BYDAY=-1{weekday}",
        # The 29th of February is kept on the 28th where there is none: a celebration does not wait four years.
        YEAR: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if (day.month, day.day) == (2, 29) else "FREQ=YEARLY",
    }[when.every]


def days(when: When) -> Iterator[date]:
    """Every day on which a plan comes round, the first one first, without an end where it has none."""
    return (day for _, day in numbered(when, when.day))


def numbered(when: When, after: date) -> Iterator[tuple[int, date]]:
    """The days from about `after` on (none later is left out, some earlier may be there), each with its place in the row.

    A rule that is years old is not counted through from its beginning: every week, month and year has one of its days.
    """
    last = min(when.until or LATEST, LATEST)
    if when.every == ONCE:
        found: Iterator[date] = iter([when.day])
        skipped = 0
    else:
        skipped, first = _near(when, after)
        found = (one.date() for one in rrulestr(rrule(when), dtstart=datetime.combine(first, time())))
    return enumerate(takewhile(lambda day: day <= last, found), skipped)


def _near(when: When, after: date) -> tuple[int, date]:
    """How many times a rule may skip so that none on or after a day is left out, and from where it is counted then."""
    day = when.day
    if when.every in (WEEK, FORTNIGHT):
        period = 7 if when.every == WEEK else 14
        skipped = max(0, (after - day).days // period)
        return skipped, day + timedelta(days=period * skipped)
    if when.every == YEAR:
        skipped = max(0, after.year - day.year)
        leap = (day.month, day.day) == (2, 29)
        return (
            (skipped, date(day.year + skipped, 2, 1) if leap else day.replace(year=day.year + skipped))
            if skipped
            else (0, day)
        )
    skipped = max(0, (after.year - day.year) * 12 + after.month - day.month)
    year, month = divmod(day.year * 12 + day.month - 1 + skipped, 12)
    return (skipped, date(year, month + 1, 1)) if skipped else (0, day)


def instant(day: date, at: time, zone: str) -> datetime:
    """When the clocks of a zone show a time on a day, in UTC.

    What they show twice is the first of the two. What they leave out is as far after the change as it would be after the
    time at which they jump (RFC 5545, 3.3.5: the offset before the gap).
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def occurrences(when: When, start: datetime, end: datetime) -> list[Occurrence]:
    """What of a plan lies, wholly or in part, in a span of time (aware; its end does not belong to it)."""
    found: list[Occurrence] = []
    length = timedelta(minutes=when.minutes)
    # A day before it in UTC, and as long as it takes: what began then may still be going on.
    for number, day in numbered(when, (start - length).date() - timedelta(days=1)):
        begins = instant(day, when.at, when.zone)
        if begins >= end:
            break
        if begins + length > start:
            found.append(Occurrence(day, number, begins, begins + length))
    return found


def next_days(when: When, after: date, count: int) -> list[Occurrence]:
    """The next so many on or after a day."""
    found: list[Occurrence] = []
    length = timedelta(minutes=when.minutes)
    for number, day in numbered(when, after):
        if len(found) == count:
            break
        if day >= after:
            begins = instant(day, when.at, when.zone)
            found.append(Occurrence(day, number, begins, begins + length))
    return found
