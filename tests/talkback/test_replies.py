"""Replies on Today: each is told until it was looked at, and nobody learns whether it was."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.behind.conftest import come, plain, stranger, two
from usward.kit import clock

__all__ = ["come", "plain", "stranger", "two"]


def thanks(person, text: str) -> str:
    """Says it, and gives the exchange."""
    entry_id = uuid4()
    assert person.post("/thanks/", id=str(entry_id), kind="thanks", text=text, when="now").status_code == 303
    return f"thanks:{entry_id.hex}"


def reply(person, exchange: str, text: str) -> None:
    answer = person.post("/reply/", id=str(uuid4()), exchange=exchange, text=text, next="/")
    assert answer.status_code == 303, answer.content


@pytest.fixture
def three(two):
    """Three thank-yous of Anna's, each with a reply of Ben's."""
    anna, ben = two
    said = [thanks(anna, f"Thanks number {n}.") for n in range(3)]
    for n, exchange in enumerate(said):
        reply(ben, exchange, f"Reply number {n}.")
    return said


def told(person) -> list[str]:
    """The replies that Today tells of."""
    return sorted(set(re.findall(r"Reply number \d", person.page("/"))))


def test_each_reply_is_told_until_it_was_looked_at(two, three, stranger):
    anna, ben = two
    page = anna.page("/")
    assert told(anna) == [f"Reply number {n}" for n in range(3)]
    assert page.count('id="replied"') + page.count('id="signs"') == 1, "one calm card, with a line each"
    before = ben.me.pulse
    opened = anna.page(f"/reply/{three[1]}/")
    assert "Reply number 1." in opened and "Thanks number 1." in opened and "Reply number 0" not in opened
    assert told(anna) == ["Reply number 0", "Reply number 2"]
    assert anna.get("/").status_code == 200 and ben.me.pulse == before, "that she has read it is hers alone"
    anna.page(f"/thanks/{three[0].removeprefix('thanks:')}/")
    assert told(anna) == ["Reply number 2"] and 'name="text"' in anna.page("/"), "one alone stands there with its words"
    reply(anna, three[2], "And mine.")
    assert told(anna) == []
    reply(ben, three[1], "Reply number 7.")
    assert told(anna) == ["Reply number 1", "Reply number 7"], "with what it answers"
    assert anna.post(f"/reply/{three[1]}/").status_code == 303 and told(anna) == []
    assert stranger.get(f"/reply/{three[0]}/").status_code == 404
    assert anna.get("/reply/looked/").status_code == anna.get("/reply/none/").status_code == 404


def test_a_reply_waits_for_whoever_stays_away(two, three):
    anna, _ = two
    with clock.travel(timedelta(days=9)):
        assert told(anna) == [f"Reply number {n}" for n in range(3)]


def test_what_stands_on_today_with_its_words_need_not_be_told_again(two):
    anna, ben = two
    exchange = thanks(anna, "For the lamp.")
    reply(ben, exchange, "Reply number 1.")
    reply(anna, exchange, "Mine.")
    reply(ben, exchange, "Reply number 2.")
    assert "Reply number 2" in anna.page("/") and "Reply number 2" in anna.page("/"), "a look at Today is none at it"
    anna.post(f"/reply/{exchange}/")
    assert "Reply number 2" not in anna.page("/")
    with clock.travel(timedelta(days=1)):
        assert told(anna) == []


def test_an_open_today_learns_that_it_was_read_elsewhere(two, three):
    anna, _ = two
    tag = anna.get("/")["ETag"]
    assert anna.get("/", HTTP_IF_NONE_MATCH=tag).status_code == 304
    anna.page(f"/reply/{three[1]}/")
    assert anna.get("/", HTTP_IF_NONE_MATCH=tag).status_code == 200
