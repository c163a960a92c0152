"""A sign on the other's Today: shown when there is something, gone when they have been there, and telling nobody."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from tests.given import given, pings, the_two
from tests.talkback.signs import signs
from usward.home.today import today
from usward.kit import clock
from usward.practices.thanks.entries import Thanks
from usward.talkback.beckon import beckon, been, call_both, call_neither, sign, waiting
from usward.talkback.entries import Beckon

COME = sign("test-come", "{name} has something for you", "Come and see")
ANSWERED = sign("test-answered", "{name} has answered", "Read it")
ANNA, BEN = UUID(int=1), UUID(int=2)


@pytest.mark.django_db(transaction=True)
def test_the_other_sees_it_until_they_have_been_there():
    anna, ben = the_two()
    beckon(anna.inside, "x:1", COME, "thanks/")
    assert signs(ben) == ["Anna has something for you"]
    assert signs(anna) == []
    before = anna.row.pulse
    with pings() as heard:
        been(ben.inside, "x:1")
    assert signs(ben) == []
    assert str(anna.row.pk) not in heard and anna.row.pulse == before, "that Ben has been there is nobody's business"


@pytest.mark.django_db(transaction=True)
def test_a_card_for_a_day_calls_both_once_it_has_come():
    anna, ben = the_two()
    day = anna.row.space.day_reached
    call_both(anna.inside, "x:day", COME, "thanks/", day)
    assert signs(ben) == signs(anna) == [], "a day that has come calls nobody"
    call_both(anna.inside, "x:day", COME, "thanks/", day + timedelta(days=2))
    been(anna.inside, "x:day")
    assert signs(ben) == signs(anna) == [], "nor does one that has not"
    with clock.travel(timedelta(days=2)):
        assert signs(ben) == ["Anna has something for you"] and signs(anna) == ["Ben has something for you"]
        pulse = ben.row.pulse
        been(anna.inside, "x:day")
        assert signs(anna) == [] and signs(ben) == ["Anna has something for you"] and ben.row.pulse == pulse


DAYS = st.lists(st.tuples(st.booleans(), st.sampled_from((None, 1, 2, 3))), min_size=1, max_size=4)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=25)
@for_all(DAYS)
def test_what_was_said_last_of_a_day_counts_whoever_said_it(sayings):
    """Also where the other cannot see the card that waits for its day."""
    anna, ben = the_two()
    day, exchange = anna.row.space.day_reached, f"x:{uuid4()}"
    for hers, days in sayings:
        person = anna if hers else ben
        if days is None:
            call_neither(person.inside, exchange)
        else:
            call_both(person.inside, exchange, COME, "thanks/", day + timedelta(days=days))
    last = sayings[-1][1]
    for days in (1, 2, 3):
        with clock.travel(timedelta(days=days)):
            shown = bool(last) and last <= days
            assert (signs(anna), signs(ben)) == (
                (["Ben has something for you"], ["Anna has something for you"]) if shown else ([], [])
            )


@pytest.mark.django_db(transaction=True)
def test_whose_turn_it_is_goes_back_and_forth():
    anna, ben = the_two()
    beckon(anna.inside, "x:1", COME, "thanks/")
    beckon(ben.inside, "x:1", ANSWERED, "thanks/")
    assert (signs(anna), signs(ben)) == (["Ben has answered"], [])


@pytest.mark.django_db(transaction=True)
def test_from_a_day_on():
    anna, ben = the_two()
    day = clock.today(ben.row.zone) + timedelta(days=30)
    beckon(anna.inside, "x:1", COME, "thanks/", day)
    assert signs(ben) == []
    with clock.travel(timedelta(days=30)):
        assert signs(ben) == ["Anna has something for you"]


@pytest.mark.django_db(transaction=True)
def test_a_thank_you_for_a_far_day_comes_on_that_day():
    """However much has been said in between."""
    anna, ben = the_two()
    day = clock.today(ben.row.zone) + timedelta(days=20)
    given(anna).said(Thanks("thanks", "For the long road."), reveal=3, reveal_day=day)
    for number in range(20):
        with clock.travel(timedelta(days=number)):
            given(anna).said(Thanks("thanks", f"Day {number}"))
    with clock.travel(timedelta(days=20)):
        came = [card.context["said"].value.text for card in today(ben.inside, []).arrived if card.id == "came-thanks"]
    assert came == ["For the long road."]


def said(seq: int, exchange: str, mine: bool, slug: str, day: int, both: bool, still_waits: bool) -> SimpleNamespace:
    return SimpleNamespace(
        seq=seq,
        exchange=exchange,
        mine=mine,
        value=Beckon(slug, "x/", both),
        since=date(2026, 1, 1) + timedelta(days=day),
        open=not still_waits,
    )


@for_all(
    st.lists(
        st.tuples(
            *(st.sampled_from("abc"), st.booleans(), st.sampled_from(["test-come", "", "unknown"]), st.integers(0, 9)),
            *(st.booleans(), st.booleans()),
        )
    ),
    st.integers(0, 12),
)
def test_the_newest_of_each_exchange_counts(acts, now):
    lately = [said(seq, *act) for seq, act in enumerate(acts)]
    moment = timezone.now().replace(year=2026, month=1, day=1, hour=12) + timedelta(days=now)
    inside = SimpleNamespace(me=SimpleNamespace(zone="UTC"))
    before, clock.now = clock.now, lambda: moment
    try:
        shown = waiting(inside, lately)
    finally:
        clock.now = before
    last = {one.exchange: one for one in lately}
    expected = {
        name
        for name, one in last.items()
        if (not one.mine or (one.value.both and one.open))
        and one.value.sign == "test-come"
        and one.since >= moment.date() - timedelta(days=3)
    }
    assert {one.exchange for one in shown} == expected and len(shown) == len(expected)
