"""A kind eye: seven minutes alone, read by nobody else, and after four months a quiet word to oneself."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import frozen, pings
from tests.practices.letters import masked
from usward.accounts.pin import set_pin
from usward.content.loader import library
from usward.home.places import offers
from usward.kit import clock
from usward.practices.kindeye.cards import steps
from usward.practices.kindeye.entries import KindEye, exchange_name
from usward.practices.kindeye.exchange import time_again

HERE, NEW = "/us/kind-eye/", "/us/kind-eye/new/"
NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
WORDS = {
    "saw": "Two tired people who both wanted the evening to be good.",
    "hinders": "Being sure that I am right.",
    "plan": "When I notice that I count, I will look at the chair.",
}


@pytest.fixture(autouse=True)
def at_noon():
    with frozen(NOON):
        yield


def keep(person, **fields):
    return person.post(NEW, **(WORDS | {"id": str(uuid4())} | fields))


def state(person) -> str:
    return next(one.state for one in offers(person.inside, "us")["us"] if one.title == "A kind eye")


def paths(person) -> list[str]:
    return re.findall(r'href="(/us/kind-eye/[0-9a-f-]{36}/)"', person.page(HERE))


def test_seven_minutes_are_kept_for_oneself_alone(two, stranger):
    anna, ben = two
    assert "Sit down in the corner" in anna.page(HERE)
    page = anna.page(NEW)
    assert all(step.title in page for step in library().kind_eye)
    assert [found.strip() for found in re.findall(r"data-left>([^<]+)<", page)] == [
        "Three minutes",
        "Two minutes",
        "Two minutes",
    ]
    before = [masked(ben.page(path)) for path in ("/", "/us/", HERE)]
    with pings() as rung:
        assert keep(anna).headers["Location"] == HERE
    assert str(ben.me.pk) not in rung
    assert [masked(ben.page(path)) for path in ("/", "/us/", HERE)] == before
    home = anna.page(HERE)
    assert f'<p class="big-question">{WORDS["plan"]}</p>' in home and "from 3 October 2026" in home
    [where] = paths(anna)
    assert all(words in anna.page(where) for words in WORDS.values())
    for person in (ben, stranger):
        assert person.get(where).status_code == 404 and person.post(f"{where}let-go/").status_code == 404
    assert anna.post(f"{where}let-go/").status_code == 303
    assert anna.get(where).status_code == 404 and "Sit down in the corner" in anna.page(HERE)


def test_the_steps_are_those_of_the_library_and_make_seven_minutes():
    assert [step["part"] for step in steps()] == ["saw", "hinders", "plan"]
    assert sum(step["minutes"] for step in steps()) == 7


def long_ago(person, days: int) -> None:
    with clock.travel(timedelta(days=-days)):
        person.inside.writer.put(KindEye(**WORDS), exchange=exchange_name(uuid4().hex))


def test_after_four_months_its_owner_is_told_and_nobody_else(two):
    anna, ben = two
    long_ago(ben, 119)
    assert state(ben) == "" and "from 4 June 2026, or whenever you like" in ben.page(HERE)
    long_ago(anna, 120)
    assert state(anna) == "it has been four months" and "four months" not in ben.page("/us/")
    assert "Perhaps it is time" in anna.page(HERE)
    keep(anna, plan="")
    assert state(anna) == "" and len(paths(anna)) == 2
    assert WORDS["plan"] not in anna.page(HERE), "the newest has no plan, and no old one stands in for it"


def test_a_few_words_are_enough_and_none_are_lost(two):
    anna, _ = two
    empty = keep(anna, saw=" ", hinders="", plan="")
    assert empty.status_code == 422 and "one of the three" in empty.content.decode()
    long = keep(anna, hinders="x" * 9000)
    assert long.status_code == 422 and WORDS["saw"] in long.content.decode()
    entry_id = str(uuid4())
    assert keep(anna, id=entry_id, saw="", hinders="").status_code == 303
    assert keep(anna, id=entry_id, saw="", hinders="").status_code == 303
    other = keep(anna, id=entry_id, plan="Quite another plan.")
    assert other.status_code == 409 and "Quite another plan." in other.content.decode()
    assert [one.value.plan for one in anna.inside.reader.latest(KindEye, 5)] == [WORDS["plan"]]


def test_the_pin_guards_all_of_it(two):
    anna, _ = two
    keep(anna)
    [where] = paths(anna)
    set_pin(anna.user, "2468")
    for path in (HERE, NEW, where):
        assert anna.get(path).headers["Location"].startswith("/pin/")
    assert anna.post(f"{where}let-go/").headers["Location"].startswith("/pin/")
    assert anna.inside.reader.latest(KindEye, 5)


@for_all(st.dates(date(2000, 1, 1), date(2200, 1, 1)))
def test_four_months_are_four_months(day):
    again = time_again(day)
    assert (again.year * 12 + again.month) - (day.year * 12 + day.month) == 4
    assert 118 <= (again - day).days <= 123 and again.day <= day.day
    assert time_again(day + timedelta(days=1)) >= again
