"""Reading a calendar in a process of its own: no file, however large or wicked, can slow a page, fill the memory of the
server, or leave a title in it.

As a program (`python -m usward.calendars.apart FROM TO ZONE`) it reads a file from standard input and answers in JSON.
"""

import json
import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from usward.plans.hours import Span

LARGEST = 10 * 1024 * 1024  # octets of a file
MEMORY = 1024 * 1024 * 1024  # octets that the process may use
SECONDS = 60  # after which it is ended
PROGRAM = Path(__file__).resolve().parents[2]


class Unreadable(ValueError):
    """What was given is no calendar, or too much of one; with a sentence for its owner."""


class Read(NamedTuple):
    """When somebody is busy (UTC, joined), and what was skipped, in one sentence."""

    spans: list[Span]
    said: str


def read(data: bytes, start: datetime, end: datetime, zone: str) -> Read:
    """Read a file apart. Takes a second for a file of a megabyte, and is waited for: not to be called by a page.

    Raises Unreadable.
    """
    if len(data) > LARGEST:
        raise Unreadable("This calendar is larger than 10 MB. Export a shorter time of it.")
    command = [sys.executable, "-m", "usward.calendars.apart", start.isoformat(), end.isoformat(), zone]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, cwd=PROGRAM, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable("This calendar takes too long to read.") from None
    if done.returncode == NO_CALENDAR:
        raise Unreadable("This is no calendar: an ICS file or address was expected.")
    if done.returncode:
        raise Unreadable("This calendar could not be read.")
    answer = json.loads(done.stdout)
    spans = [(_at(one["start"]), _at(one["end"])) for one in answer["busy"]]
    return Read(spans, answer["said"])


NO_CALENDAR = 3


def main(arguments: list[str]) -> int:
    """The process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold titles
    # Only now, and only here: the server never loads these libraries.
    from usward.calendars.busy import NoCalendar, busy  # noqa: PLC0415
    from usward.calendars.cli import as_json  # noqa: PLC0415

    start, end, zone = arguments
    try:
        found = busy(sys.stdin.buffer.read(), _at(start), _at(end), zone, limit=True)
    except NoCalendar:
        return NO_CALENDAR
    print(as_json(found))
    return 0


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
