"""Inner world: guess and learn on two phones or one, a map that grows by topic and fades by age, and no score."""

import re
from uuid import uuid4

import pytest

from tests.given import pings
from tests.practices.innerworld import CUP, NEW, WORLD, begin, tell
from tests.talkback.signs import signs
from usward.content.loader import library
from usward.practices.innerworld import actions
from usward.practices.innerworld.entries import Asked, Guess, Told, round_exchange
from usward.practices.innerworld.exchange import (
    DEEPEST,
)

pytestmark = pytest.mark.usefixtures("noon_in_june")


def test_a_whole_round_and_the_other_way_round(two, stranger):
    anna, ben = two
    where = begin(anna)["Location"]
    assert "The blue one." in anna.page(where) and "The blue one." not in ben.page(where)
    assert signs(ben) == ["Guess what Anna said"] and "Your guess" in ben.page(where)
    assert "A question of Anna’s is open" in ben.page("/talk/") and "’s is open" not in anna.page("/talk/")
    assert "about Anna" in ben.page(WORLD)
    assert tell(ben, where, "The chipped white one.").status_code == 303
    for person in two:
        page = person.page(where)
        assert "The blue one." in page and "The chipped white one." in page and 'data-lit="both"' in page
    assert "You guessed" in ben.page(where) and "Ben guessed" in anna.page(where)
    assert "What do you say to it?" in anna.page(where) and "What do you say to it?" not in ben.page(where)
    assert ben.post(where, act="mark", fits="me").status_code == 404, "the owner alone marks"
    marked = anna.post(where, act="mark", fits="close", line="White until May, blue since.", id=str(uuid4()))
    assert marked.status_code == 303 and signs(ben) == ["Anna has looked at your guess"]
    for person in two:
        assert re.search(r"Close\. White until May", person.page(where))
    assert signs(ben) == [], "who has been there is not called again"
    swap = re.search(r'href="/([^"]+)">The other way round', ben.page(where))[1].replace("&amp;", "&")
    assert "A question about you" in ben.page(f"/{swap}") and "which cup" in ben.page(f"/{swap}").lower()
    other = begin(ben, text="The one without a handle.")["Location"]
    assert other != where and "without a handle" in ben.page(other) and "without a handle" not in anna.page(other)
    assert stranger.get(where).status_code == 404 and tell(stranger, where, "x").status_code == 404


def test_whoever_guesses_may_begin(two):
    anna, ben = two
    where = begin(anna, about="them", text="Tea, black.")["Location"]
    assert signs(ben) == ["Anna has made a guess about you"] and "Tea, black." not in ben.page(where)
    tell(ben, where, "Coffee.")
    assert "Tea, black." in ben.page(where) and "What do you say to it?" in ben.page(where)
    assert signs(anna) == ["A guess and an answer lie side by side"]
    assert "Coffee." in anna.page(where) and signs(anna) == []


def test_on_one_phone_one_answers_and_hands_over(two):
    anna, ben = two
    where = begin(anna)["Location"]
    cover = anna.page(f"{where}?step=hand")
    assert "This is for Ben now" in cover and "The blue one." not in cover
    answer = anna.post(f"{where}?step=hand", act="hand", text="The tall one.", id=str(uuid4()))
    assert answer.status_code == 303
    for person, phone in ((anna, "on your phone"), (ben, "on Anna’s phone")):
        page = person.page(where)
        assert "The blue one." in page and "The tall one." in page and phone in page
    assert "Ben guessed" in anna.page(where)
    guess = next(one for one in ben.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Guess))
    assert guess.value.handed and not guess.mine, "nobody writes as the other"
    again = anna.post(f"{where}?step=hand", act="hand", text="Other words.", id=str(uuid4()))
    assert again.status_code == 409 and "Other words." in again.content.decode(), "they are given back"
    assert "Other words." not in anna.page(where) and "Other words." not in ben.page(where)


def round_of(person, question: str = CUP) -> str:
    return round_exchange(question, person.me.pk, 1)


def test_on_one_phone_the_other_answers_and_marks_there(two):
    anna, ben = two
    where = begin(anna, about="them", text="Tea.")["Location"]
    anna.post(where, act="hand", text="Coffee.", id=str(uuid4()))
    assert "Ben, what do you say to it?" in anna.page(where)
    anna.post(where, act="mark", fits="new", line="Since Tuesday.", id=str(uuid4()))
    assert "Something new. Since Tuesday." in ben.page(where)
    room = "/talk/inner-world/known/{}/everyday/"
    assert "Coffee." in anna.page(room.format("them")) and "Coffee." in ben.page(room.format("me"))
    assert "Coffee." not in anna.page(room.format("me")) and "Coffee." not in ben.page(room.format("them"))
    form = ben.page(f"{where}?step=mark")
    assert 'value="new" checked' in form and 'name="replaces"' not in form, "what stands there is in Anna's hand"
    assert ben.post(where, act="mark", fits="me", id=str(uuid4())).status_code == 303
    assert "Ben: Yes, that’s me" in anna.page(where), "their own word goes before what they said on another's phone"
    assert anna.post(where, act="hand", text=" ").status_code == 422


def test_ones_own_words_go_before_those_on_the_others_phone(two):
    """Anna takes her part back after the phone was handed over: what Ben typed there stays, and he can say it himself."""
    anna, ben = two
    where = begin(anna)["Location"]
    anna.post(where, act="hand", text="The tall one.", id=str(uuid4()))
    mine = next(one for one in anna.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Told))
    anna.post("/withdraw/", entry=str(mine.id), next=where)
    page = ben.page(where)
    assert "The tall one." in page and "The blue one." not in page and "Take it back" not in page
    assert ben.post(where, act="hand", text="x").status_code == 404
    assert tell(ben, where, "The short one.").status_code == 303 and "The short one." in ben.page(where)
    tell(anna, where, "The green one.")
    for person in two:
        assert "The short one." in person.page(where) and "The tall one." not in person.page(where)


def test_what_waits_is_not_told(two):
    """A part that waits, a question that is passed by: the other sees, hears and counts nothing."""
    anna, ben = two
    where = begin(anna)["Location"]
    own = begin(ben, question="", asked="What do I hum?", about="me", text="The kettle song.")["Location"]
    before = [anna.page(path) for path in (WORLD, f"{WORLD}?of=me", where)], anna.me.pulse
    with pings() as heard:
        ben.post(where, act="pass")
    tell(anna, own, "Nothing at all.")
    assert str(anna.me.pk) not in heard
    assert "What do I hum?" not in signs(ben)
    pages = [anna.page(path) for path in (WORLD, f"{WORLD}?of=me", where)]
    assert "Open for you" in before[0][0] and "Open for you" not in pages[0]
    mask = lambda page: re.sub(r'value="[^"]{30,}"|nonce="[^"]*"', "", page)  # noqa: E731  (used once)
    assert mask(before[0][2]) == mask(pages[2])
    assert "Open for you" not in ben.page(WORLD) and "everyday" in ben.page(WORLD)
    assert signs(ben) != ["Guess what Anna said"]


def test_two_who_ask_the_same_have_asked_once(two):
    anna, ben = two
    first = begin(anna, about="me", text="The blue one.")["Location"]
    second = begin(ben, about="them", text="The tall one.")["Location"]
    assert second == first and "The tall one." in anna.page(first)
    assert anna.get(f"{NEW}?about=me&q={CUP}")["Location"] == first
    assert len([one for one in anna.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Asked)]) == 1


def test_a_double_tap_is_one_and_other_words_are_kept(two):
    anna, ben = two
    once = str(uuid4())
    where = begin(anna, id=once)["Location"]
    assert begin(anna, id=once)["Location"] == where and signs(ben) == ["Guess what Anna said"]
    tablet = begin(anna, text="The tablet says green.")
    assert tablet.status_code == 409 and "The tablet says green." in tablet.content.decode()
    assert "The blue one." in tablet.content.decode()
    drafted = anna.inside.drafts.read([actions.composer(round_of(anna))])
    assert drafted[actions.composer(round_of(anna))]["text"] == "The tablet says green."
    mine = next(one for one in anna.inside.reader.exchange(round_of(anna)) if isinstance(one.value, Told))
    assert tell(anna, where, "The navy one.", replaces=str(mine.id)).status_code == 303
    assert tell(anna, where, "Too late.", replaces=str(mine.id)).status_code == 409
    anna.post("/withdraw/", entry=str(anna.inside.reader.exchange(round_of(anna))[-1].id), next=where)
    tell(ben, where, "White.")
    assert "navy" not in ben.page(where) and 'data-lit="mine"' in ben.page(where)


def test_bad_input(two, stranger):
    anna, _ = two
    where = begin(anna)["Location"]
    assert begin(anna, text=" ").status_code == 422
    assert begin(anna, question="", asked=" ", text="x").status_code == 422
    assert begin(anna, question="no-such").status_code == 404
    assert begin(anna, nth="3").status_code == 404, "what was not asked is not asked again"
    deep = next(one for one in library().questions if one.depth > DEEPEST)
    assert begin(anna, question=deep.id).status_code == 404
    assert anna.post(where, act="fly").status_code == 404 and anna.get(f"{WORLD}nothing/").status_code == 404
    assert anna.get(f"{WORLD}known/them/nothing/").status_code == 404
    assert anna.get(f"{WORLD}known/nobody/us/").status_code == 404
    assert "This takes two" in stranger.page(WORLD) and "This takes two" in stranger.page(NEW)
    assert begin(stranger)["Location"] == WORLD and not stranger.inside.reader.latest(Asked, 1)
