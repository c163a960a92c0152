"""From an ICS file to the hours in which its owner is busy, and what had to be left out. Pure, and patient with dirt.

Only times come out: no title, place or name is ever read. One bad event costs that event. Expanding recurrence is left to
recurring-ical-events, X-WR-TIMEZONE to x-wr-timezone; what they are given has been put in order here.
"""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar, Event, vDDDLists, vRecur
from icalendar.parser import Parameters

from usward.calendars import zones
from usward.calendars.lines import Component, NoCalendar, Property, calendars, read_value
from usward.plans.hours import Span, joined

__all__ = ["Busy", "NoCalendar", "Skipped", "busy"]

MOST_EVENTS, MOST_TIMES = 20_000, 5_000
ONE_EVENT, ALL_EVENTS = 1.0, 30.0  # seconds of processor time
FREE = ("FREE", "WORKINGELSEWHERE")
OURS = "@usward"  # the end of the names of our own hours, which have come here through somebody's calendar: no other appointment
When = date | datetime
_UNTIL = re.compile(r"UNTIL=([^;]*)", re.IGNORECASE)


class Bad(ValueError):
    """What is wrong with one event, in words that go on after "one event was left out: "."""


class Late(Exception):
    """An event has taken longer than any calendar needs."""


class Skipped(NamedTuple):
    """An event that does not count, or not wholly: the line of the file on which it begins, and why."""

    line: int
    why: str
    wholly: bool = True


class Busy(NamedTuple):
    """When somebody is busy (UTC, joined, within what was asked for), how many events the file has, what was skipped."""

    spans: list[Span]
    events: int
    skipped: list[Skipped]

    def said(self) -> str:
        """What was skipped, in one sentence for the calendar's owner; "" if nothing was."""
        wholly = [one for one in self.skipped if one.wholly]
        parts = wholly or self.skipped
        if not parts:
            return ""
        whys = {one.why for one in parts}
        count = "One event was" if len(parts) == 1 else f"{len(parts)} of {self.events} events were"
        return f"{count} not {'' if wholly else 'wholly '}counted: {parts[0].why}{', or the like' * (len(whys) > 1)}."


class _Series(NamedTuple):
    """What one UID says: the event itself and its exceptions."""

    line: int
    events: list[Event]


def busy(data: bytes, start: datetime, end: datetime, zone: str, limit: bool = False) -> Busy:
    """Read a file. `start` and `end` are aware; `zone` (IANA) is its owner's: floating times and whole days are theirs.

    With `limit`, an event that takes more than a second of processor time is skipped, and all together take no more than half
    a minute. It is for a process of its own (apart.py), since it uses that process's timer. Raises NoCalendar.
    """
    found: list[Span] = []
    skipped: list[Skipped] = []
    events = 0
    budget = _Budget(limit)
    for calendar in calendars(data):
        events += len(calendar.components)
        wr_zone = zones.zone(calendar.zone, calendar.zones) if calendar.zone else None
        reading = _Reading(ZoneInfo(zone), wr_zone, calendar.zones, skipped)
        counted = calendar.components[:MOST_EVENTS]
        skipped += [Skipped(one.line, "there are too many events") for one in calendar.components[MOST_EVENTS:]]
        for series in reading.series(counted):
            if isinstance(series, list):
                found += series
                continue
            try:
                with budget.one_event():
                    found += reading.times(series, start, end)
            except Late:
                skipped.append(Skipped(series.line, "it comes round too often to be counted"))
            except Exception:  # recurring-ical-events and dateutil raise what they like; it costs this event
                skipped.append(Skipped(series.line, "its times contradict each other"))
    spans = [(max(first, start), min(last, end)) for first, last in joined(found) if last > start and first < end]
    return Busy([(first.astimezone(UTC), last.astimezone(UTC)) for first, last in spans], events, skipped)


class _Budget:
    """Processor time: a second for one event, half a minute for all."""

    def __init__(self, limited: bool) -> None:
        self._limited, self._left = limited, ALL_EVENTS
        if limited:
            signal.signal(signal.SIGVTALRM, _late)

    @contextmanager
    def one_event(self) -> Iterator[None]:
        if not self._limited:
            yield
            return
        given = min(ONE_EVENT, self._left)
        if given <= 0:
            raise Late
        signal.setitimer(signal.ITIMER_VIRTUAL, given)
        try:
            yield
        finally:
            self._left -= given - signal.setitimer(signal.ITIMER_VIRTUAL, 0)[0]


def _late(*_: object) -> None:
    raise Late


class _Reading:
    """The events of one calendar, put in order. `home` is its owner's zone, `wr_zone` the one that it names itself."""

    def __init__(
        self, home: ZoneInfo, wr_zone: tzinfo | None, described: dict[str, str], skipped: list[Skipped]
    ) -> None:
        self._home, self._wr_zone, self._described, self._skipped = home, wr_zone, described, skipped
        self._zones: dict[str, tzinfo | None] = {}

    def series(self, components: list[Component]) -> Iterator[_Series | list[Span]]:
        """Events that belong together; or the spans of a component that tells busy hours as they are."""
        by_uid: dict[str, list[tuple[Component, Event]]] = {}
        for number, component in enumerate(components):
            try:
                if component.wrong and not component.found.get("DTSTART"):
                    raise Bad(component.wrong)
                if component.kind == "VFREEBUSY":
                    yield self._told(component)
                    continue
                event = self._event(component)
            except Bad as bad:
                self._skipped.append(Skipped(component.line, str(bad)))
                continue
            except (ValueError, TypeError, OverflowError, AttributeError, KeyError):
                self._skipped.append(Skipped(component.line, "its times cannot be read"))
                continue
            uid = component.one("UID")
            if uid and uid.value.strip().endswith(OURS):
                continue
            by_uid.setdefault(uid.value if uid and uid.value else f"\0{number}", []).append((component, event))
        for together in by_uid.values():
            yield from self._apart(together)

    def _apart(self, together: list[tuple[Component, Event]]) -> Iterator[_Series]:
        """Those of one UID. A program that gives several events one UID loses none of them, unless one is a newer version."""
        exceptions = [event for _, event in together if "RECURRENCE-ID" in event]
        heads = [(component, event) for component, event in together if "RECURRENCE-ID" not in event]
        newest = max((event.get("SEQUENCE", 0) for _, event in heads), default=0)
        by_start = {
            _start(event): (component, event) for component, event in heads if event.get("SEQUENCE", 0) == newest
        }
        if not by_start:
            yield _Series(together[0][0].line, exceptions)
        for nth, (component, event) in enumerate(by_start.values()):
            yield _Series(component.line, [event, *exceptions] if nth == 0 else [event])

    def times(self, series: _Series, start: datetime, end: datetime) -> list[Span]:
        """When a series is, within a span."""
        first = series.events[0]
        if len(series.events) == 1 and not any(name in first for name in ("RRULE", "RDATE", "EXDATE")):
            occurring = [first]
        else:
            calendar = Calendar()
            for event in series.events:
                calendar.add_component(event)
            if self._wr_zone is not None:
                calendar = x_wr_timezone.to_standard(calendar, timezone=self._wr_zone)
            # A whole day may lie a day off in UTC: ask a little more, the span is cut afterwards.
            around = timedelta(days=2)
            query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=False)
            occurring = list(islice(query.between(start - around, end + around), MOST_TIMES))
        found = []
        for event in occurring:
            if not _free(event):
                begins, ends = self._instant(_start(event)), self._instant(_end(event))
                if begins < end and ends > start:
                    found.append((begins, ends))
        return found

    def _event(self, component: Component) -> Event:
        """An event of only what says when it is, in order. Raises Bad, or ValueError and its kin."""
        event = Event()
        line = component.one("DTSTART")
        if line is None:
            raise Bad("it has no beginning")
        start = self._when(line)
        end = self._end(component, start)
        if self._instant(end) < self._instant(start):  # a program has swapped them
            start, end = end, start
        event.add("DTSTART", start)
        event.add("DTEND", end)
        event.add("UID", "one")
        if sequence := re.match(r"\d{1,9}", component.text("SEQUENCE")):
            event.add("SEQUENCE", int(sequence[0]))
        for name in ("STATUS", "TRANSP"):
            if value := component.text(name):
                event.add(name, value)
        if component.text("X-MICROSOFT-CDO-BUSYSTATUS") in FREE:
            event["TRANSP"] = "TRANSPARENT"
        if again := component.one("RECURRENCE-ID"):
            event.add("RECURRENCE-ID", self._when(again, start), self._range(again))
        self._repetition(component, event, start)
        return event

    def _repetition(self, component: Component, event: Event, start: When) -> None:
        for line in component.found.get("RRULE", [])[:2]:
            try:
                event.add("RRULE", vRecur.from_ical(self._until(line.value, start)))
            except (ValueError, TypeError, KeyError) as error:
                raise Bad("how it repeats cannot be read") from error
        exdates = list(self._dates(component, "EXDATE", start))
        if exdates:
            event.add("EXDATE", [one for one in exdates if not isinstance(one, tuple)])
        if rdates := list(self._dates(component, "RDATE", start)):
            event.add("RDATE", vDDDLists(rdates))

    def _dates(self, component: Component, name: str, start: When) -> Iterator[Any]:
        """The days or times of a list; one that cannot be read is left out, and the event stays."""
        for line in component.found.get(name, []):
            texts = [part.strip() for part in line.value.split(",", MOST_TIMES)]
            if len(texts) > MOST_TIMES:
                texts.pop()
                self._skipped.append(Skipped(component.line, "it names too many days", wholly=False))
            for text in filter(None, texts):
                try:
                    if "/" in text:
                        yield self._period(line, text)
                        continue
                    when = self._when(Property(line.params, text), start)
                except ValueError:
                    self._skipped.append(Skipped(component.line, "one of its days cannot be read", wholly=False))
                    continue
                whole_day = name == "EXDATE" and isinstance(start, datetime) and not isinstance(when, datetime)
                yield when if whole_day else _like(when, start)

    def _period(self, line: Property, text: str) -> tuple[datetime, datetime]:
        first, _, last = text.partition("/")
        begins = self._when(Property(line.params, first))
        if not isinstance(begins, datetime):
            raise Bad("a day is no span of time")
        if last.upper().lstrip("+").startswith("P"):
            return begins, begins + _length(last)
        ends = self._when(Property(line.params, last))
        if not isinstance(ends, datetime):
            raise Bad("a day is no span of time")
        return begins, ends

    def _end(self, component: Component, start: When) -> When:
        """Where an event ends: its own end, or after its length, or as RFC 5545 (3.6.1) says where neither is given."""
        whole_day = not isinstance(start, datetime)
        if line := component.one("DTEND"):
            end = self._when(line, start)
            if whole_day != (not isinstance(end, datetime)):
                # One is a day and the other a time: the day is midnight where its owner is.
                end = _like(end, start) if whole_day else self._instant(end)
        elif line := component.one("DURATION"):
            end = start + _length(line.value)
        else:
            end = start
        if whole_day and end <= start:
            return start + timedelta(days=1)
        return end

    def _when(self, line: Property, like: When | None = None) -> When:
        """A day, or an aware time. A floating one is of the zone of `like`, of the calendar, or of its owner."""
        text = line.value.strip().strip('"')
        if re.fullmatch(r"\d{8}T\d{4}Z?", text):  # the seconds were forgotten
            text = text.replace("Z", "") + "00" + "Z" * text.endswith("Z")
        try:
            value = read_value(text.upper())
        except ValueError:
            value = datetime.fromisoformat(text)  # as in 2026-03-01T09:00
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=self._zone(line, like))
        if isinstance(value, date):
            return value
        raise Bad("its times cannot be read")

    def _zone(self, line: Property, like: When | None) -> tzinfo:
        name = str(line.params.get("TZID", "")).strip().strip('"')
        if not name:
            return (like.tzinfo if isinstance(like, datetime) else None) or self._wr_zone or self._home
        if name not in self._zones:
            self._zones[name] = zones.zone(name, self._described)
        found = self._zones[name]
        if found is None:
            raise Bad("nobody knows its time zone")
        return found

    def _range(self, line: Property) -> dict[str, str]:
        return {"RANGE": "THISANDFUTURE"} if str(line.params.get("RANGE", "")).upper() == "THISANDFUTURE" else {}

    def _until(self, rule: str, start: When) -> str:
        """A rule whose UNTIL is of the kind that the beginning asks for: a day, or a time in UTC. A day means all of it."""
        rule = rule.strip().rstrip(";")
        if not (match := _UNTIL.search(rule)):
            return rule
        until = self._when(Property(Parameters(), match[1]), start)
        if not isinstance(start, datetime):
            text = f"{until:%Y%m%d}"
        else:
            last = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59), start.tzinfo)
            text = f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return rule[: match.start(1)] + text + rule[match.end(1) :]

    def _told(self, component: Component) -> list[Span]:
        """The busy hours of a calendar that tells nothing else (VFREEBUSY)."""
        found = []
        for line in component.found.get("FREEBUSY", []):
            if str(line.params.get("FBTYPE", "BUSY")).upper() == "FREE":
                continue
            found += [self._period(line, text.strip()) for text in line.value.split(",") if "/" in text]
        return found

    def _instant(self, when: When) -> datetime:
        if isinstance(when, datetime):
            return when.astimezone(UTC)
        return datetime.combine(when, time(), self._home).astimezone(UTC)


def _length(text: str) -> timedelta:
    length = read_value(text.strip().upper().lstrip("+"))
    if not isinstance(length, timedelta):
        raise Bad("its length cannot be read")
    return length


def _like(when: When, start: When) -> When:
    """A day or a time of the kind that the beginning is of."""
    if not isinstance(start, datetime):
        return when.date() if isinstance(when, datetime) else when
    return when if isinstance(when, datetime) else datetime.combine(when, start.timetz())


def _start(event: Any) -> When:
    return cast(When, event["DTSTART"].dt)


def _end(event: Any) -> When:
    return cast(When, event["DTEND"].dt)


def _free(event: Any) -> bool:
    """Whether an event leaves its owner free: cancelled, or said to take no time."""
    return str(event.get("STATUS", "")) == "CANCELLED" or str(event.get("TRANSP", "")) == "TRANSPARENT"
