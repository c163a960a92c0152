"""Hours that suit both: neither busy nor asleep, and as they wished. Pure.

Both see what is offered, and nothing else: one beginning a day, few days, on the half hour. How long the hour might have
been, and what stood against other hours, is not part of it; the reason given is read off the clocks alone.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from usward.plans.hours import Span, common, daily, days_of, joined
from usward.plans.hours import between as gaps

OFFERED = 4
STEP = timedelta(minutes=30)
EVENING, DAYTIME = (time(17, 30), time(21)), (time(9), time(17))  # when an hour together may begin
SATURDAY, SEVEN = 5, 19.0
REASONS = ("free for both of you", "evening for one of you", "the weekend, by daylight", "evening for both of you")


class Person(NamedTuple):
    """One of the two: their zone, their sleep (from, to; the same twice is none), and when they are busy."""

    zone: str
    sleep: tuple[time, time]
    busy: list[Span]


class Wish(msgspec.Struct, frozen=True):
    """What they look for: on which weekdays (Monday is 0) and between which times by the clocks of whoever asks, for how
    many minutes at least."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    first: time = time(0)
    last: time = time(0)
    minutes: int = 60


class Offered(NamedTuple):
    """An hour that suits both, in UTC, and the reason why it stands where it does."""

    start: datetime
    end: datetime
    reason: str


def awake(person: Person, start: datetime, end: datetime) -> list[Span]:
    """When somebody is neither asleep nor busy."""
    asleep = daily(*person.sleep, person.zone, days_of(start, end, person.zone)) if len(set(person.sleep)) > 1 else []
    return gaps(joined([*person.busy, *asleep]), start, end)


def wished(wish: Wish, zone: str, start: datetime, end: datetime) -> list[Span]:
    """When it may be, by the clocks of a zone."""
    days = [day for day in days_of(start, end, zone) if day.weekday() in wish.weekdays]
    return common([(start, end)], daily(wish.first, wish.last, zone, days))


def both_free(asks: Person, other: Person, wish: Wish, start: datetime, end: datetime) -> list[Span]:
    """Every span that suits both, and is long enough."""
    free = common(awake(asks, start, end), awake(other, start, end))
    found = common(free, wished(wish, asks.zone, start, end))
    return [span for span in found if span[1] - span[0] >= timedelta(minutes=wish.minutes)]


def offers(asks: Person, other: Person, wish: Wish, start: datetime, end: datetime) -> list[Offered]:
    """The best few, the best of each day (of whoever asks), in the order in which they are to be shown: best first.

    It is the same whichever order the two are busy in; but the days and the times of the wish are those of whoever asks.
    """
    best: dict[date, tuple[int, float, datetime]] = {}
    length = timedelta(minutes=wish.minutes)
    for span in both_free(asks, other, wish, start, end):
        for begins in beginnings(span, length):
            day = begins.astimezone(ZoneInfo(asks.zone)).date()
            worth = _worth(begins, (asks.zone, other.zone))
            if day not in best or worth > best[day][:2]:
                best[day] = *worth, begins
    ranked = sorted(best.values(), key=lambda one: (-one[0], one[2]))[:OFFERED]
    return [Offered(begins, begins + length, REASONS[worth]) for worth, _, begins in ranked]


def beginnings(span: Span, length: timedelta) -> list[datetime]:
    """Where an hour of that length may begin in a span: on every half hour (of UTC, to which all but few zones keep)."""
    start, end = span
    late = (start - datetime(2000, 1, 1, tzinfo=UTC)) % STEP
    begins = start if not late else start + STEP - late
    found = []
    while begins + length <= end:
        found.append(begins)
        begins += STEP
    return found


def _worth(begins: datetime, zones: Sequence[str]) -> tuple[int, float]:
    """The place of its reason in REASONS: how well an hour begins, by the clocks of both; and of evenings, how near to seven."""
    local = [begins.astimezone(ZoneInfo(zone)) for zone in zones]
    evenings = [one for one in local if EVENING[0] <= one.time() <= EVENING[1]]
    late = -sum(abs(one.hour + one.minute / 60 - SEVEN) for one in evenings)
    if len(evenings) == len(local):
        return 3, late
    if all(one.weekday() >= SATURDAY and DAYTIME[0] <= one.time() <= DAYTIME[1] for one in local):
        return 2, 0.0
    return min(len(evenings), 1), late
