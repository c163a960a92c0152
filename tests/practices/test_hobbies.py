"""A match closes kindly, or becomes a path: a first try, a second, and to keep it or let it go."""

import re
from uuid import uuid4

import pytest

from tests.given import pings
from tests.practices.ideas import URL, draw, hobby_drawn, match_of, say, seen, three
from usward.practices.ideas import cards
from usward.practices.ideas.entries import MATCH, Match, idea_exchange


@pytest.fixture
def met(two):
    """Anna and Ben both like the same idea, a hobby: where it lies, and which it is."""
    anna, ben = two
    idea = hobby_drawn(anna)
    say(anna, idea, "like")
    say(ben, idea, "like")
    return match_of(anna), idea


def test_a_match_closes_kindly_and_can_be_taken_up_again(two, met):
    anna, ben = two
    where, idea = met
    for how, words in (("let-go", "You let it go"), ("open", "Plan it"), ("not-for-us", "not for you two")):
        assert ben.post(where, act=how).status_code == 303
        for person in two:
            assert words in person.page(where)
            assert ("Done, and let go" in person.page(URL)) is (how != "open")
    assert anna.post(where, act="what-else").status_code == 404
    draw(anna)
    assert idea not in three(anna)


def test_the_path_of_a_hobby_to_where_both_keep_it(two, met):
    anna, ben = two
    where, idea = met
    assert anna.post(where, act="keep", id=str(uuid4())).status_code == 303, "not yet to be decided"
    assert "path" not in re.findall(r'id="([a-z-]+)" data-card', anna.page(where))
    anna.post(where, act="done")
    assert "The second try" in ben.page(where) and f"/plan/new/?idea={idea}" in ben.page(where)
    assert "Done once. A second time?" in ben.page(URL)
    ben.post(where, act="decide")
    assert "Would you like it to stay?" in anna.page(where)
    before, places = seen(ben, where), seen(ben)
    with pings() as rung:
        anna.post(where, act="drop", id=str(uuid4()))
        anna.post(where, act="keep", id=str(uuid4()))
    assert str(ben.me.pk) not in rung
    assert (seen(ben, where), seen(ben)) == (before, places), "what waits for both is not seen"
    ben.post(where, act="keep", id=str(uuid4()))
    for person in two:
        assert "You both wanted to keep it" in person.page(where) and "Hobbies of yours" in person.page(URL)
    ben.post(where, act="left")
    assert "You left it at that" in anna.page(where) and "Hobbies of yours" not in anna.page(URL)
    ben.post(where, act="second")
    ben.post(where, act="decide")
    assert "Hobbies of yours" not in anna.page(URL) and 'aria-pressed="true"' not in anna.page(where)
    for person in two:
        person.post(where, act="keep", id=str(uuid4()))
    assert "Hobbies of yours" in anna.page(URL), "taken up again, and both have said so anew"


def test_a_hobby_of_long_ago_is_still_on_the_first_page(two, met, monkeypatch):
    anna, ben = two
    where, _ = met
    anna.post(where, act="done")
    ben.post(where, act="decide")
    for person in two:
        person.post(where, act="keep", id=str(uuid4()))
    monkeypatch.setattr(cards, "A_PAGE", 1)
    anna.inside.writer.put(Match("newer"), exchange=idea_exchange("newer"), step=MATCH)
    assert "Hobbies of yours" in ben.page(URL) and where in ben.page(URL)


@pytest.mark.parametrize("who", [0, 1])
def test_a_dropped_hobby_names_nobody(two, met, who):
    where, _ = met
    for person, act in ((two[0], "done"), (two[1], "decide"), (two[who], "drop"), (two[1 - who], "keep")):
        assert person.post(where, act=act, id=str(uuid4())).status_code == 303
    pages = [person.page(where).split("<main")[1] for person in two]
    assert all("Two tries, and now you know." in page for page in pages)
    assert "Anna" not in pages[1] and "Ben" not in pages[0]
    assert all("Hobbies of yours" not in person.page(URL) for person in two)


def test_a_match_of_long_ago_is_not_taken_up_beside_a_new_one(two, met):
    anna, ben = two
    where, idea = met
    anna.post(where, act="let-go")
    newer = anna.inside.writer.put(Match(idea), exchange=idea_exchange(idea), step=MATCH)
    ben.post(where, act="open")
    assert "You let it go" in ben.page(where) and "Plan it" in ben.page(f"/ideas/{newer.id}/")
    assert ben.page(URL).count("plans this one") + ben.page(URL).count("plan this one") == 1
