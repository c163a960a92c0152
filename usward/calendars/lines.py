"""An ICS file as its events and zones, each by itself, so that a broken one costs no other. Pure.

icalendar reads a file as one tree and gives up where the tree is broken. Real files are cut off, nested wrongly, in odd
encodings. So the file is cut into components here by its BEGIN and END lines alone, and of each only those properties are
kept that say when it is: titles, places and people are dropped before anything reads them.
"""

import codecs
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from icalendar import vDDDTypes
from icalendar.parser import Contentline, Parameters

KEPT = frozenset(
    """UID SEQUENCE STATUS TRANSP X-MICROSOFT-CDO-BUSYSTATUS DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID
    FREEBUSY""".split()
)
EVENTS, ZONE, CALENDAR = ("VEVENT", "VFREEBUSY"), "VTIMEZONE", "VCALENDAR"
_FOLD = re.compile(rb"(\r\n|\n|\r)[ \t]")
_TZID, _TIME = re.compile(r";\s*TZID=(?![\s\"])", re.IGNORECASE), re.compile(r":(?=\s*\d{4}-?\d\d)")
_NAME = re.compile(r"[A-Za-z0-9-]+")


class NoCalendar(ValueError):
    """What was read is no ICS file at all."""


class Property(NamedTuple):
    """One line: its parameters, with names in capitals, and its value, as they stand."""

    params: Parameters
    value: str


class Component(NamedTuple):
    """An event, or the busy hours of a calendar that tells no events: what it is, on which line it begins, the properties
    that were kept, and what is wrong with it, if that could be seen already."""

    kind: str
    line: int
    found: dict[str, list[Property]]
    wrong: str = ""

    def one(self, name: str) -> Property | None:
        """The first property of that name."""
        return next(iter(self.found.get(name, ())), None)

    def text(self, name: str) -> str:
        """Its value in capitals, or ""."""
        found = self.one(name)
        return found.value.strip().upper() if found else ""


class Calendar(NamedTuple):
    """One calendar of a file: its X-WR-TIMEZONE, the text of each VTIMEZONE by its TZID, and its components."""

    zone: str
    zones: dict[str, str]
    components: list[Component]


def calendars(data: bytes) -> list[Calendar]:
    """The calendars of a file, of any size: whoever calls sees to limits. Raises NoCalendar."""
    found: list[Calendar] = []
    block: list[tuple[int, str]] = []
    inside: list[str] = []  # the names of the components that are open
    zone, components = "", []
    zones: dict[str, str] = {}
    seen = False
    for number, line in _unfolded(data):
        name, _, rest = line.partition(":")
        name, rest = name.strip().upper(), rest.strip().upper()
        if name == "BEGIN" and rest == CALENDAR:
            if seen:  # the one before it may have been cut off
                components += _cut_off(block)
                found.append(Calendar(zone, zones, components))
            seen, zone, zones, components, block, inside = True, "", {}, [], [], []
        elif name == "BEGIN" and rest in (*EVENTS, ZONE):
            seen = True  # a file of events alone is read as well
            components += _cut_off(block)
            block, inside = [(number, line)], [rest]
        elif block:
            block.append((number, line))
            if name == "BEGIN":
                inside.append(rest)
            elif name == "END" and rest == inside[0]:
                if rest == ZONE:
                    zones |= _zone(block)
                else:
                    components.append(_component(block))
                block, inside = [], []
            elif name == "END" and rest in inside:
                del inside[inside.index(rest, 1) :]
        elif line.upper().startswith("X-WR-TIMEZONE"):
            zone = line.partition(":")[2].strip()
    if not seen:
        raise NoCalendar
    components += _cut_off(block)
    return [*found, Calendar(zone, zones, components)]


def text(data: bytes) -> str:
    """A file as text, whatever its encoding; letters that cannot be read become marks."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    return data.decode("utf-8", "replace")


def read_value(text: str) -> date | datetime | timedelta | Any:
    """A day, a time (naive, unless in UTC), or a length, as icalendar reads it. Raises ValueError."""
    return vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]


def _unfolded(data: bytes) -> Iterator[tuple[int, str]]:
    """Each whole line with the number of the first line that it stood on. A fold may cut a letter in two: octets first."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = text(data).encode()
    folded, number = _FOLD.sub(b"\x1f", data.replace(b"\r\r\n", b"\r\n")), 1
    # Not splitlines, which also ends lines at signs that may stand in a title (3.1 knows no others).
    for line in re.split("\r\n|\n|\r", text(folded)):
        yield number, line.replace("\x1f", "")
        number += 1 + line.count("\x1f")


def _cut_off(block: list[tuple[int, str]]) -> list[Component]:
    """What was begun and never ended. A zone that is cut off is no event: those that need it will say so."""
    if not block or block[0][1].upper().endswith(ZONE):
        return []
    return [Component("VEVENT", block[0][0], {}, "it is cut off in the middle")]


def _component(block: list[tuple[int, str]]) -> Component:
    kind = block[0][1].partition(":")[2].strip().upper()
    found: dict[str, list[Property]] = {}
    wrong, depth = "", 0
    for _, line in block[1:-1]:
        name = line[: match.end()].upper() if (match := _NAME.match(line)) else ""
        if name in ("BEGIN", "END"):  # an alarm has a DURATION of its own
            depth += 1 if name == "BEGIN" else -1
        elif depth <= 0 and name in KEPT:
            try:
                _, params, value = Contentline(_quoted(line)).parts()  # type: ignore[no-untyped-call]
            except ValueError:
                wrong = wrong or f"its {name} cannot be read"
                continue
            if value.strip():  # a program that has nothing to say may say so
                found.setdefault(name, []).append(Property(params, value))
    return Component(kind, block[0][0], found, wrong)


def _quoted(line: str) -> str:
    """A line with its TZID in quotes, which it needs where it holds a colon or a comma, and which Outlook leaves out."""
    if not (begins := _TZID.search(line)) or not (ends := _TIME.search(line, begins.end())):
        return line
    name, more, rest = line[begins.end() : ends.start()].partition(";")
    return line if '"' in name else f'{line[: begins.end()]}"{name}"{more}{rest}{line[ends.start() :]}'


def _zone(block: list[tuple[int, str]]) -> dict[str, str]:
    lines = [line for _, line in block]
    names = [line.partition(":")[2].strip() for line in lines if line.upper().startswith("TZID")]
    return {names[0].strip('"'): "\r\n".join(lines) + "\r\n"} if names else {}
