"""A question that one of the two holds out to the other: it waits until it is answered, and steps aside when it is told to."""

import re
from uuid import uuid4

from tests.given import pings


def ask(person, question: str) -> str:
    sent = person.post("/questions/own/", question=question, text=f"{person.name} on it.", id=str(uuid4()))
    assert sent.status_code == 303
    return sent["Location"]


def answer(person, where: str, text: str = "Mine.") -> None:
    assert person.post(where, text=text, id=str(uuid4())).status_code == 303


def put_aside(person, where: str) -> None:
    """By the button on the card that Today shows."""
    card = person.page().split('data-card="offer"')[1].split("</section>")[0]
    exchange = re.search(r'action="/questions/skip/".*name="exchange" value="([^"]+)"', card)[1]
    assert exchange == where.split("/")[2] and "Put it aside" in card
    assert person.post("/questions/skip/", exchange=exchange).status_code == 303


def test_of_many_each_has_its_turn(two, stranger):
    anna, ben = two
    asked = [ask(anna, f"Number {n}?") for n in range(5)]
    for n in range(4, -1, -1):
        assert f"Number {n}?" in ben.page() and f'href="{asked[n]}"' in ben.page()
        answer(ben, asked[n])
    assert "asks you something" not in ben.page()
    listed = ben.page("/questions/?show=theirs")
    assert all(f"Number {n}?" in listed for n in range(5)) and listed.count("you both answered") >= 5
    assert "Number" not in anna.page("/questions/?show=theirs") + stranger.page("/questions/?show=theirs")
    assert all(stranger.get(where).status_code == 404 for where in asked)


def test_what_is_held_out_is_listed_however_long_ago(two):
    anna, ben = two
    first = ask(anna, "The very first?")
    for n in range(13):
        answer(ben, ask(anna, f"Number {n}?"))
    page = ben.page("/questions/?show=theirs")
    while f'href="{first}"' not in page:
        page = ben.page(
            "/questions/" + re.search(r'href="(\?show=theirs&amp;from=[^"]+)"', page)[1].replace("&amp;", "&")
        )
    assert "The very first?" in page
    assert ben.page("/questions/").count("Those from Anna") == 1


def test_what_is_put_aside_is_gone_from_today_and_the_other_cannot_know(two):
    anna, ben = two
    older, newer = ask(anna, "What did the sea say?"), ask(anna, "Who taught you to whistle?")
    before = anna.me.pulse
    with pings() as heard:
        put_aside(ben, newer)
    assert anna.me.pulse == before and str(anna.me.pk) not in heard
    assert "whistle" not in ben.page() and "What did the sea say?" in ben.page(), "the one before has its turn"
    put_aside(ben, older)
    assert 'data-card="offer"' not in ben.page()
    listed = ben.page("/questions/?show=theirs")
    assert f'href="{newer}"' in listed and f'href="{older}"' in listed
    answer(ben, newer, "My aunt.")
    assert "My aunt." in anna.page(newer)
