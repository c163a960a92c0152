"""Ideas through the public door: the same three for both, a like that nobody sees, a match that both do, a path."""

import re
from uuid import uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as some

from tests.given import frozen, pings, the_two
from tests.practices.ideas import A_DAY, MET, MONDAY, URL, draw, match_of, say, seen, three
from tests.talkback.signs import signs
from usward.content.loader import library
from usward.content.schema import Idea
from usward.entries.models import Entry, Knock
from usward.home.today import etag
from usward.kit import clock
from usward.practices.ideas import actions, cards
from usward.practices.ideas.choose import OPEN_DAYS
from usward.practices.ideas.entries import MATCH, Answers, Drawn, Match, idea_exchange, round_exchange
from usward.practices.ideas.traits import Frame, fits
from usward.spaces.models import Partner


def test_the_same_three_for_both_within_the_frame_and_one_of_them_new(two, stranger):
    anna, ben = two
    assert "What does the moment allow?" in anna.page(URL)
    draw(anna)
    ids = three(anna)
    assert len(ids) == 3 and three(ben) == ids and three(stranger) == []
    ideas = [library().one(Idea, one) for one in ids]
    frame = Frame(180, 1, 2, "", cards.season(anna.inside), "evening")
    assert all(fits(one, frame) for one in ideas)
    assert any(one.newness > 0 for one in ideas) and len({one.topic for one in ideas}) == 3


def test_a_round_is_quiet_and_two_taps_are_one(two):
    anna, ben = two
    before = ben.me.pulse
    with pings() as rung:
        draw(anna)
        first = three(anna)
        draw(anna, after="")  # the other phone, which had not seen that there is a round
        assert three(anna) == first == three(ben)
    assert str(ben.me.pk) not in rung and ben.me.pulse == before
    draw(ben)
    assert three(ben) == three(anna) and not set(three(ben)) & set(first), "others, please"


@pytest.mark.parametrize("answer", ["like", "pass"])
def test_an_answer_alone_is_invisible_to_the_other(two, answer, django_capture_on_commit_callbacks):
    anna, ben = two
    draw(anna)
    idea = three(anna)[0]
    paths = (URL, "/", "/plan/")
    for path in paths:
        ben.page(path)  # whatever a first look of the day keeps is kept now
    before = {path: seen(ben, path) for path in paths}
    pulse, tag, knocks = ben.me.pulse, etag(ben.inside, "s", "v"), Knock.objects.filter(partner=ben.me).count()
    with pings() as rung, django_capture_on_commit_callbacks(execute=True):
        say(anna, idea, answer)
    assert rung == [], "nobody is told, not even her other phone: what keeps no history is unheard"
    assert {path: seen(ben, path) for path in paths} == before
    assert (ben.me.pulse, etag(ben.inside, "s", "v")) == (pulse, tag)
    assert Knock.objects.filter(partner=ben.me).count() == knocks and signs(ben) == []
    assert 'aria-pressed="true"' in anna.page(URL) and 'aria-pressed="true"' not in before[URL]


def test_what_both_like_shows_to_both_at_once_and_calls(two, stranger, django_capture_on_commit_callbacks):
    anna, ben = two
    draw(anna)
    first, second, _ = three(anna)
    say(anna, first, "like")
    say(ben, second, "like")
    assert "You would both like to" not in anna.page(URL) + ben.page(URL)
    with pings() as rung, django_capture_on_commit_callbacks(execute=True):
        say(ben, first, "like")
    assert {str(anna.me.pk), str(ben.me.pk)} <= set(rung)
    assert signs(anna) == [MET] and signs(ben) == [], "he sees it at once, where he said it"
    where = match_of(ben)
    for person in two:
        page = person.page(where)
        assert library().one(Idea, first).first_step in page.replace("&#39;", "'").replace("&#x27;", "'")
        assert f"/plan/new/?idea={first}" in page
        assert library().one(Idea, first).words in person.page(URL)
    assert signs(anna) == [], "she has been there"
    assert stranger.get(where).status_code == 404 and stranger.post(where, act="done").status_code == 404
    say_nothing_new = Entry.objects.count()
    for person in two:
        drawn = person.inside.reader.latest(Drawn, 1)[0]
        assert person.post(URL + "answer/", round=str(drawn.root), nth="0", answer="pass").status_code == 303
    assert Entry.objects.count() == say_nothing_new, "a match is no longer answered"


def test_a_pass_and_a_change_of_mind(two):
    anna, ben = two
    draw(anna)
    ids = three(anna)
    for idea in ids:
        say(anna, idea, "pass")
    assert "None of these? Others wait." in anna.page(URL) and "None of these?" not in ben.page(URL)
    say(ben, ids[0], "like")
    assert "You would both like to" not in ben.page(URL)
    say(anna, ids[0], "like")
    assert "You would both like to" in ben.page(URL) and "You would both like to" in anna.page(URL)
    assert len(anna.inside.reader.latest(Match, 9)) == 1


def test_who_plans_takes_turns(two):
    anna, ben = two
    turns = []
    for _ in range(2):
        draw(anna)
        for idea in three(anna)[:2]:
            say(anna, idea, "like")
            say(ben, idea, "like")
            newest = max(anna.inside.reader.latest(Match, 9), key=lambda one: one.seq)
            pages = [person.page(f"/ideas/{newest.root}/") for person in two]
            turns.append(["It is your turn to plan" in page for page in pages])
    assert turns == [[True, False], [False, True]] * 2


def test_only_a_round_takes_answers_and_only_for_a_while(two, stranger):
    anna, _ = two
    with frozen(MONDAY):
        draw(anna)
        drawn = anna.inside.reader.latest(Drawn, 1)[0]
        right = {"round": str(drawn.root), "nth": "2", "answer": "like"}
        for wrong in ({"nth": "3"}, {"nth": ""}, {"answer": "maybe"}, {"round": str(uuid4())}, {"round": "no"}):
            assert anna.post(URL + "answer/", **right | wrong).status_code == 404
        assert stranger.post(URL + "answer/", **right).status_code == 404
        assert anna.get(URL + "answer/").status_code == 405
        with clock.travel(OPEN_DAYS * A_DAY):
            for person in two:
                person.get("/")
            assert "What does the moment allow?" in anna.page(URL), "an old round is no longer there to answer"
            for person in two:
                assert person.post(URL + "answer/", **right).status_code == 303
            assert anna.inside.reader.own(Answers, "ideas-answers") is None


def test_nothing_fits_and_what_was_chosen_stands(two):
    anna, _ = two
    none = {"minutes": "30", "money": "0", "energy": "0", "where": "away", "when": "morning"}
    for _ in range(40):
        after = re.search(r'name="after" value="([^"]*)"', anna.page(URL))[1]
        where = anna.post(URL, after=after, id=str(uuid4()), **none)["Location"]
        if where != URL:
            break
    page = anna.page(where)
    assert "No idea fits that; a little more time or another place?" in page
    assert all(re.search(rf'type="radio" name="{name}" value="{value}" checked', page) for name, value in none.items())
    assert "No idea fits" not in anna.page(URL)


def test_a_frame_of_nonsense_asks_for_nothing(two):
    anna, _ = two
    draw(anna, minutes="seven", money="-1", energy="", where="nowhere", when="never")
    assert len(three(anna)) == 3
    assert anna.inside.reader.latest(Drawn, 1)[0].value.frame == Frame(season=cards.season(anna.inside))


def test_of_a_round_an_idea_that_the_library_has_no_longer_is_left_out(two):
    anna, _ = two
    value = Drawn(clock.today("UTC"), Frame(), ("gone", library().ideas[0].id))
    anna.inside.writer.put(value, exchange=round_exchange(""), slot=round_exchange(""))
    assert three(anna) == [library().ideas[0].id]


def test_alone_one_may_look_and_plan(stranger):
    draw(stranger)
    page = stranger.page(URL)
    idea = three(stranger)[0]
    assert f"/plan/new/?idea={idea}" in page and "I would like that" not in page
    drawn = stranger.inside.reader.latest(Drawn, 1)[0]
    assert stranger.post(URL + "answer/", round=str(drawn.root), nth="0", answer="like").status_code == 303
    assert stranger.inside.reader.own(Answers, "ideas-answers") is None


def test_what_is_over_is_paged_and_nothing_is_lost(two):
    anna, ben = two
    ideas = library().ideas[: cards.A_PAGE + 3]
    for idea in ideas:
        anna.inside.writer.put(Match(idea.id), exchange=idea_exchange(idea.id), step=MATCH)
    shown = [one.words for one in ideas if one.words in ben.page(URL).replace("&#39;", "'")]
    following = re.search(r'href="/ideas/\?from=([^"]+)"', ben.page(URL))[1]
    earlier = ben.page(f"/ideas/?from={following}")
    assert len(shown) == cards.A_PAGE and all(one.words in earlier for one in ideas[:3])


def test_after_a_day_line_the_chain_of_rounds_still_has_one_end(two):
    """Anna's day is tomorrow already: what Ben draws after many rounds of hers is the newest for both."""
    anna, ben = two
    Partner.objects.filter(pk=anna.me.pk).update(zone="Pacific/Auckland")
    Partner.objects.filter(pk=ben.me.pk).update(zone="America/Los_Angeles")
    with frozen(MONDAY):
        for _ in range(actions.FEW_ROUNDS + 2):
            draw(anna)
        before = three(anna)
        draw(ben)
        assert three(ben) == three(anna) != before
        draw(ben)
        assert three(ben) == three(anna)
        assert len(anna.inside.reader.latest(Drawn, 99)) == actions.FEW_ROUNDS + 4


def test_ten_years_of_matches_cost_a_page_no_more_than_one(two):
    anna, ben = two
    ideas = library().ideas[:90]

    def opened(upto: int) -> int:
        for one in ideas[len(anna.inside.reader.latest(Match, 999)) : upto]:
            put = ben.inside.writer.put(Match(one.id), exchange=idea_exchange(one.id), step=MATCH)
            actions.end(anna.inside, actions.one_match(anna.inside, put.id), "done")
        inside = anna.inside
        cards.context(inside, "")
        return inside.reader.opened

    assert opened(30) == opened(90) < 100


BOOLS = some.lists(some.booleans(), min_size=3, max_size=3)
TURNS = some.lists(some.tuples(some.booleans(), some.integers(0, 2), some.booleans()), max_size=10)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=12, deadline=None)
@for_all(BOOLS, TURNS)
def test_what_one_sees_before_a_match_does_not_depend_on_the_others_unmatched_answers(hers, turns):
    """Ben answers as he likes, in any order and more than once, but for a like of what Anna likes: to her it is as if he
    had never been there."""
    with frozen(MONDAY):
        sights = []
        for he_answers in (True, False):
            anna, ben = the_two()
            assert actions.draw(anna.inside, Frame(180, 1, 2, daytime="evening"), None, uuid4())
            for is_ben, nth, liked in turns:
                if not is_ben:
                    _answer(anna, nth, hers[nth])
                elif he_answers:
                    _answer(ben, nth, liked and not hers[nth])
            sights.append(_sight(anna))
        assert sights[0] == sights[1]


def _answer(who, nth, liked):
    inside = who.inside
    shown = actions.rounds(inside)[0]
    actions.answer(inside, shown, nth, liked)


def _sight(who):
    """What a page is made of, with the ids and the key of this couple left out."""
    inside = who.inside
    c = cards.context(inside, "")
    order = {name: nth for nth, name in enumerate(actions.rounds(inside)[0].value.ideas)}
    ideas = [(order[one["id"]], one["mine"], bool(one["match"])) for one in c["three"]["ideas"]]
    return ideas, c["passed"], c["answered"], c["waiting"], c["closed"], inside.me.pulse, signs(who)


@settings(max_examples=8, deadline=None)
@for_all(BOOLS, BOOLS)
@pytest.mark.django_db(transaction=True)
def test_matches_are_what_both_like_whatever_the_order(mine, theirs):
    with frozen(MONDAY):
        anna, ben = the_two()
        assert actions.draw(anna.inside, Frame(180, 1, 2, daytime="evening"), None, uuid4())
        turns = [(anna, nth, liked) for nth, liked in enumerate(mine)] + [(ben, n, one) for n, one in enumerate(theirs)]
        for who, nth, liked in sorted(turns, key=lambda one: (one[1], one[2])):
            _answer(who, nth, liked)
        ideas = actions.rounds(anna.inside)[0].value.ideas
        both = {ideas[n] for n in range(3) if mine[n] and theirs[n]}
        for who in (anna, ben):
            assert {one.value.idea for one in who.inside.reader.latest(Match, 9)} == both
