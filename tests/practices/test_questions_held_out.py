"""A question that one of the two holds out to the other: it waits until it is answered, and steps aside when it is told to."""

import re
from uuid import uuid4

from tests.given import pings
from tests.practices.questions import answer


def ask(person, question: str) -> str:
    sent = person.post("/questions/own/", question=question, text=f"{person.name} on it.", id=str(uuid4()))
    assert sent.status_code == 303
    return sent["Location"]


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


def take_back(person, where: str) -> None:
    entry = re.search(r'action="/withdraw/".*?name="entry" value="([^"]+)"', person.page(where))[1]
    assert person.post("/withdraw/", entry=entry).status_code == 303


def test_a_question_goes_with_the_answer_of_whoever_asked_it(two, stranger):
    anna, ben = two
    where = ask(anna, "What would you never sell?")
    assert "never sell" in ben.page()
    take_back(anna, where)
    for person in (*two, stranger):
        assert "never sell" not in person.page() + person.page("/questions/?show=theirs") + person.page("/questions/")
        assert person.get(where).status_code == 404
    late = ben.post(where, text="My grandfather’s <knife>.", id=str(uuid4()))
    assert late.status_code == 404 and "My grandfather’s &lt;knife&gt;." in late.content.decode()
    assert "is not here any more" in late.content.decode()
    assert stranger.post(where, text="Who, me?", id=str(uuid4())).status_code == 404
    assert "never sell" in ben.page(ask(anna, "What would you never sell?")), "asked anew, it is a new question"


def test_a_question_from_the_library_is_held_out_no_longer(two):
    anna, ben = two
    where = anna.post("/questions/another/")["Location"].partition("?")[0]
    assert anna.post(where, text="Mine first.", offer="yes", id=str(uuid4())).status_code == 303
    assert "Anna answered one more" in ben.page()
    page = anna.page(where)
    entry = re.search(r'action="/withdraw/".*?name="entry" value="([^"]+)"', page)[1]
    anna.post("/withdraw/", entry=entry)
    assert "Anna answered one more" not in ben.page() and where not in ben.page("/questions/?show=theirs")
    anna.post(where, text="Mine again.", offer="yes", id=str(uuid4()))
    anna.post("/withdraw/", entry=entry)
    assert "Anna answered one more" in ben.page(), "a page of before takes nothing away that came since"


def test_a_question_that_the_other_has_answered_stays_with_the_answer(two):
    anna, ben = two
    where = ask(anna, "What would you never sell?")
    answer(ben, where, "My knife.")
    assert "My knife." in anna.page(where)
    take_back(anna, where)
    for person in two:
        assert "never sell" in person.page(where) and "My knife." in person.page(where)
        assert "Anna on it." not in person.page(where)
    assert "never sell" in ben.page("/questions/")


def test_a_question_that_was_put_aside_goes_in_the_same_way(two):
    """Whether it was, the one who takes it back cannot know."""
    anna, ben = two
    where = ask(anna, "What would you never sell?")
    put_aside(ben, where)
    take_back(anna, where)
    assert anna.get(where).status_code == ben.get(where).status_code == 404
    assert where not in ben.page("/questions/?show=theirs")
