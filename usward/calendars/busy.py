"""From an ICS file to the hours in which its owner is busy, and what had to be left out. Pure, and patient with dirt.

Only times come out: no title, place or name is ever read. One bad event costs that event. Expanding recurrence is left to
recurring-ical-events, X-WR-TIMEZONE to x-wr-timezone; what they are given has been put in order here.
"""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar, Event, vDDDLists, vRecur
from icalendar.parser import Parameters

from usward.calendars import zones
from usward.calendars.lines import Component, NoCalendar, Property, calendars
from usward.calendars.values import Bad, Length, duration, read, rule_of
from usward.plans.hours import Span, joined

__all__ = ["Busy", "NoCalendar", "Skipped", "busy"]

MOST_EVENTS, MOST_DAYS, MOST_TIMES = 20_000, 5_000, 50_000
ONE_EVENT, ALL_EVENTS = 1.0, 30.0  # seconds of processor time
FREE = ("FREE", "WORKINGELSEWHERE")
OURS = "@usward"  # the end of the names of our own hours, which have come here through somebody's calendar: no other appointment
When = date | datetime
_UNTIL = re.compile(r"UNTIL=([^;]*)")
# What an event carries through recurring-ical-events, beside the properties of its file.
LENGTH, PERIODS = "X-LENGTH", "X-PERIODS"


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
            uid = line.value.strip() if (line := component.one("UID")) else ""
            if uid.endswith(OURS):
                continue
            by_uid.setdefault(uid or f"\0{number}", []).append((component, event))
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
        series = [_Series(component.line, [event]) for component, event in by_start.values()]
        series.sort(key=lambda one: self._instant(_start(one.events[0])))
        for event in exceptions if series else ():
            # Of several with one name, an exception is of the last that had begun by then.
            begun = [one for one in series if self._instant(_start(one.events[0])) <= self._instant(_again(event))]
            head = (begun or series)[-1 if begun else 0].events
            cast(Any, event["RECURRENCE-ID"]).dt = self._like(_again(event), _start(head[0]))
            head.append(event)
        yield from series

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
            occurring = query.between(start - around, end + around)
            if len(occurring) > MOST_TIMES:
                raise Late
        found = []
        for event in occurring:
            if not _free(event):
                begins = self._instant(_start(event))
                ends = event.get(PERIODS, {}).get(begins) or self._after(_start(event), cast(Length, event[LENGTH]))
                if begins < end and ends > start:
                    found.append((begins, ends))
        return found

    def _event(self, component: Component) -> Event:
        """An event of only what says when it is, in order. Raises Bad, or ValueError and its kin."""
        event = Event()
        line = component.one("DTSTART")
        if line is None:
            raise Bad("it has no beginning")
        start, length = self._length(component, self._when(line))
        event.add("DTSTART", start)
        event.add("DTEND", start + timedelta(length.days) + length.exact)
        event[LENGTH] = length
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
                if rule := self._until(rule_of(line.value), start):
                    event.add("RRULE", vRecur.from_ical(rule))
            except (ValueError, TypeError, KeyError) as error:
                raise Bad("how it repeats cannot be read") from error
        exdates = list(self._dates(component, "EXDATE", start))
        if exdates:
            event.add("EXDATE", [one for one in exdates if not isinstance(one, tuple)])
        if rdates := list(self._dates(component, "RDATE", start)):
            event.add("RDATE", vDDDLists(rdates))
            periods = [one for one in rdates if isinstance(one, tuple)]
            event[PERIODS] = {self._instant(first): self._instant(last) for first, last in periods}

    def _dates(self, component: Component, name: str, start: When) -> Iterator[Any]:
        """The days or times of a list; one that cannot be read is left out, and the event stays."""
        for line in component.found.get(name, []):
            texts = [part.strip() for part in line.value.split(",", MOST_DAYS)]
            if len(texts) > MOST_DAYS:
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
                yield when if whole_day else self._like(when, start)

    def _period(self, line: Property, text: str) -> tuple[datetime, datetime]:
        first, _, last = text.partition("/")
        begins = self._when(Property(line.params, first))
        if not isinstance(begins, datetime):
            raise Bad("a day is no span of time")
        if last.upper().lstrip("+").startswith("P"):
            return begins, self._after(begins, duration(last))
        ends = self._when(Property(line.params, last))
        if not isinstance(ends, datetime):
            raise Bad("a day is no span of time")
        return begins, ends

    def _length(self, component: Component, start: When) -> tuple[When, Length]:
        """When an event begins, and how long it takes: up to its end, or its length, or as RFC 5545 (3.6.1) says where neither
        is given. Where the end lies before the beginning, a program has swapped them."""
        if line := component.one("DTEND"):
            # Where one is a day and the other a time, the day is midnight where its owner is.
            end = self._when(line, start)
            if not isinstance(start, datetime):
                start, end = sorted((start, end.date() if isinstance(end, datetime) else end))
                return start, Length(max(1, (end - start).days))
            exact = self._instant(end) - self._instant(start)
            if exact < timedelta():
                start = end if isinstance(end, datetime) else self._instant(end)
            return start, Length(0, abs(exact))
        length = duration(line.value) if (line := component.one("DURATION")) else Length()
        if length < Length():
            length = Length(-length.days, -length.exact)
            start = start - timedelta(length.days) - length.exact
        if not isinstance(start, datetime):
            return start, Length(max(1, length.days + length.exact.days))
        return start, length

    def _when(self, line: Property, like: When | None = None) -> When:
        """A day, or an aware time. A floating one is of the zone of `like`, of the calendar, or of its owner."""
        text = line.value.strip().strip('"')
        value = read(text)
        if isinstance(value, datetime) and str(line.params.get("VALUE", "")).upper() == "DATE":
            return value.date()
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=self._zone(line, like))
        if isinstance(value, date):
            return value
        raise Bad("its times cannot be read")

    def _zone(self, line: Property, like: When | None) -> tzinfo:
        name = str(line.params.get("TZID", "")).strip("\"' ")
        if not name and not self._described.get(name):  # Exchange may describe the zone to which it gave no name
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
        if not (match := _UNTIL.search(rule)):
            return rule
        until = self._when(Property(Parameters(), match[1]), start)
        if not isinstance(start, datetime):
            text = f"{self._like(until, start):%Y%m%d}"
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
            for text in line.value.split(","):
                try:
                    found.append(self._period(line, text.strip()))
                except ValueError:
                    self._skipped.append(Skipped(component.line, "one of its times cannot be read", wholly=False))
        return found

    def _like(self, when: When, start: When) -> When:
        """A day or a time of the kind that the beginning is of. A time that is midnight where the calendar's owner is stands for
        the day that begins there then, in whatever zone it is told: Exchange ends in UTC what takes whole days."""
        if isinstance(start, datetime):
            return when if isinstance(when, datetime) else datetime.combine(when, start.timetz())
        if not isinstance(when, datetime):
            return when
        at_home = when.astimezone(self._home)
        return (when if at_home.time() != time() else at_home).date()

    def _after(self, start: When, length: Length) -> datetime:
        """When something ends that begins then, and takes so long."""
        return self._instant(start + timedelta(length.days) if length.days else start) + length.exact

    def _instant(self, when: When) -> datetime:
        if isinstance(when, datetime):
            return when.astimezone(UTC)
        return datetime.combine(when, time(), self._home).astimezone(UTC)


def _start(event: Any) -> When:
    return cast(When, event["DTSTART"].dt)


def _again(event: Any) -> When:
    return cast(When, event["RECURRENCE-ID"].dt)


def _free(event: Any) -> bool:
    """Whether an event leaves its owner free: cancelled, or said to take no time."""
    return str(event.get("STATUS", "")) == "CANCELLED" or str(event.get("TRANSP", "")) == "TRANSPARENT"
