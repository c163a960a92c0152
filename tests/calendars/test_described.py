"""Time zones described for calendar files: read back by two parsers, they are what the database of zones says."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical
from hypothesis import given as for_all
from hypothesis import strategies as some
from icalendar import Timezone

from usward.calendars.described import YEARS, described

ZONES = sorted(
    name for name in available_timezones() if not name.startswith(("posix", "right", "localtime", "Factory"))
)
HOUR = timedelta(hours=1)


def read(zone: str, first: int) -> list:
    lines = "\r\n".join(described(zone, first)) + "\r\n"
    return [Timezone.from_ical(lines).to_tz(lookup_tzid=False), tzical(StringIO(lines)).get(zone)]


def wrong(zone: str, first: int, years: int) -> list[str]:
    """At which hours, shortly around every change and now and then between, a parser would be elsewhere."""
    parsers, found = read(zone, first), []
    there = ZoneInfo(zone)
    at, end = datetime(first, 1, 1, 12, tzinfo=UTC), datetime(first + years, 1, 1, tzinfo=UTC)
    while at < end:
        nights = at.astimezone(there).utcoffset() != (at + 24 * HOUR).astimezone(there).utcoffset()
        for here in [at + n * HOUR / 2 for n in range(48)] if nights else [at]:
            local = here.astimezone(there)
            for parser in parsers:
                # By what the clocks show, which is how a file says it. What they show twice is the first of the two.
                shown = local.replace(tzinfo=parser, fold=0)
                if shown.utcoffset() != local.replace(fold=0).utcoffset():
                    found.append(f"{local}: {shown.utcoffset()} by {type(parser).__module__}")
        at += 24 * HOUR
    return found


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe",
                                  "Asia/Kolkata", "America/Santiago", "Asia/Jerusalem", "Africa/Casablanca", "UTC"])  # fmt: skip
def test_two_parsers_read_the_clocks_that_there_are(zone):
    assert not wrong(zone, 2026, 6)


def test_a_rule_where_there_is_one():
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in described("Europe/Berlin", 2026)
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" in described("America/New_York", 2026)
    assert "TZOFFSETTO:+1030" in described("Australia/Lord_Howe", 2026)
    assert any(
        line.startswith("RRULE") and "BYMONTHDAY=2,3,4,5,6,7,8" in line for line in described("America/Santiago", 2026)
    )
    assert any(line.startswith("RDATE") for line in described("Africa/Casablanca", 2026)), (
        "the moon keeps no rule of ours"
    )
    assert len([line for line in described("Asia/Kolkata", 2026) if line.startswith("BEGIN:STANDARD")]) == 1


@for_all(some.sampled_from(ZONES), some.integers(2005, 2036))
def test_every_zone_there_is(zone, first):
    assert not wrong(zone, first, 2)
    assert len(described(zone, first)) < 12 + 7 * YEARS
