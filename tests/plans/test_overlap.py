"""Hours that suit both, against looking at every minute."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from usward.plans.hours import between, common, joined
from usward.plans.overlap import OFFERED, REASONS, Person, Wish, beginnings, both_free, offers
from usward.plans.rules import instant

MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = ("Europe/Copenhagen", "America/New_York", "Pacific/Honolulu", "Pacific/Auckland", "Asia/Kolkata", "UTC")
# Both changes of the clocks, north and south, lie within a week of one of these.
STARTS = [
    datetime(2026, month, day, 5, tzinfo=UTC) for month, day in ((3, 6), (3, 27), (4, 3), (9, 25), (10, 23), (10, 30))
]
QUARTERS = some.builds(time, some.integers(0, 23), some.sampled_from((0, 15, 30, 45)))


@some.composite
def spans(draw, start):
    found = []
    for _ in range(draw(some.integers(0, 12))):
        first = start + MINUTE * draw(some.integers(-600, 5 * 24 * 60))
        found.append((first, first + MINUTE * draw(some.integers(0, 900))))
    return found


@some.composite
def questions(draw):
    start = draw(some.sampled_from(STARTS))
    end = start + timedelta(hours=draw(some.integers(1, 5 * 24)))
    people = [
        Person(draw(some.sampled_from(ZONES)), (draw(QUARTERS), draw(QUARTERS)), joined(draw(spans(start))))
        for _ in range(2)
    ]
    days = draw(some.sets(some.integers(0, 6), min_size=1))
    wish = Wish(tuple(sorted(days)), draw(QUARTERS), draw(QUARTERS), draw(some.sampled_from((30, 45, 60, 90, 180))))
    return people, wish, start, end


def inside(at: datetime, first: time, last: time, zone: str, days: Collection[int] = range(7)) -> bool:
    """Whether a minute lies between two times of some day, past midnight where the second is not later."""
    here = at.astimezone(ZoneInfo(zone)).date()
    for day in (here - A_DAY, here, here + A_DAY):
        ends = day if first < last else day + A_DAY
        if day.weekday() in days and instant(day, first, zone) <= at < instant(ends, last, zone):
            return True
    return False


def suits(people: list[Person], wish: Wish, at: datetime) -> bool:
    """Whether one minute suits both."""
    for person in people:
        if any(first <= at < last for first, last in person.busy):
            return False
        if person.sleep[0] != person.sleep[1] and inside(at, *person.sleep, person.zone):
            return False
    return inside(at, wish.first, wish.last, people[0].zone, wish.weekdays)


def by_the_minute(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += MINUTE


@given(questions())
@settings(max_examples=40, deadline=None)
def test_every_minute_that_suits_both_and_no_other(question):
    people, wish, start, end = question
    found = both_free(people[0], people[1], wish, start, end)
    assert found == joined(found)
    runs: list[list[datetime]] = []
    for at in by_the_minute(start, end):
        if suits(people, wish, at):
            if runs and runs[-1][-1] + MINUTE == at:
                runs[-1].append(at)
            else:
                runs.append([at])
    assert found == [(run[0], run[-1] + MINUTE) for run in runs if len(run) >= wish.minutes]


@given(questions())
@settings(deadline=None)
def test_what_is_offered_suits_both_and_tells_nothing_more(question):
    people, wish, start, end = question
    suiting, found = both_free(people[0], people[1], wish, start, end), offers(people[0], people[1], wish, start, end)
    assert len(found) <= OFFERED
    assert bool(found) or not any(beginnings(span, MINUTE * wish.minutes) for span in suiting)
    days = [one.start.astimezone(ZoneInfo(people[0].zone)).date() for one in found]
    assert len(set(days)) == len(days), "one a day"
    for one in found:
        assert one.start.minute in (0, 30) and one.end - one.start == MINUTE * wish.minutes
        assert any(first <= one.start and one.end <= last for first, last in suiting)
    worth = [REASONS.index(one.reason) for one in found]
    assert worth == sorted(worth, reverse=True), "the best first"
    for better, later in pairwise(found):
        assert better.reason != later.reason or better.start < later.start
    # How long an hour might have been is not told: shorten each free span to just what is offered, and nothing changes.
    kept = joined((one.start, one.end) for one in found)
    busy = joined([*people[1].busy, *between(kept, start, end)])
    assert offers(people[0], people[1]._replace(busy=busy), wish, start, end) == found


@given(spans(STARTS[0]), spans(STARTS[0]))
def test_spans_add_up(one, other):
    start, end = STARTS[0], STARTS[0] + timedelta(days=5)
    one, other = joined(one), joined(other)
    minutes = [{at for span in spans for at in by_the_minute(*span)} for spans in (one, other, common(one, other))]
    assert minutes[0] & minutes[1] == minutes[2]
    gaps = {at for span in between(one, start, end) for at in by_the_minute(*span)}
    assert gaps == set(by_the_minute(start, end)) - minutes[0]
    assert common(one, other) == common(other, one) == joined(common(one, other))


def test_a_ninety_minute_evening_for_berlin_and_new_york():
    berlin = Person("Europe/Berlin", (time(23), time(7)), [])
    work = [(at(day, 14), at(day, 22)) for day in (23, 24, 25)]  # nine to five in New York
    york = Person("America/New_York", (time(23), time(7)), work)
    wish = Wish((0, 2), time(17), time(23), 90)  # Mondays and Wednesdays, in the evening of Berlin
    assert offers(berlin, york, wish, at(23, 0), at(27, 0)) == []
    free = york._replace(busy=work[:1])
    (one,) = offers(berlin, free, wish, at(23, 0), at(27, 0))
    assert (one.start, one.end, one.reason) == (at(25, 18), at(25, 19, 30), "evening for one of you")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)
