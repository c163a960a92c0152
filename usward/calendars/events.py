"""One event of a calendar as recurring-ical-events is given it: of only what says when it is, in order. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from icalendar import Event, vDDDLists, vRecur
from icalendar.parser import Parameters

from usward.calendars.lines import Component, Property
from usward.calendars.times import Times, When
from usward.calendars.values import Bad, Length, Skipped, duration, rule_of

MOST_DAYS = 5_000
FREE = ("FREE", "WORKINGELSEWHERE")
_UNTIL = re.compile(r"UNTIL=([^;]*)")
# What an event carries through recurring-ical-events, beside the properties of its file.
LENGTH, PERIODS = "X-LENGTH", "X-PERIODS"


def event_of(component: Component, times: Times, skipped: list[Skipped]) -> Event:
    """An event of only what says when it is, in order. Raises Bad, or ValueError and its kin."""
    event = Event()
    line = component.one("DTSTART")
    if line is None:
        raise Bad("it has no beginning")
    start, length = _length(component, times, times.when(line))
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
        event.add("RECURRENCE-ID", times.when(again, start), _range(again))
    _repetition(component, event, times, start, skipped)
    return event


def _repetition(component: Component, event: Event, times: Times, start: When, skipped: list[Skipped]) -> None:
    for line in component.found.get("RRULE", [])[:2]:
        try:
            if rule := _until(rule_of(line.value), times, start):
                event.add("RRULE", vRecur.from_ical(rule))
        except (ValueError, TypeError, KeyError) as error:
            raise Bad("how it repeats cannot be read") from error
    exdates = list(_dates(component, "EXDATE", times, start, skipped))
    if exdates:
        event.add("EXDATE", [one for one in exdates if not isinstance(one, tuple)])
    if rdates := list(_dates(component, "RDATE", times, start, skipped)):
        event.add("RDATE", vDDDLists(rdates))
        periods = [one for one in rdates if isinstance(one, tuple)]
        event[PERIODS] = {times.instant(first): times.instant(last) for first, last in periods}


def _dates(component: Component, name: str, times: Times, start: When, skipped: list[Skipped]) -> Iterator[Any]:
    """The days or times of a list; one that cannot be read is left out, and the event stays."""
    for line in component.found.get(name, []):
        texts = [part.strip() for part in line.value.split(",", MOST_DAYS)]
        if len(texts) > MOST_DAYS:
            texts.pop()
            skipped.append(Skipped(component.line, "it names too many days", wholly=False))
        for text in filter(None, texts):
            try:
                if "/" in text:
                    yield times.period(line, text)
                    continue
                when = times.when(Property(line.params, text), start)
            except ValueError:
                skipped.append(Skipped(component.line, "one of its days cannot be read", wholly=False))
                continue
            whole_day = name == "EXDATE" and isinstance(start, datetime) and not isinstance(when, datetime)
            yield when if whole_day else times.like(when, start)


def _length(component: Component, times: Times, start: When) -> tuple[When, Length]:
    """When an event begins, and how long it takes: up to its end, or its length, or as RFC 5545 (3.6.1) says where neither
    is given. Where the end lies before the beginning, a program has swapped them."""
    if line := component.one("DTEND"):
        # Where one is a day and the other a time, the day is midnight where its owner is.
        end = times.when(line, start)
        if not isinstance(start, datetime):
            start, end = sorted((start, end.date() if isinstance(end, datetime) else end))
            return start, Length(max(1, (end - start).days))
        exact = times.instant(end) - times.instant(start)
        if exact < timedelta():
            start = end if isinstance(end, datetime) else times.instant(end)
        return start, Length(0, abs(exact))
    length = duration(line.value) if (line := component.one("DURATION")) else Length()
    if length < Length():
        length = Length(-length.days, -length.exact)
        start = start - timedelta(length.days) - length.exact
    if not isinstance(start, datetime):
        return start, Length(max(1, length.days + length.exact.days))
    return start, length


def _range(line: Property) -> dict[str, str]:
    return {"RANGE": "THISANDFUTURE"} if str(line.params.get("RANGE", "")).upper() == "THISANDFUTURE" else {}


def _until(rule: str, times: Times, start: When) -> str:
    """A rule whose UNTIL is of the kind that the beginning asks for: a day, or a time in UTC. A day means all of it."""
    if not (match := _UNTIL.search(rule)):
        return rule
    until = times.when(Property(Parameters(), match[1]), start)
    if not isinstance(start, datetime):
        text = f"{times.like(until, start):%Y%m%d}"
    else:
        last = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59), start.tzinfo)
        text = f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return rule[: match.start(1)] + text + rule[match.end(1) :]
