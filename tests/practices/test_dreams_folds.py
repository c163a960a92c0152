"""What holds of dreams in any order of acts: the wish governs, ours is of both, an end stays what it was, private is
private."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import Someone, the_two
from usward.content.loader import library
from usward.entries.models import Knock, Scope
from usward.practices.dreams import actions
from usward.practices.dreams.entries import (
    CARD,
    COMPANY,
    DONE,
    LEAVE,
    LET_GO,
    NEWS,
    SUCCESS,
    SUPPORTS,
    Company,
    Dream,
    News,
    Rested,
    Step,
    cards_of,
    life_of,
)
from usward.practices.dreams.exchange import (
    ALIVE,
    MINE,
    OURS,
    THEIRS,
    Beside,
    beside,
    how,
    question,
    stage,
    standing,
)
from usward.practices.dreams.ways import WAYS, beginnings

DREAM = UUID(int=7)
ANNA, BEN = 0, 1
WISHES = st.sampled_from(SUPPORTS)
CARDS = st.one_of(
    st.builds(Dream, st.just("A boat"), support=WISHES, for_two=st.booleans()),
    st.builds(Rested, st.just("A boat"), st.just(""), WISHES, st.booleans(), st.sampled_from([DONE, LET_GO])),
)
ACTS = st.one_of(
    st.tuples(st.sampled_from([ANNA, BEN]), st.just(CARD), CARDS),
    st.tuples(st.sampled_from([ANNA, BEN]), st.just(COMPANY), st.just(Company("", "Yes."))),
    st.tuples(
        st.sampled_from([ANNA, BEN]),
        st.just(NEWS),
        st.builds(News, st.sampled_from([SUCCESS, "setback"]), st.just("x")),
    ),
)
# Anna's dream first: she has a card of it.
LIVES = st.tuples(CARDS, st.lists(ACTS, max_size=12)).map(lambda lived: [(ANNA, CARD, lived[0]), *lived[1]])


def seen_by(who: int, acts: list[tuple[int, str, Any]]) -> list[Any]:
    """What one of the two reads of it."""
    roots = {ANNA: DREAM, BEN: UUID(int=9)}
    return [
        SimpleNamespace(seq=seq, step=step, value=value, mine=author == who, shared=True, root=roots[author])
        for seq, (author, step, value) in enumerate(acts)
    ]


def newest(acts: list[tuple[int, str, Any]], who: int) -> Any:
    return next((value for author, step, value in reversed(acts) if (author, step) == (who, CARD)), None)


@for_all(LIVES)
def test_ours_is_of_both_and_both_see_the_same(acts):
    anna, ben = (standing(DREAM.hex, seen_by(who, acts)) for who in (ANNA, BEN))
    both = [newest(acts, who) for who in (ANNA, BEN)]
    ours = all(card is not None and card.for_two and getattr(card, "how", ALIVE) != LET_GO for card in both)
    assert (anna.whose == OURS) == ours == (ben.whose == OURS)
    assert (anna.whose, ben.whose) in ((OURS, OURS), (MINE, THEIRS), (THEIRS, MINE))
    assert anna.card.value == ben.card.value and anna.state == ben.state
    assert (anna.asked, ben.asked) in (("", ""), (MINE, THEIRS), (THEIRS, MINE))


@for_all(LIVES, st.sampled_from([ANNA, BEN]))
def test_the_wish_of_the_other_governs_what_is_offered(acts, who):
    said = seen_by(who, acts)
    now = standing(DREAM.hex, said)
    can = beside(now, said)
    if now.whose == MINE:
        assert can.way in WAYS and not can.light and not can.ours
        last = [one.mine for one in said if one.step == COMPANY][-1:]
        assert can.composer == (last == [False]), "an answer, where theirs was the last word"
        return
    wished = newest(acts, 1 - who).support
    if wished == LEAVE:
        assert can == Beside(light=True), "a light, and nothing else"
        return
    assert can.composer and not can.light
    heard = [step for author, step, _ in acts if (step, author == who) in ((COMPANY, True), (NEWS, False))]
    if heard[-1:] != [NEWS] and how(now.theirs) == ALIVE:
        assert can.way == wished
    assert can.way in (wished, "success", "setback")


@for_all(LIVES, st.randoms())
def test_replay_and_any_order_of_arrival_lead_to_the_same(acts, chance):
    said = seen_by(BEN, acts)
    again = said + chance.sample(said, len(said))
    chance.shuffle(again)
    now, then = standing(DREAM.hex, said), standing(DREAM.hex, again)
    assert (now.whose, now.state, now.asked, now.card.value) == (then.whose, then.state, then.asked, then.card.value)
    assert beside(now, said) == beside(then, again)
    assert stage(now, said) == stage(then, again)


@for_all(LIVES)
def test_an_end_is_said_by_oneself_alone(acts):
    """Nothing that Ben does changes how Anna's card is; and a dream that is ours has come true when both say so."""
    now = standing(DREAM.hex, seen_by(ANNA, acts))
    alone = standing(DREAM.hex, seen_by(ANNA, [act for act in acts if act[0] == ANNA]))
    assert how(now.mine) == how(alone.mine)
    if now.whose == OURS:
        assert (now.state == DONE) == (how(now.mine) == how(now.theirs) == DONE)
    elif now.whose == MINE:
        assert now.state == how(now.mine)


WILL = st.lists(
    st.sampled_from(["step", "news", "rewrite", "support", "done", "let-go", "again", "mark"]), min_size=1, max_size=6
)


def private_act(anna: Someone, dream: str, act: str) -> None:
    inside = anna.inside
    now = standing(dream, inside.reader.exchange(cards_of(dream)))
    card = now.mine
    assert card is not None and not card.shared
    if act == "step":
        actions.plan(inside, dream, card, Step("Look at rooms", "it rains", "ring"), uuid4())
    elif act == "news":
        actions.happened(inside, dream, card, News(SUCCESS, "A room."), uuid4())
    elif act == "rewrite" and how(card) == ALIVE:
        actions.rewrite(inside, card, "Two rooms", "Quiet", uuid4(), card.id)
    elif act == "support" and how(card) == ALIVE:
        actions.want(inside, card, LEAVE)
    elif act in (DONE, LET_GO) and how(card) == ALIVE:
        actions.end(inside, now, card, act, "So be it.", uuid4(), card.id)
    elif act == "again":
        actions.take_up(inside, card)
    elif act == "mark":
        for one in inside.reader.exchange(life_of(dream)):
            if isinstance(one.value, Step):
                actions.mark(inside, dream, one, not one.value.done)


def all_of(ben: Someone) -> tuple[Any, ...]:
    """All that Ben can read, and all that tells him to look."""
    read = [(one.id, one.value) for one in ben.inside.reader.everything()]
    return read, ben.row.pulse, list(Knock.objects.filter(partner=ben.row).values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
@for_all(WILL)
def test_a_private_dream_is_nothing_to_the_other(will):
    anna, ben = the_two()
    dream = uuid4()
    actions.tell(anna.inside, Dream("A room of my own"), dream, Scope.OWN)
    before = all_of(ben)
    for act in will:
        private_act(anna, dream.hex, act)
    assert all_of(ben) == before
    assert len(anna.inside.reader.exchange(cards_of(dream.hex))) == 1


@for_all(st.sampled_from(sorted({"step", "understand", "setback", "success"})), st.integers(0, 10**8))
def test_there_is_always_a_question_and_words_to_begin_with(stage, turn):
    found = question(library().dream_questions, stage, turn)
    assert found is not None and found.stage in (stage, "support")
    for way in (*SUPPORTS[:3], "success", "setback", ""):
        begin = beginnings(library(), way, turn)
        assert len({one.id for one in begin}) == 3
        assert {one.situation for one in begin} == {WAYS[way].situation}


def test_ways_differ_and_name_beginnings_that_are_there():
    ways = [WAYS[way].named("Ben") for way in (*SUPPORTS[:3], "success", "setback")]
    for part in ("heading", "placeholder", "begin", "button"):
        kinds = {getattr(one, part) for one in ways[:3]}
        assert len(kinds) == 3, f"{part} is the same for two kinds of support"
    ids = {one.id for one in library().beginnings}
    assert all(id in ids for way in WAYS.values() for id in way.begin)
