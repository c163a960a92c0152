"""Deep talks: twelve questions on two phones or one, both going on at once, and an end that is always good."""

import re
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.talkback.signs import signs
from usward.content.schema import Ladder, Rung
from usward.practices.evening import cards, views
from usward.practices.evening.entries import Ended, Evening, Moved
from usward.practices.evening.exchange import LAST, question_at, standing

QUESTIONS = tuple(f"Question {n}?" for n in range(12))
LADDER = Ladder("harbour", "The harbour", "A quiet one.", tuple(Rung(text) for text in QUESTIONS))
ANNA, BEN = UUID(int=1), UUID(int=2)


@pytest.fixture(autouse=True)
def _ladder(monkeypatch):
    shelf = SimpleNamespace(ladders=(LADDER,), one=lambda kind, id: LADDER if id == "harbour" else None, whys={})
    monkeypatch.setattr(views, "library", lambda: shelf)
    monkeypatch.setattr(cards, "library", lambda: SimpleNamespace(whys={}))


def begin(person, phones: str = "two") -> str:
    answer = person.post("/talk/evening/", ladder="harbour", phones=phones, id=str(uuid4()))
    assert answer.status_code == 303
    return answer["Location"]


def on(person, where: str) -> str:
    page = person.page(where)
    found = re.search(r'name="to" value="(\d+)"', page)
    person.post(where, act="on", to=found[1] if found else "99")
    return person.page(where)


def test_the_whole_way_up(two, stranger):
    anna, ben = two
    where = begin(anna)
    assert signs(ben) == ["Anna would like an evening of questions with you"]
    assert "“The harbour” is open" in ben.page("/talk/")
    assert "You begin" in anna.page(where) and "Anna begins" in ben.page(where)
    seen = []
    for _ in range(LAST):
        page = ben.page(where)
        asked = re.search(r'class="big-question">([^<]+)<', page)
        seen += [asked[1]] if asked else []
        on(ben if len(seen) % 2 else anna, where)
    assert seen == list(QUESTIONS)
    for person in two:
        assert "Enough for tonight" in person.page(where) and "You came as far as you wanted to" in person.page(where)
    assert "is open" not in anna.page("/talk/")
    assert stranger.get(where).status_code == 404 and stranger.post(where, act="enough").status_code == 404


def test_they_take_turns_to_begin(two):
    anna, ben = two
    where = begin(ben)
    assert "You begin" in ben.page(where) and "Ben begins" in anna.page(where)
    on(ben, where)
    assert "Anna begins" in ben.page(where) and "You begin" in anna.page(where)


def test_what_is_typed_opens_when_both_have(two):
    anna, ben = two
    where = begin(anna)
    assert anna.post(where, act="tell", question="0", text="The sea.", id=str(uuid4())).status_code == 303
    assert "The sea." in anna.page(where) and "The sea." not in ben.page(where)
    assert ben.post(where, act="tell", question="0", text="The hills.", id=str(uuid4())).status_code == 303
    assert all("The sea." in p.page(where) and "The hills." in p.page(where) for p in two)
    ben.post(where, act="enough")
    assert all("The hills." in p.page(where) and "You came as far" in p.page(where) for p in two)
    ben.post("/kept/", exchange=f"evening:{where.split('/')[3]}", line="Tides.", id=str(uuid4()), next=where)
    assert "Tides." in anna.page(where)


def test_what_is_typed_can_be_taken_back_until_it_is_open(two):
    anna, ben = two
    where = begin(anna)
    anna.post(where, act="tell", question="0", text="The sea.", id=str(uuid4()))
    entry = re.search(r'name="entry" value="([^"]+)"', anna.page(where))
    assert entry and anna.post("/withdraw/", entry=entry[1], next=where).headers["Location"] == where
    ben.post(where, act="tell", question="0", text="The hills.", id=str(uuid4()))
    assert "The sea." not in anna.page(where) + ben.page(where) and "The hills." not in anna.page(where)


def test_words_to_one_question_are_not_found_under_the_next(two):
    anna, ben = two
    where = begin(anna)
    composer = re.search(r'data-draft="([^"]+)"', anna.page(where))[1]
    anna.post("/draft/", composer=composer, **{"draft-text": "Half a sea"})
    assert "Half a sea" in anna.page(where)
    on(ben, where)
    assert "Question 1?" in anna.page(where) and "Half a sea" not in anna.page(where)


def test_other_words_on_a_second_device_are_shown_with_those_that_stand(two):
    anna, _ = two
    where = begin(anna)
    anna.post(where, act="tell", question="0", text="The sea.", id=str(uuid4()))
    late = anna.post(where, act="tell", question="0", text="The lake.", id=str(uuid4()))
    page = late.content.decode()
    assert late.status_code == 409 and "on another device" in page and "The sea." in page and "The lake." in page
    on(anna, where)
    assert "The lake." not in anna.page(where), "nor do they wait under another question"


def test_whoever_has_come_is_not_called_again(two):
    anna, ben = two
    where = begin(anna)
    assert signs(ben) == ["Anna would like an evening of questions with you"]
    ben.page(where)
    assert signs(ben) == [] and "is open" in ben.page("/talk/")


def test_what_waits_at_the_end_stays_sealed(two):
    anna, ben = two
    where = begin(anna)
    anna.post(where, act="tell", question="0", text="The sea.", id=str(uuid4()))
    ben.post(where, act="enough")
    assert "The sea." in anna.page(where) and "The sea." not in ben.page(where)
    assert "only you: it opens where both have written" in anna.page(where)


def test_one_phone_types_nothing_and_asks_nobody(two):
    anna, ben = two
    where = begin(anna, "one")
    assert "Write it instead" not in anna.page(where) and signs(ben) == []


def test_both_going_on_at_once_is_going_on_once(two):
    anna, ben = two
    where = begin(anna)
    for person in (anna, ben, anna):
        person.post(where, act="on", to="1")
    assert "Question 1?" in anna.page(where) and "Question 1?" in ben.page(where)
    assert anna.post(where, act="on", to="9").status_code == 303 and "Question 1?" in anna.page(where)


def test_bad_input(two):
    anna, _ = two
    where = begin(anna)
    assert anna.post(where, act="tell", question="0", text=" ").status_code == 422
    assert anna.post(where, act="tell", question="77", text="x").status_code == 404
    for endless in ("9" * 5000, "-1", "²", "٠", ""):
        assert anna.post(where, act="tell", question=endless, text="x").status_code == 404
        assert anna.post(where, act="on", to=endless).status_code == 303 and "Question 0?" in anna.page(where)
    assert anna.post(where, act="fly").status_code == 404
    assert anna.post("/talk/evening/", ladder="none", phones="one").status_code == 404
    assert anna.get("/talk/evening/none/").status_code == 404


def test_a_step_of_a_talk_is_nobodys_words_to_take_back(two):
    anna, _ = two
    where = begin(anna)
    assert anna.post(where, act="on", to="1").status_code == 303
    moved = [one for one in anna.inside.reader.everything() if isinstance(one.value, Moved)]
    assert moved and anna.post("/withdraw/", entry=str(moved[0].id)).status_code == 404
    assert len([one for one in anna.inside.reader.everything() if isinstance(one.value, Moved)]) == len(moved)


def said(step: str, value, author: UUID = ANNA) -> Any:
    return SimpleNamespace(step=step, value=value, mine=author == ANNA, author=author)


BEGUN = said("begun", Evening("harbour", "The harbour", QUESTIONS))
ACTS = st.one_of(
    st.integers(-3, 40).map(lambda to: said("moved", Moved(to), BEN)),
    st.just(said("ended", Ended())),
    st.tuples(st.integers(0, 13), st.sampled_from([ANNA, BEN])).map(lambda at: said(f"q{at[0]}", None, at[1])),
)


@for_all(st.lists(ACTS), st.randoms())
def test_any_order_of_acts_leads_to_the_same_place(acts, chance):
    now = standing([BEGUN, *acts])
    chance.shuffle(acts)
    after = standing([BEGUN, *acts])
    assert (after.place, after.ended, after.question) == (now.place, now.ended, now.question)
    assert 0 <= now.place <= LAST and 1 <= now.level <= 3
    assert (now.question is None) == (now.ended or now.landing)
    if now.question is not None:
        assert 0 <= now.question < 12 and now.begins(ANNA) != now.begins(BEN)


def test_every_question_has_one_place():
    places = [place for place in range(LAST) if place % 5 != 4]
    assert [question_at(place) for place in places] == list(range(12))
