"""The demo couple's year is one that two people could live, and their two sides are nobody else's."""

from django.http import HttpResponse

from usward.content.loader import library
from usward.content.schema import KINDS, WISH_TOPICS
from usward.demo.life import SIDES, life, spread
from usward.demo.moments import moments
from usward.demo.sides import cookies_of, keep_apart, side_of
from usward.demo.wished import told
from usward.practices.checkin.entries import MOODS, NEEDS
from usward.practices.wishes.entries import ANSWERS


def test_the_year_is_full_and_never_repeats_itself():
    year = life()
    answers = [getattr(asked, side) for asked in (*year.question, *year.own) for side in SIDES]
    answers = [text for text in answers if text]
    thanks = [one.text for one in year.thanks]
    lines = [one.line for one in year.line]
    replies = [one.reply for one in year.line if one.reply] + [text for one in year.question for _, text in one.thread]
    assert len(set(answers)) == len(answers) >= 60
    assert len(set(thanks)) == len(thanks) >= 60
    assert len(set(lines)) == len(lines) >= 40
    assert len(set(replies)) >= 30


def test_what_they_say_fits_where_they_say_it():
    year = life()
    for asked in year.question:
        question = library().question(asked.id or asked.again)
        assert question is not None, asked.id
        assert question.topic != "distance" and "living-together" not in question.not_for, asked.id
    assert {one.mood for one in year.line} <= set(MOODS) and {one.need for one in year.line} <= {"", *NEEDS}
    assert {one.kind for one in year.thanks} <= set(KINDS)
    assert {one.by for one in (*year.line, *year.thanks, *year.own)} == set(SIDES)


def test_moments_come_in_order_and_only_half_of_today_is_lived():
    found = moments(life())
    assert [(-one.ago, one.minute) for one in found] == sorted((-one.ago, one.minute) for one in found)
    assert {one.by for one in found if one.ago == 0} == {"left"}
    assert all(0 <= spread(n, 60, 373) < 373 for n in range(60))


def test_the_sides_see_neither_each_other_nor_anybody_else():
    held = {"usward": "real", "left_usward": "runa", "right_usward": "matteo", "leftovers": "soup"}
    assert cookies_of("left", held) == {"usward": "runa"}
    assert cookies_of("right", held) == {"usward": "matteo"}
    answer = HttpResponse()
    answer.set_cookie("usward", "runa", max_age=60, httponly=True, samesite="Lax", path="/")
    keep_apart("left", answer, "/two/")
    [(name, morsel)] = answer.cookies.items()
    assert (name, morsel.key, morsel["path"], morsel["max-age"]) == ("left_usward", "left_usward", "/two/demo/", 60)
    assert morsel["httponly"] and morsel["samesite"] == "Lax"
    assert [side_of(path) for path in ("/demo/left/", "/demo/right/live", "/demo/", "/left/")] == [*SIDES, None, None]


def test_what_they_wish_for_is_in_the_library():
    letters = [one for answered in told().answered for side in SIDES for one in getattr(answered, side).items()]
    assert {wish for wish, _ in letters} <= {wish.id for wish in library().wishes if not wish.level}
    assert {letter for _, letter in letters} == set(ANSWERS)
    assert all(own.by in SIDES and own.topic in WISH_TOPICS for own in told().own)
