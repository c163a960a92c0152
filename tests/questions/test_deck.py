"""The deck: what may be dealt, how often, and that both get the same."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import frozen, given, the_two
from usward.content.loader import library
from usward.content.schema import NOT_FOR, TOPICS, Question
from usward.kit import clock
from usward.practices.questions import deck
from usward.practices.questions.actions import draw, set_limits
from usward.practices.questions.deck import BANDS, DEEP, DEEP_PAUSE, PATTERN, Frame, deal
from usward.practices.questions.entries import ANSWER, Answer, Limits, Place
from usward.practices.questions.exchange import frame

START = date(2026, 1, 1)
KEY = bytes(range(32))
SETS = st.frozensets(st.sampled_from(sorted(NOT_FOR)), max_size=3)
frames = st.builds(Frame, st.integers(1, 5), st.frozensets(st.sampled_from(TOPICS), max_size=4), SETS, st.booleans())


@st.composite
def decks(draw_: st.DrawFn) -> tuple[Question, ...]:
    count = draw_(st.integers(0, 14))
    return tuple(
        Question(
            f"q{n}", draw_(st.sampled_from(TOPICS)), draw_(st.integers(1, 5)), f"Question {n}?", tuple(draw_(SETS))
        )
        for n in range(count)
    )


def days(questions, frame_, many, place=None, seen=(), start=START):
    """Deal day after day."""
    place, dealt = place or Place(), []
    for n in range(many):
        found = deal(questions, KEY, start + timedelta(n), place, frame_, seen)
        dealt.append(found)
        if found:
            place = found[2]
    return dealt


@for_all(decks(), frames, st.integers(0, 40))
def test_what_is_dealt(questions, frame_, many):
    dealt = days(questions, frame_, many)
    assert dealt == days(tuple(reversed(questions)), frame_, many)  # whoever comes first, however the library is sorted
    met = [(one[0].id, one[1]) for one in dealt if one]
    assert len(met) == len(set(met)), "a card came twice within a round"
    deep = [START + timedelta(n) for n, one in enumerate(dealt) if one and BANDS[one[0].depth] == DEEP]
    assert all(later - earlier >= DEEP_PAUSE for earlier, later in pairwise(deep))
    for one in dealt:
        if one:
            question = one[0]
            assert question.depth <= frame_.ceiling
            assert question.topic not in frame_.closed
            assert frame_.apart or question.topic != "distance"
            assert not set(question.not_for) & (frame_.unsuited | {"apart" if frame_.apart else "living-together"})
    allowed = [q for q in questions if frame_.allows(q)]
    for n, one in enumerate(dealt):
        if one is None:  # nothing, where nothing is allowed, or deep ones alone and they rest
            assert all(BANDS[q.depth] == DEEP for q in allowed)
            assert not allowed or any(0 <= (START + timedelta(n) - day).days < 7 for day in deep)


@for_all(decks(), frames)
def test_a_whole_round_comes_before_the_next(questions, frame_):
    for band in (deck.LIGHT, deck.MIDDLE, deck.DEEP):
        cards = {q.id for q in questions if BANDS[q.depth] == band}
        come = list(deck.upcoming(questions, KEY, band, 0))
        assert [r for _, r, _ in come] == [1] * len(cards) + [2] * len(cards)
        assert {q.id for q, r, _ in come if r == 1} == {q.id for q, r, _ in come if r == 2} == cards
        for index, (_, round_number, number) in enumerate(come[: len(cards)]):
            rest = [q.id for q, r, _ in deck.upcoming(questions, KEY, band, number) if r == round_number]
            assert rest == [q.id for q, r, _ in come[index + 1 :] if r == round_number]


@for_all(decks(), st.integers(0, 12), st.integers(0, 12), st.data())
def test_a_library_that_changes_repeats_nothing(questions, before, after, data):
    """An update adds cards and takes some away: none that came comes again before its round is over."""
    first = days(questions, Frame(apart=True), before)
    place = next((one[2] for one in reversed(first) if one), Place())
    more = tuple(
        Question(f"new{n}", "us", depth, "New?")
        for n, depth in enumerate(data.draw(st.lists(st.integers(1, 5), max_size=5)))
    )
    fewer = tuple(q for q in questions if data.draw(st.booleans()))
    second = days(fewer + more, Frame(apart=True), after, place, start=START + timedelta(before))
    met = [(one[0].id, one[1]) for one in first + second if one]
    assert len(met) == len(set(met))


@for_all(decks(), frames, frames, st.integers(1, 10), st.integers(1, 10))
def test_limits_change_what_comes_and_not_what_came(questions, before, after, one, two):
    first = days(questions, before, one)
    place = next((d[2] for d in reversed(first) if d), Place())
    assert first == days(questions, before, one)
    for found in days(questions, after, two, place, start=START + timedelta(one)):
        assert found is None or after.allows(found[0])


@for_all(decks(), st.data())
def test_what_was_met_is_passed_over_in_this_round(questions, data):
    seen = {q.id for q in questions if data.draw(st.booleans())}
    for found in days(questions, Frame(apart=True), 20, seen=seen):
        assert found is None or found[1] > 1 or found[0].id not in seen


def test_the_pattern():
    questions = library().questions
    dealt = days(questions, Frame(), 200)
    bands = [BANDS[one[0].depth] for one in dealt]
    rested = [band if n % 8 < 4 or band != DEEP else deck.MIDDLE for n, band in enumerate(PATTERN * 50)]
    assert bands == rested  # every other deep place falls within the week of rest
    assert len({one[0].id for one in dealt}) == 200


def test_dealing_is_quick_where_nothing_is_allowed():
    started = process_time()
    assert deal(library().questions, KEY, START, Place(), Frame(closed=frozenset(TOPICS))) is None
    assert process_time() - started < 1


@for_all(
    st.lists(st.builds(Limits, st.integers(1, 5), st.just(("us",)), st.just(("grief",)), st.booleans()), max_size=2)
)
def test_a_frame_is_what_both_allow(limits):
    said = [type("S", (), {"value": one})() for one in limits]
    both = frame(said[:1], said[1:])
    assert both == frame(said[1:], said[:1])
    assert both.ceiling == min([one.ceiling for one in limits], default=5)
    assert both.apart == any(one.apart for one in limits)
    assert both.closed == {topic for one in limits for topic in one.closed}


ZONES = [
    ("Europe/Copenhagen", "Europe/Copenhagen", datetime(2026, 3, 27, 5, tzinfo=UTC)),
    ("Europe/Copenhagen", "America/New_York", datetime(2026, 10, 23, 5, tzinfo=UTC)),
    ("America/New_York", "America/New_York", datetime(2026, 3, 6, 5, tzinfo=UTC)),
    ("Pacific/Honolulu", "Pacific/Auckland", datetime(2026, 4, 3, 5, tzinfo=UTC)),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("zone", "other", "start"), ZONES)
def test_both_get_the_same_for_the_same_date_once(zone, other, start):
    """Across clock changes and the date line, visiting at odd hours, sometimes one of them alone."""
    with frozen(start):
        anna, ben = the_two(zone, other)
        by_date: dict[date, set[str]] = {}
        for hours in range(0, 14 * 24, 5):
            with clock.travel(timedelta(hours=hours)):
                for who, place in ((anna, zone), (ben, other)):
                    if who is ben or hours % 3:  # Anna stays away now and then
                        today = clock.now().astimezone(ZoneInfo(place)).date()
                        by_date.setdefault(today, set()).add(draw(who.inside, today).value.question)
        assert all(len(drawn) == 1 for drawn in by_date.values())
        assert len({next(iter(drawn)) for drawn in by_date.values()}) == len(by_date)


@pytest.mark.django_db(transaction=True)
def test_tomorrow_may_be_drawn_before_today():
    """Found by reading: Auckland draws the 5th while Honolulu, on the 4th, has drawn nothing yet."""
    with frozen(datetime(2026, 4, 4, 20, tzinfo=UTC)):
        anna, ben = the_two("Pacific/Honolulu", "Pacific/Auckland")
        tomorrow = draw(ben.inside, date(2026, 4, 5))
        today = draw(anna.inside, date(2026, 4, 4))
        assert tomorrow.value.question != today.value.question
        after = draw(ben.inside, date(2026, 4, 6))
        assert after.value.place.turn == 3


THEN = datetime(2026, 5, 4, 10, tzinfo=UTC)


def two_who_answered():
    """The two, and the day's question, to which both have said something."""
    anna, ben = the_two()
    first = draw(anna.inside, THEN.date())
    for who in (anna, ben):
        given(who).said(Answer(first.value.question, "?", "then"), first.value.exchange, step=ANSWER, slot="a")
    return anna, ben, first


@pytest.mark.django_db(transaction=True)
def test_a_year_later():
    """What both answered comes again after a year, once, where both would still be asked it."""
    with frozen(THEN):
        anna, ben, first = two_who_answered()
        with clock.travel(timedelta(days=1)):
            unanswered = draw(ben.inside, THEN.date() + timedelta(1))
            assert unanswered.value.question != first.value.question
        later = THEN.date() + timedelta(days=364)
        with clock.travel(timedelta(days=364)):
            again = draw(ben.inside, later)
            assert (again.value.question, again.value.again) == (first.value.question, first.value.exchange)
            assert again.value.exchange != first.value.exchange
            assert draw(anna.inside, later).id == again.id
        with clock.travel(timedelta(days=365)):
            assert draw(anna.inside, later + timedelta(1)).value.again == ""


@pytest.mark.django_db(transaction=True)
def test_a_year_later_honours_limits():
    """Found by reading: a topic that was closed in between came back."""
    with frozen(THEN):
        anna, ben, first = two_who_answered()
        with clock.travel(timedelta(days=364)):
            set_limits(ben.inside, Limits(closed=(library().question(first.value.question).topic,)))
            assert draw(anna.inside, THEN.date() + timedelta(days=364)).value.again == ""
