"""From an ICS file to the hours in which its owner is busy, and what had to be left out. Pure, and patient with dirt.

Only times come out: no title, place or name is ever read. One bad event costs that event. lines.py cuts the file into events,
times.py and events.py read each, series.py says when they come round.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from usward.calendars import zones
from usward.calendars.lines import NoCalendar, calendars
from usward.calendars.series import Reading
from usward.calendars.times import Times
from usward.calendars.values import Late, Skipped
from usward.plans.hours import Span, joined

__all__ = ["Busy", "NoCalendar", "Skipped", "busy"]

MOST_EVENTS = 20_000
ONE_EVENT, ALL_EVENTS = 1.0, 30.0  # seconds of processor time


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
        reading = Reading(Times(ZoneInfo(zone), wr_zone, calendar.zones), skipped)
        counted = calendar.components[:MOST_EVENTS]
        skipped += [Skipped(one.line, "there are too many events") for one in calendar.components[MOST_EVENTS:]]
        for series in reading.series(counted):
            if isinstance(series, list):
                found += series
                continue
            try:
                with budget.one_event():
                    found += reading.spans(series, start, end)
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
