"""Which three: what holds for every couple, whatever they have answered, been shown and done."""

from datetime import date, timedelta

from hypothesis import assume
from hypothesis import given as for_all
from hypothesis import strategies as st

from benchmarks.ideas.world import deck
from usward.content.schema import Idea
from usward.practices.ideas.choose import (
    A_WEEK,
    OPEN_DAYS,
    REST_DAYS,
    REST_ROUNDS,
    THREE,
    Answer,
    Closed,
    Round,
    matches,
    new_to_them,
    newest,
    ranked,
    resting,
    slate,
    takes_answers,
    tastes,
    three,
    week_of,
)
from usward.practices.ideas.taste import Rated, learned
from usward.practices.ideas.traits import Frame, fits

KEY = b"k" * 32
DECK = deck(5, 45)
BY_ID = {idea.id: idea for idea in DECK}
NAMES = tuple(BY_ID)
TODAY = date(2026, 6, 4)  # a Thursday
days = st.integers(0, 200).map(lambda n: TODAY - timedelta(days=n))
names = st.sampled_from(NAMES)
said = st.lists(st.builds(Answer, names, st.booleans(), days), max_size=25)
rounds = st.lists(st.builds(Round, days, st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)), max_size=14)
closed = st.lists(st.builds(Closed, names, days, st.booleans()), max_size=4)
frames = st.builds(
    Frame, st.sampled_from((0, 60, 300)), st.integers(1, 3), st.integers(1, 3), st.sampled_from(("", "home", "outside"))
)
keys = st.binary(min_size=32, max_size=32)
everything = (frames, said, said, rounds, closed, keys)


def drawn(frame, one, other, shown, ends, key, day=TODAY) -> tuple[Idea, ...]:
    return three(frame, day, one, other, shown, ends, DECK, key)


@for_all(*everything)
def test_swapping_the_two_changes_nothing(frame, one, other, shown, ends, key):
    assert drawn(frame, one, other, shown, ends, key) == drawn(frame, other, one, shown, ends, key)
    assert matches(one, other, ends) == matches(other, one, ends)


@for_all(*everything, st.randoms(use_true_random=False))
def test_nor_does_the_order_in_which_anything_is_told(frame, one, other, shown, ends, key, chance):
    days_apart = {(answer.idea, answer.day) for answer in one}
    assume(len(days_apart) == len(one))  # of two answers to one idea on one day the later told counts
    mixed = [chance.sample(some, len(some)) for some in (one, shown, ends)]
    assert drawn(frame, one, other, shown, ends, key) == drawn(frame, mixed[0], other, mixed[1], mixed[2], key)


@for_all(*everything)
def test_the_limits_the_rests_and_the_matches(frame, one, other, shown, ends, key):
    found = drawn(frame, one, other, shown, ends, key)
    away = resting(TODAY, shown, ends) | matches(one, other, ends)
    may = [idea for idea in DECK if fits(idea, frame) and idea.id not in away]
    assert all(idea in may for idea in found) and len(set(found)) == len(found)
    assert len(found) == min(THREE, len(may)), "always three when three fit"
    assert len({idea.topic for idea in found}) == min(len(found), len({idea.topic for idea in may})), "not alike"
    tried = {BY_ID[end.idea].topic for end in ends if end.done}
    if any(new_to_them(idea, tried) for idea in may):
        assert any(new_to_them(idea, tried) for idea in found), "one that is new to them, when there is one"


@for_all(rounds, closed, st.integers(0, 90))
def test_what_was_shown_rests_for_days_and_rounds_whatever_was_said_to_it(shown, ends, later):
    day = TODAY + timedelta(days=later)
    away = resting(day, shown, ends)
    newest = sorted(shown, key=lambda one: one.day)[-REST_ROUNDS:]
    for one in shown:
        lately = one.day > day - timedelta(days=REST_DAYS)
        if lately or (len(shown) <= REST_ROUNDS):
            assert set(one.ideas) <= away
    for idea in away:
        assert any(idea in one.ideas for one in newest + shown) or any(end.idea == idea for end in ends)
    if later >= 60 and len(shown) > REST_ROUNDS and len({one.day for one in shown}) == len(shown):
        oldest = min(shown, key=lambda one: one.day)
        back = set(oldest.ideas) - {idea for one in shown if one is not oldest for idea in one.ideas}
        assert back.isdisjoint(away - {end.idea for end in ends}), "and then it may come again"


@for_all(frames, st.lists(st.booleans(), min_size=60, max_size=60), keys, st.integers(1, 9))
def test_a_pass_never_comes_back_within_its_rest(frame, likes, key, every):
    """Lived: round after round, each answers all three."""
    one, other, shown = [], [], []
    came: dict[str, list[tuple[int, date]]] = {}
    for number in range(16):
        day = TODAY + timedelta(days=every * number)
        found = drawn(frame, one, other, shown, [], key, day)
        for idea in found:
            for before, then in came.get(idea.id, []):
                assert number - before > REST_ROUNDS and (day - then).days >= REST_DAYS
            came.setdefault(idea.id, []).append((number, day))
            one.append(Answer(idea.id, likes[(3 * number) % 60], day))
            other.append(Answer(idea.id, likes[(7 * number + 1) % 60], day))
        shown.append(Round(day, tuple(idea.id for idea in found)))


@for_all(*everything, said)
def test_what_is_said_in_a_week_changes_no_draw_of_it(frame, one, other, shown, ends, key, more):
    week = week_of(TODAY)
    now = [Answer(answer.idea, answer.liked, week + timedelta(days=n % 4)) for n, answer in enumerate(more)]
    assume(matches([*one, *now], other, ends) == matches(one, other, ends))
    assert drawn(frame, one, other, shown, ends, key) == drawn(frame, [*one, *now], other, shown, ends, key)
    first, second = tastes(week, one, other, BY_ID, key)
    assert (first, second) == tastes(week, [*one, *now], other, BY_ID, key)


@for_all(said, keys, names)
def test_and_changes_the_next(one, key, name):
    said_last = newest(one).get(name)
    now = [*one, Answer(name, not (said_last and said_last.liked), TODAY)]
    before, after = (tastes(week_of(TODAY) + A_WEEK, some, [], BY_ID, key)[0] for some in (one, now))
    assert before != after


rated = st.builds(Rated, st.sampled_from(DECK), st.booleans())
ratings = st.lists(rated, max_size=30, unique_by=lambda one: one.idea.id)


@for_all(ratings, ratings)
def test_what_both_expect_to_like_more_never_stands_below(first, second):
    one, other = learned(first), learned(second)
    order = ranked(DECK, one, other)
    assert sorted(idea.id for idea in order) == sorted(NAMES)
    for n, above in enumerate(order):
        for below in order[n + 1 :]:
            assert not (one.likes(below) > one.likes(above) and other.likes(below) > other.likes(above))
    least = [min(one.likes(idea), other.likes(idea)) for idea in order]
    assert least == sorted(least, reverse=True), "by whoever likes it less"


@for_all(said, said, closed)
def test_a_match_is_what_both_liked_last_and_have_not_closed_since(one, other, ends):
    for some in (one, other):  # of two answers on one day the later told counts: another test
        assume(len({(answer.idea, answer.day) for answer in some}) == len(some))
    found = matches(one, other, ends)
    for name in NAMES:
        end = max((end.day for end in ends if end.idea == name), default=date.min)
        last = [max((a for a in some if a.idea == name), key=lambda a: a.day, default=None) for some in (one, other)]
        assert (name in found) == all(a is not None and a.liked and a.day > end for a in last)


def test_a_change_of_mind_on_the_same_day_counts():
    liked, passed = (Answer(NAMES[0], how, TODAY) for how in (True, False))
    assert matches([passed, liked], [liked], []) == {NAMES[0]} and matches([liked, passed], [liked], []) == set()


def test_a_match_waits_until_it_is_done_or_dropped_and_then_rests():
    old = TODAY - timedelta(days=150)
    both = [Answer(NAMES[0], True, old)]
    narrow = [BY_ID[NAMES[0]], *DECK[1:3]]
    shown = [Round(old + timedelta(days=n), (NAMES[40],)) for n in range(REST_ROUNDS + 1)]
    shown.append(Round(old - A_WEEK, (NAMES[0],)))

    def names_of(ends, day):
        return {idea.id for idea in three(Frame(), day, both, both, shown, ends, narrow, KEY)}

    assert NAMES[0] not in names_of([], TODAY), "it is a match, and both see it"
    over = [Closed(NAMES[0], TODAY, False)]
    assert matches(both, both, over) == set()
    assert NAMES[0] not in names_of(over, TODAY + timedelta(days=REST_DAYS - 1))
    assert NAMES[0] in names_of(over, TODAY + timedelta(days=REST_DAYS))


def _plain(name: str, topic: str, newness: int = 0) -> Idea:
    return Idea(name, topic, 60, 0, 1, "home", newness, "", "", "")


def test_three_topics_and_a_new_one_that_costs_as_little_as_can_be():
    order = [
        _plain("a1", "food"),
        _plain("a2", "food", 2),
        _plain("b", "play"),
        _plain("c", "town"),
        _plain("d", "rest", 2),
    ]
    assert [idea.id for idea in slate(order, ())] == ["a1", "b", "d"]
    assert [idea.id for idea in slate(order[:4], ())] == ["b", "c", "a2"], "three topics, though the best has to go"
    assert [idea.id for idea in slate([*order[:1], _plain("a3", "food"), _plain("a4", "food"), order[1]], ())] == [
        "a1",
        "a3",
        "a2",
    ]
    assert [idea.id for idea in slate([_plain("a", "food", 1), *order[2:]], {"food"})] == ["a", "b", "d"]
    assert [idea.id for idea in slate([_plain("a", "food", 1), *order[2:]], ())] == ["a", "b", "c"], (
        "new, since untried"
    )
    assert slate([], ()) == () and len(slate(order[:2], ())) == 2


def test_a_gone_idea_and_an_unknown_answer_break_nothing():
    gone = [Answer("gone", True, TODAY - A_WEEK)]
    assert (
        len(three(Frame(), TODAY, gone, [], [Round(TODAY, ("gone",))], [Closed("gone", TODAY, True)], DECK, KEY)) == 3
    )


def test_the_whim_of_a_week_is_the_same_whatever_the_frame_and_another_with_another_key():
    week = week_of(TODAY)
    assert tastes(week, [], [], BY_ID, KEY) == tastes(week, [], [], BY_ID, KEY)
    firsts = {drawn(Frame(), [], [], [], [], bytes([n]) * 32)[0].id for n in range(40)}
    assert len(firsts) > 5, "two couples without answers are not shown the same"


def test_a_round_is_open_for_two_weeks_and_closed_long_before_its_ideas_can_come_again():
    shown = Round(TODAY, NAMES[:3])
    assert takes_answers(shown, TODAY) and takes_answers(shown, TODAY + timedelta(days=OPEN_DAYS - 1))
    assert not takes_answers(shown, TODAY + timedelta(days=OPEN_DAYS)) and not takes_answers(
        shown, TODAY - timedelta(1)
    )
    assert OPEN_DAYS + A_WEEK.days < REST_DAYS
