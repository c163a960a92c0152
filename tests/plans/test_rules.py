"""When a plan comes round, against counting every minute of years by hand."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as some

from usward.plans.rules import (
    EVERY,
    FORTNIGHT,
    LAST,
    MONTH,
    ONCE,
    WEEK,
    YEAR,
    When,
    days,
    instant,
    next_days,
    numbered,
    occurrences,
    rrule,
)

ZONES = (
    "Europe/Copenhagen",
    "America/New_York",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
)
A_DAY = timedelta(days=1)


def by_hand(when: When, day: date) -> bool:
    """Whether a plan comes round on a day, said in words of the calendar and nothing else."""
    first = when.day
    if day < first or (when.until and day > when.until):
        return False
    last_of_month = (day + 7 * A_DAY).month != day.month
    if when.every == ONCE:
        return day == first
    if when.every in (WEEK, FORTNIGHT):
        return (day - first).days % (7 if when.every == WEEK else 14) == 0
    if when.every == YEAR:
        if (first.month, first.day) == (2, 29):
            return (day.month, (day + A_DAY).month) == (2, 3)
        return (day.month, day.day) == (first.month, first.day)
    if day.weekday() != first.weekday():
        return False
    if when.every == LAST or first.day > 28:
        return last_of_month
    return (day.day - 1) // 7 == (first.day - 1) // 7


whens = some.builds(
    When,
    day=some.dates(date(2023, 1, 1), date(2028, 12, 31)),
    at=some.times().map(lambda one: one.replace(second=0, microsecond=0)),
    minutes=some.integers(5, 24 * 60),
    zone=some.sampled_from(ZONES),
    every=some.sampled_from(EVERY),
    until=some.none() | some.dates(date(2023, 1, 1), date(2031, 1, 1)),
)


@given(whens)
def test_days_are_those_of_the_calendar(when):
    horizon = when.day + timedelta(days=1200)
    found = list(islice(days(when), 400))
    expected = [day for n in range(1200) if by_hand(when, day := when.day + n * A_DAY)]
    assert [day for day in found if day < horizon] == expected[:400]


@given(whens, some.datetimes(datetime(2022, 12, 1), datetime(2032, 1, 1)), some.integers(1, 40 * 24 * 60))
def test_what_lies_in_a_span(when, start, minutes):
    start = start.replace(tzinfo=UTC)
    end = start + timedelta(minutes=minutes)
    found = occurrences(when, start, end)
    first = (start - timedelta(days=3)).date()
    near = [first + n * A_DAY for n in range((end.date() - first).days + 3)]
    expected = []
    for day in near:
        begins = instant(day, when.at, when.zone)
        if by_hand(when, day) and begins < end and begins + timedelta(minutes=when.minutes) > start:
            expected.append((day, begins))
    assert [(one.day, one.start) for one in found] == expected
    numbers = [one.number for one in found]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


@given(some.dates(date(2024, 1, 1), date(2030, 1, 1)), some.integers(0, 24 * 60 - 1), some.sampled_from(ZONES))
@settings(max_examples=300)
def test_an_instant_is_the_first_minute_that_the_clocks_show(day, minute, zone):
    """Walk the minutes of the day, and look at the clock on the wall."""
    at = time(minute // 60, minute % 60)
    clock, began = ZoneInfo(zone), datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=2)
    shown = [one for n in range(28 * 60) if (one := began + timedelta(minutes=n)).astimezone(clock).date() == day]
    exact = [one for one in shown if one.astimezone(clock).time() == at]
    if exact:
        assert instant(day, at, zone) == exact[0]
    else:  # left out: as late after the jump as it would have been after the time at which they jump
        later = [one for one in shown if one.astimezone(clock).time() > at]
        jump = datetime.combine(day, later[0].astimezone(clock).time())
        before = (later[0] - timedelta(minutes=1)).astimezone(clock)
        ought = datetime.combine(day, at) - before.replace(tzinfo=None) - timedelta(minutes=1)
        assert instant(day, at, zone) == later[0] + ought
        assert jump > datetime.combine(day, at)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        # The clocks of Copenhagen leave out 02:30 on 29 March 2026, and show it twice on 25 October.
        (When(date(2026, 3, 22), time(2, 30), 60, "Europe/Copenhagen", WEEK), ["03-22 01:30", "03-29 01:30", "04-05 00:30"]),
        (When(date(2026, 10, 18), time(2, 30), 60, "Europe/Copenhagen", WEEK), ["10-18 00:30", "10-25 00:30", "11-01 01:30"]),
        (When(date(2026, 10, 25), time(20), 90, "Europe/Copenhagen", FORTNIGHT), ["10-25 19:00", "11-08 19:00", "11-22 19:00"]),
        (When(date(2026, 11, 29), time(18), 60, "Pacific/Auckland", LAST), ["11-29 05:00", "12-27 05:00", "01-31 05:00"]),
        (When(date(2026, 10, 30), time(18), 60, "UTC", MONTH), ["10-30 18:00", "11-27 18:00", "12-25 18:00"]),
        (When(date(2024, 2, 29), time(9), 30, "UTC", YEAR), ["02-29 09:00", "02-28 09:00", "02-28 09:00"]),
    ],
)  # fmt: skip
def test_some_that_one_can_look_up(when, expected):
    found = next_days(when, when.day, 3)
    assert [one.start.strftime("%m-%d %H:%M") for one in found] == expected
    assert [one.number for one in found] == [0, 1, 2]
    assert all(one.end - one.start == timedelta(minutes=when.minutes) for one in found)


def test_every_other_year_is_found_without_walking_there():
    when = When(date(2016, 1, 1), time(20), 60, "UTC", WEEK)
    (one,) = next_days(when, date(2026, 1, 1), 1)
    assert (one.day, one.number) == (date(2026, 1, 2), 522)


@given(whens, some.integers(-400, 12_000))
def test_a_rule_that_is_years_old_is_not_counted_through_from_its_beginning(when, later):
    after = when.day + timedelta(days=later)
    whole = islice(((number, day) for number, day in enumerate(days_by_rrule(when)) if day >= after), 20)
    near = list(islice(numbered(when, after), 25))
    assert [pair for pair in near if pair[1] >= after][:20] == list(whole)
    assert len([pair for pair in near if pair[1] < after]) <= 5


def days_by_rrule(when):
    """Every day of a rule from its beginning, as dateutil counts them."""
    if when.every == ONCE:
        found = [datetime.combine(when.day, time())]
    else:
        found = rrulestr(rrule(when), dtstart=datetime.combine(when.day, time())).between(
            datetime.min, datetime(2085, 1, 1)
        )
    return [one.date() for one in found if not when.until or one.date() <= when.until]
