"""What stands in an event, read also as programs write it that were told it differently: times, lengths, rules. Pure."""

import re
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from usward.calendars.lines import read_value

_RULE = frozenset(
    """FREQ UNTIL COUNT INTERVAL BYSECOND BYMINUTE BYHOUR BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS WKST""".split()
)
_NEARLY = re.compile(r"(\d{8})T(\d{4}|\d{4}60|240000)(Z?)")
_DURATION = re.compile(r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?")


class Bad(ValueError):
    """What is wrong with one event, in words that go on after "one event was not counted: "."""


class Late(Exception):
    """An event takes longer to expand, or comes round more often, than any calendar needs."""


class Skipped(NamedTuple):
    """An event that does not count, or not wholly: the line of the file on which it begins, and why."""

    line: int
    why: str
    wholly: bool = True


class Length(NamedTuple):
    """How long an event takes: days by the calendar, which may be of 23 or 25 hours, and exact time (RFC 5545, 3.3.6)."""

    days: int = 0
    exact: timedelta = timedelta()


def read(text: str) -> Any:
    """A day, a time (naive, unless in UTC) or a length, also as programs write them that were told it differently."""
    if match := _NEARLY.fullmatch(text.upper()):
        day, clock, utc = match.groups()
        if clock in ("2400", "240000"):
            return read_value(f"{day}T000000{utc}") + timedelta(days=1)
        # The seconds were forgotten; or one was put in, and is the one before it for those who do not know it (3.3.12).
        return read_value(f"{day}T{clock[:4]}{'59' if clock[4:] else '00'}{utc}")
    try:
        return read_value(text.upper())
    except ValueError:
        return datetime.fromisoformat(text)  # as in 2026-03-01T09:00


def rule_of(text: str) -> str:
    """A rule without blanks and empty parts. Raises ValueError for parts that are not known, or count by another calendar than
    ours (RFC 7529): what they would have left out is not known."""
    kept = {}
    for name, _, value in (one.partition("=") for one in "".join(text.upper().split()).split(";")):
        if name in _RULE and value:
            kept[name] = value
        elif (
            name not in ("", "SKIP", *_RULE) and (name, value) != ("RSCALE", "GREGORIAN") and not name.startswith("X-")
        ):
            raise ValueError(f"no rule has {name}")
    if not kept.get("INTERVAL", "1").strip("0"):
        del kept["INTERVAL"]
    return ";".join(f"{name}={value}" for name, value in kept.items())


def duration(text: str) -> Length:
    match = _DURATION.fullmatch(text.strip().upper())
    if not match or not any(match.groups()[1:]):
        raise Bad("its length cannot be read")
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    return Length(sign * (7 * weeks + days), sign * timedelta(hours=hours, minutes=minutes, seconds=seconds))
