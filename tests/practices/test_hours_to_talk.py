"""An hour to talk that both have agreed to stands in Plan's week, whichever practice it was asked for in; no other does."""

import re
from datetime import timedelta
from uuid import uuid4

from tests.given import frozen
from tests.practices.plan import FRIDAY, week
from tests.practices.test_dreams import tell
from usward.plans.overlap import Wish
from usward.practices.plan.clashes import offered
from usward.practices.vision.entries import exchange_name
from usward.talkback import hour

SUNDAY = {"day": "2026-11-29", "time": "20:30"}


def here(person) -> list[str]:
    """The hours of the week, as somebody reads them."""
    return [row for day in week(person) for row in re.findall(r"\d\d:\d\d .*", day)]


def begun(anna, ben) -> str:
    """Something to work through, as far as the hour."""
    where = anna.post("/talk/work-it-through/", text="the morning rush", id=str(uuid4()))["Location"]
    first = where.rstrip("/").rpartition("/")[2]
    assert ben.post(where, act="agree", step="name", to=first).status_code == 303
    return where


def say_yes(person, where: str) -> None:
    to = re.search(r'name="to" value="(\w+)"', person.page(where))[1]
    step = re.search(r'name="step" value="(\w+)">\s*<input type="hidden" name="to"', person.page(where))[1]
    assert person.post(where, act="agree", step=step, to=to).status_code == 303


def test_an_hour_for_a_talk_is_in_the_week_of_both_once_both_have_named_it(two, stranger):
    anna, ben = two
    with frozen(FRIDAY):
        where = begun(anna, ben)
        assert anna.post(where, act="propose", step="when", seen="", **SUNDAY).status_code == 303
        assert here(anna) == here(ben) == [], "an hour that is only proposed is in nobody's week"
        say_yes(ben, where)
        assert here(anna) == here(ben) == ["20:30 A talk: the morning rush"]
        assert where.removeprefix("/") in ben.page("/plan/")
        assert here(stranger) == []
        # Another hour is proposed: the first counts no longer, and stands there again when both have it.
        seen = re.search(r'name="seen" value="(\w+)"', anna.page(where))[1]
        anna.post(where, act="propose", step="when", seen=seen, day="2026-11-30", time="19:00")
        assert here(ben) == []
        say_yes(ben, where)
        assert here(anna) == ["19:00 A talk: the morning rush"]
        ben.post(where, act="stop")
        assert here(anna) == here(ben) == [], "what was put aside waits for no hour"
        ben.post(where, act="up")
        assert here(anna) == ["19:00 A talk: the morning rush"]
        for person in two:
            person.post(where, act="ready", step="when", id=str(uuid4()))
        assert here(anna) == here(ben) == [], "they have begun"


def test_a_pause_that_both_come_back_from_at_a_time_is_there_as_well(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = begun(anna, ben)
        anna.post(where, act="pause", back="soon", id=str(uuid4()))
        assert here(ben) == []
        say_yes(ben, where)
        assert here(anna) == here(ben) == ["10:20 A talk: the morning rush"]
        anna.post(where, act="pause", back="tomorrow", id=str(uuid4()))
        say_yes(ben, where)
        assert here(anna) == [], "a day without a time is no hour"


def test_the_return_from_a_pause_in_listening_is_there_once_agreed(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = anna.post("/talk/listening/", own="the late trains", begins="me", id=str(uuid4()))["Location"]
        anna.post(where, act="pause", at_time="21:15", id=str(uuid4()))
        assert here(anna) == here(ben) == []
        about = re.search(r'name="about" value="(\w+)"', ben.page(where))[1]
        assert ben.post(where, act="agree", about=about).status_code == 303
        assert here(anna) == here(ben) == ["21:15 A talk: the late trains"]
        ben.post(where, act="back", number=re.search(r'name="number" value="(\w+)"', ben.page(where))[1])
        assert here(anna) == here(ben) == []


def test_hours_of_dreams_and_of_the_years_ahead_lead_there(two):
    anna, ben = two
    with frozen(FRIDAY):
        dream, years = tell(anna), f"/us/vision/{anna.me.space.day_reached.year}/"
        for page, acts, called in (
            (dream, f"{dream}beside/", "A talk about a dream"),
            (years, years, "A talk about the years ahead"),
        ):
            assert anna.post(acts, act="hour-say", **SUNDAY).status_code == 303
            assert here(anna) == here(ben) == []
            at = re.search(r'name="at" value="([^"]+)"', ben.page(page))[1]
            assert ben.post(acts, act="hour-agree", at=at).status_code == 303
            assert here(anna) == here(ben) == [f"20:30 {called}"]
            assert f'class="hour-row" href="{page}"' in ben.page("/plan/")
            ben.post(acts, act="hour-drop")
            assert here(anna) == here(ben) == []


def test_nothing_else_is_found_for_the_hour_at_which_they_talk(two):
    anna, _ = two
    with frozen(FRIDAY):
        start = FRIDAY + timedelta(days=1, hours=9)
        span, wish = (start - timedelta(hours=1), start + timedelta(hours=2)), Wish(minutes=60)
        before = offered(anna.inside, [], wish, span)
        assert any(one.start < start + timedelta(hours=1) and one.end > start for one in before)
        for person in two:
            now = hour.standing(person.inside.reader.exchange(exchange_name(2026)))
            hour.say(person.inside, exchange_name(2026), "us/vision/2026/", now, start)
        for person in two:
            after = offered(person.inside, [], wish, span)
            assert after and all(one.end <= start or one.start >= start + timedelta(hours=1) for one in after)


def test_an_hour_is_shown_by_the_clocks_of_whoever_reads_and_only_in_its_span(two):
    anna, ben = two
    with frozen(FRIDAY):
        start = FRIDAY + timedelta(days=9)
        for person in two:
            now = hour.standing(person.inside.reader.exchange(exchange_name(2027)))
            hour.say(person.inside, exchange_name(2027), "us/vision/2027/", now, start)
        assert here(anna) == [] and "A talk about the years ahead" in anna.page("/plan/"), "it comes later"
        assert hour.ahead(ben.inside, FRIDAY, start) == []
        assert [one.at for one in hour.ahead(ben.inside, start, start + timedelta(minutes=1))] == [start]
