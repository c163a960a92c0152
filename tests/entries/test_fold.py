"""The pure fold of reveal.py against the naive oracle, on every order of acts."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.entries import oracle
from usward.entries.models import Act, Reveal, Scope
from usward.entries.reveal import Move, opened, readable

PLACE = ("exchange", "step")
ACTS = {"say": Act.SAY, "open": Act.OPEN, "withdraw": Act.WITHDRAW}
RULES = {"once": Reveal.AT_ONCE, "both": Reveal.WHEN_BOTH, "day": Reveal.FROM_DAY, "never": Reveal.NEVER}
SCOPES = {"own": Scope.OWN, "joint": Scope.JOINT, "shared": Scope.SHARED}
TODAY = date(2026, 6, 15)
PEOPLE = {"anna": UUID(int=1), "ben": UUID(int=2)}


@st.composite
def stories(draw: st.DrawFn) -> list[oracle.Event]:
    """What two people do at one step: three things each, said, said anew, opened and withdrawn in any order."""
    story: list[oracle.Event] = []
    for _ in range(draw(st.integers(1, 10))):
        who = draw(st.sampled_from(sorted(PEOPLE)))
        root = UUID(int=PEOPLE[who].int * 10 + draw(st.integers(0, 2)))
        standing = oracle.things_at(story).get(root)
        verb = draw(st.sampled_from(["say", "say", "open", "withdraw"]))
        if verb != "say" and (standing is None or standing.gone):
            continue
        if verb == "say":
            rule, scope = (
                draw(st.sampled_from(sorted(RULES))),
                draw(st.sampled_from(["own", "joint", "shared", "shared"])),
            )
            day = draw(st.sampled_from([date(2026, 6, 14), TODAY, date(2026, 6, 16)]))
            story.append(oracle.Event(who, "say", root, place=PLACE, scope=scope, rule=rule, day=day))
        else:
            story.append(oracle.Event(who, verb, root))
    return story


def moves_of(story: list[oracle.Event]) -> list[Move]:
    moves, said = [], {}
    for seq, event in enumerate(story, 1):
        said[event.root] = about = event if event.verb == "say" else said[event.root]
        act, rule, scope = ACTS[event.verb], RULES[about.rule], SCOPES[about.scope]
        moves.append(Move(seq, PEOPLE[event.who], act, event.root.bytes, rule, scope))
    return moves


@given(stories(), st.randoms())
def test_the_fold_says_what_the_oracle_says(story, random):
    moves = moves_of(story)
    random.shuffle(moves)  # the order of arrival is in seq, wherever the rows lie
    heads = opened(moves)
    for who in PEOPLE:
        for root, thing in oracle.things_at(story).items():
            if thing.event.who == who or thing.gone:
                continue
            seq = max(i for i, event in enumerate(story, 1) if event.root == root and event.verb == "say")
            move = Move(
                seq, PEOPLE[thing.event.who], Act.SAY, root.bytes, RULES[thing.event.rule], SCOPES[thing.event.scope]
            )
            early = 1 if oracle.opened_early(root, story) else None
            since = early if thing.event.rule == "day" else heads.get(PEOPLE[thing.event.who])
            assert readable(move, thing.event.day, since, TODAY) == oracle.may_read(who, thing, story, TODAY)


@given(stories())
def test_once_open_it_stays_open(story):
    moves = moves_of(story)
    for many in range(len(moves)):
        assert opened(moves[:many]).items() <= opened(moves).items()


@given(stories())
def test_one_alone_opens_nothing_but_early(story):
    alone = [event for event in story if event.who == "anna"]
    opens = any(event.verb == "open" for event in alone)
    assert opens or opened(moves_of(alone)) == {}
