"""An answer that its author lets the other read before theirs is there: it reaches them, whichever question it is to."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.given import frozen, pings
from tests.practices.questions import EVENING, answer, days_question
from usward.kit import clock

LETS = "Anna lets you read an answer"
WORDS = "I kept the ticket."


@pytest.fixture(autouse=True)
def in_the_evening():
    with frozen(EVENING):
        yield


def let_read(person, where: str):
    entry = re.search(r'action="/questions/open/".*?name="entry" value="([^"]+)"', person.page(where))[1]
    answered = person.post("/questions/open/", entry=entry)
    assert answered.status_code == 303
    return entry


def aside(person, where: str, **more) -> None:
    assert person.post("/questions/skip/", exchange=where.split("/")[2], **more).status_code == 303


def test_an_answer_to_a_question_of_before(two, stranger):
    anna, ben = two
    where = days_question(anna)
    answer(anna, where, WORDS)
    with clock.travel(timedelta(days=1)):
        assert LETS not in ben.page() and "an answer to read" not in ben.page("/questions/?show=open")
        entry = let_read(anna, where)
        page = ben.page()
        assert LETS in page and f'href="{where}"' in page and LETS not in anna.page() + stranger.page()
        assert "an answer to read" in ben.page("/questions/?show=open")
        assert WORDS not in stranger.page(where) and stranger.post("/questions/open/", entry=entry).status_code == 404
        assert ben.post("/questions/open/", entry=entry).status_code == 404
        before = anna.me.pulse
        with pings() as heard:
            assert WORDS in ben.page(where) and LETS not in ben.page()
        assert anna.me.pulse == before and str(anna.me.pk) not in heard, "that he has read it stays with him"
        anna.post("/questions/open/", entry=entry)
        assert LETS not in ben.page(), "a second tap is no second call"


def test_an_answer_to_a_question_of_today_stands_there(two):
    anna, ben = two
    where = days_question(anna)
    answer(anna, where, WORDS)
    let_read(anna, where)
    assert WORDS in ben.page() and LETS not in ben.page()
    with clock.travel(timedelta(days=1)):
        assert LETS not in ben.page(), "he has seen it"


def test_an_answer_to_a_question_held_out(two):
    anna, ben = two
    fields = {"question": "What did you keep?", "text": WORDS, "id": str(uuid4())}
    where = anna.post("/questions/own/", **fields)["Location"]
    assert "What did you keep?" in ben.page() and WORDS not in ben.page()
    let_read(anna, where)
    assert LETS in ben.page() and WORDS in ben.page()
    aside(ben, where)
    assert LETS in ben.page() and WORDS in ben.page(where)


def test_an_answer_to_a_question_that_was_put_aside(two):
    anna, ben = two
    where = days_question(anna)
    answer(anna, where, WORDS)
    aside(ben, where)
    let_read(anna, where)
    assert LETS in ben.page() and WORDS in ben.page(where)


def test_what_is_taken_back_calls_nobody(two):
    anna, ben = two
    where = days_question(anna)
    answer(anna, where, WORDS)
    aside(ben, where)
    entry = let_read(anna, where)
    anna.post("/withdraw/", entry=entry)
    assert LETS not in ben.page() and WORDS not in ben.page(where)
    assert anna.post("/questions/open/", entry=entry).status_code == 303
    assert LETS not in ben.page()


def test_what_was_put_aside_comes_back(two):
    """By a tap, or by an answer to it; and the other learns of none of it."""
    anna, ben = two
    where = days_question(ben)
    question = re.search(r'class="question">([^<]+)<', ben.page())[1]
    hers, before = anna.page(), anna.me.pulse
    for _ in range(2):
        with pings() as heard:
            aside(ben, where)
            page = ben.page()
            assert (
                question not in page
                and "Bring it back" in page
                and f'href="{where}"' in ben.page("/questions/?show=open")
            )
            aside(ben, where, undo="yes")
        assert question in ben.page() and "Bring it back" not in ben.page()
        assert str(anna.me.pk) not in heard and anna.me.pulse == before
    aside(ben, where)
    answer(ben, where, "After all.")
    assert "After all." in ben.page() and "Bring it back" not in ben.page()
    assert question in hers and "Bring it back" not in anna.page()
