"""Practices that come as a file: three shipped ones, a couple's own, and files that cannot be read."""

import re
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.talkback.signs import signs
from usward.accounts.pin import set_pin
from usward.content.source import ContentError
from usward.kit import clock
from usward.practices.simple import cards
from usward.practices.simple.exchange import ROUNDS_BACK, known, standing, turn, turns_before
from usward.practices.simple.loading import SHIPPED, practices, read
from usward.practices.simple.schema import EVERY

GOOD = "/practice/three-good-minutes/"
OWN = """[practice]
id = "our-harbour"
title = "Our harbour"
sentence = "One line a week."
place = "closer"
reveal = "when both"

[[prompt]]
id = "knot"
text = "Which knot held?"
"""


@pytest.fixture(autouse=True)
def _fresh():
    practices.cache_clear()
    yield
    practices.cache_clear()


def write(person, path: str, **fields: str):
    page = person.page(path)
    found = dict(re.findall(r'<input type="hidden" name="(id|turn|replaces)" value="([^"]*)"', page))
    return person.post(path.split("?")[0].rsplit("/", 2)[0] + "/" if "change" in path else path, **(found | fields))


def test_three_are_shipped_and_each_has_a_door(two):
    anna, _ = two
    assert len(list(SHIPPED.glob("*.toml"))) >= 3
    talk, us = anna.page("/talk/"), anna.page("/us/")
    assert "Three good minutes" in talk and "What I carry this week" in talk and "How I want to be with you" in us
    for one in practices().values():
        assert one.helps and one.sure and one.title in anna.page(f"/practice/{one.id}/")


def test_when_both_have_written_both_read(two, stranger):
    anna, ben = two
    assert write(anna, GOOD, first="The kettle.", second="", third="").status_code == 303
    assert "The kettle." in anna.page(GOOD) and "once you have both written" in anna.page(GOOD)
    assert "The kettle." not in ben.page(GOOD) and signs(ben) == []
    assert write(ben, GOOD, first="The bus came.").status_code == 303
    assert signs(anna) == ["You have both written"] and signs(ben) == []
    for person in two:
        page = person.page(GOOD)
        assert "The kettle." in page and "The bus came." in page and "Reply, in your own words" in page
    assert signs(anna) == [], "whoever has been there is not called again"
    assert "The kettle." not in stranger.page(GOOD)
    later = clock.today("Europe/Copenhagen") + timedelta(days=8)
    with clock.travel(timedelta(days=8)):
        assert "The kettle." not in anna.page(GOOD).partition("Earlier")[0] and "Earlier" in anna.page(GOOD)
        name = turn("week", later - timedelta(days=8))
        assert "The bus came." in anna.page(f"{GOOD}{name}/")


def test_change_until_it_is_read_and_take_it_back(two):
    anna, ben = two
    write(anna, GOOD, first="The kettel.")
    week = turn("week", anna.me.space.day_reached)
    assert write(anna, f"{GOOD}{week}/?change=yes", first="The kettle.").status_code == 303
    assert "The kettle." in anna.page(GOOD) and "kettel" not in anna.page(GOOD)
    mine = anna.inside.reader.exchange(f"simple:three-good-minutes:{week}")[0]
    anna.post("/withdraw/", entry=str(mine.id), next=GOOD)
    write(ben, GOOD, first="The bus came.")
    assert "The kettle." not in ben.page(GOOD)


def test_one_writes_and_the_other_reads(two):
    anna, ben = two
    path = "/practice/what-i-carry/"
    assert "Tell Ben" in anna.page(path)
    write(anna, path, weight="The audit.")
    assert signs(ben) == ["Anna has written you something"] and "The audit." in ben.page(path)
    write(anna, path, weight="And the move.")
    assert "The audit." in ben.page(path) and "And the move." in ben.page(path)
    exchange = anna.inside.reader.latest(type(anna.inside.reader.everything()[-2].value), 1)[0].exchange
    ben.post("/reply/", exchange=exchange, text="That sounds heavy.", id=str(uuid4()), next="/")
    assert "That sounds heavy." in anna.page(path) and signs(ben) == []


def test_only_me_stays_with_me(two):
    anna, ben = two
    path = "/practice/letter-to-myself/"
    before = ben.page("/"), ben.me.pulse
    write(anna, path, proud="I waited for one breath.")
    assert "I waited for one breath." in anna.page(path) and "only you" in anna.page(path)
    assert "I waited" not in ben.page(path) and ben.me.pulse == before[1]
    user = anna.user
    set_pin(user, "4711")
    with clock.travel(timedelta(minutes=20)):
        assert anna.get(path).status_code == 302, "the PIN is asked for first"
        month = turn("month", anna.me.space.day_reached)
        for fields in ({}, {"proud": "Other words."}):
            answer = anna.post(path, turn=month, id=str(uuid4()), **fields)
            assert answer.status_code in (302, 401) and b"I waited" not in answer.content, "nor is it got by sending"


def test_whoever_has_read_it_is_not_called_again(two):
    anna, ben = two
    path = "/practice/what-i-carry/"
    write(anna, path, weight="The audit.")
    assert signs(ben) == ["Anna has written you something"]
    ben.page(path)
    assert signs(ben) == []


@pytest.mark.parametrize("strange", ["2026-w99", "1999", "2026-13", "2026-02-30", "once", "2999-w01"])
def test_a_round_that_never_was_and_one_to_come_are_nothing(two, strange):
    anna, _ = two
    assert anna.get(f"{GOOD}{strange}/").status_code == 404
    assert anna.post(GOOD, turn=strange, first="x", id=str(uuid4())).status_code == 404


def test_a_form_that_lay_open_over_midnight_goes_to_its_own_round(two):
    anna, _ = two
    week = turn("week", anna.me.space.day_reached)
    with clock.travel(timedelta(days=8)):
        answer = anna.post(GOOD, turn=week, first="The kettle.", id=str(uuid4()))
        assert answer.headers["Location"] == f"{GOOD}{week}/" and "The kettle." in anna.page(f"{GOOD}{week}/")


def test_nothing_written_is_said_kindly_and_a_wrong_address_is_nothing(two):
    anna, _ = two
    answer = write(anna, GOOD, first=" ")
    assert answer.status_code == 422 and b"Write a word or two" in answer.content
    assert anna.get("/practice/nothing/").status_code == 404
    assert anna.get(f"{GOOD}not-a-round/").status_code == 404
    assert anna.post(GOOD, turn="../../x", first="x").status_code == 404


def test_a_double_tap_is_one_and_other_words_are_a_conflict(two):
    anna, _ = two
    page = anna.page(GOOD)
    found = dict(re.findall(r'<input type="hidden" name="(id|turn)" value="([^"]*)"', page))
    assert anna.post(GOOD, **found, first="Once.").status_code == 303
    assert anna.post(GOOD, **found, first="Once.").status_code == 303
    other = anna.post(GOOD, id=str(uuid4()), turn=found["turn"], first="Other words.")
    assert other.status_code == 409 and b"Other words." in other.content and b"Once." in other.content


def test_a_couples_own_file_is_a_practice(two, tmp_path: Path, monkeypatch):
    folder = tmp_path / "practices"
    folder.mkdir()
    (folder / "harbour.toml").write_text(OWN)
    (folder / "broken.toml").write_text(OWN.replace("our-harbour", "x").replace("when both", "never"))
    found = practices(folder)
    assert "our-harbour" in found and "x" not in found and len(found) == len(list(SHIPPED.glob("*.toml"))) + 1
    monkeypatch.setattr(cards, "practices", lambda: found)
    monkeypatch.setattr("usward.practices.simple.views.practices", lambda: found)
    anna, _ = two
    assert "Our harbour" in anna.page("/talk/")
    assert write(anna, "/practice/our-harbour/", knot="The bowline.").status_code == 303
    assert "The bowline." in anna.page("/practice/our-harbour/")
    assert "Nobody that we know of has tested it" in anna.page("/practice/our-harbour/"), (
        "a file without its own two sentences"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('place = "closer"', 'place = "close"', 5, 'did you mean "closer"'),
        ('reveal = "when both"', 'reveal = "never"', 6, "possible are"),
        ('title = "Our harbour"', "", 1, '"title" is missing'),
        ('id = "our-harbour"', 'id = "Our Harbour"', 2, "small letters"),
        ("[practice]", "[practise]", 1, "not known here"),
        ('[[prompt]]\nid = "knot"\ntext = "Which knot held?"', "", 1, "nothing to write yet"),
        ('text = "Which knot held?"', 'texts = "Which?"', 10, 'did you mean "text"'),
        ('reveal = "when both"', 'reveal = "when both"\nwho = "one"', 6, "no two to wait for"),
        ('id = "knot"', 'id = "knot', 9, "closing quotation mark"),
        ('id = "knot"', 'id = "turn"', 9, "the page itself needs that name"),
    ],
)
def test_a_bad_file_says_where_and_what(tmp_path: Path, old: str, new: str, line: int, words: str):
    path = tmp_path / "bad.toml"
    path.write_text(OWN.replace(old, new))
    with pytest.raises(ContentError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:{line}:") and words in str(caught.value), str(caught.value)


@for_all(st.sampled_from(EVERY), st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.integers(0, 400))
def test_rounds_follow_each_other(every: str, day: date, later: int):
    after = day + timedelta(days=later)
    assert (turn(every, after) == turn(every, day)) or turn(every, after) > turn(every, day) or every == "once"
    before = turns_before(every, day)
    assert len(before) == (0 if every == "once" else ROUNDS_BACK) and len(set(before)) == len(before)
    assert before == sorted(before, reverse=True) and all(name < turn(every, day) for name in before)


@for_all(st.sampled_from(EVERY), st.dates(date(2024, 1, 1), date(2040, 12, 31)), st.integers(0, 400))
def test_every_round_until_today_is_known_by_its_name_and_none_after(every: str, day: date, later: int):
    then = day + timedelta(days=later)
    assert known(every, turn(every, day), then)
    assert known(every, turn(every, then), day) == (turn(every, then) == turn(every, day))


@for_all(st.lists(st.tuples(st.booleans(), st.sampled_from(["round", "reply", "tonight"]))))
def test_a_round_is_folded_alike_in_any_order(acts):
    said = [SimpleNamespace(mine=mine, step=step, n=n) for n, (mine, step) in enumerate(acts)]
    now = standing(said)
    assert (now.mine is not None) == any(mine and step == "round" for mine, step in acts)
    assert (now.theirs is not None) == any(not mine and step == "round" for mine, step in acts)
    assert (now.lit == "both") == (now.mine is not None and now.theirs is not None)
