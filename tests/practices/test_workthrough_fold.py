"""Work it through, without a database: the fair choice, the road as a graph, and where any acts in any order lead."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from usward.entries import joint
from usward.kit.road import END, ImpossibleRoad, Road, Step, To, Way, key
from usward.practices.workthrough import entries as e
from usward.practices.workthrough.exchange import PAUSE, standing
from usward.practices.workthrough.fair import beats, order, orders
from usward.practices.workthrough.road import ROAD
from usward.practices.workthrough.ways import BOTH, ME, THEM, close, side
from usward.talkback.entries import When

IDEAS = st.uuids(version=4).map(lambda one: one.hex)
RATINGS = st.dictionaries(IDEAS, st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12)


def of(pairs: dict[str, tuple[int, int]]) -> tuple[dict[str, int], dict[str, int]]:
    return {one: pair[0] for one, pair in pairs.items()}, {one: pair[1] for one, pair in pairs.items()}


@for_all(RATINGS)
def test_everything_shown_is_on_the_pareto_front_and_all_of_it(pairs):
    shown = order(*of(pairs)) or ()
    for one, pair in pairs.items():
        beaten = any(a >= pair[0] and b >= pair[1] and (a, b) != pair for a, b in pairs.values())
        assert (one in shown) == (not beaten)
    assert len(set(shown)) == len(shown) > 0


@for_all(RATINGS)
def test_what_both_rate_higher_is_never_below(pairs):
    shown = order(*of(pairs)) or ()
    for place, below in enumerate(shown):
        for above in shown[:place]:
            assert not (pairs[above][0] < pairs[below][0] and pairs[above][1] < pairs[below][1])
            assert min(pairs[above]) >= min(pairs[below])
            if min(pairs[above]) == min(pairs[below]):
                assert pairs[above][0] * pairs[above][1] >= pairs[below][0] * pairs[below][1]


@for_all(RATINGS, st.randoms())
def test_swapping_the_two_or_the_order_of_asking_changes_nothing(pairs, chance):
    mine, theirs = of(pairs)
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    expected = order(mine, theirs)
    assert order(theirs, mine) == expected
    assert order({one: mine[one] for one in shuffled}, theirs) == expected


@for_all(st.dictionaries(IDEAS, st.just((3, 3)), min_size=2, max_size=6), st.data())
def test_ties_are_settled_by_what_favours_nobody(pairs, data):
    assert order(*of(pairs)) == tuple(sorted(pairs))
    one, other = data.draw(st.permutations(sorted(pairs)))[:2]
    unequal = {one: (2, 4), other: (4, 2)}
    assert order(*of(unequal)) == tuple(sorted(unequal))


@for_all(RATINGS, st.data())
def test_nothing_shows_before_both_have_rated_everything(pairs, data):
    mine, theirs = of(pairs)
    left_out = data.draw(st.sampled_from(sorted(pairs)))
    partial = {one: rating for one, rating in theirs.items() if one != left_out}
    assert order(mine, partial) is order(partial, mine) is order(mine, {}) is order({}, {}) is None


def rated(ratings, exchange="x", step="rate"):
    return SimpleNamespace(exchange=exchange, step=step, value=e.Rated(ratings))


@for_all(RATINGS)
def test_only_the_order_leaves_the_joint_function(pairs):
    mine, theirs = of(pairs)
    joint.require(orders)
    half = dict(list(mine.items())[1:])
    given = ([rated(mine), rated(half, "y"), rated(mine, "z")], [rated(theirs), rated(theirs, "y"), rated(half, "z")])
    assert orders(*given) == orders(*reversed(given)) == {("x", "rate"): order(mine, theirs)}
    assert beats((2, 2), (2, 1)) and not beats((2, 2), (2, 2)) and not beats((5, 1), (1, 5))


# The road


def done_by(*names: str, at_once: str | None = None) -> Way:
    return Way(lambda acts: SimpleNamespace(outcome=at_once), names)


def step(name: str, then: dict[str, To], needs: tuple[str, ...] = (), **how: Any) -> Step:
    return Step(name, name, done_by(*(how.pop("names", then)), **how), then, needs)


ON, OUT = {"on": To("b")}, {"on": To(END)}


@pytest.mark.parametrize(
    ("why", "steps"),
    [
        ("names", []),
        ("names", [step("a", ON), step("a", OUT)]),
        ("no step", [step("a", {"on": To("nowhere")})]),
        ("outcomes", [step("a", OUT, names=("on", "off"))]),
        ("nothing leads", [step("a", OUT), step("b", OUT)]),
        ("no way out", [step("a", {"on": To("b"), "off": To(END)}), step("b", {"on": To("b", again=True)})]),
        ("same round", [step("a", {"on": To("b")}), step("b", {"on": To("a"), "off": To(END)})]),
        ("same round", [step("a", {"on": To("a"), "off": To(END)})]),
        ("without b", [step("a", {"on": To("b"), "off": To("c")}), step("b", {"on": To("c")}), step("c", OUT, ("b",))]),
        ("without z", [step("a", OUT, ("z",))]),
        ("over before", [step("a", OUT, at_once="on")]),
    ],
)
def test_an_impossible_road_is_none(why, steps):
    with pytest.raises(ImpossibleRoad, match=why):
        Road(*steps)


def test_a_road_may_come_back_in_another_round():
    road = Road(step("a", ON), step("b", {"back": To("a", again=True), "on": To(END)}, ("a",)))
    assert list(road.steps) == ["a", "b"] and key("a", 1) == "a" and key("a", 3) == "a:3"


# Any acts, by anybody, in any order

AT = datetime(2026, 3, 4, 20, tzinfo=UTC)
KEYS = [key(name, nth) for name in ROAD.steps for nth in (1, 2)]
MOVES = ["propose", "agree", "apart", "ready", "idea", "order", "more", "taught", "pause", "back", "stop", "up"]


def value_of(move: str, at: str, number: int, passed: bool, to: int) -> Any:
    name = at.partition(":")[0]
    proposals = {
        "name": e.Named(f"name {number}", passed),
        "when": When("2026-03-05", "20:00", passed=passed),
        "agreement": e.Agreement(f"what {number}", "", "", "2026-04-01", passed),
        "look": e.Looked(["keep", "change", "retire"][number % 3], "2026-05-01", passed),
    }
    moves = {
        "propose": proposals.get(name, e.Named("?", passed)),
        "agree": e.Agreed(UUID(int=to).hex, passed),
        "apart": e.View("v", passed=passed) if name == "views" else e.Need("n", passed),
        "ready": e.Ready(passed),
        "idea": e.Idea(f"idea {number}", passed),
        "order": e.Order((UUID(int=to).hex,)),
        "more": e.More(),
        "taught": e.Taught("t", passed),
        "pause": When("2026-03-04", tonight=True, passed=passed),
        "back": e.Ready(passed),
        "stop": e.Stopped(),
        "up": e.Stopped(False),
    }
    return moves[move]


def place_of(move: str, at: str) -> str:
    if move in ("pause", "back"):
        return PAUSE
    if move in ("stop", "up"):
        return e.Stopped.name
    return f"taught:{at}" if move == "taught" else at


SETTLING = ["propose", "agree", "agree"]
USEFUL = {"name": SETTLING, "when": ["ready"], "views": ["apart"], "read": ["ready"], "needs": ["apart"]}
USEFUL |= {"ideas": ["ready", "idea", "ready"], "rate": ["order"], "agreement": SETTLING, "look": SETTLING}


@st.composite
def lives(draw: st.DrawFn) -> list[Any]:
    """What two people did: mostly what the step asks for, where they stood; now and then anything, anywhere."""
    said: list[Any] = [act(0, True, e.Begun(), "begun")]
    for number in range(1, draw(st.integers(1, 60))):
        now, useful = standing(said), draw(st.integers(0, 7)) > 0
        at = now.key if now.at != END and useful else draw(st.sampled_from(KEYS))
        move = draw(st.sampled_from(USEFUL[at.partition(":")[0]] if useful else MOVES))
        mine, passed = draw(st.booleans()), draw(st.integers(0, 3)) == 0
        newest = [one for one in said if one.step == at and not isinstance(one.value, e.Agreed)]
        to = newest[-1].id.int if newest and useful else draw(st.integers(0, number))
        if useful and move == "agree" and newest and hasattr(newest[-1].value, "passed"):
            mine = (side(newest[-1]) == ME) == passed
        said.append(act(number, mine, value_of(move, at, number, passed, to), place_of(move, at)))
    return said


def act(number: int, mine: bool, value: Any, step_name: str) -> Any:
    at = AT + timedelta(minutes=number)
    return SimpleNamespace(id=UUID(int=number), seq=number, mine=mine, value=value, step=step_name, at=at, slot="s:0")


def swapped(said: list[Any]) -> list[Any]:
    return [SimpleNamespace(**(vars(one) | {"mine": not one.mine})) for one in said]


def told(now: Any) -> tuple[Any, ...]:
    here = [(name, stand.outcome) for name, stand in now.stands.items()]
    return now.at, now.nth, here, now.title, now.again, now.stopped, bool(now.pause), [one.id for one in now.fair]


@for_all(lives(), st.randoms())
def test_any_order_and_any_replay_lead_to_the_same_place(said, chance):
    expected = told(standing(said))
    shuffled = said + [one for one in said if isinstance(one.value, e.Agreed | e.Ready)]
    chance.shuffle(shuffled)
    assert told(standing(shuffled))[:5] == expected[:5]
    chance.shuffle(said)
    assert told(standing(said)) == expected


@for_all(lives(), st.integers(0, 40))
def test_what_was_passed_stays_passed(said, many):
    before, after = standing(said[:many]), standing(said)
    passed = [(name, stand.outcome) for name, stand in before.stands.items() if stand.outcome]
    assert passed == [(name, stand.outcome) for name, stand in after.stands.items()][: len(passed)]


@for_all(lives())
def test_both_stand_at_the_same_step(said):
    mine, theirs = standing(said), standing(swapped(said))
    assert told(mine) == told(theirs)
    for one, other in zip(said, swapped(said), strict=True):
        if hasattr(one.value, "passed"):
            assert {side(one), side(other)} == {ME, THEM}


@for_all(lives())
def test_nobody_goes_on_alone(said):
    """What has only one side's words moves nothing; an order and "more ideas" are made of both, or may be said by either."""
    alone = [one for one in said if not hasattr(one.value, "passed") or side(one) == ME]
    now = standing([one for one in alone if not isinstance(one.value, e.Order | e.More)])
    assert now.at == "name" and now.agreement is None


@for_all(lives())
def test_every_step_on_the_way_is_built_on_what_it_needs(said):
    now = standing(said)
    walked = [name.partition(":")[0] for name in now.stands]
    for place, name in enumerate(walked):
        assert set(ROAD.steps[name].needs) <= set(walked[:place])
    assert (now.agreement is not None) == any(
        name.startswith("agreement") and stand.outcome == "agreed" for name, stand in now.stands.items()
    )
    assert (now.at == END) == (now.key not in now.stands)
    assert now.open == (not now.stopped and now.pause is None and now.at != END)


@for_all(st.lists(st.tuples(st.sampled_from(["pause", "back"]), st.booleans()), max_size=12))
def test_a_pause_lasts_until_both_are_back(moves):
    said, away, back = [], False, set()
    for number, (move, mine) in enumerate(moves):
        said.append(act(number, mine, value_of(move, "name", number, False, 0), PAUSE))
        if move == "pause":
            back = back - {mine} if away else set()
            away = True
        elif away:
            back.add(mine)
            if len(back) == 2:
                away, back = False, set()
    assert (standing(said).pause is not None) == away


@for_all(st.lists(st.tuples(st.sampled_from(["idea", "ready"]), st.booleans()), max_size=10))
def test_ideas_are_closed_by_both_and_opened_again_by_an_idea(moves):
    said = [act(n, mine, value_of(move, "ideas", n, False, 0), "ideas") for n, (move, mine) in enumerate(moves)]
    ready: set[bool] = set()
    for move, mine in moves:
        if len(ready) == 2:
            break
        ready = ready | {mine} if move == "ready" else ready - {mine}
    assert (close(said).outcome == BOTH) == (len(ready) == 2)


def test_what_somebody_writes_themself_stands_before_what_they_wrote_on_the_others_phone():
    view = lambda number, mine, passed: act(number, mine, e.View(str(number), passed=passed), "views")  # noqa: E731
    fold = ROAD.steps["views"].way.fold
    said = [view(1, True, True), view(2, False, False), view(3, True, True)]
    assert fold(said).theirs.value.difference == "2" and fold(said).mine is None
    assert fold([view(1, True, True), view(2, True, True)]).theirs.value.difference == "2"
    assert fold([*said, view(4, True, False)]).outcome == BOTH
