"""What comes up later in a calendar and meets an hour of the two."""

import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from tests.given import frozen
from tests.practices.calendars import SECRET, ics, read_all
from tests.practices.plan import FRIDAY, agree, propose
from usward.calendars import fetch
from usward.freebusy import work
from usward.freebusy.comparing import Both, meeting
from usward.plans.hours import joined
from usward.practices.plan.entries import KEPT, Clash


def clashing(person) -> bool:
    return "Something has come up" in person.page("/")


def taken_along(person) -> list[Clash]:
    """What of it an export tells."""
    return [one.value for one in person.inside.reader.everything() if isinstance(one.value, Clash)]


def test_a_calendar_that_meets_a_plan_is_found_at_the_next_visit_of_either_and_seen_by_both(two, adds):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, day="2026-12-04", time="19:30", every="week", title="Film")
        agree(ben, where)
        assert not clashing(anna) and not clashing(ben)
        adds(anna, ics(("20261211T170000", "20261211T190000"), ("20261204T160000", "20261204T183000")))
        read_all()
    with frozen(FRIDAY + timedelta(hours=3)):
        assert clashing(ben) and clashing(anna)
        page = ben.page(where)
        assert page.count("Something has come up") == 1  # the one before ends where the film begins
        assert "Friday 11 December, 19:30–21:30, meets something in one of your calendars" in page
        assert "Anna’s calendar" not in page and SECRET not in page
        card = page[page.index('id="clash-2026-12-11"') : page.index('id="coming"')]
        instead = re.findall(r'name="day" value="([\d-]+)"><input type="hidden" name="time" value="([\d:]+)"', card)
        assert instead and ("2026-12-11", "19:30") not in instead
        day, at = instead[0]
        assert ben.post(where, act="move", of="2026-12-11", day=day, time=at).status_code == 303
        for person in two:
            assert not clashing(person) and "Something has come up" not in person.page(where)
        assert ben.post(where, act="restore", of="2026-12-11").status_code == 303
        assert clashing(anna)
        assert not taken_along(anna) and not taken_along(ben)  # it would tell who looked in first, and when
        assert anna.post(where, act="keep", of="2026-12-11").status_code == 303
        assert not clashing(anna) and not clashing(ben)
        assert [one.how for one in taken_along(ben)] == [KEPT]


def test_a_clash_goes_when_the_calendar_does_and_an_hour_kept_stays_kept(two, adds, monkeypatch):
    anna, ben = two
    events = [("20261204T180000", "20261204T190000")]
    monkeypatch.setattr(fetch, "fetch", lambda *_: fetch.Fetched(ics(*events), "", ""))
    with frozen(FRIDAY):
        where = propose(anna, day="2026-12-04", time="19:30", every="week")
        agree(ben, where)
        adds(ben, address="https://calendar.example/a.ics")
        read_all()
        assert clashing(anna)
    events[:] = []
    with frozen(FRIDAY + work.AGAIN):
        work.wake()
        read_all()
        assert not clashing(ben) and not clashing(anna)
    events[:] = [("20261204T180000", "20261204T190000")]
    with frozen(FRIDAY + 2 * work.AGAIN):
        work.wake()
        read_all()
        assert clashing(ben)
        ben.post(where, act="keep", of="2026-12-04")
    with frozen(FRIDAY + 3 * work.AGAIN):
        work.wake()
        read_all()
        assert not clashing(ben) and not clashing(anna)


def test_the_hour_itself_in_a_calendar_of_ones_own_is_no_clash(two, adds):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna, day="2026-12-04", time="19:30", every="once"))
        adds(ben, ics(("20261204T183000", "20261204T203000")))
        read_all()
        assert not clashing(anna) and not clashing(ben)


def test_what_nobody_has_agreed_to_is_not_compared(two, adds):
    anna, ben = two
    with frozen(FRIDAY):
        adds(ben, ics(("20261204T180000", "20261204T230000")))
        where = propose(anna, day="2026-12-04", time="19:30", every="once")
        read_all()
        assert not clashing(anna) and "Something has come up" not in anna.page(where)


def test_an_hour_that_is_agreed_or_moved_later_meets_what_was_in_a_calendar_already(two, adds):
    anna, ben = two
    with frozen(FRIDAY):
        adds(ben, ics(("20261211T180000", "20261211T190000"), ("20261205T180000", "20261205T190000")))
        read_all()
        where = propose(anna, day="2026-12-04", time="19:30", every="week")
        assert not clashing(anna)
        agree(ben, where)
        assert clashing(anna) and clashing(ben)
        anna.post(where, act="let-go", of="2026-12-11")
        assert not clashing(anna) and not clashing(ben)
        anna.post(where, act="move", of="2026-12-04", day="2026-12-05", time="19:00")
        assert clashing(ben) and clashing(anna)


def test_a_file_that_was_read_once_is_compared_with_hours_that_have_come_nearer(two, adds):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna, day="2026-12-04", time="19:30", every="week"))
        adds(anna, ics(("20270305T180000", "20270305T190000")))
        read_all()
        assert not clashing(anna) and not clashing(ben)
    with frozen(FRIDAY + timedelta(days=60)):
        work.wake()
        read_all()
        assert clashing(ben) and clashing(anna)


@given(
    some.lists(some.tuples(some.integers(0, 60), some.integers(1, 9)), max_size=9),
    some.integers(0, 60),
    some.integers(1, 9),
)
def test_an_hour_meets_whatever_shares_a_minute_with_it_and_is_not_the_hour_itself(busy, first, length):
    at = [FRIDAY + n * timedelta(minutes=1) for n in range(90)]
    spans = joined((at[start], at[start + lasts]) for start, lasts in busy)
    shared = [one for one in spans if any(one[0] <= minute < one[1] for minute in at[first : first + length])]
    hour = (at[first], at[first + length])
    for both in (Both(spans, [], ("UTC", "UTC")), Both([], spans, ("UTC", "UTC"))):
        assert bool(meeting((), (), both, [("it", *hour)])) == any(one != hour for one in shared)
