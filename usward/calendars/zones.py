"""Which zone a TZID means: one that a database knows, or one that its file describes. Pure.

In this order: a name of the IANA database, also behind the prefixes of old programs; a name of Windows; the place that the
file's own description names (X-LIC-LOCATION); that description; a city in what Outlook shows people. Known names come first
since descriptions in files are often cut short or wrong, while a name is what its writer meant.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_LOCATION = re.compile(r"^X-LIC-LOCATION[^:]*:(.*)$", re.MULTILINE | re.IGNORECASE)
_OBSERVANCE = re.compile(r"BEGIN:(STANDARD|DAYLIGHT)\r\n.*?END:\1\r\n", re.DOTALL | re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+-])\s*(\d{1,2})[:.]?(\d{2})?", re.IGNORECASE)
# What is not in the database, and means one zone alone ("BST", "CST" and "IST" do not).
_CALLED = {
    "Z": "UTC",
    "CEST": "CET",
    "EEST": "EET",
    "WEST": "WET",
    "EDT": "America/New_York",
    "CDT": "America/Chicago",
    "MDT": "America/Denver",
    "PDT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
}
# What Outlook shows people where it names no city (unicode.org's table has only the names behind it).
_SHOWN = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "arizona": "America/Phoenix",
    "newfoundland": "America/St_Johns",
    "coordinated universal time": "UTC",
    "greenwich mean time": "Europe/London",
    "western europe": "Europe/Berlin",
    "central europe": "Europe/Berlin",
    "eastern europe": "Europe/Bucharest",
}


def zone(name: str, described: Mapping[str, str]) -> tzinfo | None:
    """The zone of a TZID (not empty), or None if nobody knows it. `described` are the VTIMEZONEs of its file, by TZID."""
    name = name.strip().strip('"')
    text = described.get(name, "")
    location = match[1] if (match := _LOCATION.search(text)) else ""
    return known(name) or known(location) or _described(text) or _meant(name) or _shown(name)


def _meant(name: str) -> ZoneInfo | None:
    """A zone of a name that Outlook has numbered, or that is what people call a time of theirs."""
    return (
        known(re.sub(r"[ _]\d+$", "", name)) or known(name.replace("-", "/", 1)) or known(_CALLED.get(name.upper(), ""))
    )


@cache
def known(name: str) -> ZoneInfo | None:
    """The zone of a name that the IANA database or Windows has, whatever stands before it and however it is written."""
    parts = name.strip().strip('"').strip("/").split("/")
    for start in range(min(len(parts), 6)):
        found = _names().get("/".join(parts[start:]).replace(" ", "_").casefold())
        if found:
            return ZoneInfo(found)
    return ZoneInfo(found) if (found := _windows().get(name.strip().casefold())) else None


@cache
def _names() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones() if not name.startswith(("posix", "right", "local"))}


@cache
def _windows() -> Mapping[str, str]:
    daylight = {name.replace("Standard Time", "Daylight Time"): to for name, to in WINDOWS_TO_OLSON.items()}
    return {name.casefold(): to for name, to in {**daylight, **WINDOWS_TO_OLSON}.items()}


def _described(text: str) -> tzinfo | None:
    """A zone as a file describes it; where a part of the description is broken, as the rest of it says."""
    head, tail = "BEGIN:VTIMEZONE\r\nTZID:described\r\n", "END:VTIMEZONE\r\n"
    whole = [match[0] for match in _OBSERVANCE.finditer(text)]
    for parts in (whole, *([part] for part in whole)):
        try:
            described = cast(Timezone, Timezone.from_ical(head + "".join(parts) + tail))
            found: tzinfo = described.to_tz(lookup_tzid=False)
            for month in (1, 7):
                if found.utcoffset(datetime(2026, month, 1)) is None:
                    raise ValueError("no offset")
        except Exception:  # whatever a strange description does to two libraries: then it is not to be used
            continue
        if parts:
            return found
    return None


def _shown(name: str) -> tzinfo | None:
    """A zone from what Outlook shows people, as in "(UTC+01:00) Amsterdam, Berlin": by a city that keeps that offset, or
    by the offset alone, if nothing else is known of it."""
    offset = _OFFSET.search(name)
    if not offset:
        return next((ZoneInfo(to) for words, to in _SHOWN.items() if words in name.casefold()), None)
    sign, hours, minutes = offset.groups(default="0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    if abs(ahead) >= timedelta(hours=24):
        return None
    for found in _cities(name[offset.end() :]):
        if any(found.utcoffset(datetime(2026, month, 1)) == ahead for month in (1, 7)):
            return found
    return timezone(ahead)


def _cities(words: str) -> Iterator[ZoneInfo]:
    shown = words.casefold()
    yield from (ZoneInfo(to) for said, to in _SHOWN.items() if said in shown)
    by_city = {name.rpartition("/")[2].replace("_", " "): to for name, to in _names().items() if "/" in name}
    for city in re.split(r"[,()/]", shown):
        if found := by_city.get(city.strip()):
            yield ZoneInfo(found)
