"""`usward calendar`, and the process of its own in which the server reads a calendar."""

import json
import resource
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.calendars.dirty import GOOD
from tests.calendars.test_busy import MARCH, MAY, file
from usward.calendars import apart

WHAT = ["--from", "2026-03-01", "--to", "2026-05-01", "--zone", "Europe/Berlin"]


def command(*arguments, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "usward", "calendar", *arguments]
    return subprocess.run(line, input=data, capture_output=True, timeout=60, check=False)


def test_the_command_prints_busy_hours_in_utc_and_what_was_skipped(tmp_path):
    path = tmp_path / "mine.ics"
    path.write_bytes(file(f"BEGIN:VEVENT\nSUMMARY:A secret\nEND:VEVENT\n{GOOD}"))
    done = command(str(path), *WHAT, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "busy": [{"start": "2026-04-01T10:00:00Z", "end": "2026-04-01T11:00:00Z"}],
        "events": 2,
        "skipped": [{"line": 3, "why": "it has no beginning", "wholly": True}],
        "said": "One event was not counted: it has no beginning.",
    }
    words = command("-", *WHAT, data=path.read_bytes()).stdout.decode()
    assert "Wed 2026-04-01 12:00 – Wed 2026-04-01 13:00" in words
    assert "line 3: it has no beginning" in words
    assert "secret" not in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such-file.ics", *WHAT], "no-such-file.ics cannot be read"),
        (["-", *WHAT], "- is no calendar"),
        (["-", "--from", "2026-05-01", "--to", "2026-03-01"], "--to must be later"),
        (["-", *WHAT[:4], "--zone", "Moon/Base"], "is no time zone"),
        (["-", "--from", "tomorrow", "--to", "2026-05-01"], "tomorrow is no day"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(arguments, words):
    done = command(*arguments)
    assert done.returncode != 0
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def many(count: int, rule: str = "") -> bytes:
    lines = []
    for number in range(count):
        begins = datetime(2026, number % 12 + 1, number % 28 + 1, number % 24)
        lines.append(
            f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:{'x' * 120}\nDTSTART;TZID=Europe/Berlin:{begins:%Y%m%dT%H%M%S}\n"
            f"DURATION:PT1H\nDESCRIPTION:{'y' * 100}\n{rule}END:VEVENT"
        )
    return file("\n".join(lines))


def of_others() -> float:
    """The processor's seconds that processes have used for which this one has waited."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_large_calendar_is_read_apart_in_seconds():
    data = many(5_000)
    assert len(data) > 1_600_000
    began = of_others()
    found = apart.read(data, MARCH, MAY, "Europe/Berlin")
    assert of_others() - began < 20
    assert found.spans
    assert not found.said


def test_a_wicked_calendar_ends_within_its_limits(monkeypatch):
    data = many(2_000, "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n")
    monkeypatch.setattr(apart, "SECONDS", 5)
    with pytest.raises(apart.Unreadable, match="too long"):
        apart.read(data, MARCH, MAY, "Europe/Berlin")


def test_too_much_is_refused_before_it_is_read():
    with pytest.raises(apart.Unreadable, match="10 MB"):
        apart.read(b"x" * (apart.LARGEST + 1), MARCH, MAY, "UTC")
    with pytest.raises(apart.Unreadable, match="no calendar"):
        apart.read(b"<html>", MARCH, MAY, "UTC")


def test_the_server_never_loads_the_libraries_of_calendars():
    code = "import sys, usward.calendars.apart, usward.calendars.fetch; print([m for m in sys.modules if 'ical' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().strip() == "[]"


def test_the_instants_are_those_that_were_asked_for():
    found = apart.read(file(GOOD), datetime(2026, 4, 1, 10, 30, tzinfo=UTC), MAY, "UTC")
    assert found.spans == [(datetime(2026, 4, 1, 10, 30, tzinfo=UTC), datetime(2026, 4, 1, 11, tzinfo=UTC))]


WICKED = {
    "one line without an end": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;X=" + b"x" * 9_000_000,
    "a list without an end": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260301T100000Z\r\nRDATE:"
    + b"20260301T100000Z," * 500_000
    + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "begun and never ended": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 600_000,
    "zones alone": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VTIMEZONE\r\nTZID:a\r\nEND:VTIMEZONE\r\n" * 200_000,
    "folds alone": b"BEGIN:VCALENDAR\r\nX:" + b"\r\n " * 3_000_000,
}


@pytest.mark.parametrize("name", WICKED)
def test_whatever_is_in_a_file_the_process_keeps_to_its_memory_and_its_time(name):
    began = time.monotonic()
    with suppress(apart.Unreadable):
        apart.read(WICKED[name], MARCH, MAY, "UTC")
    assert time.monotonic() - began < apart.SECONDS + 10
    # The largest that any process which a test has waited for has been, in KiB.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 <= apart.MEMORY
