"""What was said to a question and is taken back, or was talked about: what the two find then, and what nobody learns."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.given import frozen
from tests.practices.questions import EVENING, answer, days_question
from usward.kit import clock

A_YEAR = timedelta(days=364)


@pytest.fixture(autouse=True)
def in_the_evening():
    with frozen(EVENING):
        yield


def take_back(person, where: str) -> None:
    entry = re.search(r'action="/withdraw/".*?name="entry" value="([^"]+)"', person.page(where))[1]
    assert person.post("/withdraw/", entry=entry).status_code == 303


def sign_in(person) -> None:
    person.client.post("/sign-in/", {"login": person.user.email, "password": person.phrase})


def test_an_answer_of_a_year_ago_is_taken_back(two):
    """Beside the two of this year stands what is left of the two of then."""
    anna, ben = two
    where = days_question(anna)
    answer(anna, where, "Anna then.")
    answer(ben, where, "Ben then.")
    with clock.travel(A_YEAR):
        for person in two:
            sign_in(person)
            answer(person, days_question(person), f"{person.name} now.")
        again = f"{where[:-1]}:again:2027/"
        assert "A year ago you said" in anna.page() and "Ben then." in anna.page()
        take_back(anna, where)
        for person in two:
            for page in (person.page(), person.page(again)):
                assert "Anna now." in page and "Ben then." in page and "Anna then." not in page
                assert "A year ago<" in page
        take_back(ben, where)
        for person in two:
            for page in (person.page(), person.page(again)):
                assert "Anna now." in page and "A year ago" not in page


def test_a_question_that_was_talked_about_waits_no_longer(two, stranger):
    anna, ben = two
    where, exchange = days_question(anna), days_question(anna).split("/")[2]
    question = re.search(r'class="question">([^<]+)<', anna.page())[1]
    card = anna.post("/tonight/", exchange=exchange, text=question, id=str(uuid4()))["Location"]
    assert "Keep my answer" in ben.page(), "a card that lies out is no talk yet"
    kept = {"exchange": exchange, "card": card.split("/")[2], "line": "We laughed about a walrus.", "id": str(uuid4())}
    assert ben.post("/kept/", **kept).status_code == 303
    for person in two:
        for page in (person.page(), person.page(where)):
            assert "about a walrus" in page and "Keep my answer" not in page and "Write an answer, too" in page
        assert "You talked about it" in person.page() and "a minute or two" not in person.page()
        assert where not in person.page("/questions/?show=open")
        listed = person.page("/questions/?show=talked")
        assert where in listed and question in listed and "about a walrus" in listed
    assert "walrus" not in stranger.page("/questions/?show=talked") + stranger.page(where)
    assert "Keep my answer" in anna.page(f"{where}?change=yes")
    answer(anna, where, "And a walrus it was.")
    assert (
        "And a walrus" in anna.page() and "Write an answer, too" in ben.page() and "And a walrus" not in ben.page(where)
    )


def test_who_was_writing_when_the_other_kept_a_line_goes_on_writing(two):
    anna, ben = two
    where, exchange = days_question(ben), days_question(ben).split("/")[2]
    ben.post("/draft/", composer=f"answer:{exchange}", **{"draft-text": "Half a thou"})
    card = anna.post("/tonight/", exchange=exchange, text="The question", id=str(uuid4()))["Location"]
    kept = {"exchange": exchange, "card": card.split("/")[2], "line": "Rain.", "id": str(uuid4())}
    assert anna.post("/kept/", **kept).status_code == 303
    assert "Half a thou" in ben.page() and "Keep my answer" in ben.page(where) and "Half a thou" in ben.page(where)


def test_who_talked_at_the_others_phone_is_not_called_to_it_afterwards(two):
    anna, ben = two
    where = anna.post("/questions/own/", question="What next?", text="A boat.", id=str(uuid4()))["Location"]
    exchange = where.split("/")[2]
    card = anna.post("/tonight/", exchange=exchange, text="What next?", id=str(uuid4()))["Location"]
    assert "put out a card" in ben.page()
    anna.post("/kept/", exchange=exchange, card=card.split("/")[2], line="A boat, then.", id=str(uuid4()))
    page = ben.page()
    assert "put out a card" not in page and "asks you something" not in page
    assert "A boat, then." in ben.page("/questions/?show=talked") and "you talked about it" in ben.page(
        "/questions/?show=theirs"
    )
    assert "<blockquote>A boat." not in ben.page(where), "her answer waits for his, as ever"
