"""`usward calendar`: what Usward makes of a calendar, for a host who wonders, and for tests."""

import argparse
import json
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from usward.calendars.busy import Busy, NoCalendar, busy
from usward.calendars.zones import known
from usward.kit.datafolder import UserFacingError
from usward.plans.rules import instant


def main(arguments: list[str]) -> int:
    """Read one file and print when its owner is busy. Exit code 1 for what is no calendar."""
    parser = argparse.ArgumentParser(
        prog="usward calendar",
        description="Shows the busy hours of a calendar (an ICS file), which is all that Usward ever keeps of one.",
    )
    parser.add_argument("file", type=Path, help="the ICS file; - reads standard input")
    parser.add_argument("--from", dest="first", type=_day, required=True, metavar="DATE", help="the first day")
    parser.add_argument(
        "--to", dest="last", type=_day, required=True, metavar="DATE", help="the day after the last one"
    )
    parser.add_argument("--zone", default="UTC", help="its owner's time zone, as in Europe/Lisbon")
    parser.add_argument("--json", action="store_true", help="times in UTC, and what was skipped and why, as JSON")
    given = parser.parse_args(arguments)
    zone = known(given.zone)
    if zone is None:
        raise UserFacingError(f"“{given.zone}” is no time zone; write it as in Europe/Lisbon.")
    if given.last <= given.first:
        raise UserFacingError("--to must be later than --from.")
    try:
        data = sys.stdin.buffer.read() if str(given.file) == "-" else given.file.read_bytes()
    except OSError as error:
        raise UserFacingError(f"{given.file} cannot be read: {error.strerror}.") from error
    start, end = (instant(day, time(), zone.key) for day in (given.first, given.last))
    try:
        found = busy(data, start, end, zone.key, limit=True)
    except NoCalendar:
        raise UserFacingError(f"{given.file} is no calendar: no BEGIN:VCALENDAR stands in it.") from None
    print(as_json(found) if given.json else _words(found, zone))
    return 0


def as_json(found: Busy) -> str:
    """Busy hours and what was skipped, as JSON."""
    return json.dumps(
        {
            "busy": [{"start": utc(start), "end": utc(end)} for start, end in found.spans],
            "events": found.events,
            "skipped": [one._asdict() for one in found.skipped],
            "said": found.said(),
        },
        indent=1,
    )


def utc(at: datetime) -> str:
    """An instant as RFC 3339 writes it in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _words(found: Busy, zone: ZoneInfo) -> str:
    lines = [
        f"{start.astimezone(zone):%a %Y-%m-%d %H:%M} – {end.astimezone(zone):%a %Y-%m-%d %H:%M}"
        for start, end in found.spans
    ]
    skipped = [f"line {one.line}: {one.why}" for one in found.skipped]
    return "\n".join([*lines, f"{found.events} events; busy {len(lines)} times.", *skipped])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as in 2026-03-29") from None
