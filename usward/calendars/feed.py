"""Plans as a calendar file that others read: Apple's, Google's, Outlook's programs, and strict parsers (RFC 5545). Pure.

A rule is told in the zone in which it was made, since nowhere else it keeps its hour when the clocks change; what is once, or
was moved, in the zone of whoever reads. Programs do not agree on what happens while clocks change: an hour that they leave out
or show twice, or during which they change. Such a day is told by itself, in a way that cannot be understood in two.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from usward.calendars.described import Change, changes, described
from usward.calendars.writing import file, text
from usward.plans.rules import ONCE, When, days, instant, numbered, rrule

PRODUCT = "-//Usward//Hours for two//EN"
REFRESH = "PT1H"
AHEAD = 10  # years in which odd days are told by themselves
_DAY = timedelta(days=1)


class Series(NamedTuple):
    """One plan, as far as it is told: on and after the day `since`. `uid` names it for ever. It came to be as it is told on
    `changed_on`, and `version` (SEQUENCE) grows with every change. `moved` says when (UTC) what was moved begins, by its day
    in the rule; `gone` are the days that were let go; from `over_from` on it comes round no more. `sure` is False for what is
    proposed and not agreed yet."""

    uid: str
    called: str
    when: When
    since: date
    version: int
    changed_on: date
    moved: Mapping[date, datetime] = {}
    gone: frozenset[date] = frozenset()
    over_from: date | None = None
    sure: bool = True

    @property
    def ruled(self) -> When:
        """The rule with its end, wherever that comes from."""
        last = self.over_from - _DAY if self.over_from else None
        until = min(filter(None, (last, self.when.until)), default=None)
        return msgspec.structs.replace(self.when, until=until)


def calendar(plans: Iterable[Series], zone: str, today: date, name: str) -> bytes:
    """The file. `zone` (IANA) is that of whoever subscribes, `name` what the calendar is called; `today` decides until when
    odd days are told. The same plans give the same bytes for a year."""
    lines: list[str] = []
    zones = {zone: today.year}
    for plan in plans:
        told = list(_events(plan, zone, today.year + AHEAD))
        first = min(today.year, max(plan.since, plan.when.day).year, *(at.year for at in plan.moved.values()))
        for used in {zone, plan.when.zone} if told and plan.when.every != ONCE else {zone}:
            zones[used] = min(zones.get(used, first), first)
        lines += told
    return file(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:{PRODUCT}",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{text(name)}",
            f"X-WR-CALNAME:{text(name)}",
            f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
            f"X-PUBLISHED-TTL:{REFRESH}",
            # At least one component has to be there, also where there is no plan yet.
            *(line for key, first in zones.items() for line in described(key, first)),
            *lines,
            "END:VCALENDAR",
        ]
    )


def _events(plan: Series, zone: str, last_year: int) -> Iterator[str]:
    """The lines of a plan's events; none where nothing of it is left."""
    rule = plan.ruled
    if rule.every == ONCE:
        for day in days(rule):
            if day not in plan.gone and (day >= plan.since or day in plan.moved):
                yield from _event(
                    plan, _span(plan.moved.get(day) or instant(day, rule.at, rule.zone), rule.minutes, zone)
                )
        return
    coming = (day for _, day in numbered(rule, plan.since) if day >= plan.since)
    first_ones = list(islice(coming, len(plan.gone) + 1))
    told = {day: instant(day, rule.at, rule.zone) for day in _odd_days(rule, plan.since, last_year)} | dict(plan.moved)
    if set(first_ones) - plan.gone:
        gone = [f"EXDATE{_local(day, rule)}" for day in sorted(plan.gone) if day >= plan.since]
        repeats = f"RRULE:{rrule(rule)}{_until(rule)}"
        yield from _event(
            plan, [f"DTSTART{_local(first_ones[0], rule)}", f"DURATION:PT{rule.minutes}M", repeats, *gone]
        )
    for day, start in sorted(told.items()):
        if day in plan.gone:
            continue
        if day >= plan.since:
            yield from _event(plan, [f"RECURRENCE-ID{_local(day, rule)}", *_span(start, rule.minutes, zone)])
        else:  # moved from times that are not told any more: by itself, as there is nothing that it could be one of
            yield from _event(plan._replace(uid=f"{day:%Y%m%d}-{plan.uid}"), _span(start, rule.minutes, zone))


def _event(plan: Series, when: list[str]) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{plan.uid}",
        f"DTSTAMP:{plan.changed_on:%Y%m%d}T000000Z",
        f"SEQUENCE:{plan.version}",
        *when,
        f"SUMMARY:{text(plan.called)}",
        f"STATUS:{'CONFIRMED' if plan.sure else 'TENTATIVE'}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{'BUSY' if plan.sure else 'TENTATIVE'}",
        "END:VEVENT",
    ]


def _local(day: date, rule: When) -> str:
    """What the clocks of the rule's zone show at one of its times, as parameters and value."""
    return f";TZID={rule.zone}:{datetime.combine(day, rule.at):%Y%m%dT%H%M%S}"


def _until(rule: When) -> str:
    """The end of the last day, in UTC as the RFC asks for it (3.3.10)."""
    return f";UNTIL={instant(rule.until, time(23, 59, 59), rule.zone):%Y%m%dT%H%M%SZ}" if rule.until else ""


def _span(start: datetime, minutes: int, zone: str) -> list[str]:
    """The beginning and the end of one event by the clocks of a zone, or in UTC where these show either twice."""
    two = {"DTSTART": start, "DTEND": start + timedelta(minutes=minutes)}
    there = {name: at.astimezone(ZoneInfo(zone)) for name, at in two.items()}
    if any(at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset() for at in there.values()):
        return [f"{name}:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for name, at in two.items()]
    return [f"{name};TZID={zone}:{at:%Y%m%dT%H%M%S}" for name, at in there.items()]


def _odd_days(rule: When, since: date, last_year: int) -> set[date]:
    """The days of a rule, from one on and up to a year, at or during whose time the clocks change."""
    turned = changes(rule.zone, max(since, rule.day).year, last_year + 1)
    nights = ((change, change.at.date() - before) for change in turned for before in (_DAY, 0 * _DAY))
    near = {
        day
        for change, day in nights
        if day >= since and _near(change, datetime.combine(day, rule.at), rule.minutes) and _odd(day, rule)
    }
    if not near:  # so it is with all but hours at night; nothing has to be counted
        return near
    up_to_last = takewhile(lambda one: one[1] <= max(near), numbered(rule, min(near)))
    return near & {day for _, day in up_to_last}


def _near(change: Change, begins: datetime, minutes: int) -> bool:
    """Whether an hour may meet a change: asked first, since most don't, and asking clocks is slow."""
    turned = abs(change.after - change.before)
    return begins <= change.at + turned and begins + timedelta(minutes=minutes) >= change.at - turned


def _odd(day: date, rule: When) -> bool:
    """Whether the clocks change at, or during, this time of a rule."""
    zone, begins = ZoneInfo(rule.zone), datetime.combine(day, rule.at)
    offsets = {
        (begins + timedelta(minutes=after)).replace(tzinfo=zone, fold=fold).utcoffset()
        for after in (0, rule.minutes)
        for fold in (0, 1)
    }
    return len(offsets) > 1
