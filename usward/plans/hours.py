"""Spans of time, in UTC: joined, cut, and laid on the clocks of a zone. Pure.

A span is a pair of aware instants, from the first and up to the second, which does not belong to it. A list of spans is
sorted, and its spans neither touch nor overlap.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from usward.plans.rules import instant

Span = tuple[datetime, datetime]
A_DAY = timedelta(days=1)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Any spans, in any order, as a list of spans. What has no length is left out."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def between(spans: list[Span], start: datetime, end: datetime) -> list[Span]:
    """The gaps of a list of spans, within a span."""
    within = [(max(first, start), min(last, end)) for first, last in spans if last > start and first < end]
    edges = [start, *(edge for span in within for edge in span), end]
    return [(first, last) for first, last in list(pairwise(edges))[::2] if first < last]


def common(one: list[Span], other: list[Span]) -> list[Span]:
    """What lies in both lists."""
    found, left, right = [], 0, 0
    while left < len(one) and right < len(other):
        start, end = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < end:
            found.append((start, end))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return found


def days_of(start: datetime, end: datetime, zone: str) -> Iterator[date]:
    """The days that somebody in a zone lives through in a span, and the one before them, whose night reaches into it."""
    day, last = _day(start, zone) - A_DAY, _day(end, zone)
    while day <= last:
        yield day
        day += A_DAY


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def daily(first: time, last: time, zone: str, days: Iterable[date]) -> list[Span]:
    """From one time on the clocks of a zone to another, on these days; past midnight where the second is not later."""
    found = []
    for day in days:
        ends = day if first < last else day + A_DAY
        found.append((instant(day, first, zone), instant(ends, last, zone)))
    return joined(found)
