"""When somebody is busy, from clean calendars, dirty ones, and noise."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import x_wr_timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendars.dirty import DIRT, GOOD, GOOD_BUSY
from usward.calendars.busy import NoCalendar, busy
from usward.plans.hours import joined

HOME = ZoneInfo("Europe/Berlin")
MARCH, MAY = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
CORPORA = [
    Path(recurring_ical_events.__file__).parent / "test/calendars",
    Path(icalendar.__file__).parent / "tests/calendars",
]
# Where we read a calendar otherwise than the libraries do, and why.
OTHERWISE = {
    "issue_165_missing_event": "a blank in a rule costs nothing",
    "rfc_7529": "a rule that counts by our calendar, and says so, is one",
    "issue_75_range_parameter": "until a day means that whole day",
    "issue_1633_rdate_with_dates": "a span of days is no period of time",
    "issue_1633_rdate_with_dates_and_tzid": "a span of days is no period of time",
    "issue_1081_freebusy_comma_separated": "busy hours alone count",
    "issue_27_multiple_periods_in_freebusy_multiple_freebusies": "busy hours alone count",
    "issue_27_multiple_periods_in_freebusy_one_freebusy": "busy hours alone count",
    "issue_798_freebusy": "busy hours alone count",
}


def file(text: str) -> bytes:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{text}\nEND:VCALENDAR\n".replace("\n", "\r\n").encode()


def shown(spans) -> list[str]:
    found = []
    for start, end in spans:
        same = start.date() == end.date()
        found.append(f"{start:%Y-%m-%dT%H:%M}/{end:%H:%M}" if same else f"{start:%Y-%m-%dT%H:%M}/{end:%Y-%m-%dT%H:%M}")
    return found


@pytest.mark.parametrize("name", DIRT)
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r", "\r\r\n"])
def test_dirt_costs_at_most_its_event(name, ends):
    dirt = DIRT[name]
    found = busy(file(f"{dirt.text}\n{GOOD}").replace(b"\r\n", ends.encode()), MARCH, MAY, "Europe/Berlin", limit=True)
    assert shown(found.spans) == sorted([*dirt.busy, GOOD_BUSY])
    assert found.said().replace("1 of 2 events were", "One event was") == dirt.said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding(encoding):
    data = file(f"X-WR-CALNAME:Größe\n{GOOD}").decode().encode(encoding)
    assert shown(busy(data, MARCH, MAY, "Europe/Berlin").spans) == [GOOD_BUSY]


@pytest.mark.parametrize(
    "data", [b"", b"<!doctype html><title>Sign in</title>", b"\x00" * 100, b"BEGIN:VCARD\nEND:VCARD"]
)
def test_what_is_no_calendar_is_said_to_be_none(data):
    with pytest.raises(NoCalendar):
        busy(data, MARCH, MAY, "UTC")


def test_what_is_skipped_is_told_in_one_sentence_without_a_title():
    bad = [DIRT[name].text for name in ("no beginning", "no day", "a zone that nobody knows")]
    said = busy(file("\n".join([*bad, GOOD])), MARCH, MAY, "UTC").said()
    assert said == "3 of 4 events were not counted: it has no beginning, or the like."
    assert "secret" not in said


@pytest.mark.filterwarnings("ignore::icalendar.error.GloballyUniqueTZIDGuessed")
@pytest.mark.parametrize(
    "path",
    [path for folder in CORPORA for path in sorted(folder.glob("*.ics")) if path.stem not in OTHERWISE],
    ids=lambda path: path.stem,
)
def test_the_calendars_of_other_projects_as_their_libraries_read_them(path):
    data = path.read_bytes()
    years = [int(year) for year in re.findall(rb"DTSTART[^:\r\n]*:(\d{4})", data) if 1970 < int(year) < 2100]
    first = min(years, default=2026)
    start, end = datetime(first, 1, 1, tzinfo=UTC), datetime(first + 2, 1, 1, tzinfo=UTC)
    try:
        found = busy(data, start, end, "Europe/Berlin").spans
    except NoCalendar:
        assert b"BEGIN:VEVENT" not in data.upper()
        return
    try:
        expected = by_libraries(data, start, end)
    except (ValueError, KeyError, TypeError, AttributeError):
        return  # the whole file is too much for them; here it costs an event
    assert found == expected


def by_libraries(data: bytes, start: datetime, end: datetime):
    found, around = [], timedelta(days=2)
    for calendar in icalendar.Calendar.from_ical(data, multiple=True):
        events = recurring_ical_events.of(x_wr_timezone.to_standard(calendar), skip_bad_series=True)
        for event in events.between(start - around, end + around):
            if (
                "CANCELLED" not in str(event.get("STATUS")).upper()
                and "TRANSPARENT" not in str(event.get("TRANSP")).upper()
            ):
                found.append(
                    (instant(event["DTSTART"].dt), instant(event["DTEND"].dt if "DTEND" in event else event.end))
                )
    return [(max(a, start), min(b, end)) for a, b in joined(found) if b > start and a < end]


def instant(when) -> datetime:
    if isinstance(when, datetime):
        return (when if when.tzinfo else when.replace(tzinfo=HOME)).astimezone(UTC)
    return datetime(when.year, when.month, when.day, tzinfo=HOME).astimezone(UTC)


LINES = sorted({line for dirt in DIRT.values() for line in dirt.text.splitlines()})
NOISE = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=40)


@given(NOISE, st.binary(max_size=60), st.integers(0, 400))
@settings(deadline=None)
def test_noise_costs_little_time_and_never_an_error(lines, octets, at):
    data = file("\n".join([*lines, GOOD]))
    data = data[:at] + octets + data[at:]
    began = time.process_time()
    try:
        spans = busy(data, MARCH, MAY, "Europe/Berlin", limit=True).spans
    except NoCalendar:
        return
    assert time.process_time() - began < 10
    assert spans == joined(spans)
    assert all(MARCH <= start < end <= MAY for start, end in spans)
