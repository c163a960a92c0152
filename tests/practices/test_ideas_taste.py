"""What somebody may like: the closed form against the textbook's, and what must hold whatever they answer."""

import random
from math import isclose

import msgspec
from hypothesis import given as for_all
from hypothesis import strategies as st

from benchmarks.ideas.lives import World
from benchmarks.ideas.measures import area, expected, foresight, loss, mean
from benchmarks.ideas.world import EASY, OPPOSITE, UNRELATED, deck
from usward.content.schema import IDEA_TOPICS as TOPICS
from usward.practices.ideas.taste import IDEA, MEAN, NOISE, PRIOR, Rated, learned
from usward.practices.ideas.traits import ANY, ANYWHERE, PLACES, SIZE, Frame, fits, vector

DECK = deck(7, 60)
ideas = st.sampled_from(DECK)
answers = st.lists(st.builds(Rated, ideas, st.booleans()), max_size=40, unique_by=lambda one: one.idea.id)


def _by_kernel(said: list[Rated], asked) -> tuple[float, float]:
    """The same posterior, by conditioning all answers jointly (a Gaussian process), one answer after the other."""
    points = [(dict(vector(one.idea)), one.idea.id, 1.0 if one.liked else -1.0) for one in said]
    points.append((dict(vector(asked)), asked.id, 0.0))
    size = len(points)
    means = [sum(value * MEAN[at] for at, value in x.items()) for x, *_ in points]
    cov = [[_kernel(one, other) for other in points] for one in points]
    for n, (*_, answer) in enumerate(points[:-1]):
        column, whole, off = [cov[row][n] for row in range(size)], cov[n][n] + NOISE, answer - means[n]
        means = [means[row] + column[row] * off / whole for row in range(size)]
        cov = [[cov[row][at] - column[row] * column[at] / whole for at in range(size)] for row in range(size)]
    return means[-1], cov[-1][-1]


def _kernel(one, other) -> float:
    shared = sum(value * other[0].get(at, 0) * PRIOR[at] for at, value in one[0].items())
    return shared + (IDEA if one[1] == other[1] else 0)


@for_all(answers, ideas)
def test_it_is_the_posterior_of_the_model_it_says_it_is(said, asked):
    found, (middle, variance) = expected(learned(said), asked), _by_kernel(said, asked)
    assert isclose(found.mean, middle, abs_tol=1e-9) and isclose(found.variance, variance, abs_tol=1e-9)


@for_all(answers, st.randoms(use_true_random=False), ideas)
def test_the_order_of_answers_changes_nothing(said, chance, asked):
    shuffled = said[:]
    chance.shuffle(shuffled)
    assert expected(learned(said), asked) == expected(learned(shuffled), asked)


@for_all(answers, st.builds(Rated, ideas, st.booleans()), ideas)
def test_no_answer_makes_us_less_sure(said, one_more, asked):
    said = [one for one in said if one.idea != one_more.idea]
    assert expected(learned([*said, one_more]), asked).variance <= expected(learned(said), asked).variance + 1e-12


@for_all(answers, ideas)
def test_a_like_raises_what_is_expected_of_the_idea_and_a_pass_lowers_it(said, idea):
    said = [one for one in said if one.idea != idea]
    before = learned(said).likes(idea)
    liked, passed = (learned([*said, Rated(idea, how)]).likes(idea) for how in (True, False))
    assert passed < liked
    assert before < liked or before >= 1, "what is expected lies beyond a like only where all else does"
    assert passed < before or before <= -1


@for_all(answers, ideas, st.lists(st.floats(-3, 3), min_size=SIZE, max_size=SIZE))
def test_without_curiosity_nothing_is_imagined(said, idea, whim):
    known = learned(said)
    assert isclose(known.imagined(whim, 0).likes(idea), known.likes(idea), abs_tol=1e-12)
    assert known.likes(idea) == expected(known, idea).mean


def test_what_is_imagined_spreads_as_much_as_we_are_unsure():
    chance = random.Random(3)
    known = learned(Rated(idea, chance.random() < 0.5) for idea in DECK[:20])
    for idea in (DECK[30], DECK[41]):
        drawn = [known.imagined([chance.gauss(0, 1) for _ in range(SIZE)], 1).likes(idea) for _ in range(4000)]
        centre = sum(drawn) / len(drawn)
        spread = sum((one - centre) ** 2 for one in drawn) / len(drawn)
        assert abs(centre - known.likes(idea)) < 0.03
        assert isclose(spread, expected(known, idea).variance - IDEA, rel_tol=0.1), (
            "the part of a single idea is left out"
        )


def test_without_answers_nothing_is_presumed_but_that_the_middle_suits_more_people():
    nothing = learned([])
    assert all(0.3 < expected(nothing, idea).chance() < 0.7 for idea in DECK)
    middle = msgspec.structs.replace(DECK[0], minutes=90, energy=1)
    assert isclose(nothing.likes(middle), 0.3)
    for others in (
        {"topic": "dance"},
        {"place": "away"},
        {"money": 3},
        {"newness": 2},
        {"hobby": not middle.hobby},
    ):
        assert nothing.likes(msgspec.structs.replace(middle, **others)) == nothing.likes(middle)
    assert nothing.likes(msgspec.structs.replace(middle, minutes=720)) < nothing.likes(middle)
    assert nothing.likes(msgspec.structs.replace(middle, energy=3)) < nothing.likes(middle)


def test_what_is_passed_takes_its_like_along_and_the_more_the_liker_it_is():
    passed = [idea for idea in DECK if idea.topic == "food"][:2]
    known, before = learned(Rated(idea, False) for idea in passed), learned([])
    near = msgspec.structs.replace(passed[0], id="near")
    far = next(idea for idea in DECK if idea.topic != "food" and idea.place not in {one.place for one in passed})
    lost = [before.likes(idea) - known.likes(idea) for idea in (passed[0], near, far)]
    assert lost[0] > lost[1] > lost[2] > 0, "the idea itself, one just like it, one that is quite another"


def test_useful_after_ten_answers():
    asked = [(World(seed), kind, n) for seed in (0, 1) for kind in (OPPOSITE, EASY, UNRELATED) for n in range(12)]
    rows, prior = ([foresight(*one, 0, count) for one in asked] for count in (10, 0))
    assert mean([before.loss - now.loss for before, now in zip(prior, rows, strict=True)]).low > 0
    assert mean([now.share_loss - now.loss for now in rows]).low > 0, "more than how often they like anything"
    assert mean([now.area - before.area for before, now in zip(prior, rows, strict=True)]).low > 0


def test_the_measures_themselves():
    assert area([(1, False), (2, True), (3, True)]) == 1 and area([(1, True), (2, False)]) == 0
    assert area([(1, True), (1, False), (2, True)]) == 0.75 and area([(1, True)]) == 0.5
    assert isclose(loss([(0.5, True), (0.5, False)]), 0.6931471805599453)


@for_all(
    ideas,
    st.builds(
        Frame,
        st.sampled_from((0, 30, 120)),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(("", *PLACES)),
        st.sampled_from(("", "spring", "winter")),
        st.sampled_from(("", "day", "evening")),
        st.booleans(),
    ),
)
def test_no_limit_of_a_moment_is_broken(idea, frame):
    if fits(idea, frame):
        assert idea.money <= frame.money and idea.energy <= frame.energy
        assert not frame.minutes or idea.minutes <= frame.minutes
        assert not frame.place or idea.place in (frame.place, ANYWHERE)
        assert not frame.season or not idea.seasons or frame.season in idea.seasons
        assert not frame.daytime or idea.daytime in (frame.daytime, ANY)
        assert idea.apart or not frame.apart
        assert frame.apart or idea.topic != "far-apart"


def test_each_topic_and_place_has_a_weight_of_its_own_and_all_values_lie_within_one():
    plain = msgspec.structs.replace(DECK[0], place=ANYWHERE)
    topics = {vector(msgspec.structs.replace(plain, topic=topic))[-1][0] for topic in TOPICS}
    places = {vector(msgspec.structs.replace(plain, place=place))[-1][0] for place in PLACES}
    assert len(topics) == len(TOPICS) and len(places) == len(PLACES) and not topics & places
    for idea in DECK:
        x = vector(idea)
        assert [at for at, _ in x] == sorted({at for at, _ in x}) and x[-1][0] < SIZE
        assert all(-1 <= value <= 1 for _, value in x)
