"""The events of one calendar, put together by their names, and when each series of them is. Pure.

Expanding recurrence is left to recurring-ical-events, X-WR-TIMEZONE to x-wr-timezone; what they are given has been put in
order here and in events.py.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

import recurring_ical_events
import x_wr_timezone
from icalendar import Calendar, Event

from usward.calendars.events import LENGTH, PERIODS, event_of
from usward.calendars.lines import Component
from usward.calendars.times import Times, When
from usward.calendars.values import Bad, Late, Length, Skipped
from usward.plans.hours import Span

MOST_TIMES = 50_000
OURS = "@usward"  # the end of the names of our own hours, which have come here through somebody's calendar: no other appointment


class Series(NamedTuple):
    """What one UID says: the event itself and its exceptions."""

    line: int
    events: list[Event]


class Reading:
    """The events of one calendar. What cannot be counted is noted in `skipped`."""

    def __init__(self, times: Times, skipped: list[Skipped]) -> None:
        self._times, self._skipped = times, skipped

    def series(self, components: list[Component]) -> Iterator[Series | list[Span]]:
        """Events that belong together; or the spans of a component that tells busy hours as they are."""
        by_uid: dict[str, list[tuple[Component, Event]]] = {}
        for number, component in enumerate(components):
            try:
                if component.wrong and not component.found.get("DTSTART"):
                    raise Bad(component.wrong)
                if component.kind == "VFREEBUSY":
                    yield self._told(component)
                    continue
                event = event_of(component, self._times, self._skipped)
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

    def _apart(self, together: list[tuple[Component, Event]]) -> Iterator[Series]:
        """Those of one UID. A program that gives several events one UID loses none of them, unless one is a newer version."""
        exceptions = [event for _, event in together if "RECURRENCE-ID" in event]
        heads = [(component, event) for component, event in together if "RECURRENCE-ID" not in event]
        newest = max((event.get("SEQUENCE", 0) for _, event in heads), default=0)
        by_start = {
            _start(event): (component, event) for component, event in heads if event.get("SEQUENCE", 0) == newest
        }
        if not by_start:
            yield Series(together[0][0].line, exceptions)
        series = [Series(component.line, [event]) for component, event in by_start.values()]
        series.sort(key=lambda one: self._times.instant(_start(one.events[0])))
        for event in exceptions if series else ():
            # Of several with one name, an exception is of the last that had begun by then.
            again = self._times.instant(_again(event))
            begun = [one for one in series if self._times.instant(_start(one.events[0])) <= again]
            head = (begun or series)[-1 if begun else 0].events
            cast(Any, event["RECURRENCE-ID"]).dt = self._times.like(_again(event), _start(head[0]))
            head.append(event)
        yield from series

    def spans(self, series: Series, start: datetime, end: datetime) -> list[Span]:
        """When a series is, within a span."""
        first = series.events[0]
        if len(series.events) == 1 and not any(name in first for name in ("RRULE", "RDATE", "EXDATE")):
            occurring = [first]
        else:
            calendar = Calendar()
            for event in series.events:
                calendar.add_component(event)
            if self._times.wr_zone is not None:
                calendar = x_wr_timezone.to_standard(calendar, timezone=self._times.wr_zone)
            # A whole day may lie a day off in UTC: ask a little more, the span is cut afterwards.
            around = timedelta(days=2)
            query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=False)
            occurring = query.between(start - around, end + around)
            if len(occurring) > MOST_TIMES:
                raise Late
        found = []
        for event in occurring:
            if not _free(event):
                start_of, length = _start(event), cast(Length, event[LENGTH])
                begins = self._times.instant(start_of)
                ends = event.get(PERIODS, {}).get(begins) or self._times.after(start_of, length)
                if begins < end and ends > start:
                    found.append((begins, ends))
        return found

    def _told(self, component: Component) -> list[Span]:
        """The busy hours of a calendar that tells nothing else (VFREEBUSY)."""
        found = []
        for line in component.found.get("FREEBUSY", []):
            if str(line.params.get("FBTYPE", "BUSY")).upper() == "FREE":
                continue
            for text in line.value.split(","):
                try:
                    found.append(self._times.period(line, text.strip()))
                except ValueError:
                    self._skipped.append(Skipped(component.line, "one of its times cannot be read", wholly=False))
        return found


def _start(event: Any) -> When:
    return cast(When, event["DTSTART"].dt)


def _again(event: Any) -> When:
    return cast(When, event["RECURRENCE-ID"].dt)


def _free(event: Any) -> bool:
    """Whether an event leaves its owner free: cancelled, or said to take no time."""
    return str(event.get("STATUS", "")) == "CANCELLED" or str(event.get("TRANSP", "")) == "TRANSPARENT"
