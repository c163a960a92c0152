"""Round trip: plans as a calendar file, read back by two parsers that know nothing of each other, and by our own reader of
busy hours, are at the same instants as on our pages, for five years."""

import re
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given as for_all
from hypothesis import strategies as some
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from usward.calendars.busy import busy
from usward.calendars.feed import Series, calendar
from usward.plans.hours import joined
from usward.plans.rules import EVERY, FORTNIGHT, LAST, MONTH, ONCE, WEEK, YEAR, When, next_days
from usward.practices.plan.entries import ANSWER, END, LET_GO, MOVED, PLAN, TURN, Answer, Ended, Once, Rule, Turn
from usward.practices.plan.exchange import Standing, standing
from usward.practices.plan.feeds import begins, series

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kolkata", "UTC",
         "America/Santiago", "Africa/Casablanca")  # fmt: skip
TODAY = date(2026, 11, 26)
FROM, TO = datetime(2025, 12, 1, tzinfo=UTC), datetime(2031, 12, 1, tzinfo=UTC)
SINCE = date(2025, 12, 1)
BEN = uuid4()
# Hours that clocks leave out, show twice, or change in the middle of, among all others.
AT = some.one_of(
    some.sampled_from([time(hour, minute) for hour in (0, 1, 2, 3, 23) for minute in (0, 15, 30)]), some.times()
)
DAYS = some.one_of(
    some.sampled_from([date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4), date(2026, 10, 25),
                       date(2026, 11, 1), date(2028, 2, 29), date(2026, 1, 31)]),
    some.dates(date(2026, 1, 1), date(2028, 12, 31)),
)  # fmt: skip


@some.composite
def plans(draw) -> Standing:
    """A plan that both agreed to, and whatever may have become of it."""
    when = When(
        draw(DAYS),
        draw(AT).replace(second=0, microsecond=0),
        draw(some.sampled_from((20, 45, 60, 120, 240, 480, 37))),
        draw(some.sampled_from(ZONES)),
        draw(some.sampled_from(EVERY)),
    )
    if when.every != ONCE and draw(some.booleans()):
        when = When(
            when.day, when.at, when.minutes, when.zone, when.every, when.day + draw(some.integers(0, 900)) * DAY
        )
    kind = Once if when.every == ONCE else Rule
    said = [heard(1, PLAN, kind("date", when, draw(some.text(max_size=80))))]
    said.append(heard(2, ANSWER, Answer(said[0].id.hex, True)))
    for number in draw(some.lists(some.integers(0, 40), max_size=6, unique=True)):
        for one in next_days(when, when.day, number + 1)[number:]:
            if draw(some.booleans()):
                to = one.day + draw(some.integers(-40, 40)) * DAY
                turn = Turn(
                    one.day, MOVED, to, draw(AT).replace(second=0, microsecond=0), draw(some.sampled_from(ZONES))
                )
            else:
                turn = Turn(one.day, LET_GO)
            said.append(heard(len(said) + 1, TURN, turn))
    if draw(some.integers(0, 3)) == 0:
        said.append(heard(len(said) + 1, END, Ended(when.day + draw(some.integers(-3, 700)) * DAY)))
    return standing(said)


DAY = timedelta(days=1)


def heard(seq, step, value):
    at = datetime(2026, 11, 26, 18, 5, 7, tzinfo=UTC) + seq * DAY
    return SimpleNamespace(seq=seq, step=step, value=value, id=uuid4(), root=uuid4(), mine=True, at=at)


def file_of(
    plan: Standing | list[Standing], zone: str = "Europe/Berlin", neutral: bool = False, since: date = SINCE
) -> bytes:
    some_plans = plan if isinstance(plan, list) else [plan]
    return calendar([series(one, BEN, since, neutral) for one in some_plans], zone, TODAY, "Our hours")


def ours(plan: Standing, since: date) -> list[tuple[datetime, datetime]]:
    """What our pages show of it from a day on; and what was moved, from whenever that was."""
    hours = [hour for hour in plan.hours(FROM, TO) if hour.of >= since or hour.how == MOVED]
    return sorted((hour.start, hour.end) for hour in hours if hour.how != LET_GO)


def by_icalendar(data: bytes) -> list[tuple[datetime, datetime]]:
    found = recurring_ical_events.of(Calendar.from_ical(data), skip_bad_series=False).between(FROM, TO)
    return sorted((one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in found)


def by_ical(data: bytes) -> list[tuple[datetime, datetime]]:
    found = IcsCalendarStream.calendar_from_ics(data.decode()).timeline_tz(ZoneInfo("UTC")).overlapping(FROM, TO)
    return sorted((one.start.astimezone(UTC), one.end.astimezone(UTC)) for one in found)


@for_all(plans(), some.sampled_from(ZONES), some.one_of(some.just(SINCE), DAYS))
def test_two_parsers_find_the_hours_that_our_pages_show_for_five_years(plan, zone, since):
    data = file_of(plan, zone, since=since)
    hours = ours(plan, since)
    assert by_icalendar(data) == hours, data.decode()
    assert by_ical(data) == hours, data.decode()
    found = busy(data.replace(b"@usward", b"@work"), FROM, TO, "Asia/Tokyo")
    assert not found.skipped and found.spans == [
        (max(start, FROM), min(end, TO)) for start, end in joined(hours) if end > FROM and start < TO
    ]


LINE = re.compile(rb"(?:BEGIN|END):[A-Z]+|[A-Z][A-Z0-9-]*(?:;[A-Z-]+=(?:[^\";:,]*|\"[^\"]*\"))*:.*", re.DOTALL)
ONCE_EACH = ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "SUMMARY", "STATUS", "CLASS", "TRANSP")


def unfolded(data: bytes) -> list[str]:
    """The lines, checked as RFC 5545 has them (3.1): CR and LF, 75 octets, no break within a character."""
    assert (
        data.endswith(b"\r\n") and b"\r" not in data.replace(b"\r\n", b"") and b"\n" not in data.replace(b"\r\n", b"")
    )
    for line in data.split(b"\r\n"):
        assert len(line) <= 75 and line.decode() is not None
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line)
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")[:-1]
    assert all(LINE.fullmatch(line) for line in lines)
    return [line.decode() for line in lines]


def components(lines: list[str], name: str) -> list[dict[str, list[str]]]:
    """The properties of each component of a name: values by name, parameters left out."""
    found: list[dict[str, list[str]]] = []
    for line in lines:
        if line == f"BEGIN:{name}":
            found.append({})
        elif found and not line.startswith(("BEGIN:", "END:")):
            key, _, value = line.partition(":")
            found[-1].setdefault(key.split(";")[0], []).append(value)
    return found


@for_all(some.lists(plans(), max_size=3), some.sampled_from(ZONES), some.booleans())
def test_the_file_is_as_strict_parsers_want_it(all_plans, zone, neutral):
    data = file_of(all_plans, zone, neutral)
    lines = unfolded(data)
    assert lines[:5] == ["BEGIN:VCALENDAR", "VERSION:2.0", lines[2], "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    assert lines[-1] == "END:VCALENDAR" and lines[2].startswith("PRODID:")
    described = [line.partition(":")[2] for line in lines if line.startswith("TZID:")]
    used = {match[1] for line in lines if (match := re.match(r"[A-Z-]+;TZID=([^:]+):", line))}
    assert len(described) == len(set(described)) and used <= set(described), "each zone that is used is described once"
    assert described, "there is a component, also where there is no plan"
    keys = []
    for event in components(lines, "VEVENT"):
        assert all(len(event[name]) == 1 for name in ONCE_EACH) and ("DTEND" in event) != ("DURATION" in event)
        assert not {"ATTENDEE", "ORGANIZER", "DESCRIPTION", "LOCATION"} & event.keys()
        assert not ({"RRULE", "EXDATE"} & event.keys() and "RECURRENCE-ID" in event)
        assert re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"][0])
        assert not neutral or event["SUMMARY"] == ["Busy"]
        keys.append((event["UID"][0], event.get("RECURRENCE-ID", [""])[0]))
    assert len(keys) == len(set(keys))
    assert file_of(all_plans, zone, neutral) == data, "the same plans give the same bytes"


@for_all(some.text(max_size=80))
def test_a_title_stays_a_title(words):
    plan = standing([heard(1, PLAN, Once("date", When(TODAY, time(20), 60, "UTC"), words))])
    [event] = Calendar.from_ical(file_of(plan)).walk("VEVENT")
    kept = "\n".join((words or "Date night").splitlines())
    assert str(event["SUMMARY"]) == "".join(one for one in kept if one in "\n\t" or (one >= " " and one != "\x7f"))


def test_nobody_writes_lines_through_a_title():
    plan = standing(
        [heard(1, PLAN, Once("date", When(TODAY, time(20), 60, "UTC"), "x\r\nATTENDEE:mailto:a@b\nEND:VEVENT"))]
    )
    lines = unfolded(file_of(plan))
    assert "SUMMARY:x\\nATTENDEE:mailto:a@b\\nEND:VEVENT" in lines and lines.count("END:VEVENT") == 1


@pytest.mark.parametrize("every, day, rule", [
    (WEEK, date(2026, 11, 27), "FREQ=WEEKLY"),
    (FORTNIGHT, date(2026, 11, 27), "FREQ=WEEKLY;INTERVAL=2"),
    (MONTH, date(2026, 11, 11), "FREQ=MONTHLY;BYDAY=2WE"),
    (MONTH, date(2026, 10, 31), "FREQ=MONTHLY;BYDAY=-1SA"),
    (LAST, date(2026, 11, 29), "FREQ=MONTHLY;BYDAY=-1SU"),
    (YEAR, date(2026, 11, 27), "FREQ=YEARLY"),
    (YEAR, date(2028, 2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
])  # fmt: skip
def test_a_rule_is_written_as_we_count_it(every, day, rule):
    when = When(day, time(19, 30), 90, "Europe/Berlin", every)
    plan = standing([heard(1, PLAN, Rule("date", when))])
    [event] = components(unfolded(file_of(plan)), "VEVENT")
    assert event["RRULE"] == [rule] and event["DURATION"] == ["PT90M"] and event["DTSTART"] == [f"{day:%Y%m%d}T193000"]
    ended = standing([heard(1, PLAN, Rule("date", when)), heard(2, END, Ended(date(2031, 2, 2)))])
    [event] = components(unfolded(file_of(ended)), "VEVENT")
    assert event["RRULE"] == [f"{rule};UNTIL=20310201T225959Z"], "the end of the day before, in UTC"


def test_an_hour_that_the_clocks_leave_out_is_told_by_itself():
    """RFC 5545 lets strict readers pass over it (3.3.10), and others put it an hour later, as we do."""
    plan = standing([heard(1, PLAN, Rule("date", When(date(2026, 3, 22), time(2, 30), 60, "Europe/Berlin", WEEK)))])
    told = components(unfolded(file_of(plan)), "VEVENT")[1:]
    spring = next(one for one in told if one["RECURRENCE-ID"] == ["20260329T023000"])
    assert (spring["DTSTART"], spring["DTEND"]) == (["20260329T033000"], ["20260329T043000"])
    autumn = next(one for one in told if one["RECURRENCE-ID"] == ["20261025T023000"])
    assert (autumn["DTSTART"], autumn["DTEND"]) == (["20261025T003000Z"], ["20261025T013000Z"]), "the first of two"
    assert len(told) == 2 * 11, "for ten years"
    assert len(components(unfolded(file_of(standing(
        [heard(1, PLAN, Rule("date", When(date(2026, 3, 22), time(19, 30), 60, "Europe/Berlin", WEEK)))]
    ))), "VEVENT")) == 1, "and hours of the evening need no such care"  # fmt: skip


def test_our_own_hours_are_no_other_appointment_when_they_come_back():
    plan = standing([heard(1, PLAN, Rule("date", When(date(2026, 3, 22), time(2, 30), 60, "Europe/Berlin", WEEK)))])
    assert (
        busy(file_of(plan), FROM, TO, "UTC").spans
        == []
        != busy(file_of(plan).replace(b"@us", b"@"), FROM, TO, "UTC").spans
    )


def test_no_plans_are_a_calendar_too():
    data = file_of([])
    assert not Calendar.from_ical(data).walk("VEVENT") and Calendar.from_ical(data).walk("VTIMEZONE")
    assert IcsCalendarStream.calendar_from_ics(data.decode()).events == []
    assert busy(data, FROM, TO, "UTC").spans == []


def test_sixty_rules_kept_for_ten_years_are_a_small_file():
    when = When(date(2016, 11, 25), time(19, 30), 120, "Europe/Berlin", WEEK)
    turned = [when.day + 7 * n * DAY for n in range(0, 500, 20)]
    one = Series(
        "uid@usward", "Date night", when, when.day, 40, TODAY, dict.fromkeys(turned[::2], FROM), frozenset(turned[1::2])
    )
    data = calendar([one._replace(uid=f"{n}@usward") for n in range(60)], "Europe/Berlin", TODAY, "Our hours")
    assert len(data) < 400_000


@for_all(plans(), some.lists(some.integers(0, 500), min_size=2, max_size=6))
def test_a_version_never_goes_back(plan, passed):
    """However the days pass, with whatever of the past that is not told any more and not read for it either."""
    in_time = [one for one in plan.said if one.step != TURN or told(one.value, one.at.date() - DAY)]
    newest, before = max(one.at.date() for one in in_time), (0, date.min)
    for days_on in sorted(passed):
        since = begins(newest + days_on * DAY)
        read = standing(one for one in in_time if one.step != TURN or told(one.value, since))
        one = series(read, BEN, since)
        assert (one.version, one.changed_on) >= before and one.version < 2**31
        before = one.version, one.changed_on
    louder = standing([*plan.said, heard(len(plan.said) + 1, TURN, Turn(plan.plan.value.when.day, LET_GO))])
    assert series(louder, BEN, SINCE).version > series(plan, BEN, SINCE).version


def told(turn: Turn, since: date) -> bool:
    """Whether its time, by the rule or as it was moved, is still to come on a day: so long one speaks of it, and reads of it."""
    return turn.of >= since or (turn.day is not None and turn.day >= since)


def test_two_changes_of_one_day_are_two_versions():
    said = [heard(1, PLAN, Rule("date", When(TODAY, time(20), 60, "UTC", WEEK)))]
    versions = []
    for number in range(3):
        said.append(heard(2 + number, TURN, Turn(TODAY, LET_GO)))
        said[-1].at = said[0].at
        versions.append(series(standing(said), BEN, SINCE).version)
    assert versions == sorted(set(versions))
