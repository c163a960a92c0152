"""When: what a form names lies ahead, is kept as it was named, and is said as one says it where the reader lives."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import frozen
from usward.kit.forms import Form
from usward.talkback.entries import When
from usward.talkback.when import AT_MOST, LASTS, RETURNS, again_of, day_words, hour_of, in_words, return_of

NOW = datetime(2026, 11, 27, 19, 30, tzinfo=UTC)
ZONES = st.sampled_from(["Europe/Copenhagen", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "UTC"])
DAYS = st.integers(-20, 420).map(lambda n: NOW.date() + timedelta(days=n))


def form(**fields: str) -> Form:
    return Form(SimpleNamespace(POST=fields))


@for_all(DAYS, st.times(), ZONES)
def test_an_hour_that_is_named_is_the_one_that_is_kept_and_lies_ahead(day, time, zone):
    with frozen(NOW):
        typed = form(day=day.isoformat(), time=f"{time:%H:%M}")
        found = hour_of(typed, zone)
    meant = datetime.combine(day, time.replace(second=0, microsecond=0, fold=0), ZoneInfo(zone)).astimezone(UTC)
    today = NOW.astimezone(ZoneInfo(zone)).date()
    if typed.ok:
        assert found.moment.astimezone(UTC) == meant >= NOW - LASTS and found.zone == zone
        assert today <= day <= today + timedelta(days=AT_MOST)
        assert (
            in_words(found, zone, day - timedelta(days=9))
            == f"on {day:%A}, {day.day} {day:%B}"
            + ("" if (day - timedelta(days=9)).year == day.year else f" {day.year}")
            + f" at {found.moment.astimezone(ZoneInfo(zone)):%H:%M}"
        )
    else:
        assert found.moment is None and (day < today or day > today + timedelta(days=AT_MOST) or meant + LASTS < NOW)


@pytest.mark.parametrize(
    ("fields", "kept", "said"),
    [
        ({"back": "soon"}, When("2026-11-27", "20:50", "Europe/Copenhagen"), "today at 20:50"),
        ({"back": "tonight"}, When("2026-11-27", "", "Europe/Copenhagen", True), "tonight"),
        ({"back": "tomorrow"}, When("2026-11-28", "", "Europe/Copenhagen"), "tomorrow"),
        ({"back": "day", "day": "2026-12-06"}, When("2026-12-06", "", "Europe/Copenhagen"), "on Sunday, 6 December"),
    ],
)
def test_the_return_from_a_pause(fields, kept, said):
    with frozen(NOW):
        typed = form(**fields)
        found = return_of(typed, "Europe/Copenhagen")
    assert typed.ok and found == kept and in_words(found, "Europe/Copenhagen", date(2026, 11, 27)) == said
    assert set(RETURNS) == {"soon", "tonight", "tomorrow", "day"}


def test_an_evening_that_has_gone_by_is_still_an_evening():
    tonight = When("2026-11-27", tonight=True)
    assert in_words(tonight, "UTC", date(2026, 11, 28)) == "yesterday in the evening"
    assert day_words(date(2027, 1, 2), date(2026, 11, 28), "on ") == "on Saturday, 2 January 2027"


@pytest.mark.parametrize("day", ["", "2026-11-26", "2026-13-01", "9999-01-01"])
def test_a_day_that_does_not_lie_ahead_is_said_to_be_wrong(day):
    with frozen(NOW):
        for read, name in ((return_of, "back"), (again_of, "again")):
            typed = form(**{name: "day", "day": day})
            read(typed, "UTC")
            assert typed.errors["day"]
        for read in (return_of, again_of):
            typed = form(back="whenever", again="whenever")
            read(typed, "UTC")
            assert not typed.ok
        today = form(again="day", day="2026-11-27")
        again_of(today, "UTC")
        assert today.errors["day"] == "Choose a day from tomorrow on."
        assert again_of(form(again="14"), "UTC") == "2026-12-11"
