"""Phones down: begun by one for both or by both, counted by the server's clock, and one line each afterwards."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some

from tests.given import frozen, pings
from tests.talkback.signs import signs
from usward.practices.phonesdown.entries import DOWN, JOINED, UP, Down, Joined, Up
from usward.practices.phonesdown.exchange import GONE, OVER, PATIENCE, RUNS, WAITS, standing
from usward.spaces.models import Partner

pytestmark = pytest.mark.usefixtures("by_one_clock")
URL = "/plan/phones-down/"
NOON = datetime.fromisoformat("2026-11-27T12:00:00+00:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def by_one_clock(two, stranger):
    """Everybody's clocks show the same."""
    Partner.objects.update(zone="UTC")


def begin(person, act: str = "together", minutes: str = "60") -> str:
    answer = person.post(URL, act=act, minutes=minutes, id=str(uuid4()))
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def test_one_tap_for_both_a_lamp_until_the_time_is_over_and_a_line_each(two, stranger):
    anna, ben = two
    with frozen(NOON):
        where = begin(anna)
        assert stranger.get(where).status_code == 404
        for person in two:
            page = person.page(where)
            assert "Until 13:00" in page and "data-card" not in page
            assert person.get(where)["Refresh"] == "3601"
            assert person.get("/")["Location"] == where, "whoever picks theirs up sees the lamp"
            assert person.get(URL)["Location"] == where, "they are down already"
    with frozen(NOON + 59 * MINUTE):
        assert "Until 13:00" in ben.page(where)
        assert ben.post(where, act="keep", text="Too early", id=str(uuid4())).status_code == 303
        assert "Too early" not in ben.page(where)
    with frozen(NOON + 60 * MINUTE):
        assert "Welcome back" in anna.page(where) and "One line to keep of it?" in ben.page("/")
        assert anna.post(where, act="keep", text="We heard the rain.", id=str(uuid4())).status_code == 303
        assert "We heard the rain." in anna.page(where) and "rain" not in ben.page(where)
        assert "One line to keep" not in anna.page("/")
        assert ben.post(where, act="keep", text="You laughed.", id=str(uuid4())).status_code == 303
        for person in two:
            page = person.page(where)
            assert "We heard the rain." in page and "You laughed." in page and "Find the next hour" in page


def test_both_tap_and_the_time_begins_with_the_second(two):
    anna, ben = two
    with frozen(NOON):
        where = begin(anna, "apart", "20")
        assert "as soon as Ben taps" in anna.page(where)
        assert signs(ben) == ["Anna would like to put the phones down with you"]
        assert anna.post(where, act="join").status_code == 303 and "as soon as Ben" in anna.page(where)
    with frozen(NOON + 5 * MINUTE):
        assert "for 20 minutes" in ben.page(where)
        assert ben.post(where, act="join").status_code == 303
        assert all("Until 12:25" in person.page(where) for person in two)
        assert signs(ben) == []
    with frozen(NOON + 25 * MINUTE):
        assert all("Welcome back" in person.page(where) for person in two)


def test_either_may_end_it_early_and_nobody_is_named(two):
    anna, ben = two
    with frozen(NOON):
        where = begin(anna)
    with frozen(NOON + 10 * MINUTE):
        assert ben.post(where, act="rise").status_code == 303
        pages = [person.page(where) for person in two]
        assert all("Welcome back" in page for page in pages)
        assert "Ben" not in pages[0].split("<main")[1].split("</main>")[0].replace("Ben’s", "")
        assert begin(ben) != where


def test_an_invitation_that_nobody_takes_up_is_gone_without_a_word(two):
    anna, ben = two
    with frozen(NOON):
        where = begin(anna, "apart")
    with frozen(NOON + PATIENCE + MINUTE):
        assert all("Another time" in person.page(where) for person in two)
        assert ben.post(where, act="join").status_code == 303
        assert "Another time" in anna.page(where)


def test_not_now_ends_the_invitation(two):
    anna, ben = two
    with frozen(NOON):
        where = begin(anna, "apart")
        assert ben.post(where, act="rise").status_code == 303
        assert all("Another time" in person.page(where) for person in two)
        assert anna.get(URL).status_code == 200


def test_a_line_tells_the_other_nothing_before_theirs(two):
    anna, ben = two
    with frozen(NOON):
        where = begin(anna)
    with frozen(NOON + 61 * MINUTE):
        with pings() as rung:
            anna.post(where, act="keep", text="Quiet.", id=str(uuid4()))
        assert str(ben.inside.me.pk) not in rung
        assert anna.post(where, act="keep", text="", id=str(uuid4())).status_code == 422


def test_alone_one_may_put_it_down_too(stranger):
    with frozen(NOON):
        where = begin(stranger, "apart")
        assert "Until 13:00" in stranger.page(where)
        assert stranger.post(where, act="rise").status_code == 303
        assert stranger.post(URL, minutes="7", act="together").status_code == 422


def heard(seq, step, value, author, at):
    """Something that was said."""
    return SimpleNamespace(
        seq=seq, step=step, value=value, author=author, at=at, id=uuid4(), root=uuid4(), mine=author == "a"
    )


acts = some.lists(some.tuples(some.sampled_from((JOINED, UP)), some.sampled_from(("a", "b")), some.integers(0, 200)))


@for_all(some.booleans(), acts, some.integers(0, 400))
def test_it_runs_only_while_both_are_down_and_never_longer_than_was_said(together, acts, minutes):
    said = [heard(1, DOWN, Down(60, together), "a", NOON)]
    for seq, (step, who, after) in enumerate(sorted(acts, key=lambda one: one[2]), 2):
        said.append(heard(seq, step, Joined() if step == JOINED else Up(), who, NOON + after * MINUTE))
    now = standing(reversed(said))
    moment = NOON + minutes * MINUTE
    state = now.state(moment)
    joined = min((one.at for one in said if one.step == JOINED and one.author == "b"), default=None)
    began = NOON if together else joined
    up = min((one.at for one in said if one.step == UP), default=None)
    if state == RUNS:
        assert began is not None and moment < began + 60 * MINUTE
        assert up is None or moment < up or up >= began + 60 * MINUTE
    if state == WAITS:
        assert not together and up is None and moment <= NOON + PATIENCE
    if together and up is None:
        assert state == (RUNS if minutes < 60 else OVER)
    assert state in (WAITS, RUNS, OVER, GONE)


def places(person) -> str:
    page = person.page("/plan/phones-down/")
    return page[page.index('id="phone-free"') : page.index('id="phone-free-name"')]


def key_of(person) -> str:
    return re.search(r'name="to" value="([0-9a-f]+)"', places(person))[1]


def test_a_place_without_phones_stands_once_both_have_said_so_and_until_one_ends_it(two, stranger):
    anna, ben = two
    once = str(uuid4())
    for _ in range(2):
        assert anna.post("/plan/phones-down/", place="The bedroom", id=once).status_code == 303
    assert places(anna).count("The bedroom") == 1 and "once Ben says yes" in places(anna)
    assert signs(ben) == ["Anna would like a place without phones"]
    key = key_of(ben)
    assert signs(ben) == [] and "Anna would like this" in places(ben)
    anna.post("/plan/phones-down/", to=key, act="yes")  # one's own yes is none
    stranger.post("/plan/phones-down/", to=key, act="yes")
    assert "once Ben says yes" in places(anna) and "bedroom" not in places(stranger)
    ben.post("/plan/phones-down/", to=key, act="yes")
    for person in two:
        assert "The bedroom" in places(person) and "says yes" not in places(person)
    anna.post("/plan/phones-down/", to=key, act="no")
    assert all("The bedroom" not in places(person) for person in two)
    ben.post("/plan/phones-down/", to=key, act="yes")  # from a page that is old
    assert "The bedroom" not in places(anna)


def test_a_place_without_a_name_is_none_and_a_dozen_are_enough(two):
    anna, _ = two
    assert "Name a place" in anna.post("/plan/phones-down/", place=" ").content.decode()
    for number in range(12):
        anna.post("/plan/phones-down/", place=f"Room {number}", id=str(uuid4()))
    answer = anna.post("/plan/phones-down/", place="The thirteenth", id=str(uuid4()))
    assert answer.status_code == 422 and 'value="The thirteenth"' in answer.content.decode()
    assert "12 are enough" in answer.content.decode()
