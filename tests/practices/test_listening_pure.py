"""Listening, without a page: where a road leads, whatever comes in whatever order; and when one comes back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given as for_all
from hypothesis import strategies as st

from usward.practices.listening.entries import (
    ANSWERS,
    BACK,
    JUDGED,
    MOVED,
    PAUSED,
    SAY,
    SPOKEN,
    TALK,
    YES,
    Judged,
    Moved,
    Paused,
    Spoken,
    Talk,
)
from usward.practices.listening.exchange import AGREED, BACK_AGAIN, ENDED, ROUND, first_does, standing
from usward.practices.listening.pauses import SOON, comes_back, in_words

ANNA, BEN = UUID(int=1), UUID(int=2)


class One(SimpleNamespace):
    """An entry, as the fold sees it."""

    def at(self, seq: int) -> Any:
        return One(**(vars(self) | {"seq": seq}))


def one(step: str, value, author: UUID, seq: int = 0) -> Any:
    return One(step=step, value=value, author=author, mine=author == ANNA, seq=seq, id=uuid4())


def spoken(turn: int, attempt: int, part: str, by: UUID, passed: bool = False) -> Any:
    return one(SPOKEN, Spoken(part, turn, attempt, f"{by.int}", passed), by)


def judged(turn: int, attempt: int, answer: str, by: UUID, passed: bool = False) -> Any:
    return one(JUDGED, Judged(turn, attempt, answer, passed=passed), by)


def people(turn: int) -> tuple[UUID, UUID]:
    return (ANNA, BEN) if turn % 2 == 0 else (BEN, ANNA)


@st.composite
def roads(draw) -> list[Any]:
    """A talk as two people hold it, with some number of misses in each turn, up to some act."""
    acts: list[Any] = []
    for turn in range(draw(st.integers(1, 6))):
        speaker, listener = people(turn)
        if turn and turn % 2 == 0:
            acts.append(one(MOVED, Moved(ROUND, turn // 2), draw(st.sampled_from([ANNA, BEN]))))
        answers = [*draw(st.lists(st.sampled_from(["partly", "again"]), max_size=3)), YES]
        for attempt, answer in enumerate(answers):
            if attempt == 0 or answers[attempt - 1] == "again":
                acts.append(spoken(turn, attempt, SAY, speaker))
            acts += [spoken(turn, attempt, BACK, listener), judged(turn, attempt, answer, speaker)]
    return acts[: draw(st.integers(0, len(acts)))]


NUMBERS = st.integers(0, 4)
ANYBODY = st.sampled_from([ANNA, BEN])
ANY_ACT = st.one_of(
    st.builds(spoken, NUMBERS, NUMBERS, st.sampled_from([SAY, BACK]), ANYBODY, st.booleans()),
    st.builds(judged, NUMBERS, NUMBERS, st.sampled_from(sorted(ANSWERS)), ANYBODY, st.booleans()),
    st.builds(
        lambda what, number, by: one(MOVED, Moved(what, number), by),
        st.sampled_from([ROUND, AGREED, BACK_AGAIN, ENDED]),
        NUMBERS,
        ANYBODY,
    ),
    st.builds(lambda number, by: one(PAUSED, Paused(number, 1.8e9), by), NUMBERS, ANYBODY),
)
OPENED = one(TALK, Talk("A small thing"), ANNA)


def arrived(acts: Sequence[Any]) -> list[Any]:
    return [act.at(seq) for seq, act in enumerate([OPENED, *acts])]


def by_holder(act: Any) -> bool:
    """Whether an act is by the one whose part it is (in these talks Anna speaks first)."""
    first = (act.author == ANNA) != act.value.passed
    return first == first_does(act.value.turn, act.value.part if act.step == SPOKEN else "judge")


@for_all(roads())
def test_the_road_leads_where_the_last_act_says(acts):
    now = standing(arrived(acts))
    steps = [act for act in acts if act.step != MOVED]
    assert now.heard == sum(act.step == JUDGED and act.value.answer == YES for act in acts)
    if not steps:
        assert str(now.place) == "0.0.say"
        return
    last = steps[-1]
    at, answer = (last.value.turn, last.value.attempt), getattr(last.value, "answer", "")
    if last.step == SPOKEN:
        assert (now.place.turn, now.place.attempt, now.place.phase) == (
            *at,
            "back" if last.value.part == SAY else "judge",
        )
    elif answer == YES:
        round_begun = acts[-1].step == MOVED
        expected = (at[0] + 1, 0, "say") if at[0] % 2 == 0 or round_begun else None
        assert (now.place and (now.place.turn, now.place.attempt, now.place.phase)) == expected
    else:
        assert (now.place.turn, now.place.attempt) == (at[0], at[1] + 1)
        assert now.place.phase == ("say" if answer == "again" else "back")


def foreign(turn: int, attempt: int) -> list[Any]:
    """Whatever could be done at a place by the one whose part it is not, or under their name."""
    speaker, listener = people(turn)
    said = [spoken(turn, attempt, SAY, listener), spoken(turn, attempt, BACK, speaker)]
    said += [judged(turn, attempt, answer, listener) for answer in ANSWERS]
    passed = [spoken(turn, attempt, SAY, speaker, True), spoken(turn, attempt, BACK, listener, True)]
    return said + passed + [judged(turn, attempt, answer, speaker, True) for answer in ANSWERS]


@for_all(roads(), st.lists(ANY_ACT), st.data())
def test_the_floor_passes_by_the_speakers_yes_and_by_nothing_else(acts, noise, data):
    places = {(act.value.turn, act.value.attempt) for act in acts if act.step != MOVED}
    mixed = [extra for place in places for extra in foreign(*place)] + acts
    for extra in noise:
        mixed.insert(data.draw(st.integers(0, len(mixed))), extra)
    now = standing(arrived(mixed))
    yes = {act.value.turn for act in mixed if act.step == JUDGED and act.value.answer == YES and by_holder(act)}
    passed = {number for number, turn in enumerate(now.turns) if turn.done}
    assert passed <= yes and passed == set(range(now.heard))
    for number, turn in enumerate(now.turns):
        assert turn.by_first == (number % 2 == 0)
        for attempt in turn.attempts:
            assert all(by_holder(part) for part in (attempt.say, attempt.back, attempt.judged) if part)


@for_all(roads(), st.lists(ANY_ACT))
def test_no_act_of_the_one_whose_part_it_is_not_moves_it(acts, noise):
    before = standing(arrived(acts))
    others = [act for act in noise if act.step in (SPOKEN, JUDGED) and not by_holder(act)]
    if before.place:
        others += foreign(before.place.turn, before.place.attempt)
    after = standing(arrived([*acts, *others]))
    assert (after.place, after.turns, after.heard) == (before.place, before.turns, before.heard)


@for_all(roads(), st.lists(st.sampled_from([ROUND, AGREED, BACK_AGAIN, ENDED]), max_size=3), st.randoms())
def test_any_order_replay_and_double_of_acts_lead_to_the_same_place(acts, moves, chance):
    acts = [*acts, *(one(MOVED, Moved(what), BEN) for what in moves)]
    now = standing(arrived(acts))
    doubled = acts + chance.sample(acts, chance.randint(0, len(acts)))
    chance.shuffle(doubled)
    after = standing(arrived(doubled))
    same = [replace(one, talk=None, turns=(), pause=None) for one in (now, after)]
    assert same[0] == same[1] and after.heard == now.heard
    shuffled = arrived(acts)
    chance.shuffle(shuffled)
    assert standing(shuffled) == now, "what arrives is sorted by when it arrived"


@for_all(roads(), st.randoms())
def test_the_first_at_a_place_counts(acts, chance):
    """Two phones of one person at once: what came first stands, in whatever order the store hands them out."""
    second = [one(JUDGED, replace_answer(act.value), act.author) for act in acts if act.step == JUDGED]
    now, seen = standing(arrived(acts)), arrived([*acts, *second])
    chance.shuffle(seen)
    after = standing(seen)
    assert (after.place, after.turns, after.heard) == (now.place, now.turns, now.heard)


def replace_answer(value: Judged) -> Judged:
    """Another answer at the same place."""
    return Judged(value.turn, value.attempt, "again" if value.answer == YES else YES)


@for_all(roads(), ANYBODY, st.lists(ANY_ACT))
def test_a_pause_and_the_end_move_no_floor(acts, by, noise):
    still = [act for act in noise if act.step == PAUSED or (act.step == MOVED and act.value.what != ROUND)]
    before, after = standing(arrived(acts)), standing(arrived([*acts, *still]))
    assert (after.place, after.turns, after.rounds) == (before.place, before.turns, before.rounds)
    if after.ended:
        assert after.pause is None


@for_all(st.booleans(), st.booleans(), roads())
def test_it_is_always_exactly_ones_turn(other_begins, one_phone, acts):
    opened = one(TALK, Talk("A small thing", "", other_begins, one_phone), ANNA)
    seen = [opened.at(0), *(act.at(seq + 1) for seq, act in enumerate(acts))]
    for_ben = [One(**(vars(act) | {"mine": not act.mine})) for act in seen]
    hers, his = standing(seen), standing(for_ben)
    assert hers.place == his.place and hers.i_am_first != his.i_am_first
    if hers.place:
        assert hers.my_turn != his.my_turn


@for_all(
    st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)),
    st.sampled_from([*SOON, ""]),
    st.times().map(lambda at: f"{at:%H:%M}"),
    st.sampled_from(["Europe/Copenhagen", "Pacific/Honolulu"]),
)
def test_a_return_lies_ahead_and_within_about_a_day(now, choice, at, zone):
    moment = now.replace(tzinfo=UTC)
    for back in (comes_back(choice, "", moment, zone), comes_back(choice, at, moment, zone)):
        if back is None:
            assert choice == ""
        else:
            assert timedelta(0) < back - moment < timedelta(hours=26)
    assert comes_back("", "no time", moment, zone) is None and comes_back("9999", "", moment, zone) is None


def test_a_return_in_words():
    back = datetime(2026, 3, 14, 19, 40, tzinfo=UTC)
    assert in_words(back, date(2026, 3, 14), "Europe/Copenhagen") == "at 20:40"
    assert in_words(back, date(2026, 3, 13), "Europe/Copenhagen") == "tomorrow at 20:40"
    assert in_words(back, date(2026, 3, 1), "Europe/Copenhagen") == "on 14 March at 20:40"
