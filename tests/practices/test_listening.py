"""Listening: the floor passes by the speaker's yes and by nothing else, on two phones or one; and what stays private."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.talkback.signs import signs
from usward.accounts.pin import set_pin
from usward.content.loader import library
from usward.kit import clock
from usward.practices.listening.entries import (
    ANSWERS,
    JUDGED,
    SPOKEN,
    YES,
)

TOPIC = next(one for one in library().topics if one.kind == "stress outside")
HEARD = "You have both been heard"


def place(page: str) -> str:
    found = re.search(r'name="at" value="([^"]+)"', page)
    return found[1] if found else ""


def act(person, where: str, what: str, **fields: str) -> Any:
    return person.post(where, **({"act": what, "at": place(person.page(where)), "id": str(uuid4())} | fields))


def begin(person, phones: str = "two", begins: str = "me", **fields: str) -> str:
    fields = {"topic": TOPIC.id} | fields
    answer = person.post("/talk/listening/", phones=phones, begins=begins, id=str(uuid4()), **fields)
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def tell(person, where: str, text: str) -> None:
    assert act(person, where, "tell", text=text).status_code == 303


def round_of(where: str, first, second) -> None:
    for speaker, listener in ((first, second), (second, first)):
        act(speaker, where, "aloud")
        act(listener, where, "aloud")
        act(speaker, where, YES)


def test_the_whole_road_on_two_phones(two, stranger):
    anna, ben = two
    where = begin(anna)
    assert signs(ben) == ["Anna has one small thing to tell you"] and TOPIC.text in anna.page("/talk/")
    assert "You have the floor" in anna.page(where)
    assert "Anna has the floor" in ben.page(where) and "Now you listen" in ben.page(where)
    assert signs(ben) == [], "whoever has been there is not called again"
    tell(anna, where, "I slept four hours.")
    assert "I slept four hours." in ben.page(where) and "Send it back" in ben.page(where)
    tell(ben, where, "You are tired.")
    assert "You are tired." in anna.page(where) and "Was that it?" in anna.page(where)
    assert act(anna, where, "partly", text="More worn out than tired.").status_code == 303
    assert "More worn out than tired." in ben.page(where) and place(ben.page(where)) == "0.1.back"
    tell(ben, where, "It wears you out.")
    act(anna, where, "again", text="It scares me.")
    assert place(ben.page(where)) == "0.2.back" and "It scares me." in ben.page(where), "said again with the answer"
    tell(ben, where, "It scares you.")
    assert HEARD not in anna.page(where) and "I, Ben" not in anna.page(where), "no solving until both have been heard"
    act(anna, where, YES)
    assert "You have the floor" in ben.page(where) and "Ben has the floor" in anna.page(where)
    act(ben, where, "aloud")
    act(anna, where, "aloud")
    assert "said it aloud" in ben.page(where)
    act(ben, where, "again")
    assert place(ben.page(where)) == "1.1.say"
    act(ben, where, "aloud")
    act(anna, where, "aloud")
    act(ben, where, YES)
    for person in two:
        page = person.page(where)
        assert HEARD in page and "It scares me." in page and "One more round" in page and "Answer each other" in page
    assert stranger.get(where).status_code == 404 and stranger.get(f"{where}heard/").status_code == 404
    assert stranger.post(where, act="end").status_code == 404
    ben.post("/reply/", exchange=f"listening:{where.split('/')[3]}", text="Come here.", id=str(uuid4()), next=where)
    here = anna.page("/")
    assert "Ben answered you" in here and "It scares you." in here
    assert "Come here." in anna.page(where) and "Ben answered you" not in anna.page("/"), "she has been there"
    assert here.count("<blockquote>") == here.count("<figure"), "no empty words on Today"
    act(anna, where, "round", number="1")
    assert place(anna.page(where)) == "2.0.say"
    act(ben, where, "end")
    assert "Enough for today" in anna.page(where) and "it is open" not in anna.page("/talk/")


def test_in_the_end_the_others_side(two):
    anna, ben = two
    where = begin(anna)
    refused = anna.post(where, act="other-view", feels="I am tired.", id=str(uuid4()))
    assert refused.status_code == 303 and "I am tired." not in ben.page(where), "not before both have been heard"
    round_of(where, anna, ben)
    assert anna.post(where, act="other-view", feels=" ", id=str(uuid4())).status_code == 422
    ids = {"id": str(uuid4()), "turn": "0"}
    for _ in range(2):
        wrote = anna.post(where, act="other-view", feels="I am tired.\n\nI am proud.", matters="I want rest.", **ids)
        assert wrote.status_code == 303
    other = anna.post(where, act="other-view", feels="Other words.", turn="0", id=str(uuid4()))
    assert other.status_code == 409 and b"Other words." in other.content
    page = ben.page(where)
    assert "I, Ben, …" in page and "I am proud." in page and page.count('class="thought"') == 3
    view = re.search(r'name="view" value="(\w+)"', page)[1]
    wordless = ben.post(where, act="view-marks", view=view, **{"mark-0": "how"}, id=str(uuid4()))
    assert wordless.status_code == 422 and b"Write how it is for you" in wordless.content
    assert ben.post(where, act="view-marks", view=view, id=str(uuid4())).status_code == 422
    assert anna.post(where, act="view-marks", view=view, **{"mark-0": "yes"}).status_code == 404, "not on one's own"
    marks = {"mark-0": "yes", "mark-1": "not-quite", "mark-2": "how", "words-2": "I want a walk."}
    assert ben.post(where, act="view-marks", view=view, id=str(uuid4()), **marks).status_code == 303
    page = anna.page(where)
    assert "Not quite" in page and "I want a walk." in page and "Tell it once more" in page
    page = ben.page(where)
    marked = re.search(r'name="replaces" value="([\w-]+)"', page)[1]
    marks = dict.fromkeys(("mark-0", "mark-1", "mark-2"), "yes")
    assert ben.post(where, act="view-marks", view=view, id=str(uuid4()), replaces=marked, **marks).status_code == 303
    assert "Understood, line by line." in anna.page(where)


def test_how_heard_one_felt_is_nobody_elses(two):
    anna, ben = two
    where = begin(anna)
    round_of(where, anna, ben)
    before, pulse = ben.page(where), ben.me.pulse
    assert anna.post(f"{where}heard/", felt="2", id=str(uuid4())).status_code == 303
    assert anna.post(f"{where}heard/", felt="4", id=str(uuid4())).status_code == 303
    assert 'value="4" aria-pressed="true"' in anna.page(f"{where}heard/") and "Mostly" not in anna.page(where)
    token = re.compile(r'name="(id|csrfmiddlewaretoken)" value="[^"]+"|nonce="[^"]+"')
    assert token.sub("", ben.page(where)) == token.sub("", before) and ben.me.pulse == pulse
    assert "aria-pressed" not in ben.page(f"{where}heard/") and "Lately" not in ben.page(f"{where}heard/")
    assert not [one for one in ben.inside.reader.everything() if one.step == "heard"]
    assert [one.value.felt for one in anna.inside.reader.everything() if one.step == "heard"] == [4]
    assert anna.post(f"{where}heard/", felt="9").status_code == 404
    set_pin(anna.user, "4711")
    with clock.travel(timedelta(minutes=20)):
        assert anna.get(f"{where}heard/").status_code == 302, "the PIN is asked for first"


def test_one_phone_carries_both_and_says_whose_words_they_are(two):
    anna, ben = two
    where = begin(anna, "one", "other")
    assert signs(ben) == [] and "Ben has the floor" in anna.page(where)
    tell(anna, where, "I hate that bus.")
    tell(anna, where, "You hate the bus.")
    assert "The phone goes to Ben" in anna.page(where)
    act(anna, where, YES)
    said = [one for one in anna.inside.reader.everything() if one.step in (SPOKEN, JUDGED)]
    assert [(one.value.passed, one.author == anna.me.pk) for one in said] == [(True, True), (False, True), (True, True)]
    assert place(anna.page(where)) == "1.0.say" and "Anna has the floor" in anna.page(where)
    act(ben, where, "aloud")  # on the other phone, all the same
    act(ben, where, "aloud")
    act(anna, where, YES)
    assert HEARD in anna.page(where) and signs(ben) == [] and signs(anna) == []
    wrote = anna.post(where, act="other-view", feels="I was cold.", passed="yes", id=str(uuid4()))
    assert wrote.status_code == 303 and "as Ben would tell it" in anna.page(where)


def test_nobody_acts_for_the_other_on_two_phones(two):
    anna, ben = two
    where = begin(anna)
    for what in ("tell", "aloud", YES, "partly", "again"):
        ben.post(where, act=what, at="0.0.say", text="Me first.", id=str(uuid4()))
        anna.post(where, act=YES, at="0.0.judge", text="", id=str(uuid4()))
    assert place(anna.page(where)) == "0.0.say" and "Me first." not in anna.page(where)
    tell(anna, where, "I am glad.")
    anna.post(where, act="aloud", at="0.0.back", id=str(uuid4()))
    assert place(ben.page(where)) == "0.0.back"
    act(ben, where, "aloud")
    for answer in ANSWERS:
        ben.post(where, act=answer, at="0.0.judge", id=str(uuid4()))
    assert place(anna.page(where)) == "0.0.judge"


def test_words_that_come_too_late_are_kept(two):
    anna, ben = two
    where = begin(anna)
    first = {"act": "tell", "at": "0.0.say", "text": "I am glad.", "id": str(uuid4())}
    assert anna.post(where, **first).status_code == 303
    assert anna.post(where, **first).status_code == 303, "a double tap is one"
    late = anna.post(where, act="tell", at="0.0.say", text="From the tablet.", id=str(uuid4()))
    assert late.status_code == 409 and b"From the tablet." in late.content
    assert "From the tablet." not in ben.page(where) and "I am glad." in ben.page(where)
    assert anna.post(where, act="tell", at="0.0.say", text=" ").status_code == 422
    assert ben.post(where, act="tell", at="0.0.back", text="x" * 9000).status_code == 422


def test_a_pause_at_any_moment_with_an_agreed_return(two):
    anna, ben = two
    where = begin(anna)
    tell(anna, where, "I am glad.")
    assert act(ben, where, "pause").status_code == 422
    assert act(ben, where, "pause", at_time="25:99").status_code == 422
    assert act(ben, where, "pause", back="day").status_code == 303
    assert signs(anna) == ["Ben asked for a pause in your talk"]
    assert "comes back tomorrow at" in anna.page(where) and "You asked for it" in ben.page(where)
    assert "a pause; you go on tomorrow at" in anna.page("/talk/")
    assert act(ben, where, "tell", text="In between.", at="0.0.back").status_code == 409, (
        "kept, and not said in a pause"
    )
    act(anna, where, "pause", back="60")
    about = re.search(r'name="about" value="(\w+)"', ben.page(where))[1]
    act(anna, where, "agree", about=about)
    assert "You go on" not in ben.page(where), "nobody agrees to their own"
    act(ben, where, "agree", about=about)
    assert "You go on" in anna.page(where) and "You go on" in ben.page(where)
    act(ben, where, "back", number="7")
    assert "A pause" in ben.page(where)
    act(ben, where, "back", number="0")
    assert place(ben.page(where)) == "0.0.back" and "In between." in ben.page(where), "what was typed is still there"
    act(anna, where, "pause", back="20")
    act(anna, where, "back", number="1")
    act(anna, where, "back", number="0")
    assert place(ben.page(where)) == "0.0.back"


def test_the_day_of_the_return_both_are_reminded(two):
    anna, ben = two
    where = begin(anna)
    anna.page(where), ben.page(where)
    act(ben, where, "pause", back="day")
    act(anna, where, "agree", about=re.search(r'name="about" value="(\w+)"', anna.page(where))[1])
    assert signs(ben) == []
    with clock.travel(timedelta(days=1)):
        assert signs(anna) == ["Ben and you meant to go on with your talk today"]
        assert signs(ben) == ["Anna and you meant to go on with your talk today"]
        act(ben, where, "back", number="0")
        anna.page(where), ben.page(where)
        assert signs(anna) == [] and signs(ben) == []


def test_who_was_not_here_just_now_finds_a_card(two):
    anna, ben = two
    where = begin(anna)
    anna.page(where), ben.page(where)
    tell(anna, where, "I am glad.")
    assert signs(ben) == [], "one card is enough until they have done something"
    act(ben, where, "aloud")
    assert signs(anna) == [], "she was here a moment ago, and her page looks again by itself"
    with clock.travel(timedelta(hours=5)):
        act(anna, where, "partly")
        assert signs(ben) == ["It is your turn in the talk with Anna"]
        ben.page(where)
        assert signs(ben) == [], "whoever has been there is not called again"
        act(ben, where, "aloud")
        assert signs(anna) == []
    with clock.travel(timedelta(hours=9)):
        act(anna, where, YES)
        assert signs(ben) == ["It is your turn in the talk with Anna"], "to speak, now"


def test_choosing(two):
    anna, ben = two
    page = anna.page("/talk/listening/")
    assert page.index("Outside</a>") < page.index("Us</a>") and TOPIC.text in page
    assert 'aria-current="true">Glad' in anna.page("/talk/listening/?kind=glad")
    assert anna.post("/talk/listening/", phones="two").status_code == 422
    where = begin(anna, topic="", own="The neighbour's dog")
    assert "The neighbour&#39;s dog" in ben.page(where)
    assert "Your turn" in anna.page("/talk/listening/") and "Go on with it" in ben.page("/talk/listening/")
    begin(ben, begins="other")
    assert "Ben would like to listen to you" in signs(anna)
    assert anna.get("/talk/listening/none/").status_code == 404
    assert anna.post(where, act="fly").status_code == 404


def test_what_was_typed_is_not_lost_to_a_tap_that_it_was_said_aloud(two):
    """On one phone the words lie right under that button."""
    anna, ben = two
    where = anna.post("/talk/listening/", own="the bins", begins="me", phones="one", id=str(uuid4()))["Location"]
    at = re.search(r'name="at" value="([^"]+)"', anna.page(where))[1]
    anna.post(where, act="aloud", at=at, text="I carry them down alone.", id=str(uuid4()))
    assert "I carry them down alone." in anna.page(where)
    assert "I carry them down alone." not in ben.page(where)


def test_the_same_page_sent_twice_with_other_words_gives_them_back(two):
    anna, _ = two
    where = anna.post("/talk/listening/", own="the bins", begins="me", phones="two", id=str(uuid4()))["Location"]
    at, tap = re.search(r'name="at" value="([^"]+)"', anna.page(where))[1], str(uuid4())
    for _ in range(2):
        assert anna.post(where, act="tell", at=at, text="It is dark.", id=tap).status_code == 303
    other = anna.post(where, act="tell", at=at, text="It is dark, and cold.", id=tap)
    assert other.status_code == 409 and "It is dark, and cold." in other.content.decode()
    begun = str(uuid4())
    anna.post("/talk/listening/", own="the stairs", begins="me", phones="two", id=begun)
    other = anna.post("/talk/listening/", own="the lamp", begins="me", phones="two", id=begun)
    assert other.status_code == 409 and "the lamp" in other.content.decode()
