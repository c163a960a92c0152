"""Two yeses meet, and nothing else does; what is laid out and said tells the same whatever is wanted."""

import hashlib
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.wishes import reference
from usward.vault import meeting
from usward.vault.meeting import NOBODY, TAG_BYTES, G, Unfit, points, silence, tags

SEEDS = st.binary(min_size=32, max_size=32)
ASKED = st.lists(
    st.tuples(st.binary(min_size=1, max_size=40), st.booleans(), st.booleans()), max_size=8, unique_by=lambda x: x[0]
)
ONE, OTHER = bytes([1]) * 32, bytes([2]) * 32


def meet(asked, one=ONE, other=OTHER):
    """(what passes for one, what passes for the other), a question each."""
    questions = [q for q, *_ in asked]
    mine, theirs = [a for _, a, _ in asked], [b for *_, b in asked]
    a, b = points(one, questions, mine), points(other, questions, theirs)
    return tags(one, questions, mine, a, b), tags(other, questions, theirs, b, a)


@given(SEEDS, SEEDS, ASKED)
def test_both_learn_whether_both_want_it(one, other, asked):
    assume(one != other)
    ours, theirs = meet(asked, one, other)
    both = [a and b for _, a, b in asked]
    assert [mine.hear == their.say for mine, their in zip(ours, theirs, strict=True)] == both
    assert [their.hear == mine.say for mine, their in zip(ours, theirs, strict=True)] == both
    for mine in (*ours, *theirs):  # nobody's own tag is an answer to it
        assert mine.say != mine.hear
        assert len(mine.say) == len(mine.hear) == TAG_BYTES


@pytest.mark.parametrize("vector", json.loads(reference.VECTORS.read_text()), ids=lambda v: v["question"])
def test_vectors(vector):
    question, sides = vector["question"].encode(), vector["sides"]
    for mine, theirs in (sides, sides[::-1]):
        seed, point, other = (bytes.fromhex(x) for x in (mine["seed"], mine["point"], theirs["point"]))
        assert points(seed, [question], [mine["wants"]]) == [point]
        passed = tags(seed, [question], [mine["wants"]], [point], [other])[0]
        assert (passed.say.hex(), passed.hear.hex()) == (mine["say"], mine["hear"])
        assert silence(seed, question, other).hex() == mine["silence"]


def test_the_vectors_are_what_plain_numbers_give():
    assert json.loads(reference.VECTORS.read_text()) == json.loads(json.dumps(reference.vectors()))


def test_nobody_is_a_point_of_the_group_that_comes_from_a_sentence():
    point = reference.read(NOBODY)
    assert point == reference.NOBODY
    assert reference.times(reference.ORDER, point) == reference.NEUTRAL != point
    assert reference.write(reference.G) == G
    said = hashlib.sha256(b"usward: nobody knows how many times G this is").digest()
    assert meeting.crypto_core_ed25519_from_uniform(said) == NOBODY


TORSION = [reference.times(n, reference.of_order_eight()) for n in range(8)]
GOOD = reference.times(7, reference.G)
OUTSIDE = [reference.write(reference.add(GOOD, twist)) for twist in TORSION[1:]]  # of the curve, not of the group
NOT_CANONICAL = [(y + reference.P).to_bytes(32, "little") for y in range(19)]
BAD = {
    **{f"small order {n}": reference.write(point) for n, point in enumerate(TORSION)},
    **{f"another subgroup {n}": raw for n, raw in enumerate(OUTSIDE)},
    **{f"not canonical {n}": raw for n, raw in enumerate(NOT_CANONICAL)},
    "the neutral element, odd": (1 | 1 << 255).to_bytes(32, "little"),
    "not on the curve": (2).to_bytes(32, "little"),
    "zeros": bytes(32),
    "ones": b"\xff" * 32,
    "too short": reference.write(GOOD)[:31],
    "too long": reference.write(GOOD) + b"\0",
    "nothing": b"",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=list(BAD))
@pytest.mark.parametrize("want", [True, False])
def test_whatever_is_no_point_of_the_group_is_refused(bad, want):
    asked = [b"a", b"b"]
    mine = points(ONE, asked, [want, want])
    with pytest.raises(Unfit):
        tags(ONE, asked, [want, want], mine, [reference.write(GOOD), bad])
    assert tags(ONE, asked, [want, want], mine, [reference.write(GOOD)] * 2)


@given(SEEDS, st.binary(min_size=32, max_size=32), st.booleans())
def test_random_bytes_are_refused_or_are_a_point(seed, raw, want):
    try:
        fits = reference.times(reference.ORDER, reference.read(raw)) == reference.NEUTRAL != reference.read(raw)
    except ValueError:
        fits = False
    mine = points(seed, [b"q"], [want])
    if fits:
        assert tags(seed, [b"q"], [want], mine, [raw])
    else:
        with pytest.raises(Unfit):
            tags(seed, [b"q"], [want], mine, [raw])


@given(SEEDS, ASKED)
def test_each_question_has_a_point_of_its_own_and_nothing_comes_twice(seed, asked):
    other = hashlib.sha256(seed).digest()
    ours, theirs = meet(asked, seed, other)
    questions = [q for q, *_ in asked]
    laid = points(seed, questions, [a for _, a, _ in asked]) + points(other, questions, [b for *_, b in asked])
    assert len(set(laid)) == len(laid)
    passed = [tag for each in (*ours, *theirs) for tag in (each.say, each.hear)]
    meets = sum(2 for _, a, b in asked if a and b)  # what one says is what the other hears
    assert len(set(passed)) == len(passed) - meets
    quiet = [silence(seed, q, point) for q, point in zip(questions, laid, strict=False)]
    assert len({*quiet, *passed}) == len(quiet) + len(set(passed))


def test_the_wrong_place_the_wrong_order_and_an_echo_do_not_meet():
    asked = [(b"a", True, True), (b"b", True, True)]
    ours, theirs = meet(asked)
    for mine, their in ((ours[0], theirs[1]), (ours[1], theirs[0])):
        assert mine.hear != their.say and their.hear != mine.say
    for side in (ours, theirs):
        assert {tag.hear for tag in side}.isdisjoint({tag.say for tag in side})


def test_my_own_points_handed_back_to_me():
    """In their places they are refused: my tag would be its own answer. In other places nobody can answer for them."""
    asked, wants = [b"a", b"b"], [True, True]
    mine = points(ONE, asked, wants)
    for copied in (mine, [mine[0], reference.write(GOOD)]):
        with pytest.raises(Unfit):
            tags(ONE, asked, wants, mine, copied)
    crossed = tags(ONE, asked, wants, mine, mine[::-1])
    assert len({tag for each in crossed for tag in (each.say, each.hear)}) == 4


def test_other_points_of_theirs_change_all_that_is_said():
    asked = [b"%d" % n for n in range(6)]
    wants = [True, False] * 3
    mine = points(ONE, asked, wants)
    said = [tags(ONE, asked, wants, mine, points(bytes([n]) * 32, asked, wants)) for n in (3, 4)]
    assert all(a.say != b.say and a.hear != b.hear for a, b in zip(*said, strict=True))


@pytest.fixture
def known(monkeypatch):
    """A world in which somebody does know how many times G the point of nobody is."""
    times_g = 123456789
    monkeypatch.setattr(meeting, "NOBODY", reference.write(reference.times(times_g, reference.G)))
    return times_g


@given(SEEDS, st.binary(min_size=1, max_size=20))
def test_a_point_tells_nothing_whatever_one_can_compute(known, seed, question):
    """For every point of a no there is exactly one number that makes it the point of a yes, and the other way round.

    So, since numbers are uniform, points are equally likely either way: it is shown here by finding that number, which
    takes knowing how many times G the point of nobody is.
    """
    number = reference.scalar(seed, question)
    no, yes = points(seed, [question], [False])[0], points(seed, [question], [True])[0]
    as_yes, as_no = number * known % reference.ORDER, number * pow(known, -1, reference.ORDER) % reference.ORDER
    assert meeting._times(as_yes.to_bytes(32, "little"), G) == no
    assert meeting._times(as_no.to_bytes(32, "little"), meeting.NOBODY) == yes


def test_who_knew_that_number_could_answer_for_a_no_and_nobody_does(known):
    """The control of the test below: what it tries to find can be found, where the point of nobody is somebody's."""
    theirs = points(OTHER, [b"q"], [True])
    mine = points(ONE, [b"q"], [False])
    told = tags(OTHER, [b"q"], [True], theirs, mine)[0]
    secret = reference.write(reference.times(known * reference.scalar(ONE, b"q"), reference.read(theirs[0])))
    assert meeting._tag(secret, theirs[0], mine[0], b"q") == told.say


@given(SEEDS, SEEDS, st.booleans())
def test_a_no_cannot_tell_the_others_answer_with_all_that_its_owner_knows(one, other, theirs_want):
    """With the seed of a no, everything that comes to mind is tried against what the other says."""
    assume(one != other)
    q = b"q"
    mine, theirs = points(one, [q], [False]), points(other, [q], [theirs_want])
    said = tags(other, [q], [theirs_want], theirs, mine)[0]
    number = meeting._scalar(one, q)
    bases = [theirs[0], mine[0], G, NOBODY, *points(one, [q], [True])]
    secrets = [meeting._times(number, base) for base in bases] + bases + [bytes(32), one]
    tried = {
        meeting._tag(secret, sayer, hearer, q)
        for secret in secrets
        for sayer in (theirs[0], mine[0])
        for hearer in (theirs[0], mine[0])
    }
    assert said.say not in tried and said.hear not in tried


@given(SEEDS, SEEDS)
def test_when_neither_wants_it_neither_can_tell(one, other):
    """s · theirs is then a secret of both, of a kind: it must never be made into a tag."""
    assume(one != other)
    q = b"q"
    mine, theirs = points(one, [q], [False]), points(other, [q], [False])
    shared = meeting._times(meeting._scalar(one, q), theirs[0])
    assert shared == meeting._times(meeting._scalar(other, q), mine[0])
    mine_said, they_said = tags(one, [q], [False], mine, theirs)[0], tags(other, [q], [False], theirs, mine)[0]
    both = {meeting._tag(shared, *order, q) for order in ((mine[0], theirs[0]), (theirs[0], mine[0]))}
    assert both.isdisjoint({mine_said.say, mine_said.hear, they_said.say, they_said.hear})


def test_bits_of_points_lean_to_neither_side():
    """A coarse look at what a map with a bias would show: every bit of 2,000 points of either kind is near a half."""
    asked = [b"%d" % n for n in range(2000)]
    for want in (True, False):
        laid = [int.from_bytes(point, "little") for point in points(ONE, asked, [want] * len(asked))]
        counts = [sum(number >> bit & 1 for number in laid) for bit in range(256)]
        assert all(1000 - 130 < count < 1000 + 130 for count in counts)  # 5.8 standard deviations
