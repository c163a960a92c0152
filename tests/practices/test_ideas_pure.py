"""What is kept of answers, seasons, and what the clock suggests: pure."""

from datetime import datetime

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some

from tests.practices.ideas import A_DAY, MONDAY
from usward.content.loader import library
from usward.practices.ideas import moment
from usward.practices.ideas.choose import A_WEEK, Answer, newest, week_of
from usward.practices.ideas.exchange import answered
from usward.practices.ideas.traits import fits

IDEAS = some.sampled_from("abc")
SAID = some.lists(some.tuples(IDEAS, some.booleans(), some.integers(0, 30)), max_size=20)


@for_all(SAID)
def test_what_is_kept_of_answers_tells_whatever_all_of_them_would(said):
    """The draw of this week, which reads none of it, those of later weeks, and the page find what they would find in all."""
    days = [
        Answer(idea, liked, MONDAY.date() + day * A_DAY) for idea, liked, day in sorted(said, key=lambda one: one[2])
    ]
    kept: tuple[Answer, ...] = ()
    for n, one in enumerate(days):
        kept, whole = answered(kept, one), days[: n + 1]
        for week in (week_of(one.day), week_of(one.day) + A_WEEK):
            read, all_read = (newest(one for one in some if one.day < week) for some in (kept, whole))
            assert read == all_read
        assert newest(kept) == newest(whole)
    assert len(kept) <= 2 * len({one.idea for one in kept})


@pytest.mark.parametrize(
    ("zone", "month", "season"),
    [("Europe/Copenhagen", 11, "autumn"), ("Europe/Copenhagen", 1, "winter"), ("Australia/Sydney", 1, "summer"),
     ("America/Santiago", 6, "winter"), ("Asia/Singapore", 6, ""), ("UTC", 6, ""), ("America/Noronha", 3, "")],
)  # fmt: skip
def test_the_season_is_that_of_the_place(zone, month, season):
    assert moment.season(zone, month) == season


def test_seasons_that_differ_are_none():
    assert moment.seasons_of({"Europe/Copenhagen", "Australia/Sydney"}, 1) == ""
    assert moment.seasons_of({"Europe/Copenhagen", "America/New_York"}, 1) == "winter"


@for_all(some.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), some.booleans())
def test_what_the_clock_suggests_always_leaves_something_to_do(now, apart):
    zones = {"Europe/Copenhagen", "Asia/Tokyo"} if apart else {"Europe/Copenhagen"}
    frame = moment.trimmed(moment.suggested(now, zones, None))
    assert frame.apart is apart
    assert len([idea for idea in library().ideas if fits(idea, frame)]) >= 30
