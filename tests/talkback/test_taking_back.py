"""What is said can be taken back by its author, whatever it is; the other finds nothing there, and no trace of when."""

import re
from uuid import uuid4

import pytest

from tests.behind.conftest import come, plain, stranger, two
from tests.talkback.test_replies import reply, thanks
from usward.kit import clock
from usward.practices.checkin.entries import exchange_name

__all__ = ["come", "plain", "stranger", "two"]


def asked(person) -> str:
    """A question that is not today's, of which Today tells by itself."""
    return next(one for one in ("q:beliefs-day-of-rest", "q:body-scar-story") if one not in person.page("/"))


@pytest.fixture
def thanked(two) -> str:
    """An exchange in which Anna has thanked Ben, and he has answered."""
    anna, ben = two
    exchange = thanks(anna, "For the lamp.")
    reply(ben, exchange, "Gladly, any time.")
    return exchange


def back(page: str, what: str) -> dict[str, str]:
    """The form on a page that takes something back; it opens first, and names what it erases."""
    opens = r'<details class="more back print-none"><summary>(?:(?!</summary>).)*</summary>'
    form = r'<form[^>]*action="/withdraw/"(?:(?!</details>).)*'
    found = re.search(rf"{opens}{form}Take back {what}</button></form></details>", page)
    assert found, f"nothing takes back {what}"
    assert "can’t be undone" in found[0] and "for both of you" in found[0]
    return dict(re.findall(r'name="(entry|next)" value="([^"]*)"', found[0]))


def takes_back(person, others, page: str, what: str) -> None:
    form = back(page, what)
    for other in others:
        assert other.post("/withdraw/", **form).status_code == 404
    assert person.post("/withdraw/", **form).status_code == 303


def test_a_reply(two, stranger, thanked):
    anna, ben = two
    where = f"/reply/{thanked}/"
    assert "Gladly" in anna.page("/") and "Take back your reply" not in anna.page(where)
    takes_back(ben, (anna, stranger), ben.page(where), "your reply")
    for page in (
        anna.page("/"),
        anna.page(where),
        anna.page(f"/thanks/{thanked.removeprefix('thanks:')}/"),
        ben.page(where),
    ):
        assert "Gladly" not in page
    assert 'id="replied"' not in anna.page("/") and "For the lamp." in anna.page(where)


def test_a_kept_line(two, stranger, thanked):
    anna, ben = two
    ben.post("/kept/", id=str(uuid4()), exchange=thanked, line="The lamp by the door.", next="/")
    where = f"/reply/{thanked}/"
    assert "The lamp by the door." in anna.page(where) and "Take back this line" not in anna.page(where)
    takes_back(ben, (anna, stranger), ben.page(where), "this line")
    assert "The lamp by the door." not in anna.page(where) + ben.page(where)


def test_the_card_for_tonight(two, stranger):
    anna, ben = two
    where = asked(anna)
    card = anna.post("/tonight/", id=str(uuid4()), exchange=where, text="What was it about the lamp?")["Location"]
    assert "has put out a card" in ben.page("/")
    assert "Take back this card" not in ben.page(card) and stranger.get(card).status_code == 404
    assert "has put out a card" not in ben.page("/"), "he has been there"
    takes_back(anna, (ben, stranger), anna.page(card), "this card")
    assert ben.get(card).status_code == 404 and "There is nothing here" in ben.page(card)
    again = anna.post("/tonight/", id=str(uuid4()), exchange=where, text="What was it about the lamp?")["Location"]
    assert "has put out a card" in ben.page("/")
    takes_back(anna, (ben, stranger), anna.page(again), "this card")
    assert "has put out a card" not in ben.page("/"), "nobody is called to nothing"


def test_a_check_in_as_a_whole(two, stranger):
    anna, ben = two
    said = {"mood": "low", "need": "hug", "line": "A grey day.", "seen_by": "both"}
    assert anna.post("/checkin/", id=str(uuid4()), **said).status_code == 303
    assert "A grey day." in ben.page("/")
    mine = exchange_name(anna.me.pk.hex, clock.today(anna.me.zone).isoformat())
    reply(ben, mine, "Come here.")
    takes_back(anna, (ben, stranger), anna.page("/checkin/"), "your check-in")
    assert "A grey day." not in ben.page("/") + anna.page("/")
    assert "How are you, today?" in anna.page("/") and "Come here." in anna.page("/"), (
        "what Ben said stays his to take back"
    )
    assert anna.post("/checkin/", id=str(uuid4()), **said | {"line": "Better."}).status_code == 303
    assert "Better." in ben.page("/") and "A grey day." not in ben.page("/")


def test_thanks_and_an_answer_ask_before_they_are_erased(two, stranger, thanked):
    anna, ben = two
    page = anna.page(f"/thanks/{thanked.removeprefix('thanks:')}/")
    takes_back(anna, (ben, stranger), page, "your thank-you")
    question = re.search(r'name="exchange" value="(q:[^"]+)"', anna.page("/"))[1]
    anna.post(f"/questions/{question}/", id=str(uuid4()), text="By the sea.")
    takes_back(anna, (ben, stranger), anna.page("/"), "your answer")
    assert "By the sea." not in anna.page("/")


@pytest.mark.parametrize(("path", "field"), [("/reply/", "text"), ("/kept/", "line")])
def test_words_to_what_was_taken_back_meanwhile_are_given_back(two, stranger, path, field):
    anna, ben = two
    exchange = thanks(anna, "For the lamp.")
    form = {"id": str(uuid4()), "exchange": exchange, field: "Oh, gladly. It was nothing.", "next": "/"}
    anna.post("/withdraw/", entry=exchange.removeprefix("thanks:"))
    answers = [who.post(path, **form) for who in (ben, stranger)]
    for answer in answers:
        page = answer.content.decode()
        assert answer.status_code == 404
        assert "Oh, gladly. It was nothing." in page and "There is nothing here to answer any more" in page
