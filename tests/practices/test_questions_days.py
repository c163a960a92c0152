"""Each day has its question, whoever came: a list of days does not tell who was here."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.given import frozen
from tests.practices.questions import answer, days_question
from usward.kit import clock

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with frozen(NOON):
        yield


def left_open(person) -> list[str]:
    return re.findall(r'class="value">([^<]+)<', person.page("/questions/?show=open"))


@pytest.mark.parametrize("on", [(), (1,), (2, 3)])
def test_questions_left_open_do_not_tell_when_the_other_was_here(two, on):
    anna, ben = two
    anna.page(), ben.page()
    for day in on:
        with clock.travel(timedelta(days=day)):
            anna.page()
    with clock.travel(timedelta(days=4)):
        ben.page()
        assert left_open(ben) == ["today", "yesterday", "on 5 June", "on 4 June", "on 3 June"]


def test_an_answer_that_is_taken_back_and_written_anew_after_reading_is_marked(two):
    """Nobody peeks with a word or two, and then answers as if nothing had been."""
    anna, ben = two
    where = days_question(anna)

    def take_back(person):
        mine = re.search(r'action="/withdraw/".*?name="entry" value="([^"]+)"', person.page(where), re.DOTALL)[1]
        assert person.post("/withdraw/", entry=mine).status_code == 303

    answer(ben, where, "A first thought.")
    take_back(ben)
    answer(ben, where, "Another, which nobody has read before.")
    answer(anna, where, "Hers.")
    assert "changed" not in anna.page(where)
    take_back(ben)
    answer(ben, where, "Hers, too.")
    assert 'class="changed"' in anna.page(where)
