"""A time zone, described as calendar files want it (VTIMEZONE, RFC 5545, 3.6.5). Pure.

What the clocks of a zone do is asked of the database of zones, year by year, and said as a rule where it follows one: every
program reads rules, some (Outlook) read nothing else, and a rule is right for as long as the zone keeps to it. icalendar
lists days, up to 2038, and an hour late in spring (7.3.2).
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from usward.plans.rules import WEEKDAYS

YEARS = 28  # in which every date has met every day of the week: what holds for them is a rule
_WEEK, _SECOND = timedelta(weeks=1), timedelta(seconds=1)


class Change(NamedTuple):
    """When clocks are changed: what they show at that moment (`at`, by the offset before), both offsets, what it is called
    from then on, and whether that is summer time."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


@lru_cache(64)
def described(zone: str, first: int) -> tuple[str, ...]:
    """The lines of a VTIMEZONE for an IANA name, right from the beginning of a year on.

    Where the clocks follow no rule, the next 28 years are listed.
    """
    found = changes(zone, first - 1, first + YEARS)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if not found or found[0].at.year >= first:
        lines += _observance(_standing(ZoneInfo(zone), datetime(first - 1, 1, 1, tzinfo=UTC)), "")
    alike: dict[tuple[object, ...], list[Change]] = {}
    for change in found:
        alike.setdefault(change[1:], []).append(change)
    for group in alike.values():
        irregular, rule = _rule(group, first + YEARS - 1)
        regular = group[len(irregular) :]
        if irregular:
            more = ",".join(f"{one.at:%Y%m%dT%H%M%S}" for one in irregular[1:])
            lines += _observance(irregular[0], f"RDATE:{more}" if more else "")
        if regular:
            lines += _observance(regular[0], f"RRULE:{rule}")
    return (*lines, "END:VTIMEZONE")


@lru_cache(256)
def changes(zone: str, first: int, end: int) -> tuple[Change, ...]:
    """Every change of the clocks of a zone from the beginning of one year to that of another."""
    return tuple(_changes(ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC), datetime(end, 1, 1, tzinfo=UTC)))


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Change]:
    """Looked for week by week: nobody changes clocks twice in one."""
    at, offset = begin, begin.astimezone(zone).utcoffset()
    while at < end:
        early, late, later = at, at + _WEEK, (at + _WEEK).astimezone(zone).utcoffset()
        if offset is not None and later is not None and offset != later:
            while late - early > _SECOND:
                middle = early + (late - early) // _SECOND // 2 * _SECOND
                if middle.astimezone(zone).utcoffset() == offset:
                    early = middle
                else:
                    late = middle
            after = late.astimezone(zone)
            yield Change((late + offset).replace(tzinfo=None), offset, later, after.tzname() or "", bool(after.dst()))
        at, offset = at + _WEEK, later


def _standing(zone: ZoneInfo, at: datetime) -> Change:
    """What holds when nothing has changed yet."""
    there = at.astimezone(zone)
    offset = there.utcoffset() or timedelta()
    return Change(there.replace(tzinfo=None), offset, offset, there.tzname() or "", bool(there.dst()))


def _rule(group: list[Change], last: int) -> tuple[list[Change], str]:
    """Changes of one kind: those of the beginning that follow no rule, and the yearly rule of the others."""
    for number in range(len(group)):
        some = group[number:]
        years = [one.at.year for one in some]
        if len(some) < YEARS // 2 or years != list(range(years[0], last + 1)):
            break
        if rule := _yearly([one.at for one in some]):
            return group[:number], rule
    return group, ""


def _yearly(days: list[datetime]) -> str:
    """The rule of days, one in each of many consecutive years; "" where there is none."""
    if len({(one.month, one.weekday(), one.time()) for one in days}) > 1:
        return ""
    month, weekday = days[0].month, WEEKDAYS[days[0].weekday()]
    first = min(one.day for one in days)
    rule = f"FREQ=YEARLY;BYMONTH={month}"
    if all(one.day > monthrange(one.year, one.month)[1] - 7 for one in days):
        return f"{rule};BYDAY=-1{weekday}"
    weeks = {(one.day - 1) // 7 for one in days}
    if len(weeks) == 1:
        return f"{rule};BYDAY={weeks.pop() + 1}{weekday}"
    if max(one.day for one in days) - first == 6:
        return f"{rule};BYDAY={weekday};BYMONTHDAY={','.join(str(first + number) for number in range(7))}"
    return ""


def _observance(change: Change, comes: str) -> list[str]:
    name = "DAYLIGHT" if change.summer else "STANDARD"
    return [
        f"BEGIN:{name}",
        f"DTSTART:{change.at:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(change.before)}",
        f"TZOFFSETTO:{_offset(change.after)}",
        f"TZNAME:{change.name}",
        *filter(None, [comes]),
        f"END:{name}",
    ]


def _offset(ahead: timedelta) -> str:
    sign = "-" if ahead < timedelta() else "+"
    minutes, seconds = divmod(abs(ahead) // _SECOND, 60)
    return f"{sign}{minutes // 60:02}{minutes % 60:02}{f'{seconds:02}' if seconds else ''}"
