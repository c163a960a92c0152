"""Whoever answers a question second, be it after the other's midnight: both come to know that both answers lie open."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.given import frozen, pings
from tests.practices.questions import EVENING, answer, days_question
from usward.kit import clock
from usward.spaces.models import Partner

TOLD = "has answered, too"


@pytest.fixture(autouse=True)
def at_night():
    with frozen(EVENING):
        yield


def test_an_answer_that_came_in_the_night_is_told_in_the_morning(two):
    anna, ben = two
    where = days_question(anna)
    answer(anna, where, "Words of Anna.")
    assert TOLD not in ben.page() + anna.page()
    answer(ben, where, "Words of Ben.")
    assert TOLD not in ben.page()
    with clock.travel(timedelta(hours=11)):
        page = anna.page()
        assert f"Ben {TOLD}" in page and f'href="{where}"' in page and "Words of Ben." not in page
        assert TOLD not in ben.page(), "who came second saw both at once"
        before = (ben.me.pulse, ben.page())
        with pings() as heard:
            assert "Words of Ben." in anna.page(where) and TOLD not in anna.page()
        assert heard.count(str(ben.me.pk)) == 0 and before[0] == ben.me.pulse, "that she has been there stays with her"


def test_who_has_seen_both_on_today_is_not_told_the_next_day(two):
    anna, ben = two
    where = days_question(anna)
    answer(anna, where)
    answer(ben, where, "Words of Ben.")
    assert "Words of Ben." in anna.page() and TOLD not in anna.page()
    with clock.travel(timedelta(hours=11)):
        assert TOLD not in anna.page()


def test_on_two_sides_of_the_date_line(two):
    anna, ben = two
    Partner.objects.filter(pk=ben.me.pk).update(zone="Pacific/Auckland")  # there it is tomorrow already
    assert days_question(ben) != days_question(anna)
    tomorrow = days_question(ben)
    answer(ben, tomorrow)
    with clock.travel(timedelta(hours=17)):  # the 4th here, early on the 5th there
        assert days_question(anna) == tomorrow
        answer(anna, tomorrow)
        assert f"Anna {TOLD}" in ben.page()


def test_what_is_taken_back_is_told_no_more(two):
    anna, ben = two
    where = days_question(anna)
    answer(anna, where)
    answer(ben, where, "Words of Ben.")
    mine = re.search(r'name="entry" value="([^"]+)"[^/]*value="/questions/"', ben.page(where))[1]
    assert ben.post("/withdraw/", entry=mine).status_code == 303
    with clock.travel(timedelta(hours=11)):
        assert TOLD not in anna.page() and "Words of Ben." not in anna.page(where)


def test_a_question_held_out_is_answered(two):
    anna, ben = two
    asked = anna.post("/questions/own/", question="What did you carry home?", text="Bread.", id=str(uuid4()))[
        "Location"
    ]
    answer(ben, asked, "A shell.")
    assert f"Ben {TOLD}" in anna.page()
    assert "A shell." in anna.page(asked)
    assert TOLD not in anna.page()


def test_a_question_of_ones_own_that_is_sent_twice_is_asked_once(two):
    """Back, and send again: the page has another id then, and the words that the browser has put back."""
    anna, _ = two

    def ask(question: str, text: str) -> str:
        return anna.post("/questions/own/", question=question, text=text, id=str(uuid4()))["Location"]

    first = ask("Where shall we go?", "To the sea.")
    assert ask("Where shall we go?", "To the sea.") == first
    assert anna.page("/questions/").count("Where shall we go?") == 1
    assert ask("Where shall we go?", "To the hills.") != first
    with clock.travel(timedelta(days=1)):
        assert ask("Where shall we go?", "To the sea.") != first
